# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.create_job_response import CreateJobResponse
from ...models.error_detail import ErrorDetail
from ...models.job_request import JobRequest
from ...types import Response, Unset

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((201, 201), "json", _reading.ModelOf(CreateJobResponse)),
    _calls.Answer((400, 400), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((401, 401), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((403, 403), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((404, 404), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((422, 422), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((429, 429), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((400, 499), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((500, 599), "json", _reading.ModelOf(ErrorDetail)),
)


def _get_kwargs(
    *,
    body: JobRequest,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/jobs",
    }
    if not isinstance(body, Unset):
        _kwargs["json"] = _reading.write(body)
    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: JobRequest,
) -> Response[CreateJobResponse | ErrorDetail]:
    """Create Job

    Submit a program to a device.

    Args:
        body (JobRequest): A job to submit.

    Returns:
        Response[CreateJobResponse | ErrorDetail]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _calls.read_response(response, _ANSWERS)


def sync(
    *,
    client: AuthenticatedClient,
    body: JobRequest,
) -> CreateJobResponse:
    """Create Job

    Submit a program to a device.

    Args:
        body (JobRequest): A job to submit.

    Returns:
        CreateJobResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        CreateJobResponse,
        _calls.success(
            sync_detailed(
                client=client,
                body=body,
            )
        ),
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: JobRequest,
) -> Response[CreateJobResponse | ErrorDetail]:
    """Create Job

    Submit a program to a device.

    Args:
        body (JobRequest): A job to submit.

    Returns:
        Response[CreateJobResponse | ErrorDetail]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _calls.read_response(response, _ANSWERS)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: JobRequest,
) -> CreateJobResponse:
    """Create Job

    Submit a program to a device.

    Args:
        body (JobRequest): A job to submit.

    Returns:
        CreateJobResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        CreateJobResponse,
        _calls.success(
            await asyncio_detailed(
                client=client,
                body=body,
            )
        ),
    )
