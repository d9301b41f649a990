# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.error import Error
from ...models.job_creation_payload import JobCreationPayload
from ...models.job_creation_response import JobCreationResponse
from ...types import Response, Unset

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((200, 200), "json", _reading.ModelOf(JobCreationResponse)),
    _calls.Answer((400, 400), "json", _reading.ModelOf(Error)),
    _calls.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _calls.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _calls.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _calls.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _calls.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _calls.Answer((503, 503), "json", _reading.ModelOf(Error)),
    _calls.Answer((504, 504), "json", _reading.ModelOf(Error)),
)


def _get_kwargs(
    *,
    body: JobCreationPayload,
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
    body: JobCreationPayload,
) -> Response[Error | JobCreationResponse]:
    """Create a job

    Submits one program, of one circuit or of several.

    Args:
        body (JobCreationPayload): A job to submit.

    Returns:
        Response[Error | JobCreationResponse]

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
    body: JobCreationPayload,
) -> JobCreationResponse:
    """Create a job

    Submits one program, of one circuit or of several.

    Args:
        body (JobCreationPayload): A job to submit.

    Returns:
        JobCreationResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        JobCreationResponse,
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
    body: JobCreationPayload,
) -> Response[Error | JobCreationResponse]:
    """Create a job

    Submits one program, of one circuit or of several.

    Args:
        body (JobCreationPayload): A job to submit.

    Returns:
        Response[Error | JobCreationResponse]

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
    body: JobCreationPayload,
) -> JobCreationResponse:
    """Create a job

    Submits one program, of one circuit or of several.

    Args:
        body (JobCreationPayload): A job to submit.

    Returns:
        JobCreationResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        JobCreationResponse,
        _calls.success(
            await asyncio_detailed(
                client=client,
                body=body,
            )
        ),
    )
