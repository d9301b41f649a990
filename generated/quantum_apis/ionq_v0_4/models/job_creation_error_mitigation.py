# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class JobCreationErrorMitigation(_reading.Model):
    """Error mitigation of a new job; debiasing needs at least 500 shots.

    Attributes:
        debiasing (bool | Unset): Whether the circuit is run in variants whose errors differ; it takes 500 shots
            or more.
        symmetry_verification (bool | Unset): Whether symmetry verification is used.
    """

    debiasing: bool | Unset = UNSET
    symmetry_verification: bool | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("debiasing", "debiasing", _reading.BOOLEAN),
            _reading.Field("symmetry_verification", "symmetry_verification", _reading.BOOLEAN),
        )
