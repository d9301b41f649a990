"""Solvers for programs that are no circuits, one module for each language. Run in the worker process only.

Each makes a `SolverResult` of a `Task`, or raises ProgramError.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quantum_sandbox.engine.data import Limits, SolverResult, Task

from . import analog, annealing, energy, maxcut

SOLVERS: Mapping[str, Callable[[Task, Limits], SolverResult]] = {
    "analog": analog.solve,
    "annealing": annealing.solve,
    "energy": energy.solve,
    "maxcut": maxcut.solve,
}
