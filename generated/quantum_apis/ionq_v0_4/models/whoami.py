# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from uuid import UUID

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class Whoami(_reading.Model):
    """The API key that a request was made with.

    Attributes:
        key_id (UUID): Id of the key. Example: e060759f-4348-4767-a645-8c0301265791.
        key_name (str): Name of the key. Example: My First Key.
        project_id (UUID | Unset): Id of the project that the key belongs to. Example:
            944904d6-2e30-4cfb-8bc4-04afaabcdd42.
    """

    key_id: UUID
    key_name: str
    project_id: UUID | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("key_id", "key_id", _reading.UUID, required=True),
            _reading.Field("key_name", "key_name", _reading.STRING, required=True),
            _reading.Field("project_id", "project_id", _reading.UUID),
        )
