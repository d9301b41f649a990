# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""List sessions"""

from collections.abc import Mapping
from typing import cast

from ...._runtime import reading as _reading
from ...._runtime import requests as _requests
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.bad_request_error import BadRequestError
from ...models.error import Error
from ...models.sessions_response import SessionsResponse
from ...types import UNSET, HttpResponse, Request, Response, Unset

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ModelOf(SessionsResponse)),
    _responses.Answer((400, 400), "json", _reading.ModelOf(BadRequestError)),
    _responses.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _responses.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _responses.Answer((404, 404), "json", _reading.ModelOf(Error)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _responses.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _responses.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _responses.Answer((503, 503), "json", _reading.ModelOf(Error)),
)


def build_request(
    *,
    active: bool | Unset = UNSET,
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means."""
    return Request(
        operation="get_sessions",
        method="GET",
        path="/sessions",
        params=_requests.query(
            {
                "active": active,
            },
        ),
        authentication="required",
    )


def parse(response: HttpResponse) -> SessionsResponse:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(SessionsResponse, _responses.parse("get_sessions", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[BadRequestError | Error | SessionsResponse]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("get_sessions", response, _ANSWERS)


def sync(
    *,
    client: Client,
    active: bool | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> SessionsResponse:
    """List sessions

    Lists the sessions of the organization.

    Args:
        active (bool | Unset): Only sessions that are active, or only those that are not.
        client (Client): Where to send it, and with which key.
        timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
            ever.
        extra_headers (Mapping[str, str] | None): Headers for this call only.

    Returns:
        SessionsResponse

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
                active=active,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_detailed(
    *,
    client: Client,
    active: bool | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[BadRequestError | Error | SessionsResponse]:
    """The same as `sync` with status and headers; a documented error is read and not raised."""
    return parse_detailed(
        client.send(
            build_request(
                active=active,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
    active: bool | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> SessionsResponse:
    """The same as `sync`, awaitable."""
    return parse(
        await client.send(
            build_request(
                active=active,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio_detailed(
    *,
    client: AsyncClient,
    active: bool | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[BadRequestError | Error | SessionsResponse]:
    """The same as `sync_detailed`, awaitable."""
    return parse_detailed(
        await client.send(
            build_request(
                active=active,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )
