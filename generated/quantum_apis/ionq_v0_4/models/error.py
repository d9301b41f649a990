# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class Error(_reading.Model):
    """Body of an answer that reports an error.

    Attributes:
        status_code (int): The HTTP status once more.
        error (str): Kind of the error in a few words.
        message (str): What went wrong.
    """

    status_code: int
    error: str
    message: str

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("status_code", "statusCode", _reading.INTEGER, required=True),
            _reading.Field("error", "error", _reading.STRING, required=True),
            _reading.Field("message", "message", _reading.STRING, required=True),
        )
