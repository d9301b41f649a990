"""qBraid Runtime API v2 between its bindings and the model.

Peculiarities: everything stands in an envelope ``{success, data}``; costs are credits and may come as text; jobs are
found by tags; there is no bulk status request, so many jobs are followed through listings; several programs in one job
give a batch result.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from quantum_apis.qbraid_v2 import models
from quantum_apis.qbraid_v2.api.devices import get_devices
from quantum_apis.qbraid_v2.api.jobs import (
    cancel_job,
    create_job,
    delete_job,
    delete_jobs,
    estimate_job_cost,
    get_job,
    get_job_compiled_program,
    get_job_program,
    get_job_result,
    get_jobs,
)
from quantum_apis.qbraid_v2.types import UNSET

from quantum_jobs import programs
from quantum_jobs.errors import UnsupportedError
from quantum_jobs.http.limits import RateLimit
from quantum_jobs.http.messages import LONG_ANSWER, PAGE_ANSWER, Call, call
from quantum_jobs.model import Cost, Device, Estimate, Failure, JobRecord, JobStatus, Program, Result
from quantum_jobs.services import estimating, qbraid_v2_results, reading
from quantum_jobs.services.base import (
    IDEMPOTENCY_TAG,
    Ask,
    ErrorDetails,
    Page,
    Service,
    Submission,
)

_STATUSES = {
    "INITIALIZING": JobStatus.INITIALIZING,
    "VALIDATING": JobStatus.INITIALIZING,
    "QUEUED": JobStatus.QUEUED,
    "RUNNING": JobStatus.RUNNING,
    "CANCELLING": JobStatus.CANCELLING,
    "HOLD": JobStatus.ON_HOLD,
    "COMPLETED": JobStatus.COMPLETED,
    "FAILED": JobStatus.FAILED,
    "CANCELLED": JobStatus.CANCELLED,
    "UNKNOWN": JobStatus.UNKNOWN,
}

#: Our names of formats, and the vendor's.
_FORMATS = {
    programs.QASM3: "qasm3",
    programs.QASM2: "qasm2",
    programs.QIR_BITCODE: "qir.bc",
    programs.QIR_TEXT: "qir.ll",
    programs.IONQ_CIRCUIT: programs.IONQ_CIRCUIT_V0,
    "analog": "analog",
    "pulser.sequence": "pulser.sequence",
    "quil": "quil",
    "problem": "problem",
    "gst": "gst",
}

#: The largest page that the API gives.
PAGE = 100


class QbraidV2(Service):
    """qBraid Runtime API v2."""

    name: ClassVar[str] = "qbraid-v2"
    alias: ClassVar[str | None] = "qbraid"
    base_url: ClassVar[str] = "https://api-v2.qbraid.com/api/v1"
    key_variable: ClassVar[str] = "QBRAID_API_KEY"
    url_variable: ClassVar[str] = "QBRAID_API_URL"
    bindings: ClassVar[str | None] = "quantum_apis.qbraid_v2"
    status_words: ClassVar[Mapping[str, JobStatus]] = _STATUSES
    formats: ClassVar[Sequence[str]] = tuple(_FORMATS)
    rate_limit: ClassVar[RateLimit | None] = RateLimit(requests=1000, seconds=900.0)
    bulk_chunk: ClassVar[int] = 50

    def headers(self, api_key: str) -> Mapping[str, str]:
        return {"X-API-KEY": api_key}

    def read_error(self, body: Any) -> ErrorDetails:
        detail = models.ErrorDetail.from_dict(reading.json_object(body))
        info = reading.part(detail.error, models.ErrorInfo)
        message = reading.first(
            reading.text(info.message), reading.text(detail.message), _detail_text(reading.items(body).get("detail"))
        )
        # The request's id stands beside the error in recorded answers, and inside it by the description.
        request_id = reading.first(reading.text(reading.items(body).get("requestId")), reading.text(info.request_id))
        return ErrorDetails(message, reading.text(info.code), request_id)

    def kept_tags(self, tags: Mapping[str, str | int | float | bool]) -> Mapping[str, str | int | bool]:
        return {key: repr(value) if isinstance(value, float) else value for key, value in tags.items()}

    def create(self, submission: Submission) -> Call[JobRecord]:
        sent = [_program_to_send(self, program) for program in submission.programs]
        body = models.JobRequest(
            program=sent if submission.several else sent[0],
            device_qrn=submission.device,
            shots=UNSET if submission.shots is None else submission.shots,
            name=UNSET if submission.name is None else submission.name,
            tags=models.JobTags.from_dict({**self.kept_tags(submission.tags), **submission.own_tags}),
            runtime_options=models.RuntimeOptions.from_dict(submission.options) if submission.options else UNSET,
        )
        return call(create_job.build_request(body=body), _created)

    def get(self, job_id: str) -> Call[JobRecord]:
        return call(get_job.build_request(job_id), _read_job, about=job_id)

    def jobs(
        self,
        *,
        vendor_status: str | None = None,
        device: str | None = None,
        tags: Mapping[str, str | int | float | bool] | None = None,
        limit: int | None = None,
    ) -> Call[Page[JobRecord]]:
        size = PAGE if limit is None else max(1, min(limit, PAGE))
        filters: dict[str, Any] = {} if vendor_status is None else {"status": models.JobStatus(vendor_status)}
        return _listing(1, size, {**filters, "tags": json.dumps(dict(tags))} if tags else filters)

    def search(self, idempotency_key: str) -> Call[Page[JobRecord]] | None:
        return _listing(1, PAGE, {"tags": json.dumps({IDEMPOTENCY_TAG: idempotency_key})})

    def listings(self) -> Sequence[Call[Page[JobRecord]]]:
        return [_listing(1, PAGE, {"status_group": models.StatusGroup(group)}) for group in ("pending", "returned")]

    async def results(
        self, ask: Ask, record: JobRecord, *, memory: bool = False, aggregation: str | None = None
    ) -> list[Result]:
        read = partial(qbraid_v2_results.read, record=record, memory=memory)
        # Rows of single shots are sent on demand only.
        request = get_job_result.build_request(record.id, include_measurements=True if memory else UNSET)
        return await ask(call(request, read, not_yet=True, max_body=LONG_ANSWER))

    def cancel(self, job_id: str) -> Call[None]:
        # Right after its submission a job cannot be cancelled yet, and the service says so.
        request = cancel_job.build_request(job_id)
        return call(request, _acknowledged(job_id), not_yet_code="JOB_CANCEL_CONFLICT")

    def delete(self, job_id: str) -> Call[None]:
        return call(delete_job.build_request(job_id), _acknowledged(job_id))

    def delete_many(self, job_ids: Sequence[str]) -> Call[Mapping[str, str | None]] | None:
        return call(delete_jobs.build_request(qrns=json.dumps(list(job_ids))), _read_deleted)

    def program(self, record: JobRecord) -> Call[list[Program]]:
        request = get_job_program.build_request(record.id)
        return call(request, _read_programs, not_yet=True, max_body=LONG_ANSWER)

    def compiled_program(self, record: JobRecord) -> Call[list[Program]]:
        request = get_job_compiled_program.build_request(record.id)
        return call(request, _read_programs, max_body=LONG_ANSWER)

    def devices(self) -> Call[Page[Device]]:
        return _device_page(1)

    def estimate(
        self, *, program: Program | None, device: str, shots: int | None, options: Mapping[str, Any]
    ) -> Call[Estimate]:
        # Prices are by device and shots here, whatever the program.
        estimating.checked_options(self, options, known=())
        request = estimate_job_cost.build_request(device_qrn=device, shots=UNSET if shots is None else shots)
        return call(request, _read_estimate)

    def estimate_of(self, submission: Submission, program: Program) -> Call[Estimate]:
        if submission.shots is None:
            raise UnsupportedError("how many shots a job has that names none is up to the device: give shots=")
        return super().estimate_of(submission, program)

    def catalogue_price(self, device: Device, shots: int | None) -> Cost | None:
        # By the job and the shot; a price by the minute, or one that changes, tells nothing beforehand.
        known = models.RuntimeDevice.from_dict(device.raw)
        pricing = reading.part(known.pricing, models.DevicePricing)
        per_job, per_shot, per_minute = map(reading.decimal, (pricing.per_task, pricing.per_shot, pricing.per_minute))
        is_open = per_minute or known.pricing_model == "dynamic" or (per_shot and shots is None)
        if is_open or per_job is None or per_shot is None:
            return None
        return Cost.in_credits(per_job + per_shot * (shots or 0))


def _program_to_send(service: Service, program: Program) -> models.Program:
    if program.format not in _FORMATS:
        raise programs.refuse(program, service.name, service.formats)
    data = base64.b64encode(program.data).decode() if isinstance(program.data, bytes) else program.data
    return models.Program(format_=models.ProgramFormat(_FORMATS[program.format]), data=data)


def _listing(page: int, limit: int, filters: Mapping[str, Any]) -> Call[Page[JobRecord]]:
    def read(body: Any) -> Page[JobRecord]:
        answer = reading.json_object(body)
        records = reading.records(answer.get("data"), lambda row: _record(reading.json_object(row)))
        pagination = reading.part(models.GetJobsResponse.from_dict(answer).pagination, models.Pagination)
        more = pagination.has_next is True and bool(answer["data"])
        return Page(records=records, next=_listing(page + 1, limit, filters) if more else None)

    request = get_jobs.build_request(page=page, limit=limit, **filters)
    return call(request, read, max_body=PAGE_ANSWER)


def _read_job(body: Any) -> JobRecord:
    return _record(reading.json_object(reading.json_object(body).get("data")))


def _acknowledged(job_id: str) -> Callable[[object], None]:
    check = reading.acknowledged(job_id, "jobQrn")

    def read(body: object) -> None:
        check(body)
        check(reading.items(body).get("data"))

    return read


def _created(body: Any) -> JobRecord:
    # Whatever else the answer holds, the id must not be lost: it may stand outside the envelope.
    answer = reading.json_object(body)
    data = reading.items(answer.get("data"))
    return _record(data if reading.text(data.get("jobQrn")) else answer)


def _record(raw: Mapping[str, Any]) -> JobRecord:
    job = models.RuntimeJob.from_dict(raw)
    stamps = reading.part(job.time_stamps, models.TimeStamps)
    message = reading.message(job.status_msg)
    return reading.record(
        SERVICE,
        raw,
        id_key="jobQrn",
        status=job.status,
        tags=raw.get("tags"),
        status_message=message,
        name=reading.text(job.name),
        device=reading.text(job.device_qrn),
        shots=reading.integer(job.shots),
        # The one in the time stamps was seen to change while the job lives.
        created_at=reading.first(reading.timestamp(job.created_at), reading.timestamp(stamps.created_at)),
        ended_at=reading.timestamp(stamps.ended_at),
        execution_duration=reading.milliseconds(stamps.execution_duration),
        queue_position=reading.integer(job.queue_position),
        cost=_credits(job.cost),
        estimated_cost=_credits(job.estimated_cost),
        failure=Failure(message=message) if job.status == "FAILED" else None,
        parent_id=reading.identifier(job.batch_job_qrn),
    )


def _credits(value: object) -> Cost | None:
    amount = reading.decimal(value)
    return None if amount is None else Cost.in_credits(amount)


def _read_programs(body: Any) -> list[Program]:
    data = reading.json_object(body).get("data")
    return [_read_program(each) for each in (data if isinstance(data, list) else [data])]


def _read_program(raw: object) -> Program:
    program = models.Program.from_dict(reading.json_object(raw))
    format_ = reading.text(program.format_)
    if format_ is None or program.data is UNSET:
        raise ValueError("'format' or 'data' of the program is missing")
    if format_ == programs.QIR_BITCODE and isinstance(program.data, str):
        return Program(format_, base64.b64decode(program.data))
    return Program(format_, program.data)


def _read_deleted(body: Any) -> Mapping[str, str | None]:
    response = models.DeleteJobsResponse.from_dict(reading.json_object(body))
    deleted = reading.part(response.data, models.DeletedJobs)
    failed = reading.part(deleted.failed_ids, models.FailedDeletions).additional_properties
    done: dict[str, str | None] = dict.fromkeys(reading.texts(deleted.successful_ids))
    return {**done, **{job_id: str(reason) for job_id, reason in failed.items()}}


def _device_page(page: int) -> Call[Page[Device]]:
    def read(body: Any) -> Page[Device]:
        response = models.GetDevicesResponse.from_dict(reading.json_object(body))
        rows = reading.items(body).get("data")
        devices = [_device(row) for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
        pagination = reading.part(response.pagination, models.Pagination)
        # A live answer was seen without the pagination block, so a full page alone means that there may be more.
        more = pagination.has_next is True or (not response.pagination and len(devices) >= PAGE)
        return Page(records=devices, next=_device_page(page + 1) if more and devices else None)

    return call(get_devices.build_request(page=page, limit=PAGE), read, max_body=PAGE_ANSWER)


def _device(raw: Mapping[str, Any]) -> Device:
    device = models.RuntimeDevice.from_dict(raw)
    status = reading.text(device.status)
    kind = reading.text(device.device_type)
    minutes = reading.decimal(device.avg_queue_time)
    return Device(
        id=reading.text(device.qrn) or "",
        service=QbraidV2.name,
        name=reading.text(device.name),
        status=status,
        online=None if status is None else status == "ONLINE",
        simulator=None if kind is None else kind == "SIMULATOR",
        num_qubits=reading.integer(device.number_qubits),
        queue_length=reading.integer(device.queue_depth),
        queue_time=None if minutes is None else reading.milliseconds(minutes * 60_000),
        raw=raw,
    )


def _read_estimate(body: Any) -> Estimate:
    raw = reading.json_object(reading.json_object(body).get("data"))
    estimate = models.CostEstimate.from_dict(raw)
    # A number beside the word that there is no price is none.
    cost = None if estimate.pricing_available is False else _credits(estimate.estimated_cost)
    return Estimate(cost=cost, reason=reading.message(estimate.reason), raw=raw)


def _detail_text(detail: object) -> str | None:
    """FastAPI's detail: a text, or a list of places with what is wrong at each."""
    if not isinstance(detail, list):
        return reading.text(detail)
    places = [reading.items(entry) for entry in detail]
    said = [f"{'.'.join(map(str, place.get('loc') or ['?']))}: {place.get('msg')}" for place in places if place]
    return "; ".join(said) or None


SERVICE = QbraidV2()
