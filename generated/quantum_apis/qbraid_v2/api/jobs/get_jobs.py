# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Get All Jobs"""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import cast

from ...._runtime import paging as _paging
from ...._runtime import reading as _reading
from ...._runtime import requests as _requests
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.error_detail import ErrorDetail
from ...models.get_jobs_response import GetJobsResponse
from ...models.job_status import JobStatus
from ...models.status_group import StatusGroup
from ...types import UNSET, HttpResponse, Request, Response, Unset

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ModelOf(GetJobsResponse)),
    _responses.Answer((401, 401), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((422, 422), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((500, 599), "json", _reading.ModelOf(ErrorDetail)),
)
_PAGINATION: _paging.Pagination = _paging.NumberedPages(
    items=("data",),
    more=(
        "pagination",
        "hasNext",
    ),
    parameter="page",
    size="limit",
)


def build_request(
    *,
    vendor: str | Unset = UNSET,
    provider: str | Unset = UNSET,
    status_group: StatusGroup | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    search: str | Unset = UNSET,
    tags: str | Unset = UNSET,
    page: int | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means."""
    return Request(
        operation="get_jobs",
        method="GET",
        path="/jobs",
        params=_requests.query(
            {
                "vendor": vendor,
                "provider": provider,
                "statusGroup": status_group,
                "status": status,
                "search": search,
                "tags": tags,
                "page": page,
                "limit": limit,
            },
        ),
        authentication="required",
    )


def parse(response: HttpResponse) -> GetJobsResponse:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(GetJobsResponse, _responses.parse("get_jobs", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[ErrorDetail | GetJobsResponse]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("get_jobs", response, _ANSWERS)


def next_page(request: Request, page: GetJobsResponse) -> Request | None:
    """The request for the page after `page`, which answered `request`; None after the last one."""
    return _PAGINATION.next_request(request, page)


def sync(
    *,
    client: Client,
    vendor: str | Unset = UNSET,
    provider: str | Unset = UNSET,
    status_group: StatusGroup | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    search: str | Unset = UNSET,
    tags: str | Unset = UNSET,
    page: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> GetJobsResponse:
    """Get All Jobs

    List the caller's jobs, a page at a time.

    Args:
        vendor (str | Unset): Only jobs of this vendor; `all` for every vendor.
        provider (str | Unset): Only jobs of this provider.
        status_group (StatusGroup | Unset): Only jobs that are under way (`pending`) or over (`returned`).
        status (JobStatus | Unset): Only jobs in this status; wins over statusGroup.
        search (str | Unset): Only jobs that match this text.
        tags (str | Unset): Only jobs with these tags, as the text of a JSON object.
        page (int | Unset): Page number, from 1.
        limit (int | Unset): Jobs per page.
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
                vendor=vendor,
                provider=provider,
                status_group=status_group,
                status=status,
                search=search,
                tags=tags,
                page=page,
                limit=limit,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_detailed(
    *,
    client: Client,
    vendor: str | Unset = UNSET,
    provider: str | Unset = UNSET,
    status_group: StatusGroup | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    search: str | Unset = UNSET,
    tags: str | Unset = UNSET,
    page: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[ErrorDetail | GetJobsResponse]:
    """The same as `sync` with status and headers; a documented error is read and not raised."""
    return parse_detailed(
        client.send(
            build_request(
                vendor=vendor,
                provider=provider,
                status_group=status_group,
                status=status,
                search=search,
                tags=tags,
                page=page,
                limit=limit,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
    vendor: str | Unset = UNSET,
    provider: str | Unset = UNSET,
    status_group: StatusGroup | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    search: str | Unset = UNSET,
    tags: str | Unset = UNSET,
    page: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> GetJobsResponse:
    """The same as `sync`, awaitable."""
    return parse(
        await client.send(
            build_request(
                vendor=vendor,
                provider=provider,
                status_group=status_group,
                status=status,
                search=search,
                tags=tags,
                page=page,
                limit=limit,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio_detailed(
    *,
    client: AsyncClient,
    vendor: str | Unset = UNSET,
    provider: str | Unset = UNSET,
    status_group: StatusGroup | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    search: str | Unset = UNSET,
    tags: str | Unset = UNSET,
    page: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[ErrorDetail | GetJobsResponse]:
    """The same as `sync_detailed`, awaitable."""
    return parse_detailed(
        await client.send(
            build_request(
                vendor=vendor,
                provider=provider,
                status_group=status_group,
                status=status,
                search=search,
                tags=tags,
                page=page,
                limit=limit,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_pages(
    *,
    client: Client,
    vendor: str | Unset = UNSET,
    provider: str | Unset = UNSET,
    status_group: StatusGroup | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    search: str | Unset = UNSET,
    tags: str | Unset = UNSET,
    page: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Iterator[GetJobsResponse]:
    """Every page, from the one asked for to the last; arguments as for `sync`. A page is fetched when it is asked for."""
    return _paging.pages(
        build_request(
            vendor=vendor,
            provider=provider,
            status_group=status_group,
            status=status,
            search=search,
            tags=tags,
            page=page,
            limit=limit,
        ),
        _PAGINATION,
        lambda request: parse(client.send(request, timeout=timeout, extra_headers=extra_headers)),
    )


def asyncio_pages(
    *,
    client: AsyncClient,
    vendor: str | Unset = UNSET,
    provider: str | Unset = UNSET,
    status_group: StatusGroup | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    search: str | Unset = UNSET,
    tags: str | Unset = UNSET,
    page: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> AsyncIterator[GetJobsResponse]:
    """The same as `sync_pages`, for `async for`."""

    async def fetch(request: Request) -> GetJobsResponse:
        return parse(await client.send(request, timeout=timeout, extra_headers=extra_headers))

    return _paging.pages_async(
        build_request(
            vendor=vendor,
            provider=provider,
            status_group=status_group,
            status=status,
            search=search,
            tags=tags,
            page=page,
            limit=limit,
        ),
        _PAGINATION,
        fetch,
    )
