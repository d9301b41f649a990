# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.native_circuit_input_gateset import NativeCircuitInputGateset
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.native_gate_operation import NativeGateOperation


@_define(eq=False, repr=False)
class NativeCircuitInput(_reading.Model):
    """One circuit of native gates.

    Attributes:
        circuit (list[NativeGateOperation]): The gates in order.
        gateset (NativeCircuitInputGateset): Whether gates are of the usual set (qis) or those of the hardware
            (native).
        qubits (int | Unset): Number of qubits.
    """

    circuit: list[NativeGateOperation]
    gateset: NativeCircuitInputGateset
    qubits: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.native_gate_operation import NativeGateOperation

        return _reading.Shape(
            _reading.Field("circuit", "circuit", _reading.ListOf(_reading.ModelOf(NativeGateOperation)), required=True),
            _reading.Field("gateset", "gateset", _reading.EnumOf(NativeCircuitInputGateset), required=True),
            _reading.Field("qubits", "qubits", _reading.INTEGER),
        )
