"""The sandbox's own API below ``/sandbox``, and the page at ``/``: faults, clock, journal, jobs of all clouds, reset.

It needs no key. Requests from web pages of other sites are refused before they get here: see `network_access`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from typing import Any

from . import parse
from .clock import Clock
from .context import Cloud
from .engine import CircuitResult
from .errors import SandboxError
from .faults import Fault, FaultPlan
from .http_types import HTTPError, Operation, Request, Response
from .jobs import Job, Phase
from .journal import Journal

_PAGE_HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data:; connect-src 'self'; frame-ancestors 'none'",
}


class Control:
    """The control API of one sandbox, as a service without a base path."""

    name = "control"
    base_path = ""
    rate_limit = None

    def __init__(
        self,
        *,
        clouds: Callable[[], Sequence[Cloud]],
        faults: FaultPlan,
        journal: Journal,
        clock: Clock,
        reset: Callable[[], None],
        change_job: Callable[[str, Any], None],
    ) -> None:
        self._clouds = clouds
        self._faults = faults
        self._journal = journal
        self._clock = clock
        self._reset = reset
        self._change_job = change_job
        self.operations: Sequence[Operation] = [
            Operation("GET", "/", self.index),
            Operation("GET", "/sandbox", self.overview),
            Operation("GET", "/sandbox/faults", self.get_faults),
            Operation("POST", "/sandbox/faults", self.add_fault),
            Operation("PUT", "/sandbox/faults", self.set_faults),
            Operation("DELETE", "/sandbox/faults", self.clear_faults),
            Operation("GET", "/sandbox/journal", self.get_journal),
            Operation("DELETE", "/sandbox/journal", self.clear_journal),
            Operation("GET", "/sandbox/clock", self.get_clock),
            Operation("POST", "/sandbox/clock", self.move_clock),
            Operation("POST", "/sandbox/reset", self.reset),
            Operation("GET", "/sandbox/jobs", self.get_jobs),
            Operation("GET", "/sandbox/jobs/{job_id}", self.get_job),
            Operation("POST", "/sandbox/jobs/{job_id}/{change}", self.change_job),
        ]

    def serves(self, path: str) -> bool:
        return path == "/" or (path + "/").startswith("/sandbox/")

    def key(self, request: Request) -> str:
        """The API needs no key."""
        return "none"

    def error_response(self, error: HTTPError) -> Response:
        where = ".".join(map(str, error.location[1:]))
        return Response(error.status or 400, {"error": f"{where} {error.message}".strip()})

    def index(self, request: Request) -> Response:
        """The page for a browser, otherwise the base URLs as JSON."""
        if "text/html" in request.headers.get("accept", ""):
            page = resources.files(__package__).joinpath("page.html").read_text(encoding="utf-8")
            return Response(200, page, _PAGE_HEADERS)
        root = "http://" + request.headers.get("host", "")
        return Response(200, {service.name: root + service.base_path for service in self._clouds()})

    def overview(self, request: Request) -> Response:
        return Response(
            200,
            {
                "now": self._clock.now(),
                "requests": self._journal.total,
                "faults": self._faults.to_dicts(),
                "services": {service.name: service.base_path for service in self._clouds()},
            },
        )

    def get_faults(self, request: Request) -> Response:
        return Response(200, {"faults": self._faults.to_dicts()})

    def add_fault(self, request: Request) -> Response:
        fault = _fault(request.json(), ("body",))
        try:
            self._faults.add(fault)
        except SandboxError as error:
            raise HTTPError.invalid(str(error), "body") from None
        return self.get_faults(request)

    def set_faults(self, request: Request) -> Response:
        """Replace the plan: ``{"faults": [...]}``, or the list alone."""
        body = request.json()
        if not isinstance(body, list):
            body = parse.array(parse.json_object(body, ("body",)).get("faults"), ("body", "faults"))
        faults = [_fault(value, ("body", "faults", index)) for index, value in enumerate(body)]
        try:
            self._faults.replace(faults)
        except SandboxError as error:
            raise HTTPError.invalid(str(error), "body", "faults") from None
        return self.get_faults(request)

    def clear_faults(self, request: Request) -> Response:
        self._faults.clear()
        return self.get_faults(request)

    def get_journal(self, request: Request) -> Response:
        text = {name: request.query_value(name) for name in ("service", "method", "path", "operation", "fault")}
        status = None if request.query_value("status") is None else parse.query_integer(request, "status", 0)
        entries = [entry.to_dict() for entry in self._journal.select(**text, status=status)]
        return Response(200, {"total": self._journal.total, "requests": entries})

    def clear_journal(self, request: Request) -> Response:
        self._journal.clear()
        return self.get_journal(request)

    def get_clock(self, request: Request) -> Response:
        return Response(200, {"now": self._clock.now()})

    def move_clock(self, request: Request) -> Response:
        body = parse.json_object(request.json(), ("body",))
        try:
            self._clock.advance(parse.number(body.get("advance"), ("body", "advance")))
        except ValueError as error:
            raise HTTPError.invalid(str(error), "body", "advance") from None
        return self.get_clock(request)

    def reset(self, request: Request) -> Response:
        self._reset()
        return self.overview(request)

    def get_jobs(self, request: Request) -> Response:
        return Response(200, jobs_of(self._clouds(), self._clock.now()))

    def get_job(self, request: Request) -> Response:
        job = details_of(self._clouds(), request.parameters["job_id"], self._clock.now())
        if job is None:
            raise HTTPError(404, "No job has this id")
        return Response(200, job)

    def change_job(self, request: Request) -> Response:
        """Hold, release or cancel a job."""
        change = request.parameters["change"]
        if change not in ("hold", "release", "cancel"):
            raise HTTPError(404, f"Cannot {change} a job")
        try:
            self._change_job(request.parameters["job_id"], change)
        except SandboxError as error:
            raise HTTPError(409, str(error)) from None
        return self.get_job(request)


def _fault(value: Any, location: parse.Location) -> Fault:
    try:
        return Fault.from_dict(parse.json_object(value, location))
    except ValueError as error:
        raise HTTPError.invalid(str(error), *location) from None


SHOWN = 200
"""Number of jobs in a listing."""

_LONGEST_PROGRAM = 20_000
_LONGEST_VALUE = 500
_MOST_PROGRAMS = 64
_MOST_OUTCOMES = 64


def jobs_of(clouds: Sequence[Cloud], now: float) -> dict[str, Any]:
    """The newest jobs of all clouds and accounts, and their total number."""
    own = [(cloud, [job for job in cloud.store.all_jobs() if job.parent_id is None]) for cloud in clouds]
    jobs = [(job, cloud) for cloud, of_cloud in own for job in of_cloud[:SHOWN]]
    jobs.sort(key=lambda pair: -pair[0].submitted_at)
    return {
        "now": now,
        "total": sum(len(of_cloud) for _, of_cloud in own),
        "jobs": [_summary(job, cloud, now) for job, cloud in jobs[:SHOWN]],
    }


def details_of(clouds: Sequence[Cloud], job_id: str, now: float) -> dict[str, Any] | None:
    """A job with its programs, and the outcome of each once the job is completed; None for an unknown id.

    A circuit has a histogram of its most likely outcomes and the number of all outcomes; other programs have values.
    """
    for cloud in clouds:
        job = cloud.store.get(job_id)
        if job is not None:
            current = job.state_at(now)
            done = current.phase is Phase.COMPLETED
            found = [_of_classical_bits(circuit) for circuit in job.measured[:_MOST_PROGRAMS]] if done else []
            solved = job.solved[:_MOST_PROGRAMS] if done else []
            return {
                **_summary(job, cloud, now),
                "failure": None if current.failure is None else current.failure.message,
                "programs": _programs(job),
                "histograms": [_most_likely(distribution) for distribution in found],
                "outcomes": [len(distribution) for distribution in found],
                "values": [_lines(program.values) for program in solved],
            }
    return None


def _summary(job: Job, cloud: Cloud, now: float) -> dict[str, Any]:
    current = job.state_at(now)
    return {
        "id": job.id,
        "service": cloud.name,
        "device": job.device,
        "name": job.name,
        "status": cloud.vendor_statuses[current.phase],
        "phase": current.phase.value,
        "shots": job.shots,
        "circuits": len(job.computations),
        "submitted_at": job.submitted_at,
        "ended_at": current.ended_at,
    }


def _programs(job: Job) -> list[str]:
    """The submitted programs as text, shortened for display."""
    sent = job.request.get("input") or job.request.get("program") or {}
    circuits = sent.get("circuits") if isinstance(sent, Mapping) else sent
    if not isinstance(circuits, list):  # the input of a function may have any field of this name
        circuits = [sent]
    return [_text(circuit)[:_LONGEST_PROGRAM] for circuit in circuits[:_MOST_PROGRAMS]]


def _text(circuit: Any) -> str:
    inner = circuit.get("data", circuit) if isinstance(circuit, Mapping) else circuit
    if isinstance(inner, str):
        return inner
    gates = inner.get("circuit") if isinstance(inner, Mapping) else None
    if isinstance(gates, list):
        head = {name: value for name, value in inner.items() if name != "circuit"}
        return "\n".join([json.dumps(head), *(json.dumps(gate) for gate in gates[:500])])
    return _lines(inner) if isinstance(inner, Mapping) else _short(inner)


def _lines(values: Mapping[str, Any]) -> str:
    """One line for each value."""
    return "\n".join(f"{name}: {_short(value)}" for name, value in values.items())


def _short(value: Any) -> str:
    """A value as JSON, truncated: it may be a list of a hundred thousand shots."""
    text = ""
    for piece in json.JSONEncoder().iterencode(value):
        text += piece
        if len(text) > _LONGEST_VALUE:
            return text[:_LONGEST_VALUE] + " ..."
    return text


def _of_classical_bits(circuit: CircuitResult) -> Mapping[str, float]:
    """The probabilities of the program's classical bits, without the final states of other qubits."""
    found: dict[str, float] = {}
    for outcome, probability in circuit.probabilities.items():
        own = outcome[-circuit.num_bits :] if circuit.num_bits else outcome
        found[own] = found.get(own, 0.0) + probability
    return found


def _most_likely(probabilities: Mapping[str, float]) -> list[list[Any]]:
    """The most likely outcomes with their probabilities, sorted by outcome."""
    likeliest = sorted(probabilities.items(), key=lambda pair: -pair[1])[:_MOST_OUTCOMES]
    return [[outcome, probability] for outcome, probability in sorted(likeliest)]
