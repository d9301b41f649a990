"""One way to say each thing. Vendors write OpenAPI 3.0, whose `nullable` validators read differently; here it becomes
3.1's explicit null. Root-level security is written out per operation, because the generator looks only there. A
document that is normalised already comes back unchanged."""

from typing import Any

from scripts.grammar import METHODS, Pointer, rebuild
from scripts.problem import Problem
from scripts.spec_files import Document, copied

OPENAPI = "3.1.0"
NULL = {"type": "null"}
# What says something about a schema without restricting it; it stays outside when the rest moves into an `anyOf`.
ANNOTATIONS = ("title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly")
# What may stand beside a reference that is no schema; anything else there is hidden by it.
BESIDE_REFERENCE = ("$ref", "summary", "description")


def normalise(document: Document, origin: str) -> Document:
    """A normalised copy of an OpenAPI 3.0 or 3.1 document. `origin` is the file's name, for errors."""
    version = check_openapi(document, origin)
    is_30 = version.startswith("3.0.")

    def change(kind: str, pointer: Pointer, node: dict[str, Any]) -> dict[str, Any]:
        if kind == "schema":
            return _schema(node, is_30)
        if isinstance(node.get("$ref"), str) and kind != "path item":
            return {key: value for key, value in node.items() if key in BESIDE_REFERENCE}
        return node

    result: Document = rebuild(document, change)
    result["openapi"] = OPENAPI
    _spell_out_security(result)
    return result


def null_where_used(document: Document) -> Document:
    """A copy in which no component is null itself: its name is that of what it else is, and whatever refers to it says
    that null may stand there. An `allOf` cannot say so; answers with an unexpected null are read all the same."""
    schemas = document.get("components", {}).get("schemas", {})
    nullable = {
        f"#/components/schemas/{name}": kinds
        for name, schema in schemas.items()
        if isinstance(schema, dict) and (kinds := _kinds_beside_null(schema))
    }

    def change(kind: str, pointer: Pointer, node: dict[str, Any]) -> dict[str, Any]:
        if kind != "schema":
            return node
        if len(pointer) == 3 and (kinds := nullable.get(f"#/components/schemas/{pointer[2]}")):
            return {**node, "type": kinds}
        if node.get("$ref") in nullable:
            outside, inside = _split(node)
            return {**outside, "anyOf": [inside, dict(NULL)]}
        for key in ("anyOf", "oneOf", "allOf"):
            used = [each for each in node.get(key, []) if _is_used(each, nullable)]
            if used:
                kept = [each["anyOf"][0] if each in used else each for each in node[key]]
                null = [dict(NULL)] if key != "allOf" and NULL not in kept else []
                node = {**node, key: [*kept, *null]}
        return node

    result: Document = rebuild(document, change) if nullable else document
    return result


def _kinds_beside_null(schema: dict[str, Any]) -> str | list[str] | None:
    """What a schema of several types may be beside null, if null is one of them."""
    kinds = schema.get("type")
    if not isinstance(kinds, list) or "null" not in kinds or len(kinds) < 2:
        return None
    left = [kind for kind in kinds if kind != "null"]
    return left[0] if len(left) == 1 else left


def _is_used(schema: Any, nullable: dict[str, Any]) -> bool:
    """Whether this is a reference as `null_where_used` writes it, and nothing beside it."""
    alternatives = schema.get("anyOf") if isinstance(schema, dict) and len(schema) == 1 else None
    return isinstance(alternatives, list) and len(alternatives) == 2 and alternatives[0].get("$ref") in nullable


def check_openapi(document: Document, origin: str) -> str:
    """The version that a document is written in; a Problem where it is not OpenAPI 3.0 or 3.1 at all."""
    version = document.get("openapi")
    if "swagger" in document:
        raise Problem(f"{origin}: is Swagger {document['swagger']}, which is not read: convert it to OpenAPI 3 first")
    if not isinstance(version, str) or not version.startswith(("3.0.", "3.1.")):
        raise Problem(f"{origin}: not an OpenAPI 3.0 or 3.1 document (`openapi` is {version!r})")
    for key in ("info", "paths"):
        if not isinstance(document.get(key), dict):
            raise Problem(f"{origin}: not an OpenAPI document: `{key}` is missing or not a mapping")
    return version


def _spell_out_security(document: Document) -> None:
    security = document.get("security")
    if security is None:
        return
    for item in document["paths"].values():
        for method in METHODS:
            if isinstance(item, dict) and isinstance(item.get(method), dict):
                item[method].setdefault("security", copied(security))
    del document["security"]


def _schema(schema: dict[str, Any], is_30: bool) -> dict[str, Any]:
    if is_30:
        schema = _exclusive_limits(_plain_reference(schema))
    schema = _without_idle_parts(schema)
    nullable = schema.pop("nullable", False) is True
    return _nullable_form(schema, nullable)


def _without_idle_parts(schema: dict[str, Any]) -> dict[str, Any]:
    """Parts of an `allOf` that restrict nothing say what they say of the whole."""
    parts = schema.get("allOf")
    if not isinstance(parts, list) or len(parts) < 2:
        return schema
    idle = [part for part in parts if isinstance(part, dict) and part.keys() <= set(ANNOTATIONS)]
    kept = [part for part in parts if part not in idle]
    said = {key: value for part in idle for key, value in part.items()}
    return {**said, **schema, "allOf": kept} if idle and kept else schema


def _plain_reference(schema: dict[str, Any]) -> dict[str, Any]:
    """In 3.0 a `$ref` hides its siblings; the ones that only describe are kept, since 3.1 lets them stand."""
    if "$ref" not in schema:
        return schema
    return {
        key: value for key, value in schema.items() if key in ("$ref", "nullable", *ANNOTATIONS) or key.startswith("x-")
    }


def _exclusive_limits(schema: dict[str, Any]) -> dict[str, Any]:
    for exclusive, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        flag = schema.get(exclusive)
        if flag is True and limit in schema:
            schema[exclusive] = schema.pop(limit)
        elif isinstance(flag, bool):
            del schema[exclusive]
    return schema


def _nullable_form(schema: dict[str, Any], nullable: bool) -> dict[str, Any]:
    kind = schema.get("type")
    if "enum" in schema:
        return _nullable_enum(schema, nullable)
    if not nullable:
        return schema
    if isinstance(kind, str):
        return {key: [value, "null"] if key == "type" and value != "null" else value for key, value in schema.items()}
    if isinstance(kind, list):
        return {**schema, "type": kind if "null" in kind else [*kind, "null"]}
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return {**schema, key: schema[key] if NULL in schema[key] else [*schema[key], dict(NULL)]}
    if "$ref" in schema or "allOf" in schema:
        outside, inside = _split(schema)
        if list(inside) == ["allOf"] and len(inside["allOf"]) == 1:
            inside = inside["allOf"][0]
        return {**outside, "anyOf": [inside, dict(NULL)]}
    return schema


def _nullable_enum(schema: dict[str, Any], nullable: bool) -> dict[str, Any]:
    """An enum beside an explicit null, so that the enum itself has one class and no null among its values."""
    kind = schema.get("type")
    kinds = kind if isinstance(kind, list) else [kind] if kind else []
    if not (nullable or "null" in kinds or None in schema["enum"]):
        return schema
    values = [value for value in schema["enum"] if value is not None]
    kinds = [name for name in kinds if name != "null"]
    if not values:
        return {key: value for key, value in {**schema, **NULL}.items() if key != "enum"}
    outside, inside = _split(schema)
    inside["enum"] = values
    if kinds:
        inside["type"] = kinds[0] if len(kinds) == 1 else kinds
    return {**outside, "anyOf": [inside, dict(NULL)]}


def _split(schema: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    outside = {key: value for key, value in schema.items() if key in ANNOTATIONS}
    return outside, {key: value for key, value in schema.items() if key not in ANNOTATIONS}
