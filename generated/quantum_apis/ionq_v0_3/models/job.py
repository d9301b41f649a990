# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.job_status import JobStatus
from ..models.job_target import JobTarget
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.error_mitigation import ErrorMitigation
    from ..models.failure import Failure
    from ..models.gate_counts import GateCounts
    from ..models.job_metadata import JobMetadata
    from ..models.job_settings import JobSettings
    from ..models.job_warning import JobWarning
    from ..models.noise import Noise
    from ..models.registers import Registers


@_define(eq=False, repr=False)
class Job(_reading.Model):
    """A job, of one circuit or of several.

    Attributes:
        id (str): Id of the job.
        status (JobStatus): Where the job stands.
        children (list[str] | Unset): Ids of the jobs made for its circuits; empty for a job of one circuit.
        circuits (int | Unset): Number of circuits.
        cost_credit (float | Unset): Price of the job in credits.
        cost_model (str | Unset): How the job is priced.
        cost_usd (float | Unset): Price of the job in US dollars.
        dry_run (bool | Unset): Whether the job is only checked and priced, not run.
        error_mitigation (ErrorMitigation | Unset): Which errors are mitigated.
        estimated_cost_credit (float | Unset): Expected price of the job in credits.
        estimated_cost_usd (float | Unset): Expected price of the job in US dollars.
        execution_time (int | Unset): How long the job ran, in milliseconds.
        failure (Failure | None | Unset): Why the job failed.
        gate_counts (GateCounts | Unset): Number of gates, by the number of qubits that they act on.
        metadata (JobMetadata | None | Unset): The submitter's own notes.
        name (str | Unset): Name that the submitter gave.
        noise (Noise | Unset): The noise that is simulated; on simulators only.
        predicted_execution_time (int | Unset): How long the job is expected to run, in milliseconds.
        project_id (str | Unset): Id of the project that the job belongs to.
        qubits (int | Unset): Number of qubits.
        registers (Registers | Unset): The qubits of each named register.
        request (int | Unset): When the job was submitted, in seconds since the Unix epoch.
        response (int | Unset): When the job ended, in seconds since the Unix epoch.
        results_url (str | Unset): Path of the results, from the host's root and with the API version.
        settings (JobSettings | Unset): How the job is compiled and run.
        shots (int | Unset): How often each circuit is run; left out for the ideal simulator.
        start (int | Unset): When the job began to run, in seconds since the Unix epoch.
        submitted_by (str | Unset): Id of the submitter.
        target (JobTarget | Unset): Name of the machine or simulator that the job is for.
        type_ (str | Unset): Kind of job, such as circuit.
        warning (JobWarning | Unset): What the service warns of.
    """

    id: str
    status: JobStatus
    children: list[str] | Unset = UNSET
    circuits: int | Unset = UNSET
    cost_credit: float | Unset = UNSET
    cost_model: str | Unset = UNSET
    cost_usd: float | Unset = UNSET
    dry_run: bool | Unset = UNSET
    error_mitigation: ErrorMitigation | Unset = UNSET
    estimated_cost_credit: float | Unset = UNSET
    estimated_cost_usd: float | Unset = UNSET
    execution_time: int | Unset = UNSET
    failure: Failure | None | Unset = UNSET
    gate_counts: GateCounts | Unset = UNSET
    metadata: JobMetadata | None | Unset = UNSET
    name: str | Unset = UNSET
    noise: Noise | Unset = UNSET
    predicted_execution_time: int | Unset = UNSET
    project_id: str | Unset = UNSET
    qubits: int | Unset = UNSET
    registers: Registers | Unset = UNSET
    request: int | Unset = UNSET
    response: int | Unset = UNSET
    results_url: str | Unset = UNSET
    settings: JobSettings | Unset = UNSET
    shots: int | Unset = UNSET
    start: int | Unset = UNSET
    submitted_by: str | Unset = UNSET
    target: JobTarget | Unset = UNSET
    type_: str | Unset = UNSET
    warning: JobWarning | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.error_mitigation import ErrorMitigation
        from ..models.failure import Failure
        from ..models.gate_counts import GateCounts
        from ..models.job_metadata import JobMetadata
        from ..models.job_settings import JobSettings
        from ..models.job_warning import JobWarning
        from ..models.noise import Noise
        from ..models.registers import Registers

        return _reading.Shape(
            _reading.Field("id", "id", _reading.STRING, required=True),
            _reading.Field("status", "status", _reading.EnumOf(JobStatus), required=True),
            _reading.Field("children", "children", _reading.ListOf(_reading.STRING)),
            _reading.Field("circuits", "circuits", _reading.INTEGER),
            _reading.Field("cost_credit", "cost_credit", _reading.NUMBER),
            _reading.Field("cost_model", "cost_model", _reading.STRING),
            _reading.Field("cost_usd", "cost_usd", _reading.NUMBER),
            _reading.Field("dry_run", "dry_run", _reading.BOOLEAN),
            _reading.Field("error_mitigation", "error_mitigation", _reading.ModelOf(ErrorMitigation)),
            _reading.Field("estimated_cost_credit", "estimated_cost_credit", _reading.NUMBER),
            _reading.Field("estimated_cost_usd", "estimated_cost_usd", _reading.NUMBER),
            _reading.Field("execution_time", "execution_time", _reading.INTEGER),
            _reading.Field("failure", "failure", _reading.ModelOf(Failure)),
            _reading.Field("gate_counts", "gate_counts", _reading.ModelOf(GateCounts)),
            _reading.Field("metadata", "metadata", _reading.ModelOf(JobMetadata)),
            _reading.Field("name", "name", _reading.STRING),
            _reading.Field("noise", "noise", _reading.ModelOf(Noise)),
            _reading.Field("predicted_execution_time", "predicted_execution_time", _reading.INTEGER),
            _reading.Field("project_id", "project_id", _reading.STRING),
            _reading.Field("qubits", "qubits", _reading.INTEGER),
            _reading.Field("registers", "registers", _reading.ModelOf(Registers)),
            _reading.Field("request", "request", _reading.INTEGER),
            _reading.Field("response", "response", _reading.INTEGER),
            _reading.Field("results_url", "results_url", _reading.STRING),
            _reading.Field("settings", "settings", _reading.ModelOf(JobSettings)),
            _reading.Field("shots", "shots", _reading.INTEGER),
            _reading.Field("start", "start", _reading.INTEGER),
            _reading.Field("submitted_by", "submitted_by", _reading.STRING),
            _reading.Field("target", "target", _reading.EnumOf(JobTarget)),
            _reading.Field("type_", "type", _reading.STRING),
            _reading.Field("warning", "warning", _reading.ModelOf(JobWarning)),
        )
