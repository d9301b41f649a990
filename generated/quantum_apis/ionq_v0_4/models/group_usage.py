# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.usage_amount import UsageAmount


@_define(eq=False, repr=False)
class GroupUsage(_reading.Model):
    """What one group used in a period.

    Attributes:
        amount (float | Unset): Cost, in amount_unit. Example: 144.39.
        amount_unit (str | Unset): A currency; credits where credits are part of the report. Example: USD.
        amounts (list[UsageAmount] | Unset): The cost by currency.
        group_id (str | Unset): Id of the job, project or user. Example: 2bfd0fd5-5854-4916-917f-a907af586755.
        group_name (str | Unset): Name of the job, project or user. Example: Project Jumping Lemming.
        job_count (int | Unset): Number of jobs. Example: 9.
        time_us (float | Unset): QPU time. Example: 1566154.312523.
    """

    amount: float | Unset = UNSET
    amount_unit: str | Unset = UNSET
    amounts: list[UsageAmount] | Unset = UNSET
    group_id: str | Unset = UNSET
    group_name: str | Unset = UNSET
    job_count: int | Unset = UNSET
    time_us: float | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.usage_amount import UsageAmount

        return _reading.Shape(
            _reading.Field("amount", "amount", _reading.NUMBER),
            _reading.Field("amount_unit", "amount_unit", _reading.STRING),
            _reading.Field("amounts", "amounts", _reading.ListOf(_reading.ModelOf(UsageAmount))),
            _reading.Field("group_id", "group_id", _reading.STRING),
            _reading.Field("group_name", "group_name", _reading.STRING),
            _reading.Field("job_count", "job_count", _reading.INTEGER),
            _reading.Field("time_us", "time_us", _reading.NUMBER),
        )
