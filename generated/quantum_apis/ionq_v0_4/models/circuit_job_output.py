# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.compilation_output import CompilationOutput
    from ..models.error_mitigation_output import ErrorMitigationOutput


@_define(eq=False, repr=False)
class CircuitJobOutput(_reading.Model):
    """What was made on the way to the results.

    Attributes:
        compilation (CompilationOutput | Unset): The compiled circuits.
        error_mitigation (ErrorMitigationOutput | Unset): What error mitigation did.
    """

    compilation: CompilationOutput | Unset = UNSET
    error_mitigation: ErrorMitigationOutput | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.compilation_output import CompilationOutput
        from ..models.error_mitigation_output import ErrorMitigationOutput

        return _reading.Shape(
            _reading.Field("compilation", "compilation", _reading.ModelOf(CompilationOutput)),
            _reading.Field("error_mitigation", "error_mitigation", _reading.ModelOf(ErrorMitigationOutput)),
        )
