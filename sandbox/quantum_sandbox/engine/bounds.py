"""Checks of a program's text before it is parsed.

The parsers for OpenQASM recurse, open files and expand definitions without limits. Each check prevents one of these, in
time linear in the length of the text.
"""

from __future__ import annotations

import re

from .data import Limits, Program, ProgramError

_MAX_DEPTH = 40
_MAX_BITS = 4096
_MAX_BROADCAST = 1_000_000
_STANDARD_FILES = ("qelib1.inc", "stdgates.inc", "stdgates.qasm")
_COMMENT_OR_STRING = re.compile(r"//[^\n]*|/\*.*?\*/|\"[^\"\n]*\"", re.DOTALL)
_LLVM_COMMENT_OR_STRING = re.compile(r";[^\n]*|\"[^\"]*\"")
_INCLUDE = re.compile(r"\binclude\b\s*(\"[^\"\n]*\"|'[^'\n]*')?")
_UNARY_CHAIN = re.compile(r"(?:[-~!+]\s*){24}")
_POWER_CHAIN = re.compile(r"\*\*[^;]{0,200}\*\*")
_LONG_NUMBER = re.compile(r"(?<![.0-9_])[0-9_]{19}|0[xXbBoO][0-9a-fA-F_]{17}")
_REGISTER = re.compile(r"\b(?:qubit|bit|qreg|creg)\b[^\[;{}()]{0,200}\[([^\]]*)\]")
_VERSION = re.compile(r"\s*OPENQASM\s+([0-9]+)(?:\.[0-9]+)?\s*;")


def check_program(program: Program, limits: Limits) -> None:
    """Raise ProgramError for a text that is unsafe to parse. JSON is only bounded by the size of the request."""
    if program.language in ("qir.ll", "qir.bc"):
        _check_qir(program, limits.qir_bytes)
    if program.language not in ("qasm2", "qasm3"):
        return
    most = limits.qasm2_bytes if program.language == "qasm2" else limits.qasm3_bytes
    if len(program.source.encode()) > most:
        raise ProgramError("too_complex", f"the program is larger than {most // 1024} KiB")
    code = _COMMENT_OR_STRING.sub(lambda match: match.group() if match.group()[0] == '"' else " ", program.source)
    for include in _INCLUDE.finditer(code):
        name = (include.group(1) or "")[1:-1]
        if name not in _STANDARD_FILES:
            raise ProgramError("invalid", "only the standard gate files can be included")
    code = code_of(code)
    _check_nesting(code)
    if _LONG_NUMBER.search(code):
        raise ProgramError("invalid", "an integer does not fit into 64 bits")
    if _UNARY_CHAIN.search(code) or _POWER_CHAIN.search(code):
        raise ProgramError("too_complex", "an expression has too many operators in a row")
    largest = max((_size(register.group(1)) for register in _REGISTER.finditer(code)), default=1)
    if program.language == "qasm2":
        # A statement without an index acts on each qubit of a register.
        broadcasts = sum("[" not in statement for statement in code.split(";"))
        if broadcasts * largest > _MAX_BROADCAST:
            raise ProgramError("too_many_gates", "the program has too many statements on whole registers")


def code_of(source: str) -> str:
    """OpenQASM with each comment and string replaced by a blank."""
    return _COMMENT_OR_STRING.sub(" ", source)


def _check_qir(program: Program, most: int) -> None:
    text = program.language == "qir.ll"
    # Base64 has four characters for three bytes.
    if len(program.source.encode()) > (most if text else most * 4 // 3 + 4):
        raise ProgramError("too_complex", f"the program is larger than {most // 1024} KiB")
    if text and "\x00" in program.source:
        raise ProgramError("invalid", "the program is no text")
    if text:
        code = _LLVM_COMMENT_OR_STRING.sub(" ", program.source)
        _check_nesting(code)
        if _LONG_NUMBER.search(code):
            raise ProgramError("invalid", "an integer does not fit into 64 bits")


def _size(text: str) -> int:
    digits = text.strip().replace("_", "")
    if not digits.isdigit():
        raise ProgramError("invalid", "the size of a register is not a number")
    if len(digits) > 9 or int(digits) > _MAX_BITS:
        raise ProgramError("too_many_qubits", f"a register of {digits} is larger than {_MAX_BITS}")
    return int(digits)


def version_of(source: str) -> str | None:
    """The language that the first statement declares: ``qasm2``, ``qasm3``, or None without a declaration."""
    match = _VERSION.match(code_of(source[:20_000]))
    return f"qasm{match.group(1)}" if match else None


def _check_nesting(code: str) -> None:
    depth = 0
    for character in code:
        if character in "([{":
            depth += 1
            if depth > _MAX_DEPTH:
                raise ProgramError("too_complex", f"brackets are nested deeper than {_MAX_DEPTH}")
        elif character in ")]}":
            depth -= 1
