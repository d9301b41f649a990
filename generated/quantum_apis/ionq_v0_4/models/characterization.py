# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.characterization_fidelity import CharacterizationFidelity
    from ..models.characterization_timing import CharacterizationTiming


@_define(eq=False, repr=False)
class Characterization(_reading.Model):
    """Measured quality and speed of a QPU at one moment.

    Attributes:
        backend (str | Unset): The QPU's name.
        connectivity (list[list[int]] | Unset): Pairs of qubits that a two-qubit gate can act on; their order has
            no meaning. Example: [[0, 1], [0, 2], [10, 9]].
        date (str | Unset): When it was measured. Example: 2025-06-16T00:00:00Z.
        fidelity (CharacterizationFidelity | Unset): How good gates, preparation and measurement are.
        id (UUID | Unset): Id of the characterization.
        qubits (int | Unset): Number of qubits. Example: 25.
        timing (CharacterizationTiming | Unset): How long gates, readout and reset take, in seconds.
    """

    backend: str | Unset = UNSET
    connectivity: list[list[int]] | Unset = UNSET
    date: str | Unset = UNSET
    fidelity: CharacterizationFidelity | Unset = UNSET
    id: UUID | Unset = UNSET
    qubits: int | Unset = UNSET
    timing: CharacterizationTiming | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.characterization_fidelity import CharacterizationFidelity
        from ..models.characterization_timing import CharacterizationTiming

        return _reading.Shape(
            _reading.Field("backend", "backend", _reading.STRING),
            _reading.Field("connectivity", "connectivity", _reading.ListOf(_reading.ListOf(_reading.INTEGER))),
            _reading.Field("date", "date", _reading.STRING),
            _reading.Field("fidelity", "fidelity", _reading.ModelOf(CharacterizationFidelity)),
            _reading.Field("id", "id", _reading.UUID),
            _reading.Field("qubits", "qubits", _reading.INTEGER),
            _reading.Field("timing", "timing", _reading.ModelOf(CharacterizationTiming)),
        )
