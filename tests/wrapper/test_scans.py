"""Scans: every point once, side by side, within limits, and safe to run again from the top."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
import quantum_jobs
from hypothesis import given, settings, strategies as st
from quantum_jobs.core.points import derived_key
from quantum_jobs.http.urls import is_id
from quantum_sandbox import Engine, Sandbox, SteppedClock

from tests.wrapper.virtual_time import BACKENDS, Ionq, Outcome, Service, now, reply, sync_code

POINTS = [point / 10 for point in range(30)]


def rotated(turn: float) -> dict[str, Any]:
    return {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "ry", "target": 0, "rotation": turn}]}


PROGRAMS = {point: rotated(point) for point in POINTS}


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = Engine()
    yield engine
    engine.close()


@pytest.fixture
def sandbox(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.05)
    with Sandbox(in_process=True, engine=engine) as sandbox:
        yield sandbox


@pytest.fixture
def ionq(sandbox: Sandbox) -> Iterator[quantum_jobs.Client]:
    with sandbox.connect("ionq") as client:
        yield client


def posts(sandbox: Sandbox) -> int:
    return len(sandbox.journal.select(method="POST"))


def test_each_point_has_one_job_and_its_own_result(sandbox: Sandbox, ionq: quantum_jobs.Client) -> None:
    scan = ionq.submit_many(PROGRAMS, device="simulator", shots=1000, idempotency_key="curve")
    assert (len(scan.new), len(scan.adopted), len(scan.failed)) == (30, 0, 0)
    assert posts(sandbox) == len(scan.jobs) == 30
    assert [each.point for each in scan] == POINTS
    assert scan[3].idempotency_key == "curve:0.3"
    results, errors = scan.results(timeout=60)
    assert errors == {}
    assert list(results) == POINTS
    assert results[0.0].counts == {"0": 1000}
    assert results[2.9].probabilities["1"] > results[1.5].probabilities["1"] > results[0.1].probabilities["1"]


def test_a_scan_that_is_run_again_makes_no_job_and_asks_little(sandbox: Sandbox, ionq: quantum_jobs.Client) -> None:
    first = ionq.submit_many(PROGRAMS, device="simulator", shots=100, idempotency_key="curve")
    asked = len(sandbox.journal.select())
    again = ionq.submit_many(PROGRAMS, device="simulator", shots=100, idempotency_key="curve")
    assert again.jobs == first.jobs
    assert (len(again.new), len(again.adopted)) == (0, 30)
    assert posts(sandbox) == 30
    assert len(sandbox.journal.select()) - asked <= 3


@pytest.mark.parametrize("service", ["ionq-v0.4", "qbraid-v2"])
def test_another_process_takes_a_scan_up_with_one_pass_over_the_jobs(
    sandbox: Sandbox, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = {"ionq-v0.4": "simulator", "qbraid-v2": "ionq:ionq:sim:simulator"}[service]
    with sandbox.connect(service) as client:
        first = client.submit_many(PROGRAMS, device=device, shots=100, idempotency_key="curve")
    # What this process remembers of keys, another one does not.
    monkeypatch.setattr("quantum_jobs.core.accounts._memories", {})
    monkeypatch.setattr("quantum_jobs.core.accounts._memories_of", lambda transport: {})
    asked = len(sandbox.journal.select())
    with sandbox.connect(service) as client:
        again = client.submit_many(
            {**PROGRAMS, "one more": rotated(9)}, device=device, shots=100, idempotency_key="curve"
        )
    assert again.jobs[:30] == first.jobs
    assert [each.point for each in again.new] == ["one more"]
    assert len(sandbox.journal.select()) - asked <= 4


def test_with_a_store_a_scan_is_run_again_without_any_request(sandbox: Sandbox, tmp_path: Path) -> None:
    with sandbox.connect("ionq", store=tmp_path / "jobs.sqlite") as client:
        first = client.submit_many(PROGRAMS, device="simulator", shots=100, idempotency_key="curve")
        asked = len(sandbox.journal.select())
        assert asked <= 30 * 1.1
        again = client.submit_many(PROGRAMS, device="simulator", shots=100, idempotency_key="curve")
    assert again.jobs == first.jobs
    assert len(again.adopted) == 30
    assert len(sandbox.journal.select()) == asked


def test_an_interruption_says_how_to_go_on_and_nothing_is_made_twice(
    sandbox: Sandbox, ionq: quantum_jobs.Client
) -> None:
    def interrupt(progress: quantum_jobs.ScanProgress) -> None:
        if progress.done == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        ionq.submit_many(PROGRAMS, device="simulator", shots=100, progress=interrupt)
    (note,) = (note for note in caught.value.__notes__ if "idempotency_key=" in note and "same points" in note)
    key = note.split("idempotency_key='")[1].split("'")[0]
    assert 10 <= posts(sandbox) < 30
    again = ionq.submit_many(PROGRAMS, device="simulator", shots=100, idempotency_key=key)
    assert posts(sandbox) == 30
    assert len(again.jobs) == 30


def test_it_goes_on_after_the_errors_of_single_points(sandbox: Sandbox, ionq: quantum_jobs.Client) -> None:
    sandbox.faults.add("status", status=400, method="POST", nth=5)
    scan = ionq.submit_many(PROGRAMS, device="simulator", shots=100, idempotency_key="curve")
    (failed,) = scan.failed
    assert isinstance(failed.error, quantum_jobs.InvalidRequestError)
    assert failed.error.idempotency_key == failed.idempotency_key
    assert len(scan.new) == 29
    results, errors = scan.results(timeout=60)
    assert (len(results), list(errors)) == (29, [failed.point])
    again = ionq.submit_many(PROGRAMS, device="simulator", shots=100, idempotency_key="curve")
    assert [each.point for each in again.new] == [failed.point]


def test_lost_answers_make_no_second_job(sandbox: Sandbox, ionq: quantum_jobs.Client) -> None:
    sandbox.faults.add("drop", method="POST", stored=True, probability=0.3)
    scan = ionq.submit_many(PROGRAMS, device="simulator", shots=100)
    assert len(scan.new) == 30
    assert posts(sandbox) == 30


def test_a_wrong_key_ends_the_scan_soon(sandbox: Sandbox) -> None:
    with sandbox.connect("ionq", api_key="wrong-key") as client:
        scan = client.submit_many(PROGRAMS, device="simulator", shots=100)
    assert {type(each.error) for each in scan} == {quantum_jobs.AuthenticationError}
    assert posts(sandbox) <= 8


def test_a_scan_never_costs_more_than_it_may(sandbox: Sandbox, ionq: quantum_jobs.Client) -> None:
    priced = ionq.submit_many(PROGRAMS, device="qpu.forte-1", shots=100, dry_run=True)
    assert posts(sandbox) == 0
    assert priced.jobs == priced.failed == []
    assert priced.estimated_cost is not None
    (each,) = {point.estimated_cost.amount for point in priced if point.estimated_cost is not None}
    assert priced.estimated_cost.amount == 30 * each

    asked = len(sandbox.journal.select())
    assert asked == 1, "points of one size are priced with one request"
    limit = each * 10 + each / 2
    scan = ionq.submit_many(PROGRAMS, device="qpu.forte-1", shots=100, max_cost=limit, idempotency_key="dear")
    assert len(scan.new) == posts(sandbox) == 10
    assert {type(point.error) for point in scan.failed} == {quantum_jobs.CostLimitError}
    # What was spent before counts, so running it again spends no more.
    ionq.submit_many(PROGRAMS, device="qpu.forte-1", shots=100, max_cost=limit, idempotency_key="dear")
    assert posts(sandbox) == 10


def test_a_submission_beyond_its_limit_is_not_sent(sandbox: Sandbox, ionq: quantum_jobs.Client) -> None:
    with pytest.raises(quantum_jobs.CostLimitError, match=r"estimated to cost .* USD, max_cost is 1 USD") as caught:
        ionq.submit(rotated(1), device="qpu.forte-1", shots=100, max_cost=1)
    assert posts(sandbox) == 0
    assert caught.value.estimated.amount > caught.value.max_cost.amount == 1
    job = ionq.submit(rotated(1), device="qpu.forte-1", shots=100, max_cost=Decimal(100))
    assert job.record.shots == 100


def test_a_limit_in_dollars_holds_where_costs_are_in_credits(sandbox: Sandbox) -> None:
    with sandbox.connect("qbraid") as qbraid:
        with pytest.raises(quantum_jobs.CostLimitError, match=r"credits \(.* USD\)"):
            qbraid.submit(rotated(1), device="aws:ionq:qpu:forte-1", shots=100, max_cost="0.01")
        assert posts(sandbox) == 0


def test_where_no_estimate_is_given_the_prices_of_the_catalogue_count(sandbox: Sandbox) -> None:
    device = "aws:ionq:qpu:forte-1"
    with sandbox.connect("qbraid") as qbraid:
        estimated = qbraid.estimate(device=device, shots=100).cost
        sandbox.faults.add("drop_field", path="*cost-estimate", field="estimatedCost")
        with pytest.raises(quantum_jobs.CostLimitError) as caught:
            qbraid.submit(rotated(1), device=device, shots=100, max_cost=0)
    assert caught.value.estimated == estimated


def test_where_nobody_tells_costs_a_limit_is_refused(sandbox: Sandbox) -> None:
    with sandbox.connect("ionq-v0.3") as client:
        with pytest.raises(quantum_jobs.UnsupportedError, match="cannot be told beforehand"):
            client.submit_many(PROGRAMS, device="qpu.aria-1", shots=100, max_cost=1000)
        with pytest.raises(quantum_jobs.UnsupportedError, match="no price"):
            client.submit(rotated(1), device="qpu.aria-1", shots=100, max_cost=1000)
    assert posts(sandbox) == 0


@pytest.mark.parametrize("limit", [-1, "much", float("nan"), True, "inf"])
def test_a_limit_that_is_no_amount_is_refused(ionq: quantum_jobs.Client, limit: Any) -> None:
    with pytest.raises(quantum_jobs.UsageError, match="max_cost"):
        ionq.submit(rotated(1), device="simulator", max_cost=limit)


def test_points_that_share_a_job_are_told_apart_afterwards(sandbox: Sandbox, ionq: quantum_jobs.Client) -> None:
    points = {
        f"bit {bit}": {"gateset": "qis", "qubits": 3, "circuit": [{"gate": "x", "target": bit}]} for bit in range(3)
    }
    scan = ionq.submit_many(points, device="simulator", shots=100, pack=2, idempotency_key="packed")
    assert posts(sandbox) == len(scan.jobs) == 2
    assert [each.index for each in scan] == [0, 1, 0]
    results, errors = scan.results(timeout=60)
    assert errors == {}
    assert {point: result.counts for point, result in results.items()} == {
        "bit 0": {"001": 100},
        "bit 1": {"010": 100},
        "bit 2": {"100": 100},
    }
    again = ionq.submit_many(points, device="simulator", shots=100, pack=2, idempotency_key="packed")
    assert again.jobs == scan.jobs
    assert posts(sandbox) == 2


class Fates(Service):
    """An IonQ whose jobs, in the order of their submission, meet different ends."""

    def __init__(self) -> None:
        super().__init__(self._answer)
        self.server = Ionq()

    def _answer(self, request: httpx.Request, moment: float) -> Outcome:
        path = request.url.path
        if request.method == "POST":
            answer = self.server(request, moment)
            self.server.ends_at |= dict.fromkeys(("job-0", "job-1", "job-2", "job-5"), 10.0)
            return answer
        if path.endswith("job-1/artifacts/h"):
            return reply(404, {"error": "Not Found", "message": "no such artifact", "statusCode": 404})
        if path.endswith("job-2/artifacts/h"):
            return None
        if moment > 5.0 and "job-3" in self.server.jobs:
            del self.server.jobs["job-3"]
            self.server.jobs["job-5"]["status"] = "failed"
            del self.server.ends_at["job-5"]
        return self.server(request, moment)

    def check(self, results: Any, failures: Any, results_of: list[Any]) -> None:
        assert {point: result.probabilities for point, result in results.items()} == {0: {"1": 1.0}}
        assert {point: type(error) for point, error in failures.items()} == {
            1: quantum_jobs.NotFoundError,
            2: quantum_jobs.WaitTimeoutError,
            3: quantum_jobs.NotFoundError,
            4: quantum_jobs.WaitTimeoutError,
            5: quantum_jobs.JobFailedError,
        }
        assert "no such artifact" in str(failures[1])
        assert "COMPLETED after 120 s; its result did not come" in str(failures[2])
        assert "no such job" in str(failures[3])
        assert "INITIALIZING after 120 s; it goes on" in str(failures[4])
        # The same errors as the jobs' own.
        assert [type(each) for each in results_of] == [quantum_jobs.NotFoundError] * 2
        assert [str(each) for each in results_of] == [str(failures[1]), str(failures[3])]


@pytest.mark.parametrize("backend", BACKENDS)
def test_each_point_without_a_result_says_why(backend: str) -> None:
    service = Fates()

    async def scenario(client: Any) -> None:
        scan = await client.submit_many([rotated(1)] * 6, device="simulator", shots=10, max_in_flight=1)
        started = now()
        found = await scan.results(timeout=120)
        assert now() == pytest.approx(started + 120)
        asked = len(service.requests)
        assert (await scan.results(timeout=0)).results == found.results
        assert len(service.requests) == asked
        own = []
        for number in (1, 3):
            with pytest.raises(quantum_jobs.NotFoundError) as caught:
                await scan[number].job.result()
            own.append(caught.value)
        service.check(*found, own)

    service.run(scenario, backend=backend, confirmation_timeout=1.0)


def test_each_point_without_a_result_says_why_in_sync_code_too() -> None:
    with sync_code():
        service = Fates()
        with quantum_jobs.connect("ionq", api_key="a-key", transport=service, confirmation_timeout=1.0) as client:
            scan = client.submit_many([rotated(1)] * 6, device="simulator", shots=10, max_in_flight=1)
            found = scan.results(timeout=120)
            own = []
            for number in (1, 3):
                with pytest.raises(quantum_jobs.NotFoundError) as caught:
                    scan.jobs[number].result()
                own.append(caught.value)
            service.check(*found, own)


def test_results_with_shots_that_were_fetched_before_do_not_keep_a_scan_from_its_own() -> None:
    server = Ionq()
    service = Service(server)

    async def scenario(client: Any) -> None:
        scan = await client.submit_many([rotated(1)] * 2, device="simulator", shots=10)
        server.ends_at = dict.fromkeys(server.jobs, 0.0)
        await scan[0].job.result(memory=True)
        results, failures = await scan.results(timeout=60)
        assert (list(results), failures) == ([0, 1], {})

    service.run(scenario)


def test_no_more_jobs_wait_at_the_service_than_may(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.01)
    clock = SteppedClock(1_750_000_000.0)
    with Sandbox(in_process=True, engine=engine, clock=clock) as sandbox, sandbox.connect("ionq") as client:
        scans: list[Any] = []
        submitting = threading.Thread(
            target=lambda: scans.append(
                client.submit_many([rotated(1)] * 5, device="simulator", shots=10, max_pending=2)
            )
        )
        submitting.start()
        for batch in (2, 4, 5):
            deadline = time.monotonic() + 20
            while posts(sandbox) < batch and time.monotonic() < deadline:
                time.sleep(0.005)
            # It looks again and again meanwhile: no more are submitted before some are over.
            looks = len(sandbox.journal.select(method="GET")) + 3
            while batch < 5 and len(sandbox.journal.select(method="GET")) < looks and time.monotonic() < deadline:
                time.sleep(0.005)
            assert posts(sandbox) == batch
            clock.advance(10)
        submitting.join(20)
    assert len(scans[0].new) == 5


def test_tags_can_be_a_function_of_the_point(ionq: quantum_jobs.Client) -> None:
    scan = ionq.submit_many(
        {0.5: rotated(0.5)}, device="simulator", shots=10, name="curve", tags=lambda point: {"turn": point}
    )
    record = scan.jobs[0].record
    assert (record.name, record.tags["turn"]) == ("curve", 0.5)


def test_a_mistake_in_any_program_is_told_before_the_first_is_sent(sandbox: Sandbox, ionq: quantum_jobs.Client) -> None:
    wrong = [
        ({"programs": [rotated(1), "nonsense"]}, "starts with none of"),
        ({"programs": rotated(1)}, "one IonQ circuit"),
        ({"programs": "OPENQASM 3.0;"}, "expected several programs"),
        ({"programs": {1: rotated(1), "1": rotated(2)}}, "have the same idempotency key"),
        ({"programs": {None: rotated(1), object(): rotated(2)}}, "no point of a scan"),
        ({"programs": [rotated(1)], "pack": 0}, "pack must be"),
        ({"programs": [rotated(1)], "max_pending": True}, "max_pending must be"),
        ({"programs": [rotated(1)], "pack": 2, "tags": lambda point: {"a": point}}, "tags cannot be a function"),
        ({"programs": [rotated(1)], "idempotency_key": "a b"}, "no idempotency_key"),
        ({"programs": [rotated(1)], "idempotency_key": {1: "one"}}, "no idempotency key for the point 0"),
        ({"programs": [rotated(1)], "idempotency_key": lambda point: "a/b"}, "no idempotency key for the point 0"),
        ({"programs": [rotated(1)], "idempotency_key": 7}, "must be text, a mapping"),
    ]
    for arguments, told in wrong:
        programs = arguments.pop("programs")
        with pytest.raises(quantum_jobs.UsageError, match=told):
            ionq.submit_many(programs, device="simulator", shots=10, **arguments)
    assert len(sandbox.journal.select()) == 0


def test_keys_can_be_given_by_point(ionq: quantum_jobs.Client) -> None:
    by_mapping = ionq.submit_many({1: rotated(1)}, device="simulator", shots=1, idempotency_key={1: "one"})
    by_function = ionq.submit_many({1: rotated(1)}, device="simulator", shots=1, idempotency_key=lambda point: "one")
    assert by_mapping.jobs == by_function.jobs
    assert by_mapping.idempotency_key is None


NUMBERS = st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = NUMBERS | st.text("ab01 .:/%é\n\ud800", max_size=8)


@settings(deadline=None)
@given(SCALARS | st.tuples(SCALARS, SCALARS))
def test_any_point_has_a_key_that_can_be_sent_and_is_the_same_every_time(point: Any) -> None:
    key = derived_key("scan", point)
    assert is_id(key)
    assert key.startswith("scan:")
    assert key == derived_key("scan", point)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_the_same_in_async_code_all_at_once_or_one_by_one(sandbox: Sandbox, backend: str) -> None:
    async def scan() -> None:
        async with sandbox.connect_async("ionq") as client:
            seen = []
            many = await client.submit_many(
                PROGRAMS, device="simulator", shots=10, idempotency_key="curve", progress=seen.append
            )
            assert seen[-1] == quantum_jobs.ScanProgress(done=30, total=30, new=30)
            results, errors = await many.results(timeout=60)
            assert (len(results), errors) == (30, {})
            points = [
                each
                async for each in client.submit_each(PROGRAMS, device="simulator", shots=10, idempotency_key="curve")
            ]
            assert {each.point for each in points} == set(POINTS)
            assert not any(each.is_new for each in points)

    anyio.run(scan, backend=backend)
    assert posts(sandbox) == 30


def test_a_scan_whose_progress_raises_leaves_nothing_open_under_trio(sandbox: Sandbox) -> None:
    async def scan() -> None:
        async with sandbox.connect_async("ionq") as client:
            with pytest.raises(ZeroDivisionError):
                await client.submit_many(PROGRAMS, device="simulator", shots=10, progress=lambda _: 1 / 0)

    anyio.run(scan, backend="trio")  # what is left open is a ResourceWarning, which fails
    assert posts(sandbox) < 30


def test_leaving_an_iteration_early_submits_no_more(sandbox: Sandbox, ionq: quantum_jobs.Client) -> None:
    for each in ionq.submit_each(PROGRAMS, device="simulator", shots=10):
        assert each.is_new
        break
    assert 1 <= posts(sandbox) < 30


def test_an_empty_scan_is_empty(sandbox: Sandbox, ionq: quantum_jobs.Client) -> None:
    scan = ionq.submit_many([], device="simulator")
    assert (len(scan), scan.jobs, scan.estimated_cost) == (0, [], None)
    assert scan.results() == ({}, {})
    assert len(sandbox.journal.select()) == 0
