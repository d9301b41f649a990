"""Annealing: assignments of a QUBO or Ising problem with low energy. Runs in the worker process only.

The source is JSON as qBraid's client writes it: ``{"problem_type": "qubo", "linear": {"a": 1.0}, "quadratic":
{"[\\"a\\", \\"b\\"]": -2.0}, "offset": 0.0}``, each part optional; a pair's names are JSON within JSON. The energy is
the offset plus each coefficient times its variables, which are 0 or 1, in problems of the type ``ising`` -1 or 1.
The values are ``{"solutions": [{"spin": {name: value}, "energy"}]}``, all different, lowest energy first:
the lowest of all for a small problem, otherwise those found by simulated annealing. There are at most as many as shots,
and fewer where the limits require it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy

from quantum_sandbox.engine.data import Limits, ProgramError, SolverResult, Task

_MAX_VARIABLES = 2000
_MAX_TERMS = 200_000
_MAX_EXHAUSTIVE = 16
_MAX_READS = 100
_SWEEPS = 200
_WORK_SHARE = 0.1
"""The part of the limit on gates times amplitudes: a step for one variable of one read is more work than a gate."""


@attrs.frozen(eq=False)
class _Problem:
    """A problem of spins -1 and 1 with energy ``offset + fields s + s couplings s / 2``; `low` is the value for -1."""

    names: Sequence[str]
    fields: Any
    couplings: Any
    offset: float
    low: int


def solve(task: Task, limits: Limits) -> SolverResult:
    """The best assignments. Raises ProgramError for an invalid problem."""
    try:
        problem = _read(json.loads(task.program.source))
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
        raise ProgramError("invalid", "the program is not a QUBO or Ising problem as qBraid writes it") from None
    count = len(problem.names)
    reads = min(task.shots, _MAX_READS)
    if count <= _MAX_EXHAUSTIVE:
        spins = 2 * (numpy.arange(1 << count)[:, None] >> numpy.arange(count) & 1) - 1
    else:
        affordable = int(limits.work * _WORK_SHARE / (_SWEEPS * count * count))
        reads = max(1, min(reads, affordable))
        spins = numpy.unique(_annealed(problem, reads, task.seed), axis=0)
    energies = _energies(problem, spins)
    best = numpy.argsort(energies, kind="stable")[:reads]
    return SolverResult(count, {"solutions": [_solution(problem, spins[row], energies[row]) for row in best.tolist()]})


def _read(value: Mapping[str, Any]) -> _Problem:
    kind = value.get("problem_type") or "qubo"
    if kind not in ("qubo", "ising"):
        raise ProgramError("unsupported", "a problem is of the type qubo or ising")
    linear = {str(name): _number(weight) for name, weight in (value.get("linear") or {}).items()}
    quadratic = [(*_pair(names), _number(weight)) for names, weight in (value.get("quadratic") or {}).items()]
    names = list(dict.fromkeys([*linear, *(name for first, second, _ in quadratic for name in (first, second))]))
    if not names:
        raise ProgramError("invalid", "the problem has no variables")
    if len(names) > _MAX_VARIABLES or len(quadratic) > _MAX_TERMS:
        raise ProgramError("too_many_qubits", f"a problem has up to {_MAX_VARIABLES} variables and {_MAX_TERMS} pairs")
    place = {name: index for index, name in enumerate(names)}
    fields, couplings = numpy.zeros(len(names)), numpy.zeros((len(names), len(names)))
    offset = _number(value.get("offset") or 0.0)
    for name, weight in linear.items():
        fields[place[name]] += weight
    for first, second, weight in quadratic:
        if first != second:
            couplings[place[first], place[second]] += weight
            couplings[place[second], place[first]] += weight
        elif kind == "qubo":  # a bit times itself is the bit, a spin times itself is 1
            fields[place[first]] += weight
        else:
            offset += weight
    if kind == "qubo":
        # With bits b = (1 + s) / 2.
        offset += fields.sum() / 2 + couplings.sum() / 8
        fields, couplings = fields / 2 + couplings.sum(axis=1) / 4, couplings / 4
    return _Problem(names, fields, couplings, float(offset), 0 if kind == "qubo" else -1)


def _pair(names: str) -> tuple[str, str]:
    first, second = json.loads(names)
    return str(first), str(second)


def _number(value: Any) -> float:
    number = float(value)
    if isinstance(value, bool) or not abs(number) < 1e150:
        raise ValueError("not a number")
    return number


def _energies(problem: _Problem, spins: Any) -> Any:
    return problem.offset + spins @ problem.fields + ((spins @ problem.couplings) * spins).sum(axis=1) / 2


def _solution(problem: _Problem, spins: Any, energy: float) -> dict[str, Any]:
    values = [1 if spin > 0 else problem.low for spin in spins.tolist()]
    return {"spin": dict(zip(problem.names, values, strict=True)), "energy": float(f"{energy:.12g}") + 0.0}


def _annealed(problem: _Problem, reads: int, seed: int) -> Any:
    """Spins after simulated annealing with the Metropolis algorithm, one row for each read."""
    generator = numpy.random.PCG64(seed % 2**32)
    count = len(problem.names)
    spins = numpy.where(_uniform(generator, count * reads).reshape(count, reads) < 0.5, -1.0, 1.0)
    local = problem.fields[:, None] + problem.couplings @ spins
    # From a temperature that accepts half of the most expensive flips to one that accepts 1% of the cheapest.
    weights = numpy.abs(numpy.concatenate([problem.fields, problem.couplings.ravel()]))
    strongest = float((numpy.abs(problem.fields) + numpy.abs(problem.couplings).sum(axis=1)).max()) or 1.0
    weakest = float(weights[weights > strongest * 1e-6].min(initial=strongest))
    for cold in numpy.geomspace(math.log(2) / (2 * strongest), math.log(100) / (2 * weakest), _SWEEPS):
        draws = _uniform(generator, count * reads).reshape(count, reads)
        for variable in range(count):
            cost = -2 * spins[variable] * local[variable]
            flips = draws[variable] < numpy.exp(-cold * numpy.maximum(cost, 0.0))
            change = numpy.where(flips, -2 * spins[variable], 0.0)
            spins[variable] += change
            local += problem.couplings[:, variable, None] * change
    return spins.T


def _uniform(generator: Any, size: int) -> Any:
    return (generator.random_raw(size) >> numpy.uint64(11)) * 2.0**-53
