"""One call to a service: sent until it is answered for good, then read, or turned into an error of ours."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Protocol, TypeVar

import attrs

from quantum_jobs.errors import (
    APIError,
    QuantumJobsError,
    RequestTimeoutError,
    ResponseError,
    ServiceUnreachableError,
    api_error_class,
)
from quantum_jobs.http import origin, retry
from quantum_jobs.http.commands import (
    BODY_KEPT,
    Channel,
    First,
    Flow,
    Handle,
    Outcome,
    Reply,
    Request,
    Start,
    TransportFailure,
)
from quantum_jobs.model import JobRecord, Result
from quantum_jobs.services.base import Call, Page, Service

T = TypeVar("T")

#: How many requests are under way at once, where many are to be sent.
SIDE_BY_SIDE = 8


class Connection(Protocol):
    """A service, and the channel to it."""

    @property
    def service(self) -> Service: ...

    @property
    def channel(self) -> Channel: ...


#: What a job was submitted with, and a service may leave out of what it says later.
_KEPT = ("shots", "device", "name", "idempotency_key", "submission_digest")


@attrs.define(eq=False)
class JobState:
    """What is known of one job that somebody holds. ``owner`` is the Job or AsyncJob that errors carry."""

    connection: Connection
    record: JobRecord
    #: The moment (monotonic seconds) that the record is from; None when it came from a file or a pickle.
    seen_at: float | None = None
    #: Until this moment (monotonic seconds) a 404 says that the service does not show the job yet: it was just made,
    #: and neither seen nor deleted since.
    fresh_until: float = float("-inf")
    results: list[Result] | None = None
    owner: Any = None
    #: Whether its unknown status has been warned of: once is enough.
    warned: bool = False

    def update(self, record: JobRecord, now: float | None) -> None:
        """Take over a newer record; what only the submission knew, or an answer in part leaves out, is kept."""
        old = self.record
        kept = {name: known for name in _KEPT if getattr(record, name) is None and (known := getattr(old, name))}
        if old.tags and not record.tags and record.idempotency_key is None:
            kept["tags"] = old.tags
        self.record = attrs.evolve(record, **kept) if kept else record
        self.seen_at = now
        self.fresh_until = float("-inf")


def ask(
    connection: Connection, call: Call[T], *, deadline: float | None = None, attempts: int | None = None
) -> Flow[T]:
    """Send a call that may be repeated, and read its answer. ``deadline`` and ``attempts`` are those of ``retry.send``.

    Raises the APIError for an error status, ServiceUnreachableError without an answer, ResponseError where the answer
    cannot be read.
    """
    request = request_of(connection, call)
    outcome = yield from retry.send(request, not_yet=call.not_yet, deadline=deadline, attempts=attempts)
    return read(connection, call, outcome)


def request_of(connection: Connection, call: Call[Any]) -> Request:
    """The request of a call. Where an answer named the URL, it is followed on the service's own host only; raises
    ResponseError when it leads elsewhere."""
    url = call.url
    if call.linked:
        try:
            url = origin.joined(connection.channel.base_url, url)
        except ResponseError as error:
            name = connection.service.name
            text = f"{name} {call.operation}: {error.message}"
            raise ResponseError(text, service=name, operation=call.operation) from None
    return Request(
        channel=connection.channel,
        method=call.method,
        url=url,
        params=call.params,
        json=call.json,
        public=call.public,
    )


def read(connection: Connection, call: Call[T], outcome: Outcome) -> T:
    """The value in an outcome, or the error that it is."""
    failure = problem(connection, call, outcome)
    if failure is not None:
        raise failure
    assert isinstance(outcome, Reply)
    try:
        return call.read(outcome.body if call.as_bytes and not outcome.cut else outcome.json_or_none())
    except ResponseError as error:
        complaint = error.message
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        complaint = f"{type(error).__name__}: {error}"
    raise ResponseError(
        f"{connection.service.name} {call.operation}: the answer could not be read: {complaint[:BODY_KEPT]}",
        service=connection.service.name,
        operation=call.operation,
        status_code=outcome.status,
        body=outcome.text,
    )


def problem(connection: Connection, call: Call[Any], outcome: Outcome) -> QuantumJobsError | None:
    """The error that an outcome stands for; None for a 2xx answer."""
    name = connection.service.name
    if isinstance(outcome, TransportFailure):
        if outcome.timed_out:
            text = f"{name} {call.operation}: no answer in time ({outcome.message})"
            return RequestTimeoutError(text, service=name, operation=call.operation)
        text = f"{name} {call.operation}: no answer ({outcome.message})"
        return ServiceUnreachableError(text, service=name, operation=call.operation)
    return None if outcome.ok else _api_error(connection, call, outcome)


def _api_error(connection: Connection, call: Call[Any], reply: Reply) -> APIError:
    message, code = _details(connection.service, reply)
    try:
        phrase = f"{reply.status} {HTTPStatus(reply.status).phrase}"
    except ValueError:
        phrase = str(reply.status)
    if 300 <= reply.status < 400:
        message = "a redirect, which is not followed: check the base URL"
    text = f"{connection.service.name} {call.operation}: {phrase}" + (f": {message}" if message else "")
    return api_error_class(reply.status)(
        text,
        service=connection.service.name,
        operation=call.operation,
        status_code=reply.status,
        code=code,
        request_id=reply.headers.get("x-request-id"),
        body=reply.text,
        retry_after=retry.retry_after(reply),
    )


def _details(service: Service, reply: Reply) -> tuple[str | None, str | None]:
    try:
        message, code = service.read_error(reply.json())
    except (QuantumJobsError, LookupError, TypeError, ValueError, AttributeError):
        return None, None
    return (message[:BODY_KEPT] if message else None), code


def further(call: Call[Page], page: Page, fresh: bool) -> Call[Page] | None:
    """The page to go on with; None where this one brought nothing that is new, as a cursor that comes back or a page
    number that is ignored would lead round for ever. A page of which no row could be read is passed over."""
    following = page.next
    if following is None or (page.records and not fresh):
        return None
    return None if (following.url, following.params) == (call.url, call.params) else following


def side_by_side(flows: Iterable[Flow[T]], most: int = SIDE_BY_SIDE) -> Flow[list[Handle]]:
    """Run flows with at most so many under way; gives their handles, in order, when all are done."""
    handles: list[Handle] = []
    running: list[Handle] = []
    for flow in flows:
        if len(running) == most:
            yield First(running)
            running = [handle for handle in running if not handle.done]
        handle: Handle = yield Start(flow)
        handles.append(handle)
        running.append(handle)
    while running:
        yield First(running)
        running = [handle for handle in running if not handle.done]
    return handles
