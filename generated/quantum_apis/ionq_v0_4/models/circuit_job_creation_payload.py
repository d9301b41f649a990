# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.circuit_job_creation_payload_type import CircuitJobCreationPayloadType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.job_creation_settings import JobCreationSettings
    from ..models.job_metadata import JobMetadata
    from ..models.native_circuit_input import NativeCircuitInput
    from ..models.noise import Noise
    from ..models.qasm_3_circuit_input import Qasm3CircuitInput
    from ..models.qis_circuit_input import QisCircuitInput


@_define(eq=False, repr=False)
class CircuitJobCreationPayload(_reading.Model):
    """A job of one circuit.

    Attributes:
        backend (str): Name of the backend to run on.
        type_ (CircuitJobCreationPayloadType): Kind of job; it decides what `input` looks like.
        input_ (NativeCircuitInput | Qasm3CircuitInput | QisCircuitInput): What is to be run.
        dry_run (bool | Unset): True to have the job checked and priced only.
        metadata (JobMetadata | Unset): Texts of one's own, which come back with the job.
        name (str | Unset): A name of one's own, which comes back with the job.
        noise (Noise | Unset): The noise to simulate; on simulators only.
        session_id (str | Unset): Id of the session to run in.
        settings (JobCreationSettings | Unset): How to compile the job, and which errors to mitigate.
        shots (int | Unset): Without effect on the ideal simulator.
    """

    backend: str
    type_: CircuitJobCreationPayloadType
    input_: NativeCircuitInput | Qasm3CircuitInput | QisCircuitInput
    dry_run: bool | Unset = UNSET
    metadata: JobMetadata | Unset = UNSET
    name: str | Unset = UNSET
    noise: Noise | Unset = UNSET
    session_id: str | Unset = UNSET
    settings: JobCreationSettings | Unset = UNSET
    shots: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.job_creation_settings import JobCreationSettings
        from ..models.job_metadata import JobMetadata
        from ..models.native_circuit_input import NativeCircuitInput
        from ..models.noise import Noise
        from ..models.qasm_3_circuit_input import Qasm3CircuitInput
        from ..models.qis_circuit_input import QisCircuitInput

        return _reading.Shape(
            _reading.Field("backend", "backend", _reading.STRING, required=True),
            _reading.Field("type_", "type", _reading.EnumOf(CircuitJobCreationPayloadType), required=True),
            _reading.Field(
                "input_",
                "input",
                _reading.UnionOf(
                    _reading.ModelOf(QisCircuitInput),
                    _reading.ModelOf(NativeCircuitInput),
                    _reading.ModelOf(Qasm3CircuitInput),
                ),
                required=True,
            ),
            _reading.Field("dry_run", "dry_run", _reading.BOOLEAN),
            _reading.Field("metadata", "metadata", _reading.ModelOf(JobMetadata)),
            _reading.Field("name", "name", _reading.STRING),
            _reading.Field("noise", "noise", _reading.ModelOf(Noise)),
            _reading.Field("session_id", "session_id", _reading.STRING),
            _reading.Field("settings", "settings", _reading.ModelOf(JobCreationSettings)),
            _reading.Field("shots", "shots", _reading.INTEGER),
        )
