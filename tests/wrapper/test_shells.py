"""The sync and the async half are the same, every public name is there, and importing costs nothing."""

from __future__ import annotations

import asyncio
import inspect
import math
import re
import subprocess
import sys
import threading
from typing import Any, get_type_hints

import httpx
import pytest
import quantum_jobs

from tests.loopback import Loopback
from tests.worlds import World

#: The contract: what users call, with its parameters.
CLIENT = {
    "submit": "program, *, device, shots, name, tags, options, idempotency_key, resubmit_uncertain, max_cost",
    "submit_many": (
        "programs, *, device, shots, name, tags, options, idempotency_key, resubmit_uncertain, max_cost, max_pending, "
        "max_in_flight, pack, dry_run, progress"
    ),
    "submit_each": "programs, *, device, idempotency_key, **arguments",
    "job": "id_or_ref",
    "jobs": "status, device, name, tags, created_after, created_before, limit",
    "devices": "",
    "estimate": "program, *, device, shots, **options",
    "find_submission": "idempotency_key",
    "cancel": "jobs",
    "delete": "jobs",
    "close": "",
}
JOB = {
    "refresh": "",
    "wait": "timeout, *, progress",
    "result": "timeout, *, memory, aggregation, progress",
    "results": "timeout, *, memory, aggregation, progress",
    "program": "",
    "compiled_program": "",
    "cancel": "",
    "delete": "",
    "cost": "",
    "children": "",
}
PROPERTIES = {"Client": {"service", "api"}, "Job": {"id", "service", "ref", "record", "status", "vendor_status"}}
PAIRS = [
    (quantum_jobs.Client, quantum_jobs.AsyncClient, CLIENT),
    (quantum_jobs.Job, quantum_jobs.AsyncJob, JOB),
]
FUNCTIONS = [
    (quantum_jobs.job, quantum_jobs.job_async),
    (quantum_jobs.wait, quantum_jobs.wait_async),
    (quantum_jobs.as_completed, quantum_jobs.as_completed_async),
]
#: What may differ between the words of the two halves.
_OTHER_WORDS = [
    ("AsyncClient", "Client"),
    ("AsyncJob", "Job"),
    ("AsyncSubmissions", "Submissions"),
    ("AsyncIterator", "Iterator"),
    ("__aenter__", "__enter__"),
]


def members(kind: type) -> dict[str, Any]:
    return {name: inspect.getattr_static(kind, name) for name in dir(kind) if not name.startswith("_")}


def shape(function: Any) -> str:
    """Parameters with their kinds and defaults, and the types in the words of the sync half."""
    text = str(inspect.signature(function))
    for other, word in _OTHER_WORDS:
        text = text.replace(other, word)
    return text


def names(function: Any) -> str:
    """Parameters as one would write them down."""
    written: list[str] = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name == "self":
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in written:
            written.append("*")
        written.append(f"**{parameter.name}" if parameter.kind is parameter.VAR_KEYWORD else parameter.name)
    return ", ".join(written)


@pytest.mark.parametrize(("sync", "other", "contract"), PAIRS)
def test_both_halves_have_the_methods_of_the_contract(sync: type, other: type, contract: dict[str, str]) -> None:
    for kind in (sync, other):
        methods = {name for name, value in members(kind).items() if inspect.isfunction(value)}
        properties = {name for name, value in members(kind).items() if isinstance(value, property)}
        assert methods == contract.keys()
        assert properties == PROPERTIES[sync.__name__]
        for name, parameters in contract.items():
            assert names(getattr(kind, name)) == parameters, name


@pytest.mark.parametrize(("sync", "other", "contract"), PAIRS)
def test_both_halves_have_the_same_parameters_and_docstrings(sync: type, other: type, contract: dict[str, str]) -> None:
    for name in contract:
        one, two = getattr(sync, name), getattr(other, name)
        assert shape(one) == shape(two), name
        assert one.__doc__, name
        assert one.__doc__ == two.__doc__, name
    for name in PROPERTIES[sync.__name__]:
        one, two = getattr(sync, name), getattr(other, name)
        assert one.__doc__, name
        assert one.__doc__ == two.__doc__, name
        assert shape(one.fget) == shape(two.fget), name


@pytest.mark.parametrize(("sync", "other", "contract"), PAIRS)
def test_every_verb_of_the_async_half_is_awaited_or_iterated(sync: type, other: type, contract: dict[str, str]) -> None:
    for name in contract:
        assert not inspect.iscoroutinefunction(getattr(sync, name)), name
        verb = getattr(other, name)
        iterates = inspect.signature(verb).return_annotation.startswith("AsyncIterator")
        assert inspect.iscoroutinefunction(verb) or iterates, name
    assert hasattr(sync, "__enter__") == hasattr(other, "__aenter__")


@pytest.mark.parametrize(("sync", "other"), FUNCTIONS)
def test_the_functions_of_both_halves_are_the_same(sync: Any, other: Any) -> None:
    assert shape(sync) == shape(other)
    assert sync.__doc__
    assert sync.__doc__ == other.__doc__


@pytest.mark.parametrize(
    ("connect", "client"),
    [(quantum_jobs.connect, quantum_jobs.Client), (quantum_jobs.connect_async, quantum_jobs.AsyncClient)],
)
def test_a_client_is_made_with_the_arguments_of_connect(connect: Any, client: Any) -> None:
    made = [
        (each.name, each.kind, each.default)
        for each in list(inspect.signature(client.__init__).parameters.values())[1:]
    ]
    assert made == [(each.name, each.kind, each.default) for each in inspect.signature(connect).parameters.values()]
    kind = httpx.MockTransport(lambda request: httpx.Response(200, json={"id": "a", "status": "ready"}))
    assert type(client("ionq", api_key="a-key", transport=kind)) is type(
        connect("ionq", api_key="a-key", transport=kind)
    )
    with pytest.raises(quantum_jobs.UsageError, match="no service"):
        client("no-service", api_key="a-key")


def test_connect_and_connect_async_take_the_same() -> None:
    def without_transport(function: Any) -> list[inspect.Parameter]:
        return [each for each in inspect.signature(function).parameters.values() if each.name != "transport"]

    assert (
        names(quantum_jobs.connect) == "service, *, api_key, base_url, timeout, confirmation_timeout, transport, store"
    )
    assert names(quantum_jobs.connect) == names(quantum_jobs.connect_async)
    assert without_transport(quantum_jobs.connect) == without_transport(quantum_jobs.connect_async)
    defaults = {each.name: each.default for each in inspect.signature(quantum_jobs.connect).parameters.values()}
    assert (defaults["timeout"], defaults["confirmation_timeout"]) == (30.0, 10.0)


@pytest.mark.parametrize("kind", [kind for pair in PAIRS for kind in pair[:2]])
def test_everything_public_has_types_that_resolve(kind: type) -> None:
    needed = {"AsyncChannel": object, "SyncChannel": object}
    for name, value in members(kind).items():
        hints = get_type_hints(value.fget if isinstance(value, property) else value, localns=needed)
        assert "return" in hints, name


# The package.


def test_every_public_name_is_there_and_documented() -> None:
    assert sorted(quantum_jobs.__all__) == quantum_jobs.__all__
    for name in quantum_jobs.__all__:
        value = getattr(quantum_jobs, name)
        assert name in dir(quantum_jobs)
        assert name == "__version__" or value.__doc__, name
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", quantum_jobs.__version__)


@pytest.mark.parametrize("name", ["novelty", "Clients", "httpx", "_novelty", "attrs"])
def test_a_name_that_is_not_there_is_an_attribute_error(name: str) -> None:
    with pytest.raises(AttributeError, match=name):
        getattr(quantum_jobs, name)
    assert not hasattr(quantum_jobs, name)


def fresh(code: str) -> str:
    """What a new interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip()


def test_importing_loads_nothing_that_is_not_needed_yet() -> None:
    heavy = ["httpx", "attrs", "attr", "asyncio", "quantum_apis", "dateutil", "keyring", "qiskit", "ssl", "socket"]
    loaded = fresh(f"import sys, quantum_jobs; print([name for name in {heavy} if name in sys.modules])")
    assert loaded == "[]"


def test_errors_can_be_caught_without_loading_httpx() -> None:
    loaded = fresh("import sys, quantum_jobs; quantum_jobs.QuantumJobsError; print('httpx' in sys.modules)")
    assert loaded == "False"


def test_star_import_gives_the_public_names() -> None:
    assert fresh("from quantum_jobs import *; print(JobStatus.QUEUED, connect.__name__)") == "QUEUED Client"


def test_the_version_is_told_without_anything_else() -> None:
    code = "import sys; from quantum_jobs.cli import main; sys.argv[1:] = ['--version']; main()"
    assert fresh(code) == f"quantum-jobs {quantum_jobs.__version__}"


# Threads and loops.


def test_one_client_serves_many_threads_at_once() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"id": request.url.path.rpartition("/")[2], "status": "ready"})

    wrong: list[str] = []
    with quantum_jobs.connect("ionq", api_key="a-key", transport=httpx.MockTransport(answer)) as client:

        def ask(number: int) -> None:
            for turn in range(20):
                job_id = f"job-{number}-{turn}"
                if client.job(job_id).id != job_id:
                    wrong.append(job_id)

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_the_sync_half_works_inside_a_running_loop() -> None:
    answer = httpx.MockTransport(lambda request: httpx.Response(200, json={"id": "a", "status": "ready"}))

    async def scene() -> str:
        with quantum_jobs.connect("ionq", api_key="a-key", transport=answer) as client:
            return client.job("a").id

    assert asyncio.run(scene()) == "a"


def test_clients_name_their_service_and_close_with_their_block() -> None:
    answer = httpx.MockTransport(lambda request: httpx.Response(200, json={"id": "a", "status": "ready"}))
    with quantum_jobs.connect("ionq", api_key="a-key", transport=answer) as client:
        assert client.service == "ionq-v0.4"
        assert "ionq-v0.4" in repr(client)
    with pytest.raises(quantum_jobs.UsageError, match="closed"):
        client.job("a")


def test_the_generated_client_of_a_closed_client_is_closed_too() -> None:
    answer = httpx.MockTransport(lambda request: httpx.Response(200, json={}))
    client = quantum_jobs.connect("ionq", api_key="a-key", transport=answer)
    api = client.api
    client.close()
    with pytest.raises(quantum_jobs.UsageError, match="closed"):
        api.jobs.get_jobs()


@pytest.mark.parametrize("seconds", [1e9, 1e12, 1e300])
def test_a_timeout_longer_than_any_clock_can_count_is_as_good_as_none(
    server: Loopback, world: World, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.0)
    server.routes["GET /jobs/a"] = lambda asked: {"id": "a", "status": "ready" if len(server.asked) < 3 else "canceled"}

    async def scenario(client: Any) -> bool:
        record = await (await client.job("a")).wait(timeout=seconds)
        return bool(record.status.is_final)

    assert world.run(scenario, "ionq", api_key="a-key", base_url=server.origin, timeout=seconds)
    assert world.run(scenario, "ionq", api_key="a-key", base_url=server.origin)


def test_waiting_for_an_infinite_time_is_waiting_for_ever(server: Loopback, world: World) -> None:
    server.routes["GET /jobs/a"] = {"id": "a", "status": "canceled"}

    async def scenario(client: Any) -> bool:
        record = await (await client.job("a")).wait(timeout=math.inf)
        return bool(record.status.is_final)

    assert world.run(scenario, "ionq", api_key="a-key", base_url=server.origin)
