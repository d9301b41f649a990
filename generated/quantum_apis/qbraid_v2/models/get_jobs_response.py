# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.pagination import Pagination
    from ..models.response_meta import ResponseMeta
    from ..models.runtime_job import RuntimeJob


@_define(eq=False, repr=False)
class GetJobsResponse(_reading.Model):
    """One page of jobs.

    Attributes:
        success (bool): Whether the request did what it was for.
        data (list[RuntimeJob]): What was asked for.
        pagination (Pagination): Which page this is, and whether there are more.
        meta (ResponseMeta | Unset): When the answer was made.
    """

    success: bool
    data: list[RuntimeJob]
    pagination: Pagination
    meta: ResponseMeta | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.pagination import Pagination
        from ..models.response_meta import ResponseMeta
        from ..models.runtime_job import RuntimeJob

        return _reading.Shape(
            _reading.Field("success", "success", _reading.BOOLEAN, required=True),
            _reading.Field("data", "data", _reading.ListOf(_reading.ModelOf(RuntimeJob)), required=True),
            _reading.Field("pagination", "pagination", _reading.ModelOf(Pagination), required=True),
            _reading.Field("meta", "meta", _reading.ModelOf(ResponseMeta)),
        )
