# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define
from attrs import field as _field

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class JobTags(_reading.Model):
    """Labels of a job or group, to find it by."""

    additional_properties: dict[str, bool | int | str] = _field(init=False, factory=dict)

    def __getitem__(self, key: str) -> bool | int | str:
        return self.additional_properties[key]

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            additional=_reading.UnionOf(_reading.STRING, _reading.INTEGER, _reading.BOOLEAN),
        )
