# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class ProviderLogo(_reading.Model):
    """Addresses of a provider's logo.

    Attributes:
        dark (str | Unset): URL of the logo for dark backgrounds.
        light (str | Unset): URL of the logo for light backgrounds.
    """

    dark: str | Unset = UNSET
    light: str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("dark", "dark", _reading.STRING),
            _reading.Field("light", "light", _reading.STRING),
        )
