# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define
from attrs import field as _field

from ..._runtime import reading as _reading

if TYPE_CHECKING:
    from ..models.probabilities import Probabilities


@_define(eq=False, repr=False)
class JobResults(_reading.Model):
    """Outcome to probability, or for a job of several circuits child job to distribution."""

    additional_properties: dict[str, float | Probabilities] = _field(init=False, factory=dict)

    def __getitem__(self, key: str) -> float | Probabilities:
        return self.additional_properties[key]

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.probabilities import Probabilities

        return _reading.Shape(
            additional=_reading.UnionOf(_reading.NUMBER, _reading.ModelOf(Probabilities)),
        )
