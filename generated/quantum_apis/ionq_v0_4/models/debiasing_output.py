# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.variant_info import VariantInfo


@_define(eq=False, repr=False)
class DebiasingOutput(_reading.Model):
    """The variants of a circuit that debiasing ran, and how their results were put together.

    Attributes:
        aggregation_method (str | Unset): How the variants' results were put together.
        variants (list[VariantInfo] | Unset): The variants that were run.
    """

    aggregation_method: str | Unset = UNSET
    variants: list[VariantInfo] | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.variant_info import VariantInfo

        return _reading.Shape(
            _reading.Field("aggregation_method", "aggregation_method", _reading.STRING),
            _reading.Field("variants", "variants", _reading.ListOf(_reading.ModelOf(VariantInfo))),
        )
