# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.failure_code import FailureCode


@_define(eq=False, repr=False)
class Failure(_reading.Model):
    """Why a job failed.

    Attributes:
        code (FailureCode): Kind of failure.
        message (str): What went wrong, for people.
    """

    code: FailureCode
    message: str

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("code", "code", _reading.EnumOf(FailureCode), required=True),
            _reading.Field("message", "message", _reading.STRING, required=True),
        )
