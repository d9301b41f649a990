# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.job_canceled_status import JobCanceledStatus


@_define(eq=False, repr=False)
class JobCanceledResponse(_reading.Model):
    """A job that is being cancelled.

    Attributes:
        id (str): Id of the job.
        status (JobCanceledStatus): Where the job stands.
    """

    id: str
    status: JobCanceledStatus

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("id", "id", _reading.STRING, required=True),
            _reading.Field("status", "status", _reading.EnumOf(JobCanceledStatus), required=True),
        )
