# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""List a session's jobs"""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import cast

from ...._runtime import paging as _paging
from ...._runtime import reading as _reading
from ...._runtime import requests as _requests
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.bad_request_error import BadRequestError
from ...models.error import Error
from ...models.get_jobs_response import GetJobsResponse
from ...models.job_status import JobStatus
from ...types import UNSET, HttpResponse, Request, Response, Unset

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ModelOf(GetJobsResponse)),
    _responses.Answer((400, 400), "json", _reading.ModelOf(BadRequestError)),
    _responses.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _responses.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _responses.Answer((404, 404), "json", _reading.ModelOf(Error)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _responses.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _responses.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _responses.Answer((503, 503), "json", _reading.ModelOf(Error)),
)
_PAGINATION: _paging.Pagination = _paging.CursorPages(items=("jobs",), cursor=("next",), parameter="next")


def build_request(
    session_id: str,
    *,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means.

    Raises ValueError when a part of the path is empty or made of dots.
    """
    return Request(
        operation="get_session_jobs",
        method="GET",
        path="/sessions/{session_id}/jobs".format(
            session_id=_requests.path_segment("session_id", session_id),
        ),
        params=_requests.query(
            {
                "ids": ids,
                "parent_job_id": parent_job_id,
                "status": status,
                "target": target,
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
    return cast(GetJobsResponse, _responses.parse("get_session_jobs", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[BadRequestError | Error | GetJobsResponse]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("get_session_jobs", response, _ANSWERS)


def next_page(request: Request, page: GetJobsResponse) -> Request | None:
    """The request for the page after `page`, which answered `request`; None after the last one."""
    return _PAGINATION.next_request(request, page)


def sync(
    session_id: str,
    *,
    client: Client,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> GetJobsResponse:
    """List a session's jobs

    Lists the jobs of one session page by page.

    Args:
        session_id (str): Id of the session.
        ids (list[str] | Unset): Only these jobs.
        parent_job_id (str | Unset): Only the parts of this job of several circuits.
        status (JobStatus | Unset): Only jobs that stand like this.
        target (str | Unset): Only jobs for this backend, or for several given with commas between them.
        submitter_id (str | Unset): Only jobs of this member of a project that one shares; without effect
            otherwise.
        limit (int | Unset): How many jobs a page has; at most 25.
        next_ (str | Unset): The page to give, as `next` of the page before it says.
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
        ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
    """
    return parse(
        client.send(
            build_request(
                session_id,
                ids=ids,
                parent_job_id=parent_job_id,
                status=status,
                target=target,
                submitter_id=submitter_id,
                limit=limit,
                next_=next_,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_detailed(
    session_id: str,
    *,
    client: Client,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[BadRequestError | Error | GetJobsResponse]:
    """The same as `sync` with status and headers; a documented error is read and not raised."""
    return parse_detailed(
        client.send(
            build_request(
                session_id,
                ids=ids,
                parent_job_id=parent_job_id,
                status=status,
                target=target,
                submitter_id=submitter_id,
                limit=limit,
                next_=next_,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio(
    session_id: str,
    *,
    client: AsyncClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
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
                session_id,
                ids=ids,
                parent_job_id=parent_job_id,
                status=status,
                target=target,
                submitter_id=submitter_id,
                limit=limit,
                next_=next_,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio_detailed(
    session_id: str,
    *,
    client: AsyncClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[BadRequestError | Error | GetJobsResponse]:
    """The same as `sync_detailed`, awaitable."""
    return parse_detailed(
        await client.send(
            build_request(
                session_id,
                ids=ids,
                parent_job_id=parent_job_id,
                status=status,
                target=target,
                submitter_id=submitter_id,
                limit=limit,
                next_=next_,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_pages(
    session_id: str,
    *,
    client: Client,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Iterator[GetJobsResponse]:
    """Every page, from the one asked for to the last; arguments as for `sync`. A page is fetched when it is asked for."""
    return _paging.pages(
        build_request(
            session_id,
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
        ),
        _PAGINATION,
        lambda request: parse(client.send(request, timeout=timeout, extra_headers=extra_headers)),
    )


def asyncio_pages(
    session_id: str,
    *,
    client: AsyncClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
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
            session_id,
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
        ),
        _PAGINATION,
        fetch,
    )
