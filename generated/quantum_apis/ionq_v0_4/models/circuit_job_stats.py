# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.number_map import NumberMap


@_define(eq=False, repr=False)
class CircuitJobStats(_reading.Model):
    """Figures of a job of circuits.

    Attributes:
        billed_quantum_compute_time_us (int | Unset): Time on the quantum computer that is billed, in
            microseconds.
        circuits (int | Unset): Number of circuits.
        gate_counts (NumberMap | Unset): Number of gates, by the number of qubits that they act on.
        kwh (float | Unset): Energy that the job took, in kilowatt-hours.
        predicted_quantum_compute_time_us (int | Unset): Time that the job is expected to take on the quantum
            computer, in microseconds.
        qubits (int | Unset): Number of qubits.
    """

    billed_quantum_compute_time_us: int | Unset = UNSET
    circuits: int | Unset = UNSET
    gate_counts: NumberMap | Unset = UNSET
    kwh: float | Unset = UNSET
    predicted_quantum_compute_time_us: int | Unset = UNSET
    qubits: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.number_map import NumberMap

        return _reading.Shape(
            _reading.Field("billed_quantum_compute_time_us", "billed_quantum_compute_time_us", _reading.INTEGER),
            _reading.Field("circuits", "circuits", _reading.INTEGER),
            _reading.Field("gate_counts", "gate_counts", _reading.ModelOf(NumberMap)),
            _reading.Field("kwh", "kwh", _reading.NUMBER),
            _reading.Field("predicted_quantum_compute_time_us", "predicted_quantum_compute_time_us", _reading.INTEGER),
            _reading.Field("qubits", "qubits", _reading.INTEGER),
        )
