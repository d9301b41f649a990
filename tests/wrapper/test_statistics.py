"""Random samples, expectation values and standard errors of results."""

from __future__ import annotations

import copy
import itertools
import json
import math
import pickle
import statistics
from typing import Any

import numpy
import pytest
from hypothesis import given, strategies as st
from qiskit.quantum_info import SparsePauliOp, Statevector
from quantum_jobs import Expectation, Result, UsageError
from quantum_jobs.counts import probabilities_of


def measured(counts: dict[str, int]) -> Result:
    width = len(next(iter(counts)))
    return Result(counts=counts, counts_kind="measured", probabilities=probabilities_of(counts), num_qubits=width)


def derived(probabilities: dict[str, float]) -> Result:
    return Result(probabilities=probabilities, num_qubits=len(next(iter(probabilities))))


counts = st.integers(1, 4).flatmap(
    lambda width: st.dictionaries(
        st.text("01", min_size=width, max_size=width), st.integers(1, 50), min_size=1, max_size=2**width
    )
)


@given(counts, st.integers(1, 300), st.integers(0, 9))
def test_a_sample_has_so_many_shots_of_outcomes_that_can_be(outcomes: dict[str, int], shots: int, seed: int) -> None:
    drawn = measured(outcomes).sample(shots, seed)
    assert drawn.shots == shots
    assert drawn.counts is not None
    assert set(drawn.counts) <= set(outcomes)
    assert list(drawn.counts) == sorted(drawn.counts)
    assert drawn.counts_kind == "sampled"
    assert drawn.num_qubits == len(next(iter(outcomes)))
    assert drawn == measured(outcomes).sample(shots, seed)
    assert Result.from_dict(json.loads(json.dumps(drawn.to_dict()))) == drawn


def test_a_sample_follows_the_probabilities() -> None:
    result = derived({"00": 0.5, "01": 0.3, "11": 0.2})
    drawn = result.sample(20_000, seed=7).counts
    assert drawn is not None
    # Six standard deviations: a right sampler fails once in a billion seeds.
    for outcome, probability in (result.probabilities or {}).items():
        assert abs(drawn[outcome] / 20_000 - probability) < 6 * math.sqrt(probability * (1 - probability) / 20_000)
    assert result.sample(1000, seed=1) != result.sample(1000, seed=2)
    uniform = derived({format(index, "08b"): 1 / 256 for index in range(256)})
    assert uniform.sample(1000) != uniform.sample(1000)  # without a seed; equal ones are as good as impossible


def test_rounded_probabilities_are_sampled_to_the_last_shot() -> None:
    assert derived({"0": 0.4996, "1": 0.4999}).sample(5000, seed=3).shots == 5000


@pytest.mark.parametrize(
    ("shots", "seed", "message"),
    [
        (0, None, "shots must be a whole number of at least 1, got 0"),
        (1.5, None, "shots must be a whole number of at least 1, got 1.5"),
        (True, None, "shots must be a whole number"),
        (10, "x", "seed must be a whole number, got 'x'"),
    ],
)
def test_shots_and_seeds_that_cannot_be_are_named(shots: Any, seed: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        derived({"0": 1.0}).sample(shots, seed)


def test_numpys_integers_are_numbers_of_shots() -> None:
    assert derived({"0": 1.0}).sample(numpy.int64(3), numpy.int32(1)).counts == {"0": 3}


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (Result(raw={"energies": []}), "no outcomes; what the vendor sent stands in raw"),
        (
            Result(registers={"a": derived({"0": 1.0}), "b": derived({"1": 1.0})}),
            r"no outcomes of all registers together; ask one of them: result.registers\['a'\]",
        ),
        (derived({"0": 0.4, "1": 0.5}), "sum to 0.9, not to 1"),
    ],
)
def test_results_without_a_distribution_say_so(result: Result, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        result.sample(10)
    with pytest.raises(UsageError, match=message):
        result.expectation("Z")


def test_negative_probabilities_of_mitigation_have_a_mean_and_no_sample() -> None:
    result = derived({"0": 1.1, "1": -0.1})
    assert result.expectation("Z") == pytest.approx(1.2)
    with pytest.raises(UsageError, match="1 has a negative probability"):
        result.sample(10)


@given(counts, st.data())
def test_the_mean_and_its_error_are_those_of_the_shots_one_by_one(
    outcomes: dict[str, int], data: st.DataObject
) -> None:
    width = len(next(iter(outcomes)))
    labels = st.text("IZ", min_size=width, max_size=width)
    terms = data.draw(st.lists(st.tuples(labels, st.floats(-3, 3)), min_size=1, max_size=4))
    found = measured(outcomes).expectation(terms)

    def value(outcome: str) -> float:
        signs = [
            math.prod(-1 for z, bit in zip(label, outcome, strict=True) if z == "Z" and bit == "1")
            for label, _ in terms
        ]
        return sum(sign * weight for sign, (_, weight) in zip(signs, terms, strict=True))

    shots = [value(outcome) for outcome, count in outcomes.items() for _ in range(count)]
    assert found == pytest.approx(statistics.fmean(shots), abs=1e-9)
    if len(shots) < 2:
        assert found.standard_error is None
    else:
        assert found.standard_error == pytest.approx(statistics.stdev(shots) / math.sqrt(len(shots)), abs=1e-7)


@given(st.integers(0, 2**32 - 1))
def test_expectation_values_are_those_of_qiskit(seed: int) -> None:
    state = Statevector(numpy.random.default_rng(seed).normal(size=8)).data
    state /= numpy.linalg.norm(state)
    result = derived({format(index, "03b"): float(abs(value) ** 2) for index, value in enumerate(state)})
    operator = SparsePauliOp.from_list([("ZZI", 0.5), ("IIZ", -1.25), ("III", 2.0), ("ZIZ", 0.75)])
    expected = Statevector(state).expectation_value(operator).real
    assert result.expectation(operator.to_list()) == pytest.approx(expected, abs=1e-9)
    for label in map("".join, itertools.product("IZ", repeat=3)):
        expected = Statevector(state).expectation_value(SparsePauliOp(label)).real
        assert result.expectation(label) == pytest.approx(expected, abs=1e-9)


def test_the_rightmost_letter_is_bit_0() -> None:
    result = measured({"001": 10})
    assert [result.expectation(label) for label in ("IIZ", "IZI", "ZII", "III", "ZZZ")] == [-1, 1, 1, 1, -1]
    assert result.expectation({"IIZ": 2, "III": 5}) == 3
    assert result.expectation([("IIZ", 2), ("IIZ", 1)]) == -3


def test_derived_counts_have_no_error_as_they_may_be_exact() -> None:
    exact = Result(counts={"0": 500, "1": 500}, counts_kind="derived", probabilities={"0": 0.5, "1": 0.5}, num_qubits=1)
    assert exact.standard_errors is None
    assert exact.expectation("Z").standard_error is None
    sampled = exact.sample(1000, seed=5)
    assert sampled.expectation("Z").standard_error == pytest.approx(1 / math.sqrt(1000), rel=0.01)
    assert sampled.standard_errors == pytest.approx({"0": 0.0158, "1": 0.0158}, rel=0.01)


def test_one_shot_tells_no_error_and_equal_shots_tell_0() -> None:
    assert measured({"0": 1}).standard_errors is None
    assert measured({"0": 1}).expectation("Z").standard_error is None
    assert measured({"0": 9}).standard_errors == {"0": 0.0}
    assert measured({"0": 9}).expectation("Z").standard_error == 0.0


def test_errors_shrink_as_repetition_says() -> None:
    """The standard error is the spread that repeating the experiment shows."""
    exact = derived({"00": 0.7, "01": 0.1, "11": 0.2})
    repeated = [exact.sample(200, seed) for seed in range(400)]
    means = [each.expectation({"ZI": 1.0, "ZZ": 0.5}) for each in repeated]
    told = [each.standard_error for each in means if each.standard_error is not None]
    assert statistics.stdev(means) == pytest.approx(statistics.fmean(told), rel=0.15)
    shares = [(each.probabilities or {}).get("11", 0.0) for each in repeated]
    assert repeated[0].standard_errors is not None
    assert statistics.stdev(shares) == pytest.approx(math.sqrt(0.2 * 0.8 / 200), rel=0.15)
    assert repeated[0].standard_errors["11"] == pytest.approx(math.sqrt(0.2 * 0.8 / 200), rel=0.2)


@pytest.mark.parametrize(
    ("observable", "message"),
    [
        ("ZX", r"'ZX' is not diagonal.*turn X into Z by gates"),
        ("YX", r"turn X and Y into Z"),
        ("Za", "letters that are neither I nor Z"),
        ("Z", "has 1 letters and the outcomes have 2 bits"),
        ({}, "an observable is a label such as 'ZZI'"),
        (None, "an observable is a label.*got NoneType"),
        ([("ZZ",)], "an observable is a label"),
        ({"ZZ": "0.5"}, "the weight of 'ZZ' must be a real number, got '0.5'"),
        ({"ZZ": 1j}, "the weight of 'ZZ' must be a real number"),
        ({"ZZ": math.inf}, "the weight of 'ZZ' must be a real number"),
        ({3: 0.5}, "named by a label such as 'ZZI', got int"),
    ],
)
def test_other_observables_are_refused_with_what_to_do(observable: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        measured({"00": 3, "11": 5}).expectation(observable)


def test_an_expectation_is_a_float_that_shows_its_error() -> None:
    found = Expectation(0.25, 0.01)
    assert (found + 1, f"{found}", f"{found:.1f}", json.dumps([found])) == (1.25, "0.25", "0.2", "[0.25]")
    assert repr(found) == "Expectation(0.25, standard_error=0.01)"
    assert numpy.array([found, found]).dtype == numpy.float64
    for again in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found)):
        assert (again, again.standard_error) == (0.25, 0.01)
