"""Parse a program to a qiskit circuit. Runs in the worker process only."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

import openqasm3.parser
from openqasm3 import ast
from openqasm3.visitor import QASMVisitor
from qiskit import QiskitError, QuantumCircuit, qasm2
from qiskit.circuit.library import IGate
from qiskit_qasm3_import import ConversionError
from qiskit_qasm3_import.converter import ConvertVisitor

from .bounds import code_of, version_of
from .data import Program, ProgramError
from .ionq_gates import build
from .qir import read_qir

_ACTING = (ast.QuantumGate, ast.QuantumReset, ast.BranchingStatement, ast.ForInLoop, ast.WhileLoop, ast.Box)
"""Statements that may act on a qubit, other than measurements."""

_LOCATION = re.compile(r"(?:<input>:|L)?(?P<line>\d+)[,:]C?(?P<column>\d+): *(?P<text>.*)", re.DOTALL)
"""The start of parser messages with a location. Lines count from 1, columns from 0."""

Registers = dict[str, list[int | None]]


def read(circuit: Program, gates: int) -> tuple[QuantumCircuit, Registers]:
    """The circuit, of at most `gates` gates, and the registers of its classical bits (of a JSON circuit's qubits)."""
    if circuit.language in ("ionq.qis", "ionq.native"):
        value = json.loads(circuit.source)
        return build(value, native=circuit.language == "ionq.native"), dict(value.get("registers") or {})
    if circuit.language in ("qir.ll", "qir.bc"):
        return read_qir(circuit, gates), {}
    version = version_of(circuit.source) or circuit.language
    if version != circuit.language:
        raise ProgramError("invalid", f"the program says it is {version}, and was submitted as {circuit.language}")
    try:
        return _qasm2(circuit.source, gates) if circuit.language == "qasm2" else _qasm3(circuit.source, gates)
    except (RecursionError, MemoryError):
        raise ProgramError("too_complex", "the program is nested too deeply") from None
    except (qasm2.QASM2ParseError, openqasm3.parser.QASM3ParsingError, ConversionError) as error:
        raise ProgramError("invalid", _parser_message(error)) from None
    except (AttributeError, LookupError, TypeError, ValueError, ArithmeticError, QiskitError):
        # The importers raise these for programs that are well-formed but invalid.
        raise ProgramError("invalid", "the program cannot be read") from None


def _qasm2(source: str, gates: int) -> tuple[QuantumCircuit, Registers]:
    code = code_of(source)
    # Qiskit's qelib1.inc has more gates than that of the paper, and programs written by Qiskit use them. The parser
    # would prefer them to a gate or register of the same name that the program declares, or refuse the program.
    own = set(re.findall(r"\b(?:gate|opaque|qreg|creg)\s+(\w+)", code))
    extra = [
        dataclasses.replace(gate, constructor=_idle) if gate.name == "u0" else gate
        for gate in qasm2.LEGACY_CUSTOM_INSTRUCTIONS
        if gate.name not in own and re.search(r"\binclude\b", code)
    ]
    _check_definitions(code, gates)
    # Without include_path=() the parser would look for include files on this machine.
    circuit = qasm2.loads(source, include_path=(), custom_instructions=extra)
    bits = {bit: index for index, bit in enumerate(circuit.clbits)}
    return circuit, {register.name: [bits[bit] for bit in register] for register in circuit.cregs}


def _idle(duration: float) -> IGate:
    """The gate ``u0``, which waits for so many lengths of a gate. Qiskit's own takes whole numbers only."""
    return IGate()


def _qasm3(source: str, gates: int) -> tuple[QuantumCircuit, Registers]:
    program = openqasm3.parse(source)
    _check_size(program, gates)
    # A measurement into nothing, which the importer refuses, is how qBraid's own example ends. At the end of a program
    # it changes nothing that can be seen. Before a gate it does, and stays refused.
    end = max((i for i, statement in enumerate(program.statements) if isinstance(statement, _ACTING)), default=-1)
    program.statements = [
        statement for i, statement in enumerate(program.statements) if i <= end or not _measures_into_nothing(statement)
    ]
    _keep_order_of_angles(program)
    circuit = _Importer().circuit_of(program)
    return circuit, _registers_of(program, circuit)


def _keep_order_of_angles(program: Any) -> None:
    """Rename the angles of each gate definition so that their alphabetical order, in which the importer takes them
    (qiskit-qasm3-import 0.6), is that of their declaration."""
    for definition in program.statements:
        if isinstance(definition, ast.QuantumGateDefinition) and definition.arguments:
            # With a blank inside they are names that nothing else in a program can have.
            names = {angle.name: f"angle {place:06d}" for place, angle in enumerate(definition.arguments)}
            renaming = _Renaming()
            for part in (*definition.arguments, *definition.qubits, *definition.body):
                renaming.visit(part, names)


class _Renaming(QASMVisitor[dict[str, str]]):
    """Gives identifiers other names, wherever they stand."""

    def visit_Identifier(self, node: ast.Identifier, names: dict[str, str]) -> None:
        node.name = names.get(node.name, node.name)


class _Importer(ConvertVisitor):
    """Reads a program and knows the line of the statement that it is at, for errors that do not tell it."""

    _line = 1

    def visit(self, node: Any, context: Any = None) -> Any:
        if isinstance(node, ast.Statement) and node.span is not None:
            self._line = node.span.start_line
        return super().visit(node, context)

    def circuit_of(self, program: Any) -> QuantumCircuit:
        try:
            return self.convert(program).circuit
        except (LookupError, QiskitError) as error:
            if isinstance(error, ConversionError):
                raise
            raise ProgramError("invalid", f"line {self._line}: {_first_line(error)}") from None
        except (AttributeError, TypeError, ValueError, ArithmeticError):
            # Python's own words for these are about the importer's code, not about the program.
            raise ProgramError("invalid", f"line {self._line}: the statement cannot be read") from None


def _registers_of(program: Any, circuit: QuantumCircuit) -> Registers:
    """The registers of a program's classical bits in the order of declaration. One bit alone is a register of one."""
    found: Registers = {}
    place = 0
    for statement in program.statements:
        if isinstance(statement, ast.ClassicalDeclaration) and isinstance(statement.type, ast.BitType):
            if getattr(statement.type.size, "value", None) == 0:
                continue
            # An alias makes a register of the circuit, too, but no bits: those are in the order of their declarations.
            registers = circuit.find_bit(circuit.clbits[place]).registers
            size = 1 if statement.type.size is None else len(registers[0][0])
            found[statement.identifier.name] = list(range(place, place + size))
            place += size
    return found


def _check_definitions(source: str, most: int) -> None:
    """Refuse definitions that grow exponentially. A gate definition of OpenQASM 2 has no inner braces."""
    defined: dict[str, int] = {}
    for name, body in re.findall(r"\bgate\s+(\w+)[^{;]*\{([^}]*)\}", source):
        calls = re.findall(r"(?:^|;)\s*(\w+)", body)
        defined[name] = sum(defined.get(call, 1) + 1 for call in calls)
        if defined[name] > most:
            raise ProgramError("too_many_gates", f"the gate {name} has more than {most} gates inside")


def _check_size(program: Any, most: int) -> None:
    """Refuse definitions that grow exponentially, and gates on very many qubits: the importer expands both."""
    defined: dict[str, int] = {}
    registers: dict[str, int] = {}
    total = 0
    for statement in program.statements:
        if isinstance(statement, ast.QubitDeclaration):
            registers[statement.qubit.name] = getattr(statement.size, "value", 1)
        elif isinstance(statement, ast.QuantumGateDefinition):
            defined[statement.name.name] = sum(
                defined.get(inner.name.name, 1) for inner in statement.body if isinstance(inner, ast.QuantumGate)
            )
            total = max(total, defined[statement.name.name])
        elif isinstance(statement, ast.QuantumGate):
            sizes = [registers.get(q.name, 1) for q in statement.qubits if isinstance(q, ast.Identifier)]
            total += defined.get(statement.name.name, 1) * max(sizes, default=1)
        if total > most:
            raise ProgramError("too_many_gates", f"the circuit has more than {most} gates")


def _measures_into_nothing(statement: Any) -> bool:
    return isinstance(statement, ast.QuantumMeasurementStatement) and statement.target is None


def _parser_message(error: Exception) -> str:
    """The message of a parser, preceded by line and column, both from 1."""
    text, cause = _first_line(error), error.__cause__
    located = _LOCATION.fullmatch(text)
    if located is not None:
        return f"line {located['line']}, column {int(located['column']) + 1}: {located['text']}"
    reason = cause.args[0] if cause is not None and cause.args else None
    token = getattr(reason, "offendingToken", None)
    if token is None:
        return text
    what = "the program ends too early" if token.text == "<EOF>" else f"{token.text[:80]!r} is not expected here"
    return f"line {token.line}, column {token.column + 1}: {what}"


def _first_line(error: Exception) -> str:
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0][:300].strip("'\"")
