"""What of a corrected, normalised description cannot become bindings. Such an operation is left out with its reason;
the others are made."""

import re
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from scripts.diff import operations
from scripts.grammar import METHODS, Pointer, as_text
from scripts.references import dangling, reached, resolve
from scripts.spec_files import Document


@frozen
class Obstacle:
    """Why something cannot become bindings, and where."""

    pointer: Pointer
    text: str

    def __str__(self) -> str:
        return f"{as_text(self.pointer)}: {self.text}"


def obstacles(document: Document) -> list[Obstacle]:
    """All of them."""
    lost = [
        Obstacle(pointer, f"refers to {reference}, which is not in this document")
        for pointer, reference in dangling(document)
    ]
    return lost or list(_operations(document))


def affected(document: Document, obstacle: Obstacle) -> list[tuple[str, str]]:
    """The operations that an obstacle is in the way of, as (method, path)."""
    pointer = obstacle.pointer
    if pointer[:1] == ("paths",):
        own = [(method, path) for method, path, _, _ in operations(document) if path == pointer[1]]
        return [each for each in own if len(pointer) < 3 or pointer[2] not in METHODS or each[0] == pointer[2]]
    if pointer[:1] == ("components",) and len(pointer) > 2:
        name = as_text(pointer[:3])
        return [
            (method, path)
            for method, path, item, operation in operations(document)
            if name in _reached(document, item, operation)
        ]
    return []


def leave_out(document: Document, method: str, path: str) -> None:
    """Take an operation out, in the document itself, and its path with the last of them."""
    item = document["paths"][path]
    item.pop(method, None)
    if not any(each in item for each in METHODS):
        del document["paths"][path]


def _reached(document: Document, item: dict[str, Any], operation: dict[str, Any]) -> set[str]:
    shared = {"parameters": item["parameters"]} if "parameters" in item else {}
    return reached(document, [shared], "path item") | reached(document, [operation], "operation")


def _operations(document: Document) -> Iterator[Obstacle]:
    for method, path, item, operation in operations(document):
        where: Pointer = ("paths", path, method)
        yield from _parameters(document, item, operation, where)
        for name in reached(document, [operation], "operation"):
            if "/" in name.removeprefix("#/components/").partition("/")[2]:
                yield Obstacle(where, f"refers to {name}, which is no component of its own; the generator needs one")


def _parameters(
    document: Document, item: dict[str, Any], operation: dict[str, Any], where: Pointer
) -> Iterator[Obstacle]:
    for each in [*item.get("parameters", []), *operation.get("parameters", [])]:
        node = resolve(document, each)
        name = node["name"]
        here: Pointer = (*where, "parameters", name)
        if node.get("in") == "cookie":
            yield Obstacle(here, f"needs the cookie {name!r}, which cannot be sent: a client has cookies of its own")
        if "schema" not in node:
            yield Obstacle(here, f"the parameter {name!r} is a document, which cannot be sent")
        if node.get("style", "simple") != "simple" and node.get("in") in ("path", "header"):
            yield Obstacle(here, f"the parameter {name!r} has the style {node['style']}, which cannot be sent")
        if re.fullmatch("body", name, re.I) and "requestBody" in operation:
            yield Obstacle(here, f"a parameter called {name!r} would hide the request body")
