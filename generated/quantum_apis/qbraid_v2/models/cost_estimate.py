# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class CostEstimate(_reading.Model):
    """A quote.

    Attributes:
        pricing_available (bool): Whether there is a price.
        device_qrn (str): Id of the device.
        estimated_cost (float | None | str | Unset): The price in credits.
        pricing_model (None | str | Unset): How the device is priced, such as fixed or dynamic.
        reason (None | str | Unset): Why there is no price.
        shots (int | None | Unset): Number of shots that the estimate is for.
    """

    pricing_available: bool
    device_qrn: str
    estimated_cost: float | None | str | Unset = UNSET
    pricing_model: None | str | Unset = UNSET
    reason: None | str | Unset = UNSET
    shots: int | None | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("pricing_available", "pricingAvailable", _reading.BOOLEAN, required=True),
            _reading.Field("device_qrn", "deviceQrn", _reading.STRING, required=True),
            _reading.Field("estimated_cost", "estimatedCost", _reading.UnionOf(_reading.NUMBER, _reading.STRING)),
            _reading.Field("pricing_model", "pricingModel", _reading.STRING),
            _reading.Field("reason", "reason", _reading.STRING),
            _reading.Field("shots", "shots", _reading.INTEGER),
        )
