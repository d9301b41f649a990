# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

import datetime

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class TimeStamps(_reading.Model):
    """The times of a job.

    Attributes:
        created_at (datetime.datetime | Unset): When the service took it.
        ended_at (datetime.datetime | None | Unset): When it came to its end, whichever it was; null before that.
        execution_duration (int | None | Unset): Time that the execution took, in milliseconds.
    """

    created_at: datetime.datetime | Unset = UNSET
    ended_at: datetime.datetime | None | Unset = UNSET
    execution_duration: int | None | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("created_at", "createdAt", _reading.DATE_TIME),
            _reading.Field("ended_at", "endedAt", _reading.DATE_TIME),
            _reading.Field("execution_duration", "executionDuration", _reading.INTEGER),
        )
