"""qBraid's Runtime API, version 2: jobs with their program and result, devices, prices in credits."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from quantum_jobs.sandbox import checks
from quantum_jobs.sandbox.engine import Circuit, Measured
from quantum_jobs.sandbox.exchange import Answer, Call, Operation, Refusal
from quantum_jobs.sandbox.jobs import Job, Phase, State
from quantum_jobs.sandbox.world import World

from .ionq_circuits import one_circuit
from .qbraid_devices import DEVICES, Device

STATUS: Mapping[Phase, str] = {
    Phase.SUBMITTED: "INITIALIZING",
    Phase.QUEUED: "QUEUED",
    Phase.RUNNING: "RUNNING",
    Phase.CANCELLING: "CANCELLING",
    Phase.CANCELLED: "CANCELLED",
    Phase.COMPLETED: "COMPLETED",
    Phase.FAILED: "FAILED",
}
_ALL_STATUSES = (*STATUS.values(), "VALIDATING", "UNKNOWN", "HOLD")
_FORMATS = (
    *("qasm2", "qasm3", "qir.bc", "qir.ll", "analog"),
    *("pulser.sequence", "quil", "ionq.circuit.v0", "problem", "gst"),
)
_FIRST_BALANCE = 10_000.0
_USUAL_SHOTS = 1000
_PAGE, _MAX_PAGE = 50, 100


class QbraidV2:
    """Answers stand in ``{"success", "data"}``, errors in ``{"detail"}``."""

    name = "qbraid-v2"
    base_path = "/api/v1"

    def __init__(self, world: World) -> None:
        self.world = world
        self.store = world.store(self.name)
        # Who the holder of every key is. These are not ids of anybody.
        self.organization_id, self.user_id, self.member_id = (self.store.new_hex(24) for _ in range(3))
        self.operations: Sequence[Operation] = [
            Operation("POST", "/jobs", self.create_job),
            Operation("GET", "/jobs", self.get_jobs),
            Operation("DELETE", "/jobs", self.delete_jobs),
            Operation("GET", "/jobs/cost-estimate", self.estimate),
            Operation("GET", "/jobs/statuses", self.get_statuses),
            Operation("POST", "/jobs/{job_qrn}/cancel", self.cancel_job),
            Operation("GET", "/jobs/{job_qrn}/result", self.get_result),
            Operation("GET", "/jobs/{job_qrn}/program", self.get_program),
            Operation("GET", "/jobs/{job_qrn}/compiled-program", self.get_compiled_program),
            Operation("GET", "/jobs/{job_qrn}", self.get_job),
            Operation("DELETE", "/jobs/{job_qrn}", self.delete_job),
            Operation("GET", "/devices", self.get_devices),
            Operation("GET", "/devices/{device_qrn}", self.get_device),
            Operation("GET", "/users/verify", self.verify),
            Operation("GET", "/billing/credits/balance", self.get_balance),
        ]

    def key(self, call: Call) -> str | None:
        return call.headers.get("x-api-key") or call.headers.get("x-access-token")

    def refusal(self, refusal: Refusal) -> Answer:
        if refusal.status:
            return Answer(refusal.status, {"detail": refusal.message})
        kind = "missing" if refusal.message == "is required" else "value_error"
        return Answer(422, {"detail": [{"loc": list(refusal.location), "msg": refusal.message, "type": kind}]})

    def create_job(self, call: Call) -> Answer:
        body = checks.mapping(call.json(), ("body",))
        device = self._device(checks.text(body, "deviceQrn", ("body",)))
        if device.status != "ONLINE":
            raise Refusal(410 if device.status == "RETIRED" else 409, f"Device {device.qrn} is {device.status}")
        shots = checks.optional_whole(body, "shots", ("body",), most=device.max_shots) or _USUAL_SHOTS
        checks.optional_mapping(body, "runtimeOptions", ("body",))
        name = checks.optional_text(body, "name", ("body",))
        circuits = _circuits(body, device)
        tags = _tags(checks.optional_mapping(body, "tags", ("body",)), ("body", "tags"))
        seed = self.store.sampling_seed("\n".join(circuit.source for circuit in circuits), shots)
        computations = self.world.compute(
            circuits,
            shots=shots,
            seed=seed,
            exact=False,
            control_flow=device.is_simulator,
            device_qubits=device.qubits,
        )
        job = Job(
            id=f"{device.qrn}-{self.store.new_hex(4)}-qjob-{self.store.new_hex(20)}",
            sequence=self.store.next_sequence(),
            device=device.qrn,
            pace=self.world.pace_of(device.qrn, device.pace),
            submitted_at=self.world.now(),
            computations=computations,
            shots=shots,
            name=name,
            tags=tags,
            request=body,
            seed=seed,
        )
        self.store.add(job)
        return _data(self._render(job), 201)

    def get_job(self, call: Call) -> Answer:
        return _data(self._render(self._find(call)))

    def get_jobs(self, call: Call) -> Answer:
        page = checks.query_whole(call, "page", 1)
        limit = checks.query_whole(call, "limit", _PAGE, most=_MAX_PAGE)
        group = checks.query_choice(call, "statusGroup", ("pending", "returned", "all"))
        status = checks.query_choice(call, "status", _ALL_STATUSES)
        vendor, provider, search = call.one("vendor"), call.one("provider"), call.one("search")
        tags = _wanted_tags(call)
        found = []
        for job in self.store.newest_first():
            device, state = DEVICES[job.device], self.world.state(job)
            if (
                (vendor in (None, "all", device.vendor))
                and (provider in (None, "all", device.provider))
                and (status is None or STATUS[state.phase] == status)
                and (status is not None or group in (None, "all") or state.phase.final == (group == "returned"))
                and (search is None or search.lower() in f"{job.id} {job.name or ''}".lower())
                and all(job.tags.get(name) == value for name, value in tags.items())
            ):
                found.append(job)
        pages = -(-len(found) // limit)
        pagination = {
            "page": page,
            "limit": limit,
            "total": len(found),
            "totalPages": pages,
            "hasNext": page < pages,
            "hasPrev": page > 1,
        }
        shown = [self._render(job) for job in found[(page - 1) * limit : page * limit]]
        return Answer(200, {"success": True, "data": shown, "pagination": pagination})

    def delete_job(self, call: Call) -> Answer:
        job = self._find(call)
        job.cancel(self.world.now())
        self.store.remove(job.id)
        return _data({"message": "Job deleted"})

    def delete_jobs(self, call: Call) -> Answer:
        try:
            qrns = json.loads(call.one("qrns") or "")
        except (ValueError, RecursionError):
            qrns = None
        if not isinstance(qrns, list) or not all(isinstance(qrn, str) for qrn in qrns):
            raise Refusal.invalid("must be a JSON array of job QRNs", "query", "qrns")
        gone, kept = [], {}
        for qrn in qrns:
            job = self.store.get(qrn)
            if job is None:
                kept[qrn] = "Job not found"
            else:
                job.cancel(self.world.now())
                self.store.remove(qrn)
                gone.append(qrn)
        return _data({"successfulIds": gone, "failedIds": kept})

    def cancel_job(self, call: Call) -> Answer:
        job = self._find(call)
        if not job.cancel(self.world.now()):
            status = STATUS[self.world.state(job).phase]
            raise Refusal(400, f"A job that is {status} cannot be cancelled")
        return _data({"message": "Job cancellation initiated", "jobQrn": job.id, "status": "CANCELLING"}, 202)

    def get_result(self, call: Call) -> Answer:
        job = self._find(call)
        state = self.world.state(job)
        if state.phase is not Phase.COMPLETED:
            raise Refusal(409, "Job results not available yet" if not state.phase.final else "Job has no results")
        outline = {
            "status": STATUS[state.phase],
            "cost": self._cost(job, state),
            "timeStamps": _time_stamps(job, state),
        }
        data = [_result_data(job, measured) for measured in job.measured]
        if isinstance(job.request["program"], list):
            return _data({**outline, "results": [{**outline, "resultData": one} for one in data]})
        return _data({**outline, "resultData": data[0]})

    def get_program(self, call: Call) -> Answer:
        job = self._find(call)
        if self.world.state(job).phase is Phase.SUBMITTED:
            raise Refusal(409, "Job program not available yet")
        return _data(job.request["program"])

    def get_compiled_program(self, call: Call) -> Answer:
        self._find(call)
        raise Refusal(404, "Job has no compiled program")

    def get_statuses(self, call: Call) -> Answer:
        counts = Counter(STATUS[self.world.state(job).phase] for job in self.store.newest_first())
        return _data({status: counts[status] for status in _ALL_STATUSES})

    def estimate(self, call: Call) -> Answer:
        qrn = call.one("deviceQrn")
        if qrn is None:
            raise Refusal.invalid("is required", "query", "deviceQrn")
        device = self._device(qrn)
        if device.status == "RETIRED":
            raise Refusal(410, f"Device {qrn} is RETIRED")
        shots = checks.query_whole(call, "shots", _USUAL_SHOTS, most=100_000)
        pace = self.world.pace_of(qrn, device.pace)
        quote = {
            "pricingAvailable": True,
            "deviceQrn": qrn,
            "shots": shots,
            "pricingModel": "fixed",
            "estimatedCost": device.price(shots, pace.running),
        }
        return _data(quote)

    def get_devices(self, call: Call) -> Answer:
        retired = checks.query_flag(call, "retired", True)
        return _data([device.render() for device in DEVICES.values() if retired or device.status != "RETIRED"])

    def get_device(self, call: Call) -> Answer:
        return _data(self._device(call.parameters["device_qrn"]).render())

    def verify(self, call: Call) -> Answer:
        person = {
            "organizationId": self.organization_id,
            "organizationUserId": self.member_id,
            "userId": self.user_id,
            "userName": "sandbox",
            "userEmail": "sandbox@example.com",
            "valid": True,
        }
        return _data(person)

    def get_balance(self, call: Call) -> Answer:
        costs = (self._cost(job, self.world.state(job)) for job in self.store.newest_first())
        balance = {
            "qbraidCredits": round(_FIRST_BALANCE - sum(cost or 0.0 for cost in costs), 6),
            "awsCredits": 0,
            "autoRecharge": False,
            "organizationId": self.organization_id,
            "userId": self.user_id,
        }
        return _data(balance)

    def _find(self, call: Call) -> Job:
        job = self.store.get(call.parameters["job_qrn"])
        if job is None:
            raise Refusal(404, "Job not found")
        return job

    def _device(self, qrn: str) -> Device:
        device = DEVICES.get(qrn)
        if device is None:
            raise Refusal(404, f"Device {qrn} not found")
        return device

    def _cost(self, job: Job, state: State) -> float | None:
        """What a job cost, in credits; None for one that has not run to its end."""
        if state.phase is not Phase.COMPLETED or state.ended_at is None or state.started_at is None:
            return None
        seconds = round(state.ended_at - state.started_at, 3)
        return DEVICES[job.device].price(job.shots or 0, seconds, len(job.computations))

    def _render(self, job: Job) -> dict[str, Any]:
        device, state = DEVICES[job.device], self.world.state(job)
        return {
            "name": job.name,
            "shots": job.shots,
            "deviceQrn": job.device,
            "tags": dict(job.tags),
            "runtimeOptions": dict(job.request.get("runtimeOptions") or {}),
            "jobQrn": job.id,
            "batchJobQrn": None,
            "groupJobQrn": None,
            "vendor": device.vendor,
            "provider": device.provider,
            "status": STATUS[state.phase],
            "statusMsg": None if state.failure is None else state.failure.message,
            "experimentType": "gate_model",
            "queuePosition": self._queue_position(job) if state.phase is Phase.QUEUED else None,
            "timeStamps": _time_stamps(job, state),
            "cost": self._cost(job, state),
            "estimatedCost": device.price(job.shots or 0, job.pace.running, len(job.computations)),
            "numCircuits": len(job.computations),
            "metadata": {},
        }

    def _queue_position(self, job: Job) -> int:
        """How many jobs of the same device are queued before this one."""
        position = 0
        for other in self.store.newest_first():
            if other.sequence < job.sequence and other.device == job.device:
                phase = self.world.state(other).phase
                if phase.final:
                    break  # those before it are further on still, but for the odd one that was held up
                position += phase is Phase.QUEUED
        return position


def _data(data: Any, status: int = 200) -> Answer:
    return Answer(status, {"success": True, "data": data})


def _circuits(body: Mapping[str, Any], device: Device) -> list[Circuit]:
    program = body.get("program")
    if program is None:
        raise Refusal.invalid("is required", "body", "program")
    if isinstance(program, list):
        if not program:
            raise Refusal.invalid("must hold a program", "body", "program")
        return [_circuit(one, device, ("body", "program", index)) for index, one in enumerate(program)]
    return [_circuit(program, device, ("body", "program"))]


def _circuit(program: Any, device: Device, place: checks.Place) -> Circuit:
    program = checks.mapping(program, place)
    form = checks.text(program, "format", place, choices=_FORMATS)
    if form not in device.programs:
        raise Refusal.invalid(f"is not one that {device.qrn} takes: {', '.join(device.programs)}", *place, "format")
    if form == "ionq.circuit.v0":
        return one_circuit(checks.mapping(program.get("data"), (*place, "data")), (*place, "data"), gateset="qis")
    return Circuit("qasm2" if form == "qasm2" else "qasm3", checks.text(program, "data", place))


def _tags(tags: Mapping[str, Any], place: checks.Place) -> dict[str, str | int | bool]:
    for name, value in tags.items():
        if not isinstance(value, str | int):
            raise Refusal.invalid("must be a string, an integer or a boolean", *place, name)
    return dict(tags)


def _wanted_tags(call: Call) -> Mapping[str, Any]:
    text = call.one("tags")
    try:
        tags = {} if text is None else json.loads(text)
    except (ValueError, RecursionError):
        tags = None
    if not isinstance(tags, dict):
        raise Refusal.invalid("must be a JSON object", "query", "tags")
    return tags


def _result_data(job: Job, measured: Measured) -> dict[str, Any]:
    """Keys are bitstrings with bit 0 rightmost."""
    return {
        "measurementCounts": dict(measured.counts or {}),
        "measurementProbabilities": dict(measured.probabilities),
        "runnerVersion": "sandbox",
        "runnerSeed": job.seed,
    }


def _time_stamps(job: Job, state: State) -> dict[str, Any]:
    ran = None if state.ended_at is None or state.started_at is None else state.ended_at - state.started_at
    return {
        "createdAt": _iso(job.submitted_at),
        "endedAt": None if state.ended_at is None else _iso(state.ended_at),
        "executionDuration": None if ran is None else round(1000 * ran),
    }


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
