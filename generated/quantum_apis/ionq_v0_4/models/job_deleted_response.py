# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.job_deleted_response_status import JobDeletedResponseStatus


@_define(eq=False, repr=False)
class JobDeletedResponse(_reading.Model):
    """A job that was deleted.

    Attributes:
        id (str): Id of the job. Example: 617a1f8b-59d4-435d-aa33-695433d7155e.
        status (JobDeletedResponseStatus): Where the job stands.
    """

    id: str
    status: JobDeletedResponseStatus

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("id", "id", _reading.STRING, required=True),
            _reading.Field("status", "status", _reading.EnumOf(JobDeletedResponseStatus), required=True),
        )
