"""A wrong call is refused before anything is sent, with an error of ours that says what is wrong and what to do."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import httpx
import pytest
import quantum_jobs
from quantum_jobs import Cost, Program, QuantumJobsError, UnsupportedError, UsageError, text

from tests.worlds import World

QASM3 = "OPENQASM 3.0; qubit q;"
CIRCUIT = {"qubits": 1, "gateset": "qis", "circuit": [{"gate": "h", "target": 0}]}
#: Python does not write it out, nor read it.
HUGE = 10**5000
SERVICES = ["ionq-v0.4", "ionq-v0.3", "qbraid-v2"]


class Untouched(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport that nobody may use, once a test has made the jobs that it needs."""

    def __init__(self) -> None:
        self.open = False
        self.used = 0

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if not self.open:
            self.used += 1
            raise AssertionError(f"{request.method} {request.url} was sent")
        return httpx.Response(200, json={"id": "a", "status": "ready", "data": {"jobQrn": "a", "status": "QUEUED"}})

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._answer(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self._answer(request)

    async def job(self, client: Any) -> Any:
        """A queued job of this client."""
        self.open = True
        try:
            return await client.job("a")
        finally:
            self.open = False


def refused(
    world: World, call: Callable[[Any], Any], service: str = "ionq", transport: Untouched | None = None
) -> QuantumJobsError:
    """The error of one call on a client whose transport nobody may use."""
    transport = transport or Untouched()

    async def scenario(client: Any) -> None:
        value = call(client)
        if hasattr(value, "__aiter__"):
            async for _ in value:
                pass
        else:
            value = await value
            for _ in value if hasattr(value, "__next__") else ():
                pass

    with pytest.raises(QuantumJobsError) as caught:
        world.run(scenario, service, api_key="a-key", transport=transport, confirmation_timeout=0)
    assert transport.used == 0
    return caught.value


# Ids and references.

BAD_IDS = ["", ".", "..", "a/../b", "a/b", "../jobs", "a..b", "a b", "a?b", "a#b", "a%2Fb", "a\\b", "a\n", "ä", None, 5]


@pytest.mark.parametrize("job_id", BAD_IDS)
@pytest.mark.parametrize("service", SERVICES)
def test_a_job_id_that_would_lead_elsewhere_is_never_sent(world: World, service: str, job_id: Any) -> None:
    assert isinstance(refused(world, lambda client: client.job(job_id), service), UsageError)


@pytest.mark.parametrize("job_id", BAD_IDS)
def test_the_same_holds_for_ids_to_be_cancelled_and_deleted(world: World, job_id: Any) -> None:
    for error in (
        refused(world, lambda client: client.cancel(["good", job_id])),
        refused(world, lambda client: client.delete([job_id])),
    ):
        assert isinstance(error, UsageError)


@pytest.mark.parametrize("ref", ["", "ionq", "ionq:", "ionq:a/b", "ionq:..", ":a", "ibm:a", None, 5, "https://x/y"])
def test_a_bad_reference_is_refused(world: World, monkeypatch: pytest.MonkeyPatch, ref: Any) -> None:
    monkeypatch.setenv("IONQ_API_KEY", "a-key")
    monkeypatch.setenv("IONQ_API_URL", "http://127.0.0.1:9/v0.4")
    with pytest.raises(UsageError):
        world.play(lambda: world.job(ref))


def test_a_list_of_jobs_is_expected_and_no_text() -> None:
    for call in (quantum_jobs.wait, quantum_jobs.as_completed):
        for wrong in ("ionq:a", 5, None, [1], ["ionq:a"]):
            with pytest.raises(UsageError, match="expected"):
                call(wrong)  # type: ignore[arg-type]


def test_a_job_of_the_other_world_is_not_waited_for() -> None:
    transport = Untouched()
    with quantum_jobs.connect("ionq", api_key="a-key", transport=transport) as client:
        transport.open = True
        job = client.job("a")
        transport.open = False
        with pytest.raises(UsageError, match="AsyncJob"):
            asyncio.run(quantum_jobs.wait_async([job]))  # type: ignore[list-item]


@pytest.mark.parametrize("wrong", ["a-job", 5, None, [5], [None], [["a"]], [b"a"]])
def test_cancel_and_delete_take_several_jobs_or_ids(world: World, wrong: Any) -> None:
    for error in (
        refused(world, lambda client: client.cancel(wrong)),
        refused(world, lambda client: client.delete(wrong)),
    ):
        assert isinstance(error, UsageError)
        assert "job" in error.message


def test_jobs_of_another_service_are_not_cancelled(world: World) -> None:
    transport = Untouched()

    async def with_a_stranger(client: Any) -> None:
        stranger = world.plain(await transport.job(client))
        for method in ("cancel", "delete"):
            error = await _error_at_another_service(world, method, ["b", stranger])
            assert isinstance(error, UsageError)
            assert "qbraid-v2:a" in error.message

    world.run(with_a_stranger, "qbraid", api_key="a-key", transport=transport)


async def _error_at_another_service(world: World, method: str, jobs: list[Any]) -> QuantumJobsError:
    transport = Untouched()
    connect = quantum_jobs.connect_async if world.is_async else quantum_jobs.connect
    client: Any = connect("ionq", api_key="a-key", transport=transport)
    with pytest.raises(QuantumJobsError) as caught:
        await getattr(world.taken_up(client), method)(jobs)
    await world.taken_up(client).close()
    assert transport.used == 0
    return caught.value


@pytest.mark.parametrize("status", ["completed", "DONE", "", 5])
def test_jobs_are_listed_by_our_own_statuses(world: World, status: Any) -> None:
    error = refused(world, lambda client: client.jobs(status=status))
    assert isinstance(error, UsageError)
    assert "COMPLETED" in error.message


@pytest.mark.parametrize("limit", [-1, True, 2.5, "10", -HUGE], ids=text.shown)
def test_a_limit_is_a_number_of_jobs(world: World, limit: Any) -> None:
    assert isinstance(refused(world, lambda client: client.jobs(limit=limit)), UsageError)


@pytest.mark.parametrize(
    "wrong", [*({"max_in_flight": value} for value in (None, 0, True)), {"max_pending": 0}, {"pack": 1.5}], ids=repr
)
def test_the_numbers_of_a_scan_are_whole_and_at_least_one(world: World, wrong: dict[str, Any]) -> None:
    error = refused(world, lambda client: client.submit_many([CIRCUIT, CIRCUIT], device="simulator", **wrong))
    assert isinstance(error, UsageError)
    assert f"{next(iter(wrong))} must be a whole number of at least 1" in error.message


# Submissions.


def submission(program: Any = QASM3, **more: Any) -> Callable[[Any], Any]:
    return lambda client: client.submit(program, **{"device": "simulator", **more})


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    "wrong",
    [
        *({"shots": 0}, {"shots": -5}, {"shots": True}, {"shots": "x"}, {"shots": 10.0}),
        *({"device": ""}, {"device": None}, {"device": 5}),
        *({"name": 5}, {"name": b"x"}, {"name": "\ud800"}),
        *({"tags": "x"}, {"tags": {"": "x"}}, {"tags": {5: "x"}}, {"tags": {"a": None}}, {"tags": {"a": math.nan}}),
        *(
            {"tags": {"a": ["x"]}},
            {"tags": {"a": -math.inf}},
            {"tags": {"a": 1j}},
            {"tags": {"quantum_jobs_idempotency_key": "mine"}},
            {"tags": {"a": "\ud800"}},
        ),
        *({"tags": ["x"]}, {"tags": []}, {"tags": {"a": HUGE}}, {"options": []}, {"name": HUGE}, {"shots": 2**63}),
        *({"max_cost": HUGE}, {"max_cost": Cost.in_usd(Decimal("NaN"))}, {"max_cost": Cost.in_usd(Decimal(-1))}),
        *({"options": "x"}, {"options": {"a": math.nan}}, {"options": {"a": object}}, {"options": {"a": "\ud800"}}),
        *(
            {"idempotency_key": ""},
            {"idempotency_key": "a/b"},
            {"idempotency_key": ".."},
            {"idempotency_key": 5},
            {"idempotency_key": HUGE},
            {"idempotency_key": "two words"},
        ),
    ],
    ids=text.shown,
)
def test_an_argument_of_submit_that_is_wrong_is_named(world: World, service: str, wrong: dict[str, Any]) -> None:
    error = refused(world, submission(QASM3 if service != "ionq-v0.3" else CIRCUIT, **wrong), service)
    assert isinstance(error, UsageError)
    (argument,) = wrong
    assert argument.rstrip("s") in error.message


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    "program",
    [
        *(5, None, object, [], "", "h q[0];", "OPENQASM 4.0;", "OPENQASM;", b"\xff\xfe", b"\x00\x01"),
        {},
        {"openapi": "3.1.0", "paths": {}},
        {"circuit": "h 0"},
        {"circuit": [5]},
        {"circuit": [{"target": 0}]},
        {"circuit": [{"gate": "h", "target": -1}]},
        {"circuit": [{"gate": "h", "target": True}]},
        {"circuit": [{"gate": "h", "target": 0.5}]},
        {"circuit": [{"gate": "h", "target": 3}], "qubits": 2},
        {"circuit": [], "qubits": 0},
        {"circuit": [{"gate": "h", "target": 0}], "gateset": "clifford"},
        {"circuit": [{"gate": "rx", "target": 0, "rotation": math.nan}]},
        {"circuit": [{"gate": "rx", "target": 0, "rotation": math.inf}]},
        {"circuit": [{"gate": "h", "target": 0, "note": object}]},
        {"circuit": [{"gate": "h", "target": 0, "note": "\ud800"}]},
        Program("ionq.circuit", "h 0"),
        Program("ionq.circuit", [1]),
        Program("ionq.circuit", {"qubits": 1}),
        Program("qasm3", b"OPENQASM 3.0;"),
        Program("qasm3", {"a": 1}),
        Program("qasm3", None),
        Program("analog", {"a": math.nan}),
        "OPENQASM 3.0; // \ud800",
    ],
    ids=lambda program: repr(program)[:60],
)
def test_what_is_no_program_is_refused_before_anything_is_sent(world: World, service: str, program: Any) -> None:
    error = refused(world, submission(program), service)
    assert isinstance(error, (UsageError, UnsupportedError))
    assert len(error.message) > 20


@pytest.mark.parametrize(
    ("service", "program"),
    [
        ("ionq-v0.4", b"BC\xc0\xde1234"),
        ("ionq-v0.4", "; ModuleID = 'x'"),
        ("ionq-v0.4", Program("quil", "H 0")),
        ("ionq-v0.4", [CIRCUIT, Program("quil", "H 0")]),
        ("ionq-v0.3", b"BC\xc0\xde1234"),
        ("ionq-v0.3", Program("quil", "H 0")),
        ("ionq-v0.3", [CIRCUIT, "; ModuleID = 'x'"]),
        ("qbraid-v2", Program("openpulse", "x")),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_format_that_a_service_does_not_take_is_told_with_what_to_do(
    world: World, service: str, program: Any
) -> None:
    error = refused(world, submission(program), service)
    assert isinstance(error, UnsupportedError)
    assert service in error.message
    assert "take" in error.message
    assert "submit" in error.message


@pytest.mark.parametrize(
    "call", [lambda client: client.find_submission(""), lambda client: client.find_submission("a/b")]
)
def test_a_key_to_look_up_is_checked(world: World, call: Callable[[Any], Any]) -> None:
    error = refused(world, call)
    assert isinstance(error, UsageError)
    assert "idempotency_key" in error.message


# Waiting.


@pytest.mark.parametrize("timeout", [math.nan, True, "10", [1]])
@pytest.mark.parametrize("method", ["wait", "result", "results"])
def test_a_timeout_is_a_number_of_seconds(world: World, method: str, timeout: Any) -> None:
    transport = Untouched()

    async def waited_for(client: Any) -> None:
        await getattr(await transport.job(client), method)(timeout=timeout)

    error = refused(world, waited_for, transport=transport)
    assert isinstance(error, UsageError)
    assert "timeout" in error.message


# Closed clients.


def test_a_closed_client_says_so_and_may_be_closed_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.0)
    transport = Untouched()

    async def scenario(client: Any) -> list[str]:
        job = await transport.job(client)
        await client.close()
        await client.close()
        told = []
        for call in (
            lambda: client.job("a"),
            lambda: client.submit(QASM3, device="simulator"),
            lambda: client.devices(),
            lambda: client.find_submission("a-key"),
            lambda: client.cancel(["a"]),
            lambda: job.refresh(),
            lambda: job.wait(timeout=5),
            lambda: job.result(timeout=5),
        ):
            try:
                outcome = await call()
            except UsageError as error:
                told.append(error.message)
            else:
                told += [error.message for error in outcome.values()]
        return told

    told = world.run(scenario, "ionq", api_key="a-key", transport=transport)
    assert len(told) == 8
    assert all("closed" in message for message in told)
    assert transport.used == 0


def test_what_a_service_lacks_is_told_before_anything_is_sent(world: World) -> None:
    transport = Untouched()

    async def program(client: Any) -> None:
        await (await transport.job(client)).program()

    for service, call in (("ionq-v0.3", lambda client: client.estimate(device="simulator")), ("ionq-v0.4", program)):
        error = refused(world, call, service, transport)
        assert isinstance(error, UnsupportedError)
        assert service in error.message


@pytest.mark.parametrize("device", [None, "", 5, "\ud800"])
def test_an_estimate_names_a_device(world: World, device: Any) -> None:
    assert "device" in str(refused(world, lambda client: client.estimate(device=device)))


@pytest.mark.parametrize("shots", [0, -1, True, "10", 1.5, 2**63, HUGE], ids=text.shown)
def test_shots_are_a_whole_number_in_a_submission_and_in_an_estimate(world: World, shots: Any) -> None:
    for call in (
        lambda client: client.estimate(device="simulator", shots=shots),
        lambda client: client.submit(CIRCUIT, device="simulator", shots=shots),
    ):
        error = refused(world, call)
        assert isinstance(error, UsageError)
        assert len(str(error)) < 200


class _Integer:
    """As numpy's are: no ``int``, and its value is one."""

    def __index__(self) -> int:
        return 7


def test_whole_numbers_may_be_those_of_another_library() -> None:
    seven: Any = _Integer()
    sent = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            sent.append(request.url.params["limit"])
            return httpx.Response(200, json={"jobs": [], "next": None})
        sent.append(json.loads(request.content)["shots"])
        return httpx.Response(201, json={"id": "a", "status": "submitted", "session_id": None})

    with quantum_jobs.connect("ionq", api_key="a-key", transport=httpx.MockTransport(answer)) as client:
        assert client.submit(CIRCUIT, device="simulator", shots=seven).record.shots == 7
        assert len(client.submit_many([CIRCUIT], device="simulator", shots=7, max_in_flight=seven).new) == 1
        assert list(client.jobs(limit=seven)) == []
    assert sent == [7, 7, "7"]


@pytest.mark.parametrize("options", [{"shots": 7}, {"backend": "qpu.forte-1"}, {"name": "b"}, {"input": {}}])
def test_options_say_nothing_that_has_an_argument_of_its_own(world: World, options: dict[str, Any]) -> None:
    error = refused(world, lambda client: client.submit(CIRCUIT, device="simulator", options=options))
    assert isinstance(error, UsageError)
    assert next(iter(options)) in str(error)


@pytest.mark.parametrize("url", ["https://example.com/v1?", "https://example.com/v1#", "https://xn--/"])
def test_a_base_url_names_a_host_and_a_path(url: str) -> None:
    with pytest.raises(UsageError):
        quantum_jobs.connect("ionq", base_url=url, api_key="a-key")


def test_seconds_that_no_clock_counts_are_refused_or_for_ever() -> None:
    for name in ("timeout", "confirmation_timeout"):
        with pytest.raises(UsageError, match=name):
            quantum_jobs.connect("ionq", api_key="a-key", **{name: HUGE})
    completed = httpx.MockTransport(lambda _: httpx.Response(200, json={"id": "a", "status": "completed"}))
    with quantum_jobs.connect("ionq", api_key="a-key", transport=completed) as client:
        job = client.job("a")
        assert job.wait(timeout=HUGE) == job.record
        # As numpy's numbers, a fraction is neither an int nor a float.
        assert job.wait(timeout=Fraction(1, 2)) == job.record


def test_a_program_s_format_is_a_name(world: World) -> None:
    for service in SERVICES:
        error = refused(world, lambda client: client.submit(Program([], "x"), device="d"), service)
        assert "format" in str(error)
