# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.api_cost_model import ApiCostModel
from ..models.job_status import JobStatus
from ..models.single_circuit_job_type import SingleCircuitJobType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.circuit_job_output import CircuitJobOutput
    from ..models.circuit_job_results import CircuitJobResults
    from ..models.circuit_job_settings import CircuitJobSettings
    from ..models.circuit_job_stats import CircuitJobStats
    from ..models.failure import Failure
    from ..models.job_metadata import JobMetadata
    from ..models.noise import Noise


@_define(eq=False, repr=False)
class SingleCircuitJob(_reading.Model):
    """A job of one circuit, also the child of a job of several circuits or of a QAOA job.

    Attributes:
        id (str): Id of the job, made by the service.
        status (JobStatus): Where the job stands.
        type_ (SingleCircuitJobType): Kind of job; it decides what input, settings and results look like.
        backend (str): Name of the backend that the job is for.
        dry_run (bool): Whether the job was only checked and priced, and never run.
        submitter_id (str): Who submitted the job.
        project_id (None | str): Id of the project that the job is billed to.
        parent_job_id (None | str): Id of the job of several circuits that this one is a part of; null for others.
        session_id (None | str): Id of the session that the job runs in; null outside of sessions.
        metadata (JobMetadata | None): The submitter's own texts.
        name (None | str): The submitter's name for the job.
        submitted_at (datetime.datetime): When the service took the job.
        started_at (datetime.datetime | None): When the job began to run; null before that.
        completed_at (datetime.datetime | None): When the job came to its end, whichever it was; null before that.
        predicted_wait_time_ms (int | None): How long the job is expected to wait in the queue, in milliseconds;
            null when not known.
        predicted_execution_duration_ms (int | None): How long the job is expected to run, in milliseconds; null
            when not known.
        execution_duration_ms (int | None): Time spent on the QPU; null until the job has run.
        failure (Failure | None): Why the job failed; null for all others.
        output (CircuitJobOutput): What compilation and error mitigation have made of the job.
        settings (CircuitJobSettings): How the job is compiled, and which errors are mitigated.
        stats (CircuitJobStats): Size of the job, and the time it took on the quantum computer.
        results (CircuitJobResults | None): Where the results are, by kind; null until there are any.
        child_job_ids (list[str] | None): Ids of the jobs that this one consists of, in the order of its circuits;
            null for most.
        cost_model (ApiCostModel | Unset): What the price is counted in.
        noise (Noise | Unset): The noise that is simulated; on simulators only.
        shots (int | Unset): Left out by the ideal simulator.
    """

    id: str
    status: JobStatus
    type_: SingleCircuitJobType
    backend: str
    dry_run: bool
    submitter_id: str
    project_id: None | str
    parent_job_id: None | str
    session_id: None | str
    metadata: JobMetadata | None
    name: None | str
    submitted_at: datetime.datetime
    started_at: datetime.datetime | None
    completed_at: datetime.datetime | None
    predicted_wait_time_ms: int | None
    predicted_execution_duration_ms: int | None
    execution_duration_ms: int | None
    failure: Failure | None
    output: CircuitJobOutput
    settings: CircuitJobSettings
    stats: CircuitJobStats
    results: CircuitJobResults | None
    child_job_ids: list[str] | None
    cost_model: ApiCostModel | Unset = UNSET
    noise: Noise | Unset = UNSET
    shots: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.circuit_job_output import CircuitJobOutput
        from ..models.circuit_job_results import CircuitJobResults
        from ..models.circuit_job_settings import CircuitJobSettings
        from ..models.circuit_job_stats import CircuitJobStats
        from ..models.failure import Failure
        from ..models.job_metadata import JobMetadata
        from ..models.noise import Noise

        return _reading.Shape(
            _reading.Field("id", "id", _reading.STRING, required=True),
            _reading.Field("status", "status", _reading.EnumOf(JobStatus), required=True),
            _reading.Field("type_", "type", _reading.EnumOf(SingleCircuitJobType), required=True),
            _reading.Field("backend", "backend", _reading.STRING, required=True),
            _reading.Field("dry_run", "dry_run", _reading.BOOLEAN, required=True),
            _reading.Field("submitter_id", "submitter_id", _reading.STRING, required=True),
            _reading.Field("project_id", "project_id", _reading.STRING, required=True),
            _reading.Field("parent_job_id", "parent_job_id", _reading.STRING, required=True),
            _reading.Field("session_id", "session_id", _reading.STRING, required=True),
            _reading.Field("metadata", "metadata", _reading.ModelOf(JobMetadata), required=True),
            _reading.Field("name", "name", _reading.STRING, required=True),
            _reading.Field("submitted_at", "submitted_at", _reading.DATE_TIME, required=True),
            _reading.Field("started_at", "started_at", _reading.DATE_TIME, required=True),
            _reading.Field("completed_at", "completed_at", _reading.DATE_TIME, required=True),
            _reading.Field("predicted_wait_time_ms", "predicted_wait_time_ms", _reading.INTEGER, required=True),
            _reading.Field(
                "predicted_execution_duration_ms", "predicted_execution_duration_ms", _reading.INTEGER, required=True
            ),
            _reading.Field("execution_duration_ms", "execution_duration_ms", _reading.INTEGER, required=True),
            _reading.Field("failure", "failure", _reading.ModelOf(Failure), required=True),
            _reading.Field("output", "output", _reading.ModelOf(CircuitJobOutput), required=True),
            _reading.Field("settings", "settings", _reading.ModelOf(CircuitJobSettings), required=True),
            _reading.Field("stats", "stats", _reading.ModelOf(CircuitJobStats), required=True),
            _reading.Field("results", "results", _reading.ModelOf(CircuitJobResults), required=True),
            _reading.Field("child_job_ids", "child_job_ids", _reading.ListOf(_reading.STRING), required=True),
            _reading.Field("cost_model", "cost_model", _reading.EnumOf(ApiCostModel)),
            _reading.Field("noise", "noise", _reading.ModelOf(Noise)),
            _reading.Field("shots", "shots", _reading.INTEGER),
        )
