"""Programs through the clients: what each service is sent of them, and that their results have the same keys."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from typing import Any

import httpx
import numpy
import pytest
import quantum_jobs
from qiskit import QuantumCircuit, qasm2
from qiskit.circuit import Parameter
from quantum_jobs import Program, UnsupportedError, UsageError, programs
from quantum_sandbox import Engine, Sandbox

from .clouds import BASES

QASM2 = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[3]; creg c[3]; x q[0]; swap q[0], q[2]; measure q -> c;'
QASM3 = 'OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; bit[2] c; x q[2]; c[0] = measure q[2]; c[1] = measure q[0];'
JSON = {"qubits": 1, "circuit": [{"gate": "h", "target": 0}]}
IONQ = ("ionq-v0.4", "ionq-v0.3")


def qiskit_circuit() -> QuantumCircuit:
    circuit = QuantumCircuit(2, 1)
    circuit.x(1)
    circuit.measure(1, 0)
    return circuit


class Recorder(httpx.MockTransport):
    """Takes every submission, and keeps the bodies."""

    def __init__(self) -> None:
        super().__init__(self._answer)
        self.bodies: list[Any] = []

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(json.loads(request.content))
        job = {"id": "a", "status": "submitted", "session_id": None}
        data = {"jobQrn": "a", "status": "INITIALIZING"}
        return httpx.Response(201, json={**job, "success": True, "data": data})


def sent(service: str, program: Any, **more: Any) -> Any:
    """The body that a submission sends."""
    recorder = Recorder()
    with quantum_jobs.connect(service, api_key="a-key", base_url=BASES[service], transport=recorder) as client:
        client.submit(program, device="simulator", shots=10, **more)
    (body,) = recorder.bodies
    return body


def refused(service: str, program: Any, error: type[Exception], message: str, **more: Any) -> None:
    """Submitting raises this error, and nothing was sent."""
    recorder = Recorder()
    client = quantum_jobs.connect(service, api_key="a-key", base_url=BASES[service], transport=recorder)
    with client, pytest.raises(error, match=message):
        client.submit(program, device="simulator", **more)
    assert recorder.bodies == []


def test_ionq_v0_4_is_sent_openqasm_3_for_openqasm_2_and_openqasm_3_as_it_is() -> None:
    body = sent("ionq-v0.4", QASM2)
    assert body["type"] == "ionq.qasm3.v1"
    assert body["input"]["data"].startswith("OPENQASM 3.0;")
    assert "swap q[0], q[2];" in body["input"]["data"]
    assert sent("ionq-v0.4", QASM3)["input"] == {"data": QASM3}


def test_openqasm_2_is_left_as_it_is_where_it_is_taken() -> None:
    assert sent("qbraid-v2", QASM2)["program"] == {"format": "qasm2", "data": QASM2}


def test_a_byte_order_mark_is_no_part_of_a_program() -> None:
    for given in (f"\ufeff{QASM3}", f"\ufeff{QASM3}".encode(), Program(programs.QASM3, f"\ufeff{QASM3}")):
        assert sent("ionq-v0.4", given)["input"] == {"data": QASM3}
    for given in (f"\ufeff{QASM2}", f"\ufeff{QASM2}".encode(), Program(programs.QASM2, f"\ufeff{QASM2}")):
        assert sent("qbraid-v2", given)["program"] == {"format": "qasm2", "data": QASM2}


def test_what_qiskit_writes_as_openqasm_2_is_taken() -> None:
    circuit = QuantumCircuit(4, 4)
    circuit.sx(0)
    circuit.csx(0, 1)
    circuit.rccx(0, 1, 2)
    circuit.cswap(0, 1, 2)
    circuit.mcx([0, 1, 2], 3)
    circuit.rzz(0.3, 0, 1)
    circuit.append(qiskit_circuit().remove_final_measurements(inplace=False).to_gate(label="own"), [2, 3])
    circuit.measure(range(4), range(4))
    assert sent("ionq-v0.4", qasm2.dumps(circuit))["type"] == "ionq.qasm3.v1"


def test_several_programs_of_any_form_are_one_job_of_ionq_v0_4() -> None:
    native = {"qubits": 1, "gateset": "native", "circuit": [{"gate": "gpi", "target": 0, "phase": 0.5}]}
    body = sent("ionq-v0.4", [QASM2, QASM3, qiskit_circuit(), JSON, native])
    assert (body["type"], body["input"]["gateset"], body["input"]["qubits"]) == ("ionq.multi-circuit.v1", "qis", 3)
    circuits = body["input"]["circuits"]
    assert [circuit["qubits"] for circuit in circuits] == [3, 3, 2, 1, 1]
    assert [circuit["gateset"] for circuit in circuits] == ["qis"] * 4 + ["native"]
    assert circuits[0]["circuit"] == [{"gate": "x", "target": 0}, {"gate": "swap", "targets": [0, 2]}]
    assert circuits[2]["circuit"] == [{"gate": "x", "target": 1}]
    assert body["metadata"]["quantum_jobs_measured"] == ";c:2,0;c:1;*2"


def test_programs_of_any_form_are_jobs_of_ionq_v0_3() -> None:
    body = sent("ionq-v0.3", QASM3)
    assert body["input"] == {
        "format": "ionq.circuit.v0",
        "gateset": "qis",
        "qubits": 3,
        "circuit": [{"gate": "x", "target": 2}],
    }
    assert body["metadata"]["quantum_jobs_measured"] == "c:2,0"
    several = sent("ionq-v0.3", [QASM2, qiskit_circuit(), JSON])
    assert (several["input"]["gateset"], several["input"]["qubits"]) == ("qis", 3)
    assert [len(circuit["circuit"]) for circuit in several["input"]["circuits"]] == [2, 1, 1]
    assert several["metadata"]["quantum_jobs_measured"] == ";c:1;"


@pytest.mark.parametrize("service", BASES)
def test_an_ionq_circuit_is_the_same_submission_under_either_of_its_names(service: str) -> None:
    one, other = (sent(service, each) for each in (JSON, Program("ionq.circuit.v0", JSON)))
    for body in (one, other):
        del body["metadata" if "metadata" in body else "tags"]["quantum_jobs_idempotency_key"]
    assert one == other, "with the digest of what is submitted"
    refused(service, Program("ionq.circuit.v0", {"circuit": "h"}), UsageError, "'circuit' is missing")
    far = {"qubits": 1, "circuit": [{"gate": "h", "target": 5}]}
    refused(service, Program("ionq.circuit.v0", far), UsageError, "its gates need 6")


@pytest.mark.parametrize("service", IONQ)
def test_nothing_is_added_where_the_bits_are_the_qubits(service: str) -> None:
    for given in ([QASM2, JSON], [JSON, JSON], JSON):
        assert "quantum_jobs_measured" not in sent(service, given)["metadata"]


@pytest.mark.parametrize("service", BASES)
def test_a_parameter_without_a_value_is_refused_before_anything_is_sent(service: str) -> None:
    circuit = QuantumCircuit(1)
    circuit.rx(Parameter("theta"), 0)
    refused(service, circuit, UsageError, "without a value: theta")
    refused(service, [qiskit_circuit(), circuit], UsageError, "without a value: theta")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("reset q[0];", r"a reset on line 4.*ionq-v0\.4, which takes OpenQASM 3"),
        ("if (c == 1) x q[1];", "a condition on line 4"),
        ("h q[0]; measure q -> c;", r"q\[0\] is measured before the gate 'h' acts on it.*line 3"),
        ("cx q[1], q[0];", r"q\[0\] is measured before the gate 'cx'"),
    ],
)
def test_what_ionqs_json_cannot_say_is_refused_before_anything_is_sent(line: str, message: str) -> None:
    head = 'OPENQASM 2.0; include "qelib1.inc";\nqreg q[2]; creg c[1]; h q[0];\nmeasure q[0] -> c[0];\n'
    head = head if "measure q ->" not in line else head.replace("creg c[1]", "creg c[2]")
    refused("ionq-v0.3", head + line, UnsupportedError, message)
    refused("ionq-v0.4", [QASM2, head + line], UnsupportedError, message)
    assert sent("ionq-v0.4", head + line)["type"] == "ionq.qasm3.v1"


@pytest.mark.parametrize("service", IONQ)
def test_formats_without_a_way_are_refused_before_anything_is_sent(service: str) -> None:
    refused(service, [JSON, "; ModuleID = 'x'"], UnsupportedError, "does not take programs of format 'qir.ll'")
    refused(service, Program("quil", "H 0"), UnsupportedError, "does not take programs of format 'quil'")


@pytest.mark.parametrize("missing", ["qiskit", "qiskit_qasm3_import", "openqasm3"])
def test_without_the_packages_that_convert_the_error_names_the_extra(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == missing]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, missing, None)
    refused("ionq-v0.3", QASM3, UnsupportedError, r"the extra qiskit")
    if missing == "qiskit":
        refused("ionq-v0.4", QASM2, UnsupportedError, r"the extra qiskit")


@pytest.mark.parametrize("service", BASES)
def test_fractions_are_tags(service: str) -> None:
    tags = {"theta": 0.1 + 0.2, "step": numpy.float64(0.3), "point": numpy.int64(7), "flag": True}
    body = sent(service, JSON, tags=tags)
    kept = body["metadata" if "metadata" in body else "tags"]
    assert (kept["theta"], kept["step"]) == ("0.30000000000000004", "0.3")
    assert float(kept["theta"]) == 0.1 + 0.2
    assert (kept["point"], kept["flag"]) == ((7, True) if service == "qbraid-v2" else ("7", "true"))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1j, None, b"x"])
def test_a_tag_of_another_kind_is_refused_by_name(value: Any) -> None:
    refused("ionq-v0.4", JSON, UsageError, "the tag 'theta' is ", tags={"theta": value})


PROGRAMS: dict[str, Callable[[], Any]] = {
    "openqasm 2, all measured": lambda: QASM2,
    "openqasm 3, partial and permuted": lambda: QASM3,
    "qiskit, partial": qiskit_circuit,
}
KEYS = {"openqasm 2, all measured": "100", "openqasm 3, partial and permuted": "01", "qiskit, partial": "1"}


@pytest.mark.parametrize("service", ["ionq-v0.4", "ionq-v0.3"])
def test_programs_of_one_job_are_read_by_their_classical_bits(engine: Engine, service: str) -> None:
    given = [make() for make in PROGRAMS.values()]
    with Sandbox(engine=engine) as sandbox, sandbox.connect(service) as client:
        job = client.submit(given, device="simulator", shots=10)
        assert [result.counts for result in job.results(timeout=30)] == [{key: 10} for key in KEYS.values()]
        assert "quantum_jobs_measured" not in job.refresh().tags


@pytest.mark.parametrize("name", list(PROGRAMS)[1:])
def test_the_same_program_has_the_same_keys_on_every_service(engine: Engine, name: str) -> None:
    program = PROGRAMS[name]()
    with Sandbox(engine=engine) as sandbox, sandbox.connect("ionq-v0.3") as ionq, sandbox.connect("qbraid") as qbraid:
        jobs = [ionq.submit(program, device="simulator", shots=10)]
        jobs += [qbraid.submit(program, device="qbraid:qbraid:sim:qir-sv", shots=10)]
        assert [job.result(timeout=30).counts for job in jobs] == [{KEYS[name]: 10}] * 2


def test_a_qiskit_circuit_and_openqasm_2_give_the_same_counts_as_the_json_circuit(engine: Engine) -> None:
    circuit = QuantumCircuit(2, 2)
    circuit.x(0)
    circuit.measure([0, 1], [0, 1])
    json_circuit = {"qubits": 2, "circuit": [{"gate": "x", "target": 0}]}
    text = qasm2.dumps(circuit)
    with Sandbox(engine=engine) as sandbox, sandbox.connect("ionq") as ionq, sandbox.connect("qbraid") as qbraid:
        jobs = [ionq.submit(each, device="simulator", shots=10) for each in (circuit, text, json_circuit)]
        jobs += [qbraid.submit(each, device="qbraid:qbraid:sim:qir-sv", shots=10) for each in (circuit, text)]
        assert [job.result(timeout=30).counts for job in jobs] == [{"01": 10}] * 5
