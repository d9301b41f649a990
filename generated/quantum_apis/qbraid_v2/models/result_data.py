# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.measurement_counts import MeasurementCounts
    from ..models.measurement_probabilities import MeasurementProbabilities


@_define(eq=False, repr=False)
class ResultData(_reading.Model):
    """What was measured; which fields there are depends on the kind of program.

    Attributes:
        measurement_counts (MeasurementCounts | None | Unset): How often each outcome was measured; for an analog
            program the letters are r, g and e.
        measurement_probabilities (MeasurementProbabilities | None | Unset): How likely each outcome is.
        measurements (list[Any] | None | Unset): One entry per shot; a list of bits, or an object for an analog
            program.
        solution_count (int | None | Unset): How many solutions an annealer found.
        solutions (list[Any] | None | Unset): What an annealer found.
    """

    measurement_counts: MeasurementCounts | None | Unset = UNSET
    measurement_probabilities: MeasurementProbabilities | None | Unset = UNSET
    measurements: list[Any] | None | Unset = UNSET
    solution_count: int | None | Unset = UNSET
    solutions: list[Any] | None | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.measurement_counts import MeasurementCounts
        from ..models.measurement_probabilities import MeasurementProbabilities

        return _reading.Shape(
            _reading.Field("measurement_counts", "measurementCounts", _reading.ModelOf(MeasurementCounts)),
            _reading.Field(
                "measurement_probabilities", "measurementProbabilities", _reading.ModelOf(MeasurementProbabilities)
            ),
            _reading.Field("measurements", "measurements", _reading.ListOf(_reading.ANY)),
            _reading.Field("solution_count", "solutionCount", _reading.INTEGER),
            _reading.Field("solutions", "solutions", _reading.ListOf(_reading.ANY)),
        )
