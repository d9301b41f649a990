"""IonQ's API v0.4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from quantum_sandbox import parse
from quantum_sandbox.accounts import Account
from quantum_sandbox.context import without_none
from quantum_sandbox.engine import Failure
from quantum_sandbox.http_types import HTTPError, Operation, Request, Response
from quantum_sandbox.jobs import Job, JobState, Phase

from . import ionq_debiasing as debiasing, ionq_result_formats as results, ionq_usage as usage
from .ionq import FAILURE_CODES, IonQ, circuits_of, is_exact, metadata_of, phases_of, requested_noise
from .ionq_circuits import names_of_circuits
from .ionq_devices import BACKENDS_V0_4, Backend, price_of
from .ionq_result_formats import schema_of
from .ionq_sessions import Sessions
from .ionq_v0_4_catalog import MAX_SHOTS, Catalog
from .ionq_v0_4_programs import (
    CHILD_TYPES,
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
from .ionq_v0_4_results import artifact, body_of, output_of, stats_of, tempo_body, values_of
from .timestamps import iso, optional_iso

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
_CLONED = ("name", "metadata", "shots", "backend", "session_id", "settings", "dry_run", "noise")
"""The fields that a clone may change."""


class IonQV04(IonQ):
    """Jobs, results by URL and as artifacts, costs, sessions, usage. Times are ISO 8601, durations milliseconds."""

    name = "ionq-v0.4"
    base_path = "/v0.4"
    vendor_statuses = STATUS
    backends = BACKENDS_V0_4

    def own_operations(self) -> Sequence[Operation]:
        sessions = self.sessions = Sessions(self.context, self.store, self.backends)
        return [
            Operation("GET", "/whoami", self.whoami),
            Operation("GET", "/sessions", sessions.get_sessions),
            Operation("POST", "/sessions", sessions.create_session),
            Operation("GET", "/sessions/{session_id}", sessions.get_session),
            Operation("POST", "/sessions/{session_id}/end", sessions.end_session),
            Operation("GET", "/sessions/{session_id}/jobs", self.get_session_jobs),
            Operation("GET", "/organizations/{organization_id}/usage", self.get_usage),
            Operation("GET", "/schemas/formats/{format}", self.get_format_schema),
            Operation("POST", "/jobs/{UUID}/clone", self.clone_job),
            Operation("POST", "/jobs/{UUID}/move", self.move_job),
            *Catalog(self.context, self.backends).operations,
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

    def create_job(self, request: Request) -> Response:
        return self._create(request, without_secrets(parse.json_object(request.json(), ("body",))))

    def clone_job(self, request: Request) -> Response:
        """Submit the same circuits again, with the changes in the request."""
        job = self.find(request)
        if job.parent_id is not None:
            raise HTTPError(400, f"Job {job.id} is a part of job {job.parent_id}, which can be cloned")
        changes = parse.json_object(request.json(), ("body",))
        return self._create(request, {**job.request, **{name: changes[name] for name in _CLONED if name in changes}})

    def move_job(self, request: Request) -> Response:
        """Submit a clone and cancel the original. What ``move`` does is not documented; this is our reading."""
        response = self.clone_job(request)
        self.store.cancel(self.find(request), self.context.now())
        return response

    def _create(self, request: Request, body: Mapping[str, Any]) -> Response:
        kind = parse.string(body, "type", ("body",), choices=TYPES)
        backend = self.backend_named(body, "backend")
        shots = parse.optional_integer(body, "shots", ("body",), maximum=MAX_SHOTS) or 100
        is_dry = parse.optional_boolean(body, "dry_run", ("body",))
        check_settings(body)
        session = self.sessions.find_open(request, parse.optional_string(body, "session_id", ("body",)), backend)
        programs = programs_of(body, backend)
        if debiasing.is_requested(body) and not backend.is_simulator and shots < debiasing.LEAST_SHOTS:
            few = Failure("too_few_shots", f"debiasing needs at least {debiasing.LEAST_SHOTS} shots")
            programs = [few] * len(programs)
        names: Sequence[str | None] | None = [None] if kind == QAOA else None
        if kind == MULTI:
            names = names_of_circuits(body["input"], ("body", "input"))
        exact = _is_exact(backend, body)
        job = self.submit(
            request,
            programs,
            backend,
            shots=shots,
            exact=exact,
            body=body,
            metadata=metadata_of(body),
            circuit_names=names,
            readout="qubits" if exact else "both",
            compile_only=is_dry and kind in CIRCUIT_TYPES,
        )
        if session is not None:
            session.jobs[job.id] = job
        return Response(201, {"id": job.id, "status": "submitted", "session_id": body.get("session_id")})

    def get_job(self, request: Request) -> Response:
        job = self.find(request)
        children = [child.id for child in job.children] or None
        return Response(200, {**self._render(job, self.context.state(job)), "child_job_ids": children})

    def get_session_jobs(self, request: Request) -> Response:
        return self.get_jobs(
            attrs.evolve(request, query={**request.query, "session_id": [self.sessions.find(request).id]})
        )

    def get_jobs(self, request: Request) -> Response:
        ids = request.query.get("ids", ())
        status = parse.query_choice(request, "status", _STATUSES)
        parent, session = request.query_value("parent_job_id"), request.query_value("session_id")
        targets = (request.query_value("target") or "").split(",") if request.query_value("target") else None
        submitter = request.query_value("submitter_id")

        def matches(job: Job, state: JobState) -> bool:
            if job.parent_id is not None and not ids and parent is None:
                return False
            return (
                (session is None or job.request.get("session_id") == session)
                and (targets is None or job.device in targets)
                and (submitter is None or submitter == Account(request.owner).hex("submitter"))
            )

        page, cursor = self.page(request, matches, ids=ids, parent=parent, phases=phases_of(STATUS, status))
        return Response(200, {"jobs": [self._render(job, state) for job, state in page], "next": cursor})

    def get_results(self, request: Request) -> Response:
        job, kind = self.find(request), request.parameters["kind"]
        backend = self.backends[job.device]
        is_sharpened = parse.query_boolean(request, "sharpen")
        method = parse.query_choice(request, "aggregation", debiasing.methods())
        result_format = results.KINDS.get(kind)
        if result_format is None or result_format not in self._formats(job, self.context.state(job)):
            raise HTTPError(404, f"Job {job.id} has no {kind}")
        if self._is_tempo(job):
            return Response(200, tempo_body(job, backend, kind, self.context.leakage))
        if is_sharpened and method is None:
            method = "voting"
        if method is not None and result_format == results.PROBABILITIES_V1 and debiasing.is_used(job, backend):
            return Response(200, debiasing.probabilities(job, backend, method))
        return Response(200, body_of(job, backend, result_format))

    def get_aggregated(self, request: Request) -> Response:
        job = self.find(request)
        if results.AGGREGATE not in self._formats(job, self.context.state(job)):
            raise HTTPError(404, f"Job {job.id} has no aggregated probabilities")
        return Response(200, results.aggregate(job))

    def get_artifact(self, request: Request) -> Response:
        job, artifact_id = self.find(request), request.parameters["artifactId"]
        state = self.context.state(job)
        content = None
        if state.phase is Phase.COMPLETED:
            formats = self._formats(job, state)
            content = artifact(job, self.backends[job.device], artifact_id, formats, self.context.leakage)
        if content is None:
            raise HTTPError(404, f"Job {job.id} has no such artifact")
        return Response(200, content)

    def get_cost(self, request: Request) -> Response:
        job = self.find(request)
        state = self.context.state(job)
        price = {"value": price_of(self.backends[job.device], job, circuits_of(job, state)), "unit": "usd"}
        done = state.phase is Phase.COMPLETED
        cost = {**price, "value": 0.0} if _is_dry(job) else price
        return Response(
            200, without_none({"dry_run": _is_dry(job), "estimated_cost": price, "cost": cost if done else None})
        )

    def whoami(self, request: Request) -> Response:
        account = Account(request.owner)
        return Response(
            200, {"key_id": account.uuid("key"), "key_name": "sandbox", "project_id": account.uuid("project")}
        )

    def get_usage(self, request: Request) -> Response:
        first, last = (parse.query_date(request, name) for name in ("start_date", "end_date"))
        group_by = parse.query_choice(request, "group_by", usage.GROUPS, required=True) or ""
        modality = parse.query_choice(request, "modality", list(usage.PERIODS), required=True) or ""
        if request.parameters["organization_id"] != Account(request.owner).uuid("organization"):
            raise HTTPError(404, "Organization was not found")
        index = self.store.index(request.owner, self.context.now())
        ended = ((job, self.context.state(job)) for job in index.newest_first(index.ended) if job.parent_id is None)
        runs = (usage.Run(j, s, self.price(j, s)) for j, s in ended if s.phase is Phase.COMPLETED)
        return Response(200, usage.report(request.owner, runs, first, last, group_by, modality))

    def get_format_schema(self, request: Request) -> Response:
        schema = schema_of(request.parameters["format"])
        if schema is None:
            raise HTTPError(404, f"Format {request.parameters['format']} was not found")
        return Response(200, schema)

    def _render(self, job: Job, state: JobState) -> dict[str, Any]:
        """A job as in a listing."""
        backend, account = self.backends[job.device], Account(job.owner)
        waiting = state.phase in (Phase.SUBMITTED, Phase.QUEUED)
        wait = max(0.0, job.submitted_at + job.latency.submitted + job.latency.queued - self.context.now())
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
            "predicted_execution_duration_ms": round(1000 * job.latency.running),
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
            rendered["noise"] = requested_noise(backend, job.request)
        else:
            rendered["cost_model"] = "2QGE_operations"
        return rendered

    def _is_tempo(self, job: Job) -> bool:
        """Whether a job gives its results in the form of the Tempo machines."""
        if job.child_ids or job.request["type"] not in CIRCUIT_TYPES:
            return False
        return job.request["type"] == TEMPO or self.context.result_shape == "tempo"

    def _type(self, job: Job) -> str:
        if self._is_tempo(job):
            return TEMPO
        own: str = job.request["type"]
        return own if job.parent_id is None else CHILD_TYPES[own]

    def _formats(self, job: Job, state: JobState) -> Sequence[str]:
        return results.formats(job) if state.phase is Phase.COMPLETED and not _is_dry(job) else ()

    def _results(self, job: Job, state: JobState) -> dict[str, Any] | None:
        """Where the results are, in one of the vendor's forms or in both."""
        present = self._formats(job, state)
        if state.phase is Phase.COMPLETED and results.is_function(job) and not _is_dry(job):
            return values_of(job)
        urls = {
            kind: {"url": f"{self.base_path}/jobs/{job.id}/results/{kind}"}
            for kind, result_format in results.KINDS.items()
            if result_format in present
        }
        if results.AGGREGATE in present:
            # The form that qiskit-ionq and pennylane-ionq read.
            urls = {"probabilities": {"url": f"{self.base_path}/jobs/{job.id}/results/probabilities/aggregated"}}
        artifacts = {
            result_format: results.descriptor(results.artifact_id(job, result_format), result_format)
            for result_format in present
        }
        shape = self.context.result_shape
        if shape == "mixed":
            shape = "url" if job.sequence % 2 else "artifact"
        elif shape == "tempo" or self._is_tempo(job):
            shape = "url"
        return {**(urls if shape != "artifact" else {}), **(artifacts if shape != "url" else {})} or None


def _is_exact(backend: Backend, request: Mapping[str, Any]) -> bool:
    # The solver samples its circuits also on the ideal simulator.
    return is_exact(backend, request) and request["type"] != QAOA


def _is_dry(job: Job) -> bool:
    return bool(job.request.get("dry_run"))


def _failure(state: JobState) -> dict[str, str] | None:
    if state.failure is None:
        return None
    return {"code": FAILURE_CODES[state.failure.kind], "message": state.failure.message}
