# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class GetJobEstimateContext(_reading.Model):
    """What an estimate was asked for.

    Attributes:
        backend (str): Name of the backend.
        organization (None | str): The organization whose prices hold; null for none.
        project (None | str): The project whose prices hold; null for none.
        field_1q_gates (int | Unset): Number of one-qubit gates.
        field_2q_gates (int | Unset): Number of two-qubit gates.
        error_mitigation (bool | Unset): Whether errors are mitigated.
        qubits (int | Unset): Number of qubits.
        shots (int | Unset): Number of shots.
        type_ (str | Unset): Kind of job.
    """

    backend: str
    organization: None | str
    project: None | str
    field_1q_gates: int | Unset = UNSET
    field_2q_gates: int | Unset = UNSET
    error_mitigation: bool | Unset = UNSET
    qubits: int | Unset = UNSET
    shots: int | Unset = UNSET
    type_: str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("backend", "backend", _reading.STRING, required=True),
            _reading.Field("organization", "organization", _reading.STRING, required=True),
            _reading.Field("project", "project", _reading.STRING, required=True),
            _reading.Field("field_1q_gates", "1q_gates", _reading.INTEGER),
            _reading.Field("field_2q_gates", "2q_gates", _reading.INTEGER),
            _reading.Field("error_mitigation", "error_mitigation", _reading.BOOLEAN),
            _reading.Field("qubits", "qubits", _reading.INTEGER),
            _reading.Field("shots", "shots", _reading.INTEGER),
            _reading.Field("type_", "type", _reading.STRING),
        )
