# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class CharacterizationTiming(_reading.Model):
    """Durations in seconds of gates, readout and reset, and the coherence times.

    Attributes:
        readout (float): Duration of a measurement, in seconds.
        reset (float): Duration of a reset, in seconds.
        field_1q (float | Unset): Duration of a one-qubit gate, in seconds.
        field_2q (float | Unset): Duration of a two-qubit gate, in seconds.
        t1 (float | Unset): Relaxation time T1, in seconds. Example: 10.
        t2 (float | Unset): Dephasing time T2, in seconds. Example: 1.
    """

    readout: float
    reset: float
    field_1q: float | Unset = UNSET
    field_2q: float | Unset = UNSET
    t1: float | Unset = UNSET
    t2: float | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("readout", "readout", _reading.NUMBER, required=True),
            _reading.Field("reset", "reset", _reading.NUMBER, required=True),
            _reading.Field("field_1q", "1q", _reading.NUMBER),
            _reading.Field("field_2q", "2q", _reading.NUMBER),
            _reading.Field("t1", "t1", _reading.NUMBER),
            _reading.Field("t2", "t2", _reading.NUMBER),
        )
