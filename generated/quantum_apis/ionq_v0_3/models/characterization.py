# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.qpu_name import QpuName
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.characterization_fidelity import CharacterizationFidelity
    from ..models.characterization_timing import CharacterizationTiming


@_define(eq=False, repr=False)
class Characterization(_reading.Model):
    """Quality and speed of a QPU, as measured at one moment.

    Attributes:
        backend (QpuName | Unset): Name of the machine.
        connectivity (list[list[int]] | Unset): Pairs of qubits that a two-qubit gate can act on, in no order.
        date (int | Unset): When it was measured, in seconds since the Unix epoch.
        fidelity (CharacterizationFidelity | Unset): How good gates, preparation and measurement are.
        id (UUID | Unset): Id of the characterization.
        qubits (int | Unset): Number of qubits.
        timing (CharacterizationTiming | Unset): How long gates, readout and reset take.
    """

    backend: QpuName | Unset = UNSET
    connectivity: list[list[int]] | Unset = UNSET
    date: int | Unset = UNSET
    fidelity: CharacterizationFidelity | Unset = UNSET
    id: UUID | Unset = UNSET
    qubits: int | Unset = UNSET
    timing: CharacterizationTiming | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.characterization_fidelity import CharacterizationFidelity
        from ..models.characterization_timing import CharacterizationTiming

        return _reading.Shape(
            _reading.Field("backend", "backend", _reading.EnumOf(QpuName)),
            _reading.Field("connectivity", "connectivity", _reading.ListOf(_reading.ListOf(_reading.INTEGER))),
            _reading.Field("date", "date", _reading.INTEGER),
            _reading.Field("fidelity", "fidelity", _reading.ModelOf(CharacterizationFidelity)),
            _reading.Field("id", "id", _reading.UUID),
            _reading.Field("qubits", "qubits", _reading.INTEGER),
            _reading.Field("timing", "timing", _reading.ModelOf(CharacterizationTiming)),
        )
