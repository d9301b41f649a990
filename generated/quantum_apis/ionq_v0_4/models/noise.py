# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class Noise(_reading.Model):
    """How the simulator imitates the noise of a QPU.

    Attributes:
        model (str): Name of the noise model; ideal is none.
        seed (int | Unset): Makes the random numbers of a simulation the same each time.
    """

    model: str
    seed: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("model", "model", _reading.STRING, required=True),
            _reading.Field("seed", "seed", _reading.INTEGER),
        )
