# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class JobSettings(_reading.Model):
    """How the service compiles and runs a job; its keys are not documented."""

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape()
