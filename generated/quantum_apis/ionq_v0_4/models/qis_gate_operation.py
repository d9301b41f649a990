# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.qis_gate import QisGate
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class QisGateOperation(_reading.Model):
    """One gate of a circuit, acting on one or several qubits.

    Attributes:
        gate (QisGate): Name of the gate.
        coefficients (list[float] | Unset): One coefficient for each Pauli string.
        control (int | Unset): Index of the controlling qubit, from 0.
        controls (list[int] | Unset): Qubits that decide whether it acts.
        rotation (float | Unset): Angle of a rotation gate.
        target (int | Unset): Index of the qubit that it acts on, from 0.
        targets (list[int] | Unset): Qubits that the gate acts on.
        terms (list[str] | Unset): Pauli strings of pauliexp.
        time (float | Unset): Evolution time of pauliexp.
    """

    gate: QisGate
    coefficients: list[float] | Unset = UNSET
    control: int | Unset = UNSET
    controls: list[int] | Unset = UNSET
    rotation: float | Unset = UNSET
    target: int | Unset = UNSET
    targets: list[int] | Unset = UNSET
    terms: list[str] | Unset = UNSET
    time: float | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("gate", "gate", _reading.EnumOf(QisGate), required=True),
            _reading.Field("coefficients", "coefficients", _reading.ListOf(_reading.NUMBER)),
            _reading.Field("control", "control", _reading.INTEGER),
            _reading.Field("controls", "controls", _reading.ListOf(_reading.INTEGER)),
            _reading.Field("rotation", "rotation", _reading.NUMBER),
            _reading.Field("target", "target", _reading.INTEGER),
            _reading.Field("targets", "targets", _reading.ListOf(_reading.INTEGER)),
            _reading.Field("terms", "terms", _reading.ListOf(_reading.STRING)),
            _reading.Field("time", "time", _reading.NUMBER),
        )
