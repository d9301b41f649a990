# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.hamiltonian_energy_function import HamiltonianEnergyFunction


@_define(eq=False, repr=False)
class HamiltonianEnergyInput(_reading.Model):
    """The energy of a Hamiltonian as a function.

    Attributes:
        data (HamiltonianEnergyFunction): The function.
        params (list[float] | Unset): Values of the circuit's parameters, in order.
    """

    data: HamiltonianEnergyFunction
    params: list[float] | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.hamiltonian_energy_function import HamiltonianEnergyFunction

        return _reading.Shape(
            _reading.Field("data", "data", _reading.ModelOf(HamiltonianEnergyFunction), required=True),
            _reading.Field("params", "params", _reading.ListOf(_reading.NUMBER)),
        )
