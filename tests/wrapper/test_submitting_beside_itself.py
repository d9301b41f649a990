"""One submit is one job also beside itself: after an interruption, in threads and tasks, with several clients."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import linecache
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import Any

import anyio
import httpx
import pytest
import quantum_jobs
from quantum_jobs import errors

from tests.faults.cloud import Cloud, Fault
from tests.wrapper.virtual_time import BACKENDS, Ionq, Outcome, Service, dropped, now, play, reply

CIRCUIT = {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}
KEY_TAG = "quantum_jobs_idempotency_key"


class Slow(Service):
    """An IonQ whose POST takes seconds: the job is made ``makes_after`` seconds after the request came."""

    def __init__(self, makes_after: float = 2.0, fails: bool = False, **server: Any) -> None:
        super().__init__(self._answer, latency=0.1)
        self.server = Ionq(**server)
        self.makes_after = makes_after
        self.fails = fails

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method != "POST":
            return await super().handle_async_request(request)
        # Whatever becomes of the client: the service goes on.
        return await asyncio.shield(asyncio.ensure_future(self._make(request)))

    async def _make(self, request: httpx.Request) -> httpx.Response:
        self.requests.append((now(), request))
        await asyncio.sleep(self.makes_after)
        answer = self.server(request, now())
        if self.fails:
            raise dropped()
        assert isinstance(answer, httpx.Response)
        return answer

    def _answer(self, request: httpx.Request, now: float) -> Outcome:
        return self.server(request, now)


async def submit(client: Any, **more: Any) -> Any:
    return await client.submit(CIRCUIT, **{"device": "simulator", "shots": 10, "idempotency_key": "t", **more})


# Tasks, in virtual time.


def test_a_submission_that_was_broken_off_and_repeated_makes_one_job() -> None:
    service = Slow()

    async def scenario(client: Any) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(submit(client), 0.7)
        assert (await submit(client)).id == "job-0"

    service.run(scenario)
    assert len(service.server.jobs) == 1


def test_the_same_holds_for_a_second_client_of_the_account() -> None:
    service = Slow()

    async def scene() -> None:
        async with service.connect() as client:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(submit(client), 0.7)
        async with service.connect() as client:
            assert (await submit(client)).id == "job-0"

    play(scene)
    assert len(service.server.jobs) == 1


def test_impatience_three_times_over_makes_one_job() -> None:
    service = Slow()

    async def scenario(client: Any) -> None:
        for _ in range(3):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(submit(client), 0.5)
        assert (await submit(client)).id == "job-0"

    service.run(scenario)
    assert len(service.server.jobs) == 1


def test_a_submission_that_was_broken_off_is_looked_for_as_long_as_listings_lag() -> None:
    service = Slow(lag=5.0)

    async def scenario(client: Any) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(submit(client), 0.7)
        assert (await submit(client)).id == "job-0"

    service.run(scenario)
    assert len(service.server.jobs) == 1


def test_what_was_broken_off_and_never_made_is_made_after_the_confirmation_timeout() -> None:
    broken = Service(lambda request, now: None if request.method == "POST" else server(request, now))
    server = Ionq()

    async def scenario(client: Any) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(submit(client), 0.7)
        broken.answer = server
        started = now()
        assert (await submit(client)).id == "job-0"
        assert 10 <= now() - started < 13

    broken.run(scenario)
    assert len(server.jobs) == 1


def test_after_an_uncertain_end_the_advice_of_the_error_makes_no_second_job() -> None:
    service = Slow(fails=True, lag=15.0)

    async def scenario(client: Any) -> None:
        with pytest.raises(errors.SubmissionUncertainError) as caught:
            await client.submit(CIRCUIT, device="simulator", shots=10)
        job = await submit(client, idempotency_key=caught.value.idempotency_key)
        assert job.id == "job-0"

    service.run(scenario)
    assert len(service.server.jobs) == 1


@pytest.mark.parametrize("get_lag", [0.0, 5.0])
def test_a_rerun_at_once_finds_the_job_although_listings_lag(get_lag: float) -> None:
    service = Slow(lag=5.0, get_lag=get_lag)

    async def scenario(client: Any) -> None:
        first = await submit(client)
        assert await submit(client) == first

    service.run(scenario)
    assert len(service.server.jobs) == 1


def test_a_generated_key_that_is_submitted_again_gives_its_job() -> None:
    """A job's record, an error and an interruption all tell it, and the newest page of the listing is known."""
    service = Service(Ionq(), latency=0.01)

    async def scenario(client: Any) -> None:
        for number in range(2):
            await submit(client, idempotency_key=f"of-before-{number}")
        job = await submit(client, idempotency_key=None)
        assert await submit(client, idempotency_key=job.record.idempotency_key) == job

    service.run(scenario)
    assert len(service.sent("POST")) == 3


@pytest.mark.parametrize("lag", [0.0, 3.0])
def test_a_scan_that_was_interrupted_and_is_run_again_at_once_makes_each_job_once(lag: float) -> None:
    server = Ionq(lag=lag)

    async def scenario(client: Any) -> None:
        def interrupt(progress: quantum_jobs.ScanProgress) -> None:
            if progress.done == 4:
                raise KeyboardInterrupt

        scan = {"programs": [CIRCUIT] * 8, "device": "simulator", "max_in_flight": 2}
        with pytest.raises(KeyboardInterrupt) as caught:
            await client.submit_many(**scan, progress=interrupt)
        (key,) = {note.split("idempotency_key='")[1].split("'")[0] for note in caught.value.__notes__}
        await client.submit_many(**scan, idempotency_key=key, progress=False)

    Service(server).run(scenario)
    keys = [job["metadata"][KEY_TAG] for job in server.jobs.values()]
    assert len(keys) == len(set(keys)) == 8


@pytest.mark.parametrize("verb", ["submit_each", "submit_many"])
def test_a_scan_that_is_cancelled_in_its_first_posts_tells_once_how_to_go_on(verb: str) -> None:
    service = Slow()
    scan = {"programs": [CIRCUIT] * 3, "device": "simulator"}

    async def go_through(client: Any, **more: Any) -> None:
        if verb == "submit_many":
            await client.submit_many(**scan, **more)
        else:
            assert [each.job async for each in client.submit_each(**scan, **more)]

    async def scenario(client: Any) -> None:
        task = asyncio.create_task(go_through(client))
        await asyncio.sleep(0.5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        (note,) = caught.value.__notes__
        await go_through(client, idempotency_key=note.split("idempotency_key='")[1].split("'")[0])

    service.run(scenario)
    assert len(service.server.jobs) == 3


@pytest.mark.parametrize("ends", ["dropped", "cancelled"])
def test_a_job_that_was_found_after_its_post_broke_off_is_found_again_by_its_key(ends: str) -> None:
    """It is newer than the last listing, so only the look-up has seen it."""
    service = Slow(makes_after=1.0)

    async def scenario(client: Any) -> None:
        for number in range(2):
            await submit(client, idempotency_key=f"of-before-{number}")
        if ends == "cancelled":
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(submit(client), 0.5)
        else:
            service.fails = True
        first = await submit(client)
        service.fails = False
        assert await submit(client) == first

    service.run(scenario)
    assert len(service.server.jobs) == 3


def test_a_job_that_was_deleted_can_be_submitted_anew_with_its_key() -> None:
    service = Slow()

    async def scenario(client: Any) -> None:
        await submit(client)
        service.server.jobs["job-0"]["id"] = "gone"
        service.server.jobs["gone"] = {"id": "gone", "status": "ready"}
        del service.server.jobs["job-0"]
        await asyncio.sleep(60)
        assert (await submit(client)).id == "job-1"

    service.run(scenario)


def test_a_look_for_a_job_that_does_not_show_yet_is_not_the_end_of_what_is_known_of_it() -> None:
    service = Service(Ionq(lag=5.0, get_lag=5.0))

    async def scenario(client: Any) -> None:
        first = await submit(client)
        assert await client.find_submission("t") is None
        assert await submit(client) == first

    service.run(scenario)
    assert len(service.sent("POST")) == 1


def test_a_job_that_shows_by_its_id_only_is_found_by_its_key() -> None:
    service = Service(Ionq(lag=5.0))

    async def scenario(client: Any) -> None:
        assert await client.find_submission("t") is None
        assert await client.find_submission("t") is None
        job = await submit(client)
        assert await client.find_submission("t") == job

    service.run(scenario)


@pytest.mark.parametrize("through", ["job", "client", "client, several"])
@pytest.mark.parametrize("shown", [False, True])
def test_a_job_that_is_deleted_here_can_be_submitted_anew_at_once(through: str, shown: bool) -> None:
    """Also where the service goes on showing it for a while."""
    server = Ionq()

    def answer(request: httpx.Request, now: float) -> Outcome:
        if request.method == "DELETE":
            ids = json.loads(request.content)["ids"] if request.url.path.endswith("/jobs") else [request.url.path[11:]]
            for job_id in ids:
                if not shown:
                    server.jobs[job_id] = {"id": f"gone-{job_id}", "status": "ready"}
            return reply(200, {"id": ids[0], "status": "deleted"})
        if request.url.path[11:] in server.jobs and server.jobs[request.url.path[11:]]["id"].startswith("gone"):
            return reply(404, {"error": "Not Found", "message": "no such job", "statusCode": 404})
        return server(request, now)

    async def scenario(client: Any) -> None:
        job, other = await submit(client), await submit(client, idempotency_key="u")
        if through == "job":
            await job.delete()
        else:
            errors = await client.delete([job] if through == "client" else [job, other])
            assert set(errors.values()) == {None}
        assert (await submit(client)).id == "job-2"
        assert (await submit(client, idempotency_key="u")).id == ("job-3" if "several" in through else "job-1")

    Service(answer).run(scenario)


@pytest.mark.parametrize("is_listed", [False, True])
@pytest.mark.parametrize("looks_before", [False, True])
def test_a_key_whose_job_was_deleted_here_gives_the_job_that_another_process_has_made_since(
    looks_before: bool, is_listed: bool
) -> None:
    """A listing may show the deleted job for a while."""
    server = Ionq()

    def answer(request: httpx.Request, now: float) -> Outcome:
        if request.method == "DELETE":
            if not is_listed:
                server.jobs["job-0"] = {"id": "gone", "status": "ready"}
            return reply(200, {"id": "job-0", "status": "deleted"})
        if request.url.path.endswith("/jobs/job-0"):
            return reply(404, {"error": "Not Found", "message": "no such job", "statusCode": 404})
        return server(request, now)

    async def scenario(client: Any) -> None:
        await (await submit(client)).delete()
        server.store({"metadata": {KEY_TAG: "t"}}, -1e6)
        await asyncio.sleep(60)
        if looks_before:
            assert (await client.find_submission("t")).id == "job-1"
        assert (await submit(client)).id == "job-1"

    Service(answer).run(scenario)


def test_tasks_that_submit_with_one_key_get_one_job() -> None:
    service = Slow()

    async def scenario(client: Any) -> None:
        jobs = await asyncio.gather(*(submit(client) for _ in range(8)))
        assert {job.id for job in jobs} == {"job-0"}

    service.run(scenario)
    assert len(service.server.jobs) == 1


def test_clients_with_transports_of_their_own_get_one_job_too() -> None:
    service = Slow()

    async def scene() -> None:
        transports = [Service(service.server), service]
        transports[0].handle_async_request = service.handle_async_request  # type: ignore[method-assign]
        async with transports[0].connect() as one, transports[1].connect() as two:
            jobs = await asyncio.gather(submit(one), submit(two))
        assert {job.id for job in jobs} == {"job-0"}

    play(scene)
    assert len(service.server.jobs) == 1


def test_a_task_beside_that_submits_something_else_with_the_key_is_told() -> None:
    service = Slow()

    async def scenario(client: Any) -> None:
        first, second = await asyncio.gather(submit(client), submit(client, shots=99), return_exceptions=True)
        assert first.id == "job-0"
        assert isinstance(second, errors.IdempotencyMismatchError)
        assert second.differences == ("shots",)
        assert second.job == first

    service.run(scenario)
    assert len(service.server.jobs) == 1


def test_who_joins_a_submission_that_is_refused_gets_the_same_error() -> None:
    service = Service(lambda request, now: reply(400 if request.method == "POST" else 200, {"jobs": [], "next": None}))

    async def scenario(client: Any) -> None:
        ended = await asyncio.gather(*(submit(client) for _ in range(4)), return_exceptions=True)
        assert [type(error) for error in ended] == [errors.InvalidRequestError] * 4
        assert len({id(error) for error in ended}) == 4

    service.run(scenario)
    assert len(service.sent("POST")) == 1


def test_who_joins_a_submission_beyond_its_limit_of_costs_submits_within_ones_own() -> None:
    server = Ionq()

    def answer(request: httpx.Request, now: float) -> Outcome:
        if "estimate" in request.url.path:
            return reply(200, {"estimated_total_cost": 5, "estimated_unit": "usd"})
        return server(request, now)

    async def scenario(client: Any) -> None:
        first, *others = await asyncio.gather(
            *(submit(client, max_cost=limit) for limit in (1, 10, 10)), return_exceptions=True
        )
        assert isinstance(first, errors.CostLimitError)
        assert [other.id for other in others] == ["job-0"] * 2

    Service(answer).run(scenario)


def test_who_joins_a_submission_of_a_client_that_is_closed_meanwhile_submits_with_ones_own() -> None:
    service = Service(Ionq())

    async def scene() -> None:
        async with service.connect() as one, service.connect() as two:
            tasks = [asyncio.create_task(submit(client)) for client in (one, two)]
            await asyncio.sleep(0.1)  # by now the first one lists
            await one.close()
            first, second = await asyncio.gather(*tasks, return_exceptions=True)
        assert isinstance(first, errors.UsageError)
        assert second.id == "job-0"

    play(scene)


def test_a_closed_client_leaves_no_key_in_doubt() -> None:
    service = Service(Ionq())

    async def scene() -> None:
        closed = service.connect()
        await closed.close()
        with pytest.raises(errors.UsageError, match="closed") as caught:
            await closed.submit(CIRCUIT, device="simulator")
        async with service.connect() as client:
            started = now()
            await submit(client, idempotency_key=caught.value.idempotency_key)
            assert now() - started < 1

    play(scene)


def test_who_joins_a_submission_that_is_cancelled_looks_for_its_job_and_goes_on() -> None:
    service = Slow()

    async def scenario(client: Any) -> None:
        first, second = asyncio.create_task(submit(client)), asyncio.create_task(submit(client))
        await asyncio.sleep(0.5)
        first.cancel()
        assert (await second).id == "job-0"
        with pytest.raises(asyncio.CancelledError):
            await first

    service.run(scenario)
    assert len(service.server.jobs) == 1


def test_a_cancelled_submission_leaves_its_key_with_the_cancellation() -> None:
    service = Slow()

    async def scenario(client: Any) -> None:
        task = asyncio.create_task(client.submit(CIRCUIT, device="simulator"))
        await asyncio.sleep(0.5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        (note,) = caught.value.__notes__
        assert "find_submission" in note
        key = note.split("'")[1]
        await asyncio.sleep(5)
        assert (await client.find_submission(key)).id == "job-0"

    service.run(scenario)


def test_submissions_with_keys_of_their_own_do_not_wait_for_one_another() -> None:
    service = Slow(makes_after=2.0)

    async def scenario(client: Any) -> None:
        await asyncio.gather(*(submit(client, idempotency_key=f"t{number}") for number in range(8)))
        assert now() < 5

    service.run(scenario)
    assert len(service.server.jobs) == 8


class LineOfOurs:
    """Interrupts the n-th line that runs in the modules of submissions; ``reached`` says whether there was one."""

    def __init__(self, number: int) -> None:
        self.left = number

    @property
    def reached(self) -> bool:
        return self.left <= 0

    def __enter__(self) -> None:
        self.before = sys.gettrace()
        sys.settrace(self._trace)

    def __exit__(self, *_: object) -> None:
        sys.settrace(self.before)

    def _trace(self, frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        if event == "line" and code.co_filename.endswith(("core/submitting.py", "core/accounts.py")):
            # No instruction stands behind this line, which a signal could meet.
            if linecache.getline(code.co_filename, frame.f_lineno).strip() == "try:":
                return self._trace
            self.left -= 1
            if self.left == 0:
                sys.settrace(None)
                raise KeyboardInterrupt
        return self._trace


@pytest.mark.parametrize("lag", [0.0, 3.0])
@pytest.mark.parametrize("backend", BACKENDS)
def test_an_async_submit_interrupted_at_any_line_of_ours_can_be_made_again(backend: str, lag: float) -> None:
    """The interruption ends the whole event loop, and the program goes on with another one."""
    for number in itertools.count(1):
        server = Ionq(lag=lag, get_lag=lag)
        service = Service(server)
        at_line = LineOfOurs(number)
        account = {"api_key": f"{backend}-{lag}-{number}", "backend": backend}
        with contextlib.suppress(KeyboardInterrupt), at_line:
            service.run(submit, **account)

        async def again(client: Any) -> None:
            with anyio.fail_after(60):
                await submit(client)

        service.run(again, **account)
        assert len(server.jobs) == 1, number
        if not at_line.reached:
            break
    assert number > 50, "it is walked through"


# Threads and signals, against a real server.


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    cloud = Cloud("ionq-v0.4")
    yield cloud
    cloud.close()


def connect(cloud: Cloud, **more: Any) -> quantum_jobs.Client:
    more = {"timeout": 5, "confirmation_timeout": 0.5, **more}
    return quantum_jobs.connect(cloud.service, base_url=cloud.url, api_key="a-key", **more)


def submit_sync(client: quantum_jobs.Client, **more: Any) -> str:
    return client.submit(CIRCUIT, **{"device": "simulator", "shots": 8, "idempotency_key": "t", **more}).id


@pytest.mark.parametrize("clients", [1, 4])
def test_threads_that_submit_with_one_key_get_one_job(cloud: Cloud, clients: int) -> None:
    cloud.latency = 0.05
    connected = [connect(cloud) for _ in range(clients)]
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda number: submit_sync(connected[number % clients]), range(8)))
    for client in connected:
        client.close()
    assert set(ids) == set(cloud.jobs)
    assert len(cloud.jobs) == 1


def test_a_thread_and_a_task_that_submit_with_one_key_get_one_job(cloud: Cloud) -> None:
    cloud.latency = 0.05

    async def beside() -> str:
        key = {"base_url": cloud.url, "api_key": "a-key"}
        async with quantum_jobs.connect_async(cloud.service, **key) as client:
            return (await submit(client, shots=8)).id

    with connect(cloud) as client, ThreadPoolExecutor(2) as pool:
        ids = {pool.submit(submit_sync, client), pool.submit(asyncio.run, beside())}
        assert len({future.result() for future in ids}) == 1
    assert len(cloud.jobs) == 1


def test_after_ctrl_c_the_same_submit_again_makes_one_job(cloud: Cloud) -> None:
    cloud.latency = 0.3
    with connect(cloud) as client:
        # The look for the key comes first, then the POST.
        threading.Timer(0.45, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt) as caught:
            submit_sync(client)
        assert "find_submission('t')" in caught.value.__notes__[0]
        cloud.latency = 0.0
        cloud.lag = 0.3
        assert submit_sync(client) in cloud.jobs
    assert len(cloud.jobs) == 1


def test_ctrl_c_during_a_scan_s_posts_tells_how_to_go_on(cloud: Cloud) -> None:
    cloud.latency = 0.5
    with connect(cloud) as client:
        threading.Timer(0.25, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt) as caught:
            next(client.submit_each([CIRCUIT] * 3, device="simulator"))
        (note,) = caught.value.__notes__
        cloud.latency = 0.0
        key = note.split("idempotency_key='")[1].split("'")[0]
        assert len(list(client.submit_each([CIRCUIT] * 3, device="simulator", idempotency_key=key))) == 3
    assert len(cloud.jobs) == 3


def test_a_forked_child_looks_for_what_its_parent_had_under_way(cloud: Cloud) -> None:
    cloud.reset(Fault(operation="submit", how="slow"), lag=0.2)
    with connect(cloud, timeout=0.5) as client:
        thread = threading.Thread(target=submit_sync, args=[client])
        thread.start()
        time.sleep(0.2)
        child = os.fork()
        if child == 0:  # pragma: no cover
            try:
                os._exit(0 if submit_sync(client) in {"job-1"} else 1)
            except BaseException:
                os._exit(2)
        thread.join()
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert len(cloud.jobs) == 1
