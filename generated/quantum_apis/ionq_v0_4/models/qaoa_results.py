# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.qaoa_results_processing_status import QaoaResultsProcessingStatus


@_define(eq=False, repr=False)
class QaoaResults(_reading.Model):
    """The best solution that a QAOA job has found.

    Attributes:
        optimal_cost (float): Its cost.
        optimal_bitstring (str): The best assignment found.
        processing_status (QaoaResultsProcessingStatus): How far the search has come.
    """

    optimal_cost: float
    optimal_bitstring: str
    processing_status: QaoaResultsProcessingStatus

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("optimal_cost", "optimal_cost", _reading.NUMBER, required=True),
            _reading.Field("optimal_bitstring", "optimal_bitstring", _reading.STRING, required=True),
            _reading.Field(
                "processing_status", "processing_status", _reading.EnumOf(QaoaResultsProcessingStatus), required=True
            ),
        )
