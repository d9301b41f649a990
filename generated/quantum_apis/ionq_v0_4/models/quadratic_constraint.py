# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class QuadraticConstraint(_reading.Model):
    """The quadratic form of x plus linear_coeff times x is at most rhs.

    Attributes:
        quadratic_coeff (list[list[float]]): Factors of the quadratic part.
        linear_coeff (list[float]): Factors of the linear part.
        rhs (float): Right-hand side.
    """

    quadratic_coeff: list[list[float]]
    linear_coeff: list[float]
    rhs: float

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field(
                "quadratic_coeff", "quadratic_coeff", _reading.ListOf(_reading.ListOf(_reading.NUMBER)), required=True
            ),
            _reading.Field("linear_coeff", "linear_coeff", _reading.ListOf(_reading.NUMBER), required=True),
            _reading.Field("rhs", "rhs", _reading.NUMBER, required=True),
        )
