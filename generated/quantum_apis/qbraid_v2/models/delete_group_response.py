# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import Any

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class DeleteGroupResponse(_reading.Model):
    """Answer to the deletion of a group.

    Attributes:
        success (bool): Whether the request did what it was for.
        data (Any | Unset): Not described by the vendor.
    """

    success: bool
    data: Any | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("success", "success", _reading.BOOLEAN, required=True),
            _reading.Field("data", "data", _reading.ANY),
        )
