# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Create Job Group"""

from collections.abc import Mapping
from typing import cast

from ...._runtime import reading as _reading
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.error_detail import ErrorDetail
from ...models.group_request import GroupRequest
from ...models.group_response import GroupResponse
from ...types import UNSET, HttpResponse, Request, Response

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((201, 201), "json", _reading.ModelOf(GroupResponse)),
    _responses.Answer((401, 401), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((422, 422), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((500, 599), "json", _reading.ModelOf(ErrorDetail)),
)


def build_request(
    *,
    body: GroupRequest,
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means."""
    return Request(
        operation="create_group",
        method="POST",
        path="/jobs/group",
        json=_reading.write(body),
        authentication="required",
    )


def parse(response: HttpResponse) -> GroupResponse:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(GroupResponse, _responses.parse("create_group", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[ErrorDetail | GroupResponse]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("create_group", response, _ANSWERS)


def sync(
    *,
    client: Client,
    body: GroupRequest,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> GroupResponse:
    """Create Job Group

    Open a group that jobs can be submitted into.

    Args:
        body (GroupRequest): A group to open.
        client (Client): Where to send it, and with which key.
        timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
            ever.
        extra_headers (Mapping[str, str] | None): Headers for this call only.

    Returns:
        GroupResponse

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
                body=body,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_detailed(
    *,
    client: Client,
    body: GroupRequest,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[ErrorDetail | GroupResponse]:
    """The same as `sync` with status and headers; a documented error is read and not raised."""
    return parse_detailed(
        client.send(
            build_request(
                body=body,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
    body: GroupRequest,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> GroupResponse:
    """The same as `sync`, awaitable."""
    return parse(
        await client.send(
            build_request(
                body=body,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio_detailed(
    *,
    client: AsyncClient,
    body: GroupRequest,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[ErrorDetail | GroupResponse]:
    """The same as `sync_detailed`, awaitable."""
    return parse_detailed(
        await client.send(
            build_request(
                body=body,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )
