"""QUBO and Ising problems, against their energies worked out by hand; and problems that are none."""

from __future__ import annotations

import base64
import itertools
import json
import random
from typing import Any

import pytest
import quantum_jobs
from quantum_sandbox import Engine, Sandbox
from quantum_sandbox.engine import Failure, Program, SolverResult, Task

ANNEALER = "qbraid:nec:sim:vector-annealer"
QUBO = {"problem_type": "qubo", "quadratic": {'["x1", "x1"]': 3.0, '["x1", "x2"]': 2.0, '["x2", "x2"]': -1.0}}


def pair(first: str, second: str) -> str:
    return json.dumps([first, second])


def run(engine: Engine, problem: Any, **options: Any) -> Any:
    source = problem if isinstance(problem, str) else json.dumps(problem)
    task = Task(Program("annealing", source), **{"shots": 10, "seed": 1, **options})
    return engine.submit(task).result(timeout=60)


def solutions(engine: Engine, problem: Any, **options: Any) -> list[tuple[dict[str, int], float]]:
    outcome = run(engine, problem, **options)
    assert isinstance(outcome, SolverResult), outcome
    return [(solution["spin"], solution["energy"]) for solution in outcome.values["solutions"]]


def test_a_qubo_is_about_bits(engine: Engine) -> None:
    assert solutions(engine, {**QUBO, "offset": 0.5}) == [
        ({"x1": 0, "x2": 1}, -0.5),
        ({"x1": 0, "x2": 0}, 0.5),
        ({"x1": 1, "x2": 0}, 3.5),
        ({"x1": 1, "x2": 1}, 4.5),
    ]


def test_an_ising_problem_is_about_spins(engine: Engine) -> None:
    problem = {"problem_type": "ising", "linear": {"a": 1.0}, "quadratic": {pair("a", "b"): -2.0, pair("b", "b"): 0.25}}
    assert solutions(engine, problem) == [
        ({"a": -1, "b": -1}, -2.75),
        ({"a": 1, "b": 1}, -0.75),
        ({"a": -1, "b": 1}, 1.25),
        ({"a": 1, "b": -1}, 3.25),
    ]


def test_a_problem_without_a_type_is_a_qubo(engine: Engine) -> None:
    bare = {"quadratic": QUBO["quadratic"], "offset": 0.0}
    assert solutions(engine, bare) == solutions(engine, QUBO)


def random_problem(size: int, seed: int, kind: str) -> dict[str, Any]:
    chance = random.Random(seed)
    names = [f"v{index}" for index in range(size)]
    quadratic = {
        pair(a, b): chance.uniform(-2, 2) for a, b in itertools.combinations(names, 2) if chance.random() < 0.6
    }
    return {"problem_type": kind, "linear": {name: chance.uniform(-1, 1) for name in names}, "quadratic": quadratic}


def energy(problem: dict[str, Any], values: dict[str, int]) -> float:
    linear = sum(weight * values[name] for name, weight in problem["linear"].items())
    pairs = [(json.loads(names), weight) for names, weight in problem["quadratic"].items()]
    return float(linear + sum(weight * values[a] * values[b] for (a, b), weight in pairs))


@pytest.mark.parametrize("kind", ["qubo", "ising"])
def test_a_small_problem_has_its_lowest_energies_in_order(engine: Engine, kind: str) -> None:
    problem = random_problem(8, 5, kind)
    values = (0, 1) if kind == "qubo" else (-1, 1)
    all_of_them = sorted(
        energy(problem, dict(zip(problem["linear"], choice, strict=True)))
        for choice in itertools.product(values, repeat=8)
    )
    found = solutions(engine, problem, shots=20)
    assert [each for _, each in found] == pytest.approx(all_of_them[:20])
    assert all(energy(problem, spin) == pytest.approx(each) for spin, each in found)


@pytest.mark.parametrize("kind", ["qubo", "ising"])
def test_a_larger_problem_is_annealed_to_its_lowest_energy(engine: Engine, kind: str) -> None:
    """The lowest energy is known: each pair is as low as it can be in one assignment, which was chosen first."""
    chance = random.Random(7)
    low = 0 if kind == "qubo" else -1
    planted = {f"v{index}": chance.choice((low, 1)) for index in range(60)}
    weights: dict[str, float] = {}
    linear = dict.fromkeys(planted, 0.0)
    lowest = 0.0
    for a, b in itertools.combinations(planted, 2):
        if chance.random() > 0.1:
            continue
        if kind == "ising":
            weights[pair(a, b)] = -planted[a] * planted[b]
            lowest -= 1
        else:  # (a - b)^2 where they are equal, else (a + b - 1)^2 without its constant
            same = planted[a] == planted[b]
            weights[pair(a, b)] = -2.0 if same else 2.0
            linear[a] += 1.0 if same else -1.0
            linear[b] += 1.0 if same else -1.0
            lowest -= 0.0 if same else 1.0
    problem = {"problem_type": kind, "linear": linear, "quadratic": weights}
    found = solutions(engine, problem, shots=20)
    assert found[0][1] == pytest.approx(lowest)
    assert all(energy(problem, spin) == pytest.approx(each) for spin, each in found)
    assert [each for _, each in found] == sorted(each for _, each in found)
    assert len({json.dumps(spin) for spin, _ in found}) == len(found)


def test_the_same_seed_gives_the_same_solutions_and_another_seed_others(engine: Engine) -> None:
    problem = random_problem(120, 3, "ising")
    first, again, other = (solutions(engine, problem, seed=seed, shots=3) for seed in (1, 1, 2))
    assert first == again != other


def test_there_are_no_more_solutions_than_shots(engine: Engine) -> None:
    assert len(solutions(engine, QUBO, shots=1)) == 1
    assert len(solutions(engine, random_problem(30, 1, "qubo"), shots=2)) <= 2


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        ("nonsense", "invalid"),
        ("[" * 100_000, "invalid"),
        ([], "invalid"),
        ({}, "invalid"),
        ({"quadratic": {"x1,x2": 1.0}}, "invalid"),
        ({"quadratic": {'["a", "b", "c"]': 1.0}}, "invalid"),
        ('{"linear": {"a": NaN}}', "invalid"),
        ({"linear": {"a": 1e300}}, "invalid"),
        ({"linear": {"a": True}}, "invalid"),
        ({"problem_type": "sudoku", "linear": {"a": 1}}, "unsupported"),
        ({"linear": {f"v{index}": 1.0 for index in range(2001)}}, "too_many_qubits"),
    ],
)
def test_what_is_no_problem_or_too_large_fails_before_it_runs(engine: Engine, problem: Any, kind: str) -> None:
    outcome = run(engine, problem)
    assert isinstance(outcome, Failure), outcome
    assert outcome.kind == kind, outcome


def submit(qbraid: Any, data: Any, **changes: Any) -> dict[str, Any]:
    body = {"deviceQrn": ANNEALER, "program": {"format": "problem", "data": data}, **changes}
    job: dict[str, Any] = qbraid.finish(qbraid.post("/jobs", body)["data"]["jobQrn"])
    return job


@pytest.mark.parametrize("as_text", [True, False])
def test_qbraid_gives_solutions_by_variable(qbraid: Any, as_text: bool) -> None:
    job = submit(qbraid, json.dumps(QUBO) if as_text else QUBO, shots=3)
    assert (job["status"], job["experimentType"], job["cost"]) == ("COMPLETED", "annealing", 0)
    assert (job["vendor"], job["provider"], job["shots"]) == ("qbraid", "nec", 3)
    data = qbraid.get(f"/jobs/{job['jobQrn']}/result")["data"]["resultData"]
    assert data["solutionCount"] == 3
    assert [solution["energy"] for solution in data["solutions"]] == [-1.0, 0.0, 3.0]
    assert set(data["solutions"][0]) == {"spin", "energy", "time", "constraint", "memory_usage"}
    assert data["solutions"][0]["spin"] == {"x1": 0, "x2": 1}
    assert data["solutions"][0]["constraint"] is True


def test_without_shots_there_is_one_solution(qbraid: Any) -> None:
    job = submit(qbraid, QUBO)
    assert "shots" not in job
    assert qbraid.get(f"/jobs/{job['jobQrn']}/result")["data"]["resultData"]["solutionCount"] == 1


def test_several_problems_have_a_result_each(qbraid: Any) -> None:
    problems = [{"format": "problem", "data": {"linear": {"a": weight}}} for weight in (1.0, -1.0)]
    job = submit(qbraid, None, program=problems, shots=1)
    results = qbraid.get(f"/jobs/{job['jobQrn']}/result")["data"]["results"]
    assert [result["resultData"]["solutions"][0]["spin"] for result in results] == [{"a": 0}, {"a": 1}]


def test_the_annealer_says_what_it_is(qbraid: Any) -> None:
    device = qbraid.get(f"/devices/{ANNEALER}")["data"]
    assert (device["paradigm"], device["runInputTypes"], device["numberQubits"]) == ("annealing", ["problem"], None)
    listed = qbraid.get("/devices", params={"sortBy": "numberQubits"})["data"]
    assert listed[0]["qrn"] == ANNEALER


def test_a_client_sees_no_counts_and_all_of_the_raw_result(engine: Engine) -> None:
    with Sandbox(engine=engine, in_process=True) as sandbox, sandbox.connect("qbraid") as qbraid:
        job = qbraid.submit(quantum_jobs.Program("problem", json.dumps(QUBO)), device=ANNEALER)
        result = job.result(timeout=30)
    assert result.counts is None
    assert result.raw["resultData"]["solutions"][0]["spin"] == {"x1": 0, "x2": 1}


def test_equal1_s_form_has_the_compiled_program_and_the_noise_model(qbraid: Any, x_on_qubit_0: Any) -> None:
    device, program = "qbraid:equal1:sim:bell-1", {"format": "qasm2", "data": x_on_qubit_0["qasm2"]}
    assert qbraid.get(f"/devices/{device}")["data"]["noiseModels"] == ["bell-1", "ideal"]
    body = {"deviceQrn": device, "shots": 400, "program": program}
    found = {}
    for options in ({}, {"noiseModel": "ideal"}):
        job = qbraid.finish(qbraid.post("/jobs", {**body, "runtimeOptions": options})["data"]["jobQrn"])
        data = qbraid.get(f"/jobs/{job['jobQrn']}/result")["data"]["resultData"]
        assert base64.b64decode(data["compiledOutput"]).decode() == program["data"]
        assert (data["irType"], data["simulationPlatform"], data["executionOptions"]) == ("qasm2", "CPU", None)
        found[data["noiseModel"]] = data["measurementCounts"]
    assert found["ideal"] == {"01": 400}
    assert len(found["bell-1"]) > 1
    response = qbraid.ask("POST", "/jobs", json={**body, "runtimeOptions": {"noiseModel": "quiet"}})
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["body", "runtimeOptions", "noiseModel"]
