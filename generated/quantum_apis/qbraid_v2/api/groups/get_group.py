# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.error_detail import ErrorDetail
from ...models.group_response import GroupResponse
from ...types import Response

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((200, 200), "json", _reading.ModelOf(GroupResponse)),
    _calls.Answer((401, 401), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((403, 403), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((404, 404), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((422, 422), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((429, 429), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((500, 599), "json", _reading.ModelOf(ErrorDetail)),
)


def _get_kwargs(
    group_qrn: str,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs/group/{group_qrn}".format(
            group_qrn=_calls.path_segment("group_qrn", group_qrn),
        ),
    }
    return _kwargs


def sync_detailed(
    group_qrn: str,
    *,
    client: AuthenticatedClient,
) -> Response[ErrorDetail | GroupResponse]:
    """Get Job Group

    Read one group.

    Args:
        group_qrn (str): Resource name (QRN) of the group.

    Returns:
        Response[ErrorDetail | GroupResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            group_qrn=group_qrn,
        )
    )
    return _calls.read_response(response, _ANSWERS)


def sync(
    group_qrn: str,
    *,
    client: AuthenticatedClient,
) -> GroupResponse:
    """Get Job Group

    Read one group.

    Args:
        group_qrn (str): Resource name (QRN) of the group.

    Returns:
        GroupResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    return cast(
        GroupResponse,
        _calls.success(
            sync_detailed(
                group_qrn=group_qrn,
                client=client,
            )
        ),
    )


async def asyncio_detailed(
    group_qrn: str,
    *,
    client: AuthenticatedClient,
) -> Response[ErrorDetail | GroupResponse]:
    """Get Job Group

    Read one group.

    Args:
        group_qrn (str): Resource name (QRN) of the group.

    Returns:
        Response[ErrorDetail | GroupResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            group_qrn=group_qrn,
        )
    )
    return _calls.read_response(response, _ANSWERS)


async def asyncio(
    group_qrn: str,
    *,
    client: AuthenticatedClient,
) -> GroupResponse:
    """Get Job Group

    Read one group.

    Args:
        group_qrn (str): Resource name (QRN) of the group.

    Returns:
        GroupResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    return cast(
        GroupResponse,
        _calls.success(
            await asyncio_detailed(
                group_qrn=group_qrn,
                client=client,
            )
        ),
    )
