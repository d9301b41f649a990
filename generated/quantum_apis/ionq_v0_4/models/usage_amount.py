# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class UsageAmount(_reading.Model):
    """A cost in one currency or in credits.

    Attributes:
        amount (float | Unset): The amount. Example: 144.39.
        unit (str | Unset): What it is counted in. Example: USD.
    """

    amount: float | Unset = UNSET
    unit: str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("amount", "amount", _reading.NUMBER),
            _reading.Field("unit", "unit", _reading.STRING),
        )
