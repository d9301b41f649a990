"""Run scenarios: against the sandbox or a cloud to record them, and against their cassette without a network."""

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
from quantum_jobs.core.connection import may_change
from quantum_jobs.http.messages import Call, Response
from quantum_jobs.http.retry import send
from quantum_jobs.http.transport import Transport
from vcr.serialize import deserialize as vcr_deserialize
from vcr.serializers import yamlserializer

from tests.cassette_tools.cassette import PLACEHOLDER, Cassette
from tests.cassette_tools.cleaning import KEPT_REQUEST_HEADERS
from tests.cassette_tools.scenario import Mode, Scenario, ScenarioContext, Steps

MATCH_ON = ("method", "scheme", "host", "port", "path", "query", "body")
#: Pauses of the wrapper that are skipped in a replay.
PAUSES = (
    ("quantum_jobs.core.waiting", "SHORTEST_GAP"),
    ("quantum_jobs.core.waiting", "LONGEST_GAP_OF_YOUNG"),
    ("quantum_jobs.core.fetching", "FIRST_GAP"),
    ("quantum_jobs.core.fetching", "LONGEST_GAP"),
    ("quantum_jobs.http.retry", "FIRST_BACKOFF"),
)
#: Seconds to wait for a job in a replay. If they are not enough, its cassette lacks a response.
LONGEST_REPLAY = 5.0


def vendor_url(service: str) -> str:
    """The base URL of the vendor."""
    return wrapper_services.service(service).base_url


def idempotency_key(number: int) -> str:
    """The idempotency key number `number` in a cassette."""
    return str(uuid.UUID(int=number, version=4))


@contextlib.contextmanager
def numbered_idempotency_keys(real: bool = False) -> Iterator[dict[str, str]]:
    """Make the wrapper's idempotency keys repeatable. Gives the used keys and their replacements in a cassette.

    With `real` the used keys are random, as a cloud needs them.
    """
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
    """Replace constants of the wrapper, by module and name."""
    with contextlib.ExitStack() as stack:
        for (module, name), value in constants.items():
            stack.enter_context(mock.patch(f"{module}.{name}", value))
        yield


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Make the wrapper send concurrent requests one after the other, so that their order is repeatable."""
    with (
        mock.patch("quantum_jobs.core.connection.MOST_CONCURRENT", 1),
        mock.patch("quantum_jobs.core.following.MOST_CONCURRENT", 1),
    ):
        yield


@contextlib.contextmanager
def without_pauses() -> Iterator[None]:
    """Skip all pauses between requests, also requested ones, and start with fresh rate limits."""
    with (
        changed(dict.fromkeys(PAUSES, 0.0)),
        mock.patch("quantum_jobs.http.limits._limiters", {}),
        mock.patch("quantum_jobs.http.limits.Limiter.pause"),
    ):
        yield


@contextlib.contextmanager
def offline() -> Iterator[None]:
    """Block all connections of sockets."""

    def refuse(*_: Any) -> None:
        raise OSError("the network is blocked in a replay")

    with mock.patch.object(socket.socket, "connect", refuse), mock.patch.object(socket.socket, "connect_ex", refuse):
        yield


def run(
    scenario: Scenario, mode: Mode, make_context: Callable[[Any], ScenarioContext], **connecting: Any
) -> dict[str, Any]:
    """Run a scenario with a new client; returns its observations."""
    arguments = {**scenario.connecting, **connecting}
    with changed(scenario.constants):
        if mode == "sync":
            with quantum_jobs.connect(scenario.service, **arguments) as client:
                return _drive(scenario.run(make_context(client)))
        return asyncio.run(_with_async_client(scenario, make_context, arguments))


async def _with_async_client(
    scenario: Scenario, make_context: Callable[[Any], ScenarioContext], arguments: Mapping[str, Any]
) -> dict[str, Any]:
    async with quantum_jobs.connect_async(scenario.service, **arguments) as client:
        return await _drive_async(scenario.run(make_context(client)))


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


def replay(cassette: Cassette, scenario: Scenario, mode: Mode = "sync") -> dict[str, Any]:
    """Run a scenario from its cassette without a network; returns its observations. A missing response is an error."""
    recorder = vcr.VCR(record_mode=vcr.mode.NONE, match_on=(*MATCH_ON, "recorded headers"))
    recorder.register_matcher("recorded headers", _has_recorded_headers)
    with contextlib.ExitStack() as stack:
        stack.enter_context(offline())
        stack.enter_context(without_pauses())
        stack.enter_context(numbered_idempotency_keys())
        stack.enter_context(mock.patch("quantum_jobs.core.waiting.may_change", _may_change))
        stack.enter_context(mock.patch("quantum_jobs.http.retry.send", _send))
        tape = stack.enter_context(recorder.use_cassette(str(cassette.path), persister=_InMemory(cassette)))
        seen = run(
            scenario,
            mode,
            lambda client: ScenarioContext(scenario.service, client, mode, patience=LONGEST_REPLAY),
            base_url=vendor_url(scenario.service),
            api_key=PLACEHOLDER,
            transport=httpx.MockTransport(_nobody),
            # What is not listed at once is not in the cassette.
            confirmation_timeout=0,
        )
        unused = len(cassette.interactions) - tape.play_count
    return {**seen, "unused interactions": unused} if unused else seen


def _has_recorded_headers(asked: Any, recorded: Any) -> None:
    """The key is among them, and the word before it."""
    sent, wanted = ({name: each.headers.get(name) for name in KEPT_REQUEST_HEADERS} for each in (asked, recorded))
    assert sent == wanted, f"{sent} in place of {wanted}"


def _may_change(error: QuantumJobsError) -> bool:
    """As in the wrapper, but a connection error is final: a missing response stays missing."""
    return not isinstance(error, ServiceUnreachableError) and may_change(error)


async def _send(transport: Transport, call: Call[Any], *, patient: bool = False, **more: Any) -> Response:
    """As in the wrapper, but without the patience for results, for the same reason."""
    return await send(transport, call, **more)


def _nobody(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("the network is blocked in a replay", request=request)


class _InMemory:
    """A persister for vcrpy that reads from memory."""

    def __init__(self, cassette: Cassette) -> None:
        self._data = cassette.data

    def load_cassette(self, path: str, serializer: Any) -> Any:
        data = copy.deepcopy(dict(self._data))
        return vcr_deserialize("", SimpleNamespace(deserialize=lambda _: data, serialize=yamlserializer.serialize))

    def save_cassette(self, path: str, cassette_dict: Any, serializer: Any) -> None:
        """Nothing is written in a replay."""
