"""What is printed: safe to look at, without a key, without colour where nobody sees it, in any width."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from hypothesis import given, strategies as st
from quantum_jobs.cli import output, tables
from quantum_jobs.cli.columns import JOB
from quantum_jobs.model import Cost, JobRecord, JobStatus
from quantum_sandbox import Sandbox

from tests.cli.conftest import Shell, submitted
from tests.loopback import Answer, Loopback

#: Clears the screen, changes the title, jumps, turns the direction of writing, C1's control sequence, rich's markup.
HOSTILE = "\x1b[2J\x1b]0;owned\x07\r\n\t\x9b31m\u202e[bold red]gone[/]\x00 \ud83d"


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """A service that says nothing good."""
    words = {"code": HOSTILE, "error": HOSTILE, "message": HOSTILE}
    job = {
        "id": "a-job",
        "status": "failed",
        "name": HOSTILE,
        "metadata": {HOSTILE: HOSTILE},
        "backend": HOSTILE,
        "shots": 5,
        "failure": words,
    }
    device = {"backend": HOSTILE, "status": HOSTILE, "qubits": 5, "degraded": False}
    with Loopback() as server:
        server.routes |= {
            "GET /v0.4/jobs/a-job": job,
            "GET /v0.4/jobs": {"jobs": [job], "next": None},
            "GET /v0.4/backends": [device],
        }
        server.fallback = Answer({"error": HOSTILE, "message": HOSTILE, "statusCode": 400}, 400)
        monkeypatch.setenv("IONQ_API_URL", f"{server.origin}/v0.4")
        monkeypatch.setenv("IONQ_API_KEY", "a-key-of-nobody")
        yield server


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize(
    "arguments",
    [
        "status ionq:a-job",
        "status ionq:a-job ionq:another",
        "status ionq:a-job --json",
        "wait ionq:a-job",
        "result ionq:a-job",
        "cost ionq:a-job",
        "list --service ionq",
        "list --service ionq --json",
        "devices --service ionq",
        "devices --service ionq --json",
        "services --check",
        "cancel ionq:another",
        "delete ionq:another --yes",
        "delete ionq:another --yes --json",
        "status ionq:another --debug",
        "status ionq:another",
    ],
)
def test_what_a_service_says_cannot_move_the_cursor(
    hostile: Loopback, shell: Shell, arguments: str, terminal: bool
) -> None:
    if terminal:
        shell.on_terminal()
    done = shell(*arguments.split())
    assert hostile.asked
    for text in (done.out, done.err):
        assert not [line for line in text.splitlines() if not line.replace("\t", "").isprintable()]
    assert done.out or done.err
    if "--json" in arguments and done.out:
        assert json.loads(done.out)


def test_a_program_cannot_move_the_cursor_on_a_terminal_and_is_whole_elsewhere(cloud: Sandbox, shell: Shell) -> None:
    program = "OPENQASM 3.0;\n// \x1b[2J \u202e\nqubit[1] q;\nbit[1] c;\nc = measure q;"
    done = shell("submit", "-", "-s", "qbraid", "-d", "ionq:ionq:sim:simulator", "-n", 5, stdin=program)
    ref = done.out.strip()
    assert shell("program", ref).out == program + "\n"
    shell.on_terminal()
    shown = shell("program", ref).out.splitlines()
    assert shown[1] == "// \\x1b[2J \\u202e"
    assert all(line.isprintable() for line in shown)


# Keys.


def test_no_command_prints_a_key(cloud: Sandbox, shell: Shell, bell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = "key-of-a-person-1234567890"
    for name in ("IONQ_API_KEY", "QBRAID_API_KEY"):
        monkeypatch.setenv(name, key)
    ref = submitted(shell, bell)
    for arguments in (
        ["services", "--check"],
        ["services", "--json"],
        ["status", ref, "--debug"],
        ["status", ref, "--json"],
        ["list", "--json"],
        ["status", f"ionq:{key}"],
        ["status", key],
        ["submit", bell, "-s", key, "-d", "simulator"],
        ["submit", bell, "-s", "ionq", "-d", key],
        ["submit", key, "-s", "ionq", "-d", "simulator"],
        ["submit", bell, "-s", "ionq", "-d", "simulator", "--name", key, "--json"],
        ["submit", bell, "-s", "ionq", "-d", "simulator", "--option", f"noise={{{key}"],
        [key],
        ["list", "--status", key],
        ["list", "--since", key],
    ):
        done = shell(*arguments)
        assert key not in done.out + done.err, arguments


def test_an_api_key_is_not_taken_for_an_idempotency_key(cloud: Sandbox, shell: Shell, bell: Path) -> None:
    done = shell("submit", bell, "-s", "ionq", "-d", "simulator", "--key", cloud.api_key)
    assert done.status == 2
    assert "belongs in the environment" in done.err
    assert cloud.api_key not in done.err
    assert not cloud.journal.select(method="POST")


# Colours and widths.


def test_there_is_colour_on_a_terminal_and_nowhere_else(
    cloud: Sandbox, shell: Shell, bell: Path, quick_polls: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = submitted(shell, bell)
    assert "\x1b" not in shell("list").out + shell("wait", ref).err
    shell.on_terminal(colours=True)
    assert "\x1b[32mCOMPLETED" in shell("list").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in shell("list").out
    assert "\x1b[3" not in shell("result", ref).out


def record(number: int) -> JobRecord:
    return JobRecord(
        id="x" * (36 + 20 * (number % 2)),
        service=["ionq-v0.4", "qbraid-v2"][number % 2],
        status=list(JobStatus)[number % len(JobStatus)],
        name="a name that somebody has given without thinking of terminals",
        device="ionq:ionq:qpu:forte-enterprise-1",
        shots=10**number,
        queue_position=number * 1000,
        created_at=datetime(2026, 11, 21, tzinfo=UTC),
        cost=Cost.in_credits(Decimal("12.345")),
        tags={"run": "7", "angle": "0.5"},
    )


@pytest.mark.parametrize("width", [80, 160])
def test_a_table_of_jobs_fits_the_terminal(width: int) -> None:
    lines = [str(line) for line in tables.lines(JOB, [record(number) for number in range(9)], width)]
    assert max(map(len, lines)) <= width
    text = "\n".join(lines)
    assert all(record(number).ref in text for number in range(9))
    assert all(status in text for status in JobStatus)
    # Where a reference leaves no room for what matters most, it stands below that.
    assert lines[0].startswith("job" if width == 160 else "status")
    assert len(lines) == (10 if width == 160 else 19)
    assert "a name that somebody ha\N{HORIZONTAL ELLIPSIS}" in text


def test_wide_characters_keep_their_columns() -> None:
    from rich.cells import cell_len

    rows = [attrs.evolve(record(0), name=name) for name in ("\u91cf\u5b50\u8a08\u7b97", "short", "e\u0301")]
    lines = [str(line) for line in tables.lines(JOB, rows, 300)]
    assert len({cell_len(line[: line.index("ionq:ionq:qpu")]) for line in lines[1:]}) == 1


@pytest.mark.parametrize("width", [20, 80, 160])
def test_an_error_is_one_paragraph(shell: Shell, width: int) -> None:
    shell.on_terminal(width)
    done = shell("status", "ionq:a-job")
    assert done.status == 6
    told = done.err.splitlines()
    assert " ".join(done.err.split()).startswith("quantum-jobs: no API key for ionq-v0.4")
    assert all(line.startswith("  ") for line in told[1:])
    assert all(len(line) <= width or " " not in line.strip() for line in told)
    shell.terminal = False
    assert len(shell("status", "ionq:a-job").err.splitlines()) == 1


@given(st.text(max_size=40))
def test_what_is_printed_of_any_text_stays_on_its_line(text: str) -> None:
    shown = output.safe(text)
    assert shown.isprintable()
    cell = tables.Column[str]("title", lambda value: value, most=10, rank=1).cell(text)
    assert cell.cell_len <= 10
    assert str(cell).isprintable()


@given(st.dictionaries(st.text(max_size=10), st.text(max_size=20), max_size=3))
def test_json_that_is_printed_is_plain_ascii_and_the_same_value(value: dict[str, str]) -> None:
    shown = output.as_json(value)
    assert shown.isascii()
    assert all(each.isprintable() for each in shown)
    assert json.loads(shown) == value
