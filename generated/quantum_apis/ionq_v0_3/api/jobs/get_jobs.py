# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""List jobs"""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import cast

from ...._runtime import paging as _paging
from ...._runtime import reading as _reading
from ...._runtime import requests as _requests
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.error import Error
from ...models.get_jobs_response import GetJobsResponse
from ...models.job_status import JobStatus
from ...types import UNSET, HttpResponse, Request, Response, Unset

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ModelOf(GetJobsResponse)),
    _responses.Answer((400, 400), "json", _reading.ModelOf(Error)),
    _responses.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _responses.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _responses.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _responses.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _responses.Answer((503, 503), "json", _reading.ModelOf(Error)),
    _responses.Answer((504, 504), "json", _reading.ModelOf(Error)),
)
_PAGINATION: _paging.Pagination = _paging.CursorPages(items=("jobs",), cursor=("next",), parameter="next")


def build_request(
    *,
    id: list[str] | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means."""
    return Request(
        operation="get_jobs",
        method="GET",
        path="/jobs",
        params=_requests.query(
            {
                "id": id,
                "status": status,
                "submitter_id": submitter_id,
                "limit": limit,
                "next": next_,
            },
        ),
        authentication="required",
    )


def parse(response: HttpResponse) -> GetJobsResponse:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(GetJobsResponse, _responses.parse("get_jobs", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[Error | GetJobsResponse]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("get_jobs", response, _ANSWERS)


def next_page(request: Request, page: GetJobsResponse) -> Request | None:
    """The request for the page after `page`, which answered `request`; None after the last one."""
    return _PAGINATION.next_request(request, page)


def sync(
    *,
    client: Client,
    id: list[str] | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> GetJobsResponse:
    """List jobs

    Lists the jobs that the key may see, page by page.

    Args:
        id (list[str] | Unset): Only jobs with one of these ids; the key is repeated for each.
        status (JobStatus | Unset): Only jobs in this state.
        submitter_id (str | Unset): Only jobs submitted by this member of the project.
        limit (int | Unset): Most jobs on one page.
        next_ (str | Unset): Cursor from the page before.
        client (Client): Where to send it, and with which key.
        timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
            ever.
        extra_headers (Mapping[str, str] | None): Headers for this call only.

    Returns:
        GetJobsResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
            documented body is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the timeout.
        ValueError: The operation needs a key and the client has none.
    """
    return parse(
        client.send(
            build_request(
                id=id,
                status=status,
                submitter_id=submitter_id,
                limit=limit,
                next_=next_,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_detailed(
    *,
    client: Client,
    id: list[str] | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[Error | GetJobsResponse]:
    """The same as `sync` with status and headers; a documented error is read and not raised."""
    return parse_detailed(
        client.send(
            build_request(
                id=id,
                status=status,
                submitter_id=submitter_id,
                limit=limit,
                next_=next_,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
    id: list[str] | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> GetJobsResponse:
    """The same as `sync`, awaitable."""
    return parse(
        await client.send(
            build_request(
                id=id,
                status=status,
                submitter_id=submitter_id,
                limit=limit,
                next_=next_,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio_detailed(
    *,
    client: AsyncClient,
    id: list[str] | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[Error | GetJobsResponse]:
    """The same as `sync_detailed`, awaitable."""
    return parse_detailed(
        await client.send(
            build_request(
                id=id,
                status=status,
                submitter_id=submitter_id,
                limit=limit,
                next_=next_,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_pages(
    *,
    client: Client,
    id: list[str] | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Iterator[GetJobsResponse]:
    """Every page, from the one asked for to the last; arguments as for `sync`. A page is fetched when it is asked for."""
    return _paging.pages(
        build_request(
            id=id,
            status=status,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
        ),
        _PAGINATION,
        lambda request: parse(client.send(request, timeout=timeout, extra_headers=extra_headers)),
    )


def asyncio_pages(
    *,
    client: AsyncClient,
    id: list[str] | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> AsyncIterator[GetJobsResponse]:
    """The same as `sync_pages`, for `async for`."""

    async def fetch(request: Request) -> GetJobsResponse:
        return parse(await client.send(request, timeout=timeout, extra_headers=extra_headers))

    return _paging.pages_async(
        build_request(
            id=id,
            status=status,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
        ),
        _PAGINATION,
        fetch,
    )
