# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.job_created_status import JobCreatedStatus
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class JobCreationResponse(_reading.Model):
    """A job that was taken.

    Attributes:
        id (str): Id of the new job.
        status (JobCreatedStatus): Where the job stands.
        request (int | Unset): When the job was submitted, in seconds since the Unix epoch.
    """

    id: str
    status: JobCreatedStatus
    request: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("id", "id", _reading.STRING, required=True),
            _reading.Field("status", "status", _reading.EnumOf(JobCreatedStatus), required=True),
            _reading.Field("request", "request", _reading.INTEGER),
        )
