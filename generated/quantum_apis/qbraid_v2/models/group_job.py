# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.group_status import GroupStatus
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.job_metadata import JobMetadata
    from ..models.job_tags import JobTags
    from ..models.time_stamps import TimeStamps


@_define(eq=False, repr=False)
class GroupJob(_reading.Model):
    """A group of jobs.

    Attributes:
        group_job_qrn (str): Resource name of the group.
        status (GroupStatus): Where the group stands.
        cancelled_count (int | Unset): How many of its jobs were cancelled.
        completed_count (int | Unset): How many of its jobs were completed.
        failed_count (int | Unset): How many of its jobs failed.
        job_count (int | Unset): How many jobs it has.
        max_ttl (int | None | Unset): Seconds after which an open group closes by itself.
        metadata (JobMetadata | Unset): Values of one's own.
        name (None | str | Unset): A name of one's own.
        organization_user_id (None | str | Unset): Id of its owner in the organization.
        tags (JobTags | Unset): Tags of one's own.
        time_stamps (None | TimeStamps | Unset): When it was made and when it ended.
        total_cost (float | None | str | Unset): Sum of the prices, in credits.
        total_estimated_cost (float | None | str | Unset): Sum of the expected prices, in credits.
    """

    group_job_qrn: str
    status: GroupStatus
    cancelled_count: int | Unset = UNSET
    completed_count: int | Unset = UNSET
    failed_count: int | Unset = UNSET
    job_count: int | Unset = UNSET
    max_ttl: int | None | Unset = UNSET
    metadata: JobMetadata | Unset = UNSET
    name: None | str | Unset = UNSET
    organization_user_id: None | str | Unset = UNSET
    tags: JobTags | Unset = UNSET
    time_stamps: None | TimeStamps | Unset = UNSET
    total_cost: float | None | str | Unset = UNSET
    total_estimated_cost: float | None | str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.job_metadata import JobMetadata
        from ..models.job_tags import JobTags
        from ..models.time_stamps import TimeStamps

        return _reading.Shape(
            _reading.Field("group_job_qrn", "groupJobQrn", _reading.STRING, required=True),
            _reading.Field("status", "status", _reading.EnumOf(GroupStatus), required=True),
            _reading.Field("cancelled_count", "cancelledCount", _reading.INTEGER),
            _reading.Field("completed_count", "completedCount", _reading.INTEGER),
            _reading.Field("failed_count", "failedCount", _reading.INTEGER),
            _reading.Field("job_count", "jobCount", _reading.INTEGER),
            _reading.Field("max_ttl", "maxTTL", _reading.INTEGER),
            _reading.Field("metadata", "metadata", _reading.ModelOf(JobMetadata)),
            _reading.Field("name", "name", _reading.STRING),
            _reading.Field("organization_user_id", "organizationUserId", _reading.STRING),
            _reading.Field("tags", "tags", _reading.ModelOf(JobTags)),
            _reading.Field("time_stamps", "timeStamps", _reading.ModelOf(TimeStamps)),
            _reading.Field("total_cost", "totalCost", _reading.UnionOf(_reading.NUMBER, _reading.STRING)),
            _reading.Field(
                "total_estimated_cost", "totalEstimatedCost", _reading.UnionOf(_reading.NUMBER, _reading.STRING)
            ),
        )
