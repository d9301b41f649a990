"""What goes into the engine and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import attrs

Language = Literal[
    "qasm2", "qasm3", "ionq.qis", "ionq.native", "qir.ll", "qir.bc", "analog", "annealing", "energy", "maxcut"
]

NativeGate = Literal["zz", "ms"]
"""What the two kinds of IonQ's machines have for two qubits."""

Readout = Literal["bits", "qubits", "both"]
"""What an outcome holds: the program's classical bits (its qubits where it measures nothing), the final state of all
its qubits, or the classical bits and above them the qubits whose final state is in none of them."""

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
"""Why a circuit failed. ``inexact`` is said of an exact distribution that is too dear: shots can still be had."""


@attrs.frozen
class Circuit:
    """One program: OpenQASM and QIR as their text (bitcode in base64); IonQ's circuits as the JSON text of ``{"qubits",
    "circuit", "registers"}``; what is no circuit as the JSON text that the module in ``solvers`` for it describes."""

    language: Language
    source: str = attrs.field(repr=False)


@attrs.frozen
class Limits:
    """What one circuit may cost. Beyond it the job fails, as it would on a cloud.

    `qubits` counts those that gates bring together; `work` is gates times amplitudes (2^qubits), and for a program that
    is run shot by shot times shots; `outcomes` bounds an exact distribution.
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
    """How likely a gate on one or on two qubits, and the reading of one bit, go wrong; see `noise`."""

    one_qubit: float
    two_qubit: float
    readout: float


@attrs.frozen
class Task:
    """One circuit to run: `exact` asks for the exact distribution, else `shots` are sampled with `seed`.

    `control_flow` says whether the device takes loops and branches, `device_qubits` how many qubits it has. With
    `compile_for`, the circuit is also written in native gates that have this one for two qubits; with 0 shots it is
    only read and compiled. `readout` says what an outcome holds.
    """

    circuit: Circuit
    shots: int
    seed: int
    exact: bool = False
    control_flow: bool = True
    device_qubits: int = 64
    noise: Noise | None = None
    compile_for: NativeGate | None = None
    readout: Readout = "bits"


@attrs.frozen
class Measured:
    """A circuit that was simulated.

    `num_qubits` is what the program declares. `probabilities` are exact where they were asked for, else counts over
    shots; `counts` is None for an exact distribution. The lowest `num_bits` bits of an outcome are the program's own.
    `registers` names the bits of an outcome, in the order of declaration (None: a bit that nothing was measured into).
    `qubits` has for each qubit the bit that is its final state; it is empty where that was not asked for. `compiled`
    is the circuit in native gates, in each language that can say it; none where it is too long.
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
class Solved:
    """A program that is no circuit and was run: plain JSON `values`, described where its language is solved.

    `circuit` is the last circuit that it ran, where that is a thing to look at.
    """

    num_qubits: int
    values: Mapping[str, Any] = attrs.field(repr=False)
    circuit: Measured | None = None


@attrs.frozen
class Failed:
    """A circuit that was not: refused before it ran (`preflight`), or stopped while it ran."""

    kind: FailureKind
    message: str

    @property
    def preflight(self) -> bool:
        return self.kind not in ("timeout", "memory", "internal")


Outcome = Measured | Solved | Failed

_KINDS: Mapping[str, type[Measured | Solved | Failed]] = {"measured": Measured, "solved": Solved, "failed": Failed}


def outcome_as_json(outcome: Outcome) -> dict[str, Any]:
    """An outcome as plain JSON values; `outcome_from_json` is the way back."""
    # Not recursively: what is inside is JSON already, and there may be very much of it.
    fields = attrs.asdict(outcome, recurse=False)
    if fields.get("circuit") is not None:
        fields["circuit"] = attrs.asdict(fields["circuit"], recurse=False)
    return {kind: fields for kind, of_kind in _KINDS.items() if isinstance(outcome, of_kind)}


def outcome_from_json(value: Mapping[str, Any]) -> Outcome:
    """Raises LookupError, TypeError or ValueError for what is none."""
    ((kind, fields),) = value.items()
    if fields.get("circuit"):
        fields = {**fields, "circuit": Measured(**fields["circuit"])}
    return _KINDS[kind](**fields)


def circuit_in(outcome: Outcome | None) -> Measured | None:
    """What was measured: by a circuit, or by the last circuit of another program."""
    return outcome.circuit if isinstance(outcome, Solved) else outcome if isinstance(outcome, Measured) else None


class Refused(Exception):
    """Raised inside the engine for a circuit it does not run."""

    def __init__(self, kind: FailureKind, message: str) -> None:
        super().__init__(message)
        self.failure = Failed(kind, message)
