"""What the clouds of one sandbox share: the clock, the simulator and the settings; and what a cloud is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any, Literal, Protocol

import attrs

from .clock import Clock
from .engine import Engine, Failure, NativeGate, Noise, Outcome, Program, Readout, Task
from .http_types import Service
from .jobs import Computation, Job, JobState, JobStore, LatencyProfile, Phase, Retention

_SEED_STEP = 0x9E3779B1
"""Distance between the seeds of a job's circuits. A program that runs shot by shot uses consecutive seeds."""

ResultShape = Literal["both", "url", "artifact", "mixed", "tempo"]
"""How IonQ v0.4 shows results: by URL (April 2026), as artifacts (September 2026), both at once, alternating from job
to
job, or in the form of its Tempo machines."""


@attrs.frozen
class Context:
    """The clock, the simulator and the settings of a sandbox. `Sandbox` describes the settings."""

    clock: Clock
    engine: Engine
    seed: int = 0
    latency: LatencyProfile | Mapping[str, LatencyProfile] | None = None
    result_shape: ResultShape = "both"
    retention: Retention = attrs.field(factory=Retention)
    noisy_qpus: bool = False
    leakage: float = 0.0

    def now(self) -> float:
        return self.clock.now()

    def state(self, job: Job, lag: float = 0.0) -> JobState:
        """The state of a job now, or `lag` seconds ago."""
        return job.state_at(self.clock.now() - lag)

    def is_listed(self, job: Job, lag: float) -> bool:
        """Whether a listing that is `lag` seconds old includes the job."""
        return not lag or job.submitted_at <= self.clock.now() - lag

    def store(self, service: str, price: Callable[[Job, JobState], float]) -> JobStore:
        """A new store for one cloud."""
        return JobStore(service, self.seed, self.retention, price)

    def latency_of(self, device: str, default: LatencyProfile) -> LatencyProfile:
        """The latency of a device in this sandbox; `default` where it has no setting for the device."""
        if isinstance(self.latency, LatencyProfile):
            return self.latency
        return (self.latency or {}).get(device, default)

    def compute(
        self,
        programs: Sequence[Program | Failure],
        *,
        shots: int,
        seed: int,
        exact: bool,
        control_flow: bool,
        device_qubits: int,
        noise: Noise | None = None,
        compile_for: NativeGate | None = None,
        readout: Readout = "bits",
    ) -> list[Computation]:
        """Start to simulate programs, each with its own seed. A `Failure` in place of a program stays the outcome.

        With 0 shots they are compiled only. See `Task` for the arguments.
        """
        computations = []
        for index, program in enumerate(programs):
            if isinstance(program, Failure):
                future: Future[Outcome] = Future()
                future.set_result(program)
                computations.append(Computation(future, self._finishing_time))
            else:
                own_seed = (seed + index * _SEED_STEP) % 2**32
                task = Task(program, shots, own_seed, exact, control_flow, device_qubits, noise, compile_for, readout)
                computations.append(self.start(task))
        return computations

    def start(self, task: Task) -> Computation:
        """Start to simulate one program."""
        return Computation(self.engine.submit(task), self._finishing_time, task, awaited=self.clock.is_manual)

    def _finishing_time(self) -> float:
        """The time to record for a simulation that ends now. With a manual clock, real durations must not matter."""
        return 0.0 if self.clock.is_manual else self.clock.now()


def without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    """The entries whose value is not None."""
    return {name: value for name, value in values.items() if value is not None}


class Cloud(Service, Protocol):
    """One cloud: its API and its jobs."""

    @property
    def store(self) -> JobStore: ...

    @property
    def vendor_statuses(self) -> Mapping[Phase, str]:
        """The vendor's status for each phase."""

    def saved(self) -> Any:
        """The state beside the jobs, as JSON."""

    def restore(self, saved: Any, jobs: Mapping[str, Job]) -> None:
        """Fill an empty cloud with what `saved` gave. Raises LookupError, TypeError or ValueError for other data."""
