# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.jobs_deleted_response_status import JobsDeletedResponseStatus


@_define(eq=False, repr=False)
class JobsDeletedResponse(_reading.Model):
    """Jobs that were deleted.

    Attributes:
        ids (list[str]): Ids of the jobs.
        status (JobsDeletedResponseStatus): Where all of these jobs stand.
    """

    ids: list[str]
    status: JobsDeletedResponseStatus

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("ids", "ids", _reading.ListOf(_reading.STRING), required=True),
            _reading.Field("status", "status", _reading.EnumOf(JobsDeletedResponseStatus), required=True),
        )
