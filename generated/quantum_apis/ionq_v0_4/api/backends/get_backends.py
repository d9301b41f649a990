# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""List backends"""

from collections.abc import Mapping
from typing import cast

from ...._runtime import reading as _reading
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.backend import Backend
from ...models.error import Error
from ...types import UNSET, HttpResponse, Request, Response

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ListOf(_reading.ModelOf(Backend))),
    _responses.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _responses.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _responses.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _responses.Answer((503, 503), "json", _reading.ModelOf(Error)),
)


def build_request() -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means."""
    return Request(
        operation="get_backends",
        method="GET",
        path="/backends",
        authentication="none",
    )


def parse(response: HttpResponse) -> list[Backend]:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(list[Backend], _responses.parse("get_backends", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[Error | list[Backend]]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("get_backends", response, _ANSWERS)


def sync(
    *,
    client: Client,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> list[Backend]:
    """List backends

    Lists all backends with their current state.

    Args:
        client (Client): Where to send it, and with which key.
        timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
            ever.
        extra_headers (Mapping[str, str] | None): Headers for this call only.

    Returns:
        list[Backend]

    Raises:
        errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
            documented body is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the timeout.
        ValueError: The operation needs a key and the client has none.
    """
    return parse(client.send(build_request(), timeout=timeout, extra_headers=extra_headers))


def sync_detailed(
    *,
    client: Client,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[Error | list[Backend]]:
    """The same as `sync` with status and headers; a documented error is read and not raised."""
    return parse_detailed(client.send(build_request(), timeout=timeout, extra_headers=extra_headers))


async def asyncio(
    *,
    client: AsyncClient,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> list[Backend]:
    """The same as `sync`, awaitable."""
    return parse(await client.send(build_request(), timeout=timeout, extra_headers=extra_headers))


async def asyncio_detailed(
    *,
    client: AsyncClient,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[Error | list[Backend]]:
    """The same as `sync_detailed`, awaitable."""
    return parse_detailed(await client.send(build_request(), timeout=timeout, extra_headers=extra_headers))
