"""IonQ's backends as the sandbox has them, and what runs on them cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from quantum_jobs.sandbox.engine import Measured
from quantum_jobs.sandbox.jobs import Job, Pace

_PACE = Pace(cancelling=0.0)
"""IonQ has no status for a job that is being cancelled."""


@attrs.frozen
class Backend:
    """A target for jobs. Prices are US dollars for each gate and shot; `minimum` is for each job.

    They are of the size of public prices and are nobody's offer: a program's own cost handling is tested with them.
    """

    name: str
    qubits: int
    price_1q: float = 0.0
    price_2q: float = 0.0
    minimum: float = 0.0
    queue_seconds: int = 0
    retired: bool = False
    noise_models: Sequence[str] = ()
    pace: Pace = _PACE

    @property
    def is_simulator(self) -> bool:
        return self.name == "simulator"

    def price(self, gates_1q: int, gates_2q: int, shots: int) -> float:
        """Price of one run, in US dollars."""
        if not self.price_2q:
            return 0.0
        return round(max(self.minimum, shots * (gates_1q * self.price_1q + gates_2q * self.price_2q)), 6)


_NOISE = ("ideal", "harmony", "harmony-1", "harmony-2", "aria-1", "aria-2", "forte-1", "forte-enterprise-1")


def _table(*backends: Backend) -> Mapping[str, Backend]:
    return {backend.name: backend for backend in backends}


SIMULATOR = Backend("simulator", 29, noise_models=_NOISE)
_FORTE = Backend("qpu.forte-1", 36, price_1q=0.0001645, price_2q=0.001121, minimum=25.79, queue_seconds=5400)
_ARIA = Backend("qpu.aria-1", 25, price_1q=0.00022, price_2q=0.000975, minimum=12.42, queue_seconds=7200)

BACKENDS_V0_4 = _table(SIMULATOR, _FORTE, attrs.evolve(_FORTE, name="qpu.forte-enterprise-1", queue_seconds=3600))
BACKENDS_V0_3 = _table(
    SIMULATOR,
    _FORTE,
    _ARIA,
    attrs.evolve(_ARIA, name="qpu.aria-2"),
    attrs.evolve(_ARIA, name="qpu.harmony", qubits=11, retired=True),
)


def gates_of(measured: Sequence[Measured]) -> tuple[int, int]:
    """How many gates on one and on two qubits the circuits have together."""
    return sum(m.one_qubit_gates for m in measured), sum(m.two_qubit_gates for m in measured)


def price_of(backend: Backend, job: Job) -> float:
    """Price of a job, in US dollars: the minimum as long as its gates are not counted."""
    return backend.price(*gates_of(job.measured), job.shots or 0)
