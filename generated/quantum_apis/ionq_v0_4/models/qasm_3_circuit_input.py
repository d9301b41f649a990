# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class Qasm3CircuitInput(_reading.Model):
    """One circuit as an OpenQASM 3 program.

    Attributes:
        data (str): Text of the program.
        qubits (int | Unset): Number of qubits.
    """

    data: str
    qubits: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("data", "data", _reading.STRING, required=True),
            _reading.Field("qubits", "qubits", _reading.INTEGER),
        )
