# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define
from attrs import field as _field

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class JobMetadata(_reading.Model):
    """The submitter's own notes, kept and given back unread; names have up to 40 characters."""

    additional_properties: dict[str, str] = _field(init=False, factory=dict)

    def __getitem__(self, key: str) -> str:
        return self.additional_properties[key]

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            additional=_reading.STRING,
        )
