# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading

if TYPE_CHECKING:
    from ..models.failed_deletions import FailedDeletions


@_define(eq=False, repr=False)
class DeletedJobs(_reading.Model):
    """Outcome of a bulk deletion.

    Attributes:
        successful_ids (list[str]): QRNs of the jobs that were deleted.
        failed_ids (FailedDeletions): Why jobs were not deleted, by their ids.
    """

    successful_ids: list[str]
    failed_ids: FailedDeletions

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.failed_deletions import FailedDeletions

        return _reading.Shape(
            _reading.Field("successful_ids", "successfulIds", _reading.ListOf(_reading.STRING), required=True),
            _reading.Field("failed_ids", "failedIds", _reading.ModelOf(FailedDeletions), required=True),
        )
