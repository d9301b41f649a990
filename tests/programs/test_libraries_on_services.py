"""Circuits of every library on every service: what is submitted as it is comes back with the same keys everywhere.

The libraries are no dependencies: a case runs where its library is installed; `make test-circuits` has them all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pyqir
import pytest
import quantum_jobs
from quantum_sandbox import Engine, Sandbox

DEVICES = {"ionq-v0.4": "simulator", "ionq-v0.3": "simulator", "qbraid-v2": "qbraid:qbraid:sim:qir-sv"}
SHOTS = 2000
#: x on qubit 0, ry(0.6) on 1 and, controlled by 1, x on 2.
COS, SIN = math.cos(0.3) ** 2, math.sin(0.3) ** 2
ASYMMETRIC = {"001": COS, "111": SIN}
#: Two registers: low has qubit 2, and high has qubits 1 and 0.
TWO_REGISTERS = {"100": COS, "111": SIN}

TEXT = 'OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; bit[3] c; x q[0]; ry(0.6) q[1]; cx q[1], q[2]; c = measure q;'
TWO = (
    'OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; bit low; bit[2] high; x q[0]; ry(0.6) q[1]; cx q[1], q[2]; '
    "low = measure q[2]; high[0] = measure q[1]; high[1] = measure q[0];"
)


def qiskit(library: Any) -> tuple[Any, Any]:
    def gates(*registers: Any) -> Any:
        circuit = library.QuantumCircuit(library.QuantumRegister(3), *registers)
        circuit.x(0)
        circuit.ry(library.circuit.Parameter("angle"), 1)
        circuit.cx(1, 2)
        return circuit

    one = gates(library.ClassicalRegister(3, "c"))
    one.measure(range(3), range(3))
    two = gates(library.ClassicalRegister(1, "low"), library.ClassicalRegister(2, "high"))
    two.measure([2, 1, 0], range(3))
    return one.assign_parameters([0.6]), two.assign_parameters([0.6])


def cirq(library: Any) -> tuple[Any, Any]:
    a, b, c = library.LineQubit.range(3)
    gates = [library.X(a), library.ry(0.6)(b), library.CNOT(b, c)]
    two = library.Circuit(gates, library.measure(c, key="low"), library.measure(b, a, key="high"))
    return library.Circuit(gates, library.measure(a, b, c, key="m")), two


def pennylane(library: Any) -> tuple[Any, Any]:
    gates = [library.X(0), library.RY(0.6, 1), library.CNOT([1, 2])]
    both = [library.counts(wires=[2]), library.counts(wires=[1, 0])]
    return library.tape.QuantumScript(gates, [library.counts(wires=[0, 1, 2])]), library.tape.QuantumScript(gates, both)


def pytket(library: Any) -> tuple[Any, Any]:
    kind = import_module("pytket.circuit")
    half_turns = 0.6 / math.pi
    one = kind.Circuit(3, 3).X(0).Ry(half_turns, 1).CX(1, 2).Measure(0, 0).Measure(1, 1).Measure(2, 2)
    two = kind.Circuit(3).X(0).Ry(half_turns, 1).CX(1, 2)
    # Its exporter writes registers in the order of their names.
    low, high = two.add_c_register("a_low", 1), two.add_c_register("b_high", 2)
    two.Measure(kind.Qubit(2), low[0]).Measure(kind.Qubit(1), high[0]).Measure(kind.Qubit(0), high[1])
    return one, two


def braket(library: Any) -> tuple[Any, Any]:
    def gates() -> Any:
        return import_module("braket.circuits").Circuit().x(0).ry(1, 0.6).cnot(1, 2)

    # It has one register; measured the other way round the bits are those of the two.
    return gates().measure([0, 1, 2]), gates().measure([2, 1, 0])


def openqasm3(library: Any) -> tuple[Any, Any]:
    return library.parse(TEXT), library.parse(TWO)


def pyqasm(library: Any) -> tuple[Any, Any]:
    return library.loads(TEXT), library.loads(TWO)


LIBRARIES: list[Callable[[Any], tuple[Any, Any]]] = [qiskit, cirq, pennylane, pytket, braket, openqasm3, pyqasm]


@pytest.fixture(scope="module")
def clients(engine: Engine) -> Iterator[dict[str, quantum_jobs.Client]]:
    with Sandbox(engine=engine, seed=7) as sandbox:
        yield {service: sandbox.connect(service) for service in DEVICES}


@pytest.fixture(autouse=True)
def _quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.05)


@pytest.mark.parametrize("make", LIBRARIES, ids=lambda make: make.__name__)
def test_a_circuit_of_this_library_has_the_same_keys_on_every_service(
    make: Callable[[Any], tuple[Any, Any]], clients: dict[str, quantum_jobs.Client]
) -> None:
    library = pytest.importorskip(make.__name__)
    for circuit, outcomes in zip(make(library), (ASYMMETRIC, TWO_REGISTERS), strict=True):
        jobs = [client.submit(circuit, device=DEVICES[name], shots=SHOTS) for name, client in clients.items()]
        for job in quantum_jobs.as_completed(jobs, timeout=60):
            # Six standard deviations where the service draws shots; IonQ's simulator is exact.
            allowed = 0.04 if job.service == "qbraid-v2" else 1e-6
            assert job.result().probabilities == pytest.approx(outcomes, abs=allowed), job.ref


def test_a_list_of_several_libraries_is_one_job(clients: dict[str, quantum_jobs.Client]) -> None:
    given = [*qiskit(import_module("qiskit")), *openqasm3(import_module("openqasm3")), TWO]
    job = clients["ionq-v0.4"].submit(given, device="simulator", shots=SHOTS)
    found = [result.probabilities for result in job.results(timeout=60)]
    expected = [ASYMMETRIC, TWO_REGISTERS, ASYMMETRIC, TWO_REGISTERS, TWO_REGISTERS]
    assert found == [pytest.approx(outcomes, abs=1e-6) for outcomes in expected]


class Kernel:
    """A program of a library that nobody has heard of, which writes QIR of itself."""

    def _repr_qir_(self) -> str:
        module = pyqir.SimpleModule("asymmetric", num_qubits=3, num_results=3)
        gates = pyqir.BasicQisBuilder(module.builder)
        a, b, c = module.qubits
        gates.x(a)
        gates.ry(0.6, b)
        gates.cx(b, c)
        for qubit, result in zip(module.qubits, module.results, strict=True):
            gates.mz(qubit, result)
        return str(module.ir())


def test_a_program_that_writes_qir_of_itself_runs_where_qir_is_taken(clients: dict[str, quantum_jobs.Client]) -> None:
    for service, allowed in (("qbraid-v2", 0.04), ("ionq-v0.3", 1e-6)):
        job = clients[service].submit(Kernel(), device=DEVICES[service], shots=SHOTS)
        assert job.result(timeout=60).probabilities == pytest.approx(ASYMMETRIC, abs=allowed), service
    with pytest.raises(quantum_jobs.UnsupportedError, match="qir"):
        clients["ionq-v0.4"].submit(Kernel(), device=DEVICES["ionq-v0.4"], shots=SHOTS)
