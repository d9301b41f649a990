# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.job_status import JobStatus


@_define(eq=False, repr=False)
class JobCreationResponse(_reading.Model):
    """A job that was taken.

    Attributes:
        id (str): Id of the job. Example: 617a1f8b-59d4-435d-aa33-695433d7155e.
        status (JobStatus): Where the job stands.
        session_id (None | str): Id of the session that the job runs in; null outside of sessions.
    """

    id: str
    status: JobStatus
    session_id: None | str

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("id", "id", _reading.STRING, required=True),
            _reading.Field("status", "status", _reading.EnumOf(JobStatus), required=True),
            _reading.Field("session_id", "session_id", _reading.STRING, required=True),
        )
