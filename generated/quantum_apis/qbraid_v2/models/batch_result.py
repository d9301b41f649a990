# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.job_status import JobStatus

if TYPE_CHECKING:
    from ..models.result import Result
    from ..models.time_stamps import TimeStamps


@_define(eq=False, repr=False)
class BatchResult(_reading.Model):
    """Result of a job that holds several programs.

    Attributes:
        status (JobStatus): Where the job stands.
        cost (float | int | str): Price in credits; one credit is 0.01 USD.
        time_stamps (TimeStamps): When the job was taken and when it ended.
        results (list[Result]): One result for each program, in the order in which they were submitted.
    """

    status: JobStatus
    cost: float | int | str
    time_stamps: TimeStamps
    results: list[Result]

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.result import Result
        from ..models.time_stamps import TimeStamps

        return _reading.Shape(
            _reading.Field("status", "status", _reading.EnumOf(JobStatus), required=True),
            _reading.Field(
                "cost", "cost", _reading.UnionOf(_reading.INTEGER, _reading.NUMBER, _reading.STRING), required=True
            ),
            _reading.Field("time_stamps", "timeStamps", _reading.ModelOf(TimeStamps), required=True),
            _reading.Field("results", "results", _reading.ListOf(_reading.ModelOf(Result)), required=True),
        )
