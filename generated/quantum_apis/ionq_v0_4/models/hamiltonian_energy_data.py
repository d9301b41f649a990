# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.ansatz import Ansatz
    from ..models.hamiltonian_pauli_term import HamiltonianPauliTerm
    from ..models.linear_constraint import LinearConstraint
    from ..models.quadratic_constraint import QuadraticConstraint


@_define(eq=False, repr=False)
class HamiltonianEnergyData(_reading.Model):
    """A Hamiltonian, the ansatz for its state, and constraints.

    Attributes:
        hamiltonian (list[HamiltonianPauliTerm]): The terms of the Hamiltonian.
        ansatz (Ansatz): The parameterised circuit that prepares the state.
        cvar_alpha (float | None | Unset): Alpha of the conditional value at risk; null for none.
        linear_constraints (list[LinearConstraint] | Unset): Linear constraints.
        penalty (float | None | Unset): Penalty for broken constraints.
        quadratic_constraints (list[QuadraticConstraint] | Unset): Quadratic constraints.
    """

    hamiltonian: list[HamiltonianPauliTerm]
    ansatz: Ansatz
    cvar_alpha: float | None | Unset = UNSET
    linear_constraints: list[LinearConstraint] | Unset = UNSET
    penalty: float | None | Unset = UNSET
    quadratic_constraints: list[QuadraticConstraint] | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.ansatz import Ansatz
        from ..models.hamiltonian_pauli_term import HamiltonianPauliTerm
        from ..models.linear_constraint import LinearConstraint
        from ..models.quadratic_constraint import QuadraticConstraint

        return _reading.Shape(
            _reading.Field(
                "hamiltonian", "hamiltonian", _reading.ListOf(_reading.ModelOf(HamiltonianPauliTerm)), required=True
            ),
            _reading.Field("ansatz", "ansatz", _reading.ModelOf(Ansatz), required=True),
            _reading.Field("cvar_alpha", "cvar_alpha", _reading.NUMBER),
            _reading.Field(
                "linear_constraints", "linear_constraints", _reading.ListOf(_reading.ModelOf(LinearConstraint))
            ),
            _reading.Field("penalty", "penalty", _reading.NUMBER),
            _reading.Field(
                "quadratic_constraints", "quadratic_constraints", _reading.ListOf(_reading.ModelOf(QuadraticConstraint))
            ),
        )
