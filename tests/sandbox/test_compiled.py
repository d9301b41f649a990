"""Compiled circuits: the same outcomes in native gates, and where the clouds show them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies
from quantum_jobs.errors import NotFoundError, UnsupportedError
from quantum_sandbox import Engine, LatencyProfile, Sandbox
from quantum_sandbox.engine import CircuitResult, NativeGate, Program, Task, outcome_as_json, outcome_from_json

HEAD = 'OPENQASM 3; include "stdgates.inc"; '
BELL = "qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; c = measure q;"
QUBITS = 3
ANGLES = strategies.one_of(
    strategies.floats(-7, 7),
    strategies.sampled_from([k * math.pi / 4 for k in range(-8, 9)]),
)
TURNS = strategies.floats(-1, 1)
ON_TWO_OR_THREE: Sequence[tuple[str, int]] = (
    *(("cx", 2), ("cz", 2), ("swap", 2), ("ch", 2), ("ccx", 3), ("cswap", 3)),
)
EACH_ONE = hypothesis.settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(hypothesis.HealthCheck)
)


@strategies.composite
def statements(draw: Any) -> str:
    """One gate in OpenQASM 3 on different ones of the qubits."""
    qubits = [f"q[{index}]" for index in draw(strategies.permutations(range(QUBITS)))]
    kind = draw(strategies.sampled_from(("plain", "turn", "general", "several", "controlled")))
    if kind == "plain":
        return f"{draw(strategies.sampled_from(['x', 'y', 'z', 'h', 's', 'sdg', 't', 'tdg', 'sx']))} {qubits[0]}; "
    if kind == "turn":
        return f"{draw(strategies.sampled_from(['rx', 'ry', 'rz', 'p']))}({draw(ANGLES)}) {qubits[0]}; "
    if kind == "general":
        return f"U({draw(ANGLES)}, {draw(ANGLES)}, {draw(ANGLES)}) {qubits[0]}; "
    if kind == "controlled":
        name = draw(strategies.sampled_from(["cp", "crx", "cry", "crz"]))
        return f"{name}({draw(ANGLES)}) {qubits[0]}, {qubits[1]}; "
    name, width = draw(strategies.sampled_from(ON_TWO_OR_THREE))
    return f"{name} {', '.join(qubits[:width])}; "


@strategies.composite
def native_gates(draw: Any, gate: NativeGate) -> dict[str, Any]:
    targets = list(draw(strategies.permutations(range(QUBITS))))
    name = draw(strategies.sampled_from(["gpi", "gpi2", gate]))
    if name == "zz":
        return {"gate": "zz", "targets": targets[:2], "angle": draw(TURNS)}
    if name == "ms":
        phases = [draw(TURNS), draw(TURNS)]
        return {"gate": "ms", "targets": targets[:2], "phases": phases, "angle": draw(TURNS)}
    return {"gate": name, "target": targets[0], "phase": draw(TURNS)}


def run(engine: Engine, circuit: Program, gate: NativeGate | None = None, **options: Any) -> CircuitResult:
    task = Task(circuit, compile_for=gate, **{"shots": 100, "seed": 1, "exact": True, **options})
    outcome = engine.submit(task).result(timeout=60)
    assert isinstance(outcome, CircuitResult), outcome
    return outcome


def qasm3(source: str) -> Program:
    return Program("qasm3", HEAD + source)


def near(found: Mapping[str, float], expected: Mapping[str, float]) -> bool:
    return all(abs(found.get(o, 0.0) - expected.get(o, 0.0)) < 1e-8 for o in {*found, *expected})


def check(engine: Engine, circuit: Program, gate: NativeGate) -> None:
    """The compiled circuit, read back in both languages, has the outcomes of the circuit it was made of."""
    original = run(engine, circuit, gate)
    assert set(original.compiled) == {"qasm3", "ionq.native"}
    for language, source in original.compiled.items():
        again = run(engine, Program(language, source))
        assert near(again.probabilities, original.probabilities), source


@pytest.mark.parametrize("gate", ["zz", "ms"])
def test_a_compiled_circuit_has_the_outcomes_of_the_original(engine: Engine, gate: NativeGate) -> None:
    @EACH_ONE
    @hypothesis.given(strategies.lists(statements(), max_size=12))
    def property_(lines: list[str]) -> None:
        check(engine, qasm3(f"qubit[{QUBITS}] q; {''.join(lines)}"), gate)

    property_()


@pytest.mark.parametrize("gate", ["zz", "ms"])
def test_native_gates_are_compiled_to_native_gates(engine: Engine, gate: NativeGate) -> None:
    @EACH_ONE
    @hypothesis.given(strategies.lists(native_gates(gate), max_size=12))
    def property_(gates: list[dict[str, Any]]) -> None:
        check(engine, Program("ionq.native", json.dumps({"qubits": QUBITS, "circuit": gates})), gate)

    property_()


@pytest.mark.parametrize(("gate", "fields"), [("zz", {"angle"}), ("ms", {"angle", "phases"})])
def test_only_the_machine_s_own_gates_are_used_within_their_range(
    engine: Engine, gate: NativeGate, fields: set[str]
) -> None:
    source = "qubit[3] q; h q; cp(-2.5) q[0], q[1]; ccx q[0], q[1], q[2]; crx(5.9) q[2], q[0]; U(1, 2, 3) q[1];"
    compiled = json.loads(run(engine, qasm3(source), gate).compiled["ionq.native"])
    assert compiled["qubits"] == 3
    for step in compiled["circuit"]:
        if step["gate"] == gate:
            assert set(step) == {"gate", "targets", *fields}
            assert 0 < abs(step["angle"]) <= (0.25 if gate == "zz" else 0.5)
        else:
            assert step["gate"] in ("gpi", "gpi2")
            assert set(step) == {"gate", "target", "phase"}
            assert 0 <= step["phase"] < 1
    assert {step["gate"] for step in compiled["circuit"]} >= {gate, "gpi2"}


def test_a_turn_of_a_phase_costs_no_gate(engine: Engine) -> None:
    turns = "qubit[2] q; rz(0.3) q[0]; s q[0]; t q[1]; z q[1];"
    assert json.loads(run(engine, qasm3(turns), "zz").compiled["ionq.native"])["circuit"] == []
    # It turns the axis of what follows: X from half a turn of z is the other way round.
    gates = json.loads(run(engine, qasm3("qubit q; sx q; z q; sx q; sx q; h q;"), "zz").compiled["ionq.native"])
    assert len(gates["circuit"]) <= 2


def test_a_circuit_that_measures_in_the_middle_is_compiled_to_openqasm_only(engine: Engine) -> None:
    source = "qubit[2] q; bit[3] c; h q[0]; c[0] = measure q[0]; rx(0.4) q[0]; cx q[0], q[1]; c[2] = measure q[1]; "
    original = run(engine, qasm3(source + "reset q[1]; ry(0.7) q[1]; c[1] = measure q[1];"), "zz")
    assert set(original.compiled) == {"qasm3"}
    again = run(engine, Program("qasm3", original.compiled["qasm3"]))
    assert len(original.probabilities) == 8
    assert near(again.probabilities, original.probabilities)


def test_bits_keep_their_qubits(engine: Engine) -> None:
    original = run(engine, qasm3("qubit[3] q; bit[2] c; x q[2]; c[1] = measure q[2]; c[0] = measure q[0];"), "zz")
    assert original.probabilities == {"10": 1.0}
    again = run(engine, Program("qasm3", original.compiled["qasm3"]))
    assert again.probabilities == {"10": 1.0}


@pytest.mark.parametrize("gates", ["t q[0]; h q[0]; cx q[0], q[1]; " * 900, "ccx q[0], q[1], q[2]; " * 200])
def test_of_a_long_circuit_no_compiled_one_is_kept(engine: Engine, gates: str) -> None:
    assert run(engine, Program("qasm2", f'OPENQASM 2.0; include "qelib1.inc"; qreg q[3]; {gates}'), "zz").compiled == {}


def test_nothing_is_compiled_unless_it_is_asked_for(engine: Engine) -> None:
    assert run(engine, qasm3(BELL)).compiled == {}


def test_an_outcome_keeps_its_compiled_circuit_when_it_is_saved(engine: Engine) -> None:
    outcome = run(engine, qasm3(BELL), "zz")
    assert outcome.compiled
    assert outcome_from_json(json.loads(json.dumps(outcome_as_json(outcome)))) == outcome


def _ionq_job(ionq: Any, **changes: Any) -> Any:
    body = {"type": "ionq.qasm3.v1", "backend": "qpu.forte-1", "shots": 100, "input": {"data": HEAD + BELL}, **changes}
    return ionq.finish(ionq.post("/jobs", body)["id"])


def test_ionq_gives_compiled_circuits_as_artifacts(engine: Engine, ionq: Any) -> None:
    job = _ionq_job(ionq)
    circuits = job["output"]["compilation"]["compiled_circuits"]
    types = {name: circuit["media_type"] for name, circuit in circuits.items()}
    assert types == {"ionq.native.v1": "application/json", "ionq.qasm3.v1": "text/plain"}
    assert all(circuit["format"] == name for name, circuit in circuits.items())
    native = ionq.get(f"/jobs/{job['id']}/artifacts/{circuits['ionq.native.v1']['id']}")
    assert native["qubits"] == 2
    text = ionq.ask("GET", f"/jobs/{job['id']}/artifacts/{circuits['ionq.qasm3.v1']['id']}")
    assert text.headers["content-type"].startswith("text/plain")
    for circuit in (Program("ionq.native", json.dumps(native)), Program("qasm3", text.text)):
        assert run(engine, circuit).probabilities == pytest.approx({"00": 0.5, "11": 0.5})
    assert ionq.ask("GET", f"/jobs/{job['id']}/artifacts/no-such-artifact").status_code == 404


def test_ionq_compiles_nothing_for_the_simulator(ionq: Any) -> None:
    assert "compilation" not in _ionq_job(ionq, backend="simulator")["output"]


def test_a_dry_run_is_compiled_as_a_run_is(ionq: Any) -> None:
    jobs = [_ionq_job(ionq, dry_run=dry) for dry in (True, False)]
    found = [
        [
            ionq.ask("GET", f"/jobs/{job['id']}/artifacts/{circuit['id']}").text
            for circuit in job["output"]["compilation"]["compiled_circuits"].values()
        ]
        for job in jobs
    ]
    assert found[0] == found[1]
    assert len(found[0]) == 2


def test_a_job_of_ionq_that_is_not_done_shows_no_compiled_circuit(ionq: Any) -> None:
    body = {"type": "ionq.qasm3.v1", "backend": "qpu.forte-1", "input": {"data": HEAD + BELL}}
    assert ionq.get(f"/jobs/{ionq.post('/jobs', body)['id']}")["output"] == {}


def test_of_several_circuits_each_child_has_its_own_compiled_one(ionq: Any) -> None:
    x = {"gateset": "native", "qubits": 1, "circuit": [{"gate": "gpi", "target": 0, "phase": 0.25}]}
    source = {"gateset": "native", "circuits": [x, x]}
    job = _ionq_job(ionq, type="ionq.multi-circuit.v1", input=source)
    assert "compilation" not in job["output"]
    child = ionq.get(f"/jobs/{job['child_job_ids'][1]}")
    artifact = child["output"]["compilation"]["compiled_circuits"]["ionq.native.v1"]
    circuit = ionq.get(f"/jobs/{child['id']}/artifacts/{artifact['id']}")
    assert [step["gate"] for step in circuit["circuit"]] == ["gpi"]


def test_qbraid_gives_the_compiled_programs_of_a_qpu(engine: Engine, qbraid: Any) -> None:
    program = {"format": "qasm3", "data": HEAD + BELL}

    def finished(device: str, programs: Any) -> str:
        job = qbraid.finish(qbraid.post("/jobs", {"deviceQrn": device, "program": programs})["data"]["jobQrn"])
        return f"/jobs/{job['jobQrn']}/compiled-program"

    one = qbraid.get(finished("aws:ionq:qpu:forte-1", program))["data"]
    assert one["format"] == "qasm3"
    assert run(engine, Program("qasm3", one["data"])).probabilities == pytest.approx({"00": 0.5, "11": 0.5})
    assert qbraid.get(finished("aws:ionq:qpu:forte-1", [program, program]))["data"] == [one, one]
    assert qbraid.ask("GET", finished("aws:aws:sim:sv1", program)).status_code == 404
    waiting = qbraid.post("/jobs", {"deviceQrn": "aws:ionq:qpu:forte-1", "program": program})["data"]["jobQrn"]
    assert qbraid.ask("GET", f"/jobs/{waiting}/compiled-program").status_code == 404


@pytest.mark.parametrize(
    ("service", "qpu", "simulator", "format_", "missing"),
    [
        ("ionq", "qpu.forte-1", "simulator", "ionq.qasm3.v1", UnsupportedError),
        ("qbraid", "aws:ionq:qpu:forte-1", "aws:aws:sim:sv1", "qasm3", NotFoundError),
    ],
)
def test_the_wrapper_reads_compiled_programs(
    engine: Engine, service: str, qpu: str, simulator: str, format_: str, missing: type[Exception]
) -> None:
    with (
        Sandbox(engine=engine, in_process=True, latency=LatencyProfile(0, 0, 0)) as sandbox,
        sandbox.connect(service) as client,
    ):
        job, plain = (client.submit(HEAD + BELL, device=device, shots=100) for device in (qpu, simulator))
        job.wait(timeout=30)
        compiled = job.compiled_program()
        assert compiled.format == format_
        assert isinstance(compiled.data, str)
        assert "gpi2(" in compiled.data
        again = run(engine, Program("qasm3", compiled.data))
        assert again.probabilities == pytest.approx({"00": 0.5, "11": 0.5})
        plain.wait(timeout=30)
        with pytest.raises(missing):
            plain.compiled_program()
