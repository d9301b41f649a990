"""Programs that are no circuits, one module for each language: each makes a Solved of a Task, or raises Refused.

Run in the worker process only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quantum_sandbox.engine.data import Limits, Solved, Task

from . import analog, annealing, energy, maxcut

SOLVERS: Mapping[str, Callable[[Task, Limits], Solved]] = {
    "analog": analog.solve,
    "annealing": annealing.solve,
    "energy": energy.solve,
    "maxcut": maxcut.solve,
}
