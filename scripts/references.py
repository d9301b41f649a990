"""Local references: what they lead to, which of them lead nowhere, and what is reached from where."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from scripts.grammar import Pointer, at, walk
from scripts.spec_files import Document, copied

# References that lead to references; more than this lead nowhere.
MOST_STEPS = 50


def resolve(document: Document, node: Any, steps: int | None = None) -> Any:
    """The node, or what its local `$ref` points to, through no more than this number of references. Raises LookupError
    or TypeError for one that leads nowhere."""
    left = MOST_STEPS if steps is None else steps
    while isinstance(node, dict) and "$ref" in node and left:
        left -= 1
        target: Any = document
        for part in pointer_of(str(node["$ref"])):
            target = target[int(part) if isinstance(target, list) else part]
        node = target
    if steps is None and not left:
        raise KeyError("references that only lead to each other")
    return node


def pointer_of(reference: str) -> tuple[str, ...]:
    """The parts of a local reference. Raises KeyError for one that is not local."""
    if reference == "#":
        return ()
    if not reference.startswith("#/"):
        raise KeyError(reference)
    parts = unquote(reference.removeprefix("#/")).split("/")
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)


def dangling(document: Document) -> Iterator[tuple[Pointer, str]]:
    """Every reference that leads nowhere in the document, and where it stands."""
    known: dict[str, bool] = {}
    for kind, pointer, node in walk(document):
        for where, reference in _of(kind, node):
            if reference not in known:
                known[reference] = _leads_somewhere(document, reference)
            if not known[reference]:
                yield (*pointer, *where), reference


def without_dangling(document: Document) -> Document:
    """A copy in which references that lead nowhere say nothing, so that the rest can be compared."""
    result: Document = copied(document)
    for pointer, _ in list(dangling(document)):
        if "mapping" in pointer[-2:]:
            del at(result, pointer[:-1])[pointer[-1]]
        else:
            del at(result, pointer)["$ref"]
    return result


class Reach:
    """What is reached from where in one document; each component is looked into once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._direct: dict[str, set[str]] = {}

    def of(self, nodes: Iterable[Any], kind: str) -> set[str]:
        """The references that lead out of these nodes, and on from where they lead."""
        found: set[str] = set()
        waiting = {each for node in nodes for each in _below(node, kind)}
        while waiting:
            reference = waiting.pop()
            if reference not in found:
                found.add(reference)
                waiting |= self._out_of(reference) - found
        return found

    def _out_of(self, reference: str) -> set[str]:
        if reference not in self._direct:
            try:
                parts = pointer_of(reference)
                target = resolve(self.document, {"$ref": reference}, steps=1)
            except (LookupError, TypeError, ValueError):
                parts, target = (), None
            kind = KINDS.get(parts[1], "schema") if parts[:1] == ("components",) else "schema"
            self._direct[reference] = set(_below(target, kind))
        return self._direct[reference]


def _below(node: Any, kind: str) -> Iterator[str]:
    for inner, _, each in walk(node, kind):
        yield from (reference for _, reference in _of(inner, each))


def _of(kind: str, node: Any) -> Iterator[tuple[Pointer, str]]:
    if not isinstance(node, dict):
        return
    if isinstance(node.get("$ref"), str):
        yield (), node["$ref"]
    discriminator = node.get("discriminator") if kind == "schema" else None
    mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    if isinstance(mapping, dict):
        for value, target in mapping.items():
            if isinstance(target, str) and target.startswith("#"):
                yield ("discriminator", "mapping", value), target


def _leads_somewhere(document: Document, reference: str) -> bool:
    try:
        resolve(document, {"$ref": reference})
    except (LookupError, TypeError, ValueError):
        return False
    return True


KINDS = {
    "schemas": "schema",
    "responses": "response",
    "parameters": "parameter",
    "examples": "example",
    "requestBodies": "request body",
    "headers": "header",
    "links": "link",
    "callbacks": "callback",
    "pathItems": "path item",
}
