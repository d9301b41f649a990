# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class GateFidelity(_reading.Model):
    """Fidelity of a kind of gate.

    Attributes:
        mean (float | Unset): Mean.
        median (float | Unset): Median.
        stderr (float | None | Unset): Standard error; null when not known.
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
