"""IonQ API v0.4: pure functions between its bindings and the model.

Peculiarities: results stand behind artifact ids by format (since September 2026), behind URLs by kind (since April
2026), or both; the ideal simulator leaves out shots; the circuits of a multi-circuit job are jobs of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from quantum_apis.ionq_v0_4 import models
from quantum_apis.ionq_v0_4.api.backends import get_backends
from quantum_apis.ionq_v0_4.api.jobs import (
    cancel_job,
    cancel_jobs,
    create_job,
    delete_job,
    delete_jobs,
    estimate_job_cost,
    get_job,
    get_job_artifact,
    get_job_cost,
    get_job_probabilities,
    get_jobs,
)
from quantum_apis.ionq_v0_4.types import UNSET

from quantum_jobs import programs
from quantum_jobs.errors import UnsupportedError
from quantum_jobs.model import Cost, Device, Estimate, Failure, JobRecord, JobStatus, Program, Result
from quantum_jobs.services import ionq, reading
from quantum_jobs.services.base import Call, DevicePage, Outcomes, Page, Service, Submission, call

_STATUSES = {
    "submitted": JobStatus.INITIALIZING,
    "ready": JobStatus.QUEUED,
    "started": JobStatus.RUNNING,
    "completed": JobStatus.COMPLETED,
    "failed": JobStatus.FAILED,
    "canceled": JobStatus.CANCELLED,
}

#: Keys of a job's results and how each is read, best source first: what was counted, then probabilities.
_SOURCES: tuple[tuple[str, ionq.Reader], ...] = (
    ("ionq.result.histogram.json.v2", ionq.read_histogram),
    ("ionq.result.histogram.json.v1", ionq.read_histogram),
    ("histogram", ionq.read_histogram),
    ("ionq.result.probabilities.json.v2", ionq.read_probabilities),
    ("ionq.result.probabilities.json.v1", ionq.read_probabilities),
    ("ionq.result.probabilities-aggregate.json.v1", ionq.read_probabilities),
    ("probabilities", ionq.read_probabilities),
)
_SHOT_SOURCES: tuple[tuple[str, ionq.Reader], ...] = (
    ("ionq.result.shots.json.v2", ionq.read_shots),
    ("ionq.result.shots.json.v1", ionq.read_shots),
    ("shots", ionq.read_shots),
)

#: Compiled circuits: the formats that a person can read come first.
_COMPILED_FORMATS = ("ionq.qasm3.v1", "ionq.native.v1")

#: Words for the options of an estimate that are no Python names at the vendor's.
_ESTIMATE_NAMES = {"one_qubit_gates": "1q_gates", "two_qubit_gates": "2q_gates"}


class IonqV04(Service):
    """IonQ API v0.4."""

    name: ClassVar[str] = "ionq-v0.4"
    alias: ClassVar[str | None] = "ionq"
    base_url: ClassVar[str] = "https://api.ionq.co/v0.4"
    key_variable: ClassVar[str] = "IONQ_API_KEY"
    url_variable: ClassVar[str] = "IONQ_API_URL"
    bindings: ClassVar[str | None] = "quantum_apis.ionq_v0_4"
    status_words: ClassVar[Mapping[str, JobStatus]] = _STATUSES
    formats: ClassVar[Sequence[str]] = (programs.IONQ_CIRCUIT, programs.QASM3)
    status_chunk: ClassVar[int] = ionq.STATUS_CHUNK
    bulk_chunk: ClassVar[int] = ionq.BULK_CHUNK

    def headers(self, api_key: str) -> Mapping[str, str]:
        return ionq.headers(api_key)

    def read_error(self, body: Any) -> tuple[str | None, str | None]:
        return ionq.read_error(body)

    def create(self, submission: Submission) -> Call[JobRecord]:
        kwargs = create_job._get_kwargs(body=_payload(self, submission))
        body = ionq.merged(kwargs["json"], submission.options)
        return call("create_job", kwargs, _created, json=body)

    def get(self, job_id: str) -> Call[JobRecord]:
        return call("get_job", get_job._get_kwargs(job_id), _record)

    def jobs(
        self,
        *,
        vendor_status: str | None = None,
        device: str | None = None,
        tags: Mapping[str, str | int | bool] | None = None,
        limit: int | None = None,
    ) -> Call[Page]:
        size = ionq.STATUS_CHUNK if limit is None else max(1, min(limit, ionq.STATUS_CHUNK))
        filters = {"status": vendor_status, "target": device}
        return _listing({"limit": size, **{name: value for name, value in filters.items() if value is not None}})

    def kept_tags(self, tags: Mapping[str, str | int | bool]) -> Mapping[str, str | int | bool]:
        return ionq.texts(tags)

    def statuses(self, job_ids: Sequence[str]) -> Call[Page] | None:
        return _listing({"ids": list(job_ids), "limit": ionq.STATUS_CHUNK})

    def needs_children(self, record: JobRecord) -> bool:
        return True  # the outcomes of several circuits come without their widths

    def results(
        self, record: JobRecord, *, memory: bool = False, children: Sequence[JobRecord] = ()
    ) -> Sequence[Call[list[Result]]]:
        if "results" not in record.raw:
            return []
        if "multi-circuit" in (reading.text(record.raw.get("type")) or "") and not record.child_ids:
            return []  # a listing leaves out the order of the circuits
        places = reading.items(record.raw["results"])
        sources = (*_SHOT_SOURCES, *_SOURCES) if memory else _SOURCES
        offered = [
            _result_call(record, children, places[key], reader)
            for key, reader in sources
            if isinstance(places.get(key), Mapping)
        ]
        calls = [call for call in offered if call is not None]
        if not calls and self.inline_results(record) is None:
            calls = [_fixed_probabilities(record, children)]
        return calls

    def inline_results(self, record: JobRecord) -> list[Result] | None:
        places = reading.items(record.raw.get("results"))
        # Values, not places: a quantum function or an optimization gives numbers, which stand in raw.
        known = {key for key, _ in (*_SHOT_SOURCES, *_SOURCES)}
        inline = any(key not in known and value not in (None, {}) for key, value in places.items()) and not any(
            isinstance(place, Mapping) and place.keys() & {"id", "url"} for place in places.values()
        )
        return [Result(raw=dict(places))] if inline else None

    def cancel(self, job_id: str) -> Call[None]:
        return call("cancel_job", cancel_job._get_kwargs(job_id), reading.nothing)

    def delete(self, job_id: str) -> Call[None]:
        return call("delete_job", delete_job._get_kwargs(job_id), reading.nothing)

    def cancel_many(self, job_ids: Sequence[str]) -> Call[Outcomes] | None:
        kwargs = cancel_jobs._get_kwargs(body=models.JobsBulkOperationRequest(ids=list(job_ids)))
        return call("cancel_jobs", kwargs, _read_cancelled)

    def delete_many(self, job_ids: Sequence[str]) -> Call[Outcomes] | None:
        kwargs = delete_jobs._get_kwargs(body=models.JobsBulkOperationRequest(ids=list(job_ids)))
        return call("delete_jobs", kwargs, _read_deleted)

    def compiled_program(self, record: JobRecord) -> Call[list[Program]]:
        output = models.CircuitJobOutput.from_dict(reading.items(record.raw.get("output")))
        compilation = reading.part(output.compilation, models.CompilationOutput)
        circuits = reading.part(compilation.compiled_circuits, models.CompiledCircuits).additional_properties
        for format_ in (*_COMPILED_FORMATS, *circuits):
            artifact = circuits.get(format_)
            if isinstance(artifact, models.ArtifactDescriptor) and reading.identifier(artifact.id):
                return _compiled_call(record, format_, artifact)
        raise UnsupportedError(f"{record.ref}: the service names no compiled circuit; QPUs compile, simulators do not")

    def cost(self, record: JobRecord) -> Call[Cost | None] | None:
        return call("get_job_cost", get_job_cost._get_kwargs(record.id), _read_cost)

    def devices(self) -> Call[DevicePage]:
        return call("get_backends", get_backends._get_kwargs(), _read_devices, public=True)

    def estimate(self, *, device: str, shots: int | None, options: Mapping[str, Any]) -> Call[Estimate]:
        kwargs = estimate_job_cost._get_kwargs(backend=device, shots=UNSET if shots is None else shots)
        named = {_ESTIMATE_NAMES.get(name, name): value for name, value in options.items()}
        params = {**kwargs["params"], **named}
        return call("estimate_job_cost", kwargs, _read_estimate, params=params)


def _payload(
    service: Service, submission: Submission
) -> models.CircuitJobCreationPayload | models.MultiCircuitJobCreationPayload:
    common: dict[str, Any] = {
        "backend": submission.device,
        "metadata": models.JobMetadata.from_dict(ionq.metadata(submission)),
        "shots": UNSET if submission.shots is None else submission.shots,
        "name": UNSET if submission.name is None else submission.name,
    }
    if submission.several:
        return models.MultiCircuitJobCreationPayload(
            type_=models.MultiCircuitJobCreationPayloadType("ionq.multi-circuit.v1"),
            input_=_multi_circuit_input(service, submission.programs),
            **common,
        )
    program = submission.programs[0]
    circuit = ionq.circuit_of(program)
    if circuit is None:
        program = programs.as_taken(program, service.name, service.formats)
    return models.CircuitJobCreationPayload(
        type_=models.CircuitJobCreationPayloadType("ionq.qasm3.v1" if circuit is None else "ionq.circuit.v1"),
        input_=models.Qasm3CircuitInput(data=program.data) if circuit is None else _circuit_input(circuit),
        **common,
    )


def _circuit_input(circuit: Mapping[str, Any]) -> models.QisCircuitInput | models.NativeCircuitInput:
    kind = models.NativeCircuitInput if circuit["gateset"] == "native" else models.QisCircuitInput
    return kind.from_dict(circuit)


def _multi_circuit_input(service: Service, several: Sequence[Program]) -> models.JsonMultiCircuitInput:
    circuits: list[models.NativeCircuit | models.QISCircuit] = []
    gatesets: list[str] = []
    for program in several:
        circuit = ionq.circuit_of(program)
        if circuit is None:
            raise UnsupportedError(
                f"{service.name} takes several programs in one job as IonQ JSON circuits only, not as "
                f"{program.format!r}: submit the programs one by one"
            )
        gatesets.append(circuit["gateset"])
        kind = models.NativeCircuit if circuit["gateset"] == "native" else models.QISCircuit
        circuits.append(kind.from_dict(circuit))
    return models.JsonMultiCircuitInput(gateset=models.JsonMultiCircuitInputGateset(gatesets[0]), circuits=circuits)


def _created(body: Any) -> JobRecord:
    return _record(body)


def _listing(parameters: Mapping[str, Any]) -> Call[Page]:
    def read(body: Any) -> Page:
        answer = reading.json_object(body)
        records = reading.records(answer.get("jobs"), _record)
        cursor = reading.text(models.GetJobsResponse.from_dict(answer).next_)
        return Page(
            records=records, next=_listing({**parameters, "next_": cursor}) if cursor and answer["jobs"] else None
        )

    status = parameters.get("status")
    known = {**parameters, "status": models.JobStatus(status)} if status else dict(parameters)
    return call("get_jobs", get_jobs._get_kwargs(**known), read)


def _record(body: object) -> JobRecord:
    """A job in full, from a listing, or as a submission is answered."""
    raw = reading.json_object(body)
    job = models.SingleCircuitJob.from_dict(raw)
    job_id = reading.job_id(job.id)
    if job_id is None:
        raise ValueError("'id', the job's id, is missing or none that can be asked for")
    vendor_status = reading.text(job.status)
    failure = reading.items(raw.get("failure"))
    stats = reading.part(job.stats, models.CircuitJobStats)
    tags, idempotency_key = reading.tags_and_idempotency_key(raw.get("metadata"))
    # Clients and fixtures of this version also know the older key 'error' for the failure's text.
    message = reading.first(reading.text(failure.get("message")), reading.text(failure.get("error")))
    return JobRecord(
        id=job_id,
        service=IonqV04.name,
        status=SERVICE.status_of(vendor_status),
        vendor_status=vendor_status,
        status_message=message,
        name=reading.text(job.name),
        device=reading.text(job.backend),
        shots=reading.integer(job.shots),
        num_qubits=reading.integer(stats.qubits),
        tags=tags,
        idempotency_key=idempotency_key,
        submission_digest=reading.submission_digest(raw.get("metadata")),
        created_at=reading.moment(job.submitted_at),
        started_at=reading.moment(job.started_at),
        ended_at=reading.moment(job.completed_at),
        execution_duration=reading.milliseconds(job.execution_duration_ms),
        predicted_wait=reading.milliseconds(job.predicted_wait_time_ms),
        failure=Failure(code=reading.text(failure.get("code")), message=message) if failure else None,
        parent_id=reading.identifier(job.parent_job_id),
        child_ids=reading.identifiers(job.child_job_ids),
        raw=raw,
    )


def _result_call(
    record: JobRecord, children: Sequence[JobRecord], place: Mapping[str, Any], reader: ionq.Reader
) -> Call[list[Result]] | None:
    def read(body: Any) -> list[Result]:
        return reader(body, record, children)

    artifact = reading.identifier(models.ArtifactDescriptor.from_dict(place).id)
    if artifact is not None:
        kwargs = get_job_artifact._get_kwargs(record.id, artifact)
        return call("get_job_artifact", kwargs, read, not_yet=True)
    url = reading.text(models.ResultUrl.from_dict(place).url)
    if url is None:
        return None
    return Call(operation="get_job_probabilities", read=read, not_yet=True, method="GET", url=url, linked=True)


def _fixed_probabilities(record: JobRecord, children: Sequence[JobRecord]) -> Call[list[Result]]:
    def read(body: Any) -> list[Result]:
        return ionq.read_probabilities(body, record, children)

    kwargs = get_job_probabilities._get_kwargs(record.id)
    return call("get_job_probabilities", kwargs, read, not_yet=True)


def _compiled_call(record: JobRecord, format_: str, artifact: models.ArtifactDescriptor) -> Call[list[Program]]:
    media_type = reading.text(artifact.media_type) or "application/json"

    def read(body: Any) -> list[Program]:
        data = body.decode() if isinstance(body, bytes) and media_type.startswith("text/") else body
        return [Program(format_, data)]

    kwargs = get_job_artifact._get_kwargs(record.id, artifact.id)
    return call("get_job_artifact", kwargs, read, as_bytes="json" not in media_type)


def _read_cancelled(body: Any) -> Outcomes:
    response = models.JobsCanceledResponse.from_dict(reading.json_object(body))
    return Outcomes(dict.fromkeys(reading.texts(response.ids)))


def _read_deleted(body: Any) -> Outcomes:
    response = models.JobsDeletedResponse.from_dict(reading.json_object(body))
    return Outcomes(dict.fromkeys(reading.texts(response.ids)))


def _read_cost(body: Any) -> Cost | None:
    response = models.GetJobCostResponse.from_dict(reading.json_object(body))
    amount = reading.part(response.cost, models.CostAmount)
    return _cost(amount.value, amount.unit)


def _cost(value: object, unit: object) -> Cost | None:
    amount, currency = reading.decimal(value), (reading.text(unit) or "").lower()
    if amount is None:
        return None
    # IonQ's credits are not qBraid's: what they are worth in dollars is a matter of contract.
    return Cost.in_usd(amount) if currency == "usd" else Cost(amount, "credits" if "credit" in currency else currency)


def _read_devices(body: Any) -> DevicePage:
    if not isinstance(body, list):
        raise TypeError(f"expected the list of backends, got {type(body).__name__}")
    return DevicePage(devices=[_device(raw) for raw in body if isinstance(raw, Mapping)])


def _device(raw: Mapping[str, Any]) -> Device:
    backend = models.Backend.from_dict(raw)
    name, status = reading.text(backend.backend) or "", reading.text(backend.status)
    return Device(
        id=name,
        service=IonqV04.name,
        name=name,
        status=status,
        online=None if status is None else status == "available",
        simulator=name.startswith("simulator"),
        num_qubits=reading.integer(backend.qubits),
        queue_time=reading.milliseconds(backend.average_queue_time),
        raw=raw,
    )


def _read_estimate(body: Any) -> Estimate:
    raw = reading.json_object(body)
    estimate = models.GetJobEstimateResponse.from_dict(raw)
    return Estimate(
        cost=_cost(estimate.estimated_total_cost, estimate.estimated_unit),
        execution_duration=reading.milliseconds(estimate.estimated_execution_time),
        queue_time=reading.milliseconds(estimate.current_predicted_queue_time),
        raw=raw,
    )


SERVICE = IonqV04()
