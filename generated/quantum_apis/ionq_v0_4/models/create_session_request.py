# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.session_settings_request import SessionSettingsRequest


@_define(eq=False, repr=False)
class CreateSessionRequest(_reading.Model):
    """A new session.

    Attributes:
        backend (str): Name of the backend to reserve.
        settings (SessionSettingsRequest | Unset): What ends the session.
    """

    backend: str
    settings: SessionSettingsRequest | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.session_settings_request import SessionSettingsRequest

        return _reading.Shape(
            _reading.Field("backend", "backend", _reading.STRING, required=True),
            _reading.Field("settings", "settings", _reading.ModelOf(SessionSettingsRequest)),
        )
