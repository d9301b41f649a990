"""What docs/sandbox.md says is true: it names every fault and every option. Its test runs in test_pytest_plugin.py."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path

import pytest
from quantum_sandbox import Fault, Sandbox
from quantum_sandbox.cli import _faults_of, main
from quantum_sandbox.faults import KINDS

GUIDE = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")


def test_the_guide_names_every_fault_and_every_option() -> None:
    words = set(re.findall(r"\w+", GUIDE))
    assert set(KINDS) <= words
    assert set(inspect.signature(Sandbox.__init__).parameters) - {"self", "port", "engine"} <= words


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "cannot be read"),
        ("{", "cannot be read"),
        ("5", "is not a plan"),
        ("[5]", "is not a plan"),
        ('[{"do": "delay", "seconds": 1e999}]', "cannot be read"),
        ('{"faults": [{"do": "x"}]}', "no fault"),
    ],
)
def test_the_command_says_what_is_wrong_with_a_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, complaint: str
) -> None:
    plan = tmp_path / "plan.json"
    if content is not None:
        plan.write_text(content)
    assert main(["--port", "0", "--faults", str(plan)]) == 2
    assert complaint in capsys.readouterr().err


def test_the_command_takes_no_state_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "state.db").write_bytes(b"nothing of the kind")
    assert main(["--port", "0", "--state", str(tmp_path / "state.db")]) == 2
    assert "is not a saved sandbox" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--fault", json.dumps({"do": "explode"})])
    assert "'explode' is no fault" in capsys.readouterr().err


@pytest.mark.parametrize("content", ['[{"do": "drop"}]', '\ufeff{"faults": [{"do": "drop"}]}'])
def test_a_plan_may_be_the_list_alone_and_begin_with_the_mark_of_an_editor(tmp_path: Path, content: str) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(content, encoding="utf-8")
    assert _faults_of(plan) == [Fault("drop")]


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--port", "70000"], "'70000' is not a whole number between 0 and 65535"),
        (["--port", "x"], "'x' is not a whole number between 0 and 65535"),
        (["--keep-jobs", "0"], "'0' is not a whole number between 1 and"),
        (["--slow", "nan"], "'nan' is not a number between 0 and 1000000"),
    ],
)
def test_the_command_says_what_is_allowed(
    capsys: pytest.CaptureFixture[str], arguments: list[str], allowed: str
) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert allowed in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["missing", "file"])
def test_a_state_that_cannot_be_saved_is_said_so_at_the_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["--port", "0", "--state", str(tmp_path / folder / "state.db")]) == 2
    assert "is not a folder to write to" in capsys.readouterr().err
