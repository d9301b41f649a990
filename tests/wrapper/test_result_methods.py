"""What a result can do: turned round, summed over qubits, through JSON and pickle."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import attrs
import numpy as np
import pytest
from quantum_jobs import Result, UsageError, text

from tests.wrapper.clouds import artifact, qbraid, v3, v4
from tests.wrapper.documents import (
    COUNTS,
    HISTOGRAM_V2,
    ROWS,
    SHOTS_V1,
    memory_of,
    registers,
)

SAMPLE = Result(
    counts={"001": 70, "011": 30},
    counts_kind="measured",
    probabilities={"001": 0.7, "011": 0.3},
    memory=("001", "011"),
    num_qubits=3,
    registers={"c": Result(counts={"01": 100}, counts_kind="measured", probabilities={"01": 1.0}, num_qubits=2)},
    raw={"measured": [1, {"deep": None}]},
)


def test_flipped_turns_every_key_and_twice_is_nothing() -> None:
    flipped = SAMPLE.flipped()
    assert flipped.counts == {"100": 70, "110": 30}
    assert flipped.probabilities == {"100": 0.7, "110": 0.3}
    assert flipped.memory == ("100", "110")
    assert flipped.registers["c"].counts == {"10": 100}
    assert flipped.raw == SAMPLE.raw
    assert flipped.flipped() == SAMPLE


@pytest.mark.parametrize(
    ("qubits", "counts", "memory"),
    [
        ([0], {"1": 100}, ("1", "1")),
        ([1], {"0": 70, "1": 30}, ("0", "1")),
        ([2], {"0": 100}, ("0", "0")),
        ([0, 1], {"01": 70, "11": 30}, ("01", "11")),
        ([1, 0], {"10": 70, "11": 30}, ("10", "11")),
        ([0, 1, 2], {"001": 70, "011": 30}, ("001", "011")),
        ([2, 1, 0], {"100": 70, "110": 30}, ("100", "110")),
    ],
)
def test_a_marginal_has_its_first_qubit_rightmost(qubits: list[int], counts: dict[str, int], memory: Any) -> None:
    marginal = SAMPLE.marginal(qubits)
    assert marginal.counts == counts
    assert marginal.probabilities == {key: count / 100 for key, count in counts.items()}
    assert (marginal.memory, marginal.num_qubits, marginal.shots) == (memory, len(qubits), 100)


@pytest.mark.parametrize(
    "qubits", [[], [3], [-1], [0, 0], [0.5], ["0"], [None], "01", 5, None, [True], {0, 1}, [10**5000]], ids=text.shown
)
def test_a_marginal_over_what_are_no_qubits_is_refused(qubits: Any) -> None:
    with pytest.raises(UsageError, match="qubits"):
        SAMPLE.marginal(qubits)


def test_the_qubits_of_a_marginal_may_be_those_of_another_library() -> None:
    assert SAMPLE.marginal(np.array([1, 0])) == SAMPLE.marginal([1, 0])  # type: ignore[arg-type]


def test_a_marginal_of_a_result_without_outcomes_is_refused() -> None:
    with pytest.raises(UsageError, match="no outcomes"):
        Result(raw={"solutions": []}).marginal([0])


RESULTS = [
    SAMPLE,
    Result(),
    Result(probabilities={"0": 1.0}, num_qubits=1),
    Result(counts={}, counts_kind="measured", probabilities={}, raw=[1, "x", None]),
    attrs.evolve(SAMPLE, registers={"a": SAMPLE, "b": Result()}),
]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: str(result)[:40])
def test_a_result_goes_through_json_and_back(result: Result) -> None:
    assert Result.from_dict(json.loads(json.dumps(result.to_dict()))) == result
    assert Result.from_dict({**result.to_dict(), "novelty": 5}) == result


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: str(result)[:40])
def test_a_result_pickles_and_copies(result: Result) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(result, protocol)) == result
    assert copy.deepcopy(result) == result


@pytest.mark.parametrize(
    "read",
    [
        lambda: v4(
            artifact(HISTOGRAM_V2, "h"),
            {"artifacts/h": registers("histogram", output_all=COUNTS, c={"1": 100})},
            aggregation="raw",
        ),
        lambda: memory_of({SHOTS_V1: ROWS}),
        lambda: v3({"1": 0.7, "3": 0.3}),
        lambda: qbraid({"measurementCounts": COUNTS, "measurements": [[0, 0, 1]] * 70 + [[0, 1, 1]] * 30}, memory=True),
        lambda: qbraid({"solutions": [{"spin": [1, -1]}]}),
    ],
)
def test_what_was_read_from_a_service_goes_through_json_and_pickle(read: Any) -> None:
    result = read()
    assert Result.from_dict(json.loads(json.dumps(result.to_dict()))) == result
    assert pickle.loads(pickle.dumps(result)) == result


def test_results_are_frozen() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        SAMPLE.counts = {}  # type: ignore[misc]
