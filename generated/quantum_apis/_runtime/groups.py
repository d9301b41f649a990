"""The awaitable twins of a group's methods: the same arguments, sent by the operation's own awaitable function. That
stands in a module which is loaded by the first call."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from importlib import import_module
from typing import Any, Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def awaitable(
    method: Callable[Concatenate[Any, P], T], module: str, function: str
) -> Callable[Concatenate[Any, P], Coroutine[Any, Any, T]]:
    """A method that awaits this function of the operation's module."""

    @functools.wraps(method)
    async def call(self: Any, /, *args: P.args, **kwargs: P.kwargs) -> T:
        answer: T = await _function(method, module, function)(*args, client=self._client, **kwargs)
        return answer

    return call


def async_pages(
    method: Callable[Concatenate[Any, P], Iterator[T]], module: str, function: str
) -> Callable[Concatenate[Any, P], AsyncIterator[T]]:
    """A method that gives pages, for `async for`."""

    @functools.wraps(method)
    def call(self: Any, /, *args: P.args, **kwargs: P.kwargs) -> AsyncIterator[T]:
        pages: AsyncIterator[T] = _function(method, module, function)(*args, client=self._client, **kwargs)
        return pages

    return call


def _function(method: Callable[..., Any], module: str, function: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(import_module(f"{method.__module__}.{module}"), function)
    return found


__all__ = ["async_pages", "awaitable"]
