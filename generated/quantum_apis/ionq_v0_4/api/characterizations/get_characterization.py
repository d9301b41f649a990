# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Get a characterization"""

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from ...._runtime import reading as _reading
from ...._runtime import requests as _requests
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.characterization import Characterization
from ...models.error import Error
from ...types import UNSET, HttpResponse, Request, Response

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ModelOf(Characterization)),
    _responses.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _responses.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _responses.Answer((404, 404), "json", _reading.ModelOf(Error)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _responses.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _responses.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _responses.Answer((503, 503), "json", _reading.ModelOf(Error)),
)


def build_request(
    backend: str,
    uuid: UUID,
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means.

    Raises ValueError when a part of the path is empty or made of dots.
    """
    return Request(
        operation="get_characterization",
        method="GET",
        path="/backends/{backend}/characterizations/{uuid}".format(
            backend=_requests.path_segment("backend", backend),
            uuid=_requests.path_segment("UUID", uuid),
        ),
        authentication="required",
    )


def parse(response: HttpResponse) -> Characterization:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(Characterization, _responses.parse("get_characterization", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[Characterization | Error]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("get_characterization", response, _ANSWERS)


def sync(
    backend: str,
    uuid: UUID,
    *,
    client: Client,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Characterization:
    """Get a characterization

    Gives one characterization of a backend.

    Args:
        backend (str): Name of a backend.
        uuid (UUID): Id of the characterization.
        client (Client): Where to send it, and with which key.
        timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
            ever.
        extra_headers (Mapping[str, str] | None): Headers for this call only.

    Returns:
        Characterization

    Raises:
        errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
            documented body is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the timeout.
        ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
    """
    return parse(
        client.send(
            build_request(
                backend,
                uuid,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_detailed(
    backend: str,
    uuid: UUID,
    *,
    client: Client,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[Characterization | Error]:
    """The same as `sync` with status and headers; a documented error is read and not raised."""
    return parse_detailed(
        client.send(
            build_request(
                backend,
                uuid,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio(
    backend: str,
    uuid: UUID,
    *,
    client: AsyncClient,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Characterization:
    """The same as `sync`, awaitable."""
    return parse(
        await client.send(
            build_request(
                backend,
                uuid,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio_detailed(
    backend: str,
    uuid: UUID,
    *,
    client: AsyncClient,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[Characterization | Error]:
    """The same as `sync_detailed`, awaitable."""
    return parse_detailed(
        await client.send(
            build_request(
                backend,
                uuid,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )
