# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class ErrorInfo(_reading.Model):
    """An error's code and details.

    Attributes:
        balance (float | str | Unset): Credits that are there.
        code (str | Unset): Name of the error, such as NOT_FOUND or JOB_CANCEL_CONFLICT.
        message (str | Unset): What went wrong.
        min_required (float | str | Unset): Credits that must be there at least.
        needed (float | str | Unset): Credits that the job would need.
        request_id (str | Unset): Id of the request, for the vendor's support.
        timestamp (str | Unset): When it happened.
    """

    balance: float | str | Unset = UNSET
    code: str | Unset = UNSET
    message: str | Unset = UNSET
    min_required: float | str | Unset = UNSET
    needed: float | str | Unset = UNSET
    request_id: str | Unset = UNSET
    timestamp: str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("balance", "balance", _reading.UnionOf(_reading.NUMBER, _reading.STRING)),
            _reading.Field("code", "code", _reading.STRING),
            _reading.Field("message", "message", _reading.STRING),
            _reading.Field("min_required", "minRequired", _reading.UnionOf(_reading.NUMBER, _reading.STRING)),
            _reading.Field("needed", "needed", _reading.UnionOf(_reading.NUMBER, _reading.STRING)),
            _reading.Field("request_id", "requestId", _reading.STRING),
            _reading.Field("timestamp", "timestamp", _reading.STRING),
        )
