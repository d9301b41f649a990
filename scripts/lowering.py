"""From OpenAPI 3.1 back to 3.0, for taking what a vendor writes in 3.1 into a file of ours that is in 3.0, where our
corrections expect it. The other way is scripts.normalise."""

import copy
from typing import Any

from scripts.spec_files import Document

UNIONS = ("anyOf", "oneOf")
MAPS = ("properties", "patternProperties")
LISTS = ("allOf", "anyOf", "oneOf")
SINGLES = ("items", "additionalProperties", "not")
DATA = ("example", "examples", "default", "enum", "const")


def lower(document: Document) -> Document:
    """A copy in 3.0's words. What 3.0 cannot say is left as it is; whoever uses the copy compares it."""
    result = copy.deepcopy(document)
    result["openapi"] = "3.0.3"
    _walk(result)
    schemas = result.get("components", {}).get("schemas", {})
    for name, schema in schemas.items():
        schemas[name] = _schema(schema)
    return result


def _walk(node: Any) -> None:
    children = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    for key, value in children:
        if key == "schema":
            node[key] = _schema(value)
        elif key not in DATA and key != "schemas":
            _walk(value)


def _schema(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return {} if schema is True else {"not": {}} if schema is False else schema
    result = dict(schema)
    for key in MAPS:
        if key in result:
            result[key] = {name: _schema(inner) for name, inner in result[key].items()}
    for key in LISTS:
        if key in result:
            result[key] = [_schema(inner) for inner in result[key]]
    for key in SINGLES:
        if isinstance(result.get(key), dict):
            result[key] = _schema(result[key])
    if "const" in result:
        result["enum"] = [result.pop("const")]
    for exclusive, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if exclusive in result and not isinstance(result[exclusive], bool):
            result[limit], result[exclusive] = result[exclusive], True
    if isinstance(result.get("examples"), list):
        examples = result.pop("examples")
        result |= {"example": examples[0]} if examples and "example" not in result else {}
    return _reference(_union(_types(result)))


def _types(schema: dict[str, Any]) -> dict[str, Any]:
    kinds = schema.get("type")
    if not isinstance(kinds, list):
        return schema
    left = [kind for kind in kinds if kind != "null"]
    nullable = {"nullable": True} if len(left) < len(kinds) else {}
    if len(left) == 1:
        return {**schema, "type": left[0], **nullable}
    outside = {key: value for key, value in schema.items() if key != "type"}
    return {**outside, "anyOf": [{"type": kind} for kind in left], **nullable}


def _union(schema: dict[str, Any]) -> dict[str, Any]:
    for key in UNIONS:
        alternatives = schema.get(key, [])
        left = [each for each in alternatives if each.get("type") != "null"]
        if len(left) == len(alternatives):
            continue
        outside = {other: value for other, value in schema.items() if other != key}
        if len(left) != 1:
            schema = {**outside, key: left, "nullable": True}
        elif "$ref" in left[0]:
            schema = {**outside, "allOf": left, "nullable": True}
        else:
            schema = {**left[0], **outside, "nullable": True}
    return schema


def _reference(schema: dict[str, Any]) -> dict[str, Any]:
    """In 3.0 nothing can stand beside a `$ref` but what describes."""
    beside = {key: value for key, value in schema.items() if key != "$ref"}
    if "$ref" not in schema or not beside:
        return schema
    return {**beside, "allOf": [{"$ref": schema["$ref"]}]}
