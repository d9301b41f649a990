# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.job_deleted_status import JobDeletedStatus


@_define(eq=False, repr=False)
class JobsDeletedResponse(_reading.Model):
    """Jobs that were deleted.

    Attributes:
        ids (list[str]): The jobs that were deleted.
        status (JobDeletedStatus): Where all of these jobs stand.
    """

    ids: list[str]
    status: JobDeletedStatus

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("ids", "ids", _reading.ListOf(_reading.STRING), required=True),
            _reading.Field("status", "status", _reading.EnumOf(JobDeletedStatus), required=True),
        )
