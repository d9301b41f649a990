"""OpenQASM 2 that cannot be read, or would be read as something else: each time an error that says what and where."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from quantum_jobs import Program, QuantumJobsError, UsageError, programs

from . import corpus

HEAD = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\n'


def converted(text: str) -> str:
    program = programs.as_taken(Program(programs.QASM2, text), "a service", [programs.QASM3])
    assert isinstance(program.data, str)
    return program.data


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("h q[0]\ncx q[0], q[1];", r"line 6: .*';'"),
        ("foo q[0];", r"line 5: 'foo' is not defined"),
        ("h q[7];", "line 5: index 7 is out-of-range"),
        ("// here\n/* and\nthere */ cx q[0], q[0];", "line 7: duplicate qubits"),
        ("rx(1, 2) q[0];", "line 5: 'rx' takes 1 parameter, but got 2"),
        ("rx q[0];", "line 5: 'rx' takes 1 parameter, but got 0"),
        ("if (c == 1) u3 q[0];", "line 5: 'u3' takes 3 parameters, but got 0"),
        ("gate own(a) b { h b; }\nown q[0];", "line 6: 'own' takes 1 parameter, but got 0"),
        ("gate own b {\n  cu1 b; }", "line 6: 'cu1' takes 1 parameter, but got 0"),
        ("rx(1/0) q[0];", "line 5: cannot divide by zero"),
        ("gate own(a) b { rx(1/a) b; } own(0) q[0];", "'own' cannot be written out.*divi.* by zero"),
        ("qreg huge[99999999999];", "register on line 5 has 99999999999 bits, and 10000 are the most"),
        ("opaque magic(a) b;\nmagic(1) q[0];", "'magic' is declared opaque on line 5"),
        ("\nopaque unused b;", "'unused' is declared opaque on line 6"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        converted(HEAD + text)


def test_a_file_other_than_the_library_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.inc").write_text("gate mine a { U(0, 0, 0) a; }")
    for name in ("mine.inc", str(tmp_path / "mine.inc"), "/etc/hostname"):
        with pytest.raises(UsageError, match=r"on line 3.* none is opened") as error:
            converted(f'OPENQASM 2.0;\n\ninclude "{name}"; qreg q[1]; mine q[0];')
        assert name in str(error.value)


def test_a_file_that_has_the_librarys_name_is_not_opened_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "qelib1.inc").write_text("gate h a { U(0, 0, 0) a; }")
    assert "h q[0];" in converted(HEAD + "h q[0];")


def test_gates_of_the_library_are_known_only_where_it_is_included() -> None:
    with pytest.raises(UsageError, match="'h' is not defined"):
        converted("OPENQASM 2.0; qreg q[1]; h q[0];")


def test_definitions_that_double_at_each_step_end_in_an_error_and_not_in_a_full_memory() -> None:
    doubling = "".join(f"gate g{i + 1} a {{ g{i} a; g{i} a; }}\n" for i in range(60))
    with pytest.raises(UsageError, match="more than 200000 gates"):
        converted(f"{HEAD}gate g0 a {{ h a; }}\n{doubling}g60 q[0];")


_PIECES = [
    *";{}()[],-",
    "q",
    "1",
    "1e400",
    " reset q; ",
    '"',
    "measure q -> c;",
    "if(c==1) ",
    "/*",
    "//",
    "\0",
    "\u2028",
]


@settings(max_examples=150, deadline=None)
@given(
    text=st.sampled_from(list({**corpus.STATIC, **corpus.DYNAMIC}.values())),
    edits=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 8), st.sampled_from(["", *_PIECES])), max_size=3),
)
def test_a_damaged_program_is_read_or_refused_but_nothing_else(text: str, edits: list[tuple[float, int, str]]) -> None:
    for place, length, piece in edits:
        start = int(place * len(text))
        text = text[:start] + piece + text[start + length :]
    for convert in (converted, lambda given: programs.as_ionq_circuit(programs.as_program(given), "a service", [])):
        with contextlib.suppress(QuantumJobsError):
            assert convert(text)


def test_programs_are_converted_on_threads_that_end() -> None:
    """In a process of its own: where it goes wrong, that process crashes."""
    code = f"""
import threading
from quantum_jobs.model import Program
from quantum_jobs.programs.qiskit_circuits import circuit_of

def convert():
    for _ in range(20):
        circuit_of(Program("qasm2", {'OPENQASM 2.0; include "qelib1.inc"; qreg q[1]; h q[0];'!r}))

for _ in range(3):
    thread = threading.Thread(target=convert)
    thread.start()
    thread.join()
print("all converted")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (0, "all converted\n"), done.stderr
