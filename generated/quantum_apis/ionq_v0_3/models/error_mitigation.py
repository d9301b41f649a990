# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class ErrorMitigation(_reading.Model):
    """Which errors are mitigated.

    Attributes:
        debias (bool | Unset): Run the circuit in several equivalent forms.
    """

    debias: bool | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("debias", "debias", _reading.BOOLEAN),
        )
