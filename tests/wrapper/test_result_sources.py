"""Which of the documents that a job offers is its result, and what is said where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import httpx
import pytest
from quantum_jobs import APIError, ResponseError, UnsupportedError, UsageError

from tests.wrapper.clouds import artifact, connect, qbraid, qbraid_pages, results, url, v3, v4, v4_pages
from tests.wrapper.documents import (
    COUNTS,
    HISTOGRAM_V1,
    HISTOGRAM_V2,
    PROBABILITIES_V1,
    PROBABILITIES_V2,
    SHARES,
    SHOTS_V1,
    SHOTS_V2,
    mitigated,
    multi,
    registers,
)

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
