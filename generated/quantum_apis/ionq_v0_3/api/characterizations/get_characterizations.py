# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""List the characterizations of a backend"""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import cast

from ...._runtime import paging as _paging
from ...._runtime import reading as _reading
from ...._runtime import requests as _requests
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.error import Error
from ...models.get_characterizations_response import GetCharacterizationsResponse
from ...models.qpu_name import QpuName
from ...types import UNSET, HttpResponse, Request, Response, Unset

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ModelOf(GetCharacterizationsResponse)),
    _responses.Answer((400, 400), "json", _reading.ModelOf(Error)),
    _responses.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _responses.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _responses.Answer((404, 404), "json", _reading.ModelOf(Error)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _responses.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _responses.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _responses.Answer((503, 503), "json", _reading.ModelOf(Error)),
    _responses.Answer((504, 504), "json", _reading.ModelOf(Error)),
)
_PAGINATION: _paging.Pagination = _paging.NumberedPages(
    items=("characterizations",), remaining=("pages",), parameter="page", size="limit"
)


def build_request(
    backend: QpuName,
    *,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means.

    Raises ValueError when a part of the path is empty or made of dots.
    """
    return Request(
        operation="get_characterizations",
        method="GET",
        path="/characterizations/backends/{backend}".format(
            backend=_requests.path_segment("backend", backend),
        ),
        params=_requests.query(
            {
                "start": start,
                "end": end,
                "limit": limit,
                "page": page,
            },
        ),
        authentication="required",
    )


def parse(response: HttpResponse) -> GetCharacterizationsResponse:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(GetCharacterizationsResponse, _responses.parse("get_characterizations", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[Error | GetCharacterizationsResponse]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("get_characterizations", response, _ANSWERS)


def next_page(request: Request, page: GetCharacterizationsResponse) -> Request | None:
    """The request for the page after `page`, which answered `request`; None after the last one."""
    return _PAGINATION.next_request(request, page)


def sync(
    backend: QpuName,
    *,
    client: Client,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> GetCharacterizationsResponse:
    """List the characterizations of a backend

    Args:
        backend (QpuName): Name of the QPU.
        start (int | Unset): Only characterizations from this moment on, in milliseconds since the Unix epoch.
        end (int | Unset): Only characterizations before this moment, in milliseconds since the Unix epoch.
        limit (int | Unset): Most characterizations on one page.
        page (int | Unset): Number of the page.
        client (Client): Where to send it, and with which key.
        timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
            ever.
        extra_headers (Mapping[str, str] | None): Headers for this call only.

    Returns:
        GetCharacterizationsResponse

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
                start=start,
                end=end,
                limit=limit,
                page=page,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_detailed(
    backend: QpuName,
    *,
    client: Client,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[Error | GetCharacterizationsResponse]:
    """The same as `sync` with status and headers; a documented error is read and not raised."""
    return parse_detailed(
        client.send(
            build_request(
                backend,
                start=start,
                end=end,
                limit=limit,
                page=page,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio(
    backend: QpuName,
    *,
    client: AsyncClient,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> GetCharacterizationsResponse:
    """The same as `sync`, awaitable."""
    return parse(
        await client.send(
            build_request(
                backend,
                start=start,
                end=end,
                limit=limit,
                page=page,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio_detailed(
    backend: QpuName,
    *,
    client: AsyncClient,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[Error | GetCharacterizationsResponse]:
    """The same as `sync_detailed`, awaitable."""
    return parse_detailed(
        await client.send(
            build_request(
                backend,
                start=start,
                end=end,
                limit=limit,
                page=page,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_pages(
    backend: QpuName,
    *,
    client: Client,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Iterator[GetCharacterizationsResponse]:
    """Every page, from the one asked for to the last; arguments as for `sync`. A page is fetched when it is asked for."""
    return _paging.pages(
        build_request(
            backend,
            start=start,
            end=end,
            limit=limit,
            page=page,
        ),
        _PAGINATION,
        lambda request: parse(client.send(request, timeout=timeout, extra_headers=extra_headers)),
    )


def asyncio_pages(
    backend: QpuName,
    *,
    client: AsyncClient,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> AsyncIterator[GetCharacterizationsResponse]:
    """The same as `sync_pages`, for `async for`."""

    async def fetch(request: Request) -> GetCharacterizationsResponse:
        return parse(await client.send(request, timeout=timeout, extra_headers=extra_headers))

    return _paging.pages_async(
        build_request(
            backend,
            start=start,
            end=end,
            limit=limit,
            page=page,
        ),
        _PAGINATION,
        fetch,
    )
