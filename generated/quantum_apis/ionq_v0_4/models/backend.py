# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class Backend(_reading.Model):
    """A quantum computer or simulator that runs jobs.

    Attributes:
        backend (str): Its name: simulator, qpu.forte-1 or qpu.forte-enterprise-1. Example: qpu.forte-1.
        status (str): One of available, unavailable and retired.
        qubits (int): Number of its qubits. Example: 25.
        average_queue_time (float): How long jobs wait at present. Example: 1181215.
        last_updated (int | str): When its status was last determined. Example: 2025-06-16T00:00:00Z.
        characterization_id (str | Unset): Its newest characterization. Example:
            617a1f8b-59d4-435d-aa33-695433d7155e.
        degraded (bool | Unset): Whether it works below its usual quality.
        has_access (bool | Unset): Whether the key may use this backend.
        kw (float | Unset): Energy that it has used, in kWh. Example: 4902.81.
        location (str | Unset): Where it stands. Example: College Park, MD, USA.
        noise_models (list[str] | Unset): Noise models that the simulator offers.
        supported_error_mitigations (list[str] | Unset): Error mitigations that it offers. Example: ['debiasing'].
        supported_gates (list[str] | Unset): QIS gates that it takes. Example: ['x', 'y', 'z', 'h', 's', 'si',
            't', 'ti', 'v', 'vi', 'rx', 'ry', 'rz', 'cnot', 'swap', 'xx', 'yy', 'zz', 'not'].
        supported_native_gates (list[str] | Unset): Native gates that it takes. Example: ['gpi', 'gpi2', 'ms'].
    """

    backend: str
    status: str
    qubits: int
    average_queue_time: float
    last_updated: int | str
    characterization_id: str | Unset = UNSET
    degraded: bool | Unset = UNSET
    has_access: bool | Unset = UNSET
    kw: float | Unset = UNSET
    location: str | Unset = UNSET
    noise_models: list[str] | Unset = UNSET
    supported_error_mitigations: list[str] | Unset = UNSET
    supported_gates: list[str] | Unset = UNSET
    supported_native_gates: list[str] | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("backend", "backend", _reading.STRING, required=True),
            _reading.Field("status", "status", _reading.STRING, required=True),
            _reading.Field("qubits", "qubits", _reading.INTEGER, required=True),
            _reading.Field("average_queue_time", "average_queue_time", _reading.NUMBER, required=True),
            _reading.Field(
                "last_updated", "last_updated", _reading.UnionOf(_reading.STRING, _reading.INTEGER), required=True
            ),
            _reading.Field("characterization_id", "characterization_id", _reading.STRING),
            _reading.Field("degraded", "degraded", _reading.BOOLEAN),
            _reading.Field("has_access", "has_access", _reading.BOOLEAN),
            _reading.Field("kw", "kw", _reading.NUMBER),
            _reading.Field("location", "location", _reading.STRING),
            _reading.Field("noise_models", "noise_models", _reading.ListOf(_reading.STRING)),
            _reading.Field(
                "supported_error_mitigations", "supported_error_mitigations", _reading.ListOf(_reading.STRING)
            ),
            _reading.Field("supported_gates", "supported_gates", _reading.ListOf(_reading.STRING)),
            _reading.Field("supported_native_gates", "supported_native_gates", _reading.ListOf(_reading.STRING)),
        )
