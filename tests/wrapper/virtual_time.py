"""A client in virtual time: an event loop whose clock jumps to what comes next, and a service that is an httpx
transport.

Nothing of the library is looked into: a scenario gets a client as users get it, and hours pass in milliseconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import selectors
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from typing import Any
from unittest import mock

import anyio
import attrs
import httpx
import quantum_jobs
import trio
from anyio.lowlevel import RunVar
from quantum_jobs import background
from trio.testing import MockClock

#: The clock when a scenario begins: seconds of the monotonic clock, and since 1970.
START, EPOCH = 1000.0, 1_800_000_000.0

#: What comes of a request: an answer, a failure of the transport, or None where nothing ever comes.
Outcome = httpx.Response | Exception | None


class _Selector(selectors.SelectSelector):
    """Time passes here in place of waiting for it."""

    now = START

    def select(self, timeout: float | None = None) -> list[Any]:
        ready = super().select(0)
        if not ready:
            assert timeout is not None, "everything waits for something that never comes"
            self.now += max(0.0, timeout)
            assert self.now < START + 1e8, "it goes on for ever"
        return ready


class _PatientSelector(_Selector):
    """The same for the event loop behind sync code, which has nothing to wait for between two calls."""

    def select(self, timeout: float | None = None) -> list[Any]:
        return selectors.SelectSelector.select(self) if timeout is None else super().select(timeout)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self, clock: _Selector | None = None) -> None:
        self._clock = clock or _Selector()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.now


#: Where a scenario can be played: asyncio jumps in time by a selector of ours, trio by its own clock.
BACKENDS = ("asyncio", "trio")


def now() -> float:
    """Virtual seconds since the scenario began."""
    return anyio.current_time() - _began.get()


_began: RunVar[float] = RunVar("when the scenario began")


def play(scene: Callable[[], Coroutine[Any, Any, Any]], backend: str = "asyncio") -> Any:
    """Run a coroutine in virtual time, on which every clock that the library may read agrees."""

    async def main() -> Any:
        _began.set(anyio.current_time())
        return await scene()

    if backend == "trio":
        return trio.run(main, clock=MockClock(autojump_threshold=0))
    with asyncio.Runner(loop_factory=_Loop) as runner:
        loop = runner.get_loop()

        def since_1970() -> float:
            return EPOCH + loop.time() - START

        with mock.patch.object(time, "monotonic", loop.time), mock.patch.object(time, "time", since_1970):
            return runner.run(main())


@contextlib.contextmanager
def sync_code() -> Iterator[None]:
    """Sync clients run in virtual time while this lasts."""

    async def begin() -> None:
        _began.set(anyio.current_time())

    loop = _Loop(_PatientSelector())
    with mock.patch.object(asyncio, "new_event_loop", return_value=loop):
        fresh = background._Loop()
    with mock.patch.object(background, "_running", fresh):
        background.run(begin)
        try:
            yield
        finally:
            loop.call_soon_threadsafe(loop.stop)
            fresh.thread.join()
            loop.close()


def now_in_sync_code() -> float:
    """Virtual seconds since ``sync_code`` began."""

    async def read() -> float:
        return now()

    return background.run(read)


class Service(httpx.AsyncBaseTransport):
    """A service that is a function of a request and the moment. ``requests`` holds what was sent, and when; ``latency``
    seconds lie between a request and its outcome."""

    def __init__(self, answer: Callable[[httpx.Request, float], Outcome], latency: float = 0.2) -> None:
        self.answer = answer
        self.latency = latency
        self.requests: list[tuple[float, httpx.Request]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append((now(), request))
        outcome = self.answer(request, now())
        if outcome is None:
            await anyio.sleep(1e7)
        await anyio.sleep(self.latency)
        if isinstance(outcome, httpx.Response):
            return outcome
        assert outcome is not None, "a request that is never answered was waited for without end"
        raise outcome

    def sent(self, method: str, path: str = "") -> list[float]:
        """When requests of this kind were sent."""
        return [moment for moment, request in self.requests if request.method == method and path in request.url.path]

    def run(
        self,
        scenario: Callable[[Any], Coroutine[Any, Any, Any]],
        service: str = "ionq",
        *,
        backend: str = "asyncio",
        **connecting: Any,
    ) -> Any:
        """Run a scenario with a client of this service."""

        async def scene() -> Any:
            async with self.connect(service, **connecting) as client:
                return await scenario(client)

        return play(scene, backend)

    def connect(self, service: str = "ionq", **connecting: Any) -> Any:
        """A client of this service."""
        return quantum_jobs.connect_async(service, **{"api_key": "a-key", "transport": self, **connecting})


def reply(status: int = 200, body: Any = None, headers: Mapping[str, str] | None = None) -> httpx.Response:
    """A JSON answer; bytes are sent as they are."""
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    return httpx.Response(status, headers={"content-type": "application/json", **(headers or {})}, content=content)


def dropped() -> Exception:
    """A connection that broke after the request went out."""
    return httpx.ReadError("connection lost")


def never_sent() -> Exception:
    """A connection that was not made."""
    return httpx.ConnectError("connection refused")


@attrs.define(eq=False, slots=False)
class Ionq:
    """An IonQ v0.4 of a few lines, with jobs that end when they are told to."""

    jobs: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    ends_at: dict[str, float] = attrs.field(factory=dict)
    #: How long after a submission it shows in listings and by its id, in seconds.
    lag: float = 0.0
    get_lag: float = 0.0
    stored_at: dict[str, float] = attrs.field(factory=dict)
    ignores_ids: bool = False

    def __call__(self, request: httpx.Request, now: float) -> Outcome:
        path = request.url.path.removeprefix("/v0.4")
        if request.method == "POST":
            return reply(201, self.store(json.loads(request.content), now))
        if path == "/jobs":
            return reply(200, self.listing(request.url.params, now))
        if path.endswith("/artifacts/h"):
            return reply(200, {"1": 1.0})
        job_id = path.removeprefix("/jobs/")
        if job_id not in self.jobs or now - self.stored_at.get(job_id, -1e9) < self.get_lag:
            return reply(404, {"error": "Not Found", "message": "no such job", "statusCode": 404})
        return reply(200, self.shown(job_id, now))

    def store(self, body: dict[str, Any], now: float) -> dict[str, Any]:
        """Make a job, as a submission does; gives the answer to it."""
        job_id = f"job-{len(self.jobs)}"
        self.jobs[job_id] = {**body, "id": job_id, "status": "submitted"}
        self.stored_at[job_id] = now
        return {"id": job_id, "status": "submitted", "session_id": None}

    def add(self, count: int, ends_at: Callable[[int], float]) -> list[str]:
        """Jobs that are there already, each with the moment of its end; gives their ids."""
        for number in range(count):
            self.jobs[f"job-{number}"] = {"id": f"job-{number}", "status": "ready", "shots": 100}
            self.ends_at[f"job-{number}"] = ends_at(number)
        return list(self.jobs)

    def shown(self, job_id: str, now: float) -> dict[str, Any]:
        over = now >= self.ends_at.get(job_id, float("inf"))
        kind = "ionq.result.probabilities.json.v1"
        results = {kind: {"id": "h", "format": kind, "media_type": "application/json"}}
        return {
            **self.jobs[job_id],
            "status": "completed" if over else self.jobs[job_id]["status"],
            "results": results if over else None,
            "stats": {"qubits": 1},
        }

    def listing(self, params: httpx.QueryParams, now: float) -> dict[str, Any]:
        ids = [job_id for job_id in reversed(self.jobs) if now - self.stored_at.get(job_id, -1e9) >= self.lag]
        if "ids" in params and not self.ignores_ids:
            ids = [job_id for job_id in ids if job_id in params.get_list("ids")]
        start = int(params.get("next", 0))
        page = ids[start : start + 25]
        more = str(start + 25) if start + 25 < len(ids) else None
        return {"jobs": [self.shown(job_id, now) for job_id in page], "next": more}


JOB = {"id": "a", "status": "completed"}
QUEUED = {"id": "a", "status": "ready"}


class Answering(Service):
    """A service with these answers, one after the other, and then always the last."""

    def __init__(self, *outcomes: Callable[[], Outcome], then: Callable[[], Outcome] = lambda: reply(200, JOB)) -> None:
        super().__init__(self._answer, latency=0.1)
        self.left = list(outcomes)
        self.then = then

    def _answer(self, request: httpx.Request, now: float) -> Outcome:
        return (self.left.pop(0) if self.left else self.then)()

    def get(self, **connecting: Any) -> Any:
        """One read of the job ``a``."""
        return self.run(lambda client: client.job("a"), **connecting)


def failing(status: int, retry_after: str | None = None) -> Callable[[], Outcome]:
    headers = {} if retry_after is None else {"retry-after": retry_after}
    return lambda: reply(status, {"error": "no", "message": "no", "statusCode": status}, headers=headers)
