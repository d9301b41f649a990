# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.native_gate import NativeGate
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class NativeGateOperation(_reading.Model):
    """One native gate of a circuit; phases and angles are in turns.

    Attributes:
        gate (NativeGate): Name of the gate.
        angle (float | Unset): Interaction angle of ms, 0.25 if it is left out.
        controls (list[int] | Unset): Qubits that decide whether it acts.
        phase (float | Unset): Phase of gpi and gpi2.
        phases (list[float] | Unset): Phases of ms.
        rotation (float | Unset): Angle of the rotation.
        target (int | Unset): Index of the qubit that it acts on, from 0.
        targets (list[int] | Unset): Qubits that the gate acts on.
    """

    gate: NativeGate
    angle: float | Unset = UNSET
    controls: list[int] | Unset = UNSET
    phase: float | Unset = UNSET
    phases: list[float] | Unset = UNSET
    rotation: float | Unset = UNSET
    target: int | Unset = UNSET
    targets: list[int] | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("gate", "gate", _reading.EnumOf(NativeGate), required=True),
            _reading.Field("angle", "angle", _reading.NUMBER),
            _reading.Field("controls", "controls", _reading.ListOf(_reading.INTEGER)),
            _reading.Field("phase", "phase", _reading.NUMBER),
            _reading.Field("phases", "phases", _reading.ListOf(_reading.NUMBER)),
            _reading.Field("rotation", "rotation", _reading.NUMBER),
            _reading.Field("target", "target", _reading.INTEGER),
            _reading.Field("targets", "targets", _reading.ListOf(_reading.INTEGER)),
        )
