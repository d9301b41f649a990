# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""List characterizations"""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import cast

from ...._runtime import paging as _paging
from ...._runtime import reading as _reading
from ...._runtime import requests as _requests
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.bad_request_error import BadRequestError
from ...models.characterization_page import CharacterizationPage
from ...models.error import Error
from ...types import UNSET, HttpResponse, Request, Response, Unset

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ModelOf(CharacterizationPage)),
    _responses.Answer((400, 400), "json", _reading.ModelOf(BadRequestError)),
    _responses.Answer((404, 404), "json", _reading.ModelOf(Error)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _responses.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _responses.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _responses.Answer((503, 503), "json", _reading.ModelOf(Error)),
)
_PAGINATION: _paging.Pagination = _paging.NumberedPages(
    items=("characterizations",), remaining=("pages",), parameter="page", size="limit"
)


def build_request(
    backend: str,
    *,
    start: str | Unset = UNSET,
    end: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means.

    Raises ValueError when a part of the path is empty or made of dots.
    """
    return Request(
        operation="get_characterizations",
        method="GET",
        path="/backends/{backend}/characterizations".format(
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
        authentication="none",
    )


def parse(response: HttpResponse) -> CharacterizationPage:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(CharacterizationPage, _responses.parse("get_characterizations", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[BadRequestError | CharacterizationPage | Error]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("get_characterizations", response, _ANSWERS)


def next_page(request: Request, page: CharacterizationPage) -> Request | None:
    """The request for the page after `page`, which answered `request`; None after the last one."""
    return _PAGINATION.next_request(request, page)


def sync(
    backend: str,
    *,
    client: Client,
    start: str | Unset = UNSET,
    end: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> CharacterizationPage:
    """List characterizations

    Lists the characterizations of a backend page by page.

    Args:
        backend (str): Name of a backend.
        start (str | Unset): Only those measured from this date on.
        end (str | Unset): Only those measured before this date.
        limit (int | Unset): Largest number of characterizations on a page.
        page (int | Unset): Number of the page, from 1.
        client (Client): Where to send it, and with which key.
        timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
            ever.
        extra_headers (Mapping[str, str] | None): Headers for this call only.

    Returns:
        CharacterizationPage

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
    backend: str,
    *,
    client: Client,
    start: str | Unset = UNSET,
    end: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[BadRequestError | CharacterizationPage | Error]:
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
    backend: str,
    *,
    client: AsyncClient,
    start: str | Unset = UNSET,
    end: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> CharacterizationPage:
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
    backend: str,
    *,
    client: AsyncClient,
    start: str | Unset = UNSET,
    end: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[BadRequestError | CharacterizationPage | Error]:
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
    backend: str,
    *,
    client: Client,
    start: str | Unset = UNSET,
    end: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Iterator[CharacterizationPage]:
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
    backend: str,
    *,
    client: AsyncClient,
    start: str | Unset = UNSET,
    end: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    page: int | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> AsyncIterator[CharacterizationPage]:
    """The same as `sync_pages`, for `async for`."""

    async def fetch(request: Request) -> CharacterizationPage:
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
