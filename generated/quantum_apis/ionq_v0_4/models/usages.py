# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.usage_group_by import UsageGroupBy
from ..models.usage_modality import UsageModality
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.usage import Usage
    from ..models.usage_amount import UsageAmount


@_define(eq=False, repr=False)
class Usages(_reading.Model):
    """A report of what an organization used.

    Attributes:
        group_type (UsageGroupBy): What the usage is grouped by. Example: project.
        modality (UsageModality): How long the steps in time are. Example: daily.
        amount_total (float | Unset): Cost of all, in usage_unit. Example: 151.31.
        amount_totals (list[UsageAmount] | Unset): The cost by currency.
        job_count (int | Unset): Number of all jobs. Example: 514.
        organization (str | Unset): Id of the organization. Example: 71d164e-6ebe-4126-8839-f1529bb01a00.
        time_us_total (float | Unset): QPU time of all. Example: 1566154.312523.
        usage_data (list[Usage] | Unset): The periods, newest first.
        usage_from (datetime.datetime | Unset): Start of the report. Example: 2025-10-01T00:00:00Z.
        usage_to (datetime.datetime | Unset): End of the report. Example: 2025-11-01T00:00:00Z.
        usage_unit (str | Unset): A currency; credits where credits are part of the report. Example: USD.
    """

    group_type: UsageGroupBy
    modality: UsageModality
    amount_total: float | Unset = UNSET
    amount_totals: list[UsageAmount] | Unset = UNSET
    job_count: int | Unset = UNSET
    organization: str | Unset = UNSET
    time_us_total: float | Unset = UNSET
    usage_data: list[Usage] | Unset = UNSET
    usage_from: datetime.datetime | Unset = UNSET
    usage_to: datetime.datetime | Unset = UNSET
    usage_unit: str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.usage import Usage
        from ..models.usage_amount import UsageAmount

        return _reading.Shape(
            _reading.Field("group_type", "group_type", _reading.EnumOf(UsageGroupBy), required=True),
            _reading.Field("modality", "modality", _reading.EnumOf(UsageModality), required=True),
            _reading.Field("amount_total", "amount_total", _reading.NUMBER),
            _reading.Field("amount_totals", "amount_totals", _reading.ListOf(_reading.ModelOf(UsageAmount))),
            _reading.Field("job_count", "job_count", _reading.INTEGER),
            _reading.Field("organization", "organization", _reading.STRING),
            _reading.Field("time_us_total", "time_us_total", _reading.NUMBER),
            _reading.Field("usage_data", "usage_data", _reading.ListOf(_reading.ModelOf(Usage))),
            _reading.Field("usage_from", "usage_from", _reading.DATE_TIME),
            _reading.Field("usage_to", "usage_to", _reading.DATE_TIME),
            _reading.Field("usage_unit", "usage_unit", _reading.STRING),
        )
