# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.job_canceled_response_status import JobCanceledResponseStatus


@_define(eq=False, repr=False)
class JobCanceledResponse(_reading.Model):
    """A job that is being cancelled.

    Attributes:
        id (str): Id of the job. Example: 617a1f8b-59d4-435d-aa33-695433d7155e.
        status (JobCanceledResponseStatus): Where the job stands.
    """

    id: str
    status: JobCanceledResponseStatus

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("id", "id", _reading.STRING, required=True),
            _reading.Field("status", "status", _reading.EnumOf(JobCanceledResponseStatus), required=True),
        )
