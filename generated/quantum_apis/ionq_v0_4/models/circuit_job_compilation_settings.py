# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class CircuitJobCompilationSettings(_reading.Model):
    """How a job's circuits are compiled.

    Attributes:
        gate_basis (str | Unset): The gates to compile to.
        opt (float | Unset): The compiler's setting for optimization.
        precision (str | Unset): The compiler's setting for precision.
        service_version (str | Unset): Version of the service that compiles.
    """

    gate_basis: str | Unset = UNSET
    opt: float | Unset = UNSET
    precision: str | Unset = UNSET
    service_version: str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("gate_basis", "gate_basis", _reading.STRING),
            _reading.Field("opt", "opt", _reading.NUMBER),
            _reading.Field("precision", "precision", _reading.STRING),
            _reading.Field("service_version", "service_version", _reading.STRING),
        )
