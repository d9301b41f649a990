# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class ArtifactDescriptor(_reading.Model):
    """Where the content of an artifact is to be had, and in which format.

    Attributes:
        id (str): Id for the artifact endpoint.
        format_ (str): Name of the format.
        media_type (str): Media type of the artifact, such as application/json.
    """

    id: str
    format_: str
    media_type: str

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("id", "id", _reading.STRING, required=True),
            _reading.Field("format_", "format", _reading.STRING, required=True),
            _reading.Field("media_type", "media_type", _reading.STRING, required=True),
        )
