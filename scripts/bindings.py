"""From an effective document to a package of bindings: openapi-python-client with the templates beside this file, then
the pinned ruff, both in their own environment. Everything happens in a folder the caller gives."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from attrs import evolve

from scripts.effective import Effective, LeftOut
from scripts.problem import Problem
from scripts.services import ROOT, Service
from scripts.spec_files import Document, copied
from scripts.template_values import RUNTIME, generator_input, template_text, template_values
from scripts.validate import Obstacle, leave_out, settle

TEMPLATES = Path(__file__).parent / "templates"
# How often what the generator refuses is left out, and how many of its reasons are shown when nothing is left.
ROUNDS = 10
SHOWN = 20
# Seconds for one run of a tool; 13 MB of description take the generator about one minute.
LONGEST = 600
# Where the generator's environment is, if not beside the project's own.
ENVIRONMENT_VARIABLE = "QUANTUM_GENERATE_ENVIRONMENT"
RUFF_LINT = ("check", "--fix-only", "--select", "F,I,UP", "--target-version", "py311")
RUFF_FORMAT = ("format", "--target-version", "py311")
# Not the repository's own settings, nor those of a folder above it: the same input has to give the same bytes anywhere.
RUFF_ALONE = ("--isolated", "--no-cache", "--quiet", "--line-length", "120", "--no-respect-gitignore")


def write_package(service: Service, effective: Effective, folder: Path) -> Effective:
    """Generate a service's package into `folder`, which must not exist yet. Gives the description without the
    operations that the generator refuses; they are left out with its reasons."""
    if not RUNTIME.is_dir():
        raise Problem(f"{RUNTIME.relative_to(ROOT)} is missing; it is written by hand: `git checkout` brings it back")
    for _ in range(ROUNDS):
        output = _generate(service, effective.document, folder)
        if not output:
            _add_header(folder, _header(service, effective.document))
            return effective
        document: Document = copied(effective.document)
        refused = _refused(output, effective.document)
        lost = [*leave_out(document, refused), *settle(document, service)]
        if document == effective.document or not document["paths"]:
            raise Problem("\n  ".join([f"specs/{service.name}: the generator refuses it:", *output.splitlines()[-40:]]))
        left_out = [*effective.left_out, *(LeftOut(operation, obstacle.text) for operation, obstacle in lost)]
        effective = evolve(effective, document=document, left_out=tuple(left_out))
    raise Problem(
        f"specs/{service.name}: the generator still refuses it with {len(effective.left_out)} operations left out"
    )


def _generate(service: Service, document: Document, folder: Path) -> str:
    """Run the generator; gives what it says if it ended badly."""
    work = folder.parent / f"{folder.name}-input"
    for each in (work, folder):
        shutil.rmtree(each, ignore_errors=True)
    shutil.copytree(TEMPLATES, work / "templates")
    variables = template_text(template_values(service, document))
    (work / "templates" / "service.jinja").write_text(variables, encoding="utf-8")
    # JSON, since the generator's YAML reader has its own ideas of what is a date.
    (work / "spec.json").write_text(json.dumps(generator_input(document)), encoding="utf-8")
    (work / "config.json").write_text(json.dumps({"post_hooks": []}), encoding="utf-8")
    command = [
        *(_tool("python"), "-m", "openapi_python_client", "generate"),
        *("--path", "spec.json", "--config", "config.json", "--custom-template-path", "templates"),
        *("--meta", "none", "--output-path", str(folder), "--fail-on-warning"),
    ]
    done = _run(command, work)
    shutil.rmtree(work)
    return f"{done.stderr}{done.stdout}".strip() or "without a word" if done.returncode else ""


def _refused(output: str, document: Document) -> list[Obstacle]:
    """What the generator warns of: operations, and components that it cannot read."""
    components = document.get("components", {})
    found = []
    for block in re.split(r"^(?=WARNING|Unable to (?:parse|process) \w+ /|Failed to )", output, flags=re.MULTILINE):
        # The generator shows some of its objects with their addresses, which are others each time.
        reason = " ".join(re.sub(r"<[\w.]+ object at 0x[0-9a-f]+>", "...", block).split())[:300]
        if named := re.search(r"\b(?:parsing|parse)\s+([A-Z]+)\s+(/\S*)", block):
            found.append(Obstacle(("paths", named[2], named[1].lower()), reason))
        elif named := re.search(r"\s/components/(\w+)/([^\s/:]+)", block):
            name = named[2]
            # A part of a component has its name with more behind it.
            while name and name not in components.get(named[1], {}):
                name = name.rpartition("_")[0]
            found.append(Obstacle(("components", named[1], name or named[2]), reason))
    # What is wrong with a component says more than that operations cannot find it.
    return sorted(found, key=lambda each: each.pointer[0] != "components")


def _header(service: Service, document: Document) -> str:
    generator = f"openapi-python-client {generator_version()}"
    return (
        f"# Generated from specs/{service.name}/ ({_edition(document)}) by {generator}.\n"
        "# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.\n"
    )


def write_common(folder: Path) -> None:
    """Write what the packages share into `folder`, the package around them; the runtime is a copy."""
    shutil.copytree(RUNTIME, folder / "_runtime", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "__init__.py").write_text(
        "# Generated by scripts/bindings.py. Do not edit: `make generate`.\n"
        '"""Typed clients of quantum clouds, one package per vendor API version. Nothing is imported here."""\n',
        encoding="utf-8",
    )
    (folder / "py.typed").write_text("", encoding="utf-8")


def format_code(folder: Path) -> None:
    """Sort imports, drop unused ones and format, the same way everywhere; what is written by hand stays as it is."""
    written = [path.name for path in sorted(folder.iterdir()) if path.name != RUNTIME.name]
    for rules in (RUFF_LINT, RUFF_FORMAT):
        done = _run([_tool("ruff"), *rules, *RUFF_ALONE, *written], folder)
        if done.returncode:
            raise Problem("\n  ".join(["ruff cannot format the generated code:", *_lines(done)[-40:]]))


def generator_version() -> str:
    """The version of the generator, as constraints/generate.txt pins it."""
    pins = (ROOT / "constraints" / "generate.txt").read_text(encoding="utf-8")
    found = re.search(r"^openapi-python-client==(\S+)$", pins, re.MULTILINE)
    if not found:
        raise Problem("constraints/generate.txt: openapi-python-client is not pinned")
    return found[1]


def _edition(document: Document) -> str:
    info = document["info"]
    edition = f"{info['title']} {info['version']}" + (f", as of {info['x-as-of']}" if "x-as-of" in info else "")
    # A comment in a file's first lines can name the file's encoding; a vendor's text must not.
    return " ".join(re.sub(r"[^\w .,/()-]", " ", edition).split())


def _add_header(folder: Path, header: str) -> None:
    for path in sorted(folder.rglob("*.py")):
        path.write_text(header + path.read_text(encoding="utf-8"), encoding="utf-8")


def _tool(name: str) -> str:
    environment = Path(os.environ.get(ENVIRONMENT_VARIABLE, ROOT / ".venv-generate"))
    tool = environment / "bin" / name
    if not tool.exists():
        raise Problem(
            f"{environment.name} has no {name}: make the generator's own environment first "
            f"(`make .venv-generate/ready`), or name another one in {ENVIRONMENT_VARIABLE}"
        )
    return str(tool)


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    # Nothing of the caller's Python may leak into the generator's environment; its output is plain and wide.
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHONPATH", "RUFF_"))}
    environment |= {"NO_COLOR": "1", "COLUMNS": "200", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=LONGEST
        )
    except subprocess.TimeoutExpired:
        raise Problem(f"{Path(command[0]).name} takes longer than {LONGEST} s: the description is too large") from None


def _lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
