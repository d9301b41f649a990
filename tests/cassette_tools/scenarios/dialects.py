"""What differs between the services in scenarios that all of them share: devices, programs, documented errors."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

SHOTS = 100
QASM3 = 'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c; x q[{0}]; c = measure q;'


def circuit(qubit: int) -> dict[str, Any]:
    """X on one qubit of two, as IonQ writes it: the outcome has a 1 for that qubit."""
    return {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "target": qubit}]}


@frozen
class Dialect:
    """One service's words. `program` gives 01 (qubit 0 rightmost), `programs` give 01 and 10. `fails` is a program that
    is taken and then fails. `pages` are the constants that make its pages small."""

    service: str
    device: str
    program: Any
    programs: list[Any]
    fails: Any
    missing: str
    pages: Mapping[tuple[str, str], Any]


def _ionq(service: str, fails: Any) -> Dialect:
    return Dialect(
        service=service,
        device="simulator",
        program=circuit(0),
        programs=[circuit(0), circuit(1)],
        fails=fails,
        missing="00000000-0000-4000-8000-0000000000aa",
        pages={("quantum_jobs.services.ionq", "STATUS_CHUNK"): 2},
    )


#: More qubits than any device has.
TOO_WIDE = {"gateset": "qis", "qubits": 40, "circuit": [{"gate": "h", "target": 39}]}
NO_PROGRAM = "OPENQASM 3.0; qubit[2] q; not_a_gate q[0];"

DIALECTS = {
    dialect.service: dialect
    for dialect in (
        _ionq("ionq-v0.4", TOO_WIDE),
        _ionq("ionq-v0.3", TOO_WIDE),
        Dialect(
            service="qbraid-v2",
            device="qbraid:qbraid:sim:qir-sv",
            program=QASM3.format(0),
            programs=[QASM3.format(0), QASM3.format(1)],
            fails=NO_PROGRAM,
            missing="qbraid:qbraid:sim:qir-sv-0000-qjob-00000000000000000000",
            pages={("quantum_jobs.services.qbraid_v2", "PAGE"): 2},
        ),
    )
}
