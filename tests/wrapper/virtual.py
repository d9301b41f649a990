"""Flows in virtual time: a scheduler, a clock that jumps, and a service that is a function. No network, no sleep."""

from __future__ import annotations

import heapq
import itertools
import json
from collections.abc import Callable, Mapping
from typing import Any

import attrs
from quantum_jobs.http.commands import Flow, Outcome, Reply, Request, TransportFailure
from quantum_jobs.http.limits import Limiter, RateLimit
from quantum_jobs.http.scheduler import Scheduler, Ticket
from quantum_jobs.services import service


@attrs.frozen(eq=False)
class Connected:
    """A service, and the channel to it."""

    service: Any
    channel: Any


#: What a service does with a request at a moment: after how many seconds, and with which outcome. None: never.
Answering = Callable[[Request, float], tuple[float, Outcome] | None]


@attrs.define(eq=False)
class VirtualChannel:
    """A channel to a function."""

    answer: Answering
    service: str = "ionq-v0.4"
    base_url: str = "https://api.example.com/v0.4"
    timeout: float = 30.0
    limit: RateLimit | None = None
    limiter: Limiter = attrs.field(init=False)
    requests: list[tuple[float, Request]] = attrs.field(factory=list)

    def __attrs_post_init__(self) -> None:
        self.limiter = Limiter(self.limit, self.service)

    def reserve(self, now: float, latest: float | None = None) -> float | None:
        return self.limiter.reserve(now, latest)

    def give_back(self, place: float) -> None:
        self.limiter.give_back(place)

    def is_paused(self, now: float, latest: float | None = None) -> bool:
        return self.limiter.is_paused(now, latest)

    def pause(self, now: float, seconds: float) -> None:
        self.limiter.pause(now, seconds)

    def sent(self, method: str, path: str = "") -> list[float]:
        """When requests of this kind were sent."""
        return [moment for moment, request in self.requests if request.method == method and path in request.url]


@attrs.define
class Clock:
    """Virtual seconds; ``wall_offset`` more of them have passed since 1970, for the dates that a service sends."""

    now: float = 1000.0
    wall_offset: float = 1_800_000_000.0
    emitted: list[tuple[float, Any]] = attrs.field(factory=list)

    def run(self, flow: Flow[Any], *, until: float = 10_000_000.0) -> Any:
        """Run a flow to its end, and give what it gives or raise what it raises."""
        scheduler = Scheduler(flow)
        coming: list[tuple[float, int, Ticket, Outcome]] = []
        order = itertools.count()
        while True:
            emitted = scheduler.advance(lambda: self.now)
            for ticket in scheduler.tickets:
                channel: Any = ticket.request.channel
                channel.requests.append((self.now, ticket.request))
                answer = channel.answer(ticket.request, self.now)
                if answer is not None:
                    heapq.heappush(coming, (self.now + answer[0], next(order), ticket, answer[1]))
            scheduler.tickets.clear()
            scheduler.given_up.clear()
            if emitted is not None:
                self.emitted.append((self.now, emitted.value))
                continue
            if scheduler.root.done:
                return scheduler.root.result()
            timer = scheduler.next_timer()
            moments = [moment for moment in (timer, coming[0][0] if coming else None) if moment is not None]
            assert moments, "the flow waits for something that never comes"
            self.now = max(self.now, min(moments))
            assert self.now < until, "the flow goes on for ever"
            while coming and coming[0][0] <= self.now:
                _, _, ticket, outcome = heapq.heappop(coming)
                if isinstance(outcome, Reply):
                    outcome = attrs.evolve(outcome, received=self.now + self.wall_offset)
                scheduler.deliver(ticket, outcome)


def connection(answer: Answering, name: str = "ionq-v0.4", **more: Any) -> tuple[Connected, VirtualChannel]:
    """A connection to a function, and its channel to look at."""
    found = service(name)
    channel = VirtualChannel(answer, service=found.name, limit=more.pop("limit", found.rate_limit), **more)
    return Connected(found, channel), channel


def reply(status: int = 200, body: Any = None, headers: Mapping[str, str] | None = None) -> Reply:
    """A JSON answer; text is sent as it is."""
    sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    return Reply(
        status=status, headers={"content-type": "application/json", **(headers or {})}, body=sent, received=0.0
    )


def dropped(*, sent: bool = True) -> TransportFailure:
    """A connection that broke before or after the request went out."""
    return TransportFailure(sent=sent, timed_out=False, message="connection lost")


@attrs.define(eq=False)
class VirtualIonq:
    """An IonQ v0.4 of a few lines, with jobs that end when they are told to; an answer takes ``latency`` seconds."""

    latency: float = 0.2
    jobs: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    ends_at: dict[str, float] = attrs.field(factory=dict)
    #: How long after a submission it shows in listings, in seconds.
    lag: float = 0.0
    stored_at: dict[str, float] = attrs.field(factory=dict)
    ignores_ids: bool = False

    def __call__(self, request: Request, now: float) -> tuple[float, Outcome]:
        return self.latency, self.reply_to(request, now)

    def reply_to(self, request: Request, now: float) -> Reply:
        path = request.url.split("?")[0]
        if request.method == "POST":
            return reply(201, self.store(request.json, now))
        if path == "/jobs":
            return reply(200, self.listing(request.params or {}, now))
        if path.endswith("/artifacts/p"):
            return reply(200, {"1": 1.0})
        job_id = path.removeprefix("/jobs/")
        if job_id not in self.jobs:
            return reply(404, {"error": "Not Found", "message": "no such job", "statusCode": 404})
        return reply(200, self.shown(job_id, now))

    def store(self, body: dict[str, Any], now: float) -> dict[str, Any]:
        job_id = f"job-{len(self.jobs)}"
        self.jobs[job_id] = {**body, "id": job_id, "status": "submitted"}
        self.stored_at[job_id] = now
        return {"id": job_id, "status": "submitted", "session_id": None}

    def add(self, count: int, ends_at: Callable[[int], float]) -> list[str]:
        for number in range(count):
            self.jobs[f"job-{number}"] = {"id": f"job-{number}", "status": "ready", "shots": 100}
            self.ends_at[f"job-{number}"] = ends_at(number)
        return list(self.jobs)

    def shown(self, job_id: str, now: float) -> dict[str, Any]:
        over = now >= self.ends_at.get(job_id, float("inf"))
        format_ = "ionq.result.probabilities.json.v1"
        results = {format_: {"id": "p", "format": format_, "media_type": "application/json"}}
        return {
            **self.jobs[job_id],
            "status": "completed" if over else self.jobs[job_id]["status"],
            "results": results if over else None,
            "stats": {"qubits": 1},
        }

    def listing(self, params: Mapping[str, Any], now: float) -> dict[str, Any]:
        ids = [job_id for job_id in reversed(self.jobs) if now - self.stored_at.get(job_id, -1e9) >= self.lag]
        if "ids" in params and not self.ignores_ids:
            ids = [job_id for job_id in ids if job_id in params["ids"]]
        start = int(params.get("next", 0))
        page = ids[start : start + 25]
        more = str(start + 25) if start + 25 < len(ids) else None
        return {"jobs": [self.shown(job_id, now) for job_id in page], "next": more}
