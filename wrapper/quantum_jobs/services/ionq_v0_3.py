"""IonQ API v0.3 between its bindings and the model.

Peculiarities: times are seconds since 1970, results are always probabilities behind one URL, the cost in dollars stands
in the job, and what does not apply is left out instead of null.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import attrs
from quantum_apis.ionq_v0_3 import models
from quantum_apis.ionq_v0_3.api.backends import get_backends
from quantum_apis.ionq_v0_3.api.jobs import (
    cancel_job,
    cancel_jobs,
    create_job,
    delete_job,
    delete_jobs,
    get_job,
    get_job_results,
    get_jobs,
)
from quantum_apis.ionq_v0_3.types import UNSET

from quantum_jobs import programs
from quantum_jobs.errors import UnsupportedError
from quantum_jobs.http.messages import Call, call
from quantum_jobs.model import Cost, Device, Failure, JobRecord, JobStatus, Result
from quantum_jobs.services import ionq, ionq_outcomes, reading
from quantum_jobs.services.base import Ask, Service, Submission
from quantum_jobs.text import printable

_STATUSES = {
    "submitted": JobStatus.INITIALIZING,
    "ready": JobStatus.QUEUED,
    "running": JobStatus.RUNNING,
    "completed": JobStatus.COMPLETED,
    "failed": JobStatus.FAILED,
    "canceled": JobStatus.CANCELLED,
}


class IonqV03(ionq.IonqService):
    """IonQ API v0.3."""

    name: ClassVar[str] = "ionq-v0.3"
    base_url: ClassVar[str] = "https://api.ionq.co/v0.3"
    own_url_variable: ClassVar[str | None] = "IONQ_V0_3_API_URL"
    bindings: ClassVar[str | None] = "quantum_apis.ionq_v0_3"
    status_words: ClassVar[Mapping[str, JobStatus]] = _STATUSES
    formats: ClassVar[Sequence[str]] = (programs.IONQ_CIRCUIT, programs.QIR_TEXT)
    operations: ClassVar[ionq.Operations] = ionq.Operations(
        get=get_job.build_request,
        jobs=get_jobs.build_request,
        cancel=cancel_job.build_request,
        delete=delete_job.build_request,
        cancel_many=lambda ids: cancel_jobs.build_request(body=models.JobsBulkOperationRequest(ids=ids)),
        delete_many=lambda ids: delete_jobs.build_request(body=models.JobsBulkOperationRequest(ids=ids)),
        devices=get_backends.build_request,
    )
    ids_parameter: ClassVar[str] = "id"
    online_statuses: ClassVar[Sequence[str]] = ("available", "running")

    def create(self, submission: Submission) -> Call[JobRecord]:
        input_, measured = _input(self, submission)
        payload = models.JobCreationPayload(
            target=models.JobTarget(submission.device),
            shots=UNSET if submission.shots is None else submission.shots,
            name=UNSET if submission.name is None else submission.name,
            metadata=models.JobMetadata.from_dict({**ionq.metadata(submission), **measured}),
            input_=input_,
        )
        request = create_job.build_request(body=payload)
        body = ionq.merged(request.json, submission.options)
        return call(request, self.record, json=body)

    async def results(
        self, ask: Ask, record: JobRecord, *, memory: bool = False, aggregation: str | None = None
    ) -> list[Result]:
        parent = await ionq.parent_of(self, ask, record)
        if not (record.raw.keys() & {"results_url", "qubits", "children"}):
            # The answer to a submission: neither width nor circuits are known.
            record = ionq.with_shots_of(await ask(self.get(record.id)), record.shots)
        if record.raw.get("dry_run") is True:
            raise UnsupportedError(f"{record.ref} was a dry run: its program was never run, so it has no result")
        record = ionq.with_shots_of(record, parent.shots if parent else None)
        # The outcomes of several circuits come without their widths, which stand in the circuits' own jobs.
        circuits = await ionq.circuits(self, ask, record)

        def read(body: Any) -> list[Result]:
            flat = reading.json_object(body)
            if circuits or (flat and all(isinstance(value, Mapping) for value in flat.values())):
                return ionq_outcomes.read_by_circuit(flat, record, circuits)
            return [ionq_outcomes.read_probabilities(flat, record)]

        max_body = ionq_outcomes.longest_answer(circuits or [record])
        fixed = call(get_job_results.build_request(record.id), read, not_yet=True, max_body=max_body)
        url = reading.text(record.raw.get("results_url"))
        named = None if url is None else attrs.evolve(fixed, url=url, params=None, linked=True)
        found = await ask(named or fixed)
        return ionq.over_classical_bits(record, parent, found)

    def record(self, body: object) -> JobRecord:
        raw = reading.json_object(body)
        job = models.Job.from_dict(raw)
        failure = reading.items(raw.get("failure"))
        # The text stands under 'error' here; the newer API's 'message' is read too.
        message = reading.first(reading.message(failure.get("error")), reading.message(failure.get("message")))
        warnings = map(printable, reading.texts(reading.items(raw.get("warning")).get("messages")))
        return reading.record(
            self,
            raw,
            id_key="id",
            status=job.status,
            tags=raw.get("metadata"),
            status_message=reading.first(message, "; ".join(warnings) or None),
            name=reading.text(job.name),
            device=reading.text(job.target),
            shots=ionq.shots_of(job.shots, raw.get("metadata")),
            num_qubits=reading.integer(job.qubits),
            created_at=reading.timestamp(job.request),
            started_at=reading.timestamp(job.start),
            ended_at=reading.timestamp(job.response),
            execution_duration=reading.milliseconds(job.execution_time),
            cost=_cost(job.cost_usd, job.cost_credit),
            estimated_cost=_cost(job.estimated_cost_usd, job.estimated_cost_credit),
            failure=Failure(code=reading.message(failure.get("code")), message=message) if failure else None,
            child_ids=reading.texts(raw.get("children"), reading.identifier),
        )

    def device(self, raw: Mapping[str, Any]) -> Device:
        backend = models.Backend.from_dict(raw)
        return self._device(
            raw,
            backend.backend,
            backend.status,
            raw.get("qubits"),
            backend.average_queue_time,
            backend.characterization_url,
        )


def _input(service: Service, submission: Submission) -> tuple[models.JobInput, Mapping[str, str]]:
    """The job's input, and what its metadata must hold besides for the results to be read."""
    program = submission.programs[0]
    if program.format == programs.QIR_TEXT and not submission.several:
        return models.JobInput(format_=models.InputFormat("qir"), data=program.data), {}
    takes = (programs.IONQ_CIRCUIT,) if submission.several else service.formats
    circuits = [programs.as_ionq_circuit(each, service.name, takes) for each in submission.programs]
    input_ = _several([each.circuit for each in circuits], service.name) if submission.several else circuits[0].circuit
    return models.JobInput.from_dict({"format": programs.IONQ_CIRCUIT_V0, **input_}), programs.measured_tags(circuits)


def _several(circuits: Sequence[Mapping[str, Any]], service: str) -> dict[str, Any]:
    if len({circuit["gateset"] for circuit in circuits}) > 1:
        raise UnsupportedError(f"{service} takes one gate set for all circuits of a job")
    return {
        "gateset": circuits[0]["gateset"],
        "qubits": max(circuit["qubits"] for circuit in circuits),
        "circuits": list(circuits),
    }


def _cost(dollars: object, credit: object) -> Cost | None:
    in_usd, in_credits = reading.decimal(dollars), reading.decimal(credit)
    if in_usd is not None:
        return Cost.in_usd(in_usd)
    # What IonQ's credits are worth in dollars is a matter of contract.
    return None if in_credits is None else Cost(in_credits, "credits")


SERVICE = IonqV03()
