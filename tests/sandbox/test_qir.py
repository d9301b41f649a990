"""QIR: which bit is which, what its functions do, and programs that are none."""

from __future__ import annotations

import base64
import math
import random
from typing import Any

import pyqir
import pytest
import quantum_jobs
from quantum_sandbox import Engine, Limits, Sandbox
from quantum_sandbox.engine import CircuitResult, Failure, Program, Task

DEVICE = "qbraid:qbraid:sim:qir-sv"
GATES_ON_ONE = ("h", "x", "y", "z", "s", "t")


def pointer(number: int) -> str:
    return f"ptr inttoptr (i64 {number} to ptr)" if number else "ptr null"


def call(name: str, *arguments: float | int) -> str:
    """A call: a float is an angle, an int the number of a qubit or result."""
    written = [f"double {a:e}" if isinstance(a, float) else pointer(a) for a in arguments]
    return f"call void @__quantum__qis__{name}({', '.join(written)})"


def read(name: str, result: int) -> str:
    return f"{name} = call i1 @__quantum__qis__read_result__body({pointer(result)})"


def record(result: int) -> str:
    return f"call void @__quantum__rt__result_record_output({pointer(result)}, ptr null)"


def program(*lines: str, qubits: int = 2, results: int = 2) -> str:
    """A program of these lines, in which a line that ends with a colon begins a block."""
    body = "\n".join(lines)
    declared = [
        f"declare {kind} @{name}({', '.join(arguments)})"
        for kind, name, arguments in (
            *(("void", f"__quantum__qis__{gate}__body", ["ptr"]) for gate in (*GATES_ON_ONE, "reset", "odd")),
            *(("void", f"__quantum__qis__{gate}__adj", ["ptr"]) for gate in ("s", "t")),
            *(("void", f"__quantum__qis__{gate}__body", ["double", "ptr"]) for gate in ("rx", "ry", "rz", "r1")),
            *(("void", f"__quantum__qis__{gate}__body", ["ptr", "ptr"]) for gate in ("cnot", "cz", "mz", "mresetz")),
            ("void", "__quantum__qis__rzz__body", ["double", "ptr", "ptr"]),
            ("void", "__quantum__qis__ccx__body", ["ptr", "ptr", "ptr"]),
            ("i1", "__quantum__qis__read_result__body", ["ptr"]),
            ("void", "__quantum__rt__result_record_output", ["ptr", "ptr"]),
            ("ptr", "__quantum__rt__qubit_allocate", []),
        )
        if f"@{name}(" in body
    ]
    entry = f'"entry_point" "required_num_qubits"="{qubits}" "required_num_results"="{results}"'
    return "\n".join(
        ["define void @main() #0 {", "entry:", body, "ret void", "}", *declared, f"attributes #0 = {{{entry}}}"]
    )


def as_bitcode(text: str) -> bytes:
    context = pyqir.Context()
    return bytes(pyqir.Module.from_ir(context, text).bitcode)


def run(engine: Engine, source: str, language: str = "qir.ll", **options: Any) -> Any:
    circuit = Program(language, source)  # type: ignore[arg-type]  # one of its languages
    return engine.submit(Task(circuit, **{"shots": 200, "seed": 1, **options})).result(timeout=60)


def counts_of(engine: Engine, source: str, **options: Any) -> Any:
    outcome = run(engine, source, **options)
    assert isinstance(outcome, CircuitResult), outcome
    return outcome.counts


X_ON_QUBIT_0 = program(call("x__body", 0), call("mz__body", 0, 0), call("mz__body", 1, 1), record(0), record(1))
TYPED = """%Qubit = type opaque
%Result = type opaque
define void @main() #0 {
entry:
  call void @__quantum__qis__x__body(%Qubit* inttoptr (i64 1 to %Qubit*))
  call void @__quantum__qis__mz__body(%Qubit* null, %Result* null)
  call void @__quantum__qis__mz__body(%Qubit* inttoptr (i64 1 to %Qubit*), %Result* inttoptr (i64 1 to %Result*))
  ret void
}
declare void @__quantum__qis__x__body(%Qubit*)
declare void @__quantum__qis__mz__body(%Qubit*, %Result*)
attributes #0 = { "entry_point" "required_num_qubits"="2" "required_num_results"="2" }
"""


def test_result_0_is_the_rightmost_bit_in_whatever_order_results_are_recorded(engine: Engine) -> None:
    measured = [call("x__body", 0), call("mz__body", 0, 0), call("mz__body", 1, 1)]
    for records in ([], [record(0), record(1)], [record(1), record(0)]):
        assert counts_of(engine, program(*measured, *records)) == {"01": 200}


def test_pointers_of_older_programs_have_types(engine: Engine) -> None:
    assert counts_of(engine, TYPED) == {"10": 200}


def test_only_results_that_are_recorded_are_in_an_outcome(engine: Engine) -> None:
    lines = [call("x__body", 1), *(call("mz__body", qubit, qubit) for qubit in range(3)), record(1), record(2)]
    assert counts_of(engine, program(*lines, qubits=3, results=3)) == {"01": 200}


def test_a_result_that_nothing_is_measured_into_is_0(engine: Engine) -> None:
    lines = [call("x__body", 0), call("mz__body", 0, 0), record(0), record(1)]
    assert counts_of(engine, program(*lines)) == {"01": 200}


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        # H P(a) H leaves 1 with sin^2(a/2); s is P(pi/2), t is P(pi/4), and an adjoint turns back.
        (
            [call("h__body", 0), call("s__body", 0), call("t__body", 0), call("h__body", 0)],
            math.sin(3 * math.pi / 8) ** 2,
        ),
        ([call("h__body", 0), call("s__body", 0), call("t__adj", 0), call("h__body", 0)], math.sin(math.pi / 8) ** 2),
        ([call("h__body", 0), call("r1__body", 0.7, 0), call("h__body", 0)], math.sin(0.35) ** 2),
        ([call("rx__body", 1.1, 0)], math.sin(0.55) ** 2),
        ([call("ry__body", 0.4, 0), call("ry__body", 0.5, 0)], math.sin(0.45) ** 2),
        ([call("h__body", 0), call("rz__body", -0.9, 0), call("h__body", 0)], math.sin(0.45) ** 2),
        (
            [call("x__body", 1), call("h__body", 0), call("rzz__body", 0.6, 0, 1), call("h__body", 0)],
            math.sin(0.3) ** 2,
        ),
        ([call("x__body", 1), call("x__body", 2), call("ccx__body", 1, 2, 0)], 1.0),
    ],
)
def test_gates_do_what_their_names_say(engine: Engine, steps: list[str], expected: float) -> None:
    outcome = run(engine, program(*steps, call("mz__body", 0, 0), qubits=3), exact=True)
    assert outcome.probabilities.get("1", 0.0) == pytest.approx(expected, abs=1e-9)


def test_a_measurement_with_reset_leaves_0(engine: Engine) -> None:
    lines = [call("x__body", 0), call("mresetz__body", 0, 0), call("mz__body", 0, 1)]
    assert counts_of(engine, program(*lines, qubits=1)) == {"01": 200}
    lines = [call("x__body", 0), call("reset__body", 0), call("mz__body", 0, 0)]
    assert counts_of(engine, program(*lines, qubits=1)) == {"0": 200}


def test_a_branch_depends_on_the_result_it_reads(engine: Engine) -> None:
    """Teleportation of a 1: what is measured on the way is not recorded, and mends the last qubit."""
    lines = [
        *(
            call("x__body", 0),
            call("h__body", 1),
            call("cnot__body", 1, 2),
            call("cnot__body", 0, 1),
            call("h__body", 0),
        ),
        *(call("mz__body", 0, 0), call("mz__body", 1, 1), read("%z", 0), read("%x", 1)),
        *("br i1 %x, label %flip, label %next", "flip:", call("x__body", 2), "br label %next", "next:"),
        *("br i1 %z, label %turn, label %last", "turn:", call("z__body", 2), "br label %last", "last:"),
        *(call("mz__body", 2, 2), record(2)),
    ]
    assert counts_of(engine, program(*lines, qubits=3, results=3)) == {"1": 200}


def test_truth_values_are_computed_from_results(engine: Engine) -> None:
    """Both of two coins go into a branch inside a branch, whose ways meet in one block with a value each."""
    lines = [
        *(call("h__body", 0), call("h__body", 1), call("mz__body", 0, 0), call("mz__body", 1, 1)),
        *(read("%a", 0), read("%b", 1), "%differ = xor i1 %a, %b", "br i1 %differ, label %one, label %same"),
        *("one:", "br i1 %a, label %first, label %end"),
        *("first:", call("x__body", 2), "br label %end"),
        *("same:", "%neither = icmp eq i1 %a, false", "br label %end"),
        *("end:", "%value = phi i1 [ false, %one ], [ true, %first ], [ %neither, %same ]"),
        *("br i1 %value, label %set, label %done", "set:", call("x__body", 3), "br label %done", "done:"),
        *(call("mz__body", 2, 2), call("mz__body", 3, 3)),
    ]
    counts = counts_of(engine, program(*lines, qubits=4, results=4))
    # Bits 0 and 1 are the coins; bit 2 is "only the first", bit 3 "only the first, or neither".
    assert set(counts) == {"1000", "1101", "0010", "0011"}


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("nonsense", "invalid"),
        ("", "invalid"),
        ("define void @main() {\nret void\n}", "invalid"),
        ("define void @main() #0 {\n\x00ret void\n}", "invalid"),
        (program(call("x__body", 0)) + "[" * 50, "too_complex"),
        (program(call("x__body", 0), "%a = add i64 1, 18446744073709551616"), "invalid"),
        (program(call("odd__body", 0)), "unsupported"),
        (program("%q = call ptr @__quantum__rt__qubit_allocate()"), "unsupported"),
        (program(call("cnot__body", 1, 1)), "invalid"),
        (program("call void @__quantum__qis__rx__body(double 0x7FF0000000000000, ptr null)"), "invalid"),
        (program(call("x__body", 5000)), "too_many_qubits"),
        (program(call("x__body", 0), qubits=10**9), "too_many_qubits"),
        (program(call("x__body", 40), call("mz__body", 40, 0)), "too_many_qubits"),
        (program("br label %again", "again:", call("h__body", 0), call("mz__body", 0, 0), read("%a", 0),
                 "br i1 %a, label %again, label %end", "end:"), "unsupported"),
        (program(read("%a", 0), call("mz__body", 0, 0)), "unsupported"),
        (program(read("%r0", 0), *(f"%r{i + 1} = xor i1 %r{i}, %r{i}" for i in range(64))), "too_complex"),
        (program("%n = load i1, ptr null", "br i1 %n, label %a, label %a", "a:"), "unsupported"),
    ],
)  # fmt: skip
def test_what_is_no_program_fails_before_it_runs(engine: Engine, source: str, kind: str) -> None:
    outcome = run(engine, source, device_qubits=30)
    assert isinstance(outcome, Failure), outcome
    assert outcome.kind == kind, outcome
    assert outcome.preflight


def test_a_program_is_bounded_before_it_is_parsed() -> None:
    engine = Engine(Limits(qir_bytes=400, gates=2))
    try:
        for language in ("qir.ll", "qir.bc"):
            assert run(engine, "A" * 600, language).kind == "too_complex"
        three = program(*[call("x__body", 0)] * 3)
        assert len(three) < 400
        assert run(engine, three).kind == "too_many_gates"
    finally:
        engine.close()


def test_hostile_bitcode_fails_its_own_job_at_the_most(engine: Engine) -> None:
    """LLVM aborts over the last two of these, and then the next job has a new process."""
    lines = [
        *(call("h__body", 0), call("mz__body", 0, 0), read("%a", 0), "br i1 %a, label %x, label %y"),
        *("x:", call("x__body", 1), "br label %y", "y:", call("mz__body", 1, 1)),
    ]
    flags = (
        "\n!llvm.module.flags = !{!0, !1}"
        '\n!0 = !{i32 1, !"qir_major_version", i32 2}\n!1 = !{i32 7, !"qir_minor_version", i32 0}\n'
    )
    whole = as_bitcode(program(*lines) + flags)
    for seed in (*range(20), 119, 186):
        chance, broken = random.Random(seed), bytearray(whole)
        for _ in range(3):
            broken[chance.randrange(8, len(broken))] = chance.randrange(256)
        outcome = run(engine, base64.b64encode(bytes(broken)).decode(), "qir.bc")
        assert isinstance(outcome, Failure | CircuitResult)
    assert set(run(engine, base64.b64encode(whole).decode(), "qir.bc").counts) == {"00", "11"}
    for junk in ("", "QkPA3g==", "no base64", base64.b64encode(whole[: len(whole) // 2]).decode()):
        assert isinstance(run(engine, junk, "qir.bc"), Failure)


@pytest.mark.parametrize("form", ["qir.ll", "qir.bc"])
def test_qbraid_takes_it_and_a_client_reads_result_0_rightmost(engine: Engine, form: str) -> None:
    data = X_ON_QUBIT_0 if form == "qir.ll" else as_bitcode(X_ON_QUBIT_0)
    with Sandbox(engine=engine, in_process=True) as sandbox, sandbox.connect("qbraid") as qbraid:
        job = qbraid.submit(quantum_jobs.Program(form, data), device=DEVICE, shots=20)
        result = job.result(timeout=30, memory=True)
        assert job.program().data == data
    assert result.counts == {"01": 20}
    assert result.memory == ("01",) * 20


def test_qbraid_gives_the_bits_of_each_shot_as_its_keys_have_them(qbraid: Any) -> None:
    lines = [call("x__body", 0), call("h__body", 1), call("mz__body", 0, 0), call("mz__body", 1, 1)]
    body = {"deviceQrn": DEVICE, "shots": 50, "program": {"format": "qir.ll", "data": program(*lines)}}
    job = qbraid.finish(qbraid.post("/jobs", body)["data"]["jobQrn"])
    rows_too = {"includeMeasurements": "true"}
    data = qbraid.get(f"/jobs/{job['jobQrn']}/result", params=rows_too)["data"]["resultData"]
    assert set(data["measurementCounts"]) == {"01", "11"}
    rows = ["".join(map(str, row)) for row in data["measurements"]]
    assert {key: rows.count(key) for key in set(rows)} == data["measurementCounts"]


def test_bitcode_that_is_none_is_a_failed_job_of_qbraid(qbraid: Any) -> None:
    body = {"deviceQrn": DEVICE, "shots": 5, "program": {"format": "qir.bc", "data": "QkPA3gAAAAA="}}
    job = qbraid.finish(qbraid.post("/jobs", body)["data"]["jobQrn"])
    assert job["status"] == "FAILED"
    assert "LLVM" in job["statusMsg"]


@pytest.mark.parametrize("as_text", [True, False])
def test_ionq_v0_3_takes_it_as_text_and_as_bitcode(old_ionq: Any, as_text: bool) -> None:
    data = X_ON_QUBIT_0 if as_text else base64.b64encode(as_bitcode(X_ON_QUBIT_0)).decode()
    body = {"target": "simulator", "input": {"format": "qir", "data": data}}
    job = old_ionq.finish(old_ionq.post("/jobs", body)["id"])
    assert (job["qubits"], job["gate_counts"]) == (2, {"1q": 1, "2q": 0})
    assert old_ionq.get(job["results_url"].removeprefix("/v0.3")) == {"1": 1.0}


def test_ionq_v0_3_takes_it_from_a_client(engine: Engine) -> None:
    with Sandbox(engine=engine, in_process=True) as sandbox, sandbox.connect("ionq-v0.3") as ionq:
        job = ionq.submit(quantum_jobs.Program("qir.ll", X_ON_QUBIT_0), device="qpu.aria-1", shots=20)
        assert job.result(timeout=30).counts == {"01": 20}
