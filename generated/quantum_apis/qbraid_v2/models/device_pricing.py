# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class DevicePricing(_reading.Model):
    """Price list of a device, in credits.

    Attributes:
        per_minute (float | str | Unset): Credits for one minute.
        per_shot (float | str | Unset): Credits for one shot.
        per_task (float | str | Unset): Credits for one job.
    """

    per_minute: float | str | Unset = UNSET
    per_shot: float | str | Unset = UNSET
    per_task: float | str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("per_minute", "perMinute", _reading.UnionOf(_reading.NUMBER, _reading.STRING)),
            _reading.Field("per_shot", "perShot", _reading.UnionOf(_reading.NUMBER, _reading.STRING)),
            _reading.Field("per_task", "perTask", _reading.UnionOf(_reading.NUMBER, _reading.STRING)),
        )
