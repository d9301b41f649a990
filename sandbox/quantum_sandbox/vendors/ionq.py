"""What both IonQ APIs share: keys, errors, submission, listing, and the operations that are the same in both."""

from __future__ import annotations

import abc
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

import attrs

from quantum_sandbox import parse
from quantum_sandbox.context import Context, without_none
from quantum_sandbox.engine import CircuitResult, Failure, Program, Readout
from quantum_sandbox.http_types import HTTPError, Operation, Request, Response
from quantum_sandbox.jobs import Job, JobState, Phase, cursor_after, sequence_of_cursor

from .ionq_devices import Backend, noise_of, price_of

PAGE = 25
"""Jobs on one page of a listing: the default and the maximum."""

FAILURE_CODES: Mapping[str, str] = {
    "invalid": "PreflightError",
    "unsupported": "UnsupportedGate",
    "too_many_qubits": "NotEnoughQubits",
    "too_many_gates": "TooManyGates",
    "too_few_shots": "DebiasingError",
    "too_complex": "QuantumCircuitComplexityError",
    "timeout": "SimulationTimeout",
    "memory": "SimulationError",
    "internal": "InternalError",
}
_ERRORS: Mapping[int, str] = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Payload Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
}
_AUTHORIZATION = re.compile(r"apiKey +(\S+)\s*", re.IGNORECASE)


class IonQ(abc.ABC):
    """One version of IonQ's API."""

    name: ClassVar[str]
    base_path: ClassVar[str]
    vendor_statuses: ClassVar[Mapping[Phase, str]]
    backends: ClassVar[Mapping[str, Backend]]
    rate_limit = None

    def __init__(self, context: Context) -> None:
        self.context = context
        self.store = context.store(self.name, self.price)
        self.operations: Sequence[Operation] = [
            Operation("GET", "/jobs", self.get_jobs),
            Operation("POST", "/jobs", self.create_job),
            Operation("DELETE", "/jobs", self.delete_jobs),
            Operation("PUT", "/jobs/status/cancel", self.cancel_jobs),
            Operation("PUT", "/jobs/{UUID}/status/cancel", self.cancel_job),
            *self.own_operations(),
            Operation("GET", "/jobs/{UUID}", self.get_job),
            Operation("DELETE", "/jobs/{UUID}", self.delete_job),
        ]

    def saved(self) -> Any:
        return None

    def restore(self, saved: Any, jobs: Mapping[str, Job]) -> None:
        """There is no state beside the jobs. Raises ValueError for jobs of an unknown device."""
        for job in jobs.values():
            if job.device not in self.backends:
                raise ValueError(f"{job.id} is a job of {job.device}, which is none of IonQ's")

    @abc.abstractmethod
    def own_operations(self) -> Sequence[Operation]: ...

    @abc.abstractmethod
    def create_job(self, request: Request) -> Response: ...

    @abc.abstractmethod
    def get_job(self, request: Request) -> Response: ...

    @abc.abstractmethod
    def get_jobs(self, request: Request) -> Response: ...

    def price(self, job: Job, state: JobState) -> float:
        """What a job cost, in US dollars."""
        if state.phase is not Phase.COMPLETED or job.request.get("dry_run"):
            return 0.0
        return price_of(self.backends[job.device], job, job.measured)

    def key(self, request: Request) -> str | None:
        match = _AUTHORIZATION.fullmatch(request.headers.get("authorization", ""))
        return match.group(1) if match else None

    def error_response(self, error: HTTPError) -> Response:
        status = error.status or 400
        body: dict[str, Any] = {"error": _ERRORS.get(status, "Error"), "message": error.message, "statusCode": status}
        if error.location:
            source, *keys = error.location
            name = ".".join(map(str, keys))
            body["message"] = f'"{name}" {error.message}' if name else error.message
            body["validation"] = {"source": "payload" if source == "body" else source, "keys": [name] if name else []}
        return Response(status, body)

    def find(self, request: Request, job_id: str | None = None) -> Job:
        """A job of the caller, by the id in the path or by `job_id`. Raises HTTPError where there is none."""
        job_id = request.parameters["UUID"] if job_id is None else job_id
        job = self.store.get(job_id, request.owner)
        if job is None:
            raise HTTPError(404, f"Job {job_id} was not found")
        return job

    def backend_named(self, body: Mapping[str, Any], field: str, default: str | None = None) -> Backend:
        name = parse.optional_string(body, field, ("body",)) or default
        if name is None:
            raise HTTPError.invalid("is required", "body", field)
        if name not in self.backends:
            raise HTTPError.invalid(f"must be one of {', '.join(self.backends)}", "body", field)
        if self.backends[name].retired:
            raise HTTPError.invalid(f"is {name}, which is retired and takes no jobs", "body", field)
        return self.backends[name]

    def submit(
        self,
        request: Request,
        circuits: Sequence[Program | Failure],
        backend: Backend,
        *,
        shots: int,
        exact: bool,
        body: Mapping[str, Any],
        metadata: Mapping[str, str],
        circuit_names: Sequence[str | None] | None = None,
        readout: Readout = "qubits",
        compile_only: bool = False,
    ) -> Job:
        """Add a job. With `circuit_names` it has a child for each circuit; with `compile_only` nothing is simulated."""
        name, now = parse.optional_string(body, "name", ("body",)), self.context.now()
        noise = requested_noise(backend, body)
        self.store.make_room(now, 1 + len(circuit_names or ()))
        program = "\n".join(c.source if isinstance(c, Program) else c.message for c in circuits)
        seed = noise.get("seed")
        if seed is None:
            seed = self.store.sampling_seed(program, shots)
        computations = self.context.compute(
            circuits,
            shots=0 if compile_only else shots,
            seed=seed % 2**32,
            exact=exact and not compile_only,
            control_flow=False,
            device_qubits=backend.qubits,
            noise=noise_of(backend, noise["model"], self.context.noisy_qpus),
            compile_for=backend.native_gate,
            readout=readout,
        )
        job_id, sequence = self.store.new_uuid(), self.store.next_sequence()
        # IonQ has no status between a request to cancel and the end.
        latency = attrs.evolve(self.context.latency_of(backend.name, backend.latency), cancelling=0.0)
        children = [
            Job(
                id=self.store.new_uuid(),
                sequence=self.store.next_sequence(),
                device=backend.name,
                latency=latency,
                submitted_at=now,
                owner=request.owner,
                computations=[computation],
                shots=shots,
                name=circuit_name,
                request=body,
                seed=seed + index,
                parent_id=job_id,
            )
            for index, (computation, circuit_name) in enumerate(zip(computations, circuit_names or [], strict=False))
        ]
        job = Job(
            id=job_id,
            sequence=sequence,
            device=backend.name,
            latency=latency,
            submitted_at=now,
            owner=request.owner,
            computations=computations,
            shots=shots,
            name=name,
            tags=metadata,
            request=body,
            seed=seed,
            child_ids=[child.id for child in children],
            children=children,
            size=len(request.body),
        )
        for one in (job, *children):
            self.store.add(one)
        return job

    def page(
        self,
        request: Request,
        matches: Callable[[Job, JobState], bool],
        *,
        ids: Sequence[str] = (),
        parent: str | None = None,
        phases: Sequence[Phase] = (),
    ) -> tuple[list[tuple[Job, JobState]], str | None]:
        """One page of the matching jobs, newest first, and the cursor of the next page.

        `ids`, `parent` and `phases` restrict the jobs to search; by default all of the caller's are searched.
        """
        limit = min(parse.query_integer(request, "limit", PAGE), PAGE)
        try:
            below = sequence_of_cursor(request.query_value("next") or "") if request.query_value("next") else None
        except ValueError:
            raise HTTPError.invalid("is not a cursor of this listing", "query", "next") from None
        page: list[tuple[Job, JobState]] = []
        for job in self._candidates(request, below, ids, parent, phases):
            if not self.context.is_listed(job, request.lag):
                continue
            state = self.context.state(job, request.lag)
            if (not phases or state.phase in phases) and matches(job, state):
                if len(page) == limit:
                    return page, cursor_after(page[-1][0])
                page.append((job, state))
        return page, None

    def _candidates(
        self, request: Request, below: int | None, ids: Sequence[str], parent: str | None, phases: Sequence[Phase]
    ) -> Iterable[Job]:
        if ids or parent is not None:
            parents = self.store.get(parent, request.owner) if parent is not None else None
            named = (self.store.get(job_id, request.owner) for job_id in dict.fromkeys(ids))
            jobs = (parents.children if parents else ()) if parent is not None else [job for job in named if job]
            found = [job for job in jobs if (below is None or job.sequence < below) and (not ids or job.id in ids)]
            return sorted(found, key=lambda job: -job.sequence)
        index = self.store.index(request.owner, self.context.now())
        sequences = index.all
        if phases and not request.lag and len({phase.final for phase in phases}) == 1:
            sequences = index.ended if phases[0].final else index.pending
        return index.newest_first(sequences, below)

    def cancel_job(self, request: Request) -> Response:
        job = self.find(request)
        self.store.cancel(job, self.context.now())
        return Response(200, {"id": job.id, "status": "canceled"})

    def cancel_jobs(self, request: Request) -> Response:
        ids = _ids(request)
        for job in [self.find(request, job_id) for job_id in ids]:
            self.store.cancel(job, self.context.now())
        return Response(200, {"ids": ids, "status": "canceled"})

    def delete_job(self, request: Request) -> Response:
        job = self.find(request)
        self._delete(job)
        return Response(200, {"id": job.id, "status": "deleted"})

    def delete_jobs(self, request: Request) -> Response:
        ids = _ids(request)
        for job in [self.find(request, job_id) for job_id in ids]:
            self._delete(job)
        return Response(200, {"ids": ids, "status": "deleted"})

    def _delete(self, job: Job) -> None:
        self.store.cancel(job, self.context.now())
        self.store.remove(job.id)


def metadata_of(
    body: Mapping[str, Any],
    *,
    max_entries: int | None = None,
    max_name: int | None = None,
    max_value: int | None = None,
) -> dict[str, str]:
    """The metadata of a submission: strings by name, within the given limits."""
    metadata = parse.optional_object(body, "metadata", ("body",))
    if max_entries is not None and len(metadata) > max_entries:
        raise HTTPError.invalid(f"must have at most {max_entries} entries", "body", "metadata")
    for name, value in metadata.items():
        if not isinstance(value, str):
            raise HTTPError.invalid("must be a string", "body", "metadata", name)
        if max_name is not None and len(name) > max_name:
            raise HTTPError.invalid(f"must have a name of at most {max_name} characters", "body", "metadata", name)
        if max_value is not None and len(value) > max_value:
            raise HTTPError.invalid(f"must have at most {max_value} characters", "body", "metadata", name)
    return dict(metadata)


def phases_of(vendor_statuses: Mapping[Phase, str], wanted: str | None) -> Sequence[Phase]:
    """The phases with this status; none without a status."""
    return [phase for phase, status in vendor_statuses.items() if status == wanted]


def is_exact(backend: Backend, request: Mapping[str, Any]) -> bool:
    """Whether a job runs on the ideal simulator, which gives exact probabilities and ignores shots."""
    return backend.is_simulator and requested_noise(backend, request)["model"] == "ideal"


def requested_noise(backend: Backend, request: Mapping[str, Any]) -> dict[str, Any]:
    """The requested noise, as a job shows it: the model, and the seed where one was given."""
    if request.get("noise") is None:
        return {"model": "ideal"}
    noise, location = parse.json_object(request["noise"], ("body", "noise")), ("body", "noise")
    model = parse.string(noise, "model", location, choices=backend.noise_models if backend.is_simulator else ())
    return without_none({"model": model, "seed": parse.optional_integer(noise, "seed", location, minimum=-(2**31))})


def circuits_of(job: Job, state: JobState) -> Sequence[CircuitResult]:
    """The circuits of a job that runs or has run, with their gate counts; none before."""
    return job.measured if state.phase in (Phase.RUNNING, Phase.COMPLETED) else []


def _ids(request: Request) -> list[str]:
    body = parse.json_object(request.json(), ("body",))
    ids = parse.array(body.get("ids"), ("body", "ids"))
    for index, job_id in enumerate(ids):
        if not isinstance(job_id, str):
            raise HTTPError.invalid("must be a string", "body", "ids", index)
    return list(ids)
