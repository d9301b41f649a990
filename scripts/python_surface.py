"""What of a package of bindings can be used from Python, and what of it has gone or changed: modules, classes, their
fields, and the arguments of operations. Read from the source; nothing is imported."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from scripts.changes import Change
from scripts.complete import class_name, plain
from scripts.diff import Operation, operations_of
from scripts.references import resolve
from scripts.shapes import Shape, Shapes
from scripts.spec_files import Document

# An operation's module has several functions with the same arguments; this one stands for all.
OPERATION = "sync"


@frozen
class SurfaceChange:
    """One name that a program may use, and what became of it."""

    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


def surface(package: Path) -> dict[str, str]:
    """Everything public by its name in the package, with its type: `models.Job.status`, `api.jobs.get_job(limit)`."""
    found: dict[str, str] = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        if parts[-1] == "__init__" or parts[0] not in ("api", "models"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if parts[0] == "models":
            found.update(_classes(tree))
        else:
            found.update(_arguments(tree, ".".join(parts)))
    return found


def surface_changes(before: dict[str, str], after: dict[str, str]) -> list[SurfaceChange]:
    """What a program that used the names before cannot rely on any more. What stands in something gone is not told."""
    changes = []
    for name, kind in before.items():
        if name not in after:
            if not any(outer in before and outer not in after for outer in _around(name)):
                changes.append(SurfaceChange(name, f"the {_sort(name)} is gone"))
        elif after[name] != kind and kind:
            changes.append(SurfaceChange(name, f"was {kind}, is {after[name]}"))
    for name, kind in after.items():
        is_argument = name.endswith(")")
        if name not in before and is_argument and "= " not in kind and name.partition("(")[0] in before:
            changes.append(SurfaceChange(name, f"is a new argument, and required: {kind}"))
    return changes


class PythonNames:
    """Names in Python for places in a description."""

    def __init__(self, document: Document, package: Path) -> None:
        self.shapes = Shapes(document)
        self.operations = {each.title: each for each in operations_of(document).values()}
        files = package.glob("api/*/*.py")
        self.modules = {plain(path.stem): f"{path.parent.name}.{path.stem}" for path in files if path.stem[0] != "_"}
        self.fields: dict[str, dict[str, str]] = {}
        self.classes: dict[str, str] = {}
        for path in package.glob("models/*.py"):
            text = path.read_text(encoding="utf-8")
            for name in re.findall(r"^class (\w+)\(", text, re.MULTILINE):
                self.classes[plain(name)] = name
                self.fields[name] = {
                    key: attribute for attribute, key in re.findall(r'_reading\.Field\(\s*"(\w+)",\s*"([^"]*)"', text)
                }

    def of(self, change: Change) -> str:
        """The operation's function, and the class and field that a change is in; empty for what has no name."""
        operation, place, path = change.operation, change.place, change.path
        found = self.operations.get(operation)
        if found is None:
            return ""
        function = self.modules.get(plain(str(found.node.get("operationId"))), "")
        named = re.match(r"(?:query|header|path) parameter (.+)$", place)
        if named:
            return f"{function}({re.sub(r'[^a-z0-9]+', '_', named[1].lower()).strip('_')})"
        owner = self._owner(found, place, path, change.inside)
        return f"{function}, {owner}" if owner else function

    def _owner(self, operation: Operation, place: str, path: str, inside: str) -> str:
        schema = self._schema(operation, place)
        owner = ""
        for part in re.findall(r"\.\*|\[\*\]|\.\w+|\[\"[^\"]*\"\]", path):
            key = part[2:-2] if part.startswith('["') else part.removeprefix(".")
            if schema is None:
                return owner
            alternatives = self.shapes.alternatives(schema)
            named = [each for each in alternatives if self.shapes.of(each).name == inside]
            for each in named or alternatives:
                shape = self.shapes.of(each)
                inner = (
                    shape.items if part == "[*]" else shape.additional if part == ".*" else shape.properties.get(key)
                )
                if isinstance(inner, dict):
                    holder = self._class(shape)
                    attribute = self.fields.get(holder, {}).get(key, "")
                    owner = f"{holder}.{attribute}" if holder and attribute else owner
                    schema = inner
                    break
            else:
                # A field that is new: the class that it will be in.
                return self._class(self.shapes.of(alternatives[0])) or owner
        return owner

    def _class(self, shape: Shape) -> str:
        """The class of a component; empty for what is none."""
        schemas = self.shapes.document.get("components", {}).get("schemas", {})
        return self.classes.get(class_name(shape.name, schemas.get(shape.name, {})), "") if shape.name else ""

    def _schema(self, operation: Operation, place: str) -> Any:
        node: Any = operation.node.get("requestBody") if place.startswith("request body") else None
        if answer := re.match(r"response (\S+)", place):
            node = operation.node.get("responses", {}).get(answer[1])
        node = resolve(operation.document, node) if node else {}
        return next((each.get("schema") for each in node.get("content", {}).values()), None)


def _classes(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield f"models.{node.name}", ""
            for each in node.body:
                if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                    yield f"models.{node.name}.{each.target.id}", ast.unparse(each.annotation)
                elif isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
                    yield f"models.{node.name}.{each.targets[0].id}", ast.unparse(each.value)


def _arguments(tree: ast.Module, module: str) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == OPERATION:
            yield module, f"gives {ast.unparse(node.returns) if node.returns else 'nothing'}"
            arguments: list[tuple[ast.arg, ast.expr | None]] = [(each, None) for each in node.args.args]
            arguments += list(zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True))
            for each, default in arguments:
                if each.arg not in ("client", "timeout", "extra_headers"):
                    annotation = ast.unparse(each.annotation) if each.annotation else "Any"
                    yield (
                        f"{module}({each.arg})",
                        annotation + ("" if default is None else f" = {ast.unparse(default)}"),
                    )


def _around(name: str) -> Iterator[str]:
    name = name.partition("(")[0] if name.endswith(")") else name.rpartition(".")[0]
    while name:
        yield name
        name = name.rpartition(".")[0]


def _sort(name: str) -> str:
    if name.endswith(")"):
        return "argument"
    return {"api": "operation"}.get(name.split(".")[0], "class" if name.count(".") == 1 else "field")
