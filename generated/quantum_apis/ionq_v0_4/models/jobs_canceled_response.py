# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.jobs_canceled_response_status import JobsCanceledResponseStatus


@_define(eq=False, repr=False)
class JobsCanceledResponse(_reading.Model):
    """Jobs that are being cancelled.

    Attributes:
        ids (list[str]): Ids of the jobs. Example: ['617a1f8b-59d4-435d-aa33-695433d7155e',
            '617a1f8b-59d4-435d-aa33-695433d7155f'].
        status (JobsCanceledResponseStatus): Where all of these jobs stand.
    """

    ids: list[str]
    status: JobsCanceledResponseStatus

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("ids", "ids", _reading.ListOf(_reading.STRING), required=True),
            _reading.Field("status", "status", _reading.EnumOf(JobsCanceledResponseStatus), required=True),
        )
