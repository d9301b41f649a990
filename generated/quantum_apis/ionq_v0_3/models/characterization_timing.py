# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class CharacterizationTiming(_reading.Model):
    """Durations in seconds.

    Attributes:
        field_1q (float | Unset): Of a single-qubit gate.
        field_2q (float | Unset): Of a two-qubit gate.
        readout (float | Unset): Of a measurement.
        reset (float | Unset): Of bringing a qubit back to its ground state.
        t1 (float | Unset): Relaxation time.
        t2 (float | Unset): Coherence time.
    """

    field_1q: float | Unset = UNSET
    field_2q: float | Unset = UNSET
    readout: float | Unset = UNSET
    reset: float | Unset = UNSET
    t1: float | Unset = UNSET
    t2: float | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("field_1q", "1q", _reading.NUMBER),
            _reading.Field("field_2q", "2q", _reading.NUMBER),
            _reading.Field("readout", "readout", _reading.NUMBER),
            _reading.Field("reset", "reset", _reading.NUMBER),
            _reading.Field("t1", "t1", _reading.NUMBER),
            _reading.Field("t2", "t2", _reading.NUMBER),
        )
