"""IonQ's API v0.3. Times are integer seconds since the Unix epoch; fields without a value are omitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from quantum_sandbox import parse
from quantum_sandbox.accounts import Account
from quantum_sandbox.context import without_none
from quantum_sandbox.engine import Program
from quantum_sandbox.engine.bounds import version_of
from quantum_sandbox.http_types import HTTPError, Operation, Request, Response
from quantum_sandbox.jobs import Job, JobState, Phase

from . import ionq_debiasing as debiasing, ionq_result_formats as results
from .ionq import FAILURE_CODES, IonQ, circuits_of, is_exact, metadata_of, phases_of, requested_noise
from .ionq_characterizations import characterizations
from .ionq_circuits import names_of_circuits, one_circuit, several_circuits
from .ionq_devices import BACKENDS_V0_3, Backend, gates_of, price_of

STATUS: Mapping[Phase, str] = {
    Phase.SUBMITTED: "submitted",
    Phase.VALIDATING: "submitted",
    Phase.HELD: "ready",
    Phase.QUEUED: "ready",
    Phase.RUNNING: "running",
    Phase.CANCELLING: "canceled",
    Phase.CANCELLED: "canceled",
    Phase.COMPLETED: "completed",
    Phase.FAILED: "failed",
}
_STATUSES = tuple(dict.fromkeys(STATUS.values()))
_BITCODE = ("QkPA3", "3sAXC")
"""The start of LLVM bitcode in base64, without and with the wrapper header."""
_MAX_SHOTS = 1_000_000
_PAGE = 10
_MITIGATION: parse.Location = ("body", "error_mitigation")
_REQUIRED_FIELDS = ("id", "status")
"""Fields of a job that `include` and `exclude` do not remove, because the document requires them."""


class IonQV03(IonQ):
    """Jobs, which include their cost, probabilities, backends and characterizations."""

    name = "ionq-v0.3"
    base_path = "/v0.3"
    vendor_statuses = STATUS
    backends = BACKENDS_V0_3

    def own_operations(self) -> Sequence[Operation]:
        return [
            Operation("GET", "/backends", self.get_backends, public=True),
            Operation("GET", "/jobs/{UUID}/results", self.get_results),
            Operation("GET", "/characterizations/backends/{backend}", self.get_characterizations),
            Operation("GET", "/characterizations/backends/{backend}/current", self.get_current_characterization),
            Operation("GET", "/characterizations/{UUID}", self.get_characterization),
        ]

    def error_response(self, error: HTTPError) -> Response:
        """As in v0.4, but the location is only in the message."""
        response = super().error_response(error)
        return attrs.evolve(response, body={name: response.body[name] for name in ("error", "message", "statusCode")})

    def create_job(self, request: Request) -> Response:
        body = parse.json_object(request.json(), ("body",))
        backend = self.backend_named(body, "target", "simulator")
        shots = parse.optional_integer(body, "shots", ("body",), maximum=_MAX_SHOTS) or 100
        parse.optional_boolean(parse.optional_object(body, "error_mitigation", ("body",)), "debias", _MITIGATION)
        circuits, names = _circuits(body)
        job = self.submit(
            request,
            circuits,
            backend,
            shots=shots,
            exact=is_exact(backend, body),
            body=body,
            metadata=metadata_of(body, max_entries=10, max_name=40, max_value=40_000),
            circuit_names=names,
        )
        return Response(200, {"id": job.id, "status": "ready", "request": int(job.submitted_at)})

    def get_job(self, request: Request) -> Response:
        job = self.find(request)
        rendered = self._render(job, self.context.state(job))
        include, exclude = _names(request, "include"), _names(request, "exclude")
        return Response(
            200,
            {
                name: value
                for name, value in rendered.items()
                if name in _REQUIRED_FIELDS or ((not include or name in include) and name not in exclude)
            },
        )

    def get_jobs(self, request: Request) -> Response:
        ids = request.query.get("id", ())
        status = parse.query_choice(request, "status", _STATUSES)
        submitter = request.query_value("submitter_id")

        def matches(job: Job, state: JobState) -> bool:
            return (bool(ids) or job.parent_id is None) and (
                submitter is None or submitter == Account(request.owner).hex("submitter")
            )

        page, cursor = self.page(request, matches, ids=ids, phases=phases_of(STATUS, status))
        return Response(200, without_none({"jobs": [self._render(job, state) for job, state in page], "next": cursor}))

    def get_results(self, request: Request) -> Response:
        job = self.find(request)
        sharpen, backend = parse.query_boolean(request, "sharpen"), self.backends[job.device]
        if self.context.state(job).phase is not Phase.COMPLETED:
            raise HTTPError(404, f"Job {job.id} has no results yet")
        if sharpen and debiasing.is_used(job, backend):
            return Response(200, debiasing.probabilities(job, backend, "voting"))
        if job.child_ids:
            return Response(200, results.aggregate(job))
        return Response(200, results.by_number(job.measured[0], job.measured[0].probabilities))

    def get_backends(self, request: Request) -> Response:
        status = request.query_value("status")
        rendered = [self._render_backend(backend) for backend in self.backends.values()]
        return Response(200, [backend for backend in rendered if status in (None, backend["status"])])

    def get_characterizations(self, request: Request) -> Response:
        backend = self._qpu(request)
        limit = parse.query_integer(request, "limit", _PAGE, maximum=100)
        page = parse.query_integer(request, "page", 1)
        # Milliseconds in the query, seconds in the response.
        start, end = (
            None
            if request.query_value(name) is None
            else parse.query_integer(request, name, 0, minimum=0, maximum=2**53) / 1000
            for name in ("start", "end")
        )
        found = characterizations(backend, self.context.now(), start, end)
        shown = [one.render(one.date) for one in found[(page - 1) * limit : page * limit]]
        return Response(200, {"characterizations": shown, "pages": -(-len(found) // limit)})

    def get_current_characterization(self, request: Request) -> Response:
        newest = characterizations(self._qpu(request), self.context.now())[0]
        return Response(200, newest.render(newest.date))

    def get_characterization(self, request: Request) -> Response:
        for backend in self.backends.values():
            for one in characterizations(backend, self.context.now()):
                if one.id == request.parameters["UUID"]:
                    return Response(200, one.render(one.date))
        raise HTTPError(404, f"Characterization {request.parameters['UUID']} was not found")

    def _qpu(self, request: Request) -> Backend:
        backend = self.backends.get(request.parameters["backend"])
        if backend is None or backend.is_simulator:
            raise HTTPError(404, f"Backend {request.parameters['backend']} has no characterizations")
        return backend

    def _render(self, job: Job, state: JobState) -> dict[str, Any]:
        backend = self.backends[job.device]
        done = state.phase is Phase.COMPLETED
        ran = None if state.started_at is None or state.ended_at is None else state.ended_at - state.started_at
        circuits = circuits_of(job, state)
        one, two = gates_of(circuits)
        is_sampled = not is_exact(backend, job.request) or (done and results.is_sampled(job))
        with_noise = backend.is_simulator and job.request.get("noise") is not None
        return without_none(
            {
                "id": job.id,
                "status": STATUS[state.phase],
                "type": "circuit",
                "target": job.device,
                "name": job.name,
                "metadata": dict(job.tags) or None,
                "shots": job.shots if is_sampled else None,
                "noise": requested_noise(backend, job.request) if with_noise else None,
                "error_mitigation": job.request.get("error_mitigation"),
                "qubits": max((circuit.num_qubits for circuit in circuits), default=None),
                "circuits": len(job.computations),
                "gate_counts": {"1q": one, "2q": two} if circuits else None,
                "request": int(job.submitted_at),
                "start": _seconds(state.started_at),
                "response": _seconds(state.ended_at),
                "execution_time": None if ran is None else round(1000 * ran),
                "predicted_execution_time": round(1000 * job.latency.running),
                "cost_usd": price_of(backend, job, circuits) if done else None,
                "children": [child.id for child in job.children],
                "results_url": f"{self.base_path}/jobs/{job.id}/results" if done else None,
                "failure": _failure(state),
            }
        )

    def _render_backend(self, backend: Backend) -> dict[str, Any]:
        return {
            "backend": backend.name,
            "status": "unavailable" if backend.retired else "available",
            "qubits": backend.qubits,
            "average_queue_time": 1000 * backend.queue_seconds,
            "last_updated": int(self.context.now()),
            "degraded": False,
            "has_access": not backend.retired,
            **({"noise_models": list(backend.noise_models)} if backend.noise_models else {}),
        }


def _circuits(body: Mapping[str, Any]) -> tuple[Sequence[Program], Sequence[str | None] | None]:
    """The circuits, and their names where the job has several."""
    location: parse.Location = ("body", "input")
    if "input" not in body and body.get("lang") == "json":
        # An older form that clients still send: the circuit is in `body`, beside `lang`.
        program = parse.json_object(body.get("body"), ("body", "body"))
        return [one_circuit(program, ("body", "body"), gateset="qis")], None
    program = parse.json_object(body.get("input"), location)
    form = parse.optional_string(program, "format", location) or "ionq.circuit.v0"
    if form in ("openqasm", "qasm"):
        # Not in the document of v0.3, but programs still use it.
        text = parse.string(program, "data", location)
        return [Program("qasm3" if version_of(text) == "qasm3" else "qasm2", text)], None
    if form == "qir":
        text = parse.string(program, "data", location)
        return [Program("qir.bc" if text.lstrip().startswith(_BITCODE) else "qir.ll", text)], None
    if form != "ionq.circuit.v0":
        raise HTTPError.invalid(
            "is not a format that the sandbox runs: ionq.circuit.v0, qir, openqasm", *location, "format"
        )
    if "circuits" in program:
        return several_circuits(program, location, "qis"), names_of_circuits(program, location)
    return [one_circuit(program, location, gateset="qis")], None


def _names(request: Request, parameter: str) -> set[str]:
    return {name.strip() for value in request.query.get(parameter, ()) for name in value.split(",") if name.strip()}


def _failure(state: JobState) -> dict[str, str] | None:
    if state.failure is None:
        return None
    return {"code": FAILURE_CODES[state.failure.kind], "error": state.failure.message}


def _seconds(timestamp: float | None) -> int | None:
    return None if timestamp is None else int(timestamp)
