"""Analog simulation of neutral atoms, in Amazon Braket's format for Aquila. Runs in the worker process only.

The source is the JSON of ``{"setup": {"ahs_register": {"sites", "filling"}}, "hamiltonian": {"drivingFields",
"localDetuning"}}``, in metres, seconds and radians per second; numbers may be strings. qBraid's client writes
``register`` for the register, and older programs ``shiftingFields`` for the local detuning. The values are
``{"counts"}``, with one letter for each site as key: g (ground state), r (Rydberg state), e (no atom).

With n the projector on r and S = |g><r|; the phase is piecewise constant, everything else piecewise linear::

    H(t) = sum_k [ amplitude/2 (exp(i phase) S_k + h.c.) - (detuning + local_k) n_k ] + sum_kl C6/d_kl^6 n_k n_l
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import attrs
import numpy
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from quantum_sandbox.engine.data import Limits, ProgramError, SolverResult, Task
from quantum_sandbox.engine.factors import Factor, sample

_C6 = 5.42e-24
"""Strength of the van der Waals interaction, in rad/s m^6."""

_MAX_ATOMS = 12
_MAX_TIMES = 500
_MAX_FIELDS = 10
_WORK_SHARE = 0.1
"""The part of the limit on gates times amplitudes: a number in an equation is more work than an amplitude."""

_WEAKEST = (1e-3, 1e-2, 0.1, 0.3)
"""Thresholds in radians: atoms whose interaction changes phases by less are simulated separately. The first threshold
with small enough clusters is used."""

_BLOCKADE = 100.0
"""States whose energy is this many Rabi frequencies away are left out."""


@attrs.frozen
class _Series:
    times: Sequence[float]
    values: Sequence[float]

    def at(self, time: float) -> float:
        return float(numpy.interp(time, self.times, self.values))

    def step_at(self, time: float) -> float:
        return self.values[max(int(numpy.searchsorted(self.times, time, side="right")) - 1, 0)]

    @property
    def largest(self) -> float:
        return max(abs(value) for value in self.values)


_NOTHING = _Series((0.0,), (0.0,))


@attrs.frozen
class _Program:
    """A program. `local` has the local detunings, each with the weights of all sites."""

    sites: Sequence[tuple[float, float]]
    atoms: Sequence[int]
    amplitude: _Series
    phase: _Series
    detuning: _Series
    local: Sequence[tuple[_Series, Sequence[float]]]

    @property
    def series(self) -> list[_Series]:
        return [self.amplitude, self.phase, self.detuning, *(series for series, _ in self.local)]

    @property
    def times(self) -> list[float]:
        """The times between which all series are linear."""
        return sorted({time for series in self.series for time in series.times})

    @property
    def duration(self) -> float:
        return self.times[-1]


@attrs.frozen(eq=False)
class _Equation:
    """The equation of motion of interacting atoms.

    Attributes:
        key: equal for equal equations.
        states: the states that can be reached; bit k is atom k.
        energies: the interaction energy of each state.
        excited: the number of atoms in r of each state.
        shifts: the weights of the local detunings for each state.
        raising: the operator that takes atoms from g to r.
        work: estimated work to solve it.
    """

    key: bytes
    states: list[int]
    energies: Any
    excited: Any
    shifts: Sequence[Any]
    raising: Any
    work: float


def solve(task: Task, limits: Limits) -> SolverResult:
    """Evolve all atoms from their ground state and measure them. Raises ProgramError for an invalid program."""
    try:
        program = _read(json.loads(task.program.source), task.device_qubits)
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
        raise ProgramError("invalid", "the program is not one of Braket's analog Hamiltonian simulation") from None
    clusters = _clusters(program)
    equations = [_equation(program, atoms) for atoms in clusters]
    if sum(equation.work for equation in {e.key: e for e in equations}.values()) > limits.work * _WORK_SHARE:
        raise ProgramError("too_complex", "the atoms evolve too long or too fast")
    known: dict[bytes, Any] = {}
    factors = []
    for atoms, equation in zip(clusters, equations, strict=True):
        if equation.key not in known:
            known[equation.key] = _evolve(program, equation)
        outcomes = [sum(1 << atom for place, atom in enumerate(atoms) if s >> place & 1) for s in equation.states]
        factors.append(Factor(outcomes, known[equation.key]))
    if task.noise is not None:
        # Only readout errors are simulated: a second factor for a bit flips it.
        misread = numpy.array([1 - task.noise.readout, task.noise.readout])
        factors += [Factor([0, 1 << atom], misread) for atom in program.atoms]
    counts = sample(factors, task.shots, task.seed)
    letters = {_letters(program, outcome): count for outcome, count in counts.items()}
    return SolverResult(len(program.atoms), {"counts": {key: letters[key] for key in sorted(letters)}})


def _read(value: Mapping[str, Any], most_sites: int) -> _Program:
    register = value["register"] if "register" in value else value["setup"]["ahs_register"]
    sites = [(_number(x), _number(y)) for x, y in register["sites"]]
    if not 1 <= len(sites) <= most_sites:
        raise ProgramError("too_many_qubits", f"the register has {len(sites)} sites, the device {most_sites}")
    filling = [int(_number(filled)) for filled in register["filling"]]
    if len(filling) != len(sites) or set(filling) - {0, 1}:
        raise ProgramError("invalid", "filling is 0 or 1 for each site")
    hamiltonian = value["hamiltonian"]
    driving = hamiltonian.get("drivingFields") or []
    local = hamiltonian.get("localDetuning") or hamiltonian.get("shiftingFields") or []
    if len(driving) > 1 or len(local) > _MAX_FIELDS:
        raise ProgramError("unsupported", f"one driving field and {_MAX_FIELDS} local detunings are taken")
    fields = {name: driving[0][name] if driving else None for name in ("amplitude", "phase", "detuning")}
    if any(field is not None and field.get("pattern", "uniform") != "uniform" for field in fields.values()):
        raise ProgramError("unsupported", "a driving field acts on all atoms alike: its pattern is uniform")
    program = _Program(
        sites=sites,
        atoms=[site for site, filled in enumerate(filling) if filled],
        **{name: _NOTHING if field is None else _series(field) for name, field in fields.items()},
        local=[(_series(one["magnitude"]), _weights(one["magnitude"], len(sites))) for one in local],
    )
    ends = {series.times[-1] for series in program.series if series is not _NOTHING}
    if len(ends) > 1:
        raise ProgramError("invalid", "all time series end at the same time")
    return program


def _series(field: Mapping[str, Any]) -> _Series:
    times = [_number(time) for time in field["time_series"]["times"]]
    values = [_number(value) for value in field["time_series"]["values"]]
    if len(times) != len(values) or not times or times[0] != 0 or any(b <= a for a, b in pairwise(times)):
        raise ProgramError("invalid", "a time series has as many values as times, which ascend from 0")
    if len(times) > _MAX_TIMES:
        raise ProgramError("too_complex", f"a time series has more than {_MAX_TIMES} times")
    return _Series(times, values)


def _weights(field: Mapping[str, Any], sites: int) -> list[float]:
    pattern = field.get("pattern", "uniform")
    weights = [1.0] * sites if pattern == "uniform" else [_number(weight) for weight in pattern]
    if len(weights) != sites:
        raise ProgramError("invalid", "a pattern has one value for each site")
    return weights


def _number(value: Any) -> float:
    number = float(value)
    if isinstance(value, bool) or not math.isfinite(number):
        raise ValueError("not a number")
    return number


def _letters(program: _Program, outcome: int) -> str:
    atoms = set(program.atoms)
    return "".join("e" if site not in atoms else "gr"[outcome >> site & 1] for site in range(len(program.sites)))


def _interactions(sites: Sequence[tuple[float, float]]) -> Any:
    """Interaction energy of each pair of atoms in the Rydberg state, in rad/s."""
    places = numpy.array(sites)
    # Rounded, so that a translated arrangement has the same key.
    distances = numpy.round(numpy.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)), 12)
    numpy.fill_diagonal(distances, numpy.inf)
    if (distances == 0).any():
        raise ProgramError("invalid", "two atoms are at the same place")
    return _C6 / distances**6


def _clusters(program: _Program) -> list[list[int]]:
    """Groups of atoms with negligible interaction between them."""
    if not program.atoms:
        return []
    phases = _interactions([program.sites[atom] for atom in program.atoms]) * program.duration
    largest = 0
    for weakest in _WEAKEST:
        count, labels = connected_components(csr_matrix(phases > weakest), directed=False)
        largest = int(numpy.bincount(labels).max())
        if largest <= _MAX_ATOMS:
            found = [numpy.flatnonzero(labels == label).tolist() for label in range(count)]
            return [[program.atoms[place] for place in places] for places in found]
    raise ProgramError("too_many_qubits", f"{largest} atoms interact; this simulator takes up to {_MAX_ATOMS}")


def _equation(program: _Program, atoms: Sequence[int]) -> _Equation:
    count = len(atoms)
    interactions = _interactions([program.sites[atom] for atom in atoms])
    bits = numpy.arange(1 << count)[:, None] >> numpy.arange(count) & 1
    energies = ((bits @ interactions) * bits).sum(axis=1) / 2
    excited = bits.sum(axis=1)
    weights = [numpy.array([weights[atom] for atom in atoms]) for _, weights in program.local]
    shifts = [bits @ each for each in weights]
    reach = excited * program.detuning.largest
    for (series, _), shift in zip(program.local, shifts, strict=True):
        reach = reach + series.largest * numpy.abs(shift)
    kept = numpy.flatnonzero(energies - reach <= _BLOCKADE * program.amplitude.largest)
    raising = _raising(kept, count)
    radians = ((energies + reach)[kept].max() + count * program.amplitude.largest) * program.duration
    size = raising.nnz + len(kept)
    return _Equation(
        key=b"".join(each.tobytes() for each in (interactions, *weights)),
        states=kept.tolist(),
        energies=energies[kept],
        excited=excited[kept],
        shifts=[shift[kept] for shift in shifts],
        raising=raising,
        # Measured: the solver evaluates the equation two to five times for each radian of the fastest phase. An
        # evaluation takes 20 us, and 4 ns for each number in it; the start takes 1 ms.
        work=4 * float(radians) * (5000 + size) + len(program.times) * (400_000 + 20 * size),
    )


def _evolve(program: _Program, equation: _Equation) -> Any:
    """The probability of each state at the end."""
    # Imported here because it takes a third of a second.
    from scipy.integrate import solve_ivp

    raising, lowering = equation.raising, equation.raising.T.tocsr()

    def slope(time: float, state: Any, turn: complex) -> Any:
        diagonal = equation.energies - program.detuning.at(time) * equation.excited
        for (series, _), shift in zip(program.local, equation.shifts, strict=True):
            diagonal = diagonal - series.at(time) * shift
        half = program.amplitude.at(time) / 2
        drive = half * (turn * (lowering @ state) + turn.conjugate() * (raising @ state))
        return -1j * (diagonal * state + drive)

    state = numpy.zeros(len(equation.states), dtype=complex)
    state[0] = 1
    for start, end in pairwise(program.times):
        turn = complex(numpy.exp(1j * program.phase.step_at((start + end) / 2)))
        state = solve_ivp(slope, (start, end), state, "DOP853", (end,), args=(turn,), rtol=1e-6, atol=1e-8).y[:, -1]
    probabilities = numpy.abs(state) ** 2
    return numpy.round(probabilities / probabilities.sum(), 9)


def _raising(kept: Any, count: int) -> Any:
    """The sum of the operators from g to r of all atoms, on the kept states."""
    place = numpy.full(1 << count, -1)
    place[kept] = numpy.arange(len(kept))
    rows, columns = [], []
    for atom in range(count):
        lower = kept[kept >> atom & 1 == 0]
        upper = place[lower | 1 << atom]
        rows.append(upper[upper >= 0])
        columns.append(place[lower][upper >= 0])
    row, column = numpy.concatenate(rows), numpy.concatenate(columns)
    return csr_matrix((numpy.ones(len(row)), (row, column)), shape=(len(kept), len(kept)))
