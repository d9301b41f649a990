# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading

if TYPE_CHECKING:
    from ..models.rate_card_entry import RateCardEntry


@_define(eq=False, repr=False)
class RateCard(_reading.Model):
    """The prices that an estimate was made with.

    Attributes:
        rates (list[RateCardEntry]): The prices.
        id (str): Id of the list of prices.
    """

    rates: list[RateCardEntry]
    id: str

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.rate_card_entry import RateCardEntry

        return _reading.Shape(
            _reading.Field("rates", "rates", _reading.ListOf(_reading.ModelOf(RateCardEntry)), required=True),
            _reading.Field("id", "id", _reading.STRING, required=True),
        )
