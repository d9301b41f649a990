"""Debiasing of IonQ's QPUs: variants whose shots are the job's, what they give together, and when there are none."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from quantum_jobs.sandbox import Engine, Sandbox

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


def test_the_variants_share_the_shots_and_their_sum_is_the_average_and_the_result(ionq: Any) -> None:
    job = run(ionq)
    mitigation = job["output"]["error_mitigation"]
    variants = mitigation["debiasing"]["variants"]
    assert [variant["shots"] for variant in variants] == [101] * 10
    found = [counts(ionq, job, variant["results"][HISTOGRAM]) for variant in variants]
    assert [sum(one.values()) for one in found] == [101] * 10
    whole = sum((Counter(one) for one in found), Counter[str]())
    assert whole == counts(ionq, job, mitigation["aggregations"]["average"])
    assert whole == counts(ionq, job, job["results"][HISTOGRAM])
    assert len({tuple(sorted(one.items())) for one in found}) > 1, "each variant has shots of its own"
    assert mitigation["debiasing"]["aggregation_method"] == "average"


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
    assert Counter("".join(map(str, reversed(shot["registers"]["output_all"]))) for shot in shots) == histogram


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
    assert run(ionq, dry_run=True)["output"] == {}


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
    for child_id in job["child_job_ids"]:
        child = ionq.get(f"/jobs/{child_id}")
        average = child["output"]["error_mitigation"]["aggregations"]["average"]
        assert counts(ionq, child, average) == counts(ionq, child, child["results"][HISTOGRAM])


def test_debiasing_asked_for_through_the_wrapper_leaves_its_counts_whole(sandbox: Sandbox, ionq: Any) -> None:
    with sandbox.connect("ionq", api_key="test-key") as client:
        job = client.submit(BIASED, device="qpu.forte-1", shots=700, options={"settings": ON})
        raw = ionq.finish(job.id)
        assert sum(client.job(job.id).result(timeout=30).counts.values()) == 700
    assert len(raw["output"]["error_mitigation"]["debiasing"]["variants"]) == 7


@pytest.mark.parametrize(("wanted", "sharp"), [(True, {"5"}), (None, {"5"}), (False, {"0", "5"})])
def test_version_0_3_sharpens_by_the_same_vote(old_ionq: Any, wanted: bool | None, sharp: set[str]) -> None:
    mitigation = {} if wanted is None else {"error_mitigation": {"debias": wanted}}
    job = old_ionq.finish(
        old_ionq.post("/jobs", {"target": "qpu.forte-1", "shots": 1010, "input": BIASED, **mitigation})["id"]
    )
    assert set(old_ionq.get(f"/jobs/{job['id']}/results", params={"sharpen": "true"})) == sharp
    assert set(old_ionq.get(f"/jobs/{job['id']}/results")) == {"0", "5"}
