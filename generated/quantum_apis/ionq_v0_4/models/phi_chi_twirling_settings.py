# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class PhiChiTwirlingSettings(_reading.Model):
    """Settings of phi-chi twirling, which the vendor names and does not explain.

    Attributes:
        p2q (float | Unset): The setting of this name.
        t1q (float | Unset): The setting of this name.
        t2q (float | Unset): The setting of this name.
    """

    p2q: float | Unset = UNSET
    t1q: float | Unset = UNSET
    t2q: float | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("p2q", "p2q", _reading.NUMBER),
            _reading.Field("t1q", "t1q", _reading.NUMBER),
            _reading.Field("t2q", "t2q", _reading.NUMBER),
        )
