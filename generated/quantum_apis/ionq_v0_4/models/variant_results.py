# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define
from attrs import field as _field

from ..._runtime import reading as _reading

if TYPE_CHECKING:
    from ..models.artifact_descriptor import ArtifactDescriptor
    from ..models.result_url import ResultUrl


@_define(eq=False, repr=False)
class VariantResults(_reading.Model):
    """Results of one variant by name of their format."""

    additional_properties: dict[str, ArtifactDescriptor | ResultUrl] = _field(init=False, factory=dict)

    def __getitem__(self, key: str) -> ArtifactDescriptor | ResultUrl:
        return self.additional_properties[key]

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.artifact_descriptor import ArtifactDescriptor
        from ..models.result_url import ResultUrl

        return _reading.Shape(
            additional=_reading.UnionOf(_reading.ModelOf(ArtifactDescriptor), _reading.ModelOf(ResultUrl)),
        )
