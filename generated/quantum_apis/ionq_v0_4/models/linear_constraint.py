# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class LinearConstraint(_reading.Model):
    """The sum of coeffs times x is at most rhs.

    Attributes:
        coeffs (list[float]): Factors of the left-hand side.
        rhs (float): Right-hand side.
    """

    coeffs: list[float]
    rhs: float

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("coeffs", "coeffs", _reading.ListOf(_reading.NUMBER), required=True),
            _reading.Field("rhs", "rhs", _reading.NUMBER, required=True),
        )
