"""Programs as Qiskit circuits, and Qiskit circuits as OpenQASM 3. Qiskit is loaded only when a function here runs.

Text is read by Qiskit's own readers, and no file is ever opened. Before a circuit is written anywhere, it is written
out in gates of Qiskit's standard library (``lowering``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from quantum_jobs.counts import MOST_QUBITS
from quantum_jobs.errors import UnsupportedError, UsageError
from quantum_jobs.model import Program
from quantum_jobs.programs.formats import QASM2, without_comments
from quantum_jobs.programs.loading import load_qiskit
from quantum_jobs.programs.lowering import MOST_GATES, STDGATES, is_standard, lowered, too_many_gates

_DECLARATION = re.compile(r"\b(gate|opaque|qreg|creg)\s+([A-Za-z_]\w*)")
_OWN_GATE = re.compile(r"\bgate\s+([A-Za-z_]\w*)\s*\(([^)]*)\)")
_SIZE = re.compile(r"\b(?:[qc]reg\s+\w+|qubit|bit)\s*\[\s*(\d+)\s*\]")
_GATE_BODY = re.compile(r"\bgate\s+([A-Za-z_]\w*)[^{;]*\{([^}]*)\}")
_USE_WITHOUT_ANGLES = re.compile(r"(?:^|[;{}])\s*(?:if\s*\([^)]*\)\s*)?([A-Za-z_]\w*)\s+(?=[A-Za-z_])")
_INCLUDE = re.compile(r'\binclude\s*"([^"\n]*)"\s*;')


def qasm3_of_circuit(circuit: Any) -> str:
    """A Qiskit circuit as OpenQASM 3 in the gates of ``stdgates.inc``.

    Raises UsageError for a parameter without a value, UnsupportedError for what OpenQASM 3 cannot say.
    """
    from qiskit import qasm3

    flat = lowered(circuit, lambda operation: is_standard(operation, STDGATES))
    try:
        text: str = qasm3.dumps(flat)
    except qasm3.QASM3Error as error:
        raise UnsupportedError(f"this Qiskit circuit cannot be written as OpenQASM 3: {error}") from None
    return text


def circuit_of_qasm2(text: str) -> Any:
    """The Qiskit circuit of an OpenQASM 2 program. Raises UsageError, with the line, for one that cannot be read.

    All gates of the ``qelib1.inc`` that Qiskit ships are known; a name that the program declares itself is the
    program's.
    """
    load_qiskit()
    from qiskit import QiskitError, qasm2

    code = without_comments(text)
    _check_registers(code)
    own = _declared(code)
    for include in _INCLUDE.finditer(code):
        if include[1] != "qelib1.inc":
            raise UsageError(
                f"this OpenQASM 2 program includes {include[1]!r} on line {_line(code, include.start())}: of files "
                "only 'qelib1.inc' is known, and none is opened. Put the file's text in the place of the include"
            )
    # Qiskit's reader would refuse a program that declares a name of the file anew, and the file has grown since many
    # programs were written (a register p is common). So its gates come as built-in ones, less those names. Blanks keep
    # lines and columns as they are in messages.
    included = _INCLUDE.search(code) is not None
    code = _INCLUDE.sub(lambda include: re.sub(r"[^\n]", " ", include[0]), code)
    library = [
        qasm2.CustomInstruction(gate.name, gate.num_params, gate.num_qubits, _constructor(gate), builtin=True)
        for gate in (qasm2.LEGACY_CUSTOM_INSTRUCTIONS if included else ())
        if gate.name not in own and gate.name != "delay"
    ]
    _check_sizes(code)
    _check_angles_given(code, {gate.name: gate.num_params for gate in library})
    try:
        # No include path: a program must not read this machine's files.
        return qasm2.loads(code, include_path=(), custom_instructions=library)
    except (QiskitError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        place = re.fullmatch(r"<input>:(\d+),\d+: (.*)", getattr(error, "message", ""), re.DOTALL)
        reason = f"line {place[1]}: {place[2]}" if place else str(error)
        raise UsageError(f"this OpenQASM 2 program could not be read: {reason}") from None


def _check_registers(code: str) -> None:
    """Raises UsageError for a register that would fill the memory before anybody could say so."""
    for size in _SIZE.finditer(code):
        if len(size[1]) > 9 or int(size[1]) > MOST_QUBITS:
            raise UsageError(
                f"the register on line {_line(code, size.start())} has {size[1]:.20} bits, and {MOST_QUBITS} are the "
                "most"
            )


def _declared(code: str) -> set[str]:
    """The names of the program's own gates and registers. Raises UsageError for an opaque gate."""
    declarations = list(_DECLARATION.finditer(code))
    for declaration in declarations:
        if declaration[1] == "opaque":
            raise UsageError(
                f"the gate {declaration[2]!r} is declared opaque on line {_line(code, declaration.start())} of this "
                "OpenQASM 2 program, so nobody knows what it does: define it with 'gate'"
            )
    return {declaration[2] for declaration in declarations}


def _check_sizes(code: str) -> None:
    """Raises UsageError for definitions that double at each step, which would take minutes to write out."""
    sizes: dict[str, int] = {}
    for name, body in _GATE_BODY.findall(code):
        sizes[name] = sum(sizes.get(used, 1) for used in re.findall(r"(?:^|;)\s*([A-Za-z_]\w*)", body))
        if sizes[name] > MOST_GATES:
            raise too_many_gates()


def _check_angles_given(code: str, library: Mapping[str, int]) -> None:
    """Raises UsageError for a gate with angles that is used without any, which Qiskit's reader takes."""
    angles = {**library, **{gate[1]: len(gate[2].split(",")) for gate in _OWN_GATE.finditer(code) if gate[2].strip()}}
    for use in _USE_WITHOUT_ANGLES.finditer(code):
        if angles.get(use[1]):
            raise UsageError(
                f"this OpenQASM 2 program could not be read: line {_line(code, use.start(1))}: {use[1]!r} takes "
                f"{angles[use[1]]} parameter{'s' * (angles[use[1]] > 1)}, but got 0"
            )


def _constructor(gate: Any) -> Any:
    from qiskit.circuit.library import IGate

    # Idling for a time that no service of today knows the unit of; Qiskit would have a delay of whole steps.
    return (lambda gamma: IGate()) if gate.name == "u0" else gate.constructor


def circuit_of_qasm3(text: str) -> Any:
    """The Qiskit circuit of an OpenQASM 3 program.

    Raises UsageError for text that is not OpenQASM 3, UnsupportedError for parts of the language that Qiskit's reader
    does not know; both with the line.
    """
    import openqasm3.parser

    load_qiskit()
    import qiskit_qasm3_import
    from qiskit import QiskitError

    _check_registers(without_comments(text))
    try:
        tree = openqasm3.parser.parse(text)
    except (openqasm3.parser.QASM3ParsingError, RecursionError) as error:
        raise UsageError(f"this OpenQASM 3 program could not be read: {_syntax_error(error)}") from None
    _drop_final_measurements_into_nothing(tree)
    _keep_order_of_parameters(tree)
    try:
        return qiskit_qasm3_import.convert(tree)
    except qiskit_qasm3_import.ConversionError as error:
        reason = re.sub(r"^(\d+),\d+: ", r"line \1: ", str(error))
    except (AttributeError, LookupError, TypeError, ValueError, ArithmeticError, QiskitError) as error:
        # The reader runs into these for parts of the language that it does not know.
        reason = str(error) or type(error).__name__
    raise UnsupportedError(
        f"this OpenQASM 3 program cannot be converted, and this job takes no OpenQASM 3 as it is: {reason}"
    )


def _drop_final_measurements_into_nothing(tree: Any) -> None:
    """Leave out ``measure q;`` at the end of a program, which the reader refuses: nobody learns what it measured."""
    from openqasm3 import ast

    idle = (ast.QuantumMeasurementStatement, ast.QuantumBarrier, ast.ClassicalDeclaration)
    end = max((i for i, statement in enumerate(tree.statements) if not isinstance(statement, idle)), default=-1)
    tree.statements = [
        statement
        for i, statement in enumerate(tree.statements)
        if i < end or not isinstance(statement, ast.QuantumMeasurementStatement) or statement.target is not None
    ]


def _keep_order_of_parameters(tree: Any) -> None:
    """Give the parameters of gate definitions names in alphabetical order, which is the order that the reader takes
    them in (qiskit-qasm3-import 0.5 and 0.6), whatever order they are declared in."""
    from openqasm3 import ast, visitor

    class Renaming(visitor.QASMVisitor[dict[str, str]]):
        def visit_QuantumGate(self, node: Any, names: dict[str, str]) -> None:
            for part in (*node.modifiers, *node.arguments):
                self.visit(part, names)

        def visit_Identifier(self, node: Any, names: dict[str, str]) -> None:
            node.name = names.get(node.name, node.name)

    for statement in tree.statements:
        if isinstance(statement, ast.QuantumGateDefinition) and statement.arguments:
            names = {each.name: f"parameter_{number:06d}" for number, each in enumerate(statement.arguments)}
            for part in (*statement.arguments, *statement.body):
                Renaming().visit(part, names)


def _syntax_error(error: Exception) -> str:
    """The message, which for most errors has to be made out of the token that the parser stopped at."""
    if str(error):
        return re.sub(r"^L(\d+):C\d+: ", r"line \1: ", str(error))
    given_up = error.__cause__
    stopped = given_up.args[0] if given_up is not None and given_up.args else None
    token = getattr(stopped, "offendingToken", None)
    return "it is nested too deeply" if token is None else f"line {token.line}: {token.text!r} is not expected there"


def circuit_of(program: Program) -> Any:
    """The Qiskit circuit of an OpenQASM program. Raises UsageError for one with a parameter that has no value."""
    circuit = circuit_of_qasm2(program.data) if program.format == QASM2 else circuit_of_qasm3(program.data)
    check_bound(circuit)
    return circuit


def check_bound(circuit: Any) -> None:
    """Raises UsageError naming the parameters of a Qiskit circuit that have no value."""
    # Early Qiskit 1 counts the variables of loops among the parameters.
    loops = {each.operation.params[1] for each in circuit.data if each.operation.name == "for_loop"}
    names = [each.name for each in ({*circuit.parameters} - loops) | {*circuit.iter_input_vars()}]
    check_values(names, "QuantumCircuit.assign_parameters")


def check_values(unbound: Iterable[str], remedy: str) -> None:
    """Raises UsageError naming these parameters, and the library's function that gives them values."""
    names = sorted(unbound)
    if names:
        raise UsageError(
            f"the circuit has parameters without a value: {', '.join(names)}. Give them one before it is submitted, as "
            f"{remedy} does"
        )


@contextmanager
def converting_for(service: str) -> Iterator[None]:
    """Raises UnsupportedError, naming the extra, where a package that converts programs is missing."""
    try:
        yield
    except ImportError as error:
        raise UnsupportedError(
            f"{service} does not take this program as it is, and the package that converts it is missing "
            f"({error.name or 'qiskit'}): install the extra qiskit, in a checkout with pip install '.[qiskit]'"
        ) from None


def line_of(text: str, word: str) -> str:
    """``" on line 7 of its OpenQASM"`` for the first place of a word; empty where there is none."""
    code = without_comments(text)
    found = re.search(rf"\b{re.escape(word)}\b", code)
    return "" if found is None else f" on line {_line(code, found.start())} of its OpenQASM"


def _line(code: str, position: int) -> int:
    return code.count("\n", 0, position) + 1
