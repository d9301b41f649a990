# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class JobProvider(_reading.Model):
    """Whose device runs the job, in the longer form.

    Attributes:
        name (str | Unset): Name of the device.
        provider (str | Unset): Who runs the device.
        vendor (str | Unset): Who sells its time.
    """

    name: str | Unset = UNSET
    provider: str | Unset = UNSET
    vendor: str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("name", "name", _reading.STRING),
            _reading.Field("provider", "provider", _reading.STRING),
            _reading.Field("vendor", "vendor", _reading.STRING),
        )
