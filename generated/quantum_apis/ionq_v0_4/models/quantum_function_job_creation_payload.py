# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.quantum_function_job_creation_payload_type import QuantumFunctionJobCreationPayloadType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.generic_quantum_function_input import GenericQuantumFunctionInput
    from ..models.hamiltonian_energy_input import HamiltonianEnergyInput
    from ..models.job_metadata import JobMetadata
    from ..models.quantum_function_job_creation_settings import QuantumFunctionJobCreationSettings


@_define(eq=False, repr=False)
class QuantumFunctionJobCreationPayload(_reading.Model):
    """A job that evaluates a function.

    Attributes:
        backend (str): Name of the backend to run on.
        type_ (QuantumFunctionJobCreationPayloadType): Kind of job; it decides what `input` looks like.
        input_ (GenericQuantumFunctionInput | HamiltonianEnergyInput): What is to be run.
        dry_run (bool | Unset): True to have the job checked and priced only.
        metadata (JobMetadata | Unset): Texts of one's own, which come back with the job.
        name (str | Unset): A name of one's own, which comes back with the job.
        session_id (str | Unset): Id of the session to run in.
        settings (QuantumFunctionJobCreationSettings | Unset): How to compile the job, and which errors to
            mitigate.
        shots (int | Unset): How often each circuit is run.
    """

    backend: str
    type_: QuantumFunctionJobCreationPayloadType
    input_: GenericQuantumFunctionInput | HamiltonianEnergyInput
    dry_run: bool | Unset = UNSET
    metadata: JobMetadata | Unset = UNSET
    name: str | Unset = UNSET
    session_id: str | Unset = UNSET
    settings: QuantumFunctionJobCreationSettings | Unset = UNSET
    shots: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.generic_quantum_function_input import GenericQuantumFunctionInput
        from ..models.hamiltonian_energy_input import HamiltonianEnergyInput
        from ..models.job_metadata import JobMetadata
        from ..models.quantum_function_job_creation_settings import QuantumFunctionJobCreationSettings

        return _reading.Shape(
            _reading.Field("backend", "backend", _reading.STRING, required=True),
            _reading.Field("type_", "type", _reading.EnumOf(QuantumFunctionJobCreationPayloadType), required=True),
            _reading.Field(
                "input_",
                "input",
                _reading.UnionOf(
                    _reading.ModelOf(HamiltonianEnergyInput), _reading.ModelOf(GenericQuantumFunctionInput)
                ),
                required=True,
            ),
            _reading.Field("dry_run", "dry_run", _reading.BOOLEAN),
            _reading.Field("metadata", "metadata", _reading.ModelOf(JobMetadata)),
            _reading.Field("name", "name", _reading.STRING),
            _reading.Field("session_id", "session_id", _reading.STRING),
            _reading.Field("settings", "settings", _reading.ModelOf(QuantumFunctionJobCreationSettings)),
            _reading.Field("shots", "shots", _reading.INTEGER),
        )
