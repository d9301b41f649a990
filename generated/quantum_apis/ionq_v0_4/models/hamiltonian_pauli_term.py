# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class HamiltonianPauliTerm(_reading.Model):
    """One term of a Hamiltonian.

    Attributes:
        pauli_string (str): One of I, X, Y and Z for each qubit.
        coefficient (float): The term's factor.
    """

    pauli_string: str
    coefficient: float

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("pauli_string", "pauli_string", _reading.STRING, required=True),
            _reading.Field("coefficient", "coefficient", _reading.NUMBER, required=True),
        )
