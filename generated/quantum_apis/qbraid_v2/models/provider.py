# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.provider_assets import ProviderAssets
    from ..models.provider_logo import ProviderLogo


@_define(eq=False, repr=False)
class Provider(_reading.Model):
    """A company that makes or hosts devices.

    Attributes:
        field_id (str | Unset): The value of providerId in a device query.
        about (str | Unset): Address of the company's site.
        assets (ProviderAssets | Unset): Files about the provider.
        logo (ProviderLogo | Unset): Its logo.
        provider (str | Unset): Name of the company.
        provider_description (str | Unset): What it is, for people.
        qrn (str | Unset): Resource name of the provider.
    """

    field_id: str | Unset = UNSET
    about: str | Unset = UNSET
    assets: ProviderAssets | Unset = UNSET
    logo: ProviderLogo | Unset = UNSET
    provider: str | Unset = UNSET
    provider_description: str | Unset = UNSET
    qrn: str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.provider_assets import ProviderAssets
        from ..models.provider_logo import ProviderLogo

        return _reading.Shape(
            _reading.Field("field_id", "_id", _reading.STRING),
            _reading.Field("about", "about", _reading.STRING),
            _reading.Field("assets", "assets", _reading.ModelOf(ProviderAssets)),
            _reading.Field("logo", "logo", _reading.ModelOf(ProviderLogo)),
            _reading.Field("provider", "provider", _reading.STRING),
            _reading.Field("provider_description", "providerDescription", _reading.STRING),
            _reading.Field("qrn", "qrn", _reading.STRING),
        )
