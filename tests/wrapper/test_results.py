"""One meaning of a result: qubit 0 rightmost, keys of one width, exact counts, in every shape that vendors send."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import attrs
import httpx
import pytest
import quantum_jobs
from hypothesis import given, settings, strategies as st
from quantum_jobs import APIError, QuantumJobsWarning, ResponseError, Result, UnsupportedError, UsageError
from quantum_jobs.counts import SUM_TOLERANCE, counts_of

from tests.wrapper.clouds import artifact, connect, qbraid, qbraid_pages, results, url, v3, v4, v4_pages

HISTOGRAM_V1 = "ionq.result.histogram.json.v1"
HISTOGRAM_V2 = "ionq.result.histogram.json.v2"
PROBABILITIES_V1 = "ionq.result.probabilities.json.v1"
PROBABILITIES_V2 = "ionq.result.probabilities.json.v2"
SHOTS_V1 = "ionq.result.shots.json.v1"
SHOTS_V2 = "ionq.result.shots.json.v2"
AGGREGATE = "ionq.result.probabilities-aggregate.json.v1"

#: Bit 0 always, bit 1 in 30 of 100 shots, bit 2 never: no symmetry hides a turned or shifted key.
COUNTS = {"001": 70, "011": 30}
SHARES = {"001": 0.7, "011": 0.3}


def registers(kind: str, **outcomes: Any) -> dict[str, Any]:
    """A document of version 2; the bitstrings are given with bit 0 rightmost, and written as IonQ does, leftmost."""
    return {
        kind: {
            "registers": {
                name: {bits[::-1]: value for bits, value in register.items()} for name, register in outcomes.items()
            }
        }
    }


def shots_v2(rows: list[dict[str, list[int]]]) -> dict[str, Any]:
    return {"shots": [{"registers": row} for row in rows]}


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


# The shapes of IonQ v0.4: places under formats, places under kinds, both, or none.

PLACES: dict[str, tuple[dict[str, Any], str, Any]] = {
    "probabilities v2": (
        artifact(PROBABILITIES_V2, "p2"),
        "artifacts/p2",
        registers("probabilities", output_all=SHARES),
    ),
    "probabilities v1": (artifact(PROBABILITIES_V1, "p1"), "artifacts/p1", {"1": 0.7, "3": 0.3}),
    "probabilities url": (url("probabilities"), "results/probabilities", {"1": 0.7, "3": 0.3}),
    "histogram v2": (artifact(HISTOGRAM_V2, "h2"), "artifacts/h2", registers("histogram", output_all={"110": 100})),
    "histogram v1": (artifact(HISTOGRAM_V1, "h1"), "artifacts/h1", {"6": 100}),
    "histogram url": (url("histogram"), "results/histogram", {"6": 100}),
}


def offer(names: Sequence[str]) -> dict[str, Any]:
    """The pages of a job that names these places, and others of which nobody knows."""
    places: dict[str, Any] = {}
    bodies: dict[str, Any] = {}
    for name in names:
        place, path, body = PLACES[name]
        places |= place
        bodies[path] = body
    places |= {**artifact(SHOTS_V1, "s1"), "ionq.result.novelty.json.v9": {"id": "n"}, "novelty": None}
    return v4_pages(places, bodies)


COMBINATIONS = [
    [name for name, there in zip(PLACES, combination, strict=True) if there]
    for combination in product([False, True], repeat=6)
]


@pytest.mark.parametrize("offered", [names for names in COMBINATIONS if names and "probabilities" in names[0]])
def test_the_probabilities_are_the_result_with_one_request_to_the_best_of_them(offered: list[str]) -> None:
    # The histogram of a mitigated job is another distribution than the one that IonQ presents.
    client, cloud = connect("ionq-v0.4", offer(offered))
    with client:
        result = client.job("a").result(timeout=60)
    assert (result.counts, result.counts_kind) == (COUNTS, "derived")
    assert result.probabilities == SHARES
    assert cloud.asked == ["/jobs/a", f"/jobs/a/{PLACES[offered[0]][1]}"]


@pytest.mark.parametrize("offered", [names for names in COMBINATIONS if names and "histogram" in names[-1]])
def test_the_histogram_as_measured_comes_when_it_is_asked_for(offered: list[str]) -> None:
    client, cloud = connect("ionq-v0.4", offer(offered))
    with client:
        result = client.job("a").result(timeout=60, aggregation="raw")
    assert (result.counts, result.counts_kind, result.probabilities) == ({"110": 100}, "measured", {"110": 1.0})
    best = next(name for name in offered if "histogram" in name)
    assert cloud.asked == ["/jobs/a", f"/jobs/a/{PLACES[best][1]}"]


def test_a_job_with_a_histogram_alone_says_how_to_get_it() -> None:
    with pytest.raises(UnsupportedError, match=r"probabilities.*'raw'"):
        v4(artifact(HISTOGRAM_V2, "h"), {"artifacts/h": registers("histogram", output_all=COUNTS)})


@pytest.mark.parametrize("places", [None, {}, {"novelty": {"id": "n"}}, {"probabilities": {}}, {"probabilities": None}])
def test_without_a_place_that_is_known_the_fixed_path_is_read(places: Any) -> None:
    result = v4({}, {"results/probabilities": {"1": 0.7, "3": 0.3}}, results=places)
    assert result.counts == COUNTS


@pytest.mark.parametrize("status", [403, 404])
def test_a_source_that_is_named_and_refused_is_an_error_and_gives_way_to_no_other(status: int) -> None:
    refused = httpx.Response(status, json={"error": "No", "message": "not for you", "statusCode": status})
    places = {**artifact(PROBABILITIES_V2, "p"), **url("probabilities"), **artifact(HISTOGRAM_V1, "h")}
    bodies = {"artifacts/p": refused, "results/probabilities": {"1": 0.7, "3": 0.3}, "artifacts/h": {"1": 100}}
    with pytest.raises(APIError, match="not for you") as caught:
        v4(places, bodies)
    assert caught.value.status_code == status


def test_a_descriptor_of_another_format_is_no_source() -> None:
    # IonQ's own SDK passes over such a one too.
    place = {PROBABILITIES_V2: {"id": "h", "format": HISTOGRAM_V2, "media_type": "application/json"}}
    bodies = {"artifacts/h": registers("histogram", output_all={"110": 100}), "results/probabilities": {"1": 1.0}}
    assert v4(place, bodies).counts == {"001": 100}


@pytest.mark.parametrize("artifact_id", ["..", "."])
def test_an_artifact_id_that_would_lead_elsewhere_is_no_place(artifact_id: str) -> None:
    bodies = {"results/probabilities": {"1": 0.7, "3": 0.3}}
    client, cloud = connect("ionq-v0.4", v4_pages(artifact(PROBABILITIES_V1, artifact_id), bodies))
    with client:
        assert client.job("a").result(timeout=60).counts == COUNTS
    assert cloud.asked == ["/jobs/a", "/jobs/a/results/probabilities"]


def test_numbers_instead_of_places_stand_in_raw() -> None:
    values = {"value": -1.25, "variance": 0.5}
    result = v4({}, {}, type="quantum-function", results=values)
    assert (result.counts, result.probabilities, result.raw) == (None, None, values)


# Empty results.


@pytest.mark.parametrize(
    "read",
    [
        lambda: v4(url("probabilities"), {"results/probabilities": {}}),
        lambda: v4(artifact(PROBABILITIES_V1, "p"), {"artifacts/p": {}}),
        lambda: v4(artifact(PROBABILITIES_V1, "p"), {"artifacts/p": {"1": 0.0}}),
        lambda: v4(artifact(PROBABILITIES_V2, "p"), {"artifacts/p": {"probabilities": {}}}),
        lambda: v4(artifact(PROBABILITIES_V2, "p"), {"artifacts/p": registers("probabilities")}),
        lambda: v4(artifact(PROBABILITIES_V2, "p"), {"artifacts/p": registers("probabilities", c={})}),
        lambda: v4(artifact(HISTOGRAM_V1, "h"), {"artifacts/h": {}}, aggregation="raw"),
        lambda: v4(artifact(HISTOGRAM_V1, "h"), {"artifacts/h": {"1": 0}}, aggregation="raw"),
        lambda: v4(artifact(SHOTS_V2, "s"), {"artifacts/s": {"shots": []}}, type="ionq.qasm3.v1"),
        lambda: v4({}, {"results/probabilities": {}}, type="ionq.multi-circuit.v1"),
        lambda: v3({}),
        lambda: v3({"1": 0.0}),
        lambda: qbraid({}),
        lambda: qbraid({"measurementCounts": {}}),
        lambda: qbraid({"measurementCounts": {}, "runnerVersion": "0.7"}),
        lambda: qbraid({"measurementCounts": {"00": 0}}),
    ],
)
def test_an_empty_result_is_an_error(read: Any) -> None:
    with pytest.raises(ResponseError, match="empty"):
        read()


def test_an_empty_batch_is_an_error() -> None:
    with pytest.raises(ResponseError, match="results"):
        results("qbraid-v2", qbraid_pages({"status": "COMPLETED", "results": []}))


def test_a_completed_job_without_the_key_results_is_read_from_the_path_that_every_job_has() -> None:
    pages = v4_pages({}, {"results/probabilities": {"1": 0.7, "3": 0.3}})
    del pages["/jobs/a"]["results"]
    client, cloud = connect("ionq-v0.4", pages)
    with client:
        assert client.job("a").result(timeout=60).counts == COUNTS
    assert cloud.asked == ["/jobs/a", "/jobs/a", "/jobs/a/results/probabilities"]


def test_a_dry_run_has_no_result_and_says_where_what_it_made_is() -> None:
    compiled = {"ionq.qasm3.v1": {"id": "c", "format": "ionq.qasm3.v1", "media_type": "text/plain"}}
    job = {"dry_run": True, "output": {"compilation": {"compiled_circuits": compiled}}, "results": None}
    pages = v4_pages({}, {"artifacts/c": httpx.Response(200, text="OPENQASM 3.1;")}, **job)
    client, _ = connect("ionq-v0.4", pages)
    with client:
        held = client.job("a")
        with pytest.raises(UnsupportedError, match=r"dry run.*compiled_program\(\)"):
            held.result(timeout=60)
        assert held.compiled_program().data == "OPENQASM 3.1;"
    with pytest.raises(UnsupportedError, match="dry run"):
        v3({}, dry_run=True)


def test_the_compiled_programs_of_several_circuits_are_with_their_children() -> None:
    client, _ = connect("ionq-v0.4", multi({}, ["c1", "c2"], {"c1": 1, "c2": 1}, backend="qpu.forte-1"))
    with client, pytest.raises(UnsupportedError, match=r"2 circuits.*children\(\)"):
        client.job("a").compiled_program()


# Error mitigation.


def mitigated(*methods: str) -> dict[str, Any]:
    """What a job says of the results of these methods."""
    named = {method: artifact(HISTOGRAM_V2, f"by-{method}")[HISTOGRAM_V2] for method in methods}
    return {"error_mitigation": {"aggregations": named}}


PRESENTED = {**artifact(PROBABILITIES_V2, "p"), **artifact(HISTOGRAM_V2, "h")}
PRESENTED_BODIES = {
    "artifacts/p": registers("probabilities", output_all=SHARES),
    "artifacts/h": registers("histogram", output_all={"110": 100}),
}


@pytest.mark.parametrize("method", ["average", "voting", "dnl", "majority", "novelty"])
def test_a_method_of_mitigation_is_read_from_its_own_histogram_with_its_own_total(method: str) -> None:
    own = registers("histogram", output_all={"001": 3, "011": 1})
    bodies = {**PRESENTED_BODIES, f"artifacts/by-{method}": own}
    result = v4(PRESENTED, bodies, output=mitigated("other", method), aggregation=method)
    assert (result.counts, result.counts_kind) == ({"001": 3, "011": 1}, "measured")
    assert result.probabilities == {"001": 0.75, "011": 0.25}
    assert v4(PRESENTED, bodies, output=mitigated("other", method)).counts == COUNTS


def test_a_method_without_a_histogram_is_asked_for_by_name() -> None:
    bodies = {**PRESENTED_BODIES, "results/probabilities?aggregation=voting": {"3": 1.0}}
    assert v4(PRESENTED, bodies, aggregation="voting").counts == {"011": 100}


@pytest.mark.parametrize("status", [400, 404, 422])
def test_a_method_that_is_not_there_is_an_error_that_names_those_that_are(status: int) -> None:
    bodies = {**PRESENTED_BODIES, "results/probabilities": {"1": 1.0}}
    with pytest.raises(UnsupportedError, match=r"'dnl'.*'average', 'raw', 'voting'"):
        v4(PRESENTED, bodies, output=mitigated("voting", "average"), aggregation="dnl")
    refused = httpx.Response(status, json={"error": "No", "message": "no such method", "statusCode": status})
    bodies = {**PRESENTED_BODIES, "results/probabilities?aggregation=dnl": refused}
    with pytest.raises(UnsupportedError, match=r"'dnl'.*'raw'"):
        v4(PRESENTED, bodies, aggregation="dnl")


def test_without_a_histogram_raw_is_an_error_and_never_something_else() -> None:
    bodies = {**PRESENTED_BODIES, "results/probabilities": {"1": 1.0}, "results/histogram": {"1": 100}}
    with pytest.raises(UnsupportedError, match=r"'raw'.*names no other"):
        v4(artifact(PROBABILITIES_V2, "p"), bodies, aggregation="raw")
    with pytest.raises(UnsupportedError, match="'average' here"):
        v4(artifact(PROBABILITIES_V2, "p"), bodies, aggregation="raw", output=mitigated("average"))


def test_a_histogram_of_a_method_that_is_refused_is_an_error() -> None:
    refused = httpx.Response(403, json={"error": "Forbidden", "message": "not for you", "statusCode": 403})
    bodies = {**PRESENTED_BODIES, "artifacts/by-dnl": refused, "results/probabilities": {"1": 1.0}}
    with pytest.raises(APIError, match="not for you"):
        v4(PRESENTED, bodies, output=mitigated("dnl"), aggregation="dnl")


def test_another_aggregation_leaves_the_jobs_result_as_it_is() -> None:
    bodies = {**PRESENTED_BODIES, "artifacts/by-dnl": registers("histogram", output_all={"001": 4})}
    client, _ = connect("ionq-v0.4", v4_pages(PRESENTED, bodies, output=mitigated("dnl")))
    with client:
        job = client.job("a")
        assert job.result(timeout=60).counts == COUNTS
        assert job.result(timeout=60, aggregation="dnl").counts == {"001": 4}
        assert job.result(timeout=60, aggregation="raw").counts == {"110": 100}
        assert job.results(timeout=60)[0].counts == COUNTS


@pytest.mark.parametrize("service", ["ionq-v0.3", "qbraid-v2"])
def test_a_service_without_methods_says_so_before_it_waits(service: str) -> None:
    running = {"id": "a", "status": "running"} if service == "ionq-v0.3" else {"jobQrn": "a", "status": "RUNNING"}
    client, cloud = connect(service, {"/jobs/a": running if service == "ionq-v0.3" else {"data": running}})
    with client, pytest.raises(UnsupportedError, match="aggregation="):
        client.job("a").result(aggregation="average")
    assert cloud.asked == ["/jobs/a"]


@pytest.mark.parametrize("aggregation", ["", 5, True, b"raw", "\ud800"])
def test_an_aggregation_that_is_no_word_is_refused(aggregation: Any) -> None:
    with pytest.raises(UsageError, match="aggregation"):
        v4(PRESENTED, PRESENTED_BODIES, aggregation=aggregation)


# Registers.


def test_the_programs_own_register_is_the_result_and_every_register_is_kept() -> None:
    sent = registers("probabilities", output_all=SHARES, c={"0": 0.3, "1": 0.7})
    result = v4(artifact(PROBABILITIES_V2, "p"), {"artifacts/p": sent})
    assert (result.counts, result.probabilities, result.num_qubits) == ({"0": 30, "1": 70}, {"0": 0.3, "1": 0.7}, 1)
    assert {name: register.counts for name, register in result.registers.items()} == {
        "output_all": COUNTS,
        "c": {"0": 30, "1": 70},
    }
    assert result.raw == sent


def test_without_registers_of_its_own_the_qubits_are_the_result() -> None:
    result = v4(artifact(PROBABILITIES_V2, "p"), {"artifacts/p": registers("probabilities", output_all=SHARES)})
    assert (result.counts, result.counts_kind) == (COUNTS, "derived")
    assert result.registers["output_all"].counts == COUNTS


#: Two registers of a program, low[1] and high[2], which is the second one; their outcomes depend on each other.
MARGINALS = {"low": {"0": 0.25, "1": 0.75}, "high": {"01": 0.75, "10": 0.25}, "output_all": {"1": 1.0}}
ROWS_OF_TWO = [{"low": [1], "high": [1, 0], "output_all": [1]}] * 3 + [{"low": [0], "high": [0, 1], "output_all": [1]}]
TOGETHER = {"011": 3, "100": 1}


@pytest.mark.parametrize("aggregation", [None, "raw"])
def test_the_joint_outcome_of_several_registers_is_read_from_the_shots(aggregation: str | None) -> None:
    counts = {name: {key: round(4 * value) for key, value in each.items()} for name, each in MARGINALS.items()}
    places = {**artifact(PROBABILITIES_V2, "p"), **artifact(HISTOGRAM_V2, "h"), **artifact(SHOTS_V2, "s")}
    bodies = {
        "artifacts/p": registers("probabilities", **MARGINALS),
        "artifacts/h": registers("histogram", **counts),
        "artifacts/s": shots_v2(ROWS_OF_TWO),
    }
    result = v4(places, bodies, aggregation=aggregation, shots=4)
    assert (result.counts, result.counts_kind, result.memory) == (TOGETHER, "measured", None)
    assert result.probabilities == {"011": 0.75, "100": 0.25}
    assert result.num_qubits == 3
    assert result.registers["low"].counts == {"0": 1, "1": 3}
    assert result.registers["high"].counts == {"01": 3, "10": 1}
    with_memory = v4(places, bodies, aggregation=aggregation, shots=4, memory=True)
    assert with_memory.memory == ("011", "011", "011", "100")
    assert with_memory.registers["high"].memory == ("01", "01", "01", "10")
    assert with_memory.counts == TOGETHER


def test_a_method_of_mitigation_has_no_joint_outcome_as_the_shots_are_of_another_distribution() -> None:
    places = {**artifact(PROBABILITIES_V2, "p"), **artifact(SHOTS_V2, "s")}
    bodies = {
        "artifacts/by-dnl": registers("histogram", low={"1": 4}, high={"01": 4}),
        "artifacts/s": shots_v2(ROWS_OF_TWO),
    }
    result = v4(places, bodies, output=mitigated("dnl"), aggregation="dnl")
    assert (result.counts, result.registers["high"].counts) == (None, {"01": 4})


def test_several_registers_without_shots_have_counts_each_and_none_together() -> None:
    low, high = {"1": 1.0}, {"00": 0.7, "01": 0.3}
    result = v4(artifact(PROBABILITIES_V2, "p"), {"artifacts/p": registers("probabilities", low=low, high=high)})
    assert (result.counts, result.counts_kind, result.probabilities, result.num_qubits) == (None, None, None, None)
    assert result.registers["low"].counts == {"1": 100}
    assert result.registers["high"].counts == {"00": 70, "01": 30}
    assert result.flipped().registers["high"].counts == {"00": 70, "10": 30}


@pytest.mark.parametrize("flat", [url("probabilities"), artifact(PROBABILITIES_V1, "p"), {}])
def test_the_classical_bits_of_a_program_come_from_the_shots_where_nothing_else_has_them(flat: dict[str, Any]) -> None:
    # The integers are of the qubits: here of the only one, which is measured three times.
    places = {**flat, **url("shots"), **artifact(SHOTS_V2, "s")}
    bodies = {
        "results/probabilities": {"1": 1.0},
        "artifacts/p": {"1": 1.0},
        "results/shots": ["1"] * 4,
        "artifacts/s": shots_v2(ROWS_OF_TWO),
    }
    result = v4(places, bodies, type="ionq.qasm3.v1", stats={"qubits": 1}, shots=4)
    assert (result.counts, result.counts_kind, result.memory) == (TOGETHER, "measured", None)
    assert result.registers["low"].counts == {"0": 1, "1": 3}
    with_memory = v4(places, bodies, type="ionq.qasm3.v1", stats={"qubits": 1}, memory=True)
    assert with_memory.memory == ("011", "011", "011", "100")
    assert with_memory.registers["low"].memory == ("1", "1", "1", "0")


def test_tempos_documents_are_read_though_they_lack_the_key_registers() -> None:
    places = {**url("probabilities"), **url("shots"), **url("histogram")}
    bodies = {
        "results/probabilities": {"probabilities": {"mid": {"10": 0.75, "11": 0.25}, "output_all": {"0": 1.0}}},
        "results/histogram": {"histogram": {"mid": {"10": 3, "11": 1}, "output_all": {"0": 4}}},
        "results/shots": {
            "shots": [{"mid": [[1, 0]], "output_all": [[0]]}] * 3 + [{"mid": [[1], [1]], "output_all": [0]}]
        },
    }
    for aggregation in (None, "raw"):
        result = v4(places, bodies, type="ionq.circuit.v2", aggregation=aggregation, shots=4, memory=True)
        assert result.counts == {"01": 3, "11": 1}
        assert result.memory == ("01", "01", "01", "11")
        assert result.registers["output_all"].counts == {"0": 4}


def test_a_register_may_be_called_registers() -> None:
    body = {"probabilities": {"registers": {"10": 1.0}, "output_all": {"0": 1.0}}}
    assert v4(url("probabilities"), {"results/probabilities": body}).counts == {"01": 100}


# Shot by shot.

ROWS = ["1"] * 70 + ["3"] * 30


def memory_of(documents: dict[str, Any], **job: Any) -> Result:
    """The result with memory of a job whose probabilities are SHARES, and which has these documents of shots too."""
    places = artifact(PROBABILITIES_V2, "p")
    bodies = {"artifacts/p": registers("probabilities", output_all=SHARES)}
    for number, (format_, body) in enumerate(documents.items()):
        places |= artifact(format_, f"s{number}")
        bodies[f"artifacts/s{number}"] = body
    return v4(places, bodies, memory=True, **job)


def test_shots_come_in_their_order_and_only_when_asked_for() -> None:
    places = {**artifact(PROBABILITIES_V1, "p"), **artifact(SHOTS_V1, "s")}
    bodies = {"artifacts/p": {"1": 0.75, "3": 0.25}, "artifacts/s": ["1", "3", "1", "1"]}
    without, with_memory = v4(places, bodies, shots=8), v4(places, bodies, shots=8, memory=True)
    assert (without.memory, without.counts) == (None, {"001": 6, "011": 2})
    assert with_memory.memory == ("001", "011", "001", "001")


def test_memory_leaves_the_presented_distribution_as_it_is() -> None:
    # Shots are as measured; counts and probabilities are what the vendor made of them.
    result = memory_of({SHOTS_V1: ["6"] * 100})
    assert (result.counts, result.counts_kind, result.probabilities) == (COUNTS, "derived", SHARES)
    assert result.memory == ("110",) * 100


@pytest.mark.parametrize("row", ["1", 1])
def test_shots_may_be_numbers_or_text(row: Any) -> None:
    assert memory_of({SHOTS_V1: [row]}).memory == ("001",)


@pytest.mark.parametrize("row", [1.5, True, None, [1], "1.0", {}])
def test_a_shot_that_is_no_outcome_is_an_error(row: Any) -> None:
    with pytest.raises(ResponseError):
        memory_of({SHOTS_V1: ["1", row]})


@pytest.mark.parametrize("bits", [[1, 0, 2], [1, 0, "x"], [1, 0, None], 5, "100", [1, 0, 0.5], [1, 0], []])
def test_a_shot_of_registers_with_other_than_the_results_bits_is_an_error(bits: Any) -> None:
    with pytest.raises(ResponseError):
        memory_of({SHOTS_V2: shots_v2([{"output_all": bits}])})


@pytest.mark.parametrize(
    "rows",
    [
        [{"registers": {"c": [1, 0, 0]}}, {"registers": {"output_all": [1, 0, 0]}}],
        [{"registers": {"output_all": [1, 0, 0]}}, {"registers": {"output_all": [1, 0]}}],
        [{"registers": 5}],
        [5],
        None,
    ],
)
def test_shots_that_make_no_sense_are_an_error(rows: Any) -> None:
    with pytest.raises(ResponseError):
        memory_of({SHOTS_V2: {"shots": rows}})


def test_shots_by_register_keep_each_registers_own_order() -> None:
    rows = [{"output_all": [1, 0, 0], "c": [1, 0]}, {"output_all": [1, 1, 0], "c": [1, 1]}]
    places = {**artifact(PROBABILITIES_V2, "p"), **artifact(SHOTS_V2, "s")}
    outcomes = registers("probabilities", output_all={"001": 0.5, "011": 0.5}, c={"01": 0.5, "11": 0.5})
    result = v4(places, {"artifacts/p": outcomes, "artifacts/s": shots_v2(rows)}, memory=True)
    assert result.memory == result.registers["c"].memory == ("01", "11")
    assert result.registers["output_all"].memory == ("001", "011")


def test_integers_tell_no_shots_of_classical_bits() -> None:
    places = {**artifact(PROBABILITIES_V2, "p"), **artifact(SHOTS_V1, "s")}
    bodies = {"artifacts/p": registers("probabilities", output_all=SHARES, c={"1": 1.0}), "artifacts/s": ROWS}
    result = v4(places, bodies, memory=True)
    assert (result.memory, result.counts) == (None, {"1": 100})


#: A shot in which an ion left the qubit's two states, among two that stayed.
LEAKED = [
    {"registers": {"output_all": [1, 0, 0]}, "leakage_bits": [0, 0, 0]},
    {"registers": {"output_all": [0, 0, 1]}, "leakage_bits": [0, 1, 0]},
    {"registers": {"output_all": [1, 1, 0]}, "leakage_bits": []},
    {"registers": {"output_all": [0, 0, 1]}, "leakage_bits": ["0", "0", "1"]},
    {"registers": {"output_all": [1, 0, 0]}},
]


def test_leaked_shots_are_left_out_of_memory_and_of_counts_made_of_shots() -> None:
    assert memory_of({SHOTS_V2: {"shots": LEAKED}}).memory == ("001", "011", "001")
    counted = v4(artifact(SHOTS_V2, "s"), {"artifacts/s": {"shots": LEAKED}}, type="ionq.qasm3.v1")
    assert counted.counts == {"001": 2, "011": 1}
    leaked = [{"registers": row, "leakage_bits": [number]} for number, row in enumerate(ROWS_OF_TWO[2:])]
    places = {**artifact(PROBABILITIES_V2, "p"), **artifact(SHOTS_V2, "s")}
    bodies = {"artifacts/p": registers("probabilities", **MARGINALS), "artifacts/s": {"shots": leaked}}
    assert v4(places, bodies).counts == {"011": 1}


def test_a_job_of_which_all_shots_leaked_has_an_empty_memory() -> None:
    result = memory_of({SHOTS_V2: {"shots": [LEAKED[1]]}})
    assert (result.memory, result.counts) == ((), COUNTS)


def test_a_url_of_shots_is_read_too() -> None:
    places = {**url("probabilities"), **url("shots")}
    result = v4(places, {"results/probabilities": {"1": 0.7, "3": 0.3}, "results/shots": ROWS}, memory=True)
    assert result.memory == ("001",) * 70 + ("011",) * 30


def test_asking_for_shots_later_fetches_them() -> None:
    places = {**artifact(PROBABILITIES_V1, "p"), **artifact(SHOTS_V1, "s")}
    client, _ = connect("ionq-v0.4", v4_pages(places, {"artifacts/p": {"1": 1}, "artifacts/s": ["1"] * 4}))
    with client:
        job = client.job("a")
        assert job.result(timeout=60).memory is None
        assert job.result(timeout=60, memory=True).memory == ("001",) * 4


def test_where_no_shots_are_kept_counts_still_come() -> None:
    result = v4(artifact(PROBABILITIES_V1, "p"), {"artifacts/p": {"1": 1}}, memory=True)
    assert (result.memory, result.counts) == (None, {"001": 100})


def test_the_number_of_shots_sent_is_that_of_a_job_that_does_not_say_it() -> None:
    assert memory_of({SHOTS_V1: ROWS[:10]}, shots=None).counts == {"001": 7, "011": 3}


def test_what_was_counted_stays_counted_where_a_job_does_not_say_its_shots() -> None:
    # Shots in which an ion leaked are no outcomes, so there are fewer of them than were counted.
    places = {**artifact(HISTOGRAM_V1, "h"), **artifact(SHOTS_V1, "s")}
    bodies = {"artifacts/h": {"1": 70, "3": 30}, "artifacts/s": ROWS[68:72]}
    result = v4(places, bodies, memory=True, aggregation="raw", shots=None)
    assert (result.counts, result.counts_kind) == (COUNTS, "measured")
    assert result.memory == ("001", "001", "011", "011")


def test_counts_of_shots_are_counted_where_a_job_does_not_say_its_shots() -> None:
    bodies = {"artifacts/s": shots_v2([{"output_all": [1, 0, 0]}] * 70 + [{"output_all": [1, 1, 0]}] * 30)}
    result = v4(artifact(SHOTS_V2, "s"), bodies, type="ionq.qasm3.v1", shots=None)
    assert (result.counts, result.counts_kind) == (COUNTS, "measured")
    assert result.standard_errors == pytest.approx({"001": 0.0461, "011": 0.0461}, abs=1e-4)


@pytest.mark.parametrize("rows", [[[0, 0, 1]] * 2 + [[0, 1, 1]], [[1, 0, 0]] * 2 + [[1, 1, 0]], ["001", "001", "011"]])
def test_qbraids_rows_are_turned_the_way_in_which_they_agree_with_the_counts(rows: Any) -> None:
    sent = {"measurementCounts": {"001": 2, "011": 1}, "measurements": rows}
    assert qbraid(sent, memory=True).memory == ("001", "001", "011")


def test_qbraids_rows_are_asked_for_when_memory_is() -> None:
    pages = qbraid_pages({"resultData": {"measurementCounts": {"001": 2}}})
    rows = {"measurementCounts": {"001": 2}, "measurements": [[0, 0, 1]] * 2}
    pages["/jobs/a/result?includeMeasurements=true"] = {"data": {"resultData": rows}}
    client, _ = connect("qbraid-v2", pages)
    with client:
        job = client.job("a")
        assert job.result(timeout=60).memory is None
        assert job.result(timeout=60, memory=True).memory == ("001", "001")


def test_qbraids_rows_too_come_only_when_asked_for() -> None:
    sent = {"measurementCounts": {"001": 2}, "measurements": [[0, 0, 1]] * 2}
    assert qbraid(sent).memory is None


def test_a_part_of_qbraids_rows_is_never_given_as_the_whole() -> None:
    sent = {"measurementCounts": {"001": 150}, "measurements": [[0, 0, 1]] * 100}
    with pytest.warns(QuantumJobsWarning, match="100 of 150"):
        result = qbraid(sent, memory=True)
    assert (result.memory, result.counts) == (None, {"001": 150})
    assert len(result.raw["resultData"]["measurements"]) == 100
    with pytest.warns(QuantumJobsWarning, match="100 of 1000"):
        alone = qbraid({"measurements": [[0, 0, 1]] * 100}, memory=True, shots=1000)
    assert (alone.memory, alone.counts) == (None, None)


def test_qbraids_rows_alone_are_counted_when_they_are_all() -> None:
    result = qbraid({"measurements": [[0, 0, 1]] * 70 + [[0, 1, 1]] * 30})
    assert (result.counts, result.counts_kind, result.memory) == (COUNTS, "measured", None)
    with_memory = qbraid({"measurements": [[0, 1, 1]] * 30 + [[0, 0, 1]] * 70}, memory=True)
    assert with_memory.memory == ("011",) * 30 + ("001",) * 70
    assert qbraid({"measurements": [[0, 0, 1]] * 5}).counts is None


@pytest.mark.parametrize("rows", [[[0, 1]], [[5, 5, 5]], ["x"], 5, [], [[0, 0, 1]], {"0": [0, 0, 1]}, [None, None]])
@pytest.mark.filterwarnings("ignore::quantum_jobs.errors.QuantumJobsWarning")
def test_rows_that_do_not_agree_with_the_counts_are_left_aside(rows: Any) -> None:
    result = qbraid({"measurementCounts": {"001": 2}, "measurements": rows}, memory=True)
    assert (result.memory, result.counts) == (None, {"001": 2})


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


# Several circuits.


def multi(by_child: dict[str, Any], child_ids: list[str] | None, qubits: dict[str, int], **job: Any) -> dict[str, Any]:
    places = artifact(AGGREGATE, "probabilities-aggregate")
    pages = v4_pages(
        places,
        {"artifacts/probabilities-aggregate": by_child},
        **{"type": "ionq.multi-circuit.v1", "child_job_ids": child_ids, "stats": {"circuits": 3}, **job},
    )
    for child, width in qubits.items():
        pages[f"/jobs/{child}"] = {"id": child, "status": "completed", "parent_job_id": "a", "stats": {"qubits": width}}
    return pages


def test_circuits_of_different_widths_come_in_the_order_of_submission() -> None:
    by_child = {"c2": {"1": 1.0}, "c3": {"1": 0.7, "3": 0.3}, "c1": {"1": 1.0}}
    read = results("ionq-v0.4", multi(by_child, ["c1", "c2", "c3"], {"c1": 1, "c2": 2, "c3": 3}))
    assert [result.counts for result in read] == [{"1": 100}, {"01": 100}, COUNTS]
    assert [result.num_qubits for result in read] == [1, 2, 3]
    assert {result.counts_kind for result in read} == {"derived"}


def with_artifacts(pages: dict[str, Any], artifacts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The pages with documents of the children's own, by child and format."""
    for child, documents in artifacts.items():
        pages[f"/jobs/{child}"]["results"] = {}
        for number, (format_, body) in enumerate(documents.items()):
            pages[f"/jobs/{child}"]["results"] |= artifact(format_, str(number))
            pages[f"/jobs/{child}/artifacts/{number}"] = body
    return pages


TWO = {"c1": 1, "c2": 2}
OWN = {
    "c1": {PROBABILITIES_V2: registers("probabilities", output_all={"1": 1.0})},
    "c2": {PROBABILITIES_V1: {"1": 1.0}},
}


def test_each_circuit_is_read_from_its_own_artifact_with_one_request_for_all_their_records() -> None:
    pages = with_artifacts(multi({}, ["c1", "c2"], TWO), OWN)
    client, cloud = connect("ionq-v0.4", pages)
    with client:
        assert [result.counts for result in client.job("a").results(timeout=60)] == [{"1": 100}, {"01": 100}]
    assert sorted(cloud.asked) == ["/jobs", "/jobs/a", "/jobs/c1/artifacts/0", "/jobs/c2/artifacts/0"]


@pytest.mark.parametrize("without", [{}, url("probabilities")])
def test_where_one_circuit_has_no_artifact_all_are_read_from_the_whole_jobs(without: dict[str, Any]) -> None:
    aggregate = {"c2": {"2": 1.0}, "c1": {"0": 1.0}}
    pages = with_artifacts(multi(aggregate, ["c1", "c2"], TWO), {"c1": OWN["c1"]})
    pages["/jobs/c2"]["results"] = without
    client, cloud = connect("ionq-v0.4", pages)
    with client:
        assert [result.counts for result in client.job("a").results(timeout=60)] == [{"0": 100}, {"10": 100}]
    assert cloud.asked == ["/jobs/a", "/jobs", "/jobs/a/artifacts/probabilities-aggregate"]


def test_circuits_with_urls_alone_are_read_from_them_where_the_whole_job_names_nothing() -> None:
    pages = multi({}, ["c1", "c2"], TWO, results=None)
    for number, child in enumerate(TWO):
        pages[f"/jobs/{child}"]["results"] = {"probabilities": {"url": f"/v0.4/jobs/{child}/results/probabilities"}}
        pages[f"/jobs/{child}/results/probabilities"] = {str(number): 1.0}
    assert [result.counts for result in results("ionq-v0.4", pages)] == [{"0": 100}, {"01": 100}]


def test_an_artifact_of_one_circuit_that_is_refused_is_an_error() -> None:
    pages = with_artifacts(multi({"c1": {"0": 1}, "c2": {"0": 1}}, ["c1", "c2"], TWO), OWN)
    refused = httpx.Response(403, json={"error": "Forbidden", "message": "not for you", "statusCode": 403})
    pages["/jobs/c2/artifacts/0"] = refused
    with pytest.raises(APIError, match="not for you"):
        results("ionq-v0.4", pages)


def test_every_circuit_has_its_own_shots() -> None:
    shots = {
        "c1": OWN["c1"] | {SHOTS_V2: shots_v2([{"output_all": [1]}, {"output_all": [0]}])},
        "c2": OWN["c2"] | {SHOTS_V1: ["2", "1"]},
    }
    pages = with_artifacts(multi({}, ["c1", "c2"], TWO), shots)
    read = results("ionq-v0.4", pages, memory=True)
    assert [result.memory for result in read] == [("1", "0"), ("10", "01")]
    assert [result.counts for result in read] == [{"1": 100}, {"01": 100}]
    aggregate = multi({"c1": {"1": 1}, "c2": {"1": 1}}, ["c1", "c2"], TWO)
    some = with_artifacts(aggregate, {"c1": {SHOTS_V1: ["1"]}})
    assert [result.memory for result in results("ionq-v0.4", some, memory=True)] == [("1",), None]


def test_an_aggregation_is_of_every_circuit() -> None:
    raw = {
        "c1": OWN["c1"] | {HISTOGRAM_V2: registers("histogram", output_all={"0": 4})},
        "c2": OWN["c2"] | {HISTOGRAM_V1: {"3": 2}},
    }
    pages = with_artifacts(multi({}, ["c1", "c2"], TWO), raw)
    for child in TWO:
        pages[f"/jobs/{child}"]["output"] = mitigated("dnl")
        pages[f"/jobs/{child}/artifacts/by-dnl"] = registers("histogram", output_all={"1" * TWO[child]: 3})
    assert [result.counts for result in results("ionq-v0.4", pages, aggregation="raw")] == [{"0": 4}, {"11": 2}]
    assert [result.counts for result in results("ionq-v0.4", pages, aggregation="dnl")] == [{"1": 3}, {"11": 3}]
    with pytest.raises(UnsupportedError, match=r"'voting'.*'dnl', 'raw'"):
        results("ionq-v0.4", pages, aggregation="voting")
    del pages["/jobs/c2"]["output"]
    pages["/jobs/a/results/probabilities?aggregation=dnl"] = {"c2": {"0": 1}, "c1": {"1": 1}}
    assert [result.counts for result in results("ionq-v0.4", pages, aggregation="dnl")] == [{"1": 100}, {"00": 100}]


def test_many_circuits_take_one_request_per_25_records_and_those_left_out_one_each() -> None:
    ids = [f"c{number}" for number in range(60)]
    pages = multi({child: {"0": 1.0} for child in ids}, ids, dict.fromkeys(ids, 1))
    rows = {child: pages[f"/jobs/{child}"] for child in ids}
    client, cloud = connect("ionq-v0.4", pages)
    bulk = cloud.handler

    def leaves_one_out(request: httpx.Request) -> httpx.Response:
        answer = bulk(request)
        if request.url.path.endswith("/jobs"):
            kept = [row for row in answer.json()["jobs"] if row["id"] != "c7"]
            return httpx.Response(200, json={"jobs": kept, "next": None})
        return answer

    cloud.handler = leaves_one_out
    with client:
        assert len(client.job("a").results(timeout=60)) == len(rows)
    assert cloud.asked.count("/jobs") == 3
    assert [asked for asked in cloud.asked if asked.startswith("/jobs/c")] == ["/jobs/c7"]


def test_a_job_of_one_circuit_in_a_list_is_read_from_its_circuit() -> None:
    pages = with_artifacts(multi({}, ["c1"], {"c1": 1}), {"c1": OWN["c1"]})
    assert [result.counts for result in results("ionq-v0.4", pages)] == [{"1": 100}]


def test_result_of_several_circuits_says_that_results_gives_one_each() -> None:
    client, _ = connect("ionq-v0.4", multi({"c1": {"1": 1.0}, "c2": {"0": 1.0}}, ["c1", "c2"], {"c1": 1, "c2": 1}))
    with client, pytest.raises(UnsupportedError, match=r"results\(\)"):
        client.job("a").result(timeout=60)


def test_a_circuit_whose_outcomes_are_missing_is_an_error() -> None:
    with pytest.raises(ResponseError, match="c2"):
        results("ionq-v0.4", multi({"c1": {"1": 1.0}}, ["c1", "c2"], {"c1": 1, "c2": 1}))


def test_circuits_of_the_older_api_come_in_order_and_width_too() -> None:
    job = {"id": "a", "status": "completed", "shots": 100, "children": ["c1", "c2"], "circuits": 2}
    pages = {
        "/jobs/a": {**job, "results_url": "/v0.3/jobs/a/results"},
        "/jobs/a/results": {"c2": {"1": 0.7, "3": 0.3}, "c1": {"1": 1.0}},
        "/jobs/c1": {"id": "c1", "status": "completed", "qubits": 2},
        "/jobs/c2": {"id": "c2", "status": "completed", "qubits": 3},
        "/jobs": {"jobs": []},
    }
    assert [result.counts for result in results("ionq-v0.3", pages)] == [{"01": 100}, COUNTS]


def test_a_batch_of_qbraid_gives_one_result_each() -> None:
    batch = [{"status": "COMPLETED", "resultData": {"measurementCounts": counts}} for counts in ({"1": 5}, {"01": 5})]
    read = results("qbraid-v2", qbraid_pages({"status": "COMPLETED", "cost": 1, "results": batch}))
    assert [result.counts for result in read] == [{"1": 5}, {"01": 5}]
    assert [result.raw for result in read] == batch


def test_a_batch_of_qbraid_is_no_single_result() -> None:
    batch = [{"status": "COMPLETED", "resultData": {"measurementCounts": {"1": 5}}}] * 2
    client, _ = connect("qbraid-v2", qbraid_pages({"results": batch}))
    with client, pytest.raises(UnsupportedError, match=r"results\(\)"):
        client.job("a").result(timeout=60)


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


# What a result can do.

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


@pytest.mark.parametrize("qubits", [[], [3], [-1], [0, 0], [0.5], ["0"], [None], "01", 5, None, [True]])
def test_a_marginal_over_what_are_no_qubits_is_refused(qubits: Any) -> None:
    with pytest.raises(UsageError, match="qubits"):
        SAMPLE.marginal(qubits)


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


def test_a_width_beyond_all_machines_is_an_error_and_not_a_full_memory() -> None:
    job = {"id": "a", "status": "completed", "shots": 100, "stats": {"qubits": 10**8}, "results": None}

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"0": 1.0} if request.url.path.endswith("probabilities") else job)

    with quantum_jobs.connect("ionq", api_key="a-key", transport=httpx.MockTransport(answer)) as client:
        held = client.job("a")
        with pytest.raises(quantum_jobs.ResponseError, match="qubits"):
            held.result(timeout=5)
