"""What the two IonQ APIs share: keys, errors, looking jobs up, and the operations that are the same in both."""

from __future__ import annotations

import abc
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

import attrs

from quantum_sandbox import checks
from quantum_sandbox.engine import Circuit, Failed, Measured, Readout
from quantum_sandbox.exchange import Answer, Call, Operation, Refusal
from quantum_sandbox.jobs import Job, Phase, State
from quantum_sandbox.store import cursor_after, place_of
from quantum_sandbox.world import World, known

from .ionq_devices import Backend, noise_of, price_of

PAGE = 25
"""Jobs on one page of a listing, at most and by default."""

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
    words: ClassVar[Mapping[Phase, str]]
    backends: ClassVar[Mapping[str, Backend]]
    quota = None

    def __init__(self, world: World) -> None:
        self.world = world
        self.store = world.store(self.name, self.price)
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
        """There is nothing beside jobs. Raises ValueError for jobs of others."""
        for job in jobs.values():
            if job.device not in self.backends:
                raise ValueError(f"{job.id} is a job of {job.device}, which is none of IonQ's")

    @abc.abstractmethod
    def own_operations(self) -> Sequence[Operation]: ...

    @abc.abstractmethod
    def create_job(self, call: Call) -> Answer: ...

    @abc.abstractmethod
    def get_job(self, call: Call) -> Answer: ...

    @abc.abstractmethod
    def get_jobs(self, call: Call) -> Answer: ...

    def price(self, job: Job, state: State) -> float:
        """What a job cost, in US dollars."""
        if state.phase is not Phase.COMPLETED or job.request.get("dry_run"):
            return 0.0
        return price_of(self.backends[job.device], job, job.measured)

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

    def find(self, call: Call, job_id: str | None = None) -> Job:
        """A job of the caller: that of the path, or the one named."""
        job_id = call.parameters["UUID"] if job_id is None else job_id
        job = self.store.get(job_id, call.owner)
        if job is None:
            raise Refusal(404, f"Job {job_id} was not found")
        return job

    def backend_named(self, body: Mapping[str, Any], field: str, default: str | None = None) -> Backend:
        name = checks.optional_text(body, field, ("body",)) or default
        if name is None:
            raise Refusal.invalid("is required", "body", field)
        if name not in self.backends:
            raise Refusal.invalid(f"must be one of {', '.join(self.backends)}", "body", field)
        if self.backends[name].retired:
            raise Refusal.invalid(f"is {name}, which is retired and takes no jobs", "body", field)
        return self.backends[name]

    def submit(
        self,
        call: Call,
        circuits: Sequence[Circuit | Failed],
        backend: Backend,
        *,
        shots: int,
        exact: bool,
        request: Mapping[str, Any],
        metadata: Mapping[str, str],
        circuit_names: Sequence[str | None] | None = None,
        readout: Readout = "qubits",
        compile_only: bool = False,
    ) -> Job:
        """Take a job; with `circuit_names`, one with a child for each circuit. `compile_only`: nothing is simulated."""
        name, now = checks.optional_text(request, "name", ("body",)), self.world.now()
        noise = noise_wanted(backend, request)
        self.store.make_room(now, 1 + len(circuit_names or ()))
        program = "\n".join(c.source if isinstance(c, Circuit) else c.message for c in circuits)
        seed = noise.get("seed")
        if seed is None:
            seed = self.store.sampling_seed(program, shots)
        computations = self.world.compute(
            circuits,
            shots=0 if compile_only else shots,
            seed=seed % 2**32,
            exact=exact and not compile_only,
            control_flow=False,
            device_qubits=backend.qubits,
            noise=noise_of(backend, noise["model"], self.world.noisy_qpus),
            compile_for=backend.native_gate,
            readout=readout,
        )
        job_id, sequence = self.store.new_uuid(), self.store.next_sequence()
        # There is no status for a job that is being cancelled: it is cancelled, with all that a cancelled job has.
        pace = attrs.evolve(self.world.pace_of(backend.name, backend.pace), cancelling=0.0)
        children = [
            Job(
                id=self.store.new_uuid(),
                sequence=self.store.next_sequence(),
                device=backend.name,
                pace=pace,
                submitted_at=now,
                owner=call.owner,
                computations=[computation],
                shots=shots,
                name=circuit_name,
                request=request,
                seed=seed + index,
                parent_id=job_id,
            )
            for index, (computation, circuit_name) in enumerate(zip(computations, circuit_names or [], strict=False))
        ]
        job = Job(
            id=job_id,
            sequence=sequence,
            device=backend.name,
            pace=pace,
            submitted_at=now,
            owner=call.owner,
            computations=computations,
            shots=shots,
            name=name,
            tags=metadata,
            request=request,
            seed=seed,
            child_ids=[child.id for child in children],
            children=children,
            size=len(call.body),
        )
        for one in (job, *children):
            self.store.add(one)
        return job

    def page(
        self,
        call: Call,
        matches: Callable[[Job, State], bool],
        *,
        ids: Sequence[str] = (),
        parent: str | None = None,
        phases: Sequence[Phase] = (),
    ) -> tuple[list[tuple[Job, State]], str | None]:
        """One page of the jobs that match, the newest first, and the cursor of the next one.

        `ids`, `parent` and `phases` say which jobs can match at all; without them, all of the caller's can.
        """
        limit = min(checks.query_whole(call, "limit", PAGE), PAGE)
        try:
            below = place_of(call.one("next") or "") if call.one("next") else None
        except ValueError:
            raise Refusal.invalid("is not a cursor of this listing", "query", "next") from None
        page: list[tuple[Job, State]] = []
        for job in self._candidates(call, below, ids, parent, phases):
            if not self.world.is_listed(job, call.lag):
                continue
            state = self.world.state(job, call.lag)
            if (not phases or state.phase in phases) and matches(job, state):
                if len(page) == limit:
                    return page, cursor_after(page[-1][0])
                page.append((job, state))
        return page, None

    def _candidates(
        self, call: Call, below: int | None, ids: Sequence[str], parent: str | None, phases: Sequence[Phase]
    ) -> Iterable[Job]:
        if ids or parent is not None:
            parents = self.store.get(parent, call.owner) if parent is not None else None
            named = (self.store.get(job_id, call.owner) for job_id in dict.fromkeys(ids))
            jobs = (parents.children if parents else ()) if parent is not None else [job for job in named if job]
            found = [job for job in jobs if (below is None or job.sequence < below) and (not ids or job.id in ids)]
            return sorted(found, key=lambda job: -job.sequence)
        ledger = self.store.ledger(call.owner, self.world.now())
        sequences = ledger.all
        if phases and not call.lag and len({phase.final for phase in phases}) == 1:
            sequences = ledger.ended if phases[0].final else ledger.pending
        return ledger.newest_first(sequences, below)

    def cancel_job(self, call: Call) -> Answer:
        job = self.find(call)
        self.store.cancel(job, self.world.now())
        return Answer(200, {"id": job.id, "status": "canceled"})

    def cancel_jobs(self, call: Call) -> Answer:
        ids = _ids(call)
        for job in [self.find(call, job_id) for job_id in ids]:
            self.store.cancel(job, self.world.now())
        return Answer(200, {"ids": ids, "status": "canceled"})

    def delete_job(self, call: Call) -> Answer:
        job = self.find(call)
        self._delete(job)
        return Answer(200, {"id": job.id, "status": "deleted"})

    def delete_jobs(self, call: Call) -> Answer:
        ids = _ids(call)
        for job in [self.find(call, job_id) for job_id in ids]:
            self._delete(job)
        return Answer(200, {"ids": ids, "status": "deleted"})

    def _delete(self, job: Job) -> None:
        self.store.cancel(job, self.world.now())
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


def phases_of(words: Mapping[Phase, str], word: str | None) -> Sequence[Phase]:
    """The phases that a status means; none for no status."""
    return [phase for phase, status in words.items() if status == word]


def is_exact(backend: Backend, request: Mapping[str, Any]) -> bool:
    """Whether a job runs on the ideal simulator, which gives probabilities and takes no notice of shots."""
    return backend.is_simulator and noise_wanted(backend, request)["model"] == "ideal"


def noise_wanted(backend: Backend, request: Mapping[str, Any]) -> dict[str, Any]:
    """The noise that a job asks for, as a job shows it: the model, and the seed where there is one."""
    if request.get("noise") is None:
        return {"model": "ideal"}
    noise, place = checks.mapping(request["noise"], ("body", "noise")), ("body", "noise")
    model = checks.text(noise, "model", place, choices=backend.noise_models if backend.is_simulator else ())
    return known({"model": model, "seed": checks.optional_whole(noise, "seed", place, least=-(2**31))})


def circuits_of(job: Job, state: State) -> Sequence[Measured]:
    """The circuits that a job runs or has run, each with its gates counted; none before it runs."""
    return job.measured if state.phase in (Phase.RUNNING, Phase.COMPLETED) else []


def _ids(call: Call) -> list[str]:
    body = checks.mapping(call.json(), ("body",))
    ids = checks.items(body.get("ids"), ("body", "ids"))
    for index, job_id in enumerate(ids):
        if not isinstance(job_id, str):
            raise Refusal.invalid("must be a string", "body", "ids", index)
    return list(ids)
