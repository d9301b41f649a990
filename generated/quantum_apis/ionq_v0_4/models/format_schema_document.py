# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class FormatSchemaDocument(_reading.Model):
    """JSON Schema of an artifact format.

    Attributes:
        schema (str): Version of JSON Schema.
        id (str): Name of the format.
        type_ (str): JSON type of the content.
        description (str | Unset): What the format is for.
    """

    schema: str
    id: str
    type_: str
    description: str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("schema", "$schema", _reading.STRING, required=True),
            _reading.Field("id", "$id", _reading.STRING, required=True),
            _reading.Field("type_", "type", _reading.STRING, required=True),
            _reading.Field("description", "description", _reading.STRING),
        )
