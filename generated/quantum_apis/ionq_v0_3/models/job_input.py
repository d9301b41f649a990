# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.gate_set import GateSet
from ..models.input_format import InputFormat
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.circuit import Circuit
    from ..models.gate import Gate


@_define(eq=False, repr=False)
class JobInput(_reading.Model):
    """The program; circuit, circuits or data, by its format.

    Attributes:
        format_ (InputFormat): Form of the program.
        circuit (list[Gate] | Unset): The gates of the only circuit, in order.
        circuits (list[Circuit] | Unset): The circuits of a job of several.
        data (str | Unset): The program where its format is qir.
        gateset (GateSet | Unset): Whether gates are of the usual set (qis) or those of the hardware (native).
        qubits (int | Unset): Number of qubits.
    """

    format_: InputFormat
    circuit: list[Gate] | Unset = UNSET
    circuits: list[Circuit] | Unset = UNSET
    data: str | Unset = UNSET
    gateset: GateSet | Unset = UNSET
    qubits: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.circuit import Circuit
        from ..models.gate import Gate

        return _reading.Shape(
            _reading.Field("format_", "format", _reading.EnumOf(InputFormat), required=True),
            _reading.Field("circuit", "circuit", _reading.ListOf(_reading.ModelOf(Gate))),
            _reading.Field("circuits", "circuits", _reading.ListOf(_reading.ModelOf(Circuit))),
            _reading.Field("data", "data", _reading.STRING),
            _reading.Field("gateset", "gateset", _reading.EnumOf(GateSet)),
            _reading.Field("qubits", "qubits", _reading.INTEGER),
        )
