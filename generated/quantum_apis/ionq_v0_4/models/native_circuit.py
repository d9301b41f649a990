# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.native_circuit_gateset import NativeCircuitGateset
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.native_gate_operation import NativeGateOperation
    from ..models.registers import Registers


@_define(eq=False, repr=False)
class NativeCircuit(_reading.Model):
    """One of several circuits, of native gates.

    Attributes:
        circuit (list[NativeGateOperation]): The gates in order.
        gateset (NativeCircuitGateset | Unset): This circuit's own gate set in place of the job's.
        name (str | Unset): The submitter's name for the circuit.
        qubits (int | Unset): Number of qubits.
        registers (Registers | Unset): The qubits of each named register.
    """

    circuit: list[NativeGateOperation]
    gateset: NativeCircuitGateset | Unset = UNSET
    name: str | Unset = UNSET
    qubits: int | Unset = UNSET
    registers: Registers | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.native_gate_operation import NativeGateOperation
        from ..models.registers import Registers

        return _reading.Shape(
            _reading.Field("circuit", "circuit", _reading.ListOf(_reading.ModelOf(NativeGateOperation)), required=True),
            _reading.Field("gateset", "gateset", _reading.EnumOf(NativeCircuitGateset)),
            _reading.Field("name", "name", _reading.STRING),
            _reading.Field("qubits", "qubits", _reading.INTEGER),
            _reading.Field("registers", "registers", _reading.ModelOf(Registers)),
        )
