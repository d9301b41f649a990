"""What the clouds of one sandbox have in common: time, the simulator and the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any, Literal

import attrs

from .clock import Clock
from .engine import Circuit, Engine, Failed, NativeGate, Noise, Outcome, Readout, Task
from .jobs import Computation, Job, Pace, State, state
from .store import Keep, Store

_APART = 0x9E3779B1
"""Between the seeds of a job's circuits: where a program runs shot by shot, each shot takes the next seed."""

ResultShape = Literal["both", "url", "artifact", "mixed", "tempo"]
"""How IonQ v0.4 shows results: by URL (April 2026), as artifacts (September 2026), in both ways at once, now in one and
now in the other, or in the form that its Tempo machines have."""


@attrs.frozen
class World:
    clock: Clock
    engine: Engine
    seed: int = 0
    pace: Pace | Mapping[str, Pace] | None = None
    result_shape: ResultShape = "both"
    keep: Keep = attrs.field(factory=Keep)
    noisy_qpus: bool = False
    leakage: float = 0.0

    def now(self) -> float:
        return self.clock.now()

    def state(self, job: Job, lag: float = 0.0) -> State:
        """The state of a job now, or `lag` seconds ago."""
        return state(job, self.clock.now() - lag)

    def is_listed(self, job: Job, lag: float) -> bool:
        """Whether a listing that is `lag` seconds behind has the job."""
        return not lag or job.submitted_at <= self.clock.now() - lag

    def store(self, service: str, price: Callable[[Job, State], float]) -> Store:
        """A new store for one cloud."""
        return Store(service, self.seed, self.keep, price)

    def pace_of(self, device: str, usual: Pace) -> Pace:
        """How fast jobs of a device move; `usual` where this sandbox was not told otherwise."""
        if isinstance(self.pace, Pace):
            return self.pace
        return (self.pace or {}).get(device, usual)

    def compute(
        self,
        circuits: Sequence[Circuit | Failed],
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
        """Begin to simulate circuits, each with a seed of its own. What failed before it began stays failed.

        With 0 shots they are compiled only.
        """
        computations = []
        for index, circuit in enumerate(circuits):
            if isinstance(circuit, Failed):
                future: Future[Outcome] = Future()
                future.set_result(circuit)
                computations.append(Computation(future, self._finishing_time))
            else:
                own_seed = (seed + index * _APART) % 2**32
                task = Task(circuit, shots, own_seed, exact, control_flow, device_qubits, noise, compile_for, readout)
                computations.append(self.begin(task))
        return computations

    def begin(self, task: Task) -> Computation:
        """Begin to simulate one circuit."""
        return Computation(self.engine.submit(task), self._finishing_time, task, awaited=self.clock.by_hand)

    def _finishing_time(self) -> float:
        """When a simulation is said to end that ends now. A clock by hand gives repeatable times only without it."""
        return 0.0 if self.clock.by_hand else self.clock.now()


def known(values: Mapping[str, Any]) -> dict[str, Any]:
    """The entries that have a value."""
    return {name: value for name, value in values.items() if value is not None}
