"""Whatever interrupts a submission, wherever: one job at most, none whose key is lost, nothing swallowed, no hang.

Ctrl-C, signal handlers and exceptions set in a thread come between any two lines of the calling thread, cancellations
at any await. So each test goes through them one by one: a trace function interrupts at the n-th line that runs below
the call, the library's own and those of the standard library that it uses.
"""

from __future__ import annotations

import ctypes
import gc
import itertools
import os
import sys
import threading
import time
import types
from collections.abc import Callable, Coroutine, Generator, Iterator
from types import FrameType
from typing import Any

import anyio
import httpx
import pytest
import quantum_jobs

from tests.faults.cloud import Cloud, Fault

CIRCUIT = {"qubits": 2, "circuit": [{"gate": "x", "target": 0}]}
#: Every so many-th point is tried; all of them with QUANTUM_JOBS_TEST_EVERY=1.
EVERY = int(os.environ.get("QUANTUM_JOBS_TEST_EVERY", "5"))
#: Seconds after which something hangs.
HANGS = 5.0
CONNECTING: dict[str, Any] = {"timeout": 2.0, "confirmation_timeout": 0.06}
DROPPED = Fault(operation="submit", how="drop")


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    cloud = Cloud("ionq-v0.4")
    yield cloud
    cloud.close()


@pytest.fixture
def client(cloud: Cloud) -> Iterator[quantum_jobs.Client]:
    with quantum_jobs.connect("ionq", base_url=cloud.url, api_key="a-key-of-mine", **CONNECTING) as client:
        client.submit(CIRCUIT, device="simulator")  # what is made once is there
        yield client


@pytest.fixture(autouse=True)
def _certificates_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    certificates = httpx.create_ssl_context()
    monkeypatch.setattr(httpx, "create_ssl_context", lambda: certificates)


def within_time(function: Callable[[], Any]) -> Any:
    """What a function gives or raises on a thread of its own; fails where it hangs."""
    ended: list[Any] = []

    def work() -> None:
        try:
            ended.append((function(), None))
        except BaseException as error:
            ended.append((None, error))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(HANGS)
    assert not thread.is_alive(), "it hangs"
    ((value, error),) = ended
    if error is not None:
        raise error
    return value


class AtLine:
    """Does something at the n-th line that runs below the call; ``reached`` says whether there was one."""

    def __init__(self, number: int, action: Callable[[], object]) -> None:
        self.left = number
        self.action = action

    @property
    def reached(self) -> bool:
        return self.left <= 0

    def run(self, function: Callable[[], Any]) -> Any:
        before = sys.gettrace()
        gc.collect(0)
        gc.disable()  # Python swallows what is raised in a callback of its garbage collector
        sys.settrace(self._trace)
        try:
            return function()
        finally:
            sys.settrace(before)
            gc.enable()

    def _trace(self, frame: FrameType, event: str, argument: object) -> Any:
        if frame.f_code.co_filename == __file__:
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                sys.settrace(None)
                self.action()
        return self._trace


class Interruption(BaseException):
    """What comes from outside."""


def interrupt() -> None:
    raise Interruption


def keys_told(error: BaseException | None) -> str:
    """Everything that an exception, and what led to it, tells its reader."""
    told = ""
    while error is not None:
        told += f"{error} {getattr(error, '__notes__', '')}"
        error = error.__context__
    return told


def check(cloud: Cloud, client: quantum_jobs.Client, key: str | None, error: BaseException | None) -> None:
    """One job at most; its key is told, and submitting again with it makes no second one."""
    cloud.settle()
    cloud.fault = None
    assert len(cloud.jobs) <= 1
    for job in cloud.jobs.values():
        sent = job["metadata"]["quantum_jobs_idempotency_key"]
        if error is not None:
            assert sent in keys_told(error)
        assert sent == (key or sent)
        found = client.find_submission(sent)
        assert found is not None
        assert found.id == job["id"]
    if key is not None:
        again = client.submit(CIRCUIT, device="simulator", idempotency_key=key)
        assert list(cloud.jobs) == [again.id]


_numbers = itertools.count()


def new_key() -> str:
    return f"key-{next(_numbers)}"


@pytest.mark.parametrize("own_key", [False, True])
@pytest.mark.parametrize("fault", [None, DROPPED], ids=["answered", "dropped"])
def test_a_submit_interrupted_at_any_line_makes_one_job_at_most_and_tells_its_key(
    cloud: Cloud, client: quantum_jobs.Client, fault: Fault | None, own_key: bool
) -> None:
    for number in itertools.count(1, EVERY):
        cloud.reset(fault)
        key = new_key() if own_key else None
        at_line = AtLine(number, interrupt)
        error = None
        try:
            within_time(
                lambda at_line=at_line, key=key: at_line.run(
                    lambda: client.submit(CIRCUIT, device="simulator", idempotency_key=key)
                )
            )
        except Interruption as interruption:
            error = interruption
        assert (error is not None) == at_line.reached, f"swallowed at line {number}"
        check(cloud, client, key, error)
        if not at_line.reached:
            break
    assert number > 100, "it is walked through"


def test_a_handler_may_use_the_client_at_any_line_of_a_submit(cloud: Cloud, client: quantum_jobs.Client) -> None:
    job = client.submit(CIRCUIT, device="simulator")
    for number in itertools.count(1, EVERY):
        at_line = AtLine(number, job.refresh)
        within_time(lambda at_line=at_line: at_line.run(lambda: client.submit(CIRCUIT, device="simulator").id))
        if not at_line.reached:
            break
    assert number > 100


def test_a_handler_may_connect_at_any_line_of_connecting(cloud: Cloud) -> None:
    def connect() -> None:
        quantum_jobs.connect("ionq", base_url=cloud.url, api_key="a-key-of-mine").close()

    for number in itertools.count(1, EVERY):
        at_line = AtLine(number, connect)
        within_time(lambda at_line=at_line: at_line.run(connect))
        if not at_line.reached:
            break
    assert number > 100


@types.coroutine
def _steps(function: Coroutine[Any, Any, Any], around: Callable[[Callable[[], Any]], Any]) -> Generator[Any, Any, Any]:
    """Run a coroutine with something around each of its steps from one suspension to the next."""
    step = lambda: function.send(None)  # noqa: E731
    while True:
        try:
            trap = around(step)
        except StopIteration as stop:
            return stop.value
        try:
            value = yield trap
        except BaseException as error:
            step = lambda error=error: function.throw(error)  # noqa: E731
        else:
            step = lambda value=value: function.send(value)  # noqa: E731


# httpx leaves its own generator to the garbage collector where a request is cancelled while its body is sent.
@pytest.mark.filterwarnings("ignore:Async generator 'httpx:ResourceWarning")
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
@pytest.mark.parametrize("own_key", [False, True])
@pytest.mark.parametrize("fault", [None, DROPPED], ids=["answered", "dropped"])
def test_a_submit_cancelled_at_any_await_makes_one_job_at_most_and_tells_its_key(
    cloud: Cloud, client: quantum_jobs.Client, fault: Fault | None, own_key: bool, backend: str
) -> None:
    for number in itertools.count(1):
        cloud.reset(fault)
        key = new_key() if own_key else None
        told: list[BaseException] = []
        jobs: list[object] = []
        left = [number]

        async def main(
            key: str | None = key,
            told: list[BaseException] = told,
            left: list[int] = left,
            jobs: list[object] = jobs,
        ) -> None:
            async with quantum_jobs.connect_async(
                "ionq", base_url=cloud.url, api_key="a-key-of-mine", **CONNECTING
            ) as used:
                with anyio.CancelScope() as scope:

                    def around(step: Callable[[], Any]) -> Any:
                        trap = step()
                        left[0] -= 1
                        if left[0] == 0:
                            scope.cancel()
                        return trap

                    try:
                        jobs.append(await _steps(used.submit(CIRCUIT, device="simulator", idempotency_key=key), around))
                    except BaseException as cancelled:  # under trio also a group of cancellations
                        told.append(cancelled)
                        raise

        within_time(lambda main=main: anyio.run(main, backend=backend))
        # Nothing is awaited any more where the cancellation comes while the last connection is closed.
        assert bool(told) != bool(jobs)
        check(cloud, client, key, told[0] if told else None)
        if left[0] > 0:
            break
    assert number > 3


def test_an_exception_set_in_a_thread_ends_its_submit_and_tells_the_key(
    cloud: Cloud, client: quantum_jobs.Client
) -> None:
    cloud.latency = 0.03
    try:
        for delay in range(0, 60, EVERY):
            for key in (None, new_key()):
                cloud.reset()
                ended = _with_exception_set_after(delay / 1000, client, key)
                is_ours = ended.__traceback__ is not None and ended.__traceback__.tb_next is not None
                check(cloud, client, key, ended if is_ours else None)
    finally:
        cloud.latency = 0.0


def _with_exception_set_after(seconds: float, client: quantum_jobs.Client, key: str | None) -> BaseException:
    ended: list[BaseException] = []
    begun = threading.Event()

    def work() -> None:
        try:
            begun.set()
            client.submit(CIRCUIT, device="simulator", idempotency_key=key)
            for _ in range(1000):
                time.sleep(0.01)
        except Interruption as interruption:
            ended.append(interruption)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    begun.wait()
    time.sleep(seconds)
    assert thread.ident is not None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(Interruption))
    thread.join(HANGS)
    assert not thread.is_alive(), "it hangs"
    assert ended, "swallowed"
    return ended[0]
