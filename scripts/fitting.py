"""Whether the rest of the project fits new bindings: the type checker over wrapper and bindings, and the cassettes.
Each runs on its own, against a folder of bindings that need not be the one in the repository."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from attrs import frozen

from scripts.services import ROOT, project_folder

ERROR = re.compile(r"^(?P<file>[^:\n]+):(?P<line>\d+)(?::\d+)?: (?:error: )?(?P<text>.+)$")
FAILED = re.compile(r"^(?:FAILED|ERROR) (?P<file>[^:\s]+)(?P<text>.*)$")


@frozen
class Misfit:
    """Something that does not fit any more; `line` is 0 where the tool names none."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


def new_ones(before: list[Misfit], after: list[Misfit]) -> list[Misfit]:
    """What does not fit now and did before: a misfit that only moved within its file is none."""
    known = Counter((each.file, each.text) for each in before)
    result = []
    for each in after:
        known[each.file, each.text] -= 1
        result += [each] if known[each.file, each.text] < 0 else []
    return result


def type_check(generated: Path) -> list[Misfit]:
    """What the type checker says about the wrapper with these bindings."""
    project = project_folder()
    # With what `make types` keeps there it takes a second, and twenty without.
    cache = str(project / ".mypy_cache")
    command = [
        *(sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", cache),
        *("--no-error-summary", "--no-pretty", "--hide-error-context", "wrapper", str(generated / "quantum_apis")),
    ]
    done = _run(command, project, {"MYPYPATH": str(generated)})
    if not done.returncode:
        return []
    lines = (done.stdout + done.stderr).splitlines()
    found = [match for match in map(ERROR.match, lines) if match and ": note: " not in match[0]]
    misfits = [Misfit(_named(each["file"], generated), int(each["line"]), each["text"]) for each in found]
    return misfits or [Misfit("mypy", 0, " ".join(lines[-5:]) or f"ended with status {done.returncode}")]


def replay(generated: Path, specs: Path) -> list[Misfit] | None:
    """What the cassettes say about these bindings and specs; None where there are no cassettes to replay."""
    folder = project_folder() / "tests" / "cassettes"
    if not list(folder.rglob("test_*.py")):
        return None
    command = [sys.executable, "-m", "pytest", str(folder), "-q", "--tb=line", "-p", "no:cacheprovider", "--color=no"]
    paths = {"QUANTUM_SPECS_FOLDER": str(specs), "QUANTUM_GENERATED_FOLDER": str(generated)}
    # Before the bindings that the caller works with.
    python_path = os.pathsep.join(filter(None, (str(generated), os.environ.get("PYTHONPATH"))))
    done = _run(command, project_folder(), {"PYTHONPATH": python_path, "PYTHONDONTWRITEBYTECODE": "1", **paths})
    if not done.returncode:
        return []
    lines = (done.stdout + done.stderr).splitlines()
    misfits = [
        Misfit(_named(each["file"], generated), int(each["line"]), each["text"])
        for each in map(ERROR.match, lines)
        if each
    ]
    misfits += [Misfit(each["file"], 0, each["text"].lstrip(": ")) for each in map(FAILED.match, lines) if each]
    return misfits or [Misfit("pytest", 0, " ".join(lines[-5:]) or f"ended with status {done.returncode}")]


def _named(file: str, generated: Path) -> str:
    """A file as people know it, wherever the bindings were tried."""
    path = Path(file) if Path(file).is_absolute() else project_folder() / file
    for folder, name in ((generated, "generated"), (project_folder(), "")):
        if path.resolve().is_relative_to(folder.resolve()):
            return str(Path(name) / path.resolve().relative_to(folder.resolve()))
    return path.name


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("MYPY", "PYTEST_"))}
    return subprocess.run(
        command, cwd=folder, env={**kept, **environment}, capture_output=True, text=True, encoding="utf-8", check=False
    )
