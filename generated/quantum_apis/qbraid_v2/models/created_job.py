# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.job_status import JobStatus
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class CreatedJob(_reading.Model):
    """A job that was just taken.

    Attributes:
        job_qrn (str | Unset): Resource name of the new job.
        status (JobStatus | Unset): Where the job stands.
    """

    job_qrn: str | Unset = UNSET
    status: JobStatus | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("job_qrn", "jobQrn", _reading.STRING),
            _reading.Field("status", "status", _reading.EnumOf(JobStatus)),
        )
