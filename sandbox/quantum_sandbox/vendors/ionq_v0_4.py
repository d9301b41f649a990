"""IonQ's API v0.4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from quantum_sandbox import checks
from quantum_sandbox.engine import Failed
from quantum_sandbox.exchange import Answer, Call, Operation, Refusal
from quantum_sandbox.jobs import Job, Phase, State
from quantum_sandbox.store import Account
from quantum_sandbox.world import known

from . import ionq_debiasing as debiasing, ionq_results as results, ionq_usage as usage
from .ionq import FAILURE_CODES, IonQ, circuits_of, is_exact, metadata_of, noise_wanted, phases_of
from .ionq_bodies import artifact, body_of, tempo_body
from .ionq_characterizations import characterizations
from .ionq_circuits import NATIVE_GATES, QIS_GATES, names_of_circuits
from .ionq_devices import BACKENDS_V0_4, Backend, price_of
from .ionq_formats import schema_of
from .ionq_output import output_of, stats_of, values_of
from .ionq_programs import (
    CHILD_TYPES,
    CIRCUIT,
    CIRCUIT_TYPES,
    MULTI,
    QAOA,
    TEMPO,
    TYPES,
    check_settings,
    programs_of,
    settings_of,
    without_secrets,
)
from .ionq_sessions import Sessions
from .moments import iso, optional_iso

STATUS: Mapping[Phase, str] = {
    Phase.SUBMITTED: "submitted",
    Phase.VALIDATING: "submitted",
    Phase.HELD: "ready",
    Phase.QUEUED: "ready",
    Phase.RUNNING: "started",
    Phase.CANCELLING: "canceled",
    Phase.CANCELLED: "canceled",
    Phase.COMPLETED: "completed",
    Phase.FAILED: "failed",
}
_STATUSES = tuple(dict.fromkeys(STATUS.values()))
_MAX_SHOTS = 1_000_000
_PAGE = 10
_CLONED = ("name", "metadata", "shots", "backend", "session_id", "settings", "dry_run", "noise")
"""What a clone may change."""


class IonQV04(IonQ):
    """Jobs, results as URLs and as artifacts, costs, backends. Times are ISO 8601, durations milliseconds."""

    name = "ionq-v0.4"
    base_path = "/v0.4"
    words = STATUS
    backends = BACKENDS_V0_4

    def own_operations(self) -> Sequence[Operation]:
        sessions = self.sessions = Sessions(self.world, self.store, self.backends)
        return [
            Operation("GET", "/whoami", self.whoami),
            Operation("GET", "/sessions", sessions.get_sessions),
            Operation("POST", "/sessions", sessions.create_session),
            Operation("GET", "/sessions/{session_id}", sessions.get_session),
            Operation("POST", "/sessions/{session_id}/end", sessions.end_session),
            Operation("GET", "/sessions/{session_id}/jobs", self.get_session_jobs),
            Operation("GET", "/backends/{backend}/characterizations", self.get_characterizations, public=True),
            Operation("GET", "/backends/{backend}/characterizations/{UUID}", self.get_characterization, public=True),
            Operation("GET", "/organizations/{organization_id}/usage", self.get_usage),
            Operation("GET", "/schemas/formats/{format}", self.get_format_schema),
            Operation("POST", "/jobs/{UUID}/clone", self.clone_job),
            Operation("POST", "/jobs/{UUID}/move", self.move_job),
            Operation("GET", "/backends", self.get_backends, public=True),
            Operation("GET", "/backends/{backend}", self.get_backend, public=True),
            Operation("GET", "/jobs/estimate", self.estimate),
            Operation("GET", "/jobs/{UUID}/cost", self.get_cost),
            Operation("GET", "/jobs/{UUID}/artifacts/{artifactId}", self.get_artifact),
            Operation("GET", "/jobs/{UUID}/results/probabilities/aggregated", self.get_aggregated),
            Operation("GET", "/jobs/{UUID}/results/{kind}", self.get_results),
        ]

    def saved(self) -> Any:
        return self.sessions.saved()

    def restore(self, saved: Any, jobs: Mapping[str, Job]) -> None:
        super().restore(saved, jobs)
        for job in jobs.values():
            if job.request.get("type") not in TYPES:
                raise ValueError(f"{job.id} is a job of no type")
        self.sessions.restore(saved, jobs)

    def create_job(self, call: Call) -> Answer:
        return self._create(call, without_secrets(checks.mapping(call.json(), ("body",))))

    def clone_job(self, call: Call) -> Answer:
        """The same circuits again, with what the request changes."""
        job = self.find(call)
        if job.parent_id is not None:
            raise Refusal(400, f"Job {job.id} is a part of job {job.parent_id}, which can be cloned")
        changes = checks.mapping(call.json(), ("body",))
        return self._create(call, {**job.request, **{name: changes[name] for name in _CLONED if name in changes}})

    def move_job(self, call: Call) -> Answer:
        """A clone in the place of the job. That the job is cancelled then is our reading of the word."""
        answer = self.clone_job(call)
        self.store.cancel(self.find(call), self.world.now())
        return answer

    def _create(self, call: Call, body: Mapping[str, Any]) -> Answer:
        kind = checks.text(body, "type", ("body",), choices=TYPES)
        backend = self.backend_named(body, "backend")
        shots = checks.optional_whole(body, "shots", ("body",), most=_MAX_SHOTS) or 100
        is_dry = checks.optional_flag(body, "dry_run", ("body",))
        check_settings(body)
        session = self.sessions.joined(call, checks.optional_text(body, "session_id", ("body",)), backend)
        programs = programs_of(body, backend)
        if debiasing.is_wanted(body) and not backend.is_simulator and shots < debiasing.LEAST_SHOTS:
            few = Failed("too_few_shots", f"debiasing needs at least {debiasing.LEAST_SHOTS} shots")
            programs = [few] * len(programs)
        names: Sequence[str | None] | None = [None] if kind == QAOA else None
        if kind == MULTI:
            names = names_of_circuits(body["input"], ("body", "input"))
        exact = _is_exact(backend, body)
        job = self.submit(
            call,
            programs,
            backend,
            shots=shots,
            exact=exact,
            request=body,
            metadata=metadata_of(body),
            circuit_names=names,
            readout="qubits" if exact else "both",
            compile_only=is_dry and kind in CIRCUIT_TYPES,
        )
        if session is not None:
            session.jobs[job.id] = job
        return Answer(201, {"id": job.id, "status": "submitted", "session_id": body.get("session_id")})

    def get_job(self, call: Call) -> Answer:
        job = self.find(call)
        children = [child.id for child in job.children] or None
        return Answer(200, {**self._render(job, self.world.state(job)), "child_job_ids": children})

    def get_session_jobs(self, call: Call) -> Answer:
        return self.get_jobs(attrs.evolve(call, query={**call.query, "session_id": [self.sessions.find(call).id]}))

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
                (session is None or job.request.get("session_id") == session)
                and (targets is None or job.device in targets)
                and (submitter is None or submitter == Account(call.owner).hex("submitter"))
            )

        page, cursor = self.page(call, matches, ids=ids, parent=parent, phases=phases_of(STATUS, status))
        return Answer(200, {"jobs": [self._render(job, state) for job, state in page], "next": cursor})

    def get_results(self, call: Call) -> Answer:
        job, kind = self.find(call), call.parameters["kind"]
        backend = self.backends[job.device]
        is_sharpened = checks.query_flag(call, "sharpen")
        method = checks.query_choice(call, "aggregation", debiasing.methods())
        result_format = results.KINDS.get(kind)
        if result_format is None or result_format not in self._formats(job, self.world.state(job)):
            raise Refusal(404, f"Job {job.id} has no {kind}")
        if self._is_tempo(job):
            return Answer(200, tempo_body(job, backend, kind, self.world.leakage))
        if is_sharpened and method is None:
            method = "voting"
        if method is not None and result_format == results.PROBABILITIES_V1 and debiasing.is_used(job, backend):
            return Answer(200, debiasing.probabilities(job, backend, method))
        return Answer(200, body_of(job, backend, result_format))

    def get_aggregated(self, call: Call) -> Answer:
        job = self.find(call)
        if results.AGGREGATE not in self._formats(job, self.world.state(job)):
            raise Refusal(404, f"Job {job.id} has no aggregated probabilities")
        return Answer(200, results.aggregate(job))

    def get_artifact(self, call: Call) -> Answer:
        job, artifact_id = self.find(call), call.parameters["artifactId"]
        state = self.world.state(job)
        content = None
        if state.phase is Phase.COMPLETED:
            formats = self._formats(job, state)
            content = artifact(job, self.backends[job.device], artifact_id, formats, self.world.leakage)
        if content is None:
            raise Refusal(404, f"Job {job.id} has no such artifact")
        return Answer(200, content)

    def get_cost(self, call: Call) -> Answer:
        job = self.find(call)
        state = self.world.state(job)
        price = {"value": price_of(self.backends[job.device], job, circuits_of(job, state)), "unit": "usd"}
        done = state.phase is Phase.COMPLETED
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
            "type": call.one("type") or CIRCUIT,
            "qubits": checks.query_whole(call, "qubits", 25),
            "shots": shots,
            "1q_gates": gates[0],
            "2q_gates": gates[1],
            "error_mitigation": checks.query_flag(call, "error_mitigation"),
            "organization": Account(call.owner).uuid("organization"),
            "project": Account(call.owner).uuid("project"),
        }
        pace = self.world.pace_of(backend.name, backend.pace)
        estimate = {
            "estimate_context": context,
            "estimated_at": iso(self.world.now()),
            "estimated_unit": "usd",
            "rate_card": {"id": f"sandbox-{backend.name}", "rates": [rate]},
            "estimated_total_cost": backend.price(gates[0], gates[1], shots),
            "estimated_execution_time": round(1000 * pace.running),
            "current_predicted_queue_time": round(1000 * (pace.submitted + pace.queued)),
        }
        return Answer(200, estimate)

    def whoami(self, call: Call) -> Answer:
        account = Account(call.owner)
        return Answer(
            200, {"key_id": account.uuid("key"), "key_name": "sandbox", "project_id": account.uuid("project")}
        )

    def get_characterizations(self, call: Call) -> Answer:
        backend = self._backend(call)
        limit = checks.query_whole(call, "limit", _PAGE, most=_PAGE)
        page = checks.query_whole(call, "page", 1)
        start, end = (checks.query_date(call, name) for name in ("start", "end"))
        found = characterizations(backend, self.world.now(), start, end)
        shown = [one.render(iso(one.date)) for one in found[(page - 1) * limit : page * limit]]
        return Answer(200, {"characterizations": shown, "pages": max(0, -(-len(found) // limit) - page)})

    def get_characterization(self, call: Call) -> Answer:
        for one in characterizations(self._backend(call), self.world.now()):
            if one.id == call.parameters["UUID"]:
                return Answer(200, one.render(iso(one.date)))
        raise Refusal(404, f"Characterization {call.parameters['UUID']} was not found")

    def get_usage(self, call: Call) -> Answer:
        first, last = (checks.query_day(call, name) for name in ("start_date", "end_date"))
        group_by = checks.query_choice(call, "group_by", usage.GROUPS, required=True) or ""
        modality = checks.query_choice(call, "modality", list(usage.PERIODS), required=True) or ""
        if call.parameters["organization_id"] != Account(call.owner).uuid("organization"):
            raise Refusal(404, "Organization was not found")
        ledger = self.store.ledger(call.owner, self.world.now())
        ended = ((job, self.world.state(job)) for job in ledger.newest_first(ledger.ended) if job.parent_id is None)
        runs = (usage.Run(j, s, self.price(j, s)) for j, s in ended if s.phase is Phase.COMPLETED)
        return Answer(200, usage.report(call.owner, runs, first, last, group_by, modality))

    def get_format_schema(self, call: Call) -> Answer:
        schema = schema_of(call.parameters["format"])
        if schema is None:
            raise Refusal(404, f"Format {call.parameters['format']} was not found")
        return Answer(200, schema)

    def get_backends(self, call: Call) -> Answer:
        return Answer(200, [self._render_backend(backend) for backend in self.backends.values()])

    def get_backend(self, call: Call) -> Answer:
        return Answer(200, self._render_backend(self._backend(call)))

    def _backend(self, call: Call) -> Backend:
        backend = self.backends.get(call.parameters["backend"])
        if backend is None:
            raise Refusal(404, f"Backend {call.parameters['backend']} was not found")
        return backend

    def _render(self, job: Job, state: State) -> dict[str, Any]:
        """A job as a listing has it."""
        backend, account = self.backends[job.device], Account(job.owner)
        waiting = state.phase in (Phase.SUBMITTED, Phase.QUEUED)
        wait = max(0.0, job.submitted_at + job.pace.submitted + job.pace.queued - self.world.now())
        ran = None if state.started_at is None or state.ended_at is None else state.ended_at - state.started_at
        rendered = {
            "id": job.id,
            "status": STATUS[state.phase],
            "type": self._type(job),
            "backend": job.device,
            "dry_run": _is_dry(job),
            "submitter_id": account.hex("submitter"),
            "project_id": account.uuid("project"),
            "parent_job_id": job.parent_id,
            "session_id": job.request.get("session_id"),
            "metadata": dict(job.tags) or None,
            "name": job.name,
            "submitted_at": iso(job.submitted_at),
            "started_at": optional_iso(state.started_at),
            "completed_at": optional_iso(state.ended_at),
            "predicted_wait_time_ms": round(1000 * wait) if waiting else None,
            "predicted_execution_duration_ms": round(1000 * job.pace.running),
            "execution_duration_ms": None if ran is None else round(1000 * ran),
            "failure": _failure(state),
            "output": output_of(job, state, backend),
            "settings": settings_of(job.request),
            "stats": stats_of(job, state),
            "results": self._results(job, state),
        }
        if not _is_exact(backend, job.request) or (state.phase is Phase.COMPLETED and results.is_sampled(job)):
            rendered["shots"] = job.shots
        if backend.is_simulator:
            rendered["noise"] = noise_wanted(backend, job.request)
        else:
            rendered["cost_model"] = "2QGE_operations"
        return rendered

    def _is_tempo(self, job: Job) -> bool:
        """Whether a job's circuit has its results in the form of the Tempo machines."""
        if job.child_ids or job.request["type"] not in CIRCUIT_TYPES:
            return False
        return job.request["type"] == TEMPO or self.world.result_shape == "tempo"

    def _type(self, job: Job) -> str:
        if self._is_tempo(job):
            return TEMPO
        own: str = job.request["type"]
        return own if job.parent_id is None else CHILD_TYPES[own]

    def _formats(self, job: Job, state: State) -> Sequence[str]:
        return results.formats(job) if state.phase is Phase.COMPLETED and not _is_dry(job) else ()

    def _results(self, job: Job, state: State) -> dict[str, Any] | None:
        """Where the results are, in one of the vendor's shapes or in both."""
        present = self._formats(job, state)
        if state.phase is Phase.COMPLETED and results.is_function(job) and not _is_dry(job):
            return values_of(job)
        urls = {
            kind: {"url": f"{self.base_path}/jobs/{job.id}/results/{kind}"}
            for kind, result_format in results.KINDS.items()
            if result_format in present
        }
        if results.AGGREGATE in present:
            # As qiskit-ionq and pennylane-ionq read it.
            urls = {"probabilities": {"url": f"{self.base_path}/jobs/{job.id}/results/probabilities/aggregated"}}
        artifacts = {
            result_format: results.descriptor(results.artifact_id(job, result_format), result_format)
            for result_format in present
        }
        shape = self.world.result_shape
        if shape == "mixed":
            shape = "url" if job.sequence % 2 else "artifact"
        elif shape == "tempo" or self._is_tempo(job):
            shape = "url"
        return {**(urls if shape != "artifact" else {}), **(artifacts if shape != "url" else {})} or None

    def _render_backend(self, backend: Backend) -> dict[str, Any]:
        rendered: dict[str, Any] = {
            "backend": backend.name,
            "status": "available",
            "qubits": backend.qubits,
            "average_queue_time": 1000 * backend.queue_seconds,
            "last_updated": iso(self.world.now()),
            "degraded": False,
            "has_access": True,
            "supported_gates": [*QIS_GATES],
            "supported_native_gates": [*NATIVE_GATES],
        }
        if not backend.is_simulator:
            rendered["characterization_id"] = characterizations(backend, self.world.now())[0].id
            rendered["supported_error_mitigations"] = ["debiasing"]
        if backend.noise_models:
            rendered["noise_models"] = list(backend.noise_models)
        return rendered


def _is_exact(backend: Backend, request: Mapping[str, Any]) -> bool:
    # A solver takes shots of its circuits also where they could be had exactly.
    return is_exact(backend, request) and request["type"] != QAOA


def _is_dry(job: Job) -> bool:
    return bool(job.request.get("dry_run"))


def _failure(state: State) -> dict[str, str] | None:
    if state.failure is None:
        return None
    return {"code": FAILURE_CODES[state.failure.kind], "message": state.failure.message}
