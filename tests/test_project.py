"""What holds for every file that is kept: nothing of the machine it was written on, nothing said twice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import quantum_jobs

ROOT = Path(__file__).parent.parent
#: Written in pieces, so that this file does not hold what it looks for.
HOMES = [r"/" + r"root/", r"/" + r"home/\w", r"/" + r"Users/\w", r"C:" + r"\\Users"]
INDEX_WORDS = [
    "pythonhos" + "ted.org",
    "pyp" + "i.org/simple",
    "index" + "-url",
    "find" + "-links",
    "trusted" + "-host",
]


def tracked() -> list[Path]:
    """The files that git keeps."""
    try:
        told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, timeout=60)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout")
    paths = [ROOT / name for name in told.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        yield path.relative_to(ROOT).as_posix(), path.read_bytes().decode("utf-8", errors="replace")


def index_hosts() -> set[str]:
    """The package indexes that this machine installs from."""
    told = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False, timeout=60
    )
    settings = [value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_"))]
    urls = re.findall(r"https?://[^\s'\"]+", "\n".join([told.stdout, *settings]))
    return {host for url in urls if (host := urlsplit(url).hostname)}


def test_no_file_holds_a_path_of_the_machine_it_was_written_on() -> None:
    patterns = [re.compile(pattern) for pattern in HOMES]
    if len(ROOT.parts) > 2:  # a short one, such as /src, is a word like any other
        patterns.append(re.compile(re.escape(str(ROOT)) + r"(?![\w-])"))
    found = [(name, pattern.pattern) for name, text in texts() for pattern in patterns if pattern.search(text)]
    assert found == []


def test_no_file_names_a_package_index() -> None:
    words = [*INDEX_WORDS, *index_hosts()]
    found = [(name, word) for name, text in texts() for word in words if word in text]
    assert found == []


def test_no_file_holds_what_looks_like_a_key() -> None:
    shapes = [
        re.compile(pattern) for pattern in (r"\bsk-[A-Za-z0-9]{20}", r"\bghp_\w{30}", r"-----BEGIN \w* ?PRIVATE KEY")
    ]
    found = [(name, shape.pattern) for name, text in texts() for shape in shapes if shape.search(text)]
    assert found == []


def test_no_file_is_larger_than_a_reader_can_bear() -> None:
    large = {path.relative_to(ROOT).as_posix(): path.stat().st_size for path in tracked()}
    assert {name: size for name, size in large.items() if size > 1_000_000} == {}


def test_no_module_of_the_wrapper_is_longer_than_350_lines() -> None:
    lines = {name: text.count("\n") for name, text in texts() if name.startswith("wrapper/") and name.endswith(".py")}
    assert {name: count for name, count in lines.items() if count > 350} == {}


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert "version" in project["project"]["dynamic"]
    assert "version" not in project["project"]
    assert project["tool"]["hatch"]["version"]["path"] == "wrapper/quantum_jobs/version.py"
    here = ("wrapper/", "sandbox/", "scripts/", "README.md", "CONTRIBUTING.md", "docs/", "pyproject.toml", "Makefile")
    word = re.compile(rf"(?<![\d.]){re.escape(quantum_jobs.__version__)}(?![\d.]*\d)")
    assert [name for name, text in texts() if name.startswith(here) and word.search(text)] == [
        "wrapper/quantum_jobs/version.py"
    ]


def test_every_folder_and_file_that_the_pages_name_is_there() -> None:
    named = re.compile(r"`((?:wrapper|sandbox|generated|scripts|specs|tests|docs|constraints)/[\w./-]*)`")
    pages = (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))
    missing = [
        (page.name, name) for page in pages for name in named.findall(page.read_text()) if not (ROOT / name).exists()
    ]
    assert missing == []


def test_generated_files_are_marked_for_git_and_left_alone_by_the_linter() -> None:
    attributes = (ROOT / ".gitattributes").read_text()
    assert re.search(r"^generated/\*\* .*linguist-generated=true", attributes, re.MULTILINE)
    left_alone = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["extend-exclude"]
    for path in (ROOT / "generated" / "quantum_apis").iterdir():
        # The runtime is written by hand, and linted like everything else that is.
        is_generated = path.is_dir() and not path.name.startswith("_")
        assert any(path.match(f"*/{pattern}") for pattern in left_alone) == is_generated or path.suffix, path


def test_ci_runs_what_a_person_runs() -> None:
    run = ROOT / ".ci" / "run"
    assert "make test" in run.read_text()
    assert os.access(run, os.X_OK)
