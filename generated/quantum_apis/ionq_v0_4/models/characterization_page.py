# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.characterization import Characterization


@_define(eq=False, repr=False)
class CharacterizationPage(_reading.Model):
    """One page of characterizations.

    Attributes:
        characterizations (list[Characterization] | None): The characterizations on this page.
        pages (int | Unset): Number of pages that are left.
    """

    characterizations: list[Characterization] | None
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
