"""What docs/sandbox.md says is true: its test runs, and it names every fault and every option."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from quantum_jobs.sandbox import Sandbox
from quantum_jobs.sandbox.command import main
from quantum_jobs.sandbox.faults import KINDS

GUIDE = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")


def test_the_guide_s_own_test_passes(tmp_path: Path) -> None:
    (source,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    assert len([line for line in source.splitlines() if line.strip()]) <= 20
    (tmp_path / "test_guide.py").write_text(source)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "quantum_jobs.sandbox.pytest_plugin",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_the_guide_names_every_fault_and_every_option() -> None:
    words = set(re.findall(r"\w+", GUIDE))
    assert set(KINDS) <= words
    assert set(inspect.signature(Sandbox.__init__).parameters) - {"self", "port", "engine"} <= words


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "cannot be read"),
        ("{", "cannot be read"),
        ("[]", "is not a plan"),
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
