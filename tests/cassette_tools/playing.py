"""Playing a scenario: against a stand-in or a cloud while it is recorded, and against its cassette with the network
blocked."""

import asyncio
import contextlib
import copy
import inspect
import socket
import uuid
from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any
from unittest import mock

import httpx
import quantum_jobs
import vcr
from quantum_jobs import QuantumJobsError, ServiceUnreachableError, services as wrapper_services
from quantum_jobs.core.connection import may_pass
from quantum_jobs.http.messages import Call, Response
from quantum_jobs.http.retry import send
from quantum_jobs.http.transport import Transport
from vcr.serialize import deserialize as vcr_deserialize
from vcr.serializers import yamlserializer

from tests.cassette_tools.scenes import Scenario, Stage, Steps, World
from tests.cassette_tools.tapes import PLACEHOLDER, Cassette

MATCH_ON = ("method", "scheme", "host", "port", "path", "query", "body")
#: Pauses of the wrapper that a replay has no reason to sit through.
PAUSES = (
    ("quantum_jobs.core.waiting", "SHORTEST_GAP"),
    ("quantum_jobs.core.waiting", "LONGEST_GAP_OF_YOUNG"),
    ("quantum_jobs.core.fetching", "FIRST_GAP"),
    ("quantum_jobs.core.fetching", "LONGEST_GAP"),
    ("quantum_jobs.http.retry", "FIRST_BACKOFF"),
)
#: A replay that waits longer than this for a job has no answer about it in its cassette; in seconds.
LONGEST_REPLAY = 5.0


def vendor_url(service: str) -> str:
    """The base URL of the cloud itself."""
    return wrapper_services.service(service).base_url


def idempotency_key(number: int) -> str:
    """What stands for the idempotency keys that the wrapper gives its submissions, in a cassette."""
    return str(uuid.UUID(int=number, version=4))


@contextlib.contextmanager
def numbered_idempotency_keys(real: bool = False) -> Iterator[dict[str, str]]:
    """Keys that are the same in each run; where they must be real ones, what they are and what stands for each."""
    given: dict[str, str] = {}
    fresh = uuid.uuid4

    def uuid4() -> Any:
        stand_in = idempotency_key(len(given) + 1)
        value = str(fresh()) if real else stand_in
        given[value] = stand_in
        return value

    with mock.patch("quantum_jobs.arguments.uuid", SimpleNamespace(uuid4=uuid4)):
        yield given


@contextlib.contextmanager
def changed(constants: Mapping[tuple[str, str], Any]) -> Iterator[None]:
    """Constants of the wrapper, set otherwise for a while."""
    with contextlib.ExitStack() as stack:
        for (module, name), value in constants.items():
            stack.enter_context(mock.patch(f"{module}.{name}", value))
        yield


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """What the wrapper sends side by side goes one after the other, so that its order is not left to chance."""
    with (
        mock.patch("quantum_jobs.core.connection.SIDE_BY_SIDE", 1),
        mock.patch("quantum_jobs.core.following.SIDE_BY_SIDE", 1),
    ):
        yield


@contextlib.contextmanager
def without_pauses() -> Iterator[None]:
    """No pause is made between requests, not even one that an answer asks for, and no rate limit is shared with what
    was played before."""
    with (
        changed(dict.fromkeys(PAUSES, 0.0)),
        mock.patch("quantum_jobs.http.limits._limiters", {}),
        mock.patch("quantum_jobs.http.limits.Limiter.pause"),
    ):
        yield


@contextlib.contextmanager
def offline() -> Iterator[None]:
    """No socket connects to anywhere."""

    def refuse(*_: Any) -> None:
        raise OSError("the network is blocked in a replay")

    with mock.patch.object(socket.socket, "connect", refuse), mock.patch.object(socket.socket, "connect_ex", refuse):
        yield


def play(scenario: Scenario, world: World, make_stage: Callable[[Any], Stage], **connecting: Any) -> dict[str, Any]:
    """Play a scenario with a client of its own; what it has seen."""
    arguments = {**scenario.connecting, **connecting}
    with changed(scenario.constants):
        if world == "sync":
            with quantum_jobs.connect(scenario.service, **arguments) as client:
                return _drive(scenario.play(make_stage(client)))
        return asyncio.run(_with_async_client(scenario, make_stage, arguments))


async def _with_async_client(
    scenario: Scenario, make_stage: Callable[[Any], Stage], arguments: Mapping[str, Any]
) -> dict[str, Any]:
    async with quantum_jobs.connect_async(scenario.service, **arguments) as client:
        return await _drive_async(scenario.play(make_stage(client)))


def _drive(steps: Steps) -> dict[str, Any]:
    try:
        step = next(steps)
        while True:
            try:
                value = list(step) if isinstance(step, Iterator) else step
            except Exception as error:
                step = steps.throw(error)
            else:
                step = steps.send(value)
    except StopIteration as stop:
        seen: dict[str, Any] = stop.value
        return seen


async def _drive_async(steps: Steps) -> dict[str, Any]:
    try:
        step = next(steps)
        while True:
            try:
                value = await _settled(step)
            except Exception as error:
                step = steps.throw(error)
            else:
                step = steps.send(value)
    except StopIteration as stop:
        seen: dict[str, Any] = stop.value
        return seen


async def _settled(step: Any) -> Any:
    if hasattr(step, "__aiter__"):
        return [each async for each in step]
    return await step if inspect.isawaitable(step) else step


def replay(cassette: Cassette, scenario: Scenario, world: World = "sync") -> dict[str, Any]:
    """What the wrapper makes of a cassette, with the network blocked. Whatever the cassette lacks is an error."""
    recorder = vcr.VCR(record_mode=vcr.mode.NONE, match_on=MATCH_ON)
    with contextlib.ExitStack() as stack:
        stack.enter_context(offline())
        stack.enter_context(without_pauses())
        stack.enter_context(numbered_idempotency_keys())
        stack.enter_context(mock.patch("quantum_jobs.core.waiting.may_pass", _may_pass))
        stack.enter_context(mock.patch("quantum_jobs.http.retry.send", _send))
        tape = stack.enter_context(recorder.use_cassette(str(cassette.path), persister=_InMemory(cassette)))
        seen = play(
            scenario,
            world,
            lambda client: Stage(scenario.service, client, world, patience=LONGEST_REPLAY),
            base_url=vendor_url(scenario.service),
            api_key=PLACEHOLDER,
            transport=httpx.MockTransport(_nobody),
            # What is not listed at once is not in the cassette.
            confirmation_timeout=0,
        )
        unused = len(cassette.interactions) - tape.play_count
    return {**seen, "unused interactions": unused} if unused else seen


def _may_pass(error: QuantumJobsError) -> bool:
    """A wait outlives an outage, but what a cassette does not answer it never will."""
    return not isinstance(error, ServiceUnreachableError) and may_pass(error)


async def _send(transport: Transport, call: Call[Any], *, patient: bool = False, **more: Any) -> Response:
    """The same holds for a result: five attempts have to do."""
    return await send(transport, call, **more)


def _nobody(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("the network is blocked in a replay", request=request)


class _InMemory:
    """A persister of vcrpy's for a cassette that need not be in its file."""

    def __init__(self, cassette: Cassette) -> None:
        self._data = cassette.data

    def load_cassette(self, path: str, serializer: Any) -> Any:
        data = copy.deepcopy(dict(self._data))
        return vcr_deserialize("", SimpleNamespace(deserialize=lambda _: data, serialize=yamlserializer.serialize))

    def save_cassette(self, path: str, cassette_dict: Any, serializer: Any) -> None:
        """Nothing is written in a replay."""
