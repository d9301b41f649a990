# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.rate_card_entry_unit import RateCardEntryUnit
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class RateCardEntry(_reading.Model):
    """One price; the unit decides which of its figures are given.

    Attributes:
        sku (str): What is sold.
        unit (RateCardEntryUnit): What its price is counted by.
        cost_1q_gate (float | Unset): Given when the unit is gates.
        cost_2q_gate (float | Unset): Given when the unit is gates.
        job_cost_minimum (float | Unset): Given when the unit is gates, and the contract has a minimum.
        unit_cost (float | Unset): Given when the unit is compute_second.
    """

    sku: str
    unit: RateCardEntryUnit
    cost_1q_gate: float | Unset = UNSET
    cost_2q_gate: float | Unset = UNSET
    job_cost_minimum: float | Unset = UNSET
    unit_cost: float | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("sku", "sku", _reading.STRING, required=True),
            _reading.Field("unit", "unit", _reading.EnumOf(RateCardEntryUnit), required=True),
            _reading.Field("cost_1q_gate", "cost_1q_gate", _reading.NUMBER),
            _reading.Field("cost_2q_gate", "cost_2q_gate", _reading.NUMBER),
            _reading.Field("job_cost_minimum", "job_cost_minimum", _reading.NUMBER),
            _reading.Field("unit_cost", "unit_cost", _reading.NUMBER),
        )
