"""What every request passes, however it came in: over a socket or in process.

Finds the cloud by the path, lets the faults of the plan strike, asks the cloud, and writes the journal. Nothing of a
request but method and path is ever logged: bodies are the users' own, and headers hold keys.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Literal

import attrs

from .accounts import Accounts
from .clock import Clock
from .cloud import Cloud
from .control import Control
from .engine import Task
from .errors import UsageError
from .exchange import Answer, Call, Message, Operation, Refusal, Service, find_operation, perform
from .faults import Fault, FaultPlan
from .jobs import Computation
from .journal import Journal
from .saving import load, save
from .tampering import tampered

logger = logging.getLogger("quantum_sandbox")

_HTML = "<html><head><title>{0}</title></head><body><h1>{0}</h1><hr>sandbox</body></html>"
_STATUS_OF_FAULT = {"status": 503, "html": 502}


@attrs.frozen
class Delivery:
    """How an answer travels: `delay` seconds late, `trickle` seconds from byte to byte, broken off after `keep` bytes.

    Without an answer the connection is closed; `refused` says that it was never taken.
    """

    answer: Message | None
    refused: bool = False
    delay: float = 0.0
    trickle: float = 0.0
    keep: int | None = None


class Front:
    """The clouds of one sandbox, as a function from a request to its delivery: one at a time, from any thread."""

    def __init__(
        self,
        services: Callable[[], Sequence[Cloud]],
        faults: FaultPlan,
        journal: Journal,
        clock: Clock,
        accounts: Accounts,
        set_clock_back: Callable[[], None] = lambda: None,
    ) -> None:
        self._new = services
        self._set_clock_back = set_clock_back
        self._faults = faults
        self._journal = journal
        self._accounts = accounts
        self._now = clock.now
        self._process = os.getpid()
        self._lock = threading.RLock()
        self.services = services()
        self._control = Control(
            clouds=lambda: self.services,
            faults=faults,
            journal=journal,
            clock=clock,
            reset=self.reset,
            change_job=self.change_job,
        )

    def reset(self) -> None:
        """Put new clouds, which have no jobs, in the place of the present ones; forget the journal and added faults."""
        self.abandon()
        with self._lock:
            self.abandon()
            self.services = self._new()
            self._set_clock_back()
            self._accounts.reset()
            self._faults.reset()
            self._journal.clear()

    def abandon(self) -> None:
        """Give up all simulations that are not done: nobody will ask for their outcome.

        Without the lock: who waits for one of them holds it.
        """
        for service in self.services:
            for job in service.store.everything():
                _abandon(job.computations)

    @property
    def is_copy(self) -> bool:
        """Whether this is the copy that a forked process has: nothing simulates there, nobody else sees its jobs."""
        return os.getpid() != self._process

    def steers(self, path: str) -> bool:
        """Whether a path is the control API's or the page's, and no cloud's."""
        return self._control.serves(path)

    def handle(self, call: Call, *, too_large: bool = False, objection: str | None = None) -> Delivery:
        """Answer a request whose `path` is the whole path.

        `too_large`: its body was, and is not there. `objection`: why it is turned away.
        """
        if objection is not None:
            logger.warning("%s %s is turned away. %s", call.method, call.path, objection)
        if self.steers(call.path):
            if objection is not None:
                return Delivery(self._control.refusal(Refusal(403, objection)).encoded())
            with self._lock:
                operation, call = find_operation(self._control, call)
                return self._deliver(self._control, operation, call, ())
        service = next((s for s in self.services if (call.path + "/").startswith(s.base_path + "/")), None)
        if service is None:
            logger.warning("%s %s: no cloud is served at this path", call.method, call.path)
            body = {"error": "Not Found", "message": f"No cloud is served at {call.path}", "statusCode": 404}
            return Delivery(Answer(404, body).encoded())
        began, whole_path = time.perf_counter(), call.path
        path = whole_path.removeprefix(service.base_path)
        call = attrs.evolve(call, path=path.removesuffix("/") if len(path) > 1 else path)
        with self._lock:
            operation, call = find_operation(service, call)
            faults = [] if objection is not None else self._faults.strike(service, call, operation)
            if objection is not None:
                delivery = Delivery(service.refusal(Refusal(403, objection)).encoded())
            elif too_large:
                delivery = Delivery(service.refusal(Refusal(413, "The request body is larger than 10 MB")).encoded())
            else:
                delivery = self._deliver(service, operation, call, faults)
            status = None if delivery.answer is None else delivery.answer.status
            self._journal.add(
                time=self._now(),
                service=service.name,
                method=call.method,
                path=whole_path,
                operation=None if operation is None else operation.name,
                status=status,
                faults=tuple(fault.do for fault in faults),
                seconds=round(time.perf_counter() - began + delivery.delay, 6),
            )
        struck = f" ({', '.join(fault.do for fault in faults)})" if faults else ""
        logger.info("%s %s %s%s", call.method, whole_path, "no answer" if status is None else status, struck)
        return delivery

    def save(self, path: Path) -> None:
        """Write all clouds to a file."""
        with self._lock:
            save(path, self.services, self._now())

    def load(self, path: Path, compute: Callable[[Task], Computation]) -> float:
        """Put the clouds of a file in the place of the present ones; the time at which they were saved."""
        begun: list[Computation] = []

        def begin(task: Task) -> Computation:
            begun.append(compute(task))
            return begun[-1]

        with self._lock:
            loaded = self._new()
            try:
                saved_at = load(path, loaded, begin)
            except Exception:
                _abandon(begun)
                raise
            self.abandon()
            self.services = loaded
            return saved_at

    def change_job(self, job_id: str, how: Literal["hold", "release", "cancel"]) -> None:
        """Hold, release or cancel a job of any account. Raises UsageError where that cannot be done."""
        with self._lock:
            for service in self.services:
                job = service.store.get(job_id)
                if job is not None:
                    if getattr(service.store, how)(job, self._now()):
                        return
                    raise UsageError(f"{job_id} is in no state to {how} it")
        raise UsageError(f"no job has the id {job_id}")

    def _deliver(self, service: Service, operation: Operation | None, call: Call, faults: Sequence[Fault]) -> Delivery:
        """Also the second line of defence: whatever goes wrong is the vendor's own error of a server."""
        try:
            return self._delivery(service, operation, call, faults)
        except Exception:
            return Delivery(self._failure(service, call).encoded())

    def _delivery(self, service: Service, operation: Operation | None, call: Call, faults: Sequence[Fault]) -> Delivery:
        if any(fault.do in ("refuse", "outage") for fault in faults):
            return Delivery(None, refused=True)
        instead = next((fault for fault in faults if fault.do in ("drop", "status", "html")), None)
        lag = max((fault.seconds for fault in faults if fault.do == "lag"), default=0.0)
        answer: Answer | None = None
        if instead is None or instead.stored:
            answer = self._ask(service, operation, attrs.evolve(call, lag=lag))
        if instead is not None:
            answer = None if instead.do == "drop" else self._error(service, instead)
        if answer is not None and instead is None:
            for fault in faults:
                answer = tampered(answer, fault)
        return Delivery(
            None if answer is None else answer.encoded(),
            delay=sum(fault.seconds for fault in faults if fault.do == "delay"),
            trickle=max((fault.seconds for fault in faults if fault.do == "trickle"), default=0.0),
            keep=min((fault.keep for fault in faults if fault.do == "truncate"), default=None),
        )

    def _ask(self, service: Service, operation: Operation | None, call: Call) -> Answer:
        if operation is None:
            logger.warning("%s %s%s: %s has no such operation", call.method, service.base_path, call.path, service.name)
        try:
            if service is not self._control:
                call = attrs.evolve(call, owner=self._accounts.owner(service.key(call)))
                self._accounts.count(service, call.owner)
            return perform(service, operation, call)
        except Refusal as refusal:
            return service.refusal(refusal)
        except Exception:
            return self._failure(service, call)

    def _failure(self, service: Service, call: Call) -> Answer:
        """The answer where what is being handled is a mistake of the sandbox."""
        logger.exception("%s %s%s: the sandbox itself failed", call.method, service.base_path, call.path)
        return service.refusal(Refusal(500, "The sandbox itself failed; its log says why"))

    def _error(self, service: Service, fault: Fault) -> Answer:
        status = fault.status or _STATUS_OF_FAULT[fault.do]
        headers = {} if fault.retry_after is None else {"retry-after": self._retry_after(fault.retry_after)}
        if fault.do == "html":
            return Answer(status, _HTML.format(f"Error {status}"), {"content-type": "text/html", **headers})
        answer = service.refusal(Refusal(status, "The sandbox was told to answer this"))
        return attrs.evolve(answer, headers={**answer.headers, **headers})

    def _retry_after(self, value: str | float) -> str:
        if isinstance(value, str) and value.startswith("date:"):
            moment = datetime.fromtimestamp(max(0.0, self._now() + float(value.removeprefix("date:"))), UTC)
            return format_datetime(moment, usegmt=True)
        return value if isinstance(value, str) else str(int(value) if value == int(value) else value)


def _abandon(computations: Iterable[Computation]) -> None:
    for computation in computations:
        computation.abandon()
