# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class Failure(_reading.Model):
    """Why a job failed.

    Attributes:
        code (str | Unset): Kind of failure; seen are BillingError, CompilationError, ContractExpiredError,
            DebiasingError, InternalError, NotEnoughQubits, OptimizationError, PreflightError and internal_error, and
            there are more.
        error (str | Unset): What went wrong, in words.
        message (str | Unset): What went wrong, in words, under its newer name.
    """

    code: str | Unset = UNSET
    error: str | Unset = UNSET
    message: str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("code", "code", _reading.STRING),
            _reading.Field("error", "error", _reading.STRING),
            _reading.Field("message", "message", _reading.STRING),
        )
