# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class SessionCostLimit(_reading.Model):
    """The most that a session may cost.

    Attributes:
        value (float): The amount.
        unit (str | Unset): What it is counted in, such as usd.
    """

    value: float
    unit: str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("value", "value", _reading.NUMBER, required=True),
            _reading.Field("unit", "unit", _reading.STRING),
        )
