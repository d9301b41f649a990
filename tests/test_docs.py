"""The pages say what is so: every block of Python on them runs as it stands, and what they name is there."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from quantum_sandbox import Engine, Sandbox
from sybil import Document, Example
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.myst import CodeBlockParser

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
#: Blocks with these classes do not run here: other people's clients run by `make compat`, qbraid's lines nowhere.
ELSEWHERE = {"theirs", "not-run"}

evaluate_python = PythonEvaluator()


def classes_of(example: Example) -> set[str]:
    """The classes that a block names, as in ``:class: theirs``."""
    options: dict[str, Any] = example.region.lexemes.get("options") or {}
    return set(str(options.get("class", "")).split())


def blocks_of(page: Path) -> list[Example]:
    document = Document.parse(str(page), CodeBlockParser("python", evaluate_python))
    return [example for example in document.examples() if not classes_of(example) & ELSEWHERE]


@pytest.fixture(autouse=True)
def _quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wrapper looks again soon: a job of the sandbox takes a fifth of a second."""
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.05)


README, *OTHERS = PAGES
WITH_CODE = [page for page in OTHERS if "_build" not in page.parts and blocks_of(page)]


@pytest.mark.parametrize("page", WITH_CODE, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_block_of_a_page_runs_as_it_stands(
    page: Path, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Sandbox(engine=engine):
        for block in blocks_of(page):
            needed = [name.removeprefix("needs-") for name in classes_of(block) if name.startswith("needs-")]
            if all(find_spec(name) for name in needed):
                block.evaluate()


def test_the_readme_runs_and_prints_what_it_says(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    with Sandbox(engine=engine):
        for block in blocks_of(README):
            block.evaluate()
    ref, counts = capsys.readouterr().out.splitlines()
    assert ref.startswith("ionq-v0.4:")
    assert counts == "{'00': 500, '11': 500}"


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("specs/*.md")]:
        named = set(re.findall(r"`make ([a-z-]+)", page.read_text())) | set(
            re.findall(r"^    make ([a-z-]+)", page.read_text(), re.MULTILINE)
        )
        assert named <= targets, page.name
