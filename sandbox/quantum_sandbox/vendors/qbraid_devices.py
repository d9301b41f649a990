"""qBraid's devices in the sandbox, and prices in credits (1 credit is 0.01 US dollars)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from quantum_sandbox.engine import NativeGate, Noise
from quantum_sandbox.jobs import LatencyProfile

_LATENCY = LatencyProfile()
QPU_NOISE = Noise(2e-4, 6.7e-3, 4e-3)
"""Error rates of QPUs in a sandbox with noise."""


@attrs.frozen
class Device:
    """A device.

    Attributes:
        per_task, per_shot, per_minute: prices in credits. They are similar to public prices, and for tests only.
        results: the form of its result data, see `qbraid_results`.
        noise_models: the models that a job may name; the first one is the default.
        native_gate: the two-qubit gate of compiled programs; None where the device shows none.
    """

    qrn: str
    name: str
    kind: str
    qubits: int | None
    per_task: float = 0.0
    per_shot: float = 0.0
    per_minute: float = 0.0
    programs: Sequence[str] = ("qasm2", "qasm3")
    status: str = "ONLINE"
    max_shots: int = 100_000
    default_shots: int | None = 1000
    paradigm: str = "gate_model"
    modality: str | None = None
    results: str = "counts"
    noise_models: Mapping[str, Noise | None] = attrs.field(factory=dict)
    native_gate: NativeGate | None = None
    latency: LatencyProfile = _LATENCY

    @property
    def vendor(self) -> str:
        return self.qrn.split(":")[0]

    @property
    def provider(self) -> str:
        return self.qrn.split(":")[1]

    @property
    def is_simulator(self) -> bool:
        return self.kind == "SIMULATOR"

    @property
    def noise_model(self) -> str | None:
        return next(iter(self.noise_models), None)

    def price(self, shots: int, seconds: float, circuits: int = 1) -> float:
        """Price of a job, in credits."""
        return round(circuits * (self.per_task + shots * self.per_shot) + self.per_minute * seconds / 60, 6)

    def render(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "qrn": self.qrn,
            "vendor": self.vendor,
            "deviceType": self.kind,
            "paradigm": self.paradigm,
            "modality": self.modality,
            "numberQubits": self.qubits,
            "runInputTypes": list(self.programs),
            "status": self.status,
            "statusMsg": None,
            "nextAvailable": None,
            "queueDepth": 0,
            "avgQueueTime": 0,
            "minShots": 1,
            "maxShots": self.max_shots,
            "noiseModels": list(self.noise_models),
            "pricingModel": "fixed",
            "pricing": {"perTask": self.per_task, "perShot": self.per_shot, "perMinute": self.per_minute},
            "directAccess": True,
            "batchJobSupport": True,
            "topology": None,
        }


DEVICES: Mapping[str, Device] = {
    device.qrn: device
    for device in (
        Device(
            "qbraid:qbraid:sim:qir-sv",
            "QIR Simulator",
            "SIMULATOR",
            30,
            programs=("qasm2", "qasm3", "qir.ll", "qir.bc"),
            results="counts and rows",
        ),
        Device("aws:aws:sim:sv1", "SV1", "SIMULATOR", 34, per_minute=7.5),
        Device("aws:aws:sim:dm1", "DM1", "SIMULATOR", 17, per_minute=7.5),
        Device(
            "aws:ionq:qpu:forte-1",
            "IonQ Forte-1",
            "QPU",
            36,
            per_task=30.0,
            per_shot=8.0,
            programs=("qasm2", "qasm3"),
            modality="trapped-ion",
            native_gate="zz",
        ),
        Device(
            "ionq:ionq:sim:simulator",
            "IonQ simulator",
            "SIMULATOR",
            29,
            programs=("qasm2", "qasm3", "ionq.circuit.v0"),
        ),
        Device(
            "qbraid:equal1:sim:bell-1",
            "Equal1 Bell-1 simulator",
            "SIMULATOR",
            6,
            per_minute=12.5,
            results="compiled counts",
            noise_models={"bell-1": Noise(1e-3, 1e-2, 1e-2), "ideal": None},
        ),
        Device(
            "aws:quera:qpu:aquila",
            "Aquila",
            "QPU",
            256,
            per_task=30.0,
            per_shot=1.0,
            programs=("analog",),
            max_shots=1000,
            default_shots=100,
            paradigm="analog",
            modality="neutral atom",
            results="atoms",
        ),
        Device(
            "qbraid:nec:sim:vector-annealer",
            "NEC Vector Annealer",
            "SIMULATOR",
            None,
            programs=("problem",),
            max_shots=100,
            default_shots=None,
            paradigm="annealing",
            results="solutions",
        ),
        Device(
            "aws:rigetti:qpu:aspen-11",
            "Aspen-11",
            "QPU",
            38,
            per_task=30.0,
            per_shot=0.035,
            status="RETIRED",
            modality="superconducting",
        ),
    )
}
