"""Shots outlive the submission: a job has the same counts for whoever takes it up, though IonQ's ideal simulator leaves
the shots out of what it says of a job."""

from __future__ import annotations

import json
import pickle
from typing import Any

import attrs
import httpx
import pytest
import quantum_jobs
from quantum_jobs import JobRecord, UsageError

from tests.wrapper.clouds import BASES, connect, results, url, v3, v4, v4_pages

BELL = {
    "qubits": 2,
    "gateset": "qis",
    "circuit": [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}],
}
SHARES = {"0": 0.5, "3": 0.5}
SERVICES = ["ionq-v0.4", "ionq-v0.3"]


@attrs.define(eq=False)
class IdealSimulator:
    """One of IonQ's two APIs with its ideal simulator: it keeps what it is sent but the shots, and every job is
    completed at once. ``bodies`` holds what was submitted."""

    service: str
    bodies: list[dict[str, Any]] = attrs.field(factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix(httpx.URL(BASES[self.service]).path)
        if request.method == "POST":
            self.bodies.append(json.loads(request.content))
            return httpx.Response(
                201, json={"id": f"job-{len(self.bodies) - 1}", "status": "ready", "session_id": None}
            )
        if path == "/jobs":
            return httpx.Response(200, json={"jobs": [self.job(number) for number in range(len(self.bodies))]})
        name = path.removeprefix("/jobs/").partition("/")[0]
        number, _, child = name.removeprefix("job-").partition("-")
        if "results" in path:
            children = [] if child else self.children(int(number))
            return httpx.Response(200, json=dict.fromkeys(children, SHARES) if children else SHARES)
        return httpx.Response(200, json=self.job(int(number)) if not child else self.child(int(number), name))

    def job(self, number: int) -> dict[str, Any]:
        body = self.bodies[number]
        common = {"id": f"job-{number}", "status": "completed", "metadata": body.get("metadata")}
        children = self.children(number)
        if self.service == "ionq-v0.3":
            return {**common, "qubits": 2, "children": children, "results_url": f"/v0.3/jobs/job-{number}/results"}
        return {**common, "type": body["type"], "results": None, "stats": {"qubits": 2}, "child_job_ids": children}

    def children(self, number: int) -> list[str]:
        circuits = self.bodies[number]["input"].get("circuits", [])
        return [f"job-{number}-{place}" for place in range(len(circuits))]

    def child(self, number: int, name: str) -> dict[str, Any]:
        parent = {"parent_job_id": f"job-{number}"} if self.service == "ionq-v0.4" else {}
        return {"id": name, "status": "completed", "results": None, "qubits": 2, "stats": {"qubits": 2}, **parent}


def client_of(cloud: IdealSimulator) -> quantum_jobs.Client:
    transport = httpx.MockTransport(cloud)
    return quantum_jobs.connect(cloud.service, api_key="a-key", base_url=BASES[cloud.service], transport=transport)


@pytest.mark.parametrize("service", SERVICES)
def test_whoever_takes_a_job_up_has_the_counts_that_its_submitter_has(service: str) -> None:
    cloud = IdealSimulator(service)
    with client_of(cloud) as client:
        submitted = client.submit(BELL, device="simulator", shots=1000, tags={"run": "7"})
        expected = submitted.result(timeout=5)
        assert expected.counts == {"00": 500, "11": 500}
        submitted.refresh()
        assert pickle.loads(pickle.dumps(submitted)).record.shots == 1000
        retrieved, (listed,) = client.job(submitted.id), list(client.jobs())
        for job in (submitted, retrieved, listed):
            assert (job.record.shots, job.record.tags) == (1000, {"run": "7"})
            assert job.result(timeout=5).counts == expected.counts
            again = JobRecord.from_dict(json.loads(json.dumps(job.record.to_dict())))
            assert again.shots == 1000
    assert cloud.bodies[0]["metadata"]["quantum_jobs_shots"] == "1000"


@pytest.mark.parametrize("service", SERVICES)
def test_a_submission_without_shots_has_those_that_the_vendor_documents_as_its_default(service: str) -> None:
    cloud = IdealSimulator(service)
    with client_of(cloud) as client:
        submitted = client.submit(BELL, device="simulator")
        assert client.job(submitted.id).result(timeout=5).counts == {"00": 50, "11": 50}
        assert client.job(submitted.id).record.shots == 100
    assert "shots" not in cloud.bodies[0]


@pytest.mark.parametrize("service", SERVICES)
def test_the_circuits_of_a_job_have_its_shots(service: str) -> None:
    cloud = IdealSimulator(service)
    with client_of(cloud) as client:
        job = client.job(client.submit([BELL, BELL], device="simulator", shots=10).id)
        assert [result.counts for result in job.results(timeout=5)] == [{"00": 5, "11": 5}] * 2


def test_a_circuits_own_job_has_the_shots_of_the_job_it_was_submitted_in() -> None:
    cloud = IdealSimulator("ionq-v0.4")
    with client_of(cloud) as client:
        job = client.submit([BELL, BELL], device="simulator", shots=10)
        child = f"{job.id}-1"
        assert [each.result(timeout=5).counts for each in job.children()] == [{"00": 5, "11": 5}] * 2
        assert client.job(child).result(timeout=5).counts == {"00": 5, "11": 5}


def test_a_circuit_whose_parent_is_gone_still_has_its_probabilities() -> None:
    pages = v4_pages(url("probabilities"), {"results/probabilities": SHARES}, shots=None, parent_job_id="gone")
    (result,) = results("ionq-v0.4", pages)
    assert (result.counts, result.probabilities) == (None, {"000": 0.5, "011": 0.5})


def record(service: str, **job: Any) -> JobRecord:
    client, _ = connect(service, {"/jobs/a": {"id": "a", "status": "completed", **job}})
    with client:
        return client.job("a").record


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    ("sent", "metadata", "shots"),
    [
        (7, {"quantum_jobs_shots": "8", "shots": "9"}, 7),
        ("7", None, 7),
        (None, {"quantum_jobs_shots": "8", "shots": "9"}, 8),
        (None, {"shots": "9"}, 9),
        (0, {"shots": "9"}, 9),
        (None, {"quantum_jobs_shots": "many", "shots": "9"}, 9),
        (None, {"shots": "-3"}, None),
        (None, {"shots": "1.5"}, None),
        (None, {}, None),
        (None, None, None),
    ],
)
def test_shots_are_the_vendors_else_ours_else_those_of_its_other_clients(
    service: str, sent: Any, metadata: Any, shots: int | None
) -> None:
    found = record(service, shots=sent, metadata=metadata)
    assert found.shots == shots
    # What others have written stays a tag, ours does not.
    assert found.tags == {key: value for key, value in (metadata or {}).items() if key == "shots"}


def test_without_any_trace_of_shots_there_are_no_counts() -> None:
    for result in (
        v3(SHARES, shots=None, metadata={"run": "7"}),
        v4(url("probabilities"), {"results/probabilities": SHARES}, shots=None),
    ):
        assert (result.counts, result.probabilities) == (None, {"000": 0.5, "011": 0.5})


@pytest.mark.parametrize("name", ["quantum_jobs_shots", "quantum_jobs_idempotency_key", "quantum_jobs_anything"])
def test_a_tag_may_not_have_a_name_that_is_kept_for_the_library(name: str) -> None:
    cloud = IdealSimulator("ionq-v0.4")
    with client_of(cloud) as client, pytest.raises(UsageError, match="quantum_jobs_"):
        client.submit(BELL, device="simulator", tags={name: "5"})
    assert not cloud.bodies


def test_options_cannot_take_the_librarys_own_metadata_away() -> None:
    cloud = IdealSimulator("ionq-v0.4")
    with client_of(cloud) as client:
        client.submit(BELL, device="simulator", shots=5, options={"metadata": {"quantum_jobs_shots": "6", "more": "x"}})
        client.submit(BELL, device="simulator", shots=5, options={"metadata": None})
    assert [body["metadata"]["quantum_jobs_shots"] for body in cloud.bodies] == ["5", "5"]
    assert cloud.bodies[0]["metadata"]["more"] == "x"


@pytest.mark.parametrize("service", SERVICES)
def test_metadata_among_the_options_may_have_names_of_arguments(service: str) -> None:
    cloud = IdealSimulator(service)
    metadata = {"shots": "5", "name": "x", "input": "y"}
    with client_of(cloud) as client:
        client.submit(BELL, device="simulator", shots=7, options={"metadata": metadata, "extra": {"name": "z"}})
        with pytest.raises(UsageError, match="options has 'name'"):
            client.submit(BELL, device="simulator", options={"name": "x"})
    (body,) = cloud.bodies
    assert {name: body["metadata"][name] for name in metadata} == metadata
    assert (body["extra"], body["metadata"]["quantum_jobs_shots"]) == ({"name": "z"}, "7")
