# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.qctrl_qaoa_job_creation_payload_type import QctrlQaoaJobCreationPayloadType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.job_metadata import JobMetadata
    from ..models.qctrl_external_settings import QctrlExternalSettings
    from ..models.qctrl_qaoa_job_input import QctrlQaoaJobInput
    from ..models.quantum_function_job_creation_settings import QuantumFunctionJobCreationSettings


@_define(eq=False, repr=False)
class QctrlQaoaJobCreationPayload(_reading.Model):
    """A job that solves an optimisation problem with Q-CTRL's QAOA solver.

    Attributes:
        backend (str): Name of the backend to run on.
        type_ (QctrlQaoaJobCreationPayloadType): Kind of job; it decides what `input` looks like.
        input_ (QctrlQaoaJobInput): What is to be run.
        external_settings (QctrlExternalSettings): The account at Q-CTRL that the job uses.
        dry_run (bool | Unset): True to have the job checked and priced only.
        metadata (JobMetadata | Unset): Texts of one's own, which come back with the job.
        name (str | Unset): A name of one's own, which comes back with the job.
        session_id (str | Unset): Id of the session to run in.
        settings (QuantumFunctionJobCreationSettings | Unset): How to compile the job, and which errors to
            mitigate.
        shots (int | Unset): How often each circuit is run.
    """

    backend: str
    type_: QctrlQaoaJobCreationPayloadType
    input_: QctrlQaoaJobInput
    external_settings: QctrlExternalSettings
    dry_run: bool | Unset = UNSET
    metadata: JobMetadata | Unset = UNSET
    name: str | Unset = UNSET
    session_id: str | Unset = UNSET
    settings: QuantumFunctionJobCreationSettings | Unset = UNSET
    shots: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.job_metadata import JobMetadata
        from ..models.qctrl_external_settings import QctrlExternalSettings
        from ..models.qctrl_qaoa_job_input import QctrlQaoaJobInput
        from ..models.quantum_function_job_creation_settings import QuantumFunctionJobCreationSettings

        return _reading.Shape(
            _reading.Field("backend", "backend", _reading.STRING, required=True),
            _reading.Field("type_", "type", _reading.EnumOf(QctrlQaoaJobCreationPayloadType), required=True),
            _reading.Field("input_", "input", _reading.ModelOf(QctrlQaoaJobInput), required=True),
            _reading.Field(
                "external_settings", "external_settings", _reading.ModelOf(QctrlExternalSettings), required=True
            ),
            _reading.Field("dry_run", "dry_run", _reading.BOOLEAN),
            _reading.Field("metadata", "metadata", _reading.ModelOf(JobMetadata)),
            _reading.Field("name", "name", _reading.STRING),
            _reading.Field("session_id", "session_id", _reading.STRING),
            _reading.Field("settings", "settings", _reading.ModelOf(QuantumFunctionJobCreationSettings)),
            _reading.Field("shots", "shots", _reading.INTEGER),
        )
