"""IonQ's backends in the sandbox, and prices of runs on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from quantum_sandbox.engine import CircuitResult, NativeGate, Noise
from quantum_sandbox.jobs import Job, LatencyProfile

_LATENCY = LatencyProfile()


@attrs.frozen
class Backend:
    """A device for jobs.

    Attributes:
        price_1q, price_2q: US dollars for each gate and shot. They are similar to public prices, and for tests only.
        minimum: US dollars for each job at least.
        native_gate: the two-qubit gate of compiled circuits; None where the backend shows none.
    """

    name: str
    qubits: int
    price_1q: float = 0.0
    price_2q: float = 0.0
    minimum: float = 0.0
    queue_seconds: int = 0
    retired: bool = False
    noise_models: Sequence[str] = ()
    native_gate: NativeGate | None = None
    latency: LatencyProfile = _LATENCY

    @property
    def is_simulator(self) -> bool:
        return self.name == "simulator"

    def price(self, gates_1q: int, gates_2q: int, shots: int) -> float:
        """Price of one run, in US dollars."""
        if not self.price_2q:
            return 0.0
        return round(max(self.minimum, shots * (gates_1q * self.price_1q + gates_2q * self.price_2q)), 6)


_HARMONY, _ARIA_NOISE, _FORTE_NOISE = Noise(2e-3, 2.7e-2, 4e-3), Noise(5e-4, 1.33e-2, 5e-3), Noise(2e-4, 6.7e-3, 4e-3)
NOISE: Mapping[str, Noise | None] = {
    "ideal": None,
    "harmony": _HARMONY,
    "harmony-1": _HARMONY,
    "harmony-2": _HARMONY,
    "aria-1": _ARIA_NOISE,
    "aria-2": _ARIA_NOISE,
    "forte-1": _FORTE_NOISE,
    "forte-enterprise-1": _FORTE_NOISE,
}
"""Error rates by the name of a noise model, similar to those published for these devices."""


def _table(*backends: Backend) -> Mapping[str, Backend]:
    return {backend.name: backend for backend in backends}


SIMULATOR = Backend("simulator", 29, noise_models=tuple(NOISE))
_FORTE = Backend("qpu.forte-1", 36, price_1q=0.0001645, price_2q=0.001121, minimum=25.79, queue_seconds=5400)
_ARIA = Backend("qpu.aria-1", 25, price_1q=0.00022, price_2q=0.000975, minimum=12.42, queue_seconds=7200)

# Only this version shows compiled circuits.
_COMPILING = attrs.evolve(_FORTE, native_gate="zz")
BACKENDS_V0_4 = _table(
    SIMULATOR, _COMPILING, attrs.evolve(_COMPILING, name="qpu.forte-enterprise-1", queue_seconds=3600)
)
BACKENDS_V0_3 = _table(
    SIMULATOR,
    _FORTE,
    _ARIA,
    attrs.evolve(_ARIA, name="qpu.aria-2"),
    attrs.evolve(_ARIA, name="qpu.harmony", qubits=11, retired=True),
)


def noise_of(backend: Backend, model: str, noisy_qpus: bool) -> Noise | None:
    """The noise of a run: on the simulator that of the requested model, on a QPU its own if `noisy_qpus`."""
    if backend.is_simulator:
        return NOISE.get(model)
    return NOISE.get(backend.name.removeprefix("qpu.")) if noisy_qpus else None


def gates_of(measured: Sequence[CircuitResult]) -> tuple[int, int]:
    """Total numbers of gates on one and on two qubits."""
    return sum(m.one_qubit_gates for m in measured), sum(m.two_qubit_gates for m in measured)


def price_of(backend: Backend, job: Job, measured: Sequence[CircuitResult]) -> float:
    """Price of a job with these circuits, in US dollars; the minimum where there are none yet."""
    return backend.price(*gates_of(measured), job.shots or 0)
