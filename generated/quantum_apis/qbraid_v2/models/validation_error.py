# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class ValidationError(_reading.Model):
    """One thing that is wrong with a request.

    Attributes:
        loc (list[int | str]): Where in the request it is.
        msg (str): What is wrong, for people.
        type_ (str): Kind of error.
    """

    loc: list[int | str]
    msg: str
    type_: str

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field(
                "loc", "loc", _reading.ListOf(_reading.UnionOf(_reading.STRING, _reading.INTEGER)), required=True
            ),
            _reading.Field("msg", "msg", _reading.STRING, required=True),
            _reading.Field("type_", "type", _reading.STRING, required=True),
        )
