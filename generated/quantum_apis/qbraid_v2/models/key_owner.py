# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class KeyOwner(_reading.Model):
    """Whom a key belongs to.

    Attributes:
        organization_id (str | Unset): Id of the organization.
        organization_user_id (str | Unset): Id of the user in the organization.
        user_email (str | Unset): Address of the user.
        user_id (str | Unset): Id of the user.
        user_name (str | Unset): Name of the user.
        valid (bool | Unset): Whether the key can be used.
    """

    organization_id: str | Unset = UNSET
    organization_user_id: str | Unset = UNSET
    user_email: str | Unset = UNSET
    user_id: str | Unset = UNSET
    user_name: str | Unset = UNSET
    valid: bool | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("organization_id", "organizationId", _reading.STRING),
            _reading.Field("organization_user_id", "organizationUserId", _reading.STRING),
            _reading.Field("user_email", "userEmail", _reading.STRING),
            _reading.Field("user_id", "userId", _reading.STRING),
            _reading.Field("user_name", "userName", _reading.STRING),
            _reading.Field("valid", "valid", _reading.BOOLEAN),
        )
