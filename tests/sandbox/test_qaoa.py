"""Q-CTRL's solver at IonQ: the largest cut of a graph, the circuit that found it, and a key that must stay nowhere."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from quantum_apis.ionq_v0_4.api.jobs import create_job
from quantum_apis.ionq_v0_4.models import QctrlQaoaJobCreationPayload
from quantum_sandbox import Engine, Sandbox

SECRET = "qctrl-key-that-nobody-shall-read"
SQUARE_WITH_TAIL = [(0, 1, 1.0), (1, 2, 2.0), (2, 3, 1.5), (3, 0, 1.0), (3, 4, 4.0), (0, 2, 0.5)]


def graph(edges: Any, nodes: int, **changes: Any) -> dict[str, Any]:
    """As NetworkX writes it: each edge with both of its nodes."""
    adjacency: list[list[dict[str, Any]]] = [[] for _ in range(nodes)]
    for one, other, weight in edges:
        adjacency[one].append({"id": other, "weight": weight})
        adjacency[other].append({"id": one, "weight": weight})
    listed = [{"id": node} for node in range(nodes)]
    head = {"directed": False, "multigraph": False, "graph": []}
    return {**head, "nodes": listed, "adjacency": adjacency, **changes}


def body(problem: Any, **changes: Any) -> dict[str, Any]:
    return {
        "type": "qctrl.qaoa.v1",
        "backend": "qpu.forte-1",
        "shots": 500,
        "input": {"problem_type": "maxcut", "problem": problem},
        "external_settings": {"api_credentials": SECRET, "external_organization": "people"},
        **changes,
    }


def run(ionq: Any, problem: Any, **changes: Any) -> dict[str, Any]:
    job: dict[str, Any] = ionq.finish(ionq.post("/jobs", body(problem, **changes))["id"])
    return job


def cut(edges: Any, bits: str) -> float:
    """The weight between the two sides; node 0 is the rightmost bit."""
    return float(sum(weight for one, other, weight in edges if bits[-1 - one] != bits[-1 - other]))


@pytest.mark.parametrize("backend", ["simulator", "qpu.forte-1"])
def test_the_best_shot_is_the_largest_cut(ionq: Any, backend: str) -> None:
    job = run(ionq, graph(SQUARE_WITH_TAIL, 5), backend=backend)
    found = job["results"]["qaoa_results"]
    best = max(cut(SQUARE_WITH_TAIL, "".join(bits)) for bits in itertools.product("01", repeat=5))
    assert found["optimal_cost"] == -best
    assert cut(SQUARE_WITH_TAIL, found["optimal_bitstring"]) == best
    assert found["processing_status"] in ("complete", "max_iteration")


def test_the_first_node_is_the_rightmost_bit(ionq: Any) -> None:
    # Only node 0 alone on one side cuts everything.
    star = [(0, other, 1.0) for other in (1, 2, 3)]
    found = run(ionq, graph(star, 4))["results"]["qaoa_results"]
    assert found == {"optimal_cost": -3.0, "optimal_bitstring": "0001", "processing_status": "complete"}


def test_the_circuit_is_a_child_job_whose_counts_hold_the_solution(ionq: Any) -> None:
    job = run(ionq, graph(SQUARE_WITH_TAIL, 5))
    (child_id,) = job["child_job_ids"]
    child = ionq.get(f"/jobs/{child_id}")
    assert (child["type"], child["parent_job_id"], child["child_job_ids"]) == (
        "qctrl.qaoa-circuit.v1",
        job["id"],
        None,
    )
    assert child["stats"]["qubits"] == 5
    place = child["results"]["ionq.result.histogram.json.v2"]["id"]
    counts = ionq.get(f"/jobs/{child_id}/artifacts/{place}")["histogram"]["registers"]["output_all"]
    assert sum(counts.values()) == 500
    found = job["results"]["qaoa_results"]
    assert found["optimal_bitstring"] in counts
    assert max(cut(SQUARE_WITH_TAIL, bits) for bits in counts) == -found["optimal_cost"]
    assert [one["id"] for one in ionq.get("/jobs", params={"parent_job_id": job["id"]})["jobs"]] == [child_id]


def test_the_angles_were_optimised(ionq: Any) -> None:
    """Shots of a circuit with any angles would cut half of a ring's edges; one good layer cuts three quarters."""
    ring = [(node, (node + 1) % 10, 1.0) for node in range(10)]
    job = run(ionq, graph(ring, 10), shots=5000)
    histogram = ionq.get(f"/jobs/{job['child_job_ids'][0]}/results/histogram")
    mean = sum(cut(ring, format(int(state), "010b")) * count for state, count in histogram.items()) / 5000
    assert mean > 7.5


def test_the_same_job_finds_the_same_again(ionq: Any, engine: Engine, clock: Any, connect: Any) -> None:
    first = run(ionq, graph(SQUARE_WITH_TAIL, 5))
    counts = ionq.get(f"/jobs/{first['child_job_ids'][0]}/results/shots")
    with Sandbox(engine=engine, clock=clock) as other, connect(other, "ionq") as again:
        second = run(again, graph(SQUARE_WITH_TAIL, 5))
        assert (second["id"], second["results"]) == (first["id"], first["results"])
        assert again.get(f"/jobs/{second['child_job_ids'][0]}/results/shots") == counts


@pytest.mark.parametrize(
    ("problem", "cost"),
    [
        (graph([(0, 1, 1.0)], 2), -1.0),
        # An edge without weight, on one of its nodes only; a loop; a name that is no number.
        ({"nodes": [{"id": "a"}, {"id": 1}], "adjacency": [[{"id": 1}, {"id": "a"}], []]}, -1.0),
        # Two parallel edges, each listed with both nodes; and the two directions of a directed graph.
        (
            {
                "multigraph": True,
                "nodes": [{"id": 0}, {"id": 1}],
                "adjacency": [
                    [{"id": 1, "key": 0}, {"id": 1, "key": 1, "weight": 2}],
                    [{"id": 0, "key": 0}, {"id": 0, "key": 1, "weight": 2}],
                ],
            },
            -3.0,
        ),
        ({"directed": True, "nodes": [{"id": 0}, {"id": 1}], "adjacency": [[{"id": 1}], [{"id": 0}]]}, -2.0),
        ({"nodes": [{"id": 0}, {"id": 1}], "adjacency": [[], []]}, 0.0),
        (graph([(0, 1, -1.0)], 2), 0.0),
    ],
)
def test_graphs_are_read_as_networkx_means_them(ionq: Any, problem: Any, cost: float) -> None:
    assert run(ionq, problem)["results"]["qaoa_results"]["optimal_cost"] == cost


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (graph([], 0), "PreflightError"),
        (graph([], 100_000), "NotEnoughQubits"),
        (graph([], 30, adjacency=[[{"id": 1}]] * 30), "NotEnoughQubits"),
        (graph([(0, 1, 1.0)], 23), "QuantumCircuitComplexityError"),
        (graph([(0, 1, 1e308), (1, 2, 1e308)], 3), "PreflightError"),
    ],
)
def test_a_graph_that_is_too_large_fails_before_it_runs(ionq: Any, problem: Any, code: str) -> None:
    job = run(ionq, problem)
    assert (job["status"], job["started_at"], job["failure"]["code"]) == ("failed", None, code)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"external_settings": None}, "external_settings"),
        ({"external_settings": {}}, "external_settings.api_credentials"),
        ({"external_settings": {"api_credentials": [SECRET]}}, "external_settings.api_credentials"),
        ({"input": {"problem_type": "tsp", "problem": {}}}, "input.problem_type"),
        ({"input": {"problem_type": "maxcut", "problem": {}}}, "input.problem.nodes"),
        (
            {"input": {"problem_type": "maxcut", "problem": {"nodes": [{"id": 0}], "adjacency": [[{"id": 7}]]}}},
            "input.problem.adjacency.0.id",
        ),
        (
            {"input": {"problem_type": "maxcut", "problem": {"nodes": [{"id": 0}, {"id": 0}], "adjacency": []}}},
            "input.problem.nodes.1.id",
        ),
    ],
)
def test_another_form_is_refused_with_its_place(ionq: Any, changes: dict[str, Any], place: str) -> None:
    answer = ionq.ask("POST", "/jobs", json=body(graph([], 1), **changes))
    assert answer.status_code == 400
    assert answer.json()["validation"]["keys"] == [place]
    assert SECRET not in answer.text


def test_the_key_to_the_other_vendor_is_kept_nowhere(
    engine: Engine, clock: Any, connect: Any, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "state.db"
    seen: list[str] = []
    with Sandbox(engine=engine, clock=clock) as sandbox, connect(sandbox, "ionq") as ionq:
        ionq.http.event_hooks["response"].append(lambda response: seen.append(response.text))
        job = run(ionq, graph(SQUARE_WITH_TAIL, 5))
        clone = ionq.finish(ionq.post(f"/jobs/{job['id']}/clone", {"shots": 600})["id"])
        ionq.post("/jobs", body(graph([], 3)))
        # It may also stand where it does not belong.
        circuit = {"gateset": "qis", "qubits": 1, "circuit": []}
        ionq.post("/jobs", body(None, type="ionq.circuit.v1", input=circuit))
        ionq.ask("POST", "/jobs", json=body(graph([], 3), backend="qpu.none"))
        ionq.get("/jobs")
        ionq.http.get(sandbox.url("ionq").rsplit("/", 1)[0] + "/sandbox/jobs")
        seen += [repr(kept) for kept in sandbox.journal.select()]
        sandbox.save(file)
    assert clone["results"]["qaoa_results"]["optimal_cost"] == job["results"]["qaoa_results"]["optimal_cost"]
    seen += [file.read_bytes().decode("latin-1"), *capfd.readouterr()]
    assert any("external_organization" in text for text in seen)
    assert not [text for text in seen if SECRET in text]


def test_a_solver_s_job_is_saved_with_its_circuit(engine: Engine, clock: Any, connect: Any, tmp_path: Path) -> None:
    with Sandbox(engine=engine, clock=clock) as one, connect(one, "ionq") as ionq:
        job = run(ionq, graph(SQUARE_WITH_TAIL, 5))
        before = [ionq.get(f"/jobs/{job_id}") for job_id in (job["id"], *job["child_job_ids"])]
        shots = ionq.get(f"/jobs/{job['child_job_ids'][0]}/results/shots")
        one.save(tmp_path / "state.db")
    with Sandbox(engine=engine, clock=clock) as other, connect(other, "ionq") as ionq:
        other.load(tmp_path / "state.db")
        assert [ionq.get(f"/jobs/{job_id}") for job_id in (job["id"], *job["child_job_ids"])] == before
        assert ionq.get(f"/jobs/{job['child_job_ids'][0]}/results/shots") == shots


def test_a_problem_goes_through_the_bindings_and_its_solution_through_the_wrapper(sandbox: Sandbox, ionq: Any) -> None:
    payload = QctrlQaoaJobCreationPayload.from_dict(body(graph(SQUARE_WITH_TAIL, 5)))
    with sandbox.connect("ionq", api_key="test-key") as client:
        created = create_job.sync(client=client.api, body=payload)
        job = ionq.finish(created.id)
        assert client.job(job["id"]).result(timeout=30).raw == job["results"]
        counts = client.job(job["child_job_ids"][0]).result(timeout=30).counts
    assert job["results"]["qaoa_results"]["optimal_bitstring"] in counts
    assert sum(counts.values()) == 500
