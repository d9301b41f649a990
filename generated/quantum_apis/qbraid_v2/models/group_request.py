# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.job_metadata import JobMetadata
    from ..models.job_tags import JobTags


@_define(eq=False, repr=False)
class GroupRequest(_reading.Model):
    """A group to open.

    Attributes:
        max_ttl (int | Unset): Seconds after which an open group closes by itself.
        metadata (JobMetadata | Unset): Values of one's own.
        name (str | Unset): A name of one's own.
        tags (JobTags | Unset): Tags of one's own.
    """

    max_ttl: int | Unset = UNSET
    metadata: JobMetadata | Unset = UNSET
    name: str | Unset = UNSET
    tags: JobTags | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.job_metadata import JobMetadata
        from ..models.job_tags import JobTags

        return _reading.Shape(
            _reading.Field("max_ttl", "maxTTL", _reading.INTEGER),
            _reading.Field("metadata", "metadata", _reading.ModelOf(JobMetadata)),
            _reading.Field("name", "name", _reading.STRING),
            _reading.Field("tags", "tags", _reading.ModelOf(JobTags)),
        )
