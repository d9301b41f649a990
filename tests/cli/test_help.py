"""The command as a whole: help that loads nothing, completion, exit statuses, and what the documentation says of it."""

from __future__ import annotations

import functools
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import quantum_jobs
from click.shell_completion import ShellComplete
from quantum_jobs.cli import app, errors
from quantum_sandbox import Engine, Sandbox

from tests.cli.conftest import SIMULATORS, Done, Shell, submitted

PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"
COMMANDS = [name for section in app.COMMANDS.values() for name in section]


def run(*arguments: str, code: str = "import sys; from quantum_jobs.cli import main; sys.exit(main())") -> str:
    """What a process of its own prints."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_help_loads_neither_the_network_nor_the_tables() -> None:
    heavy = ["httpx", "rich", "asyncio", "anyio", "attrs", "quantum_apis", "quantum_jobs.client", "logging"]
    code = f"import sys; from quantum_jobs.cli import main; main(); print([n for n in {heavy} if n in sys.modules])"
    assert run("--help", code=code).splitlines()[-1] == "[]"


def test_help_of_a_command_and_completion_load_no_network() -> None:
    code = f"""
import sys
from quantum_jobs.cli import main
for name in {[name for name in COMMANDS if name not in {"demo", "sandbox"}]}:
    main([name, "--help"])
    loaded = [n for n in ("httpx", "rich", "anyio", "quantum_apis", "quantum_jobs.store") if n in sys.modules]
    assert not loaded, (name, loaded)
"""
    assert "Usage: quantum-jobs submit" in run(code=code)


def test_status_of_one_job_loads_what_it_needs(cloud: Sandbox, shell: Shell, bell: Path) -> None:
    ref = submitted(shell, bell)
    # Not rich, which httpx imports where it is installed.
    heavy = ["quantum_jobs.cli.watching", "qiskit", "quantum_apis.qbraid_v2", "quantum_apis.ionq_v0_3"]
    code = f"import sys; from quantum_jobs.cli import main; main(); print([n for n in {heavy} if n in sys.modules])"
    assert run("status", ref, code=code).splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_page_says_of_a_command_what_its_own_help_says(name: str) -> None:
    command = app.commands.get_command(click.Context(app.commands), name)
    assert command is not None
    assert command.name == name
    assert command.callback is not None
    assert command.callback.__name__ == f"{name}_command"
    summary = next(entries[name].summary for entries in app.COMMANDS.values() if name in entries)
    assert summary.endswith(".")
    assert len(summary) <= 64


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in {"demo", "sandbox"}])
def test_every_command_has_help_and_debug(shell: Shell, name: str) -> None:
    done = shell(name, "--help")
    assert done.status == 0
    assert "--debug" in done.out
    assert ("--json" in done.out) == (name != "completion")


def test_no_command_at_all_shows_the_help_page(shell: Shell) -> None:
    done = shell()
    assert (done.status, done.out) == (2, "")
    assert done.err == shell("--help").out


def test_ctrl_c_while_it_starts_shows_no_traceback(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "run", interrupt)
    assert shell("list") == Done(130, "", "quantum-jobs: interrupted.\n")


def test_a_misspelt_command_is_put_right(shell: Shell) -> None:
    done = shell("sttaus")
    assert done.status == 2
    assert "did you mean 'status'?" in done.err


def test_debug_shows_where_an_error_came_from_before_or_after_the_command(cloud: Sandbox, shell: Shell) -> None:
    for arguments in (["--debug", "status", "ionq:none"], ["status", "ionq:none", "--debug"]):
        done = shell(*arguments)
        assert done.status == 7
        assert "get_job" in done.err
    assert "Traceback" in shell("submit", "no-such-file", "-s", "ionq", "-d", "simulator", "--debug").err
    assert "Traceback" not in shell("submit", "no-such-file", "-s", "ionq", "-d", "simulator").err


def test_a_mistake_of_ours_is_told_as_one(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr("quantum_jobs.cli.following.read_refs", fail)
    done = shell("status", "ionq:a")
    assert done.status == 1
    assert "a mistake of quantum-jobs: ZeroDivisionError: of all things" in done.err


@pytest.mark.parametrize(
    "command",
    [
        *("quantum_jobs list --json", "quantum_jobs --version", "quantum_jobs --help", "quantum_jobs demo"),
        *("quantum_jobs demo --help", "quantum_jobs sandbox --port 0", "quantum_sandbox --port 0"),
    ],
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_who_has_gone_is_no_error(
    cloud: Sandbox, shell: Shell, bell: Path, command: str, unbuffered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted(shell, bell)
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    reading, writing = os.pipe()
    os.close(reading)
    program = [sys.executable, "-m", *command.split()]
    done = subprocess.run(program, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
    os.close(writing)
    # argparse and click end with statuses of their own.
    assert done.returncode == 141 or command.endswith("--help")
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("how", [[], ["--json"], ["--wait"]])
def test_the_reference_of_a_job_is_told_where_the_output_cannot_be_written(
    cloud: Sandbox, bell: Path, how: list[str]
) -> None:
    arguments = ["submit", str(bell), "-s", "ionq", "-d", "simulator", "-n", "9", *how]
    for status, target in ((1, "/dev/full"), (141, None)):
        done = to(target, "quantum_jobs", *arguments)
        assert done.returncode == status
        (line,) = [line for line in done.stderr.splitlines() if "was submitted" in line]
        assert quantum_jobs.job(line.split()[1]).refresh().shots == 9
        assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "command",
    [
        *("quantum_jobs --version", "quantum_jobs --help", "quantum_jobs list", "quantum_jobs sandbox --help"),
        *("quantum_sandbox --help", "quantum_sandbox --port 0"),
    ],
)
def test_an_output_that_cannot_be_written_is_told_in_one_line(
    cloud: Sandbox, shell: Shell, bell: Path, command: str
) -> None:
    submitted(shell, bell)
    done = to("/dev/full", *command.split())
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.endswith("No space left on device")


@pytest.mark.parametrize(
    "command", ["--version >&-", "--help >&-", "list >&-", "status - <&-", "list <&- >&- 2>&-", "sandbox --help >&-"]
)
def test_a_process_without_streams_runs_it_all_the_same(cloud: Sandbox, shell: Shell, bell: Path, command: str) -> None:
    submitted(shell, bell)
    line = f"{shlex.quote(sys.executable)} -m quantum_jobs {command}"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def to(target: str | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A module run with its output to a file, or to a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    with open(target, "w") if target else open(writing, "w", closefd=False) as stream:
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
    os.close(writing)
    return done


# Completion.


@pytest.mark.parametrize("shell_name", ["bash", "zsh", "fish"])
def test_completion_is_there_for_three_shells(shell: Shell, shell_name: str) -> None:
    script = shell("completion", shell_name).out
    assert "_QUANTUM_JOBS_COMPLETE" in script
    assert f"{shell_name}_complete" in script


def test_completion_offers_commands_options_services_and_statuses() -> None:
    def offered(*words: str) -> list[str]:
        completion = ShellComplete(app.commands, {}, "quantum-jobs", "_QUANTUM_JOBS_COMPLETE")
        return [each.value for each in completion.get_completions(list(words[:-1]), words[-1])]

    assert sorted(offered("s")) == ["sandbox", "services", "status", "submit"]
    assert "--shots" in offered("submit", "--s")
    assert offered("list", "--service", "qb") == ["qbraid", "qbraid-v2"]
    assert offered("list", "--status", "c") == ["CANCELLING", "COMPLETED", "CANCELLED"]
    assert offered("cost", "--by", "d") == ["device", "day"]


def test_a_shell_asks_for_completion_through_the_environment() -> None:
    asking = {"_QUANTUM_JOBS_COMPLETE": "bash_complete", "COMP_WORDS": "quantum-jobs hist", "COMP_CWORD": "1"}
    command = [sys.executable, "-m", "quantum_jobs"]
    done = subprocess.run(
        command, env={**os.environ, **asking}, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stdout, done.stderr) == ("plain,history\n", "")


# Without the extra.


def test_without_the_extra_it_says_how_to_install_it() -> None:
    code = "import sys; sys.modules['click'] = None; from quantum_jobs.cli import main; sys.exit(main(['list']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "pip install '.[cli]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demonstration_and_the_sandbox_need_no_extra_but_their_own() -> None:
    blocked = "import sys; sys.modules['rich'] = None; from quantum_jobs.cli import main; "
    assert "sandbox" in run(code=blocked + "sys.exit(main(['demo', '--help']))")
    assert "--port" in run(code=blocked + "sys.exit(main(['sandbox', '--help']))")


def test_the_demonstration_runs_every_circuit_on_every_service(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, quantum_sandbox_engine: Engine
) -> None:
    monkeypatch.setattr("quantum_jobs.demo.Sandbox", functools.partial(Sandbox, engine=quantum_sandbox_engine))
    done = shell("demo")
    assert done.status == 0
    for service in SIMULATORS:
        assert done.out.count(f"{service}:") == 2
    assert sum("COMPLETED" in line for line in done.out.splitlines()) == 6


# The page.


def documented() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_page_names_every_command_and_every_option(shell: Shell) -> None:
    page = documented()
    for name in COMMANDS:
        assert f"`{name}`" in page or f"`{name} " in page, name
        command = app.commands.get_command(click.Context(app.commands), name)
        assert command is not None
        for parameter in command.params:
            long = [each for each in parameter.opts if each.startswith("--")]
            assert not long or any(f"{each}" in page for each in long), (name, long)


def test_the_page_names_no_option_that_is_not_there() -> None:
    known = {"--help", "--version", "--port", "--slow", "--expose", "--host"}
    for name in COMMANDS:
        command = app.commands.get_command(click.Context(app.commands), name)
        assert command is not None
        known |= {each for parameter in command.params for each in parameter.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", documented())) <= known


def test_costs_are_summed_by_what_the_store_knows() -> None:
    from quantum_jobs.cli import costs
    from quantum_jobs.store import sums

    assert (*sums.GROUPS, "tag:") == costs.GROUPS


def test_the_page_has_the_exit_statuses_of_the_code() -> None:
    told = re.findall(r"^(\d+) +(\S.*)$", errors.__doc__ or "", re.MULTILINE)
    rows = re.findall(r"^\| (\d+) \| (.*?) \|$", documented(), re.MULTILINE)
    assert [status for status, _ in rows] == [status for status, _ in told]
    assert {int(status) for status, _ in told} == {
        *(0, errors.FAILED, errors.USAGE, errors.NO_RESULT, errors.TIME_OVER),
        *(errors.UNCERTAIN, errors.KEY, errors.NOT_FOUND, errors.TOO_DEAR, errors.INTERRUPTED),
    }


@pytest.fixture
def quick_command(tmp_path: Path) -> Iterator[Path]:
    """A folder with the command ``quantum-jobs``, which starts at once."""
    server = Path(__file__).with_name("forkserver.py")
    folder = tmp_path / "bin"
    folder.mkdir()
    run = shlex.join([sys.executable, "-S", "-E", str(server), str(folder / "socket")])
    (folder / "quantum-jobs").write_text(f'#!/bin/sh\nexec {run} "$@"\n')
    (folder / "quantum-jobs").chmod(0o755)
    command = [sys.executable, str(server), "--serve", str(folder / "socket")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield folder
        process.kill()


def test_the_examples_of_the_page_run_as_they_stand(cloud: Sandbox, quick_command: Path, tmp_path: Path) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", documented(), re.DOTALL)
    assert len(blocks) >= 4
    environment = {**os.environ, "PATH": f"{quick_command}{os.pathsep}{os.environ['PATH']}"}
    script = "set -eu -o pipefail\n" + "\n".join(blocks)
    done = subprocess.run(
        ["bash", "-c", script], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert len(json.loads((tmp_path / "results.json").read_text())) == 3
    assert (tmp_path / "scan.csv").read_text().startswith("job,circuit,register,outcome,count,probability\n")
