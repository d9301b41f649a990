"""The forms of qBraid's answers that several operations share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quantum_sandbox import checks
from quantum_sandbox.exchange import Answer, Call, Refusal


def data(value: Any, status: int = 200) -> Answer:
    return Answer(status, {"success": True, "data": value})


def page_of(call: Call, *, usual: int, most: int = 100) -> tuple[int, int]:
    """Number and size of the page that is asked for."""
    return checks.query_whole(call, "page", 1), checks.query_whole(call, "limit", usual, most=most)


def search_of(call: Call) -> str:
    """The text that is searched for, in lower case; an empty one where all will do."""
    search = call.one("search")
    if search is not None and not 1 <= len(search) <= 255:
        raise Refusal.invalid("must have 1 to 255 characters", "query", "search")
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


def one_page(rendered: Sequence[Any], page: int, limit: int) -> Answer:
    """The page of a list that is small enough to be rendered whole."""
    shown = list(rendered[(page - 1) * limit : page * limit])
    return Answer(200, {"success": True, "data": shown, "pagination": pagination(page, limit, len(rendered))})
