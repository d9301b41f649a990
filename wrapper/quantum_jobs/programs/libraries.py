"""Circuits of other libraries, each written by its own library's exporter.

A circuit is recognised by the package that its class comes from, so nothing is imported or required; what is imported
here is there already. The order of qubits, bits and registers is the one that the library writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from quantum_jobs.errors import UnsupportedError, UsageError
from quantum_jobs.model import Program
from quantum_jobs.programs import qiskit_circuits
from quantum_jobs.programs.formats import program_of_bytes, program_of_text, without_comments

#: Gates that exporters write into OpenQASM 3 and that ``stdgates.inc`` lacks, made of its gates, global phase included
#: (a control may stand before them). All but ``sxdg`` are Amazon Braket's. Parameters are in alphabetical order, as one
#: reader in wide use (qiskit-qasm3-import 0.6) takes them in that order.
_DEFINITIONS: Mapping[str, str] = {
    "sxdg": "gate sxdg a { x a; sx a; }",
    "i": "gate i a { id a; }",
    "si": "gate si a { sdg a; }",
    "ti": "gate ti a { tdg a; }",
    "v": "gate v a { sx a; }",
    "vi": "gate vi a { x a; sx a; }",
    "phaseshift": "gate phaseshift(t) a { p(t) a; }",
    "prx": "gate prx(s, t) a { rz(-t) a; rx(s) a; rz(t) a; }",
    "gpi": "gate gpi(f) a { x a; rz(2*f) a; }",
    "gpi2": "gate gpi2(f) a { rz(-f) a; rx(pi/2) a; rz(f) a; }",
    "cnot": "gate cnot a, b { cx a, b; }",
    "cv": "gate cv a, b { h b; cp(pi/2) a, b; h b; }",
    "cphaseshift": "gate cphaseshift(t) a, b { cp(t) a, b; }",
    "cphaseshift00": "gate cphaseshift00(t) a, b { x a; x b; cp(t) a, b; x a; x b; }",
    "cphaseshift01": "gate cphaseshift01(t) a, b { x a; cp(t) a, b; x a; }",
    "cphaseshift10": "gate cphaseshift10(t) a, b { x b; cp(t) a, b; x b; }",
    "xx": "gate xx(t) a, b { h a; h b; cx a, b; rz(t) b; cx a, b; h a; h b; }",
    "yy": "gate yy(t) a, b { rx(pi/2) a; rx(pi/2) b; cx a, b; rz(t) b; cx a, b; rx(-pi/2) a; rx(-pi/2) b; }",
    "zz": "gate zz(t) a, b { cx a, b; rz(t) b; cx a, b; }",
    "xy": "gate xy(t) a, b { h a; h b; cx a, b; rz(-t/2) b; cx a, b; h a; h b; rx(pi/2) a; rx(pi/2) b; cx a, b; "
    "rz(-t/2) b; cx a, b; rx(-pi/2) a; rx(-pi/2) b; }",
    "iswap": "gate iswap a, b { s a; s b; h a; cx a, b; cx b, a; h b; }",
    "pswap": "gate pswap(t) a, b { swap a, b; cx a, b; p(t) b; cx a, b; }",
    "ecr": "gate ecr a, b { h b; cx a, b; rz(pi/4) b; cx a, b; h b; x a; h b; cx a, b; rz(-pi/4) b; cx a, b; h b; }",
    "ms": "gate ms(f, g, t) a, b { rz(-f) a; rz(-g) b; h a; h b; cx a, b; rz(t) b; cx a, b; h a; h b; rz(f) a; "
    "rz(g) b; }",
    "ccnot": "gate ccnot a, b, c { ccx a, b, c; }",
}
_STDGATES = 'include "stdgates.inc";'
_VERSION = re.compile(r"\s*OPENQASM\s+[0-9.]+\s*;")


@attrs.frozen
class _Library:
    """A library: its name for people, how it writes a circuit, and what to do about a circuit that it cannot write."""

    name: str
    write: Callable[[Any], str | bytes]
    way_out: str


def program_of(given: Any) -> Program | None:
    """The program in a circuit of a known library; None for any other object.

    Raises UsageError for a parameter without a value and for an object of the library that is no circuit,
    UnsupportedError, in the library's words and with a way out, for a circuit that it cannot write.
    """
    packages = [(kind.__module__ or "").partition(".")[0] for kind in type(given).__mro__]
    library = next((_LIBRARIES[package] for package in packages if package in _LIBRARIES), None)
    if library is None:
        if not callable(getattr(type(given), "_repr_qir_", None)):
            return None
        library = _QIR
    try:
        written = library.write(given)
    except (UsageError, UnsupportedError):
        raise
    except Exception as error:  # each library has errors of its own
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise UnsupportedError(
            f"{library.name} cannot write this {type(given).__name__}: {reason}. {library.way_out}"
        ) from None
    return program_of_text(written) if isinstance(written, str) else program_of_bytes(written)


def _of_kind(given: Any, kind: type, library: str) -> None:
    if not isinstance(given, kind):
        raise UsageError(f"of {library}'s objects a {kind.__name__} can be submitted, not a {type(given).__name__}")


def _qiskit(given: Any) -> str:
    from qiskit import QuantumCircuit

    _of_kind(given, QuantumCircuit, "Qiskit")
    qiskit_circuits.check_bound(given)
    return qiskit_circuits.qasm3_of_circuit(given)


def _cirq(given: Any) -> str:
    import cirq

    _of_kind(given, cirq.AbstractCircuit, "Cirq")
    qiskit_circuits.check_values(cirq.parameter_names(given), "cirq.resolve_parameters")
    # Ten digits, in half turns, are what it writes otherwise.
    return _with_definitions(given.to_qasm(version="3.0", precision=17))


def _pennylane(given: Any) -> str:
    import pennylane as qml

    if isinstance(given, qml.QNode):
        given = qml.workflow.construct_tape(given)()
    _of_kind(given, qml.tape.QuantumScript, "PennyLane")
    # Wires with numbers keep their order; the exporter would take the order in which they occur. It has another order
    # for what is measured, so that is written here.
    wires = list(given.wires)
    wires = sorted(wires) if all(isinstance(wire, int) for wire in wires) else wires
    operations = [*given.operations, *given.diagonalizing_gates]
    text: str = qml.to_openqasm(qml.tape.QuantumScript(operations), wires=qml.wires.Wires(wires), measure_all=False)
    # OpenQASM 2 has no global phase, which the exporter writes all the same.
    text = re.sub(r"(?:if\s*\([^)]*\)\s*)?\bgphase\s*\([^)]*\)\s*;", "", text)
    final = [measurement for measurement in given.measurements if measurement.mv is None]
    measured = list(dict.fromkeys(wire for each in final for wire in (each.wires or wires)))
    if not measured:
        return text
    bits = [f"measure q[{wires.index(wire)}] -> c[{bit}];" for bit, wire in enumerate(measured)]
    return re.sub(r"(qreg [^;]*;)", rf"\1\ncreg c[{len(measured)}];", text, count=1) + "\n".join(bits) + "\n"


def _pytket(given: Any) -> str:
    from pytket.circuit import Circuit
    from pytket.qasm import circuit_to_qasm_str

    _of_kind(given, Circuit, "pytket")
    qiskit_circuits.check_values((str(symbol) for symbol in given.free_symbols()), "Circuit.symbol_substitution")
    if not given.n_bits and given.has_implicit_wireswaps:
        # Which qubit is which at the end: measurements say it, without any it would be lost.
        given = given.copy()
        given.replace_implicit_wire_swaps()
    text: str = circuit_to_qasm_str(given, maxwidth=max(32, given.n_bits))
    return text


def _braket(given: Any) -> str:
    from braket.circuits import Circuit

    _of_kind(given, Circuit, "Amazon Braket")
    qiskit_circuits.check_values((parameter.name for parameter in given.parameters), "Circuit.make_bound_circuit")
    text: str = given.to_ir("OPENQASM").source
    pragma = re.search(r"#pragma braket (\w+(?: \w+)?)", text)
    if pragma:
        raise ValueError(f"{pragma[1]!r} is a pragma, which only its own service reads")
    return _with_definitions(re.sub(r"^gphase\([^;]*;\n", "", text, flags=re.MULTILINE))


def _openqasm3(given: Any) -> str:
    import openqasm3
    from openqasm3.ast import Program as Tree

    _of_kind(given, Tree, "openqasm3")
    text: str = openqasm3.dumps(given)
    return text if _VERSION.match(text) else f"OPENQASM 3.0;\n{text}"


def _pyqasm(given: Any) -> str:
    import pyqasm

    _of_kind(given, pyqasm.modules.QasmModule, "pyqasm")
    text: str = pyqasm.dumps(given)
    return text


def _qir(given: Any) -> str | bytes:
    written: str | bytes = given._repr_qir_()
    return written


def _with_definitions(text: str) -> str:
    """OpenQASM 3 with ``stdgates.inc`` and the definitions of the gates that it uses beyond."""
    code = without_comments(text)
    used = [gate for name, gate in _DEFINITIONS.items() if re.search(rf"(?:^|[;{{}}@])\s*{name}[ (]", code)]
    head = "\n".join([_STDGATES, *used])
    if _STDGATES in text:
        return text.replace(_STDGATES, head, 1)
    version = _VERSION.match(text)
    end = version.end() if version else 0
    return f"{text[:end]}\n{head}{text[end:]}"


_LIBRARIES: Mapping[str, _Library] = {
    "qiskit": _Library("Qiskit", _qiskit, "Decompose the circuit first"),
    "cirq": _Library(
        "Cirq",
        _cirq,
        "Write it in gates that it can, as cirq.optimize_for_target_gateset(circuit, gateset=cirq.CZTargetGateset()) "
        "does",
    ),
    "pennylane": _Library(
        "PennyLane",
        _pennylane,
        "Submit a tape of operations that have a decomposition into gates; the tape of a QNode that takes arguments is "
        "pennylane.workflow.construct_tape(qnode)(...)",
    ),
    "pytket": _Library(
        "pytket",
        _pytket,
        "Write it in gates that it can, as pytket.passes.AutoRebase({OpType.CX, OpType.Rz, OpType.Rx}) does",
    ),
    "braket": _Library("Amazon Braket", _braket, "Write it in gates, and measure the qubits that are asked for"),
    "openqasm3": _Library("openqasm3", _openqasm3, "Submit the program's text"),
    "pyqasm": _Library("pyqasm", _pyqasm, "Submit the program's text"),
}
_QIR = _Library("Its _repr_qir_()", _qir, "Submit QIR text or bitcode")
