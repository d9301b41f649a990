"""A vendor's interface as it comes: an OpenAPI document in JSON or YAML, or a documentation page with one in it. What
cannot be used is refused here, before anything of ours is touched."""

import json
import re
from collections.abc import Iterator
from typing import Any, Literal

from attrs import frozen

from scripts.diff import operations_of
from scripts.normalise import METHODS, SCHEMA_LISTS, SCHEMA_MAPS, SCHEMA_SINGLES, check_openapi
from scripts.problem import Problem
from scripts.services import Service
from scripts.spec_files import Document, parse_document
from scripts.validate import references

# What one operation is merged into what we have; a whole document replaces it.
Extent = Literal["operation", "whole"]
FENCE = re.compile(r"^(?P<fence>`{3,})(?P<words>(?:ya?ml|json)\b[^\n`]*)\n(?P<text>.*?)^(?P=fence)[ \t]*$", re.M | re.S)
OPENAPI = re.compile(r"^[\s{]*[\"']?(?:openapi|swagger)[\"']?\s*:", re.M)
OPEN_FENCE = re.compile(r"^`{4,}(?:ya?ml|json)\b", re.M)
NAMED = re.compile(r"\b(?P<method>get|put|post|patch|delete|head|options|trace)\s+(?P<path>/\S*)\s*$", re.I)
DEEPEST = 100
MOST_NODES = 1_000_000
NUMBERS = (
    "maximum",
    "minimum",
    "multipleOf",
    *(f"{a}{b}" for a in ("max", "min") for b in ("Length", "Items", "Properties")),
)


@frozen
class Incoming:
    """What a vendor says: a document, and which of its operations count (all of them when it is whole)."""

    document: Document
    extent: Extent
    operations: tuple[tuple[str, str], ...]


def read_document(text: str, origin: str, extent: Extent | None = None) -> Incoming:
    """The interface in a text.

    A page that names one operation gives that operation. Any other document is one operation if it holds exactly one,
    and whole otherwise. `extent` decides instead.
    """
    text, named = _block(text, origin)
    document = _parse(text, origin)
    check_openapi(document, origin)
    wrong = [*_structure(document), *references(document, document, "#")][:10]
    if wrong:
        raise Problem("\n  ".join([f"{origin}: cannot be used:", *wrong]))
    found = operations_of(document)
    if not found:
        raise Problem(f"{origin}: describes no operation")
    wanted = tuple(found)
    if named:
        wanted = tuple(key for key in found if (key[0], found[key].path) == named)
        if not wanted:
            raise Problem(f"{origin}: is about {named[0].upper()} {named[1]}, which its document does not describe")
    extent = extent or ("operation" if len(wanted) == 1 else "whole")
    return Incoming(document, extent, tuple(found) if extent == "whole" else wanted)


def check_service(incoming: Document, ours: Document, service: Service, origin: str) -> None:
    """Refuse a document of another service.

    It is the same service if it names a server of ours. A service that has moved is still itself if title, version and
    at least half of the operations are.
    """
    theirs, known = _servers(incoming), _servers(ours)
    ours_found = operations_of(ours)
    found = [key for key in operations_of(incoming) if key in ours_found]
    names = [(document["info"].get("title"), document["info"].get("version")) for document in (incoming, ours)]
    if theirs & known and (found or len(operations_of(incoming)) == 1):
        return
    if names[0] == names[1] and 2 * len(found) >= len(operations_of(incoming)):
        return
    place = ", ".join(sorted(theirs)) or "no server"
    raise Problem(
        f"{origin}: is not {service.name}: it describes {names[0][0]!r} {names[0][1]} at {place}, "
        f"and {service.name} is at {', '.join(sorted(known))}"
    )


def _servers(document: Document) -> set[str]:
    return {str(each.get("url")).rstrip("/").lower() for each in document.get("servers", []) if isinstance(each, dict)}


def _block(text: str, origin: str) -> tuple[str, tuple[str, str] | None]:
    """The OpenAPI text itself, and the operation that a page says it is about."""
    text = text.replace("\r\n", "\n")
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<head")):
        raise Problem(f"{origin}: is an HTML page, not an OpenAPI document or the source of a documentation page")
    if start.startswith("{"):
        return text, None
    if start.startswith(("openapi:", "swagger:")) or (OPENAPI.search(text) and "\n```" not in text):
        if not text.endswith("\n"):
            raise Problem(f"{origin}: does not end with a line break, so it may be cut short; add one if it is whole")
        return text, None
    blocks = [match for match in FENCE.finditer(text) if OPENAPI.search(match["text"])]
    if not blocks:
        if OPEN_FENCE.search(FENCE.sub("", text)):
            raise Problem(f"{origin}: its OpenAPI block does not end, so it is cut short")
        raise Problem(f"{origin}: is neither an OpenAPI document nor a page with one in it")
    if len(blocks) > 1:
        raise Problem(f"{origin}: holds {len(blocks)} OpenAPI blocks; give it one")
    named = NAMED.search(blocks[0]["words"])
    return blocks[0]["text"], (named["method"].lower(), named["path"]) if named else None


def _parse(text: str, origin: str) -> Document:
    document: Any
    if not text.lstrip().startswith("{"):
        document = parse_document(text, origin)
    else:
        try:
            document = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Problem(f"{origin}: not readable as JSON: {error}") from None
    # An alias in YAML, or two, can make a document endless.
    waiting: list[tuple[Any, int]] = [(document, 0)]
    seen = 0
    while waiting:
        node, depth = waiting.pop()
        seen += 1
        if depth > DEEPEST or seen > MOST_NODES:
            raise Problem(f"{origin}: is nested too deeply, or too large")
        children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        waiting.extend((child, depth + 1) for _, child in children)
        if isinstance(node, str) and not node.isascii() and node.encode(errors="replace").decode() != node:
            raise Problem(f"{origin}: holds text that is not Unicode")
    return {**document}


def _structure(document: Document) -> Iterator[str]:
    """What is not even built like OpenAPI. Everything after this may rely on it."""
    for path, item in document["paths"].items():
        where = f"#/paths/{path}"
        if not isinstance(item, dict):
            yield f"{where}: not a mapping"
            continue
        yield from _parameters(item.get("parameters", []), where)
        for method in METHODS:
            if method in item:
                yield from _operation(item[method], f"{where}/{method}")
    components = document.get("components", {})
    if not isinstance(components, dict) or not all(isinstance(section, dict) for section in components.values()):
        yield "#/components: not a mapping of mappings"
        return
    for section, nodes in components.items():
        for name, node in nodes.items():
            if section != "schemas" and not isinstance(node, dict):
                yield f"#/components/{section}/{name}: not a mapping"
            elif section == "parameters":
                yield from _parameters([node], f"#/components/parameters/{name}")
    yield from _schemas_below(document, "#")
    for name, schema in components.get("schemas", {}).items():
        yield from _schema(schema, f"#/components/schemas/{name}")
    if not isinstance(document.get("servers", []), list):
        yield "#/servers: not a list"


def _operation(node: Any, where: str) -> Iterator[str]:
    if not isinstance(node, dict):
        yield f"{where}: not a mapping"
        return
    yield from _parameters(node.get("parameters", []), where)
    responses = node.get("responses")
    if not isinstance(responses, dict) or not all(isinstance(each, dict) for each in responses.values()):
        yield f"{where}/responses: not a mapping of answers"
    if not isinstance(node.get("requestBody", {}), dict):
        yield f"{where}/requestBody: not a mapping"
    if not isinstance(node.get("security", []), list):
        yield f"{where}/security: not a list"


def _parameters(nodes: Any, where: str) -> Iterator[str]:
    if not isinstance(nodes, list):
        yield f"{where}/parameters: not a list"
        return
    for index, node in enumerate(nodes):
        named = isinstance(node, dict) and (
            "$ref" in node or all(isinstance(node.get(key), str) for key in ("name", "in"))
        )
        if not named:
            yield f"{where}/parameters/{index}: has no name or no place"


def _schemas_below(node: Any, where: str) -> Iterator[str]:
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in children:
        here = f"{where}/{key}"
        if key in ("example", "examples", "default") or str(key).startswith("x-") or here == "#/components/schemas":
            continue
        if key in ("content", "headers", "properties") and not isinstance(value, dict):
            yield f"{here}: not a mapping"
        elif key == "schema":
            yield from _schema(value, here)
        else:
            yield from _schemas_below(value, here)


def _schema(schema: Any, where: str) -> Iterator[str]:
    if isinstance(schema, bool):
        return
    if not isinstance(schema, dict):
        yield f"{where}: not a schema"
        return
    kinds = schema.get("type", [])
    if not all(isinstance(kind, str) for kind in (kinds if isinstance(kinds, list) else [kinds])):
        yield f"{where}/type: not the name of a type"
    for key in ("enum", "required", *SCHEMA_LISTS):
        if not isinstance(schema.get(key, []), list):
            yield f"{where}/{key}: not a list"
    if not isinstance(schema.get("format", ""), str):
        yield f"{where}/format: not a text"
    for key in NUMBERS:
        if isinstance(schema.get(key, 0), bool) or not isinstance(schema.get(key, 0), int | float):
            yield f"{where}/{key}: not a number"
    for key in SCHEMA_MAPS:
        if not isinstance(schema.get(key, {}), dict):
            yield f"{where}/{key}: not a mapping"
            continue
        for name, inner in schema.get(key, {}).items():
            yield from _schema(inner, f"{where}/{key}/{name}")
    for key in SCHEMA_LISTS:
        for index, inner in enumerate(schema[key] if isinstance(schema.get(key), list) else ()):
            yield from _schema(inner, f"{where}/{key}/{index}")
    for key in SCHEMA_SINGLES:
        if key in schema:
            yield from _schema(schema[key], f"{where}/{key}")
