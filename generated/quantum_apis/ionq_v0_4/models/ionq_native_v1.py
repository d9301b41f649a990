# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading

if TYPE_CHECKING:
    from ..models.native_gate_operation import NativeGateOperation


@_define(eq=False, repr=False)
class IonqNativeV1(_reading.Model):
    """A compiled circuit of native gates.

    Attributes:
        qubits (int): Number of qubits.
        circuit (list[NativeGateOperation]): The gates in order.
    """

    qubits: int
    circuit: list[NativeGateOperation]

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.native_gate_operation import NativeGateOperation

        return _reading.Shape(
            _reading.Field("qubits", "qubits", _reading.INTEGER, required=True),
            _reading.Field("circuit", "circuit", _reading.ListOf(_reading.ModelOf(NativeGateOperation)), required=True),
        )
