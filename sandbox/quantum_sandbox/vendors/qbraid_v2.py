"""qBraid's Runtime API, version 2: jobs with their program and result, devices, prices in credits."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from quantum_sandbox import parse
from quantum_sandbox.accounts import Account
from quantum_sandbox.context import Context
from quantum_sandbox.engine import Noise, Program
from quantum_sandbox.engine.data import Language
from quantum_sandbox.http_types import HTTPError, Operation, RateLimit, Request, Response, parse_json
from quantum_sandbox.jobs import Job, Phase

from .ionq_circuits import one_circuit
from .qbraid_catalog import Catalog, device_named
from .qbraid_devices import DEVICES, QPU_NOISE, Device
from .qbraid_groups import Groups, Prices, tags_of
from .qbraid_jobs import STATUS, as_text, cost_of, estimate_of, rendered, rendered_new, short_device, time_stamps
from .qbraid_responses import data, page_of, pagination, search_of
from .qbraid_results import noise_model_of, result_data
from .timestamps import iso

_ALL_STATUSES = (*STATUS.values(), "UNKNOWN")
_FORMATS = (
    *("qasm2", "qasm3", "qir.bc", "qir.ll", "analog"),
    *("pulser.sequence", "quil", "ionq.circuit.v0", "problem", "gst"),
)
_LANGUAGES: Mapping[str, Language] = {
    "qasm2": "qasm2",
    "qasm3": "qasm3",
    "qir.ll": "qir.ll",
    "qir.bc": "qir.bc",
    "analog": "analog",
    "problem": "annealing",
}
"""The engine's language for each format that it reads as text."""
_AS_JSON = ("analog", "problem")
"""Formats whose data are JSON, either as a value or as text."""
_INITIAL_BALANCE = 10_000.0
_PAGE = 50


_CODES: Mapping[int, str] = {
    400: "BAD_REQUEST",
    401: "INVALID_API_KEY",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "CONFLICT",
    410: "GONE",
    413: "PAYLOAD_TOO_LARGE",
    429: "TOO_MANY_REQUESTS",
}
"""Error codes. Those of 401, 404 and of an early cancel were recorded from qBraid, the others are assumed."""


class QbraidV2:
    """Jobs, results, groups, devices and credits.

    Responses have the form ``{"success", "data"}``, errors ``{"success", "message", "error"}``. The error for an
    invalid request has the documented form ``{"detail"}``: it was never recorded from qBraid.
    """

    name = "qbraid-v2"
    base_path = "/api/v1"
    vendor_statuses = STATUS
    rate_limit = RateLimit(requests=1000, seconds=900, without_key=100)

    def __init__(self, context: Context) -> None:
        self.context = context
        self.store = context.store(self.name, lambda job, state: cost_of(job, state) or 0.0)
        self.catalog = Catalog(context)
        self.groups = Groups(context, self.store, Prices(cost_of, estimate_of), self._render)
        self.operations: Sequence[Operation] = [
            # First, because later paths would match "group" or "cost-estimate" as the id of a job.
            *self.groups.operations,
            *self.catalog.operations,
            Operation("POST", "/jobs", self.create_job),
            Operation("GET", "/jobs", self.get_jobs),
            Operation("DELETE", "/jobs", self.delete_jobs),
            Operation("GET", "/jobs/statuses", self.get_statuses),
            Operation("POST", "/jobs/{job_qrn}/cancel", self.cancel_job),
            Operation("GET", "/jobs/{job_qrn}/result", self.get_result),
            Operation("GET", "/jobs/{job_qrn}/program", self.get_program),
            Operation("GET", "/jobs/{job_qrn}/compiled-program", self.get_compiled_program),
            Operation("GET", "/jobs/{job_qrn}", self.get_job),
            Operation("DELETE", "/jobs/{job_qrn}", self.delete_job),
            Operation("GET", "/users/verify", self.verify),
            Operation("GET", "/billing/credits/balance", self.get_balance),
        ]

    def saved(self) -> Any:
        return self.groups.saved()

    def restore(self, saved: Any, jobs: Mapping[str, Job]) -> None:
        for job in jobs.values():
            if job.device not in DEVICES or "program" not in job.request:
                raise ValueError(f"{job.id} is no job of qBraid's")
        self.groups.restore(saved, jobs)

    def key(self, request: Request) -> str | None:
        return request.headers.get("x-api-key") or request.headers.get("x-access-token")

    def error_response(self, error: HTTPError) -> Response:
        if not error.status:
            kind = "missing" if error.message == "is required" else "value_error"
            return Response(422, {"detail": [{"loc": list(error.location), "msg": error.message, "type": kind}]})
        code = error.code or _CODES.get(error.status, "INTERNAL_SERVER_ERROR")
        details = {"message": error.message, "code": code}
        if error.status == 401:
            now = self.context.now()
            details["timestamp"] = iso(now)
            details["requestId"] = f"req_{round(1000 * now)}_{Account(str(now)).hex('request', 9)}"
        return Response(error.status, {"success": False, "message": error.message, "error": details})

    def create_job(self, request: Request) -> Response:
        body = parse.json_object(request.json(), ("body",))
        device = device_named(parse.string(body, "deviceQrn", ("body",)))
        if device.status != "ONLINE":
            raise HTTPError(410 if device.status == "RETIRED" else 409, f"Device {device.qrn} is {device.status}")
        shots = parse.optional_integer(body, "shots", ("body",), maximum=device.max_shots) or device.default_shots
        parse.optional_object(body, "runtimeOptions", ("body",))
        name = parse.optional_string(body, "name", ("body",))
        circuits, tags, noise = _circuits(body, device), tags_of(body), self._noise(device, body)
        group = self.groups.find_open(request, parse.optional_string(body, "groupJobQrn", ("body",)))
        self.store.make_room(self.context.now())
        seed = self.store.sampling_seed("\n".join(circuit.source for circuit in circuits), shots or 1)
        computations = self.context.compute(
            circuits,
            shots=shots or 1,
            seed=seed,
            exact=False,
            control_flow=device.is_simulator,
            device_qubits=device.qubits or 0,
            noise=noise,
            compile_for=device.native_gate,
        )
        job = Job(
            id=f"{device.qrn}-{self.store.new_hex(4)}-qjob-{self.store.new_hex(20)}",
            sequence=self.store.next_sequence(),
            device=device.qrn,
            latency=self.context.latency_of(device.qrn, device.latency),
            submitted_at=self.context.now(),
            owner=request.owner,
            computations=computations,
            shots=shots,
            name=name,
            tags=tags,
            request=body,
            seed=seed,
            group_id=None if group is None else group.id,
            size=len(request.body),
        )
        self.store.add(job)
        if group is not None:
            group.jobs[job.id] = job
        return data(rendered_new(job, self.context.state(job)), 201)

    def get_job(self, request: Request) -> Response:
        job = self._find(request)
        return data({**self._render(job), "device": short_device(job)})

    def get_jobs(self, request: Request) -> Response:
        page, limit = page_of(request, default_size=_PAGE)
        group = parse.query_choice(request, "statusGroup", ("pending", "returned", "all"))
        status = parse.query_choice(request, "status", _ALL_STATUSES)
        vendor, provider, search = request.query_value("vendor"), request.query_value("provider"), search_of(request)
        tags = _wanted_tags(request)
        index = self.store.index(request.owner, self.context.now())
        sequences = index.all
        if status is None and not request.lag and group in ("pending", "returned"):
            sequences = index.pending if group == "pending" else index.ended

        def matches(job: Job) -> bool:
            device, state = DEVICES[job.device], self.context.state(job, request.lag)
            return (
                self.context.is_listed(job, request.lag)
                and (vendor in (None, "all", device.vendor))
                and (provider in (None, "all", device.provider))
                and (status is None or STATUS[state.phase] == status)
                and (status is not None or group in (None, "all") or state.phase.final == (group == "returned"))
                and search in f"{job.id} {job.name or ''}".lower()
                and all(_same(job.tags.get(name), value) for name, value in tags.items())
            )

        found = [job for job in index.newest_first(sequences) if matches(job)]
        shown = [self._render(job, request.lag) for job in found[(page - 1) * limit : page * limit]]
        response = {"success": True, "data": shown, "pagination": pagination(page, limit, len(found))}
        return Response(200, response)

    def delete_job(self, request: Request) -> Response:
        job = self._find(request)
        self.store.cancel(job, self.context.now())
        self.store.remove(job.id)
        return data({"message": "Job deleted"})

    def delete_jobs(self, request: Request) -> Response:
        try:
            qrns = parse_json(request.query_value("qrns") or "")
        except ValueError:
            qrns = None
        if not isinstance(qrns, list) or not all(isinstance(qrn, str) for qrn in qrns):
            raise HTTPError.invalid("must be a JSON array of job QRNs", "query", "qrns")
        gone, kept = [], {}
        for qrn in dict.fromkeys(qrns):
            job = self.store.get(qrn, request.owner)
            if job is None:
                kept[qrn] = "Job not found"
            else:
                self.store.cancel(job, self.context.now())
                self.store.remove(qrn)
                gone.append(qrn)
        return data({"successfulIds": gone, "failedIds": kept})

    def cancel_job(self, request: Request) -> Response:
        job = self._find(request)
        phase = self.context.state(job).phase
        if phase in (Phase.SUBMITTED, Phase.VALIDATING):
            message = (
                f"Job {job.id} is still initializing and cannot be cancelled yet. Please try again in a few moments."
            )
            raise HTTPError(409, message, code="JOB_CANCEL_CONFLICT")
        if not self.store.cancel(job, self.context.now()):
            raise HTTPError(400, f"A job that is {STATUS[phase]} cannot be cancelled")
        return data(
            {"message": "Job cancellation initiated successfully", "jobQrn": job.id, "status": "CANCELLING"}, 202
        )

    def get_result(self, request: Request) -> Response:
        job = self._find(request)
        state = self.context.state(job)
        if state.phase is not Phase.COMPLETED:
            raise HTTPError(409, "Job results not available yet" if not state.phase.final else "Job has no results")
        outline = {
            "status": STATUS[state.phase],
            "cost": as_text(cost_of(job, state) or 0.0, job.seed),
            "timeStamps": time_stamps(job, state),
        }
        # qBraid accepts no other spelling.
        with_rows = request.query_value("includeMeasurements") == "true"
        results = [{**outline, "resultData": one} for one in result_data(job, with_rows=with_rows)]
        return data({**outline, "results": results} if isinstance(job.request["program"], list) else results[0])

    def get_program(self, request: Request) -> Response:
        job = self._find(request)
        if self.context.state(job).phase is Phase.SUBMITTED:
            raise HTTPError(409, "Job program not available yet")
        return data(job.request["program"])

    def get_compiled_program(self, request: Request) -> Response:
        job = self._find(request)
        done = self.context.state(job).phase is Phase.COMPLETED
        sources = [measured.compiled.get("qasm3") for measured in job.measured] if done else []
        if not sources or None in sources:
            raise HTTPError(404, "Job has no compiled program")
        compiled = [{"format": "qasm3", "data": source} for source in sources]
        return data(compiled if isinstance(job.request["program"], list) else compiled[0])

    def get_statuses(self, request: Request) -> Response:
        index = self.store.index(request.owner, self.context.now())
        pending = (self.context.state(job).phase for job in index.newest_first(index.pending))
        counts = Counter(STATUS[phase] for phase in pending)
        counts.update({STATUS[phase]: count for phase, count in index.ends.items()})
        return data({status: counts[status] for status in _ALL_STATUSES})

    def verify(self, request: Request) -> Response:
        account = Account(request.owner)
        person = {
            "organizationId": account.hex("organization"),
            "organizationUserId": account.hex("member"),
            "userId": account.hex("user"),
            "userName": "sandbox",
            "userEmail": "sandbox@example.com",
            "valid": True,
        }
        return data(person)

    def get_balance(self, request: Request) -> Response:
        self.store.index(request.owner, self.context.now())
        account = Account(request.owner)
        balance = {
            "qbraidCredits": round(_INITIAL_BALANCE - self.store.spent[request.owner], 6),
            "awsCredits": 0,
            "autoRecharge": False,
            "organizationId": account.hex("organization"),
            "userId": account.hex("user"),
        }
        return data(balance)

    def _find(self, request: Request) -> Job:
        job = self.store.get(request.parameters["job_qrn"], request.owner)
        if job is None:
            raise HTTPError(404, "Job not found")
        return job

    def _noise(self, device: Device, body: Mapping[str, Any]) -> Noise | None:
        if device.noise_models:
            chosen = noise_model_of(body) or device.noise_model
            if not isinstance(chosen, str) or chosen not in device.noise_models:
                known = ", ".join(device.noise_models)
                raise HTTPError.invalid(f"must be one of {known}", "body", "runtimeOptions", "noiseModel")
            return device.noise_models[chosen]
        return QPU_NOISE if self.context.noisy_qpus and not device.is_simulator else None

    def _render(self, job: Job, lag: float = 0.0) -> dict[str, Any]:
        state = self.context.state(job, lag)
        is_queued = state.phase is Phase.QUEUED
        return rendered(job, state, self.store.queue_position(job, self.context.now()) if is_queued else None)


def _circuits(body: Mapping[str, Any], device: Device) -> list[Program]:
    program = body.get("program")
    if program is None:
        raise HTTPError.invalid("is required", "body", "program")
    if isinstance(program, list):
        if not program:
            raise HTTPError.invalid("must hold a program", "body", "program")
        return [_circuit(one, device, ("body", "program", index)) for index, one in enumerate(program)]
    return [_circuit(program, device, ("body", "program"))]


def _circuit(program: Any, device: Device, location: parse.Location) -> Program:
    program = parse.json_object(program, location)
    form = parse.string(program, "format", location, choices=_FORMATS)
    if form not in device.programs:
        raise HTTPError.invalid(
            f"is not one that {device.qrn} takes: {', '.join(device.programs)}", *location, "format"
        )
    if form == "ionq.circuit.v0":
        return one_circuit(
            parse.json_object(program.get("data"), (*location, "data")), (*location, "data"), gateset="qis"
        )
    if form in _AS_JSON and isinstance(program.get("data"), dict):
        return Program(_LANGUAGES[form], json.dumps(program["data"], sort_keys=True))
    return Program(_LANGUAGES[form], parse.string(program, "data", location))


def _wanted_tags(request: Request) -> Mapping[str, Any]:
    text = request.query_value("tags")
    try:
        tags = {} if text is None else parse_json(text)
    except ValueError:
        tags = None
    if not isinstance(tags, dict):
        raise HTTPError.invalid("must be a JSON object", "query", "tags")
    return tags


def _same(one: Any, other: Any) -> bool:
    """Whether two tags are equal and of one type, since 1 == True in Python."""
    return type(one) is type(other) and one == other
