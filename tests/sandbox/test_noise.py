"""Noise gate by gate: error rates against numbers that are worked out by hand."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import pytest
from quantum_sandbox import Engine, Limits
from quantum_sandbox.engine import CircuitResult, Failure, Noise, Program, Task

HEAD = 'OPENQASM 3; include "stdgates.inc"; '
BELL = "qubit[2] q; h q[0]; cx q[0], q[1];"
NOISE = Noise(0.01, 0.04, 0.02)


def run(engine: Engine, source: str, noise: Noise, **options: Any) -> CircuitResult:
    task = Task(Program("qasm3", HEAD + source), **{"shots": 1000, "seed": 1, "noise": noise, **options})
    outcome = engine.submit(task).result(timeout=60)
    assert isinstance(outcome, CircuitResult), outcome
    return outcome


def exactly(engine: Engine, source: str, noise: Noise) -> Mapping[str, float]:
    return run(engine, source, noise, exact=True).probabilities


def counts_of(measured: CircuitResult) -> Mapping[str, int]:
    assert measured.counts is not None
    return measured.counts


def agree(counts: Mapping[str, int], expected: Mapping[str, float]) -> bool:
    """Whether counts are drawn from a distribution, by the chi-square test at five standard deviations."""
    shots = sum(counts.values())
    usual = [outcome for outcome, probability in expected.items() if probability * shots >= 5]
    pairs = [(counts.get(outcome, 0), shots * expected[outcome]) for outcome in usual]
    rest = (shots - sum(seen for seen, _ in pairs), shots - sum(wanted for _, wanted in pairs))
    pairs += [rest] if rest[1] >= 5 else []
    freedom = len(pairs) - 1
    return sum((seen - wanted) ** 2 / wanted for seen, wanted in pairs) < freedom + 5 * math.sqrt(2 * freedom)


def chain(qubits: int, first: int = 0) -> str:
    """Gates that bring qubits together and are no Clifford gates."""
    rotations = "".join(f"rx(0.9) q[{first + i}]; " for i in range(qubits))
    return rotations + "".join(f"cx q[{first + i}], q[{first + i + 1}]; " for i in range(qubits - 1)) + rotations


@pytest.mark.parametrize("gates", [1, 4, 25])
def test_each_gate_turns_a_bit_by_two_of_its_three_errors(engine: Engine, gates: int) -> None:
    # Z does nothing to a bit. A bit that is turned with p keeps 1 - 2p of what it tells, and p is 2/3 of the rate.
    told = (1 - 4 / 3 * 0.03) ** gates
    right, wrong = str(gates % 2), str(1 - gates % 2)
    found = exactly(engine, "qubit q; " + "x q; " * gates, Noise(0.03, 0.5, 0.0))
    assert found == pytest.approx({right: (1 + told) / 2, wrong: (1 - told) / 2})


def test_the_errors_of_a_gate_on_two_qubits_are_errors_of_both(engine: Engine) -> None:
    # Of 15 pairs of Paulis, 8 turn exactly one bit, 4 both and 3 none; both is what no one sees of a Bell pair.
    found = exactly(engine, BELL, Noise(0.0, 0.15, 0.0))
    assert found == pytest.approx({"00": 0.46, "11": 0.46, "01": 0.04, "10": 0.04})
    # Here all of them are seen.
    found = exactly(engine, "qubit[2] q; cx q[0], q[1];", Noise(0.0, 0.15, 0.0))
    assert found == pytest.approx({"00": 0.88, "01": 0.04, "10": 0.04, "11": 0.04})


def test_counts_follow_the_distribution_and_repeat_with_their_seed(engine: Engine) -> None:
    expected = exactly(engine, BELL, NOISE)
    counts = counts_of(run(engine, BELL, NOISE, shots=20_000))
    assert sum(counts.values()) == 20_000
    assert agree(counts, expected)
    assert not agree(counts, exactly(engine, BELL, Noise(0.01, 0.06, 0.02)))
    assert counts == run(engine, BELL, NOISE, shots=20_000).counts
    assert counts != run(engine, BELL, NOISE, shots=20_000, seed=2).counts


def test_a_qubit_that_waits_is_only_misread(engine: Engine) -> None:
    found = exactly(engine, "qubit[3] q; bit[3] c; x q[1]; c = measure q;", Noise(0.0, 0.5, 0.1))
    assert found["010"] == pytest.approx(0.9**3)
    assert found["000"] == pytest.approx(0.9**2 * 0.1)
    assert found["101"] == pytest.approx(0.1**3)


def test_each_bit_is_misread_on_its_own(engine: Engine) -> None:
    twice = "qubit q; bit[2] c; h q; c[0] = measure q; c[1] = measure q;"
    assert exactly(engine, twice, Noise(0.0, 0.0, 0.1)) == pytest.approx(
        {"00": 0.41, "11": 0.41, "01": 0.09, "10": 0.09}
    )


def test_a_bit_that_nothing_is_measured_into_stays_0(engine: Engine) -> None:
    counts = counts_of(run(engine, "qubit[2] q; bit[3] c; x q[0]; c[1] = measure q[0];", Noise(0.1, 0.1, 0.3)))
    assert set(counts) == {"000", "010"}


@pytest.mark.parametrize("gate", ["rz(0.3)", "z", "s", "sdg", "t", "tdg", "p(0.3)", "U(0, 0.1, 0.2)", "id"])
def test_gates_that_only_turn_a_phase_are_virtual(engine: Engine, gate: str) -> None:
    source = f"qubit q; sx q; {gate} q; sx q;"
    certain = Noise(0.75, 0.0, 0.0)  # a gate with this error leaves nothing of a qubit
    assert exactly(engine, f"qubit q; {gate} q;", certain) == {"0": 1.0}
    assert exactly(engine, source, certain) == pytest.approx({"0": 0.5, "1": 0.5})


def test_a_gate_on_three_qubits_has_the_errors_of_those_it_is_made_of(engine: Engine) -> None:
    made = "qubit[3] q; h q[2]; cx q[1], q[2]; tdg q[2]; cx q[0], q[2]; t q[2]; cx q[1], q[2]; tdg q[2]; " + (
        "cx q[0], q[2]; t q[1]; t q[2]; h q[2]; cx q[0], q[1]; t q[0]; tdg q[1]; cx q[0], q[1];"
    )
    noise = Noise(0.0, 0.02, 0.0)
    found = exactly(engine, "qubit[3] q; ccx q[0], q[1], q[2];", noise)
    assert found == pytest.approx(exactly(engine, made, noise), abs=1e-3)
    assert found["000"] < 1 - 3 * 0.02


def test_native_gates_have_errors_by_their_qubits(engine: Engine) -> None:
    def native(*gates: str) -> Mapping[str, float]:
        source = f'{{"qubits": 2, "circuit": [{", ".join(gates)}]}}'
        task = Task(Program("ionq.native", source), shots=1, seed=1, exact=True, noise=Noise(0.03, 0.15, 0.0))
        outcome = engine.submit(task).result(timeout=60)
        assert isinstance(outcome, CircuitResult), outcome
        return outcome.probabilities

    assert native('{"gate": "gpi", "target": 0, "phase": 0.1}') == pytest.approx({"01": 0.98, "00": 0.02})
    no_turn = '{"gate": "ms", "targets": [0, 1], "phases": [0, 0], "angle": 0}'
    assert native(no_turn) == pytest.approx({"00": 0.88, "01": 0.04, "10": 0.04, "11": 0.04})
    assert native('{"gate": "zz", "targets": [0, 1]}') == pytest.approx(
        {"00": 0.88, "01": 0.04, "10": 0.04, "11": 0.04}
    )


def test_measuring_in_the_middle_adds_no_error_of_a_gate(engine: Engine) -> None:
    source = "qubit q; bit[2] c; x q; c[0] = measure q; x q; c[1] = measure q;"
    found = exactly(engine, source, Noise(0.03, 0.6, 0.0))
    # Each x fails with 0.02; what the first one left behind is seen twice.
    assert found == pytest.approx({"01": 0.98 * 0.98, "11": 0.98 * 0.02, "10": 0.02 * 0.98, "00": 0.02 * 0.02})


def test_a_branch_is_taken_by_what_was_read(engine: Engine) -> None:
    source = "qubit[2] q; bit[2] c; x q[0]; c[0] = measure q[0]; if (c[0]) { x q[1]; } c[1] = measure q[1];"
    noise = Noise(0.03, 0.0, 0.1)
    one = 0.98 * 0.9 + 0.02 * 0.1  # x without an error and read rightly, or neither
    expected = {"11": one * one, "01": one * (1 - one), "10": (1 - one) * 0.1, "00": (1 - one) * 0.9}
    counts = counts_of(run(engine, source, noise, shots=5000))
    assert agree(counts, expected)
    assert counts == run(engine, source, noise, shots=5000).counts


def test_a_larger_part_is_run_shot_by_shot_with_the_same_outcome(engine: Engine) -> None:
    # Few shots of 9 qubits are cheaper one by one, a distribution is had from the density matrix.
    source = f"qubit[9] q; {chain(9)}"
    counts = counts_of(run(engine, source, NOISE, shots=400))
    expected: dict[str, float] = defaultdict(float)
    for outcome, probability in exactly(engine, source, NOISE).items():
        expected[str(outcome.count("1"))] += probability
    ones: Counter[str] = Counter()
    for outcome, count in counts.items():
        ones[str(outcome.count("1"))] += count
    assert sum(counts.values()) == 400
    assert agree(ones, expected)
    assert counts == run(engine, source, NOISE, shots=400).counts


def test_parts_that_share_no_gate_stay_independent(engine: Engine) -> None:
    source = f"qubit[18] q; {chain(9)} {chain(9, first=9)}"
    pairs: Counter[str] = Counter()
    for outcome, count in counts_of(run(engine, source, NOISE, shots=400)).items():
        pairs[outcome[0] + outcome[9]] += count
    first = (pairs["10"] + pairs["11"]) / 400
    second = (pairs["01"] + pairs["11"]) / 400
    assert agree(pairs, {a + b: abs(1 - int(a) - first) * abs(1 - int(b) - second) for a in "01" for b in "01"})
    # The two parts are the same circuit, and yet not the same shots.
    assert not agree(pairs, {"00": 1 - first, "11": first, "01": 0.0, "10": 0.0})


def test_a_wide_circuit_of_clifford_gates_is_noisy_too(engine: Engine) -> None:
    source = "qubit[36] q; h q[0];" + "".join(f"cx q[{i}], q[{i + 1}];" for i in range(35))
    counts = counts_of(run(engine, source, Noise(0.0, 0.0, 0.02), shots=2000))
    turned = sum(min(outcome.count("1"), outcome.count("0")) * count for outcome, count in counts.items())
    mean = 2000 * 36 * 0.02
    assert abs(turned - mean) < 5 * math.sqrt(mean)
    spoilt = counts_of(run(engine, source, Noise(0.0, 0.01, 0.0), shots=2000))
    # Nothing went wrong in 0.99^35 of the shots, and of the other ones some still look as if.
    right = (spoilt["0" * 36] + spoilt["1" * 36]) / 2000
    assert 0.99**35 - 0.05 < right < 0.99**35 + 0.25


def test_what_is_too_dear_is_spoilt_as_a_whole() -> None:
    engine = Engine(Limits(work=1000))
    try:
        counts = counts_of(run(engine, BELL, Noise(0.1, 0.2, 0.0), shots=10_000))
        kept = 0.9 * 0.8
        wrong = (1 - kept) / 4
        assert agree(counts, {"00": kept / 2 + wrong, "11": kept / 2 + wrong, "01": wrong, "10": wrong})
        assert counts == run(engine, BELL, Noise(0.1, 0.2, 0.0), shots=10_000).counts
        task = Task(Program("qasm3", HEAD + BELL), shots=1, seed=1, exact=True, noise=NOISE)
        refused = engine.submit(task).result(timeout=60)
        assert isinstance(refused, Failure)
        assert refused.kind == "too_complex"
    finally:
        engine.close()


def test_noise_leaves_the_number_of_gates_and_the_ideal_outcome_as_they_were(engine: Engine) -> None:
    source = "qubit[3] q; h q[0]; ccx q[0], q[1], q[2];"
    task = Task(Program("qasm3", HEAD + source), shots=500, seed=3)
    before = engine.submit(task).result(timeout=60)
    noisy = run(engine, source, NOISE)
    after = engine.submit(task).result(timeout=60)
    assert isinstance(after, CircuitResult)
    assert before == after
    assert set(counts_of(after)) == {"000", "001"}
    assert (noisy.one_qubit_gates, noisy.two_qubit_gates) == (after.one_qubit_gates, after.two_qubit_gates) == (1, 1)
