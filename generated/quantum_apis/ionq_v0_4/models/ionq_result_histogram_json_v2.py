# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading

if TYPE_CHECKING:
    from ..models.registered_histogram import RegisteredHistogram


@_define(eq=False, repr=False)
class IonqResultHistogramJsonV2(_reading.Model):
    """Shots of each register by bitstring, zero-padded to the register's width.

    Attributes:
        histogram (RegisteredHistogram): How often each outcome was seen.
    """

    histogram: RegisteredHistogram

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.registered_histogram import RegisteredHistogram

        return _reading.Shape(
            _reading.Field("histogram", "histogram", _reading.ModelOf(RegisteredHistogram), required=True),
        )
