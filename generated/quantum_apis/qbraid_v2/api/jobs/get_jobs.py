# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.error_detail import ErrorDetail
from ...models.get_jobs_response import GetJobsResponse
from ...models.job_status import JobStatus
from ...models.status_group import StatusGroup
from ...types import UNSET, Response, Unset

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((200, 200), "json", _reading.ModelOf(GetJobsResponse)),
    _calls.Answer((401, 401), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((422, 422), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((429, 429), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((500, 599), "json", _reading.ModelOf(ErrorDetail)),
)


def _get_kwargs(
    *,
    vendor: str | Unset = UNSET,
    provider: str | Unset = UNSET,
    status_group: StatusGroup | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    search: str | Unset = UNSET,
    tags: str | Unset = UNSET,
    page: int | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs",
        "params": _calls.query(
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
    }
    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
    vendor: str | Unset = UNSET,
    provider: str | Unset = UNSET,
    status_group: StatusGroup | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    search: str | Unset = UNSET,
    tags: str | Unset = UNSET,
    page: int | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Response[ErrorDetail | GetJobsResponse]:
    """Get All Jobs

    List the caller's jobs, a page at a time.

    Args:
        vendor (str | Unset): Only jobs of this vendor; `all` for every vendor.
        provider (str | Unset): Only jobs of this provider.
        status_group (StatusGroup | Unset): Jobs that are under way, jobs that are over, or both.
        status (JobStatus | Unset): Where a job stands.
        search (str | Unset): Only jobs that match this text.
        tags (str | Unset): Only jobs with these tags, as the text of a JSON object.
        page (int | Unset): Page number, from 1. Default: 1.
        limit (int | Unset): Jobs per page. Default: 50.

    Returns:
        Response[ErrorDetail | GetJobsResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            vendor=vendor,
            provider=provider,
            status_group=status_group,
            status=status,
            search=search,
            tags=tags,
            page=page,
            limit=limit,
        )
    )
    return _calls.read_response(response, _ANSWERS)


def sync(
    *,
    client: AuthenticatedClient,
    vendor: str | Unset = UNSET,
    provider: str | Unset = UNSET,
    status_group: StatusGroup | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    search: str | Unset = UNSET,
    tags: str | Unset = UNSET,
    page: int | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> GetJobsResponse:
    """Get All Jobs

    List the caller's jobs, a page at a time.

    Args:
        vendor (str | Unset): Only jobs of this vendor; `all` for every vendor.
        provider (str | Unset): Only jobs of this provider.
        status_group (StatusGroup | Unset): Jobs that are under way, jobs that are over, or both.
        status (JobStatus | Unset): Where a job stands.
        search (str | Unset): Only jobs that match this text.
        tags (str | Unset): Only jobs with these tags, as the text of a JSON object.
        page (int | Unset): Page number, from 1. Default: 1.
        limit (int | Unset): Jobs per page. Default: 50.

    Returns:
        GetJobsResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        GetJobsResponse,
        _calls.success(
            sync_detailed(
                client=client,
                vendor=vendor,
                provider=provider,
                status_group=status_group,
                status=status,
                search=search,
                tags=tags,
                page=page,
                limit=limit,
            )
        ),
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    vendor: str | Unset = UNSET,
    provider: str | Unset = UNSET,
    status_group: StatusGroup | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    search: str | Unset = UNSET,
    tags: str | Unset = UNSET,
    page: int | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Response[ErrorDetail | GetJobsResponse]:
    """Get All Jobs

    List the caller's jobs, a page at a time.

    Args:
        vendor (str | Unset): Only jobs of this vendor; `all` for every vendor.
        provider (str | Unset): Only jobs of this provider.
        status_group (StatusGroup | Unset): Jobs that are under way, jobs that are over, or both.
        status (JobStatus | Unset): Where a job stands.
        search (str | Unset): Only jobs that match this text.
        tags (str | Unset): Only jobs with these tags, as the text of a JSON object.
        page (int | Unset): Page number, from 1. Default: 1.
        limit (int | Unset): Jobs per page. Default: 50.

    Returns:
        Response[ErrorDetail | GetJobsResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            vendor=vendor,
            provider=provider,
            status_group=status_group,
            status=status,
            search=search,
            tags=tags,
            page=page,
            limit=limit,
        )
    )
    return _calls.read_response(response, _ANSWERS)


async def asyncio(
    *,
    client: AuthenticatedClient,
    vendor: str | Unset = UNSET,
    provider: str | Unset = UNSET,
    status_group: StatusGroup | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    search: str | Unset = UNSET,
    tags: str | Unset = UNSET,
    page: int | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> GetJobsResponse:
    """Get All Jobs

    List the caller's jobs, a page at a time.

    Args:
        vendor (str | Unset): Only jobs of this vendor; `all` for every vendor.
        provider (str | Unset): Only jobs of this provider.
        status_group (StatusGroup | Unset): Jobs that are under way, jobs that are over, or both.
        status (JobStatus | Unset): Where a job stands.
        search (str | Unset): Only jobs that match this text.
        tags (str | Unset): Only jobs with these tags, as the text of a JSON object.
        page (int | Unset): Page number, from 1. Default: 1.
        limit (int | Unset): Jobs per page. Default: 50.

    Returns:
        GetJobsResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        GetJobsResponse,
        _calls.success(
            await asyncio_detailed(
                client=client,
                vendor=vendor,
                provider=provider,
                status_group=status_group,
                status=status,
                search=search,
                tags=tags,
                page=page,
                limit=limit,
            )
        ),
    )
