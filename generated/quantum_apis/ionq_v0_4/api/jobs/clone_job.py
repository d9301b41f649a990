# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.bad_request_error import BadRequestError
from ...models.clone_job_payload import CloneJobPayload
from ...models.error import Error
from ...models.job_creation_response import JobCreationResponse
from ...types import Response, Unset

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((201, 201), "json", _reading.ModelOf(JobCreationResponse)),
    _calls.Answer((400, 400), "json", _reading.ModelOf(BadRequestError)),
    _calls.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _calls.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _calls.Answer((404, 404), "json", _reading.ModelOf(Error)),
    _calls.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _calls.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _calls.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _calls.Answer((503, 503), "json", _reading.ModelOf(Error)),
)


def _get_kwargs(
    uuid: str,
    *,
    body: CloneJobPayload,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/jobs/{uuid}/clone".format(
            uuid=_calls.path_segment("UUID", uuid),
        ),
    }
    if not isinstance(body, Unset):
        _kwargs["json"] = _reading.write(body)
    return _kwargs


def sync_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient,
    body: CloneJobPayload,
) -> Response[BadRequestError | Error | JobCreationResponse]:
    """Clone a job

    Creates a job from an existing one, with the differences that the body names.

    Args:
        uuid (str):
        body (CloneJobPayload): What is to differ from the job that one starts from.

    Returns:
        Response[BadRequestError | Error | JobCreationResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            body=body,
        )
    )
    return _calls.read_response(response, _ANSWERS)


def sync(
    uuid: str,
    *,
    client: AuthenticatedClient,
    body: CloneJobPayload,
) -> JobCreationResponse:
    """Clone a job

    Creates a job from an existing one, with the differences that the body names.

    Args:
        uuid (str):
        body (CloneJobPayload): What is to differ from the job that one starts from.

    Returns:
        JobCreationResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    return cast(
        JobCreationResponse,
        _calls.success(
            sync_detailed(
                uuid=uuid,
                client=client,
                body=body,
            )
        ),
    )


async def asyncio_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient,
    body: CloneJobPayload,
) -> Response[BadRequestError | Error | JobCreationResponse]:
    """Clone a job

    Creates a job from an existing one, with the differences that the body names.

    Args:
        uuid (str):
        body (CloneJobPayload): What is to differ from the job that one starts from.

    Returns:
        Response[BadRequestError | Error | JobCreationResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            body=body,
        )
    )
    return _calls.read_response(response, _ANSWERS)


async def asyncio(
    uuid: str,
    *,
    client: AuthenticatedClient,
    body: CloneJobPayload,
) -> JobCreationResponse:
    """Clone a job

    Creates a job from an existing one, with the differences that the body names.

    Args:
        uuid (str):
        body (CloneJobPayload): What is to differ from the job that one starts from.

    Returns:
        JobCreationResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    return cast(
        JobCreationResponse,
        _calls.success(
            await asyncio_detailed(
                uuid=uuid,
                client=client,
                body=body,
            )
        ),
    )
