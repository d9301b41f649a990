"""The sandbox's own API, below ``/sandbox``: change the fault plan, move the clock, read the journal, begin again.

It takes no key. Requests of web pages that are open in a browser on the same machine never come here: see `reach`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import resources
from typing import Any

from . import checks
from .clock import Clock
from .cloud import Cloud
from .errors import UsageError
from .exchange import Answer, Call, Operation, Refusal
from .faults import Fault, FaultPlan
from .journal import Journal
from .overview import details_of, jobs_of

_PAGE_HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data:; connect-src 'self'; frame-ancestors 'none'",
}


class Control:
    """Steers one sandbox."""

    name = "control"
    base_path = ""
    quota = None

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

    def key(self, call: Call) -> str:
        """There is no key."""
        return "none"

    def refusal(self, refusal: Refusal) -> Answer:
        where = ".".join(map(str, refusal.location[1:]))
        return Answer(refusal.status or 400, {"error": f"{where} {refusal.message}".strip()})

    def index(self, call: Call) -> Answer:
        """The page for a browser, else the base URLs."""
        if "text/html" in call.headers.get("accept", ""):
            page = resources.files(__package__).joinpath("page.html").read_text(encoding="utf-8")
            return Answer(200, page, _PAGE_HEADERS)
        root = "http://" + call.headers.get("host", "")
        return Answer(200, {service.name: root + service.base_path for service in self._clouds()})

    def overview(self, call: Call) -> Answer:
        return Answer(
            200,
            {
                "now": self._clock.now(),
                "requests": self._journal.total,
                "faults": self._faults.to_dicts(),
                "services": {service.name: service.base_path for service in self._clouds()},
            },
        )

    def get_faults(self, call: Call) -> Answer:
        return Answer(200, {"faults": self._faults.to_dicts()})

    def add_fault(self, call: Call) -> Answer:
        fault = _fault(call.json(), ("body",))
        try:
            self._faults.add(fault)
        except UsageError as error:
            raise Refusal.invalid(str(error), "body") from None
        return self.get_faults(call)

    def set_faults(self, call: Call) -> Answer:
        """A plan: ``{"faults": [...]}``, or the list alone."""
        body = call.json()
        if not isinstance(body, list):
            body = checks.items(checks.mapping(body, ("body",)).get("faults"), ("body", "faults"))
        faults = [_fault(value, ("body", "faults", index)) for index, value in enumerate(body)]
        try:
            self._faults.replace(faults)
        except UsageError as error:
            raise Refusal.invalid(str(error), "body", "faults") from None
        return self.get_faults(call)

    def clear_faults(self, call: Call) -> Answer:
        self._faults.clear()
        return self.get_faults(call)

    def get_journal(self, call: Call) -> Answer:
        text = {name: call.one(name) for name in ("service", "method", "path", "operation", "fault")}
        status = None if call.one("status") is None else checks.query_whole(call, "status", 0)
        entries = [entry.to_dict() for entry in self._journal.select(**text, status=status)]
        return Answer(200, {"total": self._journal.total, "requests": entries})

    def clear_journal(self, call: Call) -> Answer:
        self._journal.clear()
        return self.get_journal(call)

    def get_clock(self, call: Call) -> Answer:
        return Answer(200, {"now": self._clock.now()})

    def move_clock(self, call: Call) -> Answer:
        body = checks.mapping(call.json(), ("body",))
        try:
            self._clock.advance(checks.number(body.get("advance"), ("body", "advance")))
        except ValueError as error:
            raise Refusal.invalid(str(error), "body", "advance") from None
        return self.get_clock(call)

    def reset(self, call: Call) -> Answer:
        self._reset()
        return self.overview(call)

    def get_jobs(self, call: Call) -> Answer:
        return Answer(200, jobs_of(self._clouds(), self._clock.now()))

    def get_job(self, call: Call) -> Answer:
        job = details_of(self._clouds(), call.parameters["job_id"], self._clock.now())
        if job is None:
            raise Refusal(404, "No job has this id")
        return Answer(200, job)

    def change_job(self, call: Call) -> Answer:
        """Hold, release or cancel a job."""
        change = call.parameters["change"]
        if change not in ("hold", "release", "cancel"):
            raise Refusal(404, f"Cannot {change} a job")
        try:
            self._change_job(call.parameters["job_id"], change)
        except UsageError as error:
            raise Refusal(409, str(error)) from None
        return self.get_job(call)


def _fault(value: Any, place: checks.Place) -> Fault:
    try:
        return Fault.from_dict(checks.mapping(value, place))
    except ValueError as error:
        raise Refusal.invalid(str(error), *place) from None
