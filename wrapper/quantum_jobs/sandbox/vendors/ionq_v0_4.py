"""IonQ's API v0.4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from quantum_jobs.sandbox import checks
from quantum_jobs.sandbox.engine import Circuit, Failed
from quantum_jobs.sandbox.engine.bounds import version_of
from quantum_jobs.sandbox.exchange import Answer, Call, Operation, Refusal
from quantum_jobs.sandbox.jobs import Job, Phase, State
from quantum_jobs.sandbox.world import known

from . import ionq_results as results
from .ionq import FAILURE_CODES, IonQ, is_exact, metadata_of
from .ionq_circuits import names_of_circuits, one_circuit, several_circuits
from .ionq_devices import BACKENDS_V0_4, Backend, gates_of, price_of

STATUS: Mapping[Phase, str] = {
    Phase.SUBMITTED: "submitted",
    Phase.QUEUED: "ready",
    Phase.RUNNING: "started",
    Phase.CANCELLING: "canceled",
    Phase.CANCELLED: "canceled",
    Phase.COMPLETED: "completed",
    Phase.FAILED: "failed",
}
_STATUSES = tuple(dict.fromkeys(STATUS.values()))
_CIRCUIT, _QASM3, _MULTI = "ionq.circuit.v1", "ionq.qasm3.v1", "ionq.multi-circuit.v1"
_MAX_SHOTS = 1_000_000
_JSON = "application/json"


class IonQV04(IonQ):
    """Jobs, results as URLs and as artifacts, costs, backends. Times are ISO 8601, durations milliseconds."""

    name = "ionq-v0.4"
    base_path = "/v0.4"
    backends = BACKENDS_V0_4

    def own_operations(self) -> Sequence[Operation]:
        return [
            Operation("GET", "/whoami", self.whoami),
            Operation("GET", "/backends", self.get_backends, public=True),
            Operation("GET", "/backends/{backend}", self.get_backend, public=True),
            Operation("GET", "/jobs/estimate", self.estimate),
            Operation("GET", "/jobs/{UUID}/cost", self.get_cost),
            Operation("GET", "/jobs/{UUID}/artifacts/{artifactId}", self.get_artifact),
            Operation("GET", "/jobs/{UUID}/results/probabilities/aggregated", self.get_aggregated),
            Operation("GET", "/jobs/{UUID}/results/{kind}", self.get_results),
        ]

    def create_job(self, call: Call) -> Answer:
        body = checks.mapping(call.json(), ("body",))
        kind = checks.text(body, "type", ("body",), choices=(_CIRCUIT, _QASM3, _MULTI))
        backend = self.backend_named(body, "backend")
        shots = checks.optional_whole(body, "shots", ("body",), most=_MAX_SHOTS) or 100
        program = checks.mapping(body.get("input"), ("body", "input"))
        job = self.submit(
            _circuits(kind, program, backend),
            backend,
            shots=shots,
            exact=is_exact(backend, body),
            request=body,
            metadata=metadata_of(body),
            circuit_names=names_of_circuits(program) if kind == _MULTI else None,
        )
        return Answer(201, {"id": job.id, "status": "submitted", "session_id": body.get("session_id")})

    def get_job(self, call: Call) -> Answer:
        job = self.find(call.parameters["UUID"])
        children = [child.id for child in job.children] or None
        return Answer(200, {**self._render(job, self.world.state(job)), "child_job_ids": children})

    def get_jobs(self, call: Call) -> Answer:
        ids = call.query.get("ids", ())
        status = checks.query_choice(call, "status", _STATUSES)
        parent, session = call.one("parent_job_id"), call.one("session_id")
        targets = (call.one("target") or "").split(",") if call.one("target") else None
        submitter = call.one("submitter_id")

        def matches(job: Job, state: State) -> bool:
            if job.parent_id is not None and not ids and parent is None:
                return False
            return (
                (status is None or STATUS[state.phase] == status)
                and (parent is None or job.parent_id == parent)
                and (session is None or job.request.get("session_id") == session)
                and (targets is None or job.device in targets)
                and (submitter is None or submitter == self.submitter_id)
            )

        page, cursor = self.page(call, ids, matches)
        return Answer(200, {"jobs": [self._render(job, state) for job, state in page], "next": cursor})

    def get_results(self, call: Call) -> Answer:
        job, kind = self.find(call.parameters["UUID"]), call.parameters["kind"]
        checks.query_flag(call, "sharpen")
        result_format = results.LEGACY_KINDS.get(kind)
        if result_format is None or result_format not in self._formats(job, self.world.state(job)):
            raise Refusal(404, f"Job {job.id} has no {kind}")
        return Answer(200, results.payload(job, result_format))

    def get_aggregated(self, call: Call) -> Answer:
        job = self.find(call.parameters["UUID"])
        if results.AGGREGATE not in self._formats(job, self.world.state(job)):
            raise Refusal(404, f"Job {job.id} has no aggregated probabilities")
        return Answer(200, results.payload(job, results.AGGREGATE))

    def get_artifact(self, call: Call) -> Answer:
        job = self.find(call.parameters["UUID"])
        for result_format in self._formats(job, self.world.state(job)):
            if results.artifact_id(job, result_format) == call.parameters["artifactId"]:
                return Answer(200, results.payload(job, result_format))
        raise Refusal(404, f"Job {job.id} has no such artifact")

    def get_cost(self, call: Call) -> Answer:
        job = self.find(call.parameters["UUID"])
        price = {"value": price_of(self.backends[job.device], job), "unit": "usd"}
        done = self.world.state(job).phase is Phase.COMPLETED
        cost = {**price, "value": 0.0} if _is_dry(job) else price
        return Answer(200, known({"dry_run": _is_dry(job), "estimated_cost": price, "cost": cost if done else None}))

    def estimate(self, call: Call) -> Answer:
        name = call.one("backend") or ""
        if name not in self.backends:
            raise Refusal.invalid(f"must be one of {', '.join(self.backends)}", "query", "backend")
        backend = self.backends[name]
        shots = checks.query_whole(call, "shots", 1000, most=_MAX_SHOTS)
        gates = [checks.query_whole(call, f"{n}q_gates", 0, least=0) for n in (1, 2)]
        rate = {
            "sku": backend.name,
            "unit": "gates",
            "cost_1q_gate": backend.price_1q,
            "cost_2q_gate": backend.price_2q,
            "job_cost_minimum": backend.minimum,
        }
        context = {
            "backend": backend.name,
            "type": call.one("type") or _CIRCUIT,
            "qubits": checks.query_whole(call, "qubits", 25),
            "shots": shots,
            "1q_gates": gates[0],
            "2q_gates": gates[1],
            "error_mitigation": checks.query_flag(call, "error_mitigation"),
            "organization": self.organization_id,
            "project": self.project_id,
        }
        pace = self.world.pace_of(backend.name, backend.pace)
        estimate = {
            "estimate_context": context,
            "estimated_at": _iso(self.world.now()),
            "estimated_unit": "usd",
            "rate_card": {"id": f"sandbox-{backend.name}", "rates": [rate]},
            "estimated_total_cost": backend.price(gates[0], gates[1], shots),
            "estimated_execution_time": round(1000 * pace.running),
            "current_predicted_queue_time": round(1000 * (pace.submitted + pace.queued)),
        }
        return Answer(200, estimate)

    def whoami(self, call: Call) -> Answer:
        return Answer(200, {"key_id": self.key_id, "key_name": "sandbox", "project_id": self.project_id})

    def get_backends(self, call: Call) -> Answer:
        return Answer(200, [self._render_backend(backend) for backend in self.backends.values()])

    def get_backend(self, call: Call) -> Answer:
        backend = self.backends.get(call.parameters["backend"])
        if backend is None:
            raise Refusal(404, f"Backend {call.parameters['backend']} was not found")
        return Answer(200, self._render_backend(backend))

    def _render(self, job: Job, state: State) -> dict[str, Any]:
        """A job as a listing has it."""
        backend = self.backends[job.device]
        exact = is_exact(backend, job.request)
        noise = job.request.get("noise") or {"model": "ideal"}
        waiting = state.phase in (Phase.SUBMITTED, Phase.QUEUED)
        wait = max(0.0, job.submitted_at + job.pace.submitted + job.pace.queued - self.world.now())
        ran = None if state.started_at is None or state.ended_at is None else state.ended_at - state.started_at
        rendered = {
            "id": job.id,
            "status": STATUS[state.phase],
            "type": job.request["type"] if job.parent_id is None else _CIRCUIT,
            "backend": job.device,
            "dry_run": _is_dry(job),
            "submitter_id": self.submitter_id,
            "project_id": self.project_id,
            "parent_job_id": job.parent_id,
            "session_id": job.request.get("session_id"),
            "metadata": dict(job.tags) or None,
            "name": job.name,
            "submitted_at": _iso(job.submitted_at),
            "started_at": _optional_iso(state.started_at),
            "completed_at": _optional_iso(state.ended_at),
            "predicted_wait_time_ms": round(1000 * wait) if waiting else None,
            "predicted_execution_duration_ms": round(1000 * job.pace.running),
            "execution_duration_ms": None if ran is None else round(1000 * ran),
            "failure": _failure(state),
            "output": {},
            "settings": _settings(job.request),
            "stats": _stats(job),
            "results": self._results(job, state),
        }
        if not exact:
            rendered["shots"] = job.shots
        if backend.is_simulator:
            rendered["noise"] = noise
        else:
            rendered["cost_model"] = "2QGE_operations"
        return rendered

    def _formats(self, job: Job, state: State) -> Sequence[str]:
        return results.formats(job) if state.phase is Phase.COMPLETED and not _is_dry(job) else ()

    def _results(self, job: Job, state: State) -> dict[str, Any] | None:
        """Where the results are, in one of the vendor's shapes or in both."""
        present = self._formats(job, state)
        urls = {
            kind: {"url": f"{self.base_path}/jobs/{job.id}/results/{kind}"}
            for kind, result_format in results.LEGACY_KINDS.items()
            if result_format in present
        }
        artifacts = {
            result_format: {
                "id": results.artifact_id(job, result_format),
                "format": result_format,
                "media_type": _JSON,
            }
            for result_format in present
        }
        shape = self.world.result_shape
        return {**(urls if shape != "artifact" else {}), **(artifacts if shape != "url" else {})} or None

    def _render_backend(self, backend: Backend) -> dict[str, Any]:
        rendered: dict[str, Any] = {
            "backend": backend.name,
            "status": "available",
            "qubits": backend.qubits,
            "average_queue_time": 1000 * backend.queue_seconds,
            "last_updated": _iso(self.world.now()),
            "degraded": False,
            "has_access": True,
            "supported_gates": ["ionq.qis", "ionq.native"],
        }
        if backend.noise_models:
            rendered["noise_models"] = list(backend.noise_models)
        return rendered


def _circuits(kind: str, program: Mapping[str, Any], backend: Backend) -> Sequence[Circuit | Failed]:
    place = ("body", "input")
    if kind == _QASM3:
        # The type says version 3. Version 2 is taken where the program itself says that it is one: the vendor's page
        # does not rule it out, and the text is a person's only input here.
        text = checks.text(program, "data", place)
        return [Circuit("qasm2" if version_of(text) == "qasm2" else "qasm3", text)]
    if kind == _MULTI:
        if "circuits" not in program:
            raise Refusal.invalid("is required", *place, "circuits")
        return several_circuits(program, place, None)
    if "circuits" in program:
        raise Refusal.invalid(f"is for jobs of the type {_MULTI}", *place, "circuits")
    circuit = one_circuit(program, place)
    if program.get("qubits") is None and backend.is_simulator:
        # Optional in the vendor's document; its simulator has no job without it.
        return [Failed("invalid", "the number of qubits is missing")]
    return [circuit]


def _is_dry(job: Job) -> bool:
    return bool(job.request.get("dry_run"))


def _failure(state: State) -> dict[str, str] | None:
    if state.failure is None:
        return None
    return {"code": FAILURE_CODES[state.failure.kind], "message": state.failure.message}


def _stats(job: Job) -> dict[str, Any]:
    if job.children or not job.measured:
        return {}
    one, two = gates_of(job.measured)
    return {"qubits": job.measured[0].num_qubits, "circuits": 1, "gate_counts": {"1q": one, "2q": two}}


def _settings(request: Mapping[str, Any]) -> dict[str, Any]:
    settings = request.get("settings")
    return dict(settings) if isinstance(settings, dict) else {}


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _optional_iso(moment: float | None) -> str | None:
    return None if moment is None else _iso(moment)
