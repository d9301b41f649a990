"""The simulator behind the sandbox's devices.

A circuit goes in as the text it was submitted as, a distribution or a failure comes out. Qiskit Aer does the physics,
in a process of its own that can be killed; what is ours is the wall around it (`bounds`, and the budget in `flatten`).
Importing this package loads neither qiskit nor numpy.

An outcome is a bitstring with bit 0 rightmost: one bit for each classical bit of the program, or for each qubit where
the program measures nothing or cannot measure (IonQ's JSON circuits). `Readout` says what else it may hold.
"""

from __future__ import annotations

from .data import (
    Circuit,
    Failed,
    Language,
    Limits,
    Measured,
    NativeGate,
    Noise,
    Outcome,
    Readout,
    Solved,
    Task,
    circuit_in,
    outcome_as_json,
    outcome_from_json,
)
from .process import Engine

__all__ = [
    "Circuit",
    "Engine",
    "Failed",
    "Language",
    "Limits",
    "Measured",
    "NativeGate",
    "Noise",
    "Outcome",
    "Readout",
    "Solved",
    "Task",
    "circuit_in",
    "outcome_as_json",
    "outcome_from_json",
]
