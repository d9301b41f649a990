"""The simulator behind the sandbox's devices.

`Engine` takes a `Task` with the text of a program and gives an `Outcome`: a result or a failure. Qiskit Aer simulates
the circuits, in a separate process that can be killed. `bounds` and the budget in `flatten` refuse programs that take
too much time or memory. Importing this package loads neither qiskit nor numpy.

Keys of distributions are bitstrings with bit 0 rightmost: one bit for each classical bit of the program, or for each
qubit where the program measures nothing or cannot measure (IonQ's JSON circuits). `Readout` selects further bits.
"""

from __future__ import annotations

from .data import (
    CircuitResult,
    Failure,
    Language,
    Limits,
    NativeGate,
    Noise,
    Outcome,
    Program,
    Readout,
    SolverResult,
    Task,
    circuit_result_of,
    outcome_as_json,
    outcome_from_json,
)
from .process import Engine

__all__ = [
    "CircuitResult",
    "Engine",
    "Failure",
    "Language",
    "Limits",
    "NativeGate",
    "Noise",
    "Outcome",
    "Program",
    "Readout",
    "SolverResult",
    "Task",
    "circuit_result_of",
    "outcome_as_json",
    "outcome_from_json",
]
