# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.request_validation import RequestValidation


@_define(eq=False, repr=False)
class BadRequestError(_reading.Model):
    """Body of an answer to a request that is not valid.

    Attributes:
        status_code (int): The HTTP status once more.
        error (str): Kind of the error in a few words.
        message (str): What went wrong.
        validation (RequestValidation | Unset): Which fields of the request are wrong.
    """

    status_code: int
    error: str
    message: str
    validation: RequestValidation | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.request_validation import RequestValidation

        return _reading.Shape(
            _reading.Field("status_code", "statusCode", _reading.INTEGER, required=True),
            _reading.Field("error", "error", _reading.STRING, required=True),
            _reading.Field("message", "message", _reading.STRING, required=True),
            _reading.Field("validation", "validation", _reading.ModelOf(RequestValidation)),
        )
