# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.qis_circuit_gateset import QISCircuitGateset
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.qis_gate_operation import QisGateOperation
    from ..models.registers import Registers


@_define(eq=False, repr=False)
class QISCircuit(_reading.Model):
    """One of several circuits, of QIS gates.

    Attributes:
        circuit (list[QisGateOperation]): The gates in order.
        gateset (QISCircuitGateset | Unset): This circuit's own gate set in place of the job's.
        name (str | Unset): The submitter's name for the circuit.
        qubits (int | Unset): Number of qubits.
        registers (Registers | Unset): The qubits of each named register.
    """

    circuit: list[QisGateOperation]
    gateset: QISCircuitGateset | Unset = UNSET
    name: str | Unset = UNSET
    qubits: int | Unset = UNSET
    registers: Registers | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.qis_gate_operation import QisGateOperation
        from ..models.registers import Registers

        return _reading.Shape(
            _reading.Field("circuit", "circuit", _reading.ListOf(_reading.ModelOf(QisGateOperation)), required=True),
            _reading.Field("gateset", "gateset", _reading.EnumOf(QISCircuitGateset)),
            _reading.Field("name", "name", _reading.STRING),
            _reading.Field("qubits", "qubits", _reading.INTEGER),
            _reading.Field("registers", "registers", _reading.ModelOf(Registers)),
        )
