"""Parts of qBraid's responses that several operations share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quantum_sandbox import parse
from quantum_sandbox.http_types import HTTPError, Request, Response


def data(value: Any, status: int = 200) -> Response:
    return Response(status, {"success": True, "data": value})


def page_of(request: Request, *, default_size: int, max_size: int = 100) -> tuple[int, int]:
    """Number and size of the requested page."""
    return parse.query_integer(request, "page", 1), parse.query_integer(
        request, "limit", default_size, maximum=max_size
    )


def search_of(request: Request) -> str:
    """The requested search text in lower case; empty for none."""
    search = request.query_value("search")
    if search is not None and not 1 <= len(search) <= 255:
        raise HTTPError.invalid("must have 1 to 255 characters", "query", "search")
    return (search or "").lower()


def pagination(page: int, limit: int, total: int) -> dict[str, Any]:
    pages = -(-total // limit)
    return {
        "page": page,
        "limit": limit,
        "total": total,
        "totalPages": pages,
        "hasNext": page < pages,
        "hasPrev": page > 1,
    }


def one_page(rendered: Sequence[Any], page: int, limit: int) -> Response:
    """One page of a list."""
    shown = list(rendered[(page - 1) * limit : page * limit])
    return Response(200, {"success": True, "data": shown, "pagination": pagination(page, limit, len(rendered))})
