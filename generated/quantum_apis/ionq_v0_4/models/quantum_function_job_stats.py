# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class QuantumFunctionJobStats(_reading.Model):
    """Figures of a function's job; their form depends on the function."""

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape()
