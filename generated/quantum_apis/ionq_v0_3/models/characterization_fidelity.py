# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.fidelity_statistics import FidelityStatistics


@_define(eq=False, repr=False)
class CharacterizationFidelity(_reading.Model):
    """Fidelity by operation, each between 0 and 1.

    Attributes:
        field_1q (FidelityStatistics | Unset): Of single-qubit gates.
        field_2q (FidelityStatistics | Unset): Of two-qubit gates.
        spam (FidelityStatistics | Unset): Of preparing and measuring a state.
    """

    field_1q: FidelityStatistics | Unset = UNSET
    field_2q: FidelityStatistics | Unset = UNSET
    spam: FidelityStatistics | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.fidelity_statistics import FidelityStatistics

        return _reading.Shape(
            _reading.Field("field_1q", "1q", _reading.ModelOf(FidelityStatistics)),
            _reading.Field("field_2q", "2q", _reading.ModelOf(FidelityStatistics)),
            _reading.Field("spam", "spam", _reading.ModelOf(FidelityStatistics)),
        )
