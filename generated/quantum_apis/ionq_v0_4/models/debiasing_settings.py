# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.phi_chi_twirling_settings import PhiChiTwirlingSettings


@_define(eq=False, repr=False)
class DebiasingSettings(_reading.Model):
    """Debiasing with settings of its own.

    Attributes:
        phi_chi_twirling (PhiChiTwirlingSettings | Unset): Settings of phi-chi twirling, which the vendor names
            and does not explain.
    """

    phi_chi_twirling: PhiChiTwirlingSettings | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.phi_chi_twirling_settings import PhiChiTwirlingSettings

        return _reading.Shape(
            _reading.Field("phi_chi_twirling", "phi_chi_twirling", _reading.ModelOf(PhiChiTwirlingSettings)),
        )
