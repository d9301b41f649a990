"""Programs that measure and reset their qubits anywhere, against a state vector that follows each outcome by hand."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from typing import Any

import numpy
import pytest
from quantum_sandbox import Engine
from quantum_sandbox.engine import CircuitResult, Program, Task

QUBITS, BITS = 3, 3
HEAD = f'OPENQASM 3; include "stdgates.inc"; qubit[{QUBITS}] q; bit[{BITS}] c; '
_H = numpy.array([[1, 1], [1, -1]]) / math.sqrt(2)

Step = tuple[Any, ...]
Branches = dict[tuple[tuple[int, ...], int], Any]
"""State vectors that are not normalised, by the classical bits and a number that tells histories apart."""


def random_steps(seed: int, length: int = 18) -> list[Step]:
    chance = random.Random(seed)
    steps: list[Step] = []
    for _ in range(length):
        kind = chance.choice(["h", "ry", "cx", "measure", "reset"])
        qubits = chance.sample(range(QUBITS), 2)
        if kind == "ry":
            steps.append((kind, qubits[0], round(chance.uniform(0, 3), 3)))
        elif kind == "cx":
            steps.append((kind, *qubits))
        elif kind == "measure":
            steps.append((kind, qubits[0], chance.randrange(BITS)))
        else:
            steps.append((kind, qubits[0]))
    return steps


def program(steps: list[Step]) -> str:
    text = {
        "h": "h q[{1}];",
        "ry": "ry({2}) q[{1}];",
        "cx": "cx q[{1}], q[{2}];",
        "measure": "c[{2}] = measure q[{1}];",
        "reset": "reset q[{1}];",
    }
    return HEAD + " ".join(text[step[0]].format(*step) for step in steps)


def joint_distribution(steps: list[Step]) -> dict[tuple[str, str], float]:
    """Probabilities of the classical bits and the qubits' final states, both with number 0 rightmost."""
    start = numpy.zeros([2] * QUBITS, dtype=complex)
    start[(0,) * QUBITS] = 1
    branches: Branches = {((0,) * BITS, 0): start}
    for number, (kind, qubit, *rest) in enumerate(steps):
        if kind in ("measure", "reset"):
            after: Branches = {}
            for (bits, apart), state in branches.items():
                for outcome in (0, 1):
                    kept = numpy.zeros_like(state)
                    place: list[Any] = [slice(None)] * QUBITS
                    place[qubit] = outcome
                    target = list(place)
                    target[qubit] = outcome if kind == "measure" else 0
                    kept[tuple(target)] = state[tuple(place)]
                    if not numpy.any(abs(kept) > 1e-12):
                        continue
                    written = list(bits)
                    if kind == "measure":
                        written[rest[0]] = outcome
                    after[tuple(written), apart + (outcome << number)] = kept
            branches = after
            continue
        for key, state in branches.items():
            branches[key] = turned(state, kind, qubit, rest)
    found: dict[tuple[str, str], float] = defaultdict(float)
    for (bits, _), state in branches.items():
        for index in numpy.ndindex(*state.shape):
            probability = abs(state[index]) ** 2
            if probability > 1e-12:
                found["".join(map(str, bits[::-1])), "".join(map(str, index[::-1]))] += probability
    return found


def turned(state: Any, kind: str, qubit: int, rest: list[Any]) -> Any:
    """The state after a gate; axis q of the array is qubit q."""
    if kind == "cx":
        flipped = state.copy()
        place: list[Any] = [slice(None)] * QUBITS
        place[qubit] = 1
        axis = rest[0] - (rest[0] > qubit)
        flipped[tuple(place)] = numpy.flip(state[tuple(place)], axis)
        return flipped
    matrix = _H
    if kind == "ry":
        cosine, sine = math.cos(rest[0] / 2), math.sin(rest[0] / 2)
        matrix = numpy.array([[cosine, -sine], [sine, cosine]])
    return numpy.moveaxis(numpy.tensordot(matrix, state, axes=(1, qubit)), 0, qubit)


def final_states(steps: list[Step]) -> dict[str, float]:
    """Probabilities of the qubits' final states, by a density matrix: for more steps than there can be branches."""
    size = 1 << QUBITS
    vectors = numpy.eye(size, dtype=complex).reshape([size] + [2] * QUBITS)
    density = numpy.zeros((size, size), dtype=complex)
    density[0, 0] = 1
    for kind, qubit, *rest in steps:
        if kind in ("measure", "reset"):
            ones = numpy.array([index[qubit] for index in numpy.ndindex(*[2] * QUBITS)], dtype=bool)
            parts = [numpy.where(numpy.outer(ones == bit, ones == bit), density, 0) for bit in (False, True)]
            if kind == "reset":
                flip = numpy.arange(size) ^ (1 << (QUBITS - 1 - qubit))
                parts[1] = parts[1][numpy.ix_(flip, flip)]
            density = parts[0] + parts[1]
            continue
        # Row i is the image of basis state i.
        gate = numpy.stack([turned(vector, kind, qubit, rest).reshape(size) for vector in vectors])
        density = gate.T @ density @ gate.conj()
    chances = density.diagonal().real
    names = ["".join(map(str, index[::-1])) for index in numpy.ndindex(*[2] * QUBITS)]
    return {name: chance for name, chance in zip(names, chances, strict=True) if chance > 1e-12}


def run(engine: Engine, source: str, **options: Any) -> CircuitResult:
    task = Task(Program("qasm3", source), **{"shots": 4000, "seed": 3, **options})
    outcome = engine.submit(task).result(timeout=60)
    assert isinstance(outcome, CircuitResult), outcome
    return outcome


@pytest.mark.parametrize("seed", range(25))
def test_the_qubits_final_states_have_the_exact_distribution(engine: Engine, seed: int) -> None:
    steps = random_steps(seed)
    expected: dict[str, float] = defaultdict(float)
    for (_, qubits), probability in joint_distribution(steps).items():
        expected[qubits] += probability
    found = run(engine, program(steps), exact=True, readout="qubits")
    assert found.counts is None
    assert found.probabilities == pytest.approx(expected, abs=1e-9)
    assert found.qubits == list(range(QUBITS))


@pytest.mark.parametrize("seed", range(10))
def test_long_programs_are_exact_too(engine: Engine, seed: int) -> None:
    steps = random_steps(seed, 90)
    found = run(engine, program(steps), exact=True, readout="qubits")
    assert found.counts is None
    assert found.probabilities == pytest.approx(final_states(steps), abs=1e-9)
    short = random_steps(seed)
    expected: dict[str, float] = defaultdict(float)
    for (_, qubits), probability in joint_distribution(short).items():
        expected[qubits] += probability
    assert final_states(short) == pytest.approx(expected), "the two ways by hand agree"


@pytest.mark.parametrize("seed", range(25))
def test_the_classical_bits_have_the_exact_distribution(engine: Engine, seed: int) -> None:
    steps = random_steps(seed)
    if not any(step[0] == "measure" for step in steps):
        pytest.skip("it measures nothing")
    expected: dict[str, float] = defaultdict(float)
    for (bits, _), probability in joint_distribution(steps).items():
        expected[bits] += probability
    assert run(engine, program(steps), exact=True).probabilities == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_shots_hold_bits_and_qubits_as_they_belong_together(engine: Engine, seed: int) -> None:
    steps = random_steps(seed)
    expected = joint_distribution(steps)
    found = run(engine, program(steps), readout="both")
    measures = any(step[0] == "measure" for step in steps)
    assert found.num_bits == (BITS if measures else QUBITS)
    seen: dict[tuple[str, str], float] = defaultdict(float)
    for outcome, probability in found.probabilities.items():
        bits = outcome[-BITS:] if measures else "0" * BITS
        seen[bits, "".join(outcome[-1 - place] for place in reversed(found.qubits))] += probability
    assert set(seen) <= set(expected), "nothing is seen that cannot be"
    distance = sum(abs(seen[key] - expected[key]) for key in expected) / 2
    # Of 4,000 shots over up to 64 outcomes: four times the mean distance.
    assert distance < 4 * math.sqrt(len(expected) / (2 * math.pi * 4000))
