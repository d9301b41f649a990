"""Which lines of the wrapper read a field of an answer: found in its source, by the name that the bindings give it."""

import ast
import functools
import keyword
import re
from pathlib import Path

from scripts.services import project_folder
from tests.cassette_tools.conformance import Violation


def readers_of(service: str, violation: Violation) -> list[str]:
    """`file:line` of each place in the wrapper that reads what a violation is about; empty where nothing does."""
    if violation.place != "body":
        return []
    steps = [step for step in re.findall(r"[A-Za-z_][\w.-]*|\['[^']+'\]", violation.path.removeprefix("$")) if step]
    names = [part.strip("[]'") for step in steps for part in (step.split(".") if not step.startswith("[") else [step])]
    names = [name for name in names if name]
    if not names:
        return []
    field, parent = names[-1], names[-2] if len(names) > 1 else ""
    found = [line for file in _modules(service) for line in _reads(file, field)]
    # `stats.qubits` is read off what is called stats; a job's own field off the job.
    owners = [_snake(parent)] if parent and _snake(parent) != "data" else _owners(violation.operation)
    nearer = [(where, owner) for where, owner in found if owner in owners]
    return [where for where, _ in nearer or found]


def _owners(operation: str) -> list[str]:
    words = _snake(operation).split("_")
    return [word.removesuffix("s") for word in words]


def _modules(service: str) -> list[Path]:
    """The service's own modules first, then those that the vendor's services share."""
    folder = project_folder() / "wrapper" / "quantum_jobs" / "services"
    own = service.replace("-", "_").replace(".", "_")
    vendor = own.partition("_")[0]
    shared = [path for path in folder.glob(f"{vendor}*.py") if not re.match(rf"{vendor}_v\d", path.name)]
    return [*sorted(folder.glob(f"{own}*.py")), *sorted(shared)]


def _reads(file: Path, field: str) -> list[tuple[str, str]]:
    shown = file.relative_to(project_folder())
    attributes = {_snake(field), _snake(field) + "_"}
    return [(f"{shown}:{line}", owner) for line, name, owner in _names(file) if name == field or name in attributes]


@functools.cache
def _names(file: Path) -> list[tuple[int, str, str]]:
    """Every attribute that is read, and every text that is looked up, with its line and what it is looked up in."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            found.append((node.lineno, node.attr, _owner(node.value)))
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            found.append((node.lineno, str(node.slice.value), _owner(node.value)))
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "get"
            and node.args
        ):
            first = node.args[0]
            if isinstance(first, ast.Constant):
                found.append((node.lineno, str(first.value), _owner(node.func.value)))
        elif isinstance(node, ast.Compare) and isinstance(node.left, ast.Constant):
            found.append((node.lineno, str(node.left.value), _owner(node.comparators[0])))
    return sorted(set(found))


def _owner(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return _snake(node.attr)
    # What is called raw is the job itself.
    return ("job" if node.id == "raw" else _snake(node.id)) if isinstance(node, ast.Name) else ""


def _snake(name: str) -> str:
    """A field's name as the bindings write it."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).replace("-", "_").lower()
    return f"{snake}_" if keyword.iskeyword(snake) else snake
