# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define
from attrs import field as _field

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class MeasurementProbabilities(_reading.Model):
    """Probability by outcome."""

    additional_properties: dict[str, float] = _field(init=False, factory=dict)

    def __getitem__(self, key: str) -> float:
        return self.additional_properties[key]

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            additional=_reading.NUMBER,
        )
