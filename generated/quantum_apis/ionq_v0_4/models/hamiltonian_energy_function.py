# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.hamiltonian_energy_function_type import HamiltonianEnergyFunctionType

if TYPE_CHECKING:
    from ..models.hamiltonian_energy_data import HamiltonianEnergyData


@_define(eq=False, repr=False)
class HamiltonianEnergyFunction(_reading.Model):
    """The energy of a state under a Hamiltonian.

    Attributes:
        type_ (HamiltonianEnergyFunctionType): Kind of function.
        data (HamiltonianEnergyData): Hamiltonian, circuit and constraints.
    """

    type_: HamiltonianEnergyFunctionType
    data: HamiltonianEnergyData

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.hamiltonian_energy_data import HamiltonianEnergyData

        return _reading.Shape(
            _reading.Field("type_", "type", _reading.EnumOf(HamiltonianEnergyFunctionType), required=True),
            _reading.Field("data", "data", _reading.ModelOf(HamiltonianEnergyData), required=True),
        )
