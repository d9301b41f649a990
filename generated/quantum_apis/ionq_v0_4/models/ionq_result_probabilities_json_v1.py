# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define
from attrs import field as _field

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class IonqResultProbabilitiesJsonV1(_reading.Model):
    """Probabilities by outcome, each outcome a decimal integer."""

    additional_properties: dict[str, float] = _field(init=False, factory=dict)

    def __getitem__(self, key: str) -> float:
        return self.additional_properties[key]

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            additional=_reading.NUMBER,
        )
