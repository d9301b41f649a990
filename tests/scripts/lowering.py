"""The 3.0 form of a description in 3.1, to have one thing in two forms; what 3.0 cannot say stays as it is."""

from typing import Any

from scripts.grammar import Pointer, rebuild
from scripts.spec_files import Document


def lower(document: Document) -> Document:
    """A copy in 3.0's words."""
    result: Document = rebuild(document, lambda kind, pointer, node: _schema(node) if kind == "schema" else node)
    return {**result, "openapi": "3.0.3"}


def _schema(schema: dict[str, Any], pointer: Pointer = ()) -> dict[str, Any]:
    result = dict(schema)
    if "const" in result:
        result["enum"] = [result.pop("const")]
    for exclusive, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if exclusive in result and not isinstance(result[exclusive], bool):
            result[limit], result[exclusive] = result[exclusive], True
    kinds = result.get("type")
    if isinstance(kinds, list):
        left = [kind for kind in kinds if kind != "null"]
        del result["type"]
        result |= {"type": left[0]} if len(left) == 1 else {"anyOf": [{"type": kind} for kind in left]}
        result |= {"nullable": True} if len(left) < len(kinds) else {}
    for key in ("anyOf", "oneOf"):
        alternatives = result.get(key, [])
        kept = [each for each in alternatives if not isinstance(each, dict) or each.get("type") != "null"]
        if len(kept) == len(alternatives):
            continue
        del result[key]
        if len(kept) != 1:
            result |= {key: kept}
        else:
            result = {**result, "allOf": kept} if "$ref" in kept[0] else {**kept[0], **result}
        result["nullable"] = True
    if "$ref" in result and len(result) > 1:
        # In 3.0 nothing can stand beside a reference but what describes.
        result = {**{key: value for key, value in result.items() if key != "$ref"}, "allOf": [{"$ref": result["$ref"]}]}
    return result
