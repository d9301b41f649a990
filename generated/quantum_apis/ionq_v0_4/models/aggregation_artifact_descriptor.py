# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.result_format_histogram_v2 import ResultFormatHistogramV2


@_define(eq=False, repr=False)
class AggregationArtifactDescriptor(_reading.Model):
    """Where a histogram combined from all variants is to be had.

    Attributes:
        id (str): Id to fetch the artifact by.
        format_ (ResultFormatHistogramV2): Id of the artifact's format.
        media_type (str): Media type of the artifact, such as application/json.
    """

    id: str
    format_: ResultFormatHistogramV2
    media_type: str

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("id", "id", _reading.STRING, required=True),
            _reading.Field("format_", "format", _reading.EnumOf(ResultFormatHistogramV2), required=True),
            _reading.Field("media_type", "media_type", _reading.STRING, required=True),
        )
