# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.json_object import JsonObject


@_define(eq=False, repr=False)
class GenericQuantumFunctionInput(_reading.Model):
    """Any other function.

    Attributes:
        type_ (str): Kind of function.
        data (JsonObject): The function.
        params (list[float] | Unset): Values of its parameters.
    """

    type_: str
    data: JsonObject
    params: list[float] | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.json_object import JsonObject

        return _reading.Shape(
            _reading.Field("type_", "type", _reading.STRING, required=True),
            _reading.Field("data", "data", _reading.ModelOf(JsonObject), required=True),
            _reading.Field("params", "params", _reading.ListOf(_reading.NUMBER)),
        )
