# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.qis_circuit_input_gateset import QisCircuitInputGateset

if TYPE_CHECKING:
    from ..models.qis_gate_operation import QisGateOperation


@_define(eq=False, repr=False)
class QisCircuitInput(_reading.Model):
    """One circuit of QIS gates.

    Attributes:
        circuit (list[QisGateOperation]): The gates in order.
        gateset (QisCircuitInputGateset): Whether gates are of the usual set (qis) or those of the hardware
            (native).
        qubits (int): Number of qubits.
    """

    circuit: list[QisGateOperation]
    gateset: QisCircuitInputGateset
    qubits: int

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.qis_gate_operation import QisGateOperation

        return _reading.Shape(
            _reading.Field("circuit", "circuit", _reading.ListOf(_reading.ModelOf(QisGateOperation)), required=True),
            _reading.Field("gateset", "gateset", _reading.EnumOf(QisCircuitInputGateset), required=True),
            _reading.Field("qubits", "qubits", _reading.INTEGER, required=True),
        )
