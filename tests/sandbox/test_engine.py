"""The simulator: gates against their matrices, repeatable shots, and a wall that hostile programs do not pass."""

from __future__ import annotations

import cmath
import json
import math
import time
from typing import Any

import pytest
from quantum_sandbox import Engine, Limits
from quantum_sandbox.engine import CircuitResult, Failure, Program, Task

HEAD_2 = 'OPENQASM 2.0; include "qelib1.inc"; '
HEAD_3 = 'OPENQASM 3; include "stdgates.inc"; '


def run(engine: Engine, source: Any, language: str, **options: Any) -> Any:
    text = source if isinstance(source, str) else json.dumps(source)
    circuit = Program(language, text)  # type: ignore[arg-type]  # one of its languages
    return engine.submit(Task(circuit, **{"shots": 100, "seed": 1, **options})).result(timeout=60)


def probabilities(engine: Engine, gates: list[dict[str, Any]], *, native: bool = False) -> dict[str, float]:
    outcome = run(engine, {"qubits": 2, "circuit": gates}, "ionq.native" if native else "ionq.qis", exact=True)
    assert isinstance(outcome, CircuitResult), outcome
    return dict(outcome.probabilities)


def on_one_qubit(steps: list[list[list[complex]]]) -> dict[str, float]:
    """The outcomes of 2 x 2 matrices applied to qubit 0 of 2, computed by hand."""
    state = [1 + 0j, 0j]
    for matrix in steps:
        state = [sum(matrix[row][column] * state[column] for column in range(2)) for row in range(2)]
    return {f"0{bit}": abs(amplitude) ** 2 for bit, amplitude in enumerate(state) if abs(amplitude) > 1e-9}


def gpi(phase: float) -> list[list[complex]]:
    turn = cmath.exp(2j * math.pi * phase)
    return [[0, turn.conjugate()], [turn, 0]]


def gpi2(phase: float) -> list[list[complex]]:
    turn = cmath.exp(2j * math.pi * phase)
    half = 1 / math.sqrt(2)
    return [[half, -1j * turn.conjugate() * half], [-1j * turn * half, half]]


def test_native_gates_take_their_phases_in_turns(engine: Engine) -> None:
    # Interference makes each phase visible: GPI2(p) GPI(r) GPI2(q) depends on all three.
    for p, r, q in [(0.1, 0.3, 0.05), (0.0, 0.2, 0.25), (0.7, 0.15, 0.4)]:
        got = probabilities(
            engine,
            [
                {"gate": "gpi2", "target": 0, "phase": p},
                {"gate": "gpi", "target": 0, "phase": r},
                {"gate": "gpi2", "target": 0, "phase": q},
            ],
            native=True,
        )
        assert got == pytest.approx(on_one_qubit([gpi2(p), gpi(r), gpi2(q)]))


def test_ms_entangles_by_its_angle_and_fully_without_one(engine: Engine) -> None:
    gate: dict[str, Any] = {"gate": "ms", "targets": [0, 1], "phases": [0, 0]}
    assert probabilities(engine, [gate], native=True) == pytest.approx({"00": 0.5, "11": 0.5})
    angle = math.pi * 0.1
    got = probabilities(engine, [{**gate, "angle": 0.1}], native=True)
    assert got == pytest.approx({"00": math.cos(angle) ** 2, "11": math.sin(angle) ** 2})


def test_ms_gives_each_phase_to_its_own_qubit(engine: Engine) -> None:
    # Undone by gates that know which qubit has which phase.
    gates: list[dict[str, Any]] = [
        {"gate": "ms", "targets": [0, 1], "phases": [0.1, 0.4]},
        {"gate": "gpi", "target": 0, "phase": 0.1},
        {"gate": "gpi", "target": 1, "phase": 0.4},
        {"gate": "ms", "targets": [0, 1], "phases": [0.1, 0.4]},
    ]
    assert probabilities(engine, gates, native=True) == pytest.approx({"00": 1.0})


def test_zz_means_radians_among_abstract_gates_and_turns_among_native_ones(engine: Engine) -> None:
    def around(gate: dict[str, Any], first: dict[str, Any], last: dict[str, Any]) -> list[dict[str, Any]]:
        return [first, gate, last]

    rotation = 0.6
    got = probabilities(
        engine,
        around(
            {"gate": "zz", "targets": [0, 1], "rotation": rotation},
            {"gate": "h", "target": 0},
            {"gate": "h", "target": 0},
        ),
    )
    expected = {"00": math.cos(rotation / 2) ** 2, "01": math.sin(rotation / 2) ** 2}
    assert got == pytest.approx(expected)
    turn = {"gate": "gpi2", "target": 0, "phase": 0.25}
    back = {"gate": "gpi2", "target": 0, "phase": 0.75}
    got = probabilities(
        engine,
        around({"gate": "zz", "targets": [0, 1], "angle": rotation / (2 * math.pi)}, turn, back),
        native=True,
    )
    assert got == pytest.approx(expected)


@pytest.mark.parametrize(
    ("gates", "expected"),
    [
        ([{"gate": "not", "target": 1}], {"10": 1.0}),
        ([{"gate": "x", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}], {"11": 1.0}),
        ([{"gate": "x", "targets": [0, 1]}], {"11": 1.0}),
        ([{"gate": "x", "target": 0}, {"gate": "swap", "targets": [0, 1]}], {"10": 1.0}),
        ([{"gate": "v", "target": 0}, {"gate": "vi", "target": 0}], {"00": 1.0}),
        ([{"gate": "v", "target": 0}, {"gate": "v", "target": 0}], {"01": 1.0}),
        ([{"gate": name, "target": 0} for name in ("h", "s", "s", "s", "si", "h")],
         {"01": 1.0}),
        ([{"gate": "rx", "target": 0, "rotation": math.pi / 3}], {"00": 0.75, "01": 0.25}),
        ([{"gate": "xx", "targets": [0, 1], "rotation": math.pi / 3}], {"00": 0.75, "11": 0.25}),
        ([{"gate": "pauliexp", "targets": [0, 1], "terms": ["IX"], "coefficients": [1.0], "time": math.pi / 6}],
         {"00": 0.75, "01": 0.25}),
        ([{"gate": "x", "target": 0}, {"gate": "ry", "target": 1, "control": 0, "rotation": math.pi}], {"11": 1.0}),
    ],
)  # fmt: skip
def test_abstract_gates_do_what_their_names_say(
    engine: Engine, gates: list[dict[str, Any]], expected: dict[str, float]
) -> None:
    assert probabilities(engine, gates) == pytest.approx(expected)


@pytest.mark.parametrize("language", ["qasm2", "qasm3"])
def test_a_program_s_own_gates_are_followed_in_order_and_win_over_built_in_ones(engine: Engine, language: str) -> None:
    body = "gate a x0 { U(pi,0,pi) x0; } gate h x0 { a x0; a x0; a x0; } gate b x0, x1 { h x0; CX x0, x1; a x0; } "
    if language == "qasm2":
        source = f"OPENQASM 2.0; {body} qreg q[2]; creg c[2]; b q[0], q[1]; measure q -> c;"
    else:
        body = body.replace("CX x0, x1;", "ctrl @ U(pi,0,pi) x0, x1;")
        source = f"OPENQASM 3; {body} qubit[2] q; bit[2] c; b q[0], q[1]; c = measure q;"
    assert run(engine, source, language).counts == {"10": 100}


@pytest.mark.parametrize("names", ["a, b", "b, a", "t, f", "phi, lambda", "x10, x9"])
def test_angles_of_a_program_s_own_gate_are_taken_in_the_order_of_their_declaration(engine: Engine, names: str) -> None:
    first, second = names.split(", ")
    body = (
        f"gate one({names}) x {{ rx({first}) x; ry({second}) x; }} gate two({names}) x {{ one({second}, {first}) x; }}"
    )
    exact = {}
    for call in ("one(2.0, 0.3)", "two(2.0, 0.3)"):
        outcome = run(
            engine, f"{HEAD_3}{body} qubit q; bit c; {call} q; ry(0.4) q; c = measure q;", "qasm3", exact=True
        )
        exact[call[:3]] = outcome.probabilities["1"]
    expected = [on_one_qubit([_rx(x), _ry(y), _ry(0.4)])["01"] for x, y in ((2.0, 0.3), (0.3, 2.0))]
    assert expected[0] != pytest.approx(expected[1])
    assert [exact["one"], exact["two"]] == pytest.approx(expected)


def _rx(angle: float) -> list[list[complex]]:
    cos, sin = math.cos(angle / 2), math.sin(angle / 2)
    return [[cos, -1j * sin], [-1j * sin, cos]]


def _ry(angle: float) -> list[list[complex]]:
    cos, sin = math.cos(angle / 2), math.sin(angle / 2)
    return [[cos, -sin], [sin, cos]]


@pytest.mark.parametrize("name", ["p", "u", "sx", "cu", "swap", "rxx", "u0"])
@pytest.mark.parametrize("include", ['include "qelib1.inc";', ""])
def test_a_register_may_have_the_name_of_a_gate_that_version_2_did_not_begin_with(
    engine: Engine, name: str, include: str
) -> None:
    registers = [f"qreg {name}[2]; creg c[2]; U(pi, 0, pi) {name}[1]; measure {name} -> c;"]
    registers += [f"qreg q[2]; creg {name}[2]; U(pi, 0, pi) q[1]; measure q -> {name};"]
    for body in registers:
        assert run(engine, f"OPENQASM 2.0; {include} {body}", "qasm2", exact=True).probabilities == {"10": 1.0}


def test_a_comment_declares_and_includes_nothing(engine: Engine) -> None:
    source = (
        HEAD_2
        + "qreg q[1]; creg c[1];\n// here the gate sx is used, and no creg p\n sx q; sx q; p(0.5) q; measure q -> c;"
    )
    assert run(engine, source, "qasm2", exact=True).probabilities == pytest.approx({"1": 1.0})
    outcome = run(engine, '// include "qelib1.inc";\nOPENQASM 2.0; qreg q[1];\nsx q;', "qasm2")
    assert isinstance(outcome, Failure)
    assert "line 3, column 1" in outcome.message


@pytest.mark.parametrize("length", ["0", "1", "0.5", "pi/2", "sqrt(2)"])
def test_waiting_changes_nothing_however_long_it_takes(engine: Engine, length: str) -> None:
    body = f"gate own(t) a {{ u0(t) a; }} qreg q[1]; creg c[1]; h q; u0({length}) q; own({length}) q; h q;"
    assert run(engine, f"{HEAD_2}{body} measure q -> c;", "qasm2", exact=True).probabilities == pytest.approx(
        {"0": 1.0}
    )


def test_the_same_seed_gives_the_same_shots_and_another_seed_others(engine: Engine, bell: str) -> None:
    first = run(engine, bell, "qasm3", shots=1000, seed=5)
    assert first.counts == run(engine, bell, "qasm3", shots=1000, seed=5).counts
    assert first.counts != run(engine, bell, "qasm3", shots=1000, seed=6).counts
    assert set(first.counts) == {"00", "11"}
    assert sum(first.counts.values()) == 1000


def test_measurements_may_stand_in_the_middle(engine: Engine) -> None:
    source = HEAD_3 + "qubit[1] q; bit[2] c; x q[0]; c[0] = measure q[0]; reset q[0]; c[1] = measure q[0];"
    assert run(engine, source, "qasm3").counts == {"01": 100}


def test_a_measurement_into_nothing_is_not_taken_for_no_measurement(engine: Engine) -> None:
    """Between two Hadamard gates it would make a coin of what is 0 without it."""
    source = HEAD_3 + "qubit q; bit c; h q; measure q; h q; c = measure q;"
    assert isinstance(run(engine, source, "qasm3"), Failure)
    assert run(engine, HEAD_3 + "qubit q; h q; h q; measure q;", "qasm3").counts == {"0": 100}


def test_branches_run_where_the_device_takes_them(engine: Engine) -> None:
    source = HEAD_3 + "qubit[2] q; bit[2] c; x q[0]; c[0] = measure q[0]; if (c[0]) { x q[1]; } c[1] = measure q[1];"
    assert run(engine, source, "qasm3").counts == {"11": 100}
    refused = run(engine, source, "qasm3", control_flow=False)
    assert isinstance(refused, Failure)
    assert "branches" in refused.message


def test_a_program_that_measures_nothing_means_every_qubit(engine: Engine) -> None:
    for end in ("", "measure q;"):
        assert run(engine, f"{HEAD_3} qubit[2] q; x q[0]; {end}", "qasm3").counts == {"01": 100}


def test_a_wide_circuit_of_clifford_gates_is_no_burden(engine: Engine) -> None:
    source = HEAD_3 + "qubit[36] q; h q[0];" + "".join(f"cx q[{i}], q[{i + 1}];" for i in range(35))
    assert set(run(engine, source, "qasm3").counts) == {"0" * 36, "1" * 36}


def _doubling(head: str, register: str) -> str:
    steps = "".join(f"gate g{i} a {{ g{i - 1} a; g{i - 1} a; }} " for i in range(1, 60))
    return f"{head} gate g0 a {{ x a; }} {steps} {register} g59 q[0];"


HOSTILE = {
    "a huge register": ("qasm2", HEAD_2 + "qreg q[1000000000];"),
    "a huge register in version 3": ("qasm3", HEAD_3 + "qubit[1000000000] q; h q;"),
    "a computed register": ("qasm3", HEAD_3 + "qubit[500*2000000] q; h q;"),
    "a long loop": ("qasm3", HEAD_3 + "qubit[1] q; for int i in [0:1000000000] { x q[0]; }"),
    "nested loops": (
        "qasm3",
        HEAD_3 + "qubit[1] q; for int i in [0:99999] { for int j in [0:99999] { x q[0]; } }",
    ),
    "an endless loop": ("qasm3", HEAD_3 + "qubit[1] q; bit[1] c; x q[0]; c = measure q; while (c[0]) { x q[0]; }"),
    "doubling gates": ("qasm2", _doubling(HEAD_2, "qreg q[1];")),
    "doubling gates in version 3": ("qasm3", _doubling(HEAD_3, "qubit[1] q;")),
    "a tower of powers": ("qasm3", HEAD_3 + "qubit[1] q; rx(9**9**9**9) q[0];"),
    "brackets": ("qasm3", HEAD_3 + f"qubit[1] q; rx({'(' * 20000}1{')' * 20000}) q[0];"),
    "minus signs": ("qasm3", HEAD_3 + f"qubit[1] q; rx({'-' * 20000}1) q[0];"),
    "an infinite angle": ("qasm3", HEAD_3 + "qubit[1] q; rx(1e999) q[0];"),
    "broadcasts": ("qasm3", HEAD_3 + "qubit[4000] q; " + "h q; " * 600),
    "broadcasts in version 2": ("qasm2", HEAD_2 + "qreg q[4000]; " + "h q; " * 600),
    "too much text": ("qasm3", HEAD_3 + "qubit q; " + "x q; " * 20_000),
    "no program": ("qasm3", ""),
    "noise": ("qasm3", "\x00\ud7ff garbage {"),
    "the wrong language": ("qasm2", "OPENQASM 3; qubit q;"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_program_is_refused_before_it_costs_time(engine: Engine, name: str) -> None:
    language, source = HOSTILE[name]
    run(engine, HEAD_3 + "qubit q;", "qasm3")  # the process is up
    began = time.monotonic()
    outcome = run(engine, source, language)
    assert isinstance(outcome, Failure), outcome
    assert outcome.preflight
    assert time.monotonic() - began < 2


HEAD_2_LINES = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n'
HEAD_3_LINES = 'OPENQASM 3;\ninclude "stdgates.inc";\n'


@pytest.mark.parametrize(
    ("language", "source", "place", "reason"),
    [
        ("qasm3", "qubit q;\nx q q;", "line 4, column 5: ", "'q' is not expected here"),
        ("qasm3", "qubit q;\nx q", "line 4, column 4: ", "the program ends too early"),
        ("qasm3", "qubit q;\n\n  foo q;", "line 5, column 3: ", "gate 'foo' is not defined"),
        ("qasm3", "qubit q;\nh r;", "line 4, column 3: ", "Undefined symbol 'r'"),
        ("qasm3", "qubit q;\n?;", "line 4, column ", ""),
        ("qasm3", "qubit[2] q;\nx q[0];\nx q[5];", "line 5: ", "index out of range"),
        ("qasm3", "qubit[2] q;\ncx q[0], q[0];", "line 4: ", "duplicate"),
        ("qasm3", "qubit q;\nrx q;", "line 4: ", ""),
        ("qasm3", "/* two\nlines */ qubit q;\nfoo q;", "line 5, column 1: ", "'foo'"),
        ("qasm2", "qreg q[1];\nfoo q[0];", "line 4, column 1: ", "'foo' is not defined"),
        ("qasm2", "qreg q[1]\nx q[0];", "line 4, column 1: ", "needed ';'"),
        ("qasm2", "qreg q[1];\nx q[4];", "line 4, column 5: ", "out-of-range"),
        ("qir.ll", "define void @main() {\n  foo\n}", "line 2: ", "expected instruction opcode"),
    ],
)
def test_what_is_wrong_in_a_program_is_said_with_its_line(
    engine: Engine, language: str, source: str, place: str, reason: str
) -> None:
    head = {"qasm2": HEAD_2_LINES, "qasm3": HEAD_3_LINES}.get(language, "")
    outcome = run(engine, head + source, language)
    assert isinstance(outcome, Failure)
    assert outcome.kind == "invalid"
    assert outcome.message.startswith(place)
    assert reason in outcome.message


@pytest.mark.parametrize(
    "source",
    [
        'OPENQASM 2.0; include "/etc/passwd"; qreg q[1];',
        'OPENQASM 3; include "/etc/passwd"; qubit q;',
        "OPENQASM 3; include '/etc/passwd'; qubit q;",
        'OPENQASM 3; /* " */ include "/dev/zero"; //"\n qubit q;',
        'OPENQASM 2.0; include/**/"../secret.inc"; qreg q[1];',
    ],
)
def test_no_file_is_read_for_a_program(engine: Engine, source: str) -> None:
    outcome = run(engine, source, "qasm3" if "3;" in source else "qasm2")
    assert isinstance(outcome, Failure)
    assert "root" not in outcome.message


def test_too_many_entangled_qubits_fail_the_job(engine: Engine) -> None:
    chain = "".join(f"cx q[{i}], q[{i + 1}]; t q[{i + 1}]; h q[{i + 1}]; " for i in range(29))
    outcome = run(engine, HEAD_3 + "qubit[30] q; h q[0]; " + chain, "qasm3")
    assert isinstance(outcome, Failure)
    assert outcome.kind == "too_many_qubits"


def test_idle_qubits_cost_nothing(engine: Engine) -> None:
    outcome = run(engine, HEAD_3 + "qubit[36] q; h q[35]; t q[35]; h q[35];", "qasm3")
    assert isinstance(outcome, CircuitResult)
    assert outcome.num_qubits == 36


def test_a_simulation_that_takes_too_long_is_killed_and_the_next_one_runs(bell: str) -> None:
    engine = Engine(Limits(seconds=1.0, work=1e18, qubits=24))
    try:
        run(engine, bell, "qasm3")
        slow = HEAD_3 + "qubit[24] q; " + ("rx(0.1) q; " + "".join(f"cx q[{i}], q[{i + 1}]; " for i in range(23))) * 40
        began = time.monotonic()
        outcome = run(engine, slow, "qasm3")
        assert isinstance(outcome, Failure)
        assert outcome.kind in ("timeout", "memory")
        assert time.monotonic() - began < 10
        assert isinstance(run(engine, bell, "qasm3"), CircuitResult)
    finally:
        engine.close()


def test_an_engine_can_be_closed_in_the_middle_of_its_work(bell: str) -> None:
    engine = Engine(Limits(work=1e18))
    slow = HEAD_3 + "qubit[24] q; " + ("rx(0.1) q; " + "".join(f"cx q[{i}], q[{i + 1}]; " for i in range(23))) * 40
    run(engine, bell, "qasm3")
    running = engine.submit(Task(Program("qasm3", slow), shots=1, seed=0))
    waiting = engine.submit(Task(Program("qasm3", bell), shots=1, seed=0))
    while not running.running():
        time.sleep(0.001)
    engine.close()
    engine.close()
    assert waiting.cancelled()
    assert isinstance(running.result(timeout=5), Failure)
