# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class QctrlExternalSettings(_reading.Model):
    """The Q-CTRL account that the solver runs for.

    Attributes:
        api_credentials (str): A Q-CTRL API key.
        external_organization (str | Unset): Short name of a Q-CTRL organization.
    """

    api_credentials: str
    external_organization: str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("api_credentials", "api_credentials", _reading.STRING, required=True),
            _reading.Field("external_organization", "external_organization", _reading.STRING),
        )
