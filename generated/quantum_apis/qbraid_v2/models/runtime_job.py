# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.experiment_type import ExperimentType
from ..models.job_status import JobStatus
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.job_device import JobDevice
    from ..models.job_metadata import JobMetadata
    from ..models.job_provider import JobProvider
    from ..models.job_tags import JobTags
    from ..models.runtime_options import RuntimeOptions
    from ..models.time_stamps import TimeStamps


@_define(eq=False, repr=False)
class RuntimeJob(_reading.Model):
    """A job.

    Attributes:
        device_qrn (str): Resource name of the device.
        job_qrn (str): Resource name of the job.
        vendor (str): Whose cloud runs the job.
        provider (JobProvider | str): Whose device runs the job.
        status (JobStatus): Where the job stands.
        experiment_type (ExperimentType): Kind of experiment.
        estimated_cost (float | None | str): Price in credits that was expected.
        batch_job_qrn (None | str | Unset): Resource name of the batch that the job is in.
        cost (float | None | str | Unset): Price in credits; one credit is 0.01 USD.
        created_at (datetime.datetime | Unset): When the job was recorded, which is not always what timeStamps
            says.
        device (JobDevice | Unset): The device that the job is for.
        group_job_qrn (None | str | Unset): Resource name of the group that the job is in.
        metadata (JobMetadata | Unset): What the service notes of the job.
        name (None | str | Unset): Name of the job, for people.
        num_circuits (int | Unset): How many programs the job holds.
        queue_position (int | None | Unset): Place in the device's queue.
        runtime_options (RuntimeOptions | Unset): Options of the device.
        shots (int | None | Unset): How often the program is run; null where a device has no shots.
        status_msg (None | str | Unset): More about the status, for people.
        tags (JobTags | Unset): Tags of one's own, by which jobs are found.
        time_stamps (None | TimeStamps | Unset): When the job was made and when it ended.
        updated_at (datetime.datetime | Unset): When the job last changed.
    """

    device_qrn: str
    job_qrn: str
    vendor: str
    provider: JobProvider | str
    status: JobStatus
    experiment_type: ExperimentType
    estimated_cost: float | None | str
    batch_job_qrn: None | str | Unset = UNSET
    cost: float | None | str | Unset = UNSET
    created_at: datetime.datetime | Unset = UNSET
    device: JobDevice | Unset = UNSET
    group_job_qrn: None | str | Unset = UNSET
    metadata: JobMetadata | Unset = UNSET
    name: None | str | Unset = UNSET
    num_circuits: int | Unset = UNSET
    queue_position: int | None | Unset = UNSET
    runtime_options: RuntimeOptions | Unset = UNSET
    shots: int | None | Unset = UNSET
    status_msg: None | str | Unset = UNSET
    tags: JobTags | Unset = UNSET
    time_stamps: None | TimeStamps | Unset = UNSET
    updated_at: datetime.datetime | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.job_device import JobDevice
        from ..models.job_metadata import JobMetadata
        from ..models.job_provider import JobProvider
        from ..models.job_tags import JobTags
        from ..models.runtime_options import RuntimeOptions
        from ..models.time_stamps import TimeStamps

        return _reading.Shape(
            _reading.Field("device_qrn", "deviceQrn", _reading.STRING, required=True),
            _reading.Field("job_qrn", "jobQrn", _reading.STRING, required=True),
            _reading.Field("vendor", "vendor", _reading.STRING, required=True),
            _reading.Field(
                "provider", "provider", _reading.UnionOf(_reading.STRING, _reading.ModelOf(JobProvider)), required=True
            ),
            _reading.Field("status", "status", _reading.EnumOf(JobStatus), required=True),
            _reading.Field("experiment_type", "experimentType", _reading.EnumOf(ExperimentType), required=True),
            _reading.Field(
                "estimated_cost", "estimatedCost", _reading.UnionOf(_reading.NUMBER, _reading.STRING), required=True
            ),
            _reading.Field("batch_job_qrn", "batchJobQrn", _reading.STRING),
            _reading.Field("cost", "cost", _reading.UnionOf(_reading.NUMBER, _reading.STRING)),
            _reading.Field("created_at", "createdAt", _reading.DATE_TIME),
            _reading.Field("device", "device", _reading.ModelOf(JobDevice)),
            _reading.Field("group_job_qrn", "groupJobQrn", _reading.STRING),
            _reading.Field("metadata", "metadata", _reading.ModelOf(JobMetadata)),
            _reading.Field("name", "name", _reading.STRING),
            _reading.Field("num_circuits", "numCircuits", _reading.INTEGER),
            _reading.Field("queue_position", "queuePosition", _reading.INTEGER),
            _reading.Field("runtime_options", "runtimeOptions", _reading.ModelOf(RuntimeOptions)),
            _reading.Field("shots", "shots", _reading.INTEGER),
            _reading.Field("status_msg", "statusMsg", _reading.STRING),
            _reading.Field("tags", "tags", _reading.ModelOf(JobTags)),
            _reading.Field("time_stamps", "timeStamps", _reading.ModelOf(TimeStamps)),
            _reading.Field("updated_at", "updatedAt", _reading.DATE_TIME),
        )
