"""What an OpenAPI document is made of, as a table, and the one walk over it that everything else uses. What the table
does not name is data: sample values, defaults, enums and extensions are never taken for parts of the description."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

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


def walk(node: Any, kind: str = "document", pointer: Pointer = ()) -> Iterator[tuple[str, Pointer, Any]]:
    """Every node of a description as (kind, pointer, node), a node before what is inside it. A node need not be built
    as its kind should be."""
    yield kind, pointer, node
    for inner, where, child in _children(node, kind):
        yield from walk(child, inner, (*pointer, *where))


def rebuild(
    node: Any, change: Callable[[str, Pointer, dict[str, Any]], Any], kind: str = "document", pointer: Pointer = ()
) -> Any:
    """A copy in which `change(kind, pointer, node)` has taken the place of every mapping, the innermost first."""
    if not isinstance(node, dict):
        return copy.deepcopy(node)
    parts = PARTS.get(kind, {})
    result: dict[str, Any] = {}
    for key, value in node.items():
        shape = parts.get(key, "")
        inner, here = shape.strip("{}[]"), (*pointer, key)
        if shape.startswith("{") and isinstance(value, dict):
            result[key] = {name: rebuild(each, change, inner, (*here, name)) for name, each in value.items()}
        elif shape.startswith("[") and isinstance(value, list):
            result[key] = [rebuild(each, change, inner, (*here, index)) for index, each in enumerate(value)]
        elif inner and shape == inner:
            result[key] = rebuild(value, change, inner, here)
        else:
            result[key] = copy.deepcopy(value)
    return change(kind, pointer, result)


def as_text(pointer: Pointer) -> str:
    """A JSON pointer as people write it."""
    return "#" + "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in pointer)


def at(document: Any, pointer: Pointer) -> Any:
    """What a pointer leads to. Raises LookupError or TypeError where it leads nowhere."""
    for part in pointer:
        document = document[part]
    return document


def _children(node: Any, kind: str) -> Iterator[tuple[str, Pointer, Any]]:
    if not isinstance(node, dict):
        return
    for key, shape in PARTS.get(kind, {}).items():
        value, inner = node.get(key), shape.strip("{}[]")
        if key not in node:
            continue
        if shape.startswith("{") and isinstance(value, dict):
            yield from ((inner, (key, name), each) for name, each in value.items())
        elif shape.startswith("[") and isinstance(value, list):
            yield from ((inner, (key, index), each) for index, each in enumerate(value))
        elif inner == shape:
            yield inner, (key,), value
