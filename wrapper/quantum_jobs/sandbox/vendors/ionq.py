"""What the two IonQ APIs share: keys, errors, looking jobs up, and the operations that are the same in both."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from quantum_jobs.sandbox import checks
from quantum_jobs.sandbox.engine import Circuit, Failed
from quantum_jobs.sandbox.exchange import Answer, Call, Operation, Refusal
from quantum_jobs.sandbox.jobs import Job, State
from quantum_jobs.sandbox.store import cursor_after
from quantum_jobs.sandbox.world import World

from .ionq_devices import Backend

PAGE = 25
"""Jobs on one page of a listing, at most and by default."""

FAILURE_CODES: Mapping[str, str] = {
    "invalid": "PreflightError",
    "unsupported": "UnsupportedGate",
    "too_many_qubits": "NotEnoughQubits",
    "too_many_gates": "TooManyGates",
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


class IonQ:
    """One version of IonQ's API."""

    name: ClassVar[str]
    base_path: ClassVar[str]
    backends: ClassVar[Mapping[str, Backend]]

    def __init__(self, world: World) -> None:
        self.world = world
        self.store = world.store(self.name)
        # Who the holder of every key is. These are not ids of anybody.
        self.submitter_id = self.store.new_hex(24)
        self.project_id = self.store.new_uuid()
        self.organization_id = self.store.new_uuid()
        self.key_id = self.store.new_uuid()
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

    def own_operations(self) -> Sequence[Operation]:
        raise NotImplementedError

    def create_job(self, call: Call) -> Answer:
        raise NotImplementedError

    def get_job(self, call: Call) -> Answer:
        raise NotImplementedError

    def get_jobs(self, call: Call) -> Answer:
        raise NotImplementedError

    def key(self, call: Call) -> str | None:
        match = _AUTHORIZATION.fullmatch(call.headers.get("authorization", ""))
        return match.group(1) if match else None

    def refusal(self, refusal: Refusal) -> Answer:
        status = refusal.status or 400
        body: dict[str, Any] = {"error": _ERRORS.get(status, "Error"), "message": refusal.message, "statusCode": status}
        if refusal.location:
            source, *keys = refusal.location
            name = ".".join(map(str, keys))
            body["message"] = f'"{name}" {refusal.message}' if name else refusal.message
            body["validation"] = {"source": "payload" if source == "body" else source, "keys": [name] if name else []}
        return Answer(status, body)

    def find(self, job_id: str) -> Job:
        job = self.store.get(job_id)
        if job is None:
            raise Refusal(404, f"Job {job_id} was not found")
        return job

    def backend_named(self, body: Mapping[str, Any], field: str, default: str | None = None) -> Backend:
        name = checks.optional_text(body, field, ("body",)) or default
        if name is None:
            raise Refusal.invalid("is required", "body", field)
        if name not in self.backends:
            raise Refusal.invalid(f"must be one of {', '.join(self.backends)}", "body", field)
        return self.backends[name]

    def submit(
        self,
        circuits: Sequence[Circuit | Failed],
        backend: Backend,
        *,
        shots: int,
        exact: bool,
        request: Mapping[str, Any],
        metadata: Mapping[str, str],
        circuit_names: Sequence[str | None] | None = None,
    ) -> Job:
        """Take a job; with `circuit_names`, one with a child for each circuit."""
        program = "\n".join(c.source if isinstance(c, Circuit) else c.message for c in circuits)
        noise = request.get("noise") or {}
        seed = noise.get("seed")
        if not isinstance(seed, int):
            seed = self.store.sampling_seed(program, shots)
        computations = self.world.compute(
            circuits, shots=shots, seed=seed % 2**32, exact=exact, control_flow=False, device_qubits=backend.qubits
        )
        job_id, sequence = self.store.new_uuid(), self.store.next_sequence()
        pace, now = self.world.pace_of(backend.name, backend.pace), self.world.now()
        children = [
            Job(
                id=self.store.new_uuid(),
                sequence=self.store.next_sequence(),
                device=backend.name,
                pace=pace,
                submitted_at=now,
                computations=[computation],
                shots=shots,
                name=name,
                request=request,
                seed=seed + index,
                parent_id=job_id,
            )
            for index, (computation, name) in enumerate(zip(computations, circuit_names or [], strict=False))
        ]
        job = Job(
            id=job_id,
            sequence=sequence,
            device=backend.name,
            pace=pace,
            submitted_at=now,
            computations=computations,
            shots=shots,
            name=checks.optional_text(request, "name", ("body",)),
            tags=metadata,
            request=request,
            seed=seed,
            children=children,
        )
        for one in (job, *children):
            self.store.add(one)
        return job

    def page(
        self, call: Call, ids: Sequence[str], matches: Callable[[Job, State], bool]
    ) -> tuple[list[tuple[Job, State]], str | None]:
        """One page of the jobs that match, the newest first, and the cursor of the next one."""
        limit = min(checks.query_whole(call, "limit", PAGE), PAGE)
        cursor = call.one("next")
        try:
            candidates = self.store.newest_first(cursor or None)
            wanted = set(ids)
            page: list[tuple[Job, State]] = []
            for job in candidates:
                if wanted and job.id not in wanted:
                    continue
                state = self.world.state(job)
                if matches(job, state):
                    if len(page) == limit:
                        return page, cursor_after(page[-1][0])
                    page.append((job, state))
        except ValueError:
            raise Refusal.invalid("is not a cursor of this listing", "query", "next") from None
        return page, None

    def cancel_job(self, call: Call) -> Answer:
        job = self.find(call.parameters["UUID"])
        job.cancel(self.world.now())
        return Answer(200, {"id": job.id, "status": "canceled"})

    def cancel_jobs(self, call: Call) -> Answer:
        ids = _ids(call)
        for job in [self.find(job_id) for job_id in ids]:
            job.cancel(self.world.now())
        return Answer(200, {"ids": ids, "status": "canceled"})

    def delete_job(self, call: Call) -> Answer:
        job = self.find(call.parameters["UUID"])
        self._delete(job)
        return Answer(200, {"id": job.id, "status": "deleted"})

    def delete_jobs(self, call: Call) -> Answer:
        ids = _ids(call)
        for job in [self.find(job_id) for job_id in ids]:
            self._delete(job)
        return Answer(200, {"ids": ids, "status": "deleted"})

    def _delete(self, job: Job) -> None:
        job.cancel(self.world.now())
        self.store.remove(job.id)


def metadata_of(
    body: Mapping[str, Any], *, most: int | None = None, longest_name: int | None = None, longest: int | None = None
) -> dict[str, str]:
    """The submitter's own notes: strings by name, within the limits given."""
    metadata = checks.optional_mapping(body, "metadata", ("body",))
    if most is not None and len(metadata) > most:
        raise Refusal.invalid(f"must have at most {most} entries", "body", "metadata")
    for name, value in metadata.items():
        if not isinstance(value, str):
            raise Refusal.invalid("must be a string", "body", "metadata", name)
        if longest_name is not None and len(name) > longest_name:
            raise Refusal.invalid(f"must have a name of at most {longest_name} characters", "body", "metadata", name)
        if longest is not None and len(value) > longest:
            raise Refusal.invalid(f"must have at most {longest} characters", "body", "metadata", name)
    return dict(metadata)


def is_exact(backend: Backend, request: Mapping[str, Any]) -> bool:
    """Whether a job runs on the ideal simulator, which gives probabilities and takes no notice of shots."""
    noise = checks.optional_mapping(request, "noise", ("body",))
    model = checks.optional_text(noise, "model", ("body", "noise")) or "ideal"
    return backend.is_simulator and model == "ideal"


def _ids(call: Call) -> list[str]:
    body = checks.mapping(call.json(), ("body",))
    ids = checks.items(body.get("ids"), ("body", "ids"))
    for index, job_id in enumerate(ids):
        if not isinstance(job_id, str):
            raise Refusal.invalid("must be a string", "body", "ids", index)
    return list(ids)
