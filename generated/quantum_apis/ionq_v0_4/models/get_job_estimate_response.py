# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.get_job_estimate_context import GetJobEstimateContext
    from ..models.rate_card import RateCard


@_define(eq=False, repr=False)
class GetJobEstimateResponse(_reading.Model):
    """What a job would cost, and how long it would take.

    Attributes:
        estimate_context (GetJobEstimateContext): What the estimate is for.
        estimated_at (datetime.datetime): When the estimate was made.
        estimated_unit (str): What the cost is counted in, such as usd.
        rate_card (RateCard): The prices that it rests on.
        estimated_total_cost (float): What the job would cost.
        estimated_execution_time (int): Running time in milliseconds. Example: 96250.
        current_predicted_queue_time (int): Time in the queue in milliseconds. Example: 397577.
        estimated_quantum_compute_time_us (int | Unset): Given where the backend is priced by compute_second.
    """

    estimate_context: GetJobEstimateContext
    estimated_at: datetime.datetime
    estimated_unit: str
    rate_card: RateCard
    estimated_total_cost: float
    estimated_execution_time: int
    current_predicted_queue_time: int
    estimated_quantum_compute_time_us: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.get_job_estimate_context import GetJobEstimateContext
        from ..models.rate_card import RateCard

        return _reading.Shape(
            _reading.Field(
                "estimate_context", "estimate_context", _reading.ModelOf(GetJobEstimateContext), required=True
            ),
            _reading.Field("estimated_at", "estimated_at", _reading.DATE_TIME, required=True),
            _reading.Field("estimated_unit", "estimated_unit", _reading.STRING, required=True),
            _reading.Field("rate_card", "rate_card", _reading.ModelOf(RateCard), required=True),
            _reading.Field("estimated_total_cost", "estimated_total_cost", _reading.NUMBER, required=True),
            _reading.Field("estimated_execution_time", "estimated_execution_time", _reading.INTEGER, required=True),
            _reading.Field(
                "current_predicted_queue_time", "current_predicted_queue_time", _reading.INTEGER, required=True
            ),
            _reading.Field("estimated_quantum_compute_time_us", "estimated_quantum_compute_time_us", _reading.INTEGER),
        )
