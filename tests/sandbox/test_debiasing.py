"""Debiasing of IonQ's QPUs: variants whose shots are the job's, what they give together, and when there are none."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from quantum_sandbox import Engine, Sandbox

BIASED = {
    "gateset": "qis",
    "qubits": 3,
    "circuit": [{"gate": "ry", "target": 0, "rotation": 2.0}, {"gate": "cnot", "control": 0, "target": 2}],
}
NATIVE = {"gateset": "native", "qubits": 1, "circuit": [{"gate": "gpi", "target": 0, "phase": 0.25}]}
ON, OFF = ({"error_mitigation": {"debiasing": wanted}} for wanted in (True, False))
HISTOGRAM = "ionq.result.histogram.json.v2"


def body(**changes: Any) -> dict[str, Any]:
    job = {"type": "ionq.circuit.v1", "backend": "qpu.forte-1", "shots": 1010, "input": BIASED, "settings": ON}
    return {**job, **changes}


def run(ionq: Any, **changes: Any) -> dict[str, Any]:
    job: dict[str, Any] = ionq.finish(ionq.post("/jobs", body(**changes))["id"])
    return job


def counts(ionq: Any, job: Any, place: Any) -> dict[str, int]:
    """The histogram that a descriptor stands for."""
    assert (place["format"], place["media_type"]) == (HISTOGRAM, "application/json")
    found: dict[str, int] = ionq.get(f"/jobs/{job['id']}/artifacts/{place['id']}")["histogram"]["registers"][
        "output_all"
    ]
    return found


def test_the_variants_share_the_shots_and_their_sum_is_the_histogram_as_measured(ionq: Any) -> None:
    job = run(ionq)
    mitigation = job["output"]["error_mitigation"]
    variants = mitigation["debiasing"]["variants"]
    assert [variant["shots"] for variant in variants] == [101] * 10
    found = [counts(ionq, job, variant["results"][HISTOGRAM]) for variant in variants]
    assert [sum(one.values()) for one in found] == [101] * 10
    whole = sum((Counter(one) for one in found), Counter[str]())
    assert whole == counts(ionq, job, job["results"][HISTOGRAM])
    assert len({tuple(sorted(one.items())) for one in found}) > 1, "each variant has shots of its own"
    assert mitigation["debiasing"]["aggregation_method"] == "average"


def test_the_probabilities_are_mitigated_and_the_histogram_is_not(ionq: Any) -> None:
    """Whoever takes the one for the other gets another answer, for any circuit."""
    certain = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "target": 0}]}
    job = run(ionq, input=certain)
    assert ionq.get(f"/jobs/{job['id']}/results/probabilities") == {"1": 1.0}
    place = job["results"]["ionq.result.probabilities.json.v2"]["id"]
    body = ionq.get(f"/jobs/{job['id']}/artifacts/{place}")
    assert body["probabilities"]["registers"] == {"output_all": {"10": 1.0}}
    raw = counts(ionq, job, job["results"][HISTOGRAM])
    assert sum(raw.values()) == 1010
    assert 0.85 < raw["10"] / 1010 < 0.95
    by_url = ionq.get(f"/jobs/{job['id']}/results/histogram")
    assert {key: by_url[str(int(key[::-1], 2))] for key in raw} == raw
    shots = ionq.get(f"/jobs/{job['id']}/results/shots")
    assert Counter(shots) == by_url
    off = run(ionq, input=certain, settings=OFF)
    assert counts(ionq, off, off["results"][HISTOGRAM]) == {"10": 1010}


def test_the_average_is_the_probabilities(ionq: Any) -> None:
    job = run(ionq)
    average = counts(ionq, job, job["output"]["error_mitigation"]["aggregations"]["average"])
    assert sum(average.values()) == 1010
    found = ionq.get(f"/jobs/{job['id']}/results/probabilities")
    assert found == {str(int(key[::-1], 2)): pytest.approx(count / 1010) for key, count in average.items()}
    assert set(average) == {"000", "101"}, "no error is in it"


@pytest.mark.parametrize("method", ["average", "voting", "dnl"])
def test_each_aggregation_is_had_as_an_artifact_and_by_its_name(ionq: Any, method: str) -> None:
    rare = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "ry", "target": 0, "rotation": 0.4}]}
    job = run(ionq, input=rare)
    place = job["output"]["error_mitigation"]["aggregations"][method]
    histogram = counts(ionq, job, place)
    asked = ionq.get(f"/jobs/{job['id']}/results/probabilities", params={"aggregation": method})
    assert asked == {str(int(key[::-1], 2)): pytest.approx(count / 1010) for key, count in histogram.items()}
    assert sum(histogram.values()) == 1010
    # The rotation gives 1 with probability 0.04: the vote and the filter leave that out.
    assert set(histogram) == ({"00", "10"} if method == "average" else {"00"})


def test_an_aggregation_that_there_is_not_is_refused_and_one_without_debiasing_changes_nothing(ionq: Any) -> None:
    job, off = run(ionq), run(ionq, settings=OFF)
    assert "majority" not in job["output"]["error_mitigation"]["aggregations"]
    wrong = ionq.ask("GET", f"/jobs/{job['id']}/results/probabilities", params={"aggregation": "majority"})
    assert (wrong.status_code, wrong.json()["validation"]["keys"]) == (400, ["aggregation"])
    plain = ionq.get(f"/jobs/{off['id']}/results/probabilities")
    assert ionq.get(f"/jobs/{off['id']}/results/probabilities", params={"aggregation": "voting"}) == plain


def test_each_variant_runs_on_qubits_of_its_own(ionq: Any) -> None:
    variants = run(ionq)["output"]["error_mitigation"]["debiasing"]["variants"]
    maps = [variant["qubit_map"] for variant in variants]
    assert all(len(set(qubits)) == 3 and set(qubits) <= set(range(36)) for qubits in maps)
    assert len({tuple(qubits) for qubits in maps}) > 1
    assert len({variant["variant_id"] for variant in variants}) == 10


def test_all_results_of_a_variant_say_the_same(ionq: Any) -> None:
    job = run(ionq)
    results = job["output"]["error_mitigation"]["debiasing"]["variants"][3]["results"]
    histogram = counts(ionq, job, results[HISTOGRAM])
    places = {name: ionq.get(f"/jobs/{job['id']}/artifacts/{place['id']}") for name, place in results.items()}
    probabilities = places["ionq.result.probabilities.json.v2"]["probabilities"]["registers"]["output_all"]
    assert probabilities == {key: pytest.approx(count / 101) for key, count in histogram.items()}
    shots = places["ionq.result.shots.json.v2"]["shots"]
    assert Counter("".join(map(str, shot["registers"]["output_all"])) for shot in shots) == histogram


def test_in_the_vote_each_variant_has_its_most_frequent_outcome_only(ionq: Any) -> None:
    job = run(ionq)
    mitigation = job["output"]["error_mitigation"]
    expected: Counter[str] = Counter()
    for variant in mitigation["debiasing"]["variants"]:
        found = counts(ionq, job, variant["results"][HISTOGRAM])
        expected[min(found, key=lambda key: (-found[key], key))] += variant["shots"]
    vote = counts(ionq, job, mitigation["aggregations"]["voting"])
    assert vote == expected
    # Qubits 0 and 2 are 1 with probability sin(1)^2, which is 0.71: all variants say so.
    assert vote == {"101": 1010}
    assert ionq.get(f"/jobs/{job['id']}/results/probabilities", params={"sharpen": "true"}) == {"5": 1.0}
    plain = ionq.get(f"/jobs/{job['id']}/results/probabilities", params={"sharpen": "false"})
    assert set(plain) == {"0", "5"}


def test_a_job_is_debiased_the_same_way_again(ionq: Any, engine: Engine, clock: Any, connect: Any) -> None:
    first = run(ionq)
    with Sandbox(engine=engine, clock=clock) as other, connect(other, "ionq") as again:
        assert run(again)["output"] == first["output"]


@pytest.mark.parametrize(
    ("changes", "debiased"),
    [
        ({"settings": {}}, True),
        ({"settings": OFF}, False),
        ({"settings": {}, "shots": 499}, False),
        ({"shots": 500}, True),
        ({"settings": {}, "input": NATIVE}, False),
        ({"input": NATIVE}, True),
    ],
)
def test_debiasing_is_on_by_default_from_500_shots_on_but_for_native_gates(
    ionq: Any, changes: dict[str, Any], debiased: bool
) -> None:
    job = run(ionq, **changes)
    assert job["status"] == "completed"
    mitigation = job["output"]["error_mitigation"]
    if debiased:
        assert sum(variant["shots"] for variant in mitigation["debiasing"]["variants"]) == job["shots"]
    else:
        assert mitigation == {"debiasing": False}
        asked = ionq.get(f"/jobs/{job['id']}/results/probabilities", params={"sharpen": "true"})
        assert asked == ionq.get(f"/jobs/{job['id']}/results/probabilities")


def test_fewer_than_500_shots_cannot_be_debiased(ionq: Any) -> None:
    job = run(ionq, shots=499)
    assert (job["status"], job["started_at"], job["output"]) == ("failed", None, {})
    assert job["failure"]["code"] == "DebiasingError"
    assert "500" in job["failure"]["message"]


def test_simulators_are_not_debiased_and_dry_runs_have_no_variants(ionq: Any) -> None:
    assert run(ionq, backend="simulator")["output"] == {}
    assert run(ionq, backend="simulator", shots=100)["status"] == "completed"
    assert set(run(ionq, dry_run=True)["output"]) == {"compilation"}


def test_an_artifact_of_a_job_that_has_not_run_is_not_there(ionq: Any) -> None:
    done = run(ionq)
    place = done["output"]["error_mitigation"]["aggregations"]["voting"]["id"]
    other = run(ionq, settings=OFF)
    assert ionq.ask("GET", f"/jobs/{other['id']}/artifacts/{place}").status_code == 404
    assert ionq.ask("GET", f"/jobs/{done['id']}/artifacts/{place}").status_code == 200


def test_each_circuit_of_several_has_variants_of_its_own(ionq: Any) -> None:
    several = {"gateset": "qis", "qubits": 3, "circuits": [{"circuit": BIASED["circuit"]}, {"circuit": []}]}
    job = run(ionq, type="ionq.multi-circuit.v1", input=several)
    assert job["output"] == {}
    aggregate = ionq.get(f"/jobs/{job['id']}/results/probabilities/aggregated")
    for child_id, outcomes in zip(job["child_job_ids"], ({"000", "101"}, {"000"}), strict=True):
        child = ionq.get(f"/jobs/{child_id}")
        assert set(counts(ionq, child, child["output"]["error_mitigation"]["aggregations"]["average"])) == outcomes
        assert set(counts(ionq, child, child["results"][HISTOGRAM])) > outcomes
        assert aggregate[child_id] == ionq.get(f"/jobs/{child_id}/results/probabilities")


def test_a_client_presents_the_mitigated_result_and_gives_the_other_ones_on_request(
    sandbox: Sandbox, ionq: Any
) -> None:
    certain = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "target": 0}]}
    with sandbox.connect("ionq", api_key="test-key") as client:
        job = client.submit(certain, device="qpu.forte-1", shots=700, options={"settings": ON})
        raw = ionq.finish(job.id)
        assert client.job(job.id).result(timeout=30).counts == {"01": 700}
        assert client.job(job.id).result(timeout=30, aggregation="voting").counts == {"01": 700}
        measured = client.job(job.id).result(timeout=30, aggregation="raw").counts
        assert sum(measured.values()) == 700
        assert measured["01"] < 700
    assert len(raw["output"]["error_mitigation"]["debiasing"]["variants"]) == 7


@pytest.mark.parametrize(("wanted", "sharp"), [(True, {"5"}), (None, {"5"}), (False, {"0", "5"})])
def test_version_0_3_sharpens_by_the_same_vote(old_ionq: Any, wanted: bool | None, sharp: set[str]) -> None:
    mitigation = {} if wanted is None else {"error_mitigation": {"debias": wanted}}
    job = old_ionq.finish(
        old_ionq.post("/jobs", {"target": "qpu.forte-1", "shots": 1010, "input": BIASED, **mitigation})["id"]
    )
    assert set(old_ionq.get(f"/jobs/{job['id']}/results", params={"sharpen": "true"})) == sharp
    assert set(old_ionq.get(f"/jobs/{job['id']}/results")) == {"0", "5"}
