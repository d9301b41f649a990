"""The input and output of the engine: programs, tasks, limits, noise, and outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import attrs

Language = Literal[
    "qasm2", "qasm3", "ionq.qis", "ionq.native", "qir.ll", "qir.bc", "analog", "annealing", "energy", "maxcut"
]

NativeGate = Literal["zz", "ms"]
"""The two-qubit gates of IonQ's machines."""

Readout = Literal["bits", "qubits", "both"]
"""The bits of a distribution: ``bits`` are the program's classical bits (its qubits if it measures nothing), ``qubits``
the final state of all qubits, ``both`` the classical bits and above them the qubits whose final state is in none of
them."""

FailureKind = Literal[
    "invalid",
    "unsupported",
    "too_many_qubits",
    "too_many_gates",
    "too_few_shots",
    "too_complex",
    "inexact",
    "timeout",
    "memory",
    "internal",
]
"""Why a program failed. ``inexact``: its exact distribution is too expensive, but shots can be sampled."""


@attrs.frozen
class Program:
    """One program as text.

    OpenQASM and QIR are as they are, bitcode in base64; IonQ's circuits are the JSON of ``{"qubits", "circuit",
    "registers"}``; other languages are described in their modules in `solvers`.
    """

    language: Language
    source: str = attrs.field(repr=False)


@attrs.frozen
class Limits:
    """Limits for one program. Beyond them the job fails, as it would on a cloud.

    Attributes:
        qubits: qubits that are entangled with each other.
        gates: gates after all definitions are expanded.
        work: gates times amplitudes (2^qubits), and times shots for a program that runs shot by shot.
        outcomes: entries of an exact distribution.
        seconds: duration of the simulation.
        memory_mb: memory of the simulator's process.
        qasm2_bytes, qasm3_bytes, qir_bytes: length of the text.
    """

    qubits: int = 24
    gates: int = 200_000
    work: float = 2e10
    outcomes: int = 1 << 17
    seconds: float = 30.0
    memory_mb: int = 4096
    qasm2_bytes: int = 256 * 1024
    qasm3_bytes: int = 64 * 1024
    qir_bytes: int = 1024 * 1024


@attrs.frozen
class Noise:
    """Error probabilities of gates on one and on two qubits, and of reading one bit; see the module `noise`."""

    one_qubit: float
    two_qubit: float
    readout: float


@attrs.frozen
class Task:
    """One program to run.

    Attributes:
        shots: number of shots; with 0 the program is compiled only.
        seed: for sampling.
        exact: compute the exact distribution instead of sampling shots.
        control_flow: whether the device supports loops and branches.
        device_qubits: number of qubits of the device.
        noise: None for an ideal simulation.
        compile_for: also compile the circuit to native gates, with this one for two qubits.
        readout: which bits the distribution has.
    """

    program: Program
    shots: int
    seed: int
    exact: bool = False
    control_flow: bool = True
    device_qubits: int = 64
    noise: Noise | None = None
    compile_for: NativeGate | None = None
    readout: Readout = "bits"


@attrs.frozen
class CircuitResult:
    """The result of a simulated circuit.

    Attributes:
        num_qubits: number of declared qubits.
        num_bits: number of classical bits: the lowest bits of a key.
        probabilities: exact on request, otherwise counts divided by shots.
        counts: None for an exact distribution.
        registers: the bit positions of each register, in order of declaration; None for a bit never measured into.
        one_qubit_gates, two_qubit_gates: numbers of gates.
        qubits: for each qubit the position of the bit with its final state; empty unless requested by `readout`.
        compiled: the circuit in native gates, by language; empty if too long.
    """

    num_qubits: int
    num_bits: int
    probabilities: Mapping[str, float] = attrs.field(repr=False)
    counts: Mapping[str, int] | None = attrs.field(repr=False)
    registers: Mapping[str, Sequence[int | None]]
    one_qubit_gates: int
    two_qubit_gates: int
    qubits: Sequence[int] = attrs.field(factory=list)
    compiled: Mapping[Language, str] = attrs.field(factory=dict, repr=False)


@attrs.frozen
class SolverResult:
    """The result of a program that is no circuit: JSON `values`, described in the module of its language in `solvers`.

    `circuit` is the last circuit that the solver ran, if any.
    """

    num_qubits: int
    values: Mapping[str, Any] = attrs.field(repr=False)
    circuit: CircuitResult | None = None


@attrs.frozen
class Failure:
    """Why a program has no result: it was refused before it ran (`preflight`), or stopped while it ran."""

    kind: FailureKind
    message: str

    @property
    def preflight(self) -> bool:
        return self.kind not in ("timeout", "memory", "internal")


Outcome = CircuitResult | SolverResult | Failure

_KINDS: Mapping[str, type[CircuitResult | SolverResult | Failure]] = {
    "measured": CircuitResult,
    "solved": SolverResult,
    "failed": Failure,
}


def outcome_as_json(outcome: Outcome) -> dict[str, Any]:
    """An outcome as JSON values, for `outcome_from_json`."""
    # Not recursively: the contents are JSON values already, and may be large.
    fields = attrs.asdict(outcome, recurse=False)
    if fields.get("circuit") is not None:
        fields["circuit"] = attrs.asdict(fields["circuit"], recurse=False)
    return {kind: fields for kind, of_kind in _KINDS.items() if isinstance(outcome, of_kind)}


def outcome_from_json(value: Mapping[str, Any]) -> Outcome:
    """An outcome from JSON values. Raises LookupError, TypeError or ValueError for invalid ones."""
    ((kind, fields),) = value.items()
    if fields.get("circuit"):
        fields = {**fields, "circuit": CircuitResult(**fields["circuit"])}
    return _KINDS[kind](**fields)


def circuit_result_of(outcome: Outcome | None) -> CircuitResult | None:
    """The result of the circuit, or of the last circuit of a solver; None for other outcomes."""
    return (
        outcome.circuit
        if isinstance(outcome, SolverResult)
        else outcome
        if isinstance(outcome, CircuitResult)
        else None
    )


class ProgramError(Exception):
    """Raised inside the engine for a program that it does not run."""

    def __init__(self, kind: FailureKind, message: str) -> None:
        super().__init__(message)
        self.failure = Failure(kind, message)
