# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading

if TYPE_CHECKING:
    from ..models.group_job import GroupJob


@_define(eq=False, repr=False)
class GroupResponse(_reading.Model):
    """Answer that holds one group.

    Attributes:
        success (bool): Whether the request did what it was for.
        data (GroupJob): What was asked for.
    """

    success: bool
    data: GroupJob

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.group_job import GroupJob

        return _reading.Shape(
            _reading.Field("success", "success", _reading.BOOLEAN, required=True),
            _reading.Field("data", "data", _reading.ModelOf(GroupJob), required=True),
        )
