# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.variant_results import VariantResults


@_define(eq=False, repr=False)
class VariantInfo(_reading.Model):
    """One of the equivalent circuits that debiasing runs.

    Attributes:
        variant_id (str): Id of the variant.
        qubit_map (list[int] | None): Where the qubits of the circuit were placed; null when not known.
        shots (int): How often the variant was run.
        results (VariantResults | Unset): Where its results are, by kind.
    """

    variant_id: str
    qubit_map: list[int] | None
    shots: int
    results: VariantResults | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.variant_results import VariantResults

        return _reading.Shape(
            _reading.Field("variant_id", "variant_id", _reading.STRING, required=True),
            _reading.Field("qubit_map", "qubit_map", _reading.ListOf(_reading.INTEGER), required=True),
            _reading.Field("shots", "shots", _reading.INTEGER, required=True),
            _reading.Field("results", "results", _reading.ModelOf(VariantResults)),
        )
