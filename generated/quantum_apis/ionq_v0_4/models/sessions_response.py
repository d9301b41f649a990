# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading

if TYPE_CHECKING:
    from ..models.session import Session


@_define(eq=False, repr=False)
class SessionsResponse(_reading.Model):
    """Sessions of an organization.

    Attributes:
        organization_id (str): Id of the organization.
        sessions (list[Session]): Its sessions.
    """

    organization_id: str
    sessions: list[Session]

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.session import Session

        return _reading.Shape(
            _reading.Field("organization_id", "organization_id", _reading.STRING, required=True),
            _reading.Field("sessions", "sessions", _reading.ListOf(_reading.ModelOf(Session)), required=True),
        )
