# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.error_info import ErrorInfo
    from ..models.validation_error import ValidationError


@_define(eq=False, repr=False)
class ErrorDetail(_reading.Model):
    """Body of an error, in either of the service's two forms.

    Attributes:
        detail (list[ValidationError] | str | Unset): What went wrong, as a text or as a list of what is wrong
            with the request.
        error (ErrorInfo | Unset): The error's code and details.
        message (str | Unset): What went wrong.
        success (bool | Unset): Whether the request did what it was for.
    """

    detail: list[ValidationError] | str | Unset = UNSET
    error: ErrorInfo | Unset = UNSET
    message: str | Unset = UNSET
    success: bool | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.error_info import ErrorInfo
        from ..models.validation_error import ValidationError

        return _reading.Shape(
            _reading.Field(
                "detail",
                "detail",
                _reading.UnionOf(_reading.STRING, _reading.ListOf(_reading.ModelOf(ValidationError))),
            ),
            _reading.Field("error", "error", _reading.ModelOf(ErrorInfo)),
            _reading.Field("message", "message", _reading.STRING),
            _reading.Field("success", "success", _reading.BOOLEAN),
        )
