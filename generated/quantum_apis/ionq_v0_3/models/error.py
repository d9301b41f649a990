# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class Error(_reading.Model):
    """Body of an answer that reports an error.

    Attributes:
        error (str): Name of the status.
        message (str): What is wrong, in words.
        status_code (int): The HTTP status once more.
    """

    error: str
    message: str
    status_code: int

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("error", "error", _reading.STRING, required=True),
            _reading.Field("message", "message", _reading.STRING, required=True),
            _reading.Field("status_code", "statusCode", _reading.INTEGER, required=True),
        )
