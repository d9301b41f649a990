# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading

if TYPE_CHECKING:
    from ..models.histograms_by_register import HistogramsByRegister


@_define(eq=False, repr=False)
class RegisteredHistogram(_reading.Model):
    """How often each outcome was seen.

    Attributes:
        registers (HistogramsByRegister): The outcomes, by register.
    """

    registers: HistogramsByRegister

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.histograms_by_register import HistogramsByRegister

        return _reading.Shape(
            _reading.Field("registers", "registers", _reading.ModelOf(HistogramsByRegister), required=True),
        )
