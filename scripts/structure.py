"""Mistakes in how a vendor's document is built, found by the standard's own metaschema. A mistake costs what it is in
and no more: a keyword of a schema, a component, an operation. Everything after this may rely on what is left."""

import functools
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
from openapi_spec_validator.schemas import get_schema_content_v31

from scripts.grammar import PARTS, Pointer, as_text, at, rebuild, walk
from scripts.problem import Problem
from scripts.spec_files import Document

# Something more than the standard has is no mistake that matters.
HARMLESS = ("unevaluatedProperties", "additionalProperties", "propertyNames", "format")
DIALECT = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$ref": "https://json-schema.org/draft/2020-12/schema",
}
ROUNDS = 20


def mend(document: Document, origin: str) -> tuple[Document, list[str]]:
    """A copy that is built as OpenAPI is, and what had to go for that. Raises a Problem where nothing would be left."""
    result: Document = rebuild(document, _complete)
    mistakes: list[str] = []
    for _ in range(ROUNDS):
        found = list(dict(_mistakes(result)).items())
        if not found:
            return result, mistakes
        for pointer, text in found:
            _take_out(result, pointer)
            mistakes.append(f"{as_text(pointer)}: {text}; read without it")
    raise Problem("\n  ".join([f"{origin}: is not built like OpenAPI:", *mistakes[:10]]))


def _complete(kind: str, pointer: Pointer, node: dict[str, Any]) -> dict[str, Any]:
    """What a document may leave out without being in doubt."""
    if "$ref" in node:
        return node
    if kind == "response":
        return {"description": "", **node}
    if kind in ("parameter", "header"):
        schema: dict[str, Any] = {} if "schema" in node or "content" in node else {"schema": {}}
        return {**node, **schema, **({"required": True} if node.get("in") == "path" else {})}
    if kind == "info":
        return {"title": "API", "version": "", **node}
    return node


def _mistakes(document: Document) -> Iterator[tuple[Pointer, str]]:
    """What must go, as (pointer, reason)."""
    for kind, pointer, node in walk(document):
        if kind == "schema" and not isinstance(node, bool | dict):
            yield _owner(pointer), f"{as_text(pointer)} is no schema"
        elif kind == "schema" and isinstance(node, dict):
            own = {key: value for key, value in node.items() if not _has_schemas(key, value)}
            if not _dialect().is_valid(_as_31(own)):
                for error in _dialect().iter_errors(_as_31(own)):
                    key = next(iter(error.instance_path), None)
                    yield (*pointer, *([key] if key is not None else [])), _said(error)
    # 3.0 differs from 3.1 in its schemas, which were looked at above.
    for error in _openapi().iter_errors({**document, "openapi": "3.1.0"}):
        if not any(each in str(error.schema_path) for each in HARMLESS):
            pointer = tuple(error.instance_path)
            yield _owner(pointer), f"{as_text(pointer)}: {_said(error)}"


def _has_schemas(key: str, value: Any) -> bool:
    """Whether a keyword holds schemas, which are looked at in their turn."""
    shape = PARTS["schema"].get(key, "")
    return (isinstance(value, dict) if shape[:1] != "[" else isinstance(value, list)) and bool(shape)


def _as_31(schema: dict[str, Any]) -> dict[str, Any]:
    """3.0's keywords that mean something else in 3.1."""
    exclusive = ("exclusiveMinimum", "exclusiveMaximum")
    return {
        key: value
        for key, value in schema.items()
        if not (key in exclusive and isinstance(value, bool)) and key not in ("example", "examples")
    }


def _owner(pointer: Pointer) -> Pointer:
    """The operation, the component or the part of the document that a mistake costs."""
    if pointer[:1] in (("paths",), ("components",)):
        return pointer[:3]
    return pointer[:2]


def _take_out(document: Document, pointer: Pointer) -> None:
    if not pointer or pointer in (("paths",), ("info",)):
        raise Problem(f"not an OpenAPI document: {as_text(pointer)}")
    try:
        parent = at(document, pointer[:-1])
        del parent[pointer[-1]]
    except (LookupError, TypeError):
        # It went with something else.
        return


def _said(error: Any) -> str:
    return " ".join(str(error.message).split())[:200]


@functools.cache
def _openapi() -> Any:
    return jsonschema_rs.Draft202012Validator(dict(get_schema_content_v31()))


@functools.cache
def _dialect() -> Any:
    return jsonschema_rs.Draft202012Validator(DIALECT)
