"""A circuit that is not symmetric comes out in each vendor's own way of writing its bits: raw answers, and no client.

IonQ: decimal keys have qubit i as bit i; bitstrings have bit 0 leftmost; in shots, element i is bit i. qBraid: bit 0 is
rightmost.
"""

from __future__ import annotations

from typing import Any

import pytest
from quantum_sandbox import Engine, Sandbox

HEAD = 'OPENQASM 3; include "stdgates.inc"; '
QPU = "qpu.forte-1"


def run(ionq: Any, source: str, backend: str = QPU, shots: int = 7, **changes: Any) -> Any:
    """A finished job of IonQ v0.4."""
    body = {"type": "ionq.qasm3.v1", "backend": backend, "shots": shots, "input": {"data": HEAD + source}, **changes}
    job = ionq.finish(ionq.post("/jobs", body)["id"])
    assert job["status"] == "completed", job["failure"]
    return job


def result(ionq: Any, job: Any, result_format: str) -> Any:
    return ionq.get(f"/jobs/{job['id']}/artifacts/{job['results'][f'ionq.result.{result_format}']['id']}")


def registers(ionq: Any, job: Any, kind: str = "histogram") -> Any:
    return result(ionq, job, f"{kind}.json.v2")[kind]["registers"]


def in_each_shot(ionq: Any, job: Any) -> list[dict[str, list[int]]]:
    return [shot["registers"] for shot in result(ionq, job, "shots.json.v2")["shots"]]


@pytest.mark.parametrize("language", ["qasm2", "qasm3", "json"])
@pytest.mark.parametrize("backend", ["simulator", QPU])
def test_ionq_v0_4_has_qubit_0_as_the_lowest_bit_of_a_number_and_leftmost_in_a_bitstring(
    ionq: Any, x_on_qubit_0: dict[str, Any], language: str, backend: str
) -> None:
    program = x_on_qubit_0[language]
    is_json = language == "json"
    job = run(
        ionq,
        "",
        backend,
        type="ionq.circuit.v1" if is_json else "ionq.qasm3.v1",
        input=program if is_json else {"data": program},
    )
    assert ionq.get(f"/jobs/{job['id']}/results/probabilities") == {"1": 1.0}
    assert registers(ionq, job, "probabilities")["output_all"] == {"10": 1.0}
    if backend == QPU:
        assert result(ionq, job, "histogram.json.v1") == {"1": 7}
        assert result(ionq, job, "shots.json.v1") == ["1"] * 7
        assert registers(ionq, job)["output_all"] == {"10": 7}
        assert [shot["output_all"] for shot in in_each_shot(ionq, job)] == [[1, 0]] * 7


@pytest.mark.parametrize("backend", ["simulator", QPU])
@pytest.mark.parametrize("language", ["qasm2", "qasm3", "json"])
def test_ionq_v0_3_gives_decimal_keys_with_qubit_0_as_the_lowest_bit(
    old_ionq: Any, x_on_qubit_0: dict[str, Any], language: str, backend: str
) -> None:
    program = x_on_qubit_0[language]
    source = {"format": "ionq.circuit.v0", **program} if language == "json" else {"format": "openqasm", "data": program}
    job = old_ionq.finish(old_ionq.post("/jobs", {"target": backend, "input": source})["id"])
    assert old_ionq.get(job["results_url"].removeprefix("/v0.3")) == {"1": 1.0}


@pytest.mark.parametrize("backend", ["simulator", QPU])
def test_ionq_v0_3_gives_the_qubits_whatever_bits_they_are_measured_into(old_ionq: Any, backend: str) -> None:
    source = {"format": "openqasm", "data": HEAD + "qubit[3] q; bit[1] c; x q[2]; c[0] = measure q[2];"}
    job = old_ionq.finish(old_ionq.post("/jobs", {"target": backend, "input": source})["id"])
    assert old_ionq.get(f"/jobs/{job['id']}/results") == {"4": 1.0}


@pytest.mark.parametrize("language", ["qasm2", "qasm3", "json"])
def test_qbraid_gives_bitstrings_with_qubit_0_rightmost(
    qbraid: Any, x_on_qubit_0: dict[str, Any], language: str
) -> None:
    body = {
        "deviceQrn": "ionq:ionq:sim:simulator" if language == "json" else "qbraid:qbraid:sim:qir-sv",
        "shots": 20,
        "program": {"format": "ionq.circuit.v0" if language == "json" else language, "data": x_on_qubit_0[language]},
    }
    job = qbraid.finish(qbraid.post("/jobs", body)["data"]["jobQrn"])
    assert qbraid.get(f"/jobs/{job['jobQrn']}/result")["data"]["resultData"]["measurementCounts"] == {"01": 20}


def test_qbraid_gives_the_classical_bits(qbraid: Any) -> None:
    program = HEAD + "qubit[3] q; bit[3] c; x q[0]; c[2] = measure q[0];"
    body = {"deviceQrn": "aws:aws:sim:sv1", "shots": 5, "program": {"format": "qasm3", "data": program}}
    job = qbraid.finish(qbraid.post("/jobs", body)["data"]["jobQrn"])
    assert qbraid.get(f"/jobs/{job['jobQrn']}/result")["data"]["resultData"]["measurementCounts"] == {"100": 5}


def test_named_registers_are_the_classical_bits_and_output_all_is_every_qubit(ionq: Any) -> None:
    job = run(ionq, "qubit[3] q; bit[1] c; x q[2]; c[0] = measure q[2];")
    assert registers(ionq, job) == {"c": {"1": 7}, "output_all": {"001": 7}}
    assert registers(ionq, job, "probabilities") == {"c": {"1": 1.0}, "output_all": {"001": 1.0}}
    assert in_each_shot(ionq, job) == [{"c": [1], "output_all": [0, 0, 1]}] * 7
    assert ionq.get(f"/jobs/{job['id']}/results/probabilities") == {"4": 1.0}


def test_a_permuted_measurement_turns_the_named_register_and_not_the_qubits(ionq: Any) -> None:
    job = run(ionq, "qubit[3] q; bit[3] c; x q[0]; c[2] = measure q[0]; c[0] = measure q[1]; c[1] = measure q[2];")
    assert registers(ionq, job) == {"c": {"001": 7}, "output_all": {"100": 7}}


def test_the_final_state_of_a_qubit_is_not_what_it_was_in_the_middle(ionq: Any) -> None:
    job = run(ionq, "qubit[2] q; bit[1] mid; bit[1] c; mid[0] = measure q[0]; x q[0]; c[0] = measure q[1];")
    assert registers(ionq, job) == {"mid": {"0": 7}, "c": {"0": 7}, "output_all": {"10": 7}}


def test_a_bit_that_is_written_twice_does_not_stand_for_the_first_qubit_any_more(ionq: Any) -> None:
    job = run(ionq, "qubit[2] q; bit[1] c; x q[0]; c[0] = measure q[0]; c[0] = measure q[1];")
    assert registers(ionq, job) == {"c": {"0": 7}, "output_all": {"10": 7}}


def test_several_registers_have_marginals_and_only_the_shots_have_both_together(ionq: Any) -> None:
    job = run(
        ionq, "qubit[2] q; bit[1] a; bit b; h q[0]; cx q[0], q[1]; a[0] = measure q[0]; b = measure q[1];", shots=90
    )
    found = registers(ionq, job)
    assert list(found) == ["a", "b", "output_all"], "in the order of their declarations"
    assert found["a"] == found["b"]
    assert set(found["a"]) == {"0", "1"}
    shots = in_each_shot(ionq, job)
    assert {(tuple(shot["a"]), tuple(shot["b"])) for shot in shots} == {((0,), (0,)), ((1,), (1,))}
    assert all(shot["output_all"] == [*shot["a"], *shot["b"]] for shot in shots)
    assert found["a"] == {bit: sum(shot["a"] == [int(bit)] for shot in shots) for bit in "01"}


def test_registers_have_the_names_of_the_program_whatever_else_is_declared(ionq: Any) -> None:
    declared = "qubit[3] q; bit one; bit[2] Two; let alias = Two[0:0]; bit three; "
    job = run(ionq, declared + "x q; one = measure q[0]; three = measure q[2];")
    assert registers(ionq, job) == {"one": {"1": 7}, "Two": {"00": 7}, "three": {"1": 7}, "output_all": {"111": 7}}


def test_the_vendor_s_own_register_is_the_qubits_also_where_a_program_has_one_of_that_name(ionq: Any) -> None:
    job = run(ionq, "qubit[2] q; bit[1] output_all; x q[1]; output_all[0] = measure q[0];")
    assert registers(ionq, job) == {"output_all": {"01": 7}}


def test_the_ideal_simulator_has_no_named_registers_and_no_shots(ionq: Any) -> None:
    for source in ("c = measure q;", "c[0] = measure q[2];", "c[0] = measure q[0]; x q[1];"):
        job = run(ionq, f"qubit[3] q; bit[3] c; x q[2]; {source}", "simulator")
        assert set(registers(ionq, job, "probabilities")) == {"output_all"}
        assert {name.split(".")[2] for name in job["results"] if name.startswith("ionq.")} == {"probabilities"}
    assert registers(ionq, job, "probabilities") == {"output_all": {"011": 1.0}}
    noisy = run(ionq, "qubit[3] q; bit[3] c; x q[2]; c = measure q;", "simulator", noise={"model": "aria-1", "seed": 1})
    assert set(registers(ionq, noisy)) == {"c", "output_all"}


def test_a_qubit_is_read_once_where_it_is_measured_last(ionq: Any) -> None:
    """With noise the register and the qubit agree: they are one reading."""
    source = "qubit[2] q; bit[2] c; c[0] = measure q[1]; c[1] = measure q[0];"
    job = run(ionq, source, "simulator", shots=3000, noise={"model": "harmony", "seed": 1})
    shots = in_each_shot(ionq, job)
    assert all(shot["output_all"] == shot["c"][::-1] for shot in shots)
    assert any(shot["c"] != [0, 0] for shot in shots), "some are misread"


def test_registers_of_a_json_circuit_are_its_qubits(ionq: Any) -> None:
    circuit = {"qubits": 3, "circuit": [{"gate": "x", "target": 1}], "registers": {"meas": [1, None, 0]}}
    several = {"gateset": "qis", "circuits": [circuit, {**circuit, "registers": {"e": [], "f": [2, 1]}}]}
    job = run(ionq, "", type="ionq.multi-circuit.v1", input=several)
    children = [ionq.get(f"/jobs/{child}") for child in job["child_job_ids"]]
    assert [registers(ionq, child) for child in children] == [
        {"meas": {"100": 7}, "output_all": {"010": 7}},
        {"f": {"01": 7}, "output_all": {"010": 7}},
    ]


def test_circuits_of_one_job_have_results_of_their_own_and_the_job_has_all_in_one(ionq: Any) -> None:
    circuits = [{"qubits": n, "circuit": [{"gate": "x", "target": 0}]} for n in (1, 3)]
    job = run(ionq, "", type="ionq.multi-circuit.v1", input={"gateset": "qis", "circuits": circuits})
    assert set(job["results"]) == {"probabilities", "ionq.result.probabilities-aggregate.json.v1"}
    assert result(ionq, job, "probabilities-aggregate.json.v1") == {child: {"1": 1.0} for child in job["child_job_ids"]}
    children = [ionq.get(f"/jobs/{child}") for child in job["child_job_ids"]]
    assert [registers(ionq, child)["output_all"] for child in children] == [{"1": 7}, {"100": 7}]


def test_circuits_of_one_job_may_have_their_results_in_different_ways(engine: Engine, clock: Any, connect: Any) -> None:
    circuits = [{"qubits": 2, "circuit": [{"gate": "x", "target": 0}]}] * 3
    with Sandbox(engine=engine, clock=clock, result_shape="mixed") as sandbox, connect(sandbox, "ionq") as ionq:
        job = run(ionq, "", type="ionq.multi-circuit.v1", input={"gateset": "qis", "circuits": circuits})
        children = [ionq.get(f"/jobs/{child}") for child in job["child_job_ids"]]
        by_url = ["probabilities" in child["results"] for child in children]
        assert by_url in ([True, False, True], [False, True, False])
        for child in children:
            if "probabilities" in child["results"]:
                assert ionq.get(child["results"]["probabilities"]["url"].removeprefix("/v0.4")) == {"1": 1.0}
            else:
                assert registers(ionq, child)["output_all"] == {"10": 7}


MIDDLE = "qubit[2] q; bit[1] mid; bit[2] c; x q[0]; mid[0] = measure q[0]; x q[0]; x q[1]; c = measure q;"


@pytest.mark.parametrize("by_type", [True, False])
def test_the_tempo_form_has_no_key_around_the_registers_and_is_had_by_url(
    engine: Engine, clock: Any, connect: Any, by_type: bool
) -> None:
    """Not in the vendor's document, but what its own client sends and reads."""
    shape = "both" if by_type else "tempo"
    sent = {"type": "ionq.circuit.v2", "input": HEAD + MIDDLE} if by_type else {}
    with Sandbox(engine=engine, clock=clock, result_shape=shape) as sandbox, connect(sandbox, "ionq") as ionq:
        ionq.http.event_hooks["response"].clear()
        job = run(ionq, MIDDLE, **sent)
        assert job["type"] == "ionq.circuit.v2"
        place = f"/v0.4/jobs/{job['id']}/results"
        assert job["results"] == {kind: {"url": f"{place}/{kind}"} for kind in ("probabilities", "histogram", "shots")}
        found = {kind: ionq.get(where["url"].removeprefix("/v0.4")) for kind, where in job["results"].items()}
    assert found["probabilities"] == {"probabilities": {"mid": {"1": 1.0}, "c": {"01": 1.0}, "output_all": {"01": 1.0}}}
    assert found["histogram"] == {"histogram": {"mid": {"1": 7}, "c": {"01": 7}, "output_all": {"01": 7}}}
    assert found["shots"] == {"shots": [{"mid": [[1]], "c": [[0, 1]], "output_all": [[0, 1]]}] * 7}


def test_a_program_for_tempo_is_text(ionq: Any) -> None:
    body = {"type": "ionq.circuit.v2", "backend": QPU, "input": {"data": ""}}
    response = ionq.ask("POST", "/jobs", json=body)
    assert (response.status_code, response.json()["validation"]["keys"]) == (400, ["input"])


def test_leaked_shots_are_marked_and_in_no_other_result(engine: Engine, clock: Any, connect: Any) -> None:
    with Sandbox(engine=engine, clock=clock, leakage=0.1) as sandbox, connect(sandbox, "ionq") as ionq:
        job = run(ionq, "qubit[2] q; bit[2] c; c = measure q;", shots=100)
        shots = result(ionq, job, "shots.json.v2")["shots"]
        leaked = [shot for shot in shots if any(shot["leakage_bits"])]
        assert (len(shots), len(leaked)) == (110, 10)
        assert all(shot["leakage_bits"] == [0, 0] for shot in shots if shot not in leaked)
        # A leaked qubit is read as 1, so that counting these shots makes a difference.
        assert all(shot["registers"]["c"] == shot["leakage_bits"] for shot in leaked)
        assert 0 < shots.index(leaked[0]) < 100, "they are in between"
        assert registers(ionq, job) == {"c": {"00": 100}, "output_all": {"00": 100}}
        assert result(ionq, job, "shots.json.v1") == ["0"] * 100
        simulated = run(ionq, "qubit q; bit c; c = measure q;", "simulator", noise={"model": "aria-1"})
        assert not any("leakage_bits" in shot for shot in result(ionq, simulated, "shots.json.v2")["shots"])


@pytest.mark.parametrize("asked", [True, False])
def test_tempo_gives_the_leakage_beside_the_probabilities_where_it_is_asked_for(
    engine: Engine, clock: Any, connect: Any, asked: bool
) -> None:
    shaped = Sandbox(engine=engine, clock=clock, leakage=0.1, result_shape="tempo")
    with shaped as sandbox, connect(sandbox, "ionq") as ionq:
        ionq.http.event_hooks["response"].clear()
        job = run(ionq, "qubit[2] q; x q[0];", shots=20, settings={"include_leakage": asked})
        found = ionq.get(f"/jobs/{job['id']}/results/probabilities")
    assert found["probabilities"] == {"output_all": {"10": 1.0}}
    assert ("output" in found) is asked
    if asked:
        leakage = found["output"]["error_mitigation"]["leakage"]
        assert (len(leakage), sum(any(bits) for bits in leakage)) == (22, 2)


@pytest.mark.parametrize("leakage", [-0.1, 1.1, True, "0.1", None])
def test_leakage_is_a_share(leakage: Any) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Sandbox(leakage=leakage)
