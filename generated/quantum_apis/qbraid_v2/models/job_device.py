# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.device_status import DeviceStatus
from ..models.device_type import DeviceType
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class JobDevice(_reading.Model):
    """The device of a job, in short.

    Attributes:
        device_type (DeviceType | Unset): Whether it is a machine or a simulator.
        name (str | Unset): Name of the device.
        qrn (str | Unset): Id of the device.
        status (DeviceStatus | Unset): Whether it runs jobs at the moment.
        vendor (str | Unset): Who sells its time.
    """

    device_type: DeviceType | Unset = UNSET
    name: str | Unset = UNSET
    qrn: str | Unset = UNSET
    status: DeviceStatus | Unset = UNSET
    vendor: str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("device_type", "deviceType", _reading.EnumOf(DeviceType)),
            _reading.Field("name", "name", _reading.STRING),
            _reading.Field("qrn", "qrn", _reading.STRING),
            _reading.Field("status", "status", _reading.EnumOf(DeviceStatus)),
            _reading.Field("vendor", "vendor", _reading.STRING),
        )
