# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class SymmetryVerificationOutput(_reading.Model):
    """What symmetry verification has done.

    Attributes:
        applied (bool | Unset): Whether it was applied.
        num_allowed_states (float | Unset): Number of states that it allows.
    """

    applied: bool | Unset = UNSET
    num_allowed_states: float | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("applied", "applied", _reading.BOOLEAN),
            _reading.Field("num_allowed_states", "num_allowed_states", _reading.NUMBER),
        )
