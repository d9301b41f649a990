# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class Noise(_reading.Model):
    """Noise that the simulator adds.

    Attributes:
        model (str): Name of a noise model, such as ideal, harmony, aria-1 or forte-1.
        seed (int | None | Unset): Seed of the noise.
    """

    model: str
    seed: int | None | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("model", "model", _reading.STRING, required=True),
            _reading.Field("seed", "seed", _reading.INTEGER),
        )
