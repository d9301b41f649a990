"""What an OpenAPI document is made of, as a table, and the one walk over it that everything else uses. What the table
does not name is data: sample values, defaults, enums and extensions are never taken for parts of the description."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from scripts.spec_files import copied

Pointer = tuple[str | int, ...]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SCHEMA_MAPS = ("properties", "patternProperties", "$defs", "dependentSchemas")
SCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
SCHEMA_SINGLES = ("items", "additionalProperties", "not", "contains", "propertyNames", "if", "then", "else")
# Kind of a node: key: kind of what stands there; `{}` a map of them by name, `[]` a list.
PARTS: dict[str, dict[str, str]] = {
    "document": {"info": "info", "servers": "[server]", "paths": "{path item}", "webhooks": "{path item}",
                 "components": "components", "tags": "[tag]"},
    "components": {"schemas": "{schema}", "responses": "{response}", "parameters": "{parameter}",
                   "examples": "{example}", "requestBodies": "{request body}", "headers": "{header}",
                   "securitySchemes": "{security scheme}", "links": "{link}", "callbacks": "{callback}",
                   "pathItems": "{path item}"},
    "info": {"contact": "contact", "license": "license"},
    "server": {"variables": "{server variable}"},
    "path item": {"parameters": "[parameter]", "servers": "[server]", **dict.fromkeys(METHODS, "operation")},
    "operation": {"parameters": "[parameter]", "requestBody": "request body", "responses": "{response}",
                  "callbacks": "{callback}", "servers": "[server]"},
    "parameter": {"schema": "schema", "content": "{media type}", "examples": "{example}"},
    "header": {"schema": "schema", "content": "{media type}", "examples": "{example}"},
    "request body": {"content": "{media type}"},
    "response": {"headers": "{header}", "content": "{media type}", "links": "{link}"},
    "media type": {"schema": "schema", "examples": "{example}", "encoding": "{encoding}"},
    "encoding": {"headers": "{header}"},
    "schema": {**dict.fromkeys(SCHEMA_MAPS, "{schema}"), **dict.fromkeys(SCHEMA_LISTS, "[schema]"),
               **dict.fromkeys(SCHEMA_SINGLES, "schema")},
}  # fmt: skip
# The section of the components that a kind has its names in.
SECTIONS = {kind.strip("{}"): section for section, kind in PARTS["components"].items()}
# The same as PARTS, taken apart: the kind of what stands at a key, and `{`, `[` or nothing for how it stands there.
_SHAPES = {
    kind: {key: (shape.strip("{}[]"), shape[0] if shape[0] in "{[" else "") for key, shape in parts.items()}
    for kind, parts in PARTS.items()
}


def walk(node: Any, kind: str = "document", pointer: Pointer = ()) -> Iterator[tuple[str, Pointer, Any]]:
    """Every node of a description as (kind, pointer, node), a node before what is inside it. A node need not be built
    as its kind should be."""
    waiting = [(kind, pointer, node)]
    while waiting:
        kind, pointer, node = waiting.pop()
        yield kind, pointer, node
        waiting.extend(reversed(_children(node, kind, pointer)))


def rebuild(
    node: Any, change: Callable[[str, Pointer, dict[str, Any]], Any], kind: str = "document", pointer: Pointer = ()
) -> Any:
    """A copy in which `change(kind, pointer, node)` has taken the place of every mapping, the innermost first."""
    if not isinstance(node, dict):
        return copied(node)
    shapes = _SHAPES.get(kind, {})
    result: dict[str, Any] = {}
    for key, value in node.items():
        inner, container = shapes.get(key, ("", ""))
        here = (*pointer, key)
        if container == "{" and isinstance(value, dict):
            result[key] = {name: rebuild(each, change, inner, (*here, name)) for name, each in value.items()}
        elif container == "[" and isinstance(value, list):
            result[key] = [rebuild(each, change, inner, (*here, index)) for index, each in enumerate(value)]
        elif inner and not container:
            result[key] = rebuild(value, change, inner, here)
        else:
            result[key] = copied(value)
    return change(kind, pointer, result)


def as_text(pointer: Pointer) -> str:
    """A JSON pointer as people write it."""
    return "#" + "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in pointer)


def unnamed(path: str) -> str:
    """A path without the names of its parameters, which are no part of what it is."""
    return re.sub(r"{[^}]*}", "{}", path)


def server_url(server: dict[str, Any]) -> str:
    """Where a server is, its variables with their defaults."""
    url = str(server.get("url", ""))
    for name, variable in (server.get("variables") or {}).items():
        if isinstance(variable, dict) and "default" in variable:
            url = url.replace(f"{{{name}}}", str(variable["default"]))
    return url.rstrip("/")


def at(document: Any, pointer: Pointer) -> Any:
    """What a pointer leads to. Raises LookupError or TypeError where it leads nowhere."""
    for part in pointer:
        document = document[part]
    return document


def _children(node: Any, kind: str, pointer: Pointer) -> list[tuple[str, Pointer, Any]]:
    if not isinstance(node, dict):
        return []
    found: list[tuple[str, Pointer, Any]] = []
    for key, (inner, container) in _SHAPES.get(kind, {}).items():
        if key not in node:
            continue
        value = node[key]
        if container == "{" and isinstance(value, dict):
            found += [(inner, (*pointer, key, name), each) for name, each in value.items()]
        elif container == "[" and isinstance(value, list):
            found += [(inner, (*pointer, key, index), each) for index, each in enumerate(value)]
        elif not container:
            found.append((inner, (*pointer, key), value))
    return found
