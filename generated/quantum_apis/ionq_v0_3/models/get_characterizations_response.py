# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.characterization import Characterization


@_define(eq=False, repr=False)
class GetCharacterizationsResponse(_reading.Model):
    """A page of characterizations.

    Attributes:
        characterizations (list[Characterization]): The characterizations on this page.
        pages (int | Unset): Number of pages; the next version calls it how many remain.
    """

    characterizations: list[Characterization]
    pages: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.characterization import Characterization

        return _reading.Shape(
            _reading.Field(
                "characterizations",
                "characterizations",
                _reading.ListOf(_reading.ModelOf(Characterization)),
                required=True,
            ),
            _reading.Field("pages", "pages", _reading.INTEGER),
        )
