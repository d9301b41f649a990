# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.pagination import Pagination
    from ..models.runtime_device import RuntimeDevice


@_define(eq=False, repr=False)
class GetDevicesResponse(_reading.Model):
    """One page of devices.

    Attributes:
        success (bool): Whether the request did what it was for.
        data (list[RuntimeDevice]): What was asked for.
        pagination (Pagination | Unset): Which page this is, and whether there are more.
    """

    success: bool
    data: list[RuntimeDevice]
    pagination: Pagination | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.pagination import Pagination
        from ..models.runtime_device import RuntimeDevice

        return _reading.Shape(
            _reading.Field("success", "success", _reading.BOOLEAN, required=True),
            _reading.Field("data", "data", _reading.ListOf(_reading.ModelOf(RuntimeDevice)), required=True),
            _reading.Field("pagination", "pagination", _reading.ModelOf(Pagination)),
        )
