"""Quantum functions of IonQ: the energy of a Hamiltonian, held against matrices and values worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy
import pytest
from quantum_apis.ionq_v0_4.api.jobs import create_job
from quantum_apis.ionq_v0_4.models import QuantumFunctionJobCreationPayload
from quantum_sandbox import Engine, Sandbox

ANSATZ = """OPENQASM 3.0;
include "stdgates.inc";
// input float none;
input float first;
input float[64] second;
qubit[2] q;
ry(first) q[0];
ry(second) q[1];
rx(0.7) q[1];
cx q[0], q[1];
"""
PAULI = {
    "I": numpy.eye(2),
    "X": numpy.array([[0, 1], [1, 0]]),
    "Y": numpy.array([[0, -1j], [1j, 0]]),
    "Z": numpy.diag([1, -1]),
}
ANGLES = [0.3, -1.2]
LOPSIDED = [("ZI", -1.0), ("IZ", 0.25), ("XX", 0.5), ("YX", 0.75), ("IY", -0.3), ("II", 2.0)]
"""No two letters, qubits or terms of it can change places without changing the energy."""

FIRST_IS_1 = 'OPENQASM 3; include "stdgates.inc"; qubit[2] q; x q[0];'
PLUS = 'OPENQASM 3; include "stdgates.inc"; qubit[2] q; h q;'


def body(
    terms: Any = LOPSIDED, *, ansatz: str = ANSATZ, params: Any = ANGLES, backend: str = "simulator", **data: Any
) -> dict[str, Any]:
    hamiltonian = [{"pauli_string": letters, "coefficient": value} for letters, value in terms]
    function = {"hamiltonian": hamiltonian, "ansatz": {"data": ansatz}, **data}
    energy = {"data": {"type": "hamiltonian-energy", "data": function}, "params": params}
    return {"type": "quantum-function", "backend": backend, "input": energy, "shots": 20_000}


def run(ionq: Any, **changes: Any) -> dict[str, float]:
    job = ionq.finish(ionq.post("/jobs", body(**changes))["id"])
    assert job["status"] == "completed", job["failure"]
    results: dict[str, float] = job["results"]
    return results


def failure(ionq: Any, **changes: Any) -> tuple[str, str]:
    job = ionq.finish(ionq.post("/jobs", body(**changes))["id"])
    assert (job["status"], job["started_at"], job["results"]) == ("failed", None, None)
    return job["failure"]["code"], job["failure"]["message"]


def turn(axis: str, angle: float) -> Any:
    return math.cos(angle / 2) * numpy.eye(2) - 1j * math.sin(angle / 2) * PAULI[axis]


def by_matrices(terms: Any, first: float, second: float) -> tuple[float, float]:
    """Energy and variance of the ansatz, with qubit 1 as the left factor of each product."""
    state = numpy.kron(turn("X", 0.7) @ turn("Y", second) @ [1, 0], turn("Y", first) @ [1, 0])
    state = numpy.array([[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0], [0, 1, 0, 0]]) @ state
    matrix = sum(value * numpy.kron(PAULI[letters[0]], PAULI[letters[1]]) for letters, value in terms)
    mean = numpy.vdot(state, matrix @ state).real
    return mean, numpy.vdot(state, matrix @ matrix @ state).real - mean**2


def test_the_ideal_simulator_gives_the_exact_energy_and_its_variance(ionq: Any) -> None:
    found = run(ionq)
    assert (found["value"], found["variance"]) == pytest.approx(by_matrices(LOPSIDED, *ANGLES), abs=1e-10)


@pytest.mark.parametrize("letters", ["XI", "IX", "YI", "IY", "ZI", "IZ", "XY", "YX", "ZX", "XZ", "YZ", "ZY"])
def test_each_letter_stands_for_its_own_qubit(ionq: Any, letters: str) -> None:
    expected = by_matrices([(letters, 1.0)], *ANGLES)[0]
    assert run(ionq, terms=[(letters, 1.0)])["value"] == pytest.approx(expected, abs=1e-10)


def test_the_last_letter_is_qubit_0(ionq: Any) -> None:
    assert run(ionq, terms=[("IZ", 1.0)], ansatz=FIRST_IS_1, params=[]) == {"value": -1.0, "variance": 0.0}
    assert run(ionq, terms=[("ZI", 1.0)], ansatz=FIRST_IS_1, params=[]) == {"value": 1.0, "variance": 0.0}


def test_parameters_have_their_values_in_the_order_in_which_the_ansatz_declares_them(ionq: Any) -> None:
    # By name, t10 stands before t2.
    inputs = "".join(f"input float t{i};" for i in range(12))
    ansatz = f'OPENQASM 3; include "stdgates.inc"; {inputs} qubit[1] q; ry(t2) q[0];'
    values = [0.0, 0.0, 1.1, *([0.0] * 9)]
    assert run(ionq, terms=[("Z", 1.0)], ansatz=ansatz, params=values)["value"] == pytest.approx(math.cos(1.1))


def test_a_qpu_gives_the_energy_of_its_shots_again_and_again(
    ionq: Any, engine: Engine, clock: Any, connect: Any
) -> None:
    exact = by_matrices(LOPSIDED, *ANGLES)[0]
    found = run(ionq, backend="qpu.forte-1")
    # Four measurements of 20,000 shots; six standard errors of the sum.
    assert 0 < abs(found["value"] - exact) < 6 * math.sqrt(found["variance"] / 20_000)
    with Sandbox(engine=engine, clock=clock) as other, connect(other, "ionq") as again:
        assert run(again, backend="qpu.forte-1") == found


def test_a_noisy_qpu_is_further_from_the_ground_state(engine: Engine, clock: Any, connect: Any) -> None:
    with Sandbox(engine=engine, clock=clock, noise=True) as sandbox, connect(sandbox, "ionq") as ionq:
        noisy = run(ionq, terms=[("IZ", 1.0)], ansatz=FIRST_IS_1, params=[], backend="qpu.forte-1")
    assert -1 < noisy["value"] < -0.95


@pytest.mark.parametrize("backend", ["simulator", "qpu.forte-1"])
def test_a_constraint_that_is_broken_costs_its_penalty(ionq: Any, backend: str) -> None:
    # x is (1, 0): 3 x0 + 5 x1 is 3, which is 1 more than it may be.
    linear = [{"coeffs": [3, 5], "rhs": 2}]
    found = run(
        ionq, terms=[("IZ", 1.0)], ansatz=FIRST_IS_1, params=[], backend=backend, linear_constraints=linear, penalty=10
    )
    assert found == {"value": pytest.approx(-1 + 10), "variance": pytest.approx(0)}
    # x0 x0 times 4, plus 2 x0, less 5: 1 again; and a bound that holds costs nothing.
    quadratic = [
        {"quadratic_coeff": [[4, 1], [1, 9]], "linear_coeff": [2, 7], "rhs": 5},
        {"quadratic_coeff": [[4, 1], [1, 9]], "linear_coeff": [2, 7], "rhs": 6},
    ]
    changes = {"quadratic_constraints": quadratic, "penalty": 3}
    found = run(ionq, terms=[("ZI", 1.0)], ansatz=FIRST_IS_1, params=[], backend=backend, **changes)
    assert found["value"] == pytest.approx(1 + 3)


@pytest.mark.parametrize("backend", ["simulator", "qpu.forte-1"])
def test_cvar_is_the_mean_of_the_lowest_energies(ionq: Any, backend: str) -> None:
    # Energies 3, 1, -1, -3, each with a quarter: the lowest 3/8 are -3 and half of the -1s.
    found = run(ionq, terms=[("ZI", 2.0), ("IZ", 1.0)], ansatz=PLUS, params=[], backend=backend, cvar_alpha=0.375)
    assert found["value"] == pytest.approx(-7 / 3, abs=1e-9 if backend == "simulator" else 0.05)
    whole = run(ionq, terms=[("ZI", 2.0), ("IZ", 1.0)], ansatz=PLUS, params=[], backend=backend, cvar_alpha=1)
    assert whole["value"] == pytest.approx(0, abs=1e-9 if backend == "simulator" else 0.1)


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"params": [1.0]}, "PreflightError", "2 parameters"),
        ({"terms": [("ZZZ", 1.0)]}, "PreflightError", "2 qubits"),
        ({"terms": [("QZ", 1.0)]}, "PreflightError", "I, X, Y, Z"),
        ({"ansatz": "OPENQASM 3; qubit[2] q; nonsense q;", "params": []}, "PreflightError", "nonsense"),
        ({"ansatz": "OPENQASM 3; qubit[30] q; U(1,2,3) q;", "params": [], "terms": []}, "NotEnoughQubits", "30"),
        ({"ansatz": "OPENQASM 3; qubit[26] q; U(1,2,3) q;", "params": [], "terms": []}, "NotEnoughQubits", "26"),
        ({"cvar_alpha": 0.5}, "PreflightError", "cvar_alpha"),
        ({"cvar_alpha": 2, "terms": [("ZI", 1.0)]}, "PreflightError", "cvar_alpha"),
        ({"linear_constraints": [{"coeffs": [1], "rhs": 0}]}, "PreflightError", "constraint"),
        ({"ansatz": "OPENQASM 3; qubit[2] q; reset q;", "params": []}, "PreflightError", "gates"),
        ({"terms": [("ZI", 1e308), ("ZZ", 1e308)], "params": [0, 0]}, "PreflightError", "finite"),
    ],
)
def test_a_function_that_means_nothing_fails_before_it_runs(
    ionq: Any, changes: dict[str, Any], code: str, words: str
) -> None:
    found, message = failure(ionq, **changes)
    assert found == code
    assert words in message


def test_more_work_than_there_is_time_for_is_refused_before_it_begins(ionq: Any) -> None:
    size = 22
    terms = [(format(i + 1, f"0{size}b").replace("0", "I").replace("1", "Z"), 1.0) for i in range(2000)]
    ansatz = f"OPENQASM 3; qubit[{size}] q; U(1,2,3) q;"
    assert failure(ionq, terms=terms, ansatz=ansatz, params=[])[0] == "QuantumCircuitComplexityError"


def test_a_function_of_another_type_fails_with_its_name(ionq: Any) -> None:
    other = {"type": "quantum-function", "backend": "simulator", "input": {"type": "ising-energy", "data": {"a": 1}}}
    job = ionq.finish(ionq.post("/jobs", other)["id"])
    assert job["failure"]["code"] == "PreflightError"
    assert "ising-energy" in job["failure"]["message"]


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ({}, "input.data"),
        ({"data": {"type": "hamiltonian-energy"}}, "input.data.data"),
        ({"data": {"type": "hamiltonian-energy", "data": {"ansatz": {"data": ""}}}}, "input.data.data.hamiltonian"),
        (
            {"data": {"type": "hamiltonian-energy", "data": {"ansatz": {"data": ""}, "hamiltonian": [{}]}}},
            "input.data.data.hamiltonian.0.pauli_string",
        ),
        ({"data": {"type": "hamiltonian-energy", "data": {}}, "params": [10**400]}, "input.params.0"),
    ],
)
def test_a_function_in_another_form_is_refused_with_its_place(ionq: Any, source: Any, place: str) -> None:
    answer = ionq.ask("POST", "/jobs", json={"type": "quantum-function", "backend": "simulator", "input": source})
    assert answer.status_code == 400
    assert answer.json()["validation"]["keys"] == [place]


def test_a_function_is_priced_and_listed_and_cloned_like_any_job(ionq: Any) -> None:
    first = ionq.finish(ionq.post("/jobs", body(backend="qpu.forte-1"))["id"])
    assert first["stats"] == {"qubits": 2, "circuits": 4, "gate_counts": {"1q": 3, "2q": 1}}
    assert ionq.get(f"/jobs/{first['id']}/cost")["cost"]["value"] > 0
    assert ionq.get("/jobs")["jobs"][0]["results"] == first["results"]
    clone = ionq.finish(ionq.post(f"/jobs/{first['id']}/clone", {"backend": "simulator"})["id"])
    assert clone["results"]["value"] == pytest.approx(by_matrices(LOPSIDED, *ANGLES)[0])
    dry = ionq.finish(ionq.post("/jobs", {**body(), "dry_run": True})["id"])
    assert (dry["status"], dry["results"]) == ("completed", None)


def test_a_function_goes_through_the_bindings_and_its_values_through_the_wrapper(sandbox: Sandbox, ionq: Any) -> None:
    with sandbox.connect("ionq", api_key="test-key") as client:
        created = create_job.sync(client=client.api, body=QuantumFunctionJobCreationPayload.from_dict(body()))
        ionq.finish(created.id)
        result = client.job(created.id).result(timeout=30)
    assert result.raw == {
        "value": pytest.approx(by_matrices(LOPSIDED, *ANGLES)[0]),
        "variance": pytest.approx(by_matrices(LOPSIDED, *ANGLES)[1]),
    }
