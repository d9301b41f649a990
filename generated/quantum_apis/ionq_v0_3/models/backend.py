# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.backend_status import BackendStatus
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class Backend(_reading.Model):
    """A target that can run jobs.

    Attributes:
        backend (str): Name of the target, as a job gives it.
        status (BackendStatus): Whether it runs jobs at the moment.
        average_queue_time (float): How long a job waits at present, in milliseconds.
        last_updated (int): When the status was last renewed, in seconds since the Unix epoch.
        characterization_url (str | Unset): Path of its newest characterization, from the API's base.
        degraded (bool | Unset): Whether it runs below its usual quality.
        has_access (bool | Unset): Whether the key may use this backend.
        noise_models (list[str] | Unset): Noise models that the simulator offers.
        qubits (int | Unset): Number of qubits.
    """

    backend: str
    status: BackendStatus
    average_queue_time: float
    last_updated: int
    characterization_url: str | Unset = UNSET
    degraded: bool | Unset = UNSET
    has_access: bool | Unset = UNSET
    noise_models: list[str] | Unset = UNSET
    qubits: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("backend", "backend", _reading.STRING, required=True),
            _reading.Field("status", "status", _reading.EnumOf(BackendStatus), required=True),
            _reading.Field("average_queue_time", "average_queue_time", _reading.NUMBER, required=True),
            _reading.Field("last_updated", "last_updated", _reading.INTEGER, required=True),
            _reading.Field("characterization_url", "characterization_url", _reading.STRING),
            _reading.Field("degraded", "degraded", _reading.BOOLEAN),
            _reading.Field("has_access", "has_access", _reading.BOOLEAN),
            _reading.Field("noise_models", "noise_models", _reading.ListOf(_reading.STRING)),
            _reading.Field("qubits", "qubits", _reading.INTEGER),
        )
