"""The same program has the same keys on every device of every service: through the wrapper, end to end.

Each program is such that a bit in a wrong place, or a register in a wrong order, makes other keys.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest
from qiskit import qasm2, qasm3
from quantum_jobs import Client, Result, UnsupportedError
from quantum_sandbox import Engine, LatencyProfile, Sandbox

HEAD = 'OPENQASM 3.0; include "stdgates.inc"; '
SHOTS = 100


@attrs.frozen
class Program:
    """A program in OpenQASM 3, its outcomes, and each register's; all are equally likely."""

    text: str
    keys: set[str]
    registers: dict[str, set[str]]


PROGRAMS = {
    "all qubits measured": Program(
        "qubit[3] q; bit[3] c; x q[0]; h q[1]; c = measure q;", {"001", "011"}, {"c": {"001", "011"}}
    ),
    "one qubit of three": Program("qubit[3] q; bit[1] c; x q[1]; x q[2]; c[0] = measure q[2];", {"1"}, {"c": {"1"}}),
    "permuted": Program(
        "qubit[3] q; bit[3] c; x q[0]; h q[1]; c[2] = measure q[0]; c[0] = measure q[1]; c[1] = measure q[2];",
        {"100", "101"},
        {"c": {"100", "101"}},
    ),
    # The names are in no alphabetical order: the first register declared is rightmost. Only together do they show that
    # two of their bits are equal.
    "two registers": Program(
        "qubit[3] q; bit[1] second; bit[2] first; h q[0]; cx q[0], q[1]; x q[2]; "
        "second[0] = measure q[0]; first[0] = measure q[1]; first[1] = measure q[2];",
        {"100", "111"},
        {"second": {"0", "1"}, "first": {"10", "11"}},
    ),
    "two registers, crossed": Program(
        "qubit[3] q; bit[2] low; bit[1] high; x q[0]; h q[2]; "
        "low[1] = measure q[0]; high[0] = measure q[1]; low[0] = measure q[2];",
        {"010", "011"},
        {"low": {"10", "11"}, "high": {"0"}},
    ),
}
MEASURED_ON_THE_WAY = Program(
    "qubit[2] q; bit[1] mid; bit[2] last; x q[0]; h q[1]; mid[0] = measure q[0]; x q[0]; last = measure q;",
    {"001", "101"},
    {"mid": {"1"}, "last": {"00", "10"}},
)
OF_THE_FINAL_STATE = {"00", "10"}

#: Service, device, and the form in which the sandbox gives IonQ's results.
PLACES = {
    "IonQ v0.4, simulator": ("ionq-v0.4", "simulator", "both"),
    "IonQ v0.4, simulator, by URL": ("ionq-v0.4", "simulator", "url"),
    "IonQ v0.4, simulator, mixed": ("ionq-v0.4", "simulator", "mixed"),
    "IonQ v0.4, simulator, Tempo": ("ionq-v0.4", "simulator", "tempo"),
    "IonQ v0.4, QPU": ("ionq-v0.4", "qpu.forte-1", "both"),
    "IonQ v0.4, QPU, by artifact": ("ionq-v0.4", "qpu.forte-1", "artifact"),
    "IonQ v0.4, QPU, by URL": ("ionq-v0.4", "qpu.forte-1", "url"),
    "IonQ v0.4, QPU, mixed": ("ionq-v0.4", "qpu.forte-1", "mixed"),
    "IonQ v0.4, QPU, Tempo": ("ionq-v0.4", "qpu.forte-1", "tempo"),
    "IonQ v0.3, simulator": ("ionq-v0.3", "simulator", "both"),
    "IonQ v0.3, QPU": ("ionq-v0.3", "qpu.aria-1", "both"),
    "qBraid, its own simulator": ("qbraid-v2", "qbraid:qbraid:sim:qir-sv", "both"),
    "qBraid, another one's simulator": ("qbraid-v2", "aws:aws:sim:sv1", "both"),
}
TELL_WHAT_WAS_MEASURED_ON_THE_WAY = [
    "IonQ v0.4, QPU",
    "IonQ v0.4, QPU, by artifact",
    "IonQ v0.4, QPU, Tempo",
    "qBraid, its own simulator",
    "qBraid, another one's simulator",
]
FORMS: dict[str, Callable[[str], Any]] = {
    "OpenQASM 3": lambda text: text,
    "OpenQASM 2": lambda text: qasm2.dumps(qasm3.loads(text)),
    "Qiskit": qasm3.loads,
}

Connect = Callable[[str], tuple[Client, str]]


@pytest.fixture(scope="module")
def connect(engine: Engine) -> Iterator[Connect]:
    """A client of a place, and the device. IonQ's machines leak one shot in ten beside those that are asked for."""
    soon = LatencyProfile(submitted=0.01, queued=0.01, running=0.01)
    sandboxes: dict[str, Sandbox] = {}
    clients: list[Client] = []

    def connect(place: str) -> tuple[Client, str]:
        service, device, shape = PLACES[place]
        if shape not in sandboxes:
            made: Any = {"result_shape": shape, "engine": engine, "latency": soon}
            sandboxes[shape] = Sandbox(in_process=True, set_environment=False, leakage=0.1, **made)
            sandboxes[shape].start()
        clients.append(sandboxes[shape].connect(service))
        return clients[-1], device

    yield connect
    for client in clients:
        client.close()
    for sandbox in sandboxes.values():
        sandbox.stop()


def check(result: Result, program: Program) -> None:
    assert set(result.counts or {}) == program.keys
    assert set(result.probabilities or {}) == program.keys
    assert sum((result.counts or {}).values()) == SHOTS
    assert {len(key) for key in program.keys} == {result.num_qubits}
    for name, keys in program.registers.items():
        if name in result.registers:
            assert set(result.registers[name].counts or {}) == keys, name


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_has_the_same_keys_everywhere(connect: Connect, name: str, place: str) -> None:
    client, device = connect(place)
    # With mixed shapes one job has its results in one way, and the next one in the other.
    for _ in range(2 if "mixed" in place else 1):
        job = client.submit(HEAD + PROGRAMS[name].text, device=device, shots=SHOTS)
        check(job.result(timeout=30), PROGRAMS[name])
        check(client.job(job.id).result(timeout=30), PROGRAMS[name])


@pytest.mark.parametrize(
    "place", ["IonQ v0.4, simulator", "IonQ v0.4, QPU", "IonQ v0.3, QPU", "qBraid, its own simulator"]
)
@pytest.mark.parametrize("form", FORMS)
def test_the_language_of_a_program_makes_no_difference(connect: Connect, form: str, place: str) -> None:
    client, device = connect(place)
    for program in PROGRAMS.values():
        job = client.submit(FORMS[form](HEAD + program.text), device=device, shots=SHOTS)
        check(job.result(timeout=30), program)


@pytest.mark.parametrize("place", PLACES)
def test_circuits_of_different_widths_in_one_job_have_the_same_keys_everywhere(connect: Connect, place: str) -> None:
    client, device = connect(place)
    narrow = Program("qubit[2] q; bit[2] c; x q[0]; c = measure q;", {"01"}, {"c": {"01"}})
    wide = Program("qubit[5] q; bit[5] c; x q[3]; c = measure q;", {"01000"}, {"c": {"01000"}})
    programs = [wide, PROGRAMS["one qubit of three"], narrow, *PROGRAMS.values()]
    job = client.submit([HEAD + program.text for program in programs], device=device, shots=SHOTS)
    for found in (job.results(timeout=30), client.job(job.id).results(timeout=30)):
        for result, program in zip(found, programs, strict=True):
            check(result, program)
    children = job.children()
    assert len(children) == (0 if client.service == "qbraid-v2" else len(programs))
    for child, program in zip(children, programs, strict=bool(children)):
        check(child.result(timeout=30), program)


@pytest.mark.parametrize("place", TELL_WHAT_WAS_MEASURED_ON_THE_WAY)
@pytest.mark.parametrize("form", FORMS)
def test_what_was_measured_on_the_way_has_the_same_keys_where_a_device_tells_it(
    connect: Connect, form: str, place: str
) -> None:
    client, device = connect(place)
    job = client.submit(FORMS[form](HEAD + MEASURED_ON_THE_WAY.text), device=device, shots=SHOTS)
    check(job.result(timeout=30), MEASURED_ON_THE_WAY)


@pytest.mark.parametrize("place", ["IonQ v0.4, QPU", "IonQ v0.4, QPU, by artifact"])
def test_leaked_shots_are_no_outcomes(connect: Connect, place: str) -> None:
    client, device = connect(place)
    for program in (*PROGRAMS.values(), MEASURED_ON_THE_WAY):
        job = client.submit(HEAD + program.text, device=device, shots=SHOTS)
        result = job.result(timeout=30, memory=True)
        check(result, program)
        assert result.memory is not None
        assert len(result.memory) == SHOTS
        assert set(result.memory) == program.keys


@pytest.mark.parametrize("place", [place for place in PLACES if place.startswith("IonQ v0.4, simulator")])
def test_the_ideal_simulator_has_the_final_state_of_a_program_that_measures_on_the_way(
    connect: Connect, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It has no classical bits, and says so."""
    client, device = connect(place)
    with caplog.at_level(logging.WARNING, logger="quantum_jobs"):
        job = client.submit(HEAD + MEASURED_ON_THE_WAY.text, device=device, shots=SHOTS)
    assert "its result will have the final state of all qubits" in caplog.text
    assert set(job.result(timeout=30).counts or {}) == OF_THE_FINAL_STATE


def test_documents_of_version_1_have_the_final_state_of_a_program_that_measures_on_the_way(connect: Connect) -> None:
    """A machine that gives its results in no other form does not tell the program's bits."""
    client, device = connect("IonQ v0.4, QPU, by URL")
    job = client.submit(HEAD + MEASURED_ON_THE_WAY.text, device=device, shots=SHOTS)
    assert set(job.result(timeout=30).counts or {}) == OF_THE_FINAL_STATE


@pytest.mark.parametrize("place", [place for place in PLACES if place.startswith("IonQ v0.3")])
def test_ionq_v0_3_takes_no_program_that_measures_on_the_way(connect: Connect, place: str) -> None:
    client, device = connect(place)
    before = len(list(client.jobs()))
    with pytest.raises(UnsupportedError, match="measure at the end only"):
        client.submit(HEAD + MEASURED_ON_THE_WAY.text, device=device, shots=SHOTS)
    with pytest.raises(UnsupportedError, match="measure at the end only"):
        client.submit([HEAD + MEASURED_ON_THE_WAY.text] * 2, device=device, shots=SHOTS)
    assert len(list(client.jobs())) == before


def test_several_programs_of_one_job_of_ionq_v0_4_measure_at_their_end(connect: Connect) -> None:
    client, device = connect("IonQ v0.4, QPU")
    with pytest.raises(UnsupportedError, match="measure at the end only"):
        client.submit([HEAD + MEASURED_ON_THE_WAY.text] * 2, device=device, shots=SHOTS)
