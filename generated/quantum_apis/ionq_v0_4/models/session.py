# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.session_status_enum import SessionStatusEnum
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.session_settings import SessionSettings


@_define(eq=False, repr=False)
class Session(_reading.Model):
    """A backend reserved for a series of jobs.

    Attributes:
        id (str): Id of the session.
        created_at (datetime.datetime): When it was asked for.
        organization_id (str): Id of the organization that it belongs to.
        backend (None | str): Name of the backend that it reserves.
        project_id (None | str): Id of the project that it is billed to.
        creator_id (None | str): Id of who asked for it.
        ended_at (datetime.datetime | None): When it ended; null before that.
        ender_id (None | str): Id of who ended it; null where nobody did.
        active (bool): Whether it is active.
        status (SessionStatusEnum): Where it stands.
        started_at (datetime.datetime | None): When it began; null before that.
        settings (SessionSettings | Unset): What ends it.
    """

    id: str
    created_at: datetime.datetime
    organization_id: str
    backend: None | str
    project_id: None | str
    creator_id: None | str
    ended_at: datetime.datetime | None
    ender_id: None | str
    active: bool
    status: SessionStatusEnum
    started_at: datetime.datetime | None
    settings: SessionSettings | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.session_settings import SessionSettings

        return _reading.Shape(
            _reading.Field("id", "id", _reading.STRING, required=True),
            _reading.Field("created_at", "created_at", _reading.DATE_TIME, required=True),
            _reading.Field("organization_id", "organization_id", _reading.STRING, required=True),
            _reading.Field("backend", "backend", _reading.STRING, required=True),
            _reading.Field("project_id", "project_id", _reading.STRING, required=True),
            _reading.Field("creator_id", "creator_id", _reading.STRING, required=True),
            _reading.Field("ended_at", "ended_at", _reading.DATE_TIME, required=True),
            _reading.Field("ender_id", "ender_id", _reading.STRING, required=True),
            _reading.Field("active", "active", _reading.BOOLEAN, required=True),
            _reading.Field("status", "status", _reading.EnumOf(SessionStatusEnum), required=True),
            _reading.Field("started_at", "started_at", _reading.DATE_TIME, required=True),
            _reading.Field("settings", "settings", _reading.ModelOf(SessionSettings)),
        )
