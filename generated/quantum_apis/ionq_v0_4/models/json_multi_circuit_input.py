# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.json_multi_circuit_input_gateset import JsonMultiCircuitInputGateset
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.native_circuit import NativeCircuit
    from ..models.qis_circuit import QISCircuit


@_define(eq=False, repr=False)
class JsonMultiCircuitInput(_reading.Model):
    """Several circuits, of 150,000 gates in all at most.

    Attributes:
        gateset (JsonMultiCircuitInputGateset): Whether gates are of the usual set (qis) or those of the hardware
            (native).
        circuits (list[NativeCircuit | QISCircuit]): The circuits; `circuit` beside this field is refused.
        qubits (int | Unset): Number of qubits.
    """

    gateset: JsonMultiCircuitInputGateset
    circuits: list[NativeCircuit | QISCircuit]
    qubits: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.native_circuit import NativeCircuit
        from ..models.qis_circuit import QISCircuit

        return _reading.Shape(
            _reading.Field("gateset", "gateset", _reading.EnumOf(JsonMultiCircuitInputGateset), required=True),
            _reading.Field(
                "circuits",
                "circuits",
                _reading.ListOf(_reading.UnionOf(_reading.ModelOf(QISCircuit), _reading.ModelOf(NativeCircuit))),
                required=True,
            ),
            _reading.Field("qubits", "qubits", _reading.INTEGER),
        )
