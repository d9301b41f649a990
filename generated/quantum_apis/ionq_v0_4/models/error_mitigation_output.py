# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.aggregations_output import AggregationsOutput
    from ..models.debiasing_output import DebiasingOutput
    from ..models.symmetry_verification_output import SymmetryVerificationOutput


@_define(eq=False, repr=False)
class ErrorMitigationOutput(_reading.Model):
    """What error mitigation did.

    Attributes:
        aggregations (AggregationsOutput | Unset): The results of debiasing, by the way in which variants are put
            together.
        debiasing (bool | DebiasingOutput | Unset): The variants that debiasing ran; false where it was off.
        symmetry_verification (None | SymmetryVerificationOutput | Unset): What symmetry verification did; null
            where it was off.
    """

    aggregations: AggregationsOutput | Unset = UNSET
    debiasing: bool | DebiasingOutput | Unset = UNSET
    symmetry_verification: None | SymmetryVerificationOutput | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.aggregations_output import AggregationsOutput
        from ..models.debiasing_output import DebiasingOutput
        from ..models.symmetry_verification_output import SymmetryVerificationOutput

        return _reading.Shape(
            _reading.Field("aggregations", "aggregations", _reading.ModelOf(AggregationsOutput)),
            _reading.Field(
                "debiasing", "debiasing", _reading.UnionOf(_reading.ModelOf(DebiasingOutput), _reading.BOOLEAN)
            ),
            _reading.Field(
                "symmetry_verification", "symmetry_verification", _reading.ModelOf(SymmetryVerificationOutput)
            ),
        )
