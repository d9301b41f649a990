# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.provider import Provider


@_define(eq=False, repr=False)
class ProviderList(_reading.Model):
    """The providers.

    Attributes:
        providers (list[Provider]): The providers.
        count (int | Unset): How many there are.
    """

    providers: list[Provider]
    count: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.provider import Provider

        return _reading.Shape(
            _reading.Field("providers", "providers", _reading.ListOf(_reading.ModelOf(Provider)), required=True),
            _reading.Field("count", "count", _reading.INTEGER),
        )
