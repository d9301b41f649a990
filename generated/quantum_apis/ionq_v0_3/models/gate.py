# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class Gate(_reading.Model):
    """One gate; which of the keys it has depends on the gate.

    Attributes:
        gate (str): Name of the gate: x, y, z, rx, ry, rz, h, s, si, v, vi, t, ti, not, cnot, swap, xx, yy, zz
            among the abstract ones, gpi, gpi2, ms, zz, nop among the native ones.
        angle (float | Unset): Angle of a native two-qubit gate, in turns.
        coefficients (list[float] | Unset): One coefficient for each Pauli string.
        control (int | Unset): The qubit that controls it.
        controls (list[int] | Unset): The qubits that control it.
        phase (float | Unset): Phase of a native single-qubit gate, in turns.
        phases (list[float] | Unset): Phases of a native two-qubit gate, in turns.
        rotation (float | Unset): Angle of an abstract gate, in radians.
        target (int | Unset): The qubit it acts on.
        targets (list[int] | Unset): The qubits it acts on.
        terms (list[str] | Unset): Pauli strings of pauliexp.
        time (float | Unset): Evolution time of pauliexp.
    """

    gate: str
    angle: float | Unset = UNSET
    coefficients: list[float] | Unset = UNSET
    control: int | Unset = UNSET
    controls: list[int] | Unset = UNSET
    phase: float | Unset = UNSET
    phases: list[float] | Unset = UNSET
    rotation: float | Unset = UNSET
    target: int | Unset = UNSET
    targets: list[int] | Unset = UNSET
    terms: list[str] | Unset = UNSET
    time: float | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("gate", "gate", _reading.STRING, required=True),
            _reading.Field("angle", "angle", _reading.NUMBER),
            _reading.Field("coefficients", "coefficients", _reading.ListOf(_reading.NUMBER)),
            _reading.Field("control", "control", _reading.INTEGER),
            _reading.Field("controls", "controls", _reading.ListOf(_reading.INTEGER)),
            _reading.Field("phase", "phase", _reading.NUMBER),
            _reading.Field("phases", "phases", _reading.ListOf(_reading.NUMBER)),
            _reading.Field("rotation", "rotation", _reading.NUMBER),
            _reading.Field("target", "target", _reading.INTEGER),
            _reading.Field("targets", "targets", _reading.ListOf(_reading.INTEGER)),
            _reading.Field("terms", "terms", _reading.ListOf(_reading.STRING)),
            _reading.Field("time", "time", _reading.NUMBER),
        )
