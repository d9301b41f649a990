"""What of a corrected, normalised description cannot become bindings. Such an operation is left out with its reason;
the others are made."""

import re
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from scripts.diff import operations
from scripts.grammar import METHODS, Pointer, as_text, walk
from scripts.references import Reach, dangling, resolve
from scripts.spec_files import Document

_METHODS = [(method,) for method in METHODS]


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
    return lost or [*_references(document), *_operations(document)]


def affected(document: Document, found: list[Obstacle]) -> list[tuple[tuple[str, str], Obstacle]]:
    """The operations, as (method, path), that obstacles are in the way of, and which."""
    reach = Reach(document)
    uses: dict[tuple[str, str], set[str]] = {}
    for method, path, item, operation in operations(document):
        shared = {"parameters": item["parameters"]} if "parameters" in item else {}
        uses[method, path] = reach.of([shared], "path item") | reach.of([operation], "operation")
    result = []
    for obstacle in found:
        pointer = obstacle.pointer
        component = as_text(pointer[:3])
        for key, used in uses.items():
            own = pointer[:2] == ("paths", key[1]) and (pointer[2:3] == (key[0],) or pointer[2:3][0:1] not in _METHODS)
            if own or (pointer[:1] == ("components",) and component in used):
                result.append((key, obstacle))
    return result


def leave_out(document: Document, method: str, path: str) -> None:
    """Take an operation out, in the document itself, and its path with the last of them."""
    item = document["paths"][path]
    item.pop(method, None)
    if not any(each in item for each in METHODS):
        del document["paths"][path]


def _references(document: Document) -> Iterator[Obstacle]:
    """References to what is no component: the generator knows no others."""
    for _, pointer, node in walk(document):
        reference = node.get("$ref") if isinstance(node, dict) else None
        if isinstance(reference, str) and reference.count("/") != 3:
            yield Obstacle(pointer, f"refers to {reference}, which is no component; the generator needs one")


def _operations(document: Document) -> Iterator[Obstacle]:
    for method, path, item, operation in operations(document):
        where: Pointer = ("paths", path, method)
        yield from _parameters(document, item, operation, where)


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
