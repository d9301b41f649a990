# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class GateCounts(_reading.Model):
    """Gates by how many qubits they act on.

    Attributes:
        field_1q (int | Unset): Number of single-qubit gates.
        field_2q (int | Unset): Number of two-qubit gates.
    """

    field_1q: int | Unset = UNSET
    field_2q: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("field_1q", "1q", _reading.INTEGER),
            _reading.Field("field_2q", "2q", _reading.INTEGER),
        )
