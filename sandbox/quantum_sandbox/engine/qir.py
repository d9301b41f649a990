"""Convert QIR, text or bitcode, to a qiskit circuit. Runs in the worker process only.

Supported are the base profile and, of the adaptive profile, forward branches on results. LLVM's parser may crash on
malicious bitcode: then this process ends, the job fails, and the next job gets a new process.

The bits of an outcome are the recorded results, sorted by number, the lowest as bit 0. The order of the records is
ignored, because QIR compilers disagree on it. Without records, the bits are all results that are measured into.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs
import pyqir
from qiskit import QuantumCircuit
from qiskit.circuit import IfElseOp, library

from .data import Program, ProgramError
from .qir_conditions import FALSE, TRUE, Condition, both, choice, either, negated, of_bit

_MAX_IDS = 4096
_MAX_BLOCKS = 1000
_MAX_NESTING = 40
OUTCOME_BITS = "outcome_bits"
"""Key in a circuit's metadata: how many of its classical bits, the highest ones, form the outcome."""

_GATES: Mapping[str, Callable[..., Any]] = {
    "h": library.HGate,
    "x": library.XGate,
    "y": library.YGate,
    "z": library.ZGate,
    "s": library.SGate,
    "t": library.TGate,
    "sx": library.SXGate,
    "i": library.IGate,
    "id": library.IGate,
    "cnot": library.CXGate,
    "cx": library.CXGate,
    "cy": library.CYGate,
    "cz": library.CZGate,
    "swap": library.SwapGate,
    "ccnot": library.CCXGate,
    "ccx": library.CCXGate,
    "rx": library.RXGate,
    "ry": library.RYGate,
    "rz": library.RZGate,
    "r1": library.PhaseGate,
    "u3": library.UGate,
    "rxx": library.RXXGate,
    "ryy": library.RYYGate,
    "rzz": library.RZZGate,
}
_MEASUREMENTS = ("mz__body", "m__body", "mresetz__body")
_READS = ("__quantum__qis__read_result__body", "__quantum__rt__read_result__body", "__quantum__rt__read_result")
_IGNORED = (
    *("__quantum__rt__initialize", "__quantum__rt__array_record_output", "__quantum__rt__tuple_record_output"),
    *("__quantum__rt__array_start_record_output", "__quantum__rt__array_end_record_output"),
    *("__quantum__rt__tuple_start_record_output", "__quantum__rt__tuple_end_record_output"),
    "__quantum__qis__barrier__body",
)
_QIS = re.compile(r"__quantum__qis__(\w+?)__(body|adj)")
_POINTER = re.compile(r"[^ ]+ (?:null|inttoptr \(i64 ([0-9]{1,9}) to [^ ]+\))")


@attrs.frozen
class _Gate:
    operation: Any
    qubits: Sequence[int]


@attrs.frozen
class _Measure:
    qubit: int
    result: int
    reset: bool


@attrs.frozen
class _Reset:
    qubit: int


@attrs.frozen
class _Read:
    value: Any
    result: int


@attrs.frozen
class _Record:
    result: int


@attrs.frozen(eq=False)
class _Block:
    """`steps` are instances of the classes above, and LLVM's instructions for classical values."""

    steps: Sequence[Any]
    terminator: Any


def read_qir(circuit: Program, gates: int) -> QuantumCircuit:
    """The circuit of a program of at most `gates` instructions."""
    # The context must live as long as its values are used.
    context = pyqir.Context()
    module = _parse(circuit, context)
    entries = [function for function in module.functions if pyqir.is_entry_point(function) and function.basic_blocks]
    if len(entries) != 1:
        raise ProgramError("invalid", f"the program has {len(entries)} entry points and not one")
    if len(entries[0].basic_blocks) > _MAX_BLOCKS:
        raise ProgramError("too_complex", f"the program has more than {_MAX_BLOCKS} blocks")
    if sum(len(block.instructions) for block in entries[0].basic_blocks) > gates:
        raise ProgramError("too_many_gates", f"the program has more than {gates} instructions")
    blocks = {block: _Block(_steps(block), block.terminator) for block in entries[0].basic_blocks}
    start = _empty_circuit(entries[0], [step for block in blocks.values() for step in block.steps])
    return _Builder(blocks, start, gates).build(entries[0].basic_blocks[0])


def _parse(circuit: Program, context: Any) -> Any:
    try:
        if circuit.language == "qir.ll":
            module = pyqir.Module.from_ir(context, circuit.source)
        else:
            module = pyqir.Module.from_bitcode(
                context, base64.b64decode("".join(circuit.source.split()), validate=True)
            )
        problem = module.verify()
    except ValueError as error:
        problem = str(error)
    if problem is not None:
        place = _line_of(problem, circuit) if circuit.language == "qir.ll" else ""
        raise ProgramError(
            "invalid", f"{place}the program is not valid LLVM IR: {problem.strip().splitlines()[0][:200]}"
        )
    return module


def _line_of(problem: str, circuit: Program) -> str:
    """The line number of an error. LLVM quotes the line below its message, without its number."""
    _, *quoted = problem.splitlines()
    found = [number for number, line in enumerate(circuit.source.splitlines(), 1) if [line] == quoted[:1]]
    return f"line {found[0]}: " if len(found) == 1 else ""


def _steps(block: Any) -> list[Any]:
    steps = [_call(each) if isinstance(each, pyqir.Call) else each for each in block.instructions]
    return [step for step in steps if step is not None]


def _call(call: Any) -> Any:
    name, arguments = call.callee.name, call.args
    if name in _IGNORED:
        return None
    if name in _READS:
        return _Read(call, *_ids(arguments, 1))
    if name == "__quantum__rt__result_record_output":
        return _Record(*_ids(arguments[:1], 1))
    match = _QIS.fullmatch(name)
    if match is None:
        raise ProgramError("unsupported", f"the function {name[:80]} is not supported")
    kind = f"{match[1]}__{match[2]}"
    if kind in _MEASUREMENTS:
        qubit, result = _ids(arguments, 2)
        return _Measure(qubit, result, reset=kind == "mresetz__body")
    if kind == "reset__body":
        return _Reset(*_ids(arguments, 1))
    return _gate(match[1], match[2] == "adj", arguments)


def _gate(name: str, adjoint: bool, arguments: Sequence[Any]) -> _Gate:
    if name not in _GATES:
        raise ProgramError("unsupported", f"the gate {name[:80]} is not supported")
    angles = [argument.value for argument in arguments if isinstance(argument, pyqir.FloatConstant)]
    qubits = [_id(argument) for argument in arguments[len(angles) :]]
    if not all(math.isfinite(angle) for angle in angles):
        raise ProgramError("invalid", "an angle is not a finite number")
    try:
        operation = _GATES[name](*angles)
    except TypeError:
        raise ProgramError("invalid", f"the gate {name} has another number of angles") from None
    if operation.num_qubits != len(qubits) or len(set(qubits)) != len(qubits):
        raise ProgramError("invalid", f"the gate {name} acts on {operation.num_qubits} different qubits")
    return _Gate(operation.inverse() if adjoint else operation, qubits)


def _ids(arguments: Sequence[Any], count: int) -> list[int]:
    if len(arguments) != count:
        raise ProgramError(
            "invalid", f"a function of the quantum instruction set takes {count} and not {len(arguments)}"
        )
    return [_id(argument) for argument in arguments]


def _id(value: Any) -> int:
    """The number of a qubit or result. The library's own function reads invalid memory for other pointers."""
    match = _POINTER.fullmatch(str(value)) if type(value) is pyqir.Constant else None
    if match is None:
        raise ProgramError("unsupported", "a qubit or result is not given by a constant number")
    number = int(match[1] or 0)
    if number >= _MAX_IDS:
        raise ProgramError("too_many_qubits", f"qubit or result {number} is beyond {_MAX_IDS}")
    return number


def _empty_circuit(entry: Any, steps: Sequence[Any]) -> QuantumCircuit:
    """A circuit with the qubits and bits of the program; `bits` in its metadata is the bit of each result."""
    used = [qubit for step in steps if isinstance(step, _Gate) for qubit in step.qubits]
    used += [step.qubit for step in steps if isinstance(step, _Measure | _Reset)]
    qubits = max([1, _required(entry, "required_num_qubits"), *(qubit + 1 for qubit in used)])
    measured = {step.result for step in steps if isinstance(step, _Measure)}
    recorded = {step.result for step in steps if isinstance(step, _Record)} or measured
    hidden = (measured | {step.result for step in steps if isinstance(step, _Read)}) - recorded
    bits = {result: bit for bit, result in enumerate([*sorted(hidden), *sorted(recorded)])}
    return QuantumCircuit(qubits, len(bits), metadata={OUTCOME_BITS: len(recorded), "bits": bits})


def _required(entry: Any, name: str) -> int:
    attributes = entry.attributes.func
    text = (attributes[name].string_value if name in attributes else None) or "0"
    if not re.fullmatch("[0-9]{1,9}", text, re.ASCII) or int(text) > _MAX_IDS:
        raise ProgramError("too_many_qubits", f"{name} is not a number up to {_MAX_IDS}")
    return int(text)


_Arrivals = list[tuple[Condition, Any]]
"""The predecessors of a block, each with the condition under which control comes from it."""


class _Builder:
    """Converts the blocks of a program; each branch becomes an if statement up to where its two sides join."""

    def __init__(self, blocks: Mapping[Any, _Block], circuit: QuantumCircuit, left: int) -> None:
        self._blocks = blocks
        self._circuit = circuit
        self._left = left
        self._bits: Mapping[int, int] = circuit.metadata["bits"]
        self._known: dict[Any, Condition | None] = {}
        self._read: set[int] = set()
        self._postdominators: dict[Any, frozenset[Any]] = {}

    def build(self, first: Any) -> QuantumCircuit:
        self._find_postdominators(first)
        self._follow(self._circuit, first, None, [], 0)
        return self._circuit

    def _find_postdominators(self, first: Any) -> None:
        """Find for each block its postdominators: the blocks on every path to the end, including itself."""
        open_blocks, path = [first], set()
        while open_blocks:
            block = open_blocks[-1]
            following = _targets(self._blocks[block].terminator)
            missing = [target for target in following if target not in self._postdominators]
            if block in self._postdominators or not missing:
                common = (
                    frozenset.intersection(*(self._postdominators[t] for t in following)) if following else frozenset()
                )
                self._postdominators[block] = common | {block}
                path.discard(open_blocks.pop())
                continue
            path.add(block)
            if any(target in path for target in missing):
                raise ProgramError("unsupported", "loops are not supported")
            open_blocks.append(missing[0])

    def _follow(self, circuit: QuantumCircuit, block: Any, stop: Any, arrivals: _Arrivals, depth: int) -> _Arrivals:
        """Append the blocks from `block` up to `stop`; returns the arrivals at `stop`."""
        if depth > _MAX_NESTING:
            raise ProgramError("too_complex", f"branches are nested deeper than {_MAX_NESTING}")
        while block is not None and block != stop:
            for step in self._blocks[block].steps:
                # A block on several sides of branches is converted for each.
                self._left -= 1
                if self._left < 0:
                    raise ProgramError("too_many_gates", "the program has too many instructions")
                self._append(circuit, step, arrivals)
            terminator = self._blocks[block].terminator
            following = _targets(terminator)
            if not following:
                return []
            if len(following) == 1:
                arrivals, block = [(TRUE, block)], following[0]
                continue
            arrivals, block = self._branch(circuit, block, self._value(terminator.operands[0]), following, depth)
        return arrivals

    def _branch(
        self, circuit: QuantumCircuit, block: Any, condition: Condition | None, following: Sequence[Any], depth: int
    ) -> tuple[_Arrivals, Any]:
        """Append both sides of a branch; returns the arrivals at the block where they join, and that block."""
        if condition is None:
            raise ProgramError("unsupported", "a branch depends on something else than results")
        shared = self._postdominators[following[0]] & self._postdominators[following[1]]
        # The join is the first of the common postdominators, which has all the others as its own.
        join = max(shared, key=lambda other: len(self._postdominators[other]), default=None)
        reached: _Arrivals = []
        bodies = []
        for guard, target in zip((condition, negated(condition)), following, strict=True):
            body = QuantumCircuit(circuit.qubits, circuit.clbits)
            ways = self._follow(body, target, join, [(TRUE, block)], depth + 1) if guard != FALSE else []
            reached += [(both(guard, inner), source) for inner, source in ways]
            bodies.append(body)
        if condition in (TRUE, FALSE):
            circuit.compose(bodies[0 if condition == TRUE else 1], inplace=True)
        elif any(body.data for body in bodies):
            circuit.append(IfElseOp(condition.expression, *bodies), circuit.qubits, circuit.clbits)
        return reached, join

    def _append(self, circuit: QuantumCircuit, step: Any, arrivals: _Arrivals) -> None:
        if isinstance(step, _Gate):
            circuit.append(step.operation, step.qubits)
        elif isinstance(step, _Measure):
            if step.result in self._read:
                raise ProgramError("unsupported", "a result is measured into again after it was read")
            circuit.measure(step.qubit, self._bits[step.result])
            if step.reset:
                circuit.reset(step.qubit)
        elif isinstance(step, _Reset):
            circuit.reset(step.qubit)
        elif isinstance(step, _Read):
            self._read.add(step.result)
            self._known[step.value] = of_bit(circuit.clbits[self._bits[step.result]])
        elif not isinstance(step, _Record):
            self._known[step] = self._evaluate(step, arrivals)

    def _value(self, value: Any) -> Condition | None:
        if isinstance(value, pyqir.IntConstant) and value.type.width == 1:
            return TRUE if value.value else FALSE
        return self._known.get(value)

    def _evaluate(self, instruction: Any, arrivals: _Arrivals) -> Condition | None:
        """The value of a classical instruction; None unless it is a boolean that depends on results only."""
        if isinstance(instruction, pyqir.Phi):
            incoming = {source: self._value(value) for value, source in instruction.incoming}
            ways = [(guard, incoming.get(source)) for guard, source in arrivals]
            found: Condition | None = FALSE
            for guard, value in ways:
                found = None if found is None or value is None else either(found, both(guard, value))
            return found
        values = [self._value(operand) for operand in instruction.operands]
        known = [value for value in values if value is not None]
        if not known or len(known) < len(values):
            return None
        opcode = instruction.opcode
        if opcode == pyqir.Opcode.AND:
            return both(*known)
        if opcode == pyqir.Opcode.OR:
            return either(*known)
        if opcode == pyqir.Opcode.SELECT:
            return choice(*known)
        differ = choice(known[0], negated(known[1]), known[1]) if len(known) == 2 else None
        if opcode == pyqir.Opcode.XOR:
            return differ
        if isinstance(instruction, pyqir.ICmp) and differ is not None:
            if instruction.predicate == pyqir.IntPredicate.NE:
                return differ
            return negated(differ) if instruction.predicate == pyqir.IntPredicate.EQ else None
        return None


def _targets(terminator: Any) -> list[Any]:
    """The successors of a block: none, one, or two, the first of which is for a true condition."""
    if terminator is None or terminator.opcode == pyqir.Opcode.RET:
        return []
    if terminator.opcode != pyqir.Opcode.BR:
        raise ProgramError("unsupported", "of control flow only forward branches are supported")
    operands = terminator.operands
    # LLVM stores the operands of a branch in reverse order.
    return list(operands) if len(operands) == 1 else [operands[2], operands[1]]
