# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.gate_set import GateSet
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.gate import Gate
    from ..models.registers import Registers


@_define(eq=False, repr=False)
class Circuit(_reading.Model):
    """One circuit of several.

    Attributes:
        circuit (list[Gate]): The gates in order.
        gateset (GateSet | Unset): The job's own where it is left out.
        name (str | Unset): Name of the circuit.
        registers (Registers | Unset): The qubits of each named register.
    """

    circuit: list[Gate]
    gateset: GateSet | Unset = UNSET
    name: str | Unset = UNSET
    registers: Registers | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.gate import Gate
        from ..models.registers import Registers

        return _reading.Shape(
            _reading.Field("circuit", "circuit", _reading.ListOf(_reading.ModelOf(Gate)), required=True),
            _reading.Field("gateset", "gateset", _reading.EnumOf(GateSet)),
            _reading.Field("name", "name", _reading.STRING),
            _reading.Field("registers", "registers", _reading.ModelOf(Registers)),
        )
