"""Listings that come in pages. What leads from one page to the next is data, taken from the description's
`x-pagination`; a listing that leads back to where it was is at its end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from typing import Any, Protocol, TypeVar

from attrs import evolve, frozen

from .reading import Model, shape_of
from .requests import Request
from .types import UNSET

T = TypeVar("T")


class Pagination(Protocol):
    """What leads from one page to the next."""

    def next_request(self, request: Request, page: Any) -> Request | None:
        """The request for the page after `page`, which answered `request`; None after the last one."""


@frozen(kw_only=True)
class CursorPages:
    """Each page holds the cursor that asks for the one after it.

    Attributes:
        items: where the page has its items.
        cursor: where it has the cursor of the page after it.
        parameter: the query parameter that takes the cursor.
    """

    items: tuple[str, ...]
    cursor: tuple[str, ...]
    parameter: str

    def next_request(self, request: Request, page: Any) -> Request | None:
        """The request for the page after `page`, which answered `request`; None after the last one."""
        cursor = at(page, self.cursor)
        if not at(page, self.items) or not isinstance(cursor, str | int) or not cursor:
            return None
        if request.params.get(self.parameter) == cursor:
            return None
        return evolve(request, params={**request.params, self.parameter: cursor})


@frozen(kw_only=True)
class NumberedPages:
    """Pages are asked for by their number, from 1.

    Attributes:
        items: where the page has its items.
        parameter: the query parameter that takes the number.
        more: where the page says whether there is one after it.
        remaining: where it says how many there are after it.
        size: the query parameter for the number of items of a page. Where a page says neither of the two above, one
            that is as long as was asked for may have another after it.
    """

    items: tuple[str, ...]
    parameter: str
    more: tuple[str, ...] | None = None
    remaining: tuple[str, ...] | None = None
    size: str | None = None

    def next_request(self, request: Request, page: Any) -> Request | None:
        """The request for the page after `page`, which answered `request`; None after the last one."""
        items, number = at(page, self.items), int(request.params.get(self.parameter, 1))
        if not isinstance(items, list) or not items:
            return None
        more = at(page, self.more) if self.more else UNSET
        if not isinstance(more, bool):
            remaining = at(page, self.remaining) if self.remaining else UNSET
            size = request.params.get(self.size or "", len(items) + 1)
            if isinstance(remaining, str) and remaining.isdecimal():
                remaining = int(remaining)
            more = remaining > 0 if isinstance(remaining, int) else len(items) >= int(size)
        return evolve(request, params={**request.params, self.parameter: number + 1}) if more else None


def at(node: Any, path: tuple[str, ...]) -> Any:
    """What stands at a path of JSON keys in a model; UNSET where there is nothing."""
    for key in path:
        if isinstance(node, Model):
            names = (field.name for field in shape_of(type(node)).fields if field.key == key)
            name = next(names, None)
            node = node.additional_properties.get(key, UNSET) if name is None else getattr(node, name)
        else:
            node = node.get(key, UNSET) if isinstance(node, Mapping) else UNSET
    return node


def pages(first: Request, pagination: Pagination, fetch: Callable[[Request], T]) -> Iterator[T]:
    """Every page, from the one that `first` asks for. A page is fetched when it is asked for."""
    request: Request | None = first
    before: T | None = None
    while request is not None:
        page = fetch(request)
        if page == before:
            # The service gives the same page whatever is asked for.
            return
        yield page
        before, request = page, pagination.next_request(request, page)


async def pages_async(
    first: Request, pagination: Pagination, fetch: Callable[[Request], Awaitable[T]]
) -> AsyncIterator[T]:
    """The same with an asynchronous `fetch`."""
    request: Request | None = first
    before: T | None = None
    while request is not None:
        page = await fetch(request)
        if page == before:
            return
        yield page
        before, request = page, pagination.next_request(request, page)


__all__ = ["CursorPages", "NumberedPages", "Pagination", "at", "pages", "pages_async"]
