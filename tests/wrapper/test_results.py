"""One meaning of a result: qubit 0 rightmost, keys of one width, exact counts, in every shape that vendors send."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import httpx
import pytest
import quantum_jobs
from hypothesis import given, settings, strategies as st
from quantum_jobs import QuantumJobsWarning, ResponseError
from quantum_jobs.counts import SUM_TOLERANCE, counts_of

from tests.wrapper.clouds import artifact, connect, qbraid, url, v3, v4, v4_pages
from tests.wrapper.documents import (
    COUNTS,
    HISTOGRAM_V1,
    HISTOGRAM_V2,
    PROBABILITIES_V1,
    PROBABILITIES_V2,
    SHARES,
    SHOTS_V1,
    SHOTS_V2,
    memory_of,
    registers,
    shots_v2,
)

# Bit order.


@pytest.mark.parametrize(
    "read",
    [
        lambda: v4(artifact(HISTOGRAM_V1, "h"), {"artifacts/h": {"3": 30, "1": 70}}, aggregation="raw"),
        lambda: v4(
            artifact(HISTOGRAM_V2, "h"), {"artifacts/h": registers("histogram", output_all=COUNTS)}, aggregation="raw"
        ),
        lambda: v4(url("histogram"), {"results/histogram": {"1": 70, "3": 30}}, aggregation="raw"),
        lambda: v4(artifact(PROBABILITIES_V1, "p"), {"artifacts/p": {"3": 0.3, "1": 0.7}}),
        lambda: v4(artifact(PROBABILITIES_V2, "p"), {"artifacts/p": registers("probabilities", output_all=SHARES)}),
        lambda: v4(url("probabilities"), {"results/probabilities": {"1": 0.7, "3": 0.3}}),
        lambda: v4({}, {"results/probabilities": {"1": 0.7, "3": 0.3}}, results=None),
        lambda: v4(
            artifact(SHOTS_V2, "s"),
            {"artifacts/s": shots_v2([{"output_all": [1, 0, 0]}] * 70 + [{"output_all": [1, 1, 0]}] * 30)},
            type="ionq.qasm3.v1",
        ),
        lambda: v3({"1": 0.7, "3": 0.3}),
        lambda: qbraid({"measurementCounts": {"011": 30, "001": 70}}),
        lambda: qbraid({"measurementCounts": {"0 11": 30, "0 01": 70}}),
    ],
)
def test_the_same_asymmetric_outcome_has_the_same_keys_everywhere(read: Any) -> None:
    result = read()
    assert result.counts == COUNTS
    assert result.probabilities == pytest.approx(SHARES)
    assert list(result.counts) == list(result.probabilities) == ["001", "011"]
    assert result.num_qubits == 3


# Widths.


@pytest.mark.parametrize(
    ("qubits", "outcomes", "keys"),
    [
        (3, {"1": 1.0}, ["001"]),
        (None, {"1": 0.5, "4": 0.5}, ["001", "100"]),
        (None, {"0": 1.0}, ["0"]),
        (60, {str(2**59): 1.0}, ["1" + "0" * 59]),
        (1, {"0": 0.5, "1": 0.5}, ["0", "1"]),
    ],
)
def test_the_width_is_that_of_the_job_else_of_the_widest_key(
    qubits: int | None, outcomes: dict[str, float], keys: list[str]
) -> None:
    for result in (
        v4(url("probabilities"), {"results/probabilities": outcomes}, stats={"qubits": qubits}),
        v4(
            url("probabilities"),
            {"results/probabilities": outcomes},
            stats={} if qubits is None else {"qubits": qubits},
        ),
        v3(outcomes, qubits=qubits),
    ):
        assert list(result.probabilities or ()) == keys
        assert result.num_qubits == len(keys[0])


@pytest.mark.parametrize("key", ["8", "-1", "1.0", "x", "", "0x1", " 1", "1_0", "\N{SUPERSCRIPT TWO}", "9" * 500])
def test_an_integer_key_that_does_not_fit_is_an_error_and_not_a_truncation(key: str) -> None:
    bad = {"1": 0.5, key: 0.5}
    for read in (
        lambda: v4(url("probabilities"), {"results/probabilities": bad}),
        lambda: v4(artifact(PROBABILITIES_V1, "p"), {"artifacts/p": bad}),
        lambda: v4(artifact(HISTOGRAM_V1, "h"), {"artifacts/h": {"1": 50, key: 50}}, aggregation="raw"),
        lambda: memory_of({SHOTS_V1: ["1", key]}),
        lambda: v3(bad),
    ):
        with pytest.raises(ResponseError, match="could not be read"):
            read()


@pytest.mark.parametrize("outcomes", [{"01": 50, "1": 50}, {"0x": 100}, {"": 100}, {"012": 100}])
def test_bitstring_keys_of_different_widths_or_other_letters_are_an_error_at_ionq(outcomes: dict[str, int]) -> None:
    body = registers("histogram", output_all=outcomes)
    with pytest.raises(ResponseError, match="could not be read"):
        v4(artifact(HISTOGRAM_V2, "h"), {"artifacts/h": body}, aggregation="raw")


def test_bitstring_keys_of_different_widths_are_an_error_at_qbraid() -> None:
    with pytest.raises(ResponseError, match="widths"):
        qbraid({"measurementCounts": {"01": 50, "1": 50}})


def test_one_outcome_under_two_spellings_loses_no_shots() -> None:
    for read in (
        lambda: v4(artifact(HISTOGRAM_V1, "h"), {"artifacts/h": {"1": 50, "01": 50}}, aggregation="raw"),
        lambda: qbraid({"measurementCounts": {"01": 50, "0 1": 50}}),
    ):
        try:
            counted = read().counts
        except ResponseError:
            continue
        assert counted is not None
        assert sum(counted.values()) == 100


@pytest.mark.parametrize(
    "value",
    [
        *(-0.5, "-0.5", None, True, [0.5], float("nan"), float("inf")),
        *("", "x", "1/2", "NaN", "Infinity", " 0.5", "0_5", "0,5", "\N{FULLWIDTH DIGIT ONE}"),
    ],
)
def test_a_value_that_is_no_probability_is_an_error(value: Any) -> None:
    pages = v4_pages(url("probabilities"), {})
    client, cloud = connect("ionq-v0.4", pages)
    # NaN and infinities are no JSON, and yet Python writes and reads them.
    import httpx

    body = json.dumps({"0": 0.5, "1": value}).encode()
    cloud.handler = lambda request: (
        httpx.Response(200, content=body)
        if "results" in request.url.path
        else httpx.Response(200, json=pages["/jobs/a"])
    )
    with client, pytest.raises(ResponseError, match="could not be read"):
        client.job("a").result(timeout=60)


@pytest.mark.parametrize("value", [-1, 0.5, "x", None, True, [1], {}])
def test_a_value_that_is_no_count_is_an_error(value: Any) -> None:
    for read in (
        lambda: v4(artifact(HISTOGRAM_V1, "h"), {"artifacts/h": {"0": 5, "1": value}}, aggregation="raw"),
        lambda: qbraid({"measurementCounts": {"0": 5, "1": value}}),
    ):
        with pytest.raises(ResponseError, match="could not be read"):
            read()


def test_outcomes_that_never_occurred_are_left_out() -> None:
    for result in (
        v4(artifact(HISTOGRAM_V1, "h"), {"artifacts/h": {"1": 100, "2": 0}}, aggregation="raw"),
        v3({"1": 1.0, "2": 0.0}),
        qbraid({"measurementCounts": {"001": 100, "010": 0}}),
    ):
        assert (result.counts, result.probabilities) == ({"001": 100}, {"001": 1.0})


def test_a_width_beyond_all_machines_is_an_error_and_not_a_full_memory() -> None:
    job = {"id": "a", "status": "completed", "shots": 100, "stats": {"qubits": 10**8}, "results": None}

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"0": 1.0} if request.url.path.endswith("probabilities") else job)

    with quantum_jobs.connect("ionq", api_key="a-key", transport=httpx.MockTransport(answer)) as client:
        held = client.job("a")
        with pytest.raises(quantum_jobs.ResponseError, match="qubits"):
            held.result(timeout=5)


# Counts out of probabilities.

shots_counts = st.integers(1, 1_000_000)
widths = st.shared(st.integers(1, 12), key="width")
keys = widths.flatmap(lambda width: st.text("01", min_size=width, max_size=width))
weights = st.dictionaries(keys, st.one_of(st.integers(0, 10**6), st.floats(0, 1)), min_size=1, max_size=40)


def normalised(weighted: dict[str, float]) -> dict[str, float]:
    total = float(sum(weighted.values()))
    return {key: value / total for key, value in weighted.items()} if total > 1e-9 else {next(iter(weighted)): 1.0}


@given(weights, shots_counts)
@settings(max_examples=150, deadline=None)
def test_counts_sum_to_the_shots_and_are_the_nearest_whole_shares(weighted: dict[str, float], shots: int) -> None:
    probabilities = normalised(weighted)
    counts = counts_of(probabilities, shots)
    assert counts is not None
    assert sum(counts.values()) == shots
    assert len({len(key) for key in counts}) == 1
    assert list(counts) == sorted(counts)
    total = sum(Fraction(value) for value in probabilities.values())
    for key, value in probabilities.items():
        assert abs(counts.get(key, 0) - Fraction(value) / total * shots) < 1


@given(weights, shots_counts, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_outcomes_makes_no_difference(weighted: dict[str, float], shots: int, chance: Any) -> None:
    probabilities = normalised(weighted)
    shuffled = list(probabilities.items())
    chance.shuffle(shuffled)
    straight, turned = counts_of(probabilities, shots), counts_of(dict(shuffled), shots)
    assert straight == turned
    assert list(straight or ()) == list(turned or ())


@given(weights, shots_counts)
@settings(max_examples=25, deadline=None)
def test_the_same_holds_for_what_a_service_sends(weighted: dict[str, float], shots: int) -> None:
    probabilities = normalised(weighted)
    width = len(next(iter(probabilities)))
    sent = {str(int(key, 2)): value for key, value in probabilities.items()}
    result = v3(sent, shots=shots, qubits=width)
    assert result.counts is not None
    assert result.shots == shots
    assert {len(key) for key in result.counts} == {width}
    assert result.counts_kind == "derived"
    assert result.probabilities == {key: value for key, value in sorted(probabilities.items()) if value}


@pytest.mark.parametrize("gap", [0.0, 0.0009, -0.0009])
def test_a_sum_within_a_thousandth_of_one_still_gives_counts(gap: float) -> None:
    result = v3({"0": 0.5, "7": 0.5 + gap}, shots=1000)
    assert result.counts is not None
    assert result.shots == 1000
    assert result.probabilities == {"000": 0.5, "111": 0.5 + gap}
    assert pytest.approx(1e-3) == SUM_TOLERANCE


@pytest.mark.parametrize("gap", [0.002, -0.002, -0.5, 7.0])
def test_further_off_the_probabilities_stand_as_sent_and_a_warning_says_so(gap: float) -> None:
    for read in (
        lambda: v3({"0": 0.5, "7": 0.5 + gap}),
        lambda: v4(url("probabilities"), {"results/probabilities": {"0": 0.5, "7": 0.5 + gap}}),
    ):
        with pytest.warns(QuantumJobsWarning, match="sum"):
            result = read()
        assert (result.counts, result.counts_kind, result.shots) == (None, None, None)
        assert result.probabilities == ({"000": 0.5, "111": 0.5 + gap} if gap != -0.5 else {"000": 0.5})


@pytest.mark.parametrize("shots", [None, 0, -3])
def test_without_shots_probabilities_stand_and_nothing_is_warned_of(shots: int | None) -> None:
    for result in (
        v3({"1": 0.7, "3": 0.3}, shots=shots),
        v4(url("probabilities"), {"results/probabilities": {"1": 0.7, "3": 0.3}}, shots=shots),
    ):
        assert (result.counts, result.counts_kind) == (None, None)
        assert result.probabilities == SHARES


# Numbers as text.


def test_decimal_text_is_a_number_in_every_kind_of_outcome() -> None:
    shares = {"1": "0.7", "3": "3e-1", "5": "0"}
    for result in (
        v4(url("probabilities"), {"results/probabilities": shares}),
        v4(
            artifact(PROBABILITIES_V2, "p"),
            {"artifacts/p": registers("probabilities", c={"001": "0.70", "011": ".3"})},
            shots="100",
        ),
        v4(artifact(HISTOGRAM_V1, "h"), {"artifacts/h": {"1": "70", "3": "30.0"}}, aggregation="raw"),
        v4(
            artifact(HISTOGRAM_V2, "h"),
            {"artifacts/h": registers("histogram", c={"001": "70", "011": "30"})},
            aggregation="raw",
        ),
        v3(shares, shots="100", qubits="3"),
        qbraid({"measurementProbabilities": {"001": "0.7", "011": "0.3"}}, shots="100"),
        qbraid({"measurementCounts": {"001": "70", "011": "30"}}),
        qbraid({"measurements": [["0", "0", "1"]] * 70 + ["011"] * 30}),
    ):
        assert result.counts == COUNTS
        assert result.probabilities == pytest.approx(SHARES)


# What is no gate-model circuit.


@pytest.mark.parametrize(
    "data",
    [
        {
            "measurementCounts": {"rgg": 30, "grg": 70},
            "measurements": [{"success": True, "pre_sequence": [1, 1, 1], "post_sequence": [0, 1, 1]}],
        },
        {"solutions": [{"spin": [1, -1], "energy": -3.5, "time": 0.1}], "solutionCount": 1},
    ],
    ids=["analog", "annealing"],
)
def test_analog_and_annealing_results_have_no_counts_and_keep_everything_in_raw(data: dict[str, Any]) -> None:
    result = qbraid(data)
    assert (result.counts, result.counts_kind, result.probabilities, result.memory) == (None, None, None, None)
    assert result.raw["resultData"] == data


def test_qbraids_own_probabilities_are_given_beside_its_counts() -> None:
    sent = {"measurementCounts": {"001": 7, "011": 3}, "measurementProbabilities": {"001": 0.69, "011": 0.31}}
    result = qbraid(sent)
    assert (result.counts, result.counts_kind) == ({"001": 7, "011": 3}, "measured")
    assert result.probabilities == {"001": 0.69, "011": 0.31}


@pytest.mark.parametrize("odd", [{"001": "x"}, {"01": 1.0}, {"rg": 1.0}, [], None, {}])
def test_probabilities_that_make_no_sense_do_not_hide_the_counts(odd: Any) -> None:
    result = qbraid({"measurementCounts": {"001": 7, "011": 3}, "measurementProbabilities": odd})
    assert result.counts == {"001": 7, "011": 3}
    assert result.probabilities == SHARES


def test_probabilities_alone_are_read_with_the_jobs_shots() -> None:
    result = qbraid({"measurementProbabilities": SHARES})
    assert result.probabilities == SHARES
    assert (result.counts, result.counts_kind) == (COUNTS, "derived")


@pytest.mark.parametrize("data", [None, [], "x", 5])
def test_a_result_without_its_data_is_an_error(data: Any) -> None:
    with pytest.raises(ResponseError, match="resultData"):
        qbraid(data)
