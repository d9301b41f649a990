"""Send a call to a service, with retries; read the response, or raise an error of ours."""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
import attrs

from quantum_jobs.background import first_of, run_in_thread
from quantum_jobs.core.accounts import Account
from quantum_jobs.errors import APIError, QuantumJobsError, ResponseError, ServiceUnreachableError, api_error_class
from quantum_jobs.http import retry
from quantum_jobs.http.messages import BODY_KEPT, LARGE, Call, Response
from quantum_jobs.http.transport import ApiTransport, Transport
from quantum_jobs.model import JobRecord
from quantum_jobs.services.base import ErrorDetails, Page, Row, Service
from quantum_jobs.text import printable

if TYPE_CHECKING:
    from quantum_jobs.store.account_store import AccountStore

T = TypeVar("T")

#: Concurrent requests, where one verb sends many.
MOST_CONCURRENT = 8
#: The status of a result or operation that is not ready yet.
NOT_YET = 409


@attrs.frozen(eq=False)
class Connection:
    """A service, and the transport to it. ``confirmation_timeout``: see ``connect``."""

    service: Service
    transport: Transport
    confirmation_timeout: float
    #: What this process knows of the account's idempotency keys.
    account: Account
    #: What is kept of this account beyond this process, if anything.
    store: AccountStore | None = None

    def make_api(self, *, is_async: bool) -> Any:
        """Make the generated client of the service, sync or async. It sends through the same transport."""
        # The transport puts the key in; this is its placeholder.
        return self.service.connect_bindings(
            "put-in-by-the-transport",
            asynchronous=is_async,
            base_url=self.transport.base_url,
            timeout=self.transport.timeout,
            transport=ApiTransport(self.transport),
        )

    async def request(self, call: Call[T]) -> T:
        """Send a call, with retries, and read the response.

        Raises the APIError for an error status, ServiceUnreachableError without a response, ResponseError for a
        response that cannot be read.
        """

        def is_not_yet(response: Response) -> bool:
            return response.status == NOT_YET and (
                call.not_yet or (call.not_yet_code is not None and self._details(response).code == call.not_yet_code)
            )

        return await self.read(call, await retry.send(self.transport, call, is_transient=is_not_yet))

    async def request_once(self, call: Call[T], *, patient: bool = False) -> T:
        """Send a call once, and read the response. ``patient``: see ``Transport.send``."""
        outcome = await self.transport.send(call, patient=patient)
        if isinstance(outcome, ServiceUnreachableError):
            raise outcome
        return await self.read(call, outcome)

    async def read(self, call: Call[T], response: Response) -> T:
        """Return the value in a response, or raise its error."""
        if not response.ok:
            raise self.error(call, response)
        if len(response.body) < LARGE:
            return self._read(call, response)
        return await run_in_thread(self._read, call, response)

    def _read(self, call: Call[T], response: Response) -> T:
        try:
            value = call.read(response.body if call.as_bytes and not response.cut else response.json_or_none())
            found = value.id if isinstance(value, JobRecord) else None
            # A service may write an id in another case, as that of a UUID.
            if call.about is None or found is None or found.casefold() == call.about.casefold():
                return value
            complaint = f"it is about another job, {found[:100]!r}, than the one asked for, {call.about!r}"
        except ResponseError as error:
            complaint = error.message
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
            complaint = f"{type(error).__name__}: {error}"
        raise ResponseError(
            printable(f"{self.service.name} {call.operation}: the answer could not be read: {complaint[:BODY_KEPT]}"),
            service=self.service.name,
            operation=call.operation,
            status_code=response.status,
            body=response.text,
        )

    def error(self, call: Call[Any], response: Response) -> APIError:
        """Make the error for a response's status."""
        details = self._details(response)
        message = details.message[:BODY_KEPT] if details.message else None
        try:
            phrase = f"{response.status} {HTTPStatus(response.status).phrase}"
        except ValueError:
            phrase = str(response.status)
        if 300 <= response.status < 400:
            message = "a redirect, which is not followed: check the base URL"
        text = f"{self.service.name} {call.operation}: {phrase}" + (f": {message}" if message else "")
        return api_error_class(response.status)(
            printable(text),
            service=self.service.name,
            operation=call.operation,
            status_code=response.status,
            code=details.code,
            request_id=details.request_id or response.headers.get("x-request-id"),
            body=response.text,
            retry_after=response.retry_after,
        )

    def _details(self, response: Response) -> ErrorDetails:
        if len(response.body) >= LARGE:
            return ErrorDetails()  # nobody says so much of an error
        try:
            return self.service.read_error(response.json())
        except (QuantumJobsError, LookupError, TypeError, ValueError, AttributeError):
            return ErrorDetails()


async def pages(
    connection: Connection, first: Call[Page[Row]], *, most: float = math.inf, once: bool = False
) -> AsyncGenerator[Page[Row], None]:
    """Request the pages of a listing, at most ``most``; with ``once`` without retries. A page holds what none before it
    held: a job that is submitted meanwhile moves the last one of each page to the next.

    Ends at a page without anything new, as a repeated cursor, or a page number that is ignored, would repeat for ever.
    A page of which no row could be read is skipped.
    """
    call: Call[Page[Row]] | None = first
    seen: set[str] = set()
    asked = 0
    while call is not None and asked < most:
        page = await (connection.request_once(call) if once else connection.request(call))
        asked += 1
        fresh = {each.id: each for each in page.records if each.id not in seen}
        seen.update(fresh)
        yield attrs.evolve(page, records=list(fresh.values()))
        following = page.next
        if following is None or (page.records and not fresh):
            return
        call = None if (following.url, following.params) == (call.url, call.params) else following


async def gather(functions: Iterable[Callable[[], Coroutine[Any, Any, T]]]) -> list[T]:
    """Run async functions, at most MOST_CONCURRENT at once; return their values in order. The first error ends all."""
    waiting = list(functions)
    values: list[Any] = [None] * len(waiting)
    numbered = iter(enumerate(waiting))

    async def work() -> None:
        for number, function in numbered:
            values[number] = await function()

    failure: BaseException | None = None
    try:
        async with anyio.create_task_group() as group:
            for _ in range(min(MOST_CONCURRENT, len(waiting))):
                group.start_soon(work)
    except BaseExceptionGroup as errors:
        failure = first_of(errors)
    if failure is not None:
        raise failure
    return values


def may_change(error: QuantumJobsError) -> bool:
    """Whether the same request may succeed later: after an outage, but not after a 404, unless that is a gateway's HTML
    page."""
    if isinstance(error, APIError):
        return error.status_code not in _FINAL or retry.is_page(error.body)
    return isinstance(error, (ServiceUnreachableError, ResponseError))


#: Statuses that are the same on every attempt.
_FINAL = frozenset({400, 401, 403, 404, 410, 422})


def chunks(ids: Sequence[str], size: int) -> list[Sequence[str]]:
    """Split ids into chunks of at most ``size``."""
    return [ids[start : start + size] for start in range(0, len(ids), size)] if size else [ids]
