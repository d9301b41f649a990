"""A job of several circuits has a result of each, in the order of submission."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from quantum_jobs import APIError, ResponseError, UnsupportedError

from tests.wrapper.clouds import artifact, connect, qbraid_pages, results, url
from tests.wrapper.documents import (
    COUNTS,
    HISTOGRAM_V1,
    HISTOGRAM_V2,
    PROBABILITIES_V1,
    PROBABILITIES_V2,
    SHOTS_V1,
    SHOTS_V2,
    mitigated,
    multi,
    registers,
    shots_v2,
)


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
