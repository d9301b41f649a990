# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class Ansatz(_reading.Model):
    """A circuit with parameters.

    Attributes:
        data (str): The parameterised circuit as OpenQASM 3.
    """

    data: str

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("data", "data", _reading.STRING, required=True),
        )
