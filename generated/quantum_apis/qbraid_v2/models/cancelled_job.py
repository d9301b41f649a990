# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.job_status import JobStatus


@_define(eq=False, repr=False)
class CancelledJob(_reading.Model):
    """Outcome of a cancellation.

    Attributes:
        message (str): What the service says of it, for people.
        job_qrn (str): Id of the job.
        status (JobStatus): Where the job stands.
    """

    message: str
    job_qrn: str
    status: JobStatus

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("message", "message", _reading.STRING, required=True),
            _reading.Field("job_qrn", "jobQrn", _reading.STRING, required=True),
            _reading.Field("status", "status", _reading.EnumOf(JobStatus), required=True),
        )
