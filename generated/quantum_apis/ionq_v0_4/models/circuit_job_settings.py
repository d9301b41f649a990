# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.circuit_job_compilation_settings import CircuitJobCompilationSettings
    from ..models.circuit_job_error_mitigation_settings import CircuitJobErrorMitigationSettings


@_define(eq=False, repr=False)
class CircuitJobSettings(_reading.Model):
    """How the circuits of a job are run.

    Attributes:
        compilation (CircuitJobCompilationSettings | Unset): How circuits are compiled.
        error_mitigation (CircuitJobErrorMitigationSettings | Unset): Which errors are mitigated.
    """

    compilation: CircuitJobCompilationSettings | Unset = UNSET
    error_mitigation: CircuitJobErrorMitigationSettings | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.circuit_job_compilation_settings import CircuitJobCompilationSettings
        from ..models.circuit_job_error_mitigation_settings import CircuitJobErrorMitigationSettings

        return _reading.Shape(
            _reading.Field("compilation", "compilation", _reading.ModelOf(CircuitJobCompilationSettings)),
            _reading.Field("error_mitigation", "error_mitigation", _reading.ModelOf(CircuitJobErrorMitigationSettings)),
        )
