# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.group_usage import GroupUsage
    from ..models.usage_amount import UsageAmount


@_define(eq=False, repr=False)
class Usage(_reading.Model):
    """What was used in one period.

    Attributes:
        from_ (datetime.datetime): Start of the period. Example: 2023-07-01T00:00:00Z.
        job_count (int): Number of jobs. Example: 10.
        amount (float): Cost, in amount_unit. Example: 1614.23.
        time_us (float): QPU time. Example: 5143166.13413.
        group_usages (list[GroupUsage]): The five groups with the highest cost, highest first.
        amount_unit (str | Unset): A currency; credits where credits are part of the report. Example: USD.
        amounts (list[UsageAmount] | Unset): The cost by currency.
    """

    from_: datetime.datetime
    job_count: int
    amount: float
    time_us: float
    group_usages: list[GroupUsage]
    amount_unit: str | Unset = UNSET
    amounts: list[UsageAmount] | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.group_usage import GroupUsage
        from ..models.usage_amount import UsageAmount

        return _reading.Shape(
            _reading.Field("from_", "from", _reading.DATE_TIME, required=True),
            _reading.Field("job_count", "job_count", _reading.INTEGER, required=True),
            _reading.Field("amount", "amount", _reading.NUMBER, required=True),
            _reading.Field("time_us", "time_us", _reading.NUMBER, required=True),
            _reading.Field(
                "group_usages", "group_usages", _reading.ListOf(_reading.ModelOf(GroupUsage)), required=True
            ),
            _reading.Field("amount_unit", "amount_unit", _reading.STRING),
            _reading.Field("amounts", "amounts", _reading.ListOf(_reading.ModelOf(UsageAmount))),
        )
