# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.bad_request_error import BadRequestError
from ...models.error import Error
from ...models.get_jobs_response import GetJobsResponse
from ...models.job_status import JobStatus
from ...types import UNSET, Response, Unset

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((200, 200), "json", _reading.ModelOf(GetJobsResponse)),
    _calls.Answer((400, 400), "json", _reading.ModelOf(BadRequestError)),
    _calls.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _calls.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _calls.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _calls.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _calls.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _calls.Answer((503, 503), "json", _reading.ModelOf(Error)),
)


def _get_kwargs(
    *,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    session_id: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs",
        "params": _calls.query(
            {
                "ids": ids,
                "parent_job_id": parent_job_id,
                "status": status,
                "target": target,
                "session_id": session_id,
                "submitter_id": submitter_id,
                "limit": limit,
                "next": next_,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    session_id: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> Response[BadRequestError | Error | GetJobsResponse]:
    """List jobs

    Lists jobs page by page; `next` of one answer asks for the page after it.

    Args:
        ids (list[str] | Unset):
        parent_job_id (str | Unset):
        status (JobStatus | Unset):
        target (str | Unset):
        session_id (str | Unset):
        submitter_id (str | Unset):
        limit (int | Unset):
        next_ (str | Unset):

    Returns:
        Response[BadRequestError | Error | GetJobsResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            session_id=session_id,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
        )
    )
    return _calls.read_response(response, _ANSWERS)


def sync(
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    session_id: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> GetJobsResponse:
    """List jobs

    Lists jobs page by page; `next` of one answer asks for the page after it.

    Args:
        ids (list[str] | Unset):
        parent_job_id (str | Unset):
        status (JobStatus | Unset):
        target (str | Unset):
        session_id (str | Unset):
        submitter_id (str | Unset):
        limit (int | Unset):
        next_ (str | Unset):

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
                ids=ids,
                parent_job_id=parent_job_id,
                status=status,
                target=target,
                session_id=session_id,
                submitter_id=submitter_id,
                limit=limit,
                next_=next_,
            )
        ),
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    session_id: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> Response[BadRequestError | Error | GetJobsResponse]:
    """List jobs

    Lists jobs page by page; `next` of one answer asks for the page after it.

    Args:
        ids (list[str] | Unset):
        parent_job_id (str | Unset):
        status (JobStatus | Unset):
        target (str | Unset):
        session_id (str | Unset):
        submitter_id (str | Unset):
        limit (int | Unset):
        next_ (str | Unset):

    Returns:
        Response[BadRequestError | Error | GetJobsResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            session_id=session_id,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
        )
    )
    return _calls.read_response(response, _ANSWERS)


async def asyncio(
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    session_id: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> GetJobsResponse:
    """List jobs

    Lists jobs page by page; `next` of one answer asks for the page after it.

    Args:
        ids (list[str] | Unset):
        parent_job_id (str | Unset):
        status (JobStatus | Unset):
        target (str | Unset):
        session_id (str | Unset):
        submitter_id (str | Unset):
        limit (int | Unset):
        next_ (str | Unset):

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
                ids=ids,
                parent_job_id=parent_job_id,
                status=status,
                target=target,
                session_id=session_id,
                submitter_id=submitter_id,
                limit=limit,
                next_=next_,
            )
        ),
    )
