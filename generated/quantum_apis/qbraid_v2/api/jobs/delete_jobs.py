# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.delete_jobs_response import DeleteJobsResponse
from ...models.error_detail import ErrorDetail
from ...types import Response

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((200, 200), "json", _reading.ModelOf(DeleteJobsResponse)),
    _calls.Answer((401, 401), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((422, 422), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((429, 429), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((500, 599), "json", _reading.ModelOf(ErrorDetail)),
)


def _get_kwargs(
    *,
    qrns: str,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/jobs",
        "params": _calls.query(
            {
                "qrns": qrns,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
    qrns: str,
) -> Response[DeleteJobsResponse | ErrorDetail]:
    """Delete Multiple Jobs

    Delete several jobs at once.

    Args:
        qrns (str): The job QRNs, as the text of a JSON array.

    Returns:
        Response[DeleteJobsResponse | ErrorDetail]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            qrns=qrns,
        )
    )
    return _calls.read_response(response, _ANSWERS)


def sync(
    *,
    client: AuthenticatedClient,
    qrns: str,
) -> DeleteJobsResponse:
    """Delete Multiple Jobs

    Delete several jobs at once.

    Args:
        qrns (str): The job QRNs, as the text of a JSON array.

    Returns:
        DeleteJobsResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        DeleteJobsResponse,
        _calls.success(
            sync_detailed(
                client=client,
                qrns=qrns,
            )
        ),
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    qrns: str,
) -> Response[DeleteJobsResponse | ErrorDetail]:
    """Delete Multiple Jobs

    Delete several jobs at once.

    Args:
        qrns (str): The job QRNs, as the text of a JSON array.

    Returns:
        Response[DeleteJobsResponse | ErrorDetail]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            qrns=qrns,
        )
    )
    return _calls.read_response(response, _ANSWERS)


async def asyncio(
    *,
    client: AuthenticatedClient,
    qrns: str,
) -> DeleteJobsResponse:
    """Delete Multiple Jobs

    Delete several jobs at once.

    Args:
        qrns (str): The job QRNs, as the text of a JSON array.

    Returns:
        DeleteJobsResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        DeleteJobsResponse,
        _calls.success(
            await asyncio_detailed(
                client=client,
                qrns=qrns,
            )
        ),
    )
