# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quantum_function_job_creation_error_mitigation import QuantumFunctionJobCreationErrorMitigation


@_define(eq=False, repr=False)
class QuantumFunctionJobCreationSettings(_reading.Model):
    """How the circuits of a new function job are run.

    Attributes:
        error_mitigation (QuantumFunctionJobCreationErrorMitigation | Unset): Which errors are mitigated.
    """

    error_mitigation: QuantumFunctionJobCreationErrorMitigation | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.quantum_function_job_creation_error_mitigation import QuantumFunctionJobCreationErrorMitigation

        return _reading.Shape(
            _reading.Field(
                "error_mitigation", "error_mitigation", _reading.ModelOf(QuantumFunctionJobCreationErrorMitigation)
            ),
        )
