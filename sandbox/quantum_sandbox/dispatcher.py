"""The dispatcher: every request passes here, whether it came over a socket or not.

It finds the cloud by the path, applies the faults of the plan, calls the operation of the cloud, and writes the
journal. Only method and path of a request are logged: bodies are the users' own, and headers hold keys.
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
from .body_faults import with_fault
from .clock import Clock
from .context import Cloud
from .control_api import Control
from .engine import Task
from .errors import SandboxError
from .faults import Fault, FaultPlan
from .http_types import (
    REFUSED_KEY,
    EncodedResponse,
    HTTPError,
    Operation,
    Request,
    Response,
    Service,
    find_operation,
)
from .jobs import Computation
from .journal import Journal
from .persistence import load, save

logger = logging.getLogger("quantum_sandbox")

_HTML = "<html><head><title>{0}</title></head><body><h1>{0}</h1><hr>sandbox</body></html>"
_DEFAULT_STATUS = {"status": 503, "html": 502}
"""Of faults that replace the response."""


@attrs.frozen
class Delivery:
    """A response, and how the server sends it.

    Attributes:
        response: None where the connection is closed without one.
        refused: the connection was never accepted.
        delay: seconds before the response.
        trickle: seconds between the bytes of the body.
        keep: number of bytes of the body after which the connection breaks off; None for all.
    """

    response: EncodedResponse | None
    refused: bool = False
    delay: float = 0.0
    trickle: float = 0.0
    keep: int | None = None


class Dispatcher:
    """The clouds of one sandbox. Answers one request at a time, from any thread.

    Args:
        clouds: makes new, empty clouds.
        faults, journal, clock, accounts: those of the sandbox.
        reset_clock: is called by `reset`.
    """

    def __init__(
        self,
        clouds: Callable[[], Sequence[Cloud]],
        faults: FaultPlan,
        journal: Journal,
        clock: Clock,
        accounts: Accounts,
        reset_clock: Callable[[], None] = lambda: None,
    ) -> None:
        self._new_clouds = clouds
        self._reset_clock = reset_clock
        self._faults = faults
        self._journal = journal
        self._accounts = accounts
        self._now = clock.now
        self._process = os.getpid()
        self._lock = threading.RLock()
        self.clouds = clouds()
        self._control = Control(
            clouds=lambda: self.clouds,
            faults=faults,
            journal=journal,
            clock=clock,
            reset=self.reset,
            change_job=self.change_job,
        )

    def reset(self) -> None:
        """Replace the clouds by empty ones; forget the journal and the added faults."""
        self.abandon()
        with self._lock:
            self.abandon()
            self.clouds = self._new_clouds()
            self._reset_clock()
            self._accounts.reset()
            self._faults.reset()
            self._journal.clear()

    def abandon(self) -> None:
        """Give up all simulations that have not ended.

        Without the lock, because a request that waits for a simulation holds it.
        """
        for cloud in self.clouds:
            for job in cloud.store.all_jobs():
                _abandon(job.computations)

    @property
    def in_forked_process(self) -> bool:
        """Whether this is a copy in a forked process. It has no simulator, and no other process sees its jobs."""
        return os.getpid() != self._process

    def is_control_path(self, path: str) -> bool:
        """Whether a path belongs to the control API or the page, and not to a cloud."""
        return self._control.serves(path)

    def handle(self, request: Request, *, too_large: bool = False, rejection: str | None = None) -> Delivery:
        """Answer a request whose `path` is the whole path.

        Args:
            request: the request.
            too_large: its body exceeded the limit and was dropped.
            rejection: why the request is refused, see `network_access`.
        """
        if rejection is not None:
            logger.warning("%s %s is turned away. %s", request.method, request.path, rejection)
        if self.is_control_path(request.path):
            if rejection is not None:
                return Delivery(self._control.error_response(HTTPError(403, rejection)).encoded())
            with self._lock:
                return self._deliver(self._control, *find_operation(self._control, request), ())
        cloud = next((each for each in self.clouds if (request.path + "/").startswith(each.base_path + "/")), None)
        if cloud is None:
            logger.warning("%s %s: no cloud is served at this path", request.method, request.path)
            body = {"error": "Not Found", "message": f"No cloud is served at {request.path}", "statusCode": 404}
            return Delivery(Response(404, body).encoded())
        started, whole_path = time.perf_counter(), request.path
        path = whole_path.removeprefix(cloud.base_path)
        request = attrs.evolve(request, path=path.removesuffix("/") if len(path) > 1 else path)
        with self._lock:
            operation, request = find_operation(cloud, request)
            faults = [] if rejection is not None else self._faults.strike(cloud, request, operation)
            if rejection is not None:
                delivery = Delivery(cloud.error_response(HTTPError(403, rejection)).encoded())
            elif too_large:
                error = HTTPError(413, "The request body is larger than 10 MB")
                delivery = Delivery(cloud.error_response(error).encoded())
            else:
                delivery = self._deliver(cloud, operation, request, faults)
            status = None if delivery.response is None else delivery.response.status
            self._journal.add(
                time=self._now(),
                service=cloud.name,
                method=request.method,
                path=whole_path,
                operation=None if operation is None else operation.name,
                status=status,
                faults=tuple(fault.do for fault in faults),
                seconds=round(time.perf_counter() - started + delivery.delay, 6),
            )
        struck = f" ({', '.join(fault.do for fault in faults)})" if faults else ""
        logger.info("%s %s %s%s", request.method, whole_path, "no answer" if status is None else status, struck)
        return delivery

    def save(self, path: Path) -> None:
        """Write all clouds to a file."""
        with self._lock:
            save(path, self.clouds, self._now())

    def load(self, path: Path, start: Callable[[Task], Computation]) -> float:
        """Replace the clouds by those in a file; returns the time at which they were saved."""
        started: list[Computation] = []

        def start_and_note(task: Task) -> Computation:
            started.append(start(task))
            return started[-1]

        with self._lock:
            loaded = self._new_clouds()
            try:
                saved_at = load(path, loaded, start_and_note)
            except Exception:
                _abandon(started)
                raise
            self.abandon()
            self.clouds = loaded
            return saved_at

    def change_job(self, job_id: str, change: Literal["hold", "release", "cancel"]) -> None:
        """Hold, release or cancel a job of any account. Raises SandboxError where that is not possible."""
        with self._lock:
            for cloud in self.clouds:
                job = cloud.store.get(job_id)
                if job is not None:
                    if getattr(cloud.store, change)(job, self._now()):
                        return
                    raise SandboxError(f"{job_id} is in no state to {change} it")
        raise SandboxError(f"no job has the id {job_id}")

    def _deliver(
        self, service: Service, operation: Operation | None, request: Request, faults: Sequence[Fault]
    ) -> Delivery:
        """Answer a request with its faults. A mistake in the sandbox itself is an error with status 500."""
        try:
            return self._apply(faults, service, operation, request)
        except Exception:
            return Delivery(self._internal_error(service, request).encoded())

    def _apply(
        self, faults: Sequence[Fault], service: Service, operation: Operation | None, request: Request
    ) -> Delivery:
        if any(fault.do in ("refuse", "outage") for fault in faults):
            return Delivery(None, refused=True)
        replacement = next((fault for fault in faults if fault.do in ("drop", "status", "html")), None)
        lag = max((fault.seconds for fault in faults if fault.do == "lag"), default=0.0)
        response: Response | None = None
        if replacement is None or replacement.stored:
            response = self._answer(service, operation, attrs.evolve(request, lag=lag))
        if replacement is not None:
            response = None if replacement.do == "drop" else self._fault_response(service, replacement)
        elif response is not None:
            for fault in faults:
                response = with_fault(response, fault)
        return Delivery(
            None if response is None else response.encoded(),
            delay=sum(fault.seconds for fault in faults if fault.do == "delay"),
            trickle=max((fault.seconds for fault in faults if fault.do == "trickle"), default=0.0),
            keep=min((fault.keep for fault in faults if fault.do == "truncate"), default=None),
        )

    def _answer(self, service: Service, operation: Operation | None, request: Request) -> Response:
        """The response of the service itself, also where it is an error."""
        try:
            key = service.key(request)
            if service is not self._control:
                request = attrs.evolve(request, owner=self._accounts.owner(key))
                self._accounts.count(service, request.owner)
            if operation is None:
                path = f"{service.base_path}{request.path}"
                logger.warning("%s %s: %s has no such operation", request.method, path, service.name)
                raise HTTPError(404, f"Cannot {request.method} {path}")
            if not operation.public and key in (None, "", REFUSED_KEY):
                raise HTTPError(401, "Invalid API key", code="INVALID_API_KEY" if key else "NO_VALID_AUTHENTICATION")
            return operation.handler(request)
        except HTTPError as error:
            return service.error_response(error)
        except Exception:
            return self._internal_error(service, request)

    def _internal_error(self, service: Service, request: Request) -> Response:
        """The response to a request while an unexpected exception is handled."""
        logger.exception("%s %s%s: the sandbox itself failed", request.method, service.base_path, request.path)
        return service.error_response(HTTPError(500, "The sandbox itself failed; its log says why"))

    def _fault_response(self, service: Service, fault: Fault) -> Response:
        status = fault.status or _DEFAULT_STATUS[fault.do]
        headers = {} if fault.retry_after is None else {"retry-after": self._retry_after(fault.retry_after)}
        if fault.do == "html":
            return Response(status, _HTML.format(f"Error {status}"), {"content-type": "text/html", **headers})
        response = service.error_response(HTTPError(status, "The sandbox was told to answer this"))
        return attrs.evolve(response, headers={**response.headers, **headers})

    def _retry_after(self, value: str | float) -> str:
        if isinstance(value, str) and value.startswith("date:"):
            timestamp = max(0.0, self._now() + float(value.removeprefix("date:")))
            return format_datetime(datetime.fromtimestamp(timestamp, UTC), usegmt=True)
        return value if isinstance(value, str) else str(int(value) if value == int(value) else value)


def _abandon(computations: Iterable[Computation]) -> None:
    for computation in computations:
        computation.abandon()
