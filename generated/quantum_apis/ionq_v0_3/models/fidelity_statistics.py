# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class FidelityStatistics(_reading.Model):
    """Statistics of a fidelity.

    Attributes:
        mean (float | Unset): Mean.
        median (float | Unset): Median.
        stderr (float | None | Unset): Standard error of the mean.
    """

    mean: float | Unset = UNSET
    median: float | Unset = UNSET
    stderr: float | None | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("mean", "mean", _reading.NUMBER),
            _reading.Field("median", "median", _reading.NUMBER),
            _reading.Field("stderr", "stderr", _reading.NUMBER),
        )
