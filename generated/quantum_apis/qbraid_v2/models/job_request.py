# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.job_tags import JobTags
    from ..models.program import Program
    from ..models.runtime_options import RuntimeOptions


@_define(eq=False, repr=False)
class JobRequest(_reading.Model):
    """A job to submit.

    Attributes:
        device_qrn (str): Resource name of the device.
        program (list[Program] | Program): The program to run, or several of them.
        group_job_qrn (None | str | Unset): Resource name of the open group to put the job into.
        name (None | str | Unset): Name of the job, for people.
        runtime_options (RuntimeOptions | Unset): Options of the device.
        shots (int | None | Unset): How often the program is run; null where a device has no shots.
        tags (JobTags | Unset): Tags of one's own, by which jobs are found.
    """

    device_qrn: str
    program: list[Program] | Program
    group_job_qrn: None | str | Unset = UNSET
    name: None | str | Unset = UNSET
    runtime_options: RuntimeOptions | Unset = UNSET
    shots: int | None | Unset = UNSET
    tags: JobTags | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.job_tags import JobTags
        from ..models.program import Program
        from ..models.runtime_options import RuntimeOptions

        return _reading.Shape(
            _reading.Field("device_qrn", "deviceQrn", _reading.STRING, required=True),
            _reading.Field(
                "program",
                "program",
                _reading.UnionOf(_reading.ModelOf(Program), _reading.ListOf(_reading.ModelOf(Program))),
                required=True,
            ),
            _reading.Field("group_job_qrn", "groupJobQrn", _reading.STRING),
            _reading.Field("name", "name", _reading.STRING),
            _reading.Field("runtime_options", "runtimeOptions", _reading.ModelOf(RuntimeOptions)),
            _reading.Field("shots", "shots", _reading.INTEGER),
            _reading.Field("tags", "tags", _reading.ModelOf(JobTags)),
        )
