# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.compiled_circuits import CompiledCircuits


@_define(eq=False, repr=False)
class CompilationOutput(_reading.Model):
    """What the compiler has made of a job's circuits.

    Attributes:
        compiled_circuits (CompiledCircuits | Unset): Where the compiled circuits are, by format.
    """

    compiled_circuits: CompiledCircuits | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.compiled_circuits import CompiledCircuits

        return _reading.Shape(
            _reading.Field("compiled_circuits", "compiled_circuits", _reading.ModelOf(CompiledCircuits)),
        )
