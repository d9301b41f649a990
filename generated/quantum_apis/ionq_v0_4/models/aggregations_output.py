# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.aggregation_artifact_descriptor import AggregationArtifactDescriptor


@_define(eq=False, repr=False)
class AggregationsOutput(_reading.Model):
    """Histograms combined from all variants, by way of combining.

    Attributes:
        average (AggregationArtifactDescriptor | Unset): The variants' results, put together by the method that
            the service calls average.
        dnl (AggregationArtifactDescriptor | Unset): The variants' results, put together by the method that the
            service calls dnl.
        majority (AggregationArtifactDescriptor | Unset): The variants' results, put together by the method that
            the service calls majority.
        voting (AggregationArtifactDescriptor | Unset): The variants' results, put together by the method that the
            service calls voting.
    """

    average: AggregationArtifactDescriptor | Unset = UNSET
    dnl: AggregationArtifactDescriptor | Unset = UNSET
    majority: AggregationArtifactDescriptor | Unset = UNSET
    voting: AggregationArtifactDescriptor | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.aggregation_artifact_descriptor import AggregationArtifactDescriptor

        return _reading.Shape(
            _reading.Field("average", "average", _reading.ModelOf(AggregationArtifactDescriptor)),
            _reading.Field("dnl", "dnl", _reading.ModelOf(AggregationArtifactDescriptor)),
            _reading.Field("majority", "majority", _reading.ModelOf(AggregationArtifactDescriptor)),
            _reading.Field("voting", "voting", _reading.ModelOf(AggregationArtifactDescriptor)),
        )
