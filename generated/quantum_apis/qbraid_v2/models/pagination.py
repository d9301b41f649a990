# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class Pagination(_reading.Model):
    """Where in a list a page stands.

    Attributes:
        page (int): Number of this page, from 1.
        limit (int): How many items a page has at most.
        total (int): How many items there are on all pages.
        total_pages (int): How many pages there are.
        has_next (bool): Whether there is a page after this one.
        has_prev (bool): Whether there is a page before this one.
    """

    page: int
    limit: int
    total: int
    total_pages: int
    has_next: bool
    has_prev: bool

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("page", "page", _reading.INTEGER, required=True),
            _reading.Field("limit", "limit", _reading.INTEGER, required=True),
            _reading.Field("total", "total", _reading.INTEGER, required=True),
            _reading.Field("total_pages", "totalPages", _reading.INTEGER, required=True),
            _reading.Field("has_next", "hasNext", _reading.BOOLEAN, required=True),
            _reading.Field("has_prev", "hasPrev", _reading.BOOLEAN, required=True),
        )
