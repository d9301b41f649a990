"""The code that a new user reads first runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from quantum_sandbox import Sandbox

ROOT = Path(__file__).parent.parent


def test_the_ten_lines_of_the_readme_run_as_they_stand(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    with Sandbox() as sandbox:
        monkeypatch.setenv("IONQ_API_KEY", "sandbox-key")
        monkeypatch.setenv("IONQ_API_URL", sandbox.url("ionq"))
        exec(compile(code, "README.md", "exec"), {})
    ref, counts = capsys.readouterr().out.splitlines()
    assert ref.startswith("ionq-v0.4:")
    assert counts == "{'00': 500, '11': 500}"


def test_what_the_guide_says_of_the_generated_client_runs_as_it_stands(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "guide.md").read_text(), re.DOTALL)
    (code,) = (block for block in blocks if "import ionq_v0_4" in block)
    with Sandbox() as sandbox:
        monkeypatch.setenv("IONQ_API_KEY", "sandbox-key")
        monkeypatch.setenv("IONQ_API_URL", sandbox.url("ionq"))
        with sandbox.connect("ionq") as client:
            job = client.submit({"qubits": 1, "circuit": [{"gate": "h", "target": 0}]}, device="simulator", shots=1)
        exec(compile(code, "guide.md", "exec"), {})
    listed, *_, missing = capsys.readouterr().out.splitlines()
    assert listed.startswith(job.id)
    assert missing.startswith("get_job: the service answered with status 404")


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("specs/*.md")]:
        named = set(re.findall(r"`make ([a-z-]+)", page.read_text())) | set(
            re.findall(r"^    make ([a-z-]+)", page.read_text(), re.MULTILINE)
        )
        assert named <= targets, page.name
