# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.gate_fidelity import GateFidelity
    from ..models.spam_fidelity import SpamFidelity


@_define(eq=False, repr=False)
class CharacterizationFidelity(_reading.Model):
    """Fidelities of operations.

    Attributes:
        spam (SpamFidelity): Fidelity of state preparation and measurement.
        field_1q (GateFidelity | Unset): Fidelity of one-qubit gates.
        field_2q (GateFidelity | Unset): Fidelity of two-qubit gates.
    """

    spam: SpamFidelity
    field_1q: GateFidelity | Unset = UNSET
    field_2q: GateFidelity | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.gate_fidelity import GateFidelity
        from ..models.spam_fidelity import SpamFidelity

        return _reading.Shape(
            _reading.Field("spam", "spam", _reading.ModelOf(SpamFidelity), required=True),
            _reading.Field("field_1q", "1q", _reading.ModelOf(GateFidelity)),
            _reading.Field("field_2q", "2q", _reading.ModelOf(GateFidelity)),
        )
