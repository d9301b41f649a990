"""IonQ API v0.4 between its bindings and the model. Reading results stands in ``ionq_v0_4_results``.

Peculiarities: the ideal simulator leaves out shots; the circuits of a multi-circuit job are jobs of their own.
"""

from __future__ import annotations

import logging
import re
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
    get_jobs,
)
from quantum_apis.ionq_v0_4.types import UNSET

from quantum_jobs import programs
from quantum_jobs.errors import UnsupportedError, UsageError
from quantum_jobs.http.messages import LONG_ANSWER, Call, call
from quantum_jobs.model import Cost, Device, Estimate, Failure, JobRecord, JobStatus, Program, Result
from quantum_jobs.programs.formats import without_comments
from quantum_jobs.services import estimating, ionq, ionq_v0_4_results, reading
from quantum_jobs.services.base import Ask, Service, Submission
from quantum_jobs.text import printable

log = logging.getLogger("quantum_jobs")

_STATUSES = {
    "submitted": JobStatus.INITIALIZING,
    "ready": JobStatus.QUEUED,
    "started": JobStatus.RUNNING,
    "completed": JobStatus.COMPLETED,
    "failed": JobStatus.FAILED,
    "canceled": JobStatus.CANCELLED,
}

#: Compiled circuits: the formats that a person can read come first.
_COMPILED_FORMATS = ("ionq.qasm3.v1", "ionq.native.v1")

#: It knows the qubits only, whatever the program's classical bits are.
_IDEAL_SIMULATOR = "simulator"
_DECLARED_QUBITS = re.compile(r"\bqubit\s*\[\s*(\d+)\s*\]\s*(\w+)\s*;")
_DECLARED_BITS = re.compile(r"\bbit\s*\[\s*(\d+)\s*\]\s*(\w+)\s*;")
_DECLARED_OR_MEASURED = re.compile(r"\b(?:qubit|qreg|bit|creg|measure)\b")
_MEASURED = re.compile(r"\b(\w+)\s*=\s*measure\s+(\w+)\s*;\s*\Z")

#: Shots from which on machines debias by default, as IonQ's page "Error mitigation: debiasing" says.
_DEBIASED_FROM = 500
#: The options of an estimate, by the vendor's names of them.
_ESTIMATE_OPTIONS = {
    "qubits": "qubits",
    "one_qubit_gates": "1q_gates",
    "two_qubit_gates": "2q_gates",
    "error_mitigation": "error_mitigation",
}


class IonqV04(ionq.IonqService):
    """IonQ API v0.4."""

    name: ClassVar[str] = "ionq-v0.4"
    alias: ClassVar[str | None] = "ionq"
    base_url: ClassVar[str] = "https://api.ionq.co/v0.4"
    own_url_variable: ClassVar[str | None] = "IONQ_V0_4_API_URL"
    aggregates: ClassVar[bool] = True
    bindings: ClassVar[str | None] = "quantum_apis.ionq_v0_4"
    status_words: ClassVar[Mapping[str, JobStatus]] = _STATUSES
    formats: ClassVar[Sequence[str]] = (programs.IONQ_CIRCUIT, programs.QASM3)
    operations: ClassVar[ionq.Operations] = ionq.Operations(
        get=get_job.build_request,
        jobs=get_jobs.build_request,
        cancel=cancel_job.build_request,
        delete=delete_job.build_request,
        cancel_many=lambda ids: cancel_jobs.build_request(body=models.JobsBulkOperationRequest(ids=ids)),
        delete_many=lambda ids: delete_jobs.build_request(body=models.JobsBulkOperationRequest(ids=ids)),
        devices=get_backends.build_request,
    )
    ids_parameter: ClassVar[str] = "ids"
    lists_by_device: ClassVar[bool] = True

    def create(self, submission: Submission) -> Call[JobRecord]:
        request = create_job.build_request(body=_payload(self, submission))
        body = ionq.merged(request.json, submission.options)
        return call(request, self.record, json=body)

    def record(self, body: object) -> JobRecord:
        raw = reading.json_object(body)
        job = models.SingleCircuitJob.from_dict(raw)
        failure = reading.items(raw.get("failure"))
        stats = reading.part(job.stats, models.CircuitJobStats)
        # Clients and fixtures of this version also know the older key 'error' for the failure's text.
        message = reading.first(reading.message(failure.get("message")), reading.message(failure.get("error")))
        return reading.record(
            self,
            raw,
            id_key="id",
            status=job.status,
            tags=raw.get("metadata"),
            status_message=message,
            name=reading.text(job.name),
            device=reading.text(job.backend),
            shots=ionq.shots_of(job.shots, raw.get("metadata")),
            num_qubits=reading.integer(stats.qubits),
            created_at=reading.timestamp(job.submitted_at),
            started_at=reading.timestamp(job.started_at),
            ended_at=reading.timestamp(job.completed_at),
            execution_duration=reading.milliseconds(job.execution_duration_ms),
            predicted_wait=reading.milliseconds(job.predicted_wait_time_ms),
            failure=Failure(code=reading.message(failure.get("code")), message=message) if failure else None,
            parent_id=reading.identifier(job.parent_job_id),
            child_ids=reading.texts(job.child_job_ids, reading.identifier),
        )

    def device(self, raw: Mapping[str, Any]) -> Device:
        backend = models.Backend.from_dict(raw)
        return self._device(
            raw,
            backend.backend,
            backend.status,
            backend.qubits,
            backend.average_queue_time,
            backend.characterization_id,
        )

    async def results(
        self, ask: Ask, record: JobRecord, *, memory: bool = False, aggregation: str | None = None
    ) -> list[Result]:
        return await ionq_v0_4_results.results(self, ask, record, memory=memory, aggregation=aggregation)

    def compiled_program(self, record: JobRecord) -> Call[list[Program]]:
        output = models.CircuitJobOutput.from_dict(reading.items(record.raw.get("output")))
        compilation = reading.part(output.compilation, models.CompilationOutput)
        circuits = reading.part(compilation.compiled_circuits, models.CompiledCircuits).additional_properties
        for format_ in (*_COMPILED_FORMATS, *circuits):
            artifact = circuits.get(format_)
            if isinstance(artifact, models.ArtifactDescriptor) and reading.identifier(artifact.id):
                return _compiled_call(record, format_, artifact)
        if record.child_ids:
            raise UnsupportedError(
                f"{record.ref} is a job of {len(record.child_ids)} circuits, each compiled by itself: children() gives "
                "their jobs, and each of these has its compiled_program()"
            )
        raise UnsupportedError(f"{record.ref}: the service names no compiled circuit; QPUs compile, simulators do not")

    def cost(self, record: JobRecord) -> Call[Cost | None] | None:
        return call(get_job_cost.build_request(record.id), _read_cost)

    def estimate(
        self, *, program: Program | None, device: str, shots: int | None, options: Mapping[str, Any]
    ) -> Call[Estimate]:
        sizes = estimating.sizes(self, program, options, known=tuple(_ESTIMATE_OPTIONS))
        # Left out, they would not be those that a job gets.
        shots = ionq.DEFAULT_SHOTS if shots is None else shots
        if "error_mitigation" not in sizes and _is_debiased(program, device, shots):
            sizes["error_mitigation"] = True
        request = estimate_job_cost.build_request(backend=device, shots=shots)
        params = {**request.params, **{_ESTIMATE_OPTIONS[name]: value for name, value in sizes.items()}}
        return call(request, _read_estimate, params=params)

    def estimate_of(self, submission: Submission, program: Program) -> Call[Estimate]:
        settings = reading.items(submission.options.get("settings"))
        mitigation = reading.items(settings.get("error_mitigation"))
        # A method with settings of its own is given as an object.
        is_on = any(value not in (None, False) for value in mitigation.values())
        options = {"error_mitigation": is_on} if is_on or mitigation.get("debiasing") is False else {}
        return self.estimate(program=program, device=submission.device, shots=submission.shots, options=options)


def _is_debiased(program: Program | None, device: str, shots: int) -> bool:
    """Whether a job that does not say is debiased, which raises its price."""
    if program is not None and program.format == programs.IONQ_CIRCUIT and program.data["gateset"] == "native":
        return False
    return device.startswith("qpu") and shots >= _DEBIASED_FROM


def _payload(
    service: Service, submission: Submission
) -> models.CircuitJobCreationPayload | models.MultiCircuitJobCreationPayload:
    common: dict[str, Any] = {
        "backend": submission.device,
        "shots": UNSET if submission.shots is None else submission.shots,
        "name": UNSET if submission.name is None else submission.name,
    }
    metadata = ionq.metadata(submission)
    if submission.several:
        circuits = [programs.as_ionq_circuit(each, service.name, service.formats) for each in submission.programs]
        return models.MultiCircuitJobCreationPayload(
            type_=models.MultiCircuitJobCreationPayloadType("ionq.multi-circuit.v1"),
            input_=_multi_circuit_input([each.circuit for each in circuits]),
            metadata=models.JobMetadata.from_dict({**metadata, **programs.measured_tags(circuits)}),
            **common,
        )
    program = submission.programs[0]
    circuit = program.data if program.format == programs.IONQ_CIRCUIT else None
    if circuit is None:
        program = programs.as_taken(program, service.name, service.formats)
        is_ideal = submission.device == _IDEAL_SIMULATOR and "noise" not in submission.options
        metadata |= _measured_by(program, is_ideal=is_ideal)
    return models.CircuitJobCreationPayload(
        type_=models.CircuitJobCreationPayloadType("ionq.qasm3.v1" if circuit is None else "ionq.circuit.v1"),
        input_=models.Qasm3CircuitInput(data=program.data) if circuit is None else _circuit_input(circuit),
        metadata=models.JobMetadata.from_dict(metadata),
        **common,
    )


def _measured_by(program: Program, *, is_ideal: bool) -> dict[str, str]:
    """What tells a program's classical bits from outcomes over its qubits: all that the ideal simulator has, and that
    documents of version 1 have of any device.

    Empty where the bits are the qubits. Where nobody can tell, as without Qiskit and for a program that measures on
    the way, such a result has the final state of the qubits; for the ideal simulator the log says so.
    """
    if _measures_every_qubit_in_order(program.data):
        return {}  # most programs do, and need not be parsed
    try:
        return programs.measured_tags([programs.as_ionq_circuit(program, IonqV04.name, IonqV04.formats)])
    except UsageError:
        return {}  # the service says what is wrong with a program that cannot be read
    except UnsupportedError as error:
        if is_ideal:
            log.warning(
                "IonQ's ideal simulator tells qubits only, and which of them this program's classical bits are cannot "
                "be told here, so its result will have the final state of all qubits; a noise model or a machine gives "
                "the bits. The reason: %s",
                printable(error.message),
            )
        return {}


def _measures_every_qubit_in_order(text: str) -> bool:
    code = without_comments(text)
    qubits, bits, measured = (pattern.findall(code) for pattern in (_DECLARED_QUBITS, _DECLARED_BITS, _MEASURED))
    if not len(qubits) == len(bits) == len(measured) == 1 or len(_DECLARED_OR_MEASURED.findall(code)) != 3:
        return False
    return bool(qubits[0][0] == bits[0][0] and measured[0] == (bits[0][1], qubits[0][1]))


def _circuit_input(circuit: Mapping[str, Any]) -> models.QisCircuitInput | models.NativeCircuitInput:
    kind = models.NativeCircuitInput if circuit["gateset"] == "native" else models.QisCircuitInput
    return kind.from_dict(circuit)


def _multi_circuit_input(circuits: Sequence[Mapping[str, Any]]) -> models.JsonMultiCircuitInput:
    kinds = [models.NativeCircuit if circuit["gateset"] == "native" else models.QISCircuit for circuit in circuits]
    return models.JsonMultiCircuitInput(
        gateset=models.JsonMultiCircuitInputGateset(circuits[0]["gateset"]),
        # Each circuit has its own; other clients send the largest here, too.
        qubits=max(circuit["qubits"] for circuit in circuits),
        circuits=[kind.from_dict(circuit) for kind, circuit in zip(kinds, circuits, strict=True)],
    )


def _compiled_call(record: JobRecord, format_: str, artifact: models.ArtifactDescriptor) -> Call[list[Program]]:
    media_type = reading.text(artifact.media_type) or "application/json"

    def read(body: Any) -> list[Program]:
        data = body.decode() if isinstance(body, bytes) and media_type.startswith("text/") else body
        return [Program(format_, data)]

    request = get_job_artifact.build_request(record.id, artifact.id)
    return call(request, read, as_bytes="json" not in media_type, max_body=LONG_ANSWER)


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


def _read_estimate(body: Any) -> Estimate:
    raw = reading.json_object(body)
    estimate = models.GetJobEstimateResponse.from_dict(raw)
    return Estimate(
        cost=reading.first(
            _cost(estimate.estimated_total_cost, estimate.estimated_unit),
            _cost(raw.get("estimated_cost"), raw.get("cost_unit")),  # the names of April 2026
        ),
        execution_duration=reading.milliseconds(estimate.estimated_execution_time),
        queue_time=reading.milliseconds(estimate.current_predicted_queue_time),
        raw=raw,
    )


SERVICE = IonqV04()
