# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.device_calibration import DeviceCalibration
    from ..models.response_meta import ResponseMeta


@_define(eq=False, repr=False)
class GetDeviceCalibrationsResponse(_reading.Model):
    """Answer that holds a calibration.

    Attributes:
        success (bool): Whether the request did what it was for.
        data (DeviceCalibration | None): What was asked for.
        meta (ResponseMeta | Unset): When the answer was made.
    """

    success: bool
    data: DeviceCalibration | None
    meta: ResponseMeta | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.device_calibration import DeviceCalibration
        from ..models.response_meta import ResponseMeta

        return _reading.Shape(
            _reading.Field("success", "success", _reading.BOOLEAN, required=True),
            _reading.Field("data", "data", _reading.ModelOf(DeviceCalibration), required=True),
            _reading.Field("meta", "meta", _reading.ModelOf(ResponseMeta)),
        )
