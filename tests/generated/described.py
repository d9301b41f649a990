"""The operations as the effective specs describe them, with values to send and to answer that follow their schemas."""

import functools
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from attrs import frozen
from jsonschema import Draft202012Validator

from scripts.complete import is_json, plain
from scripts.diff import Operation, operations_of
from scripts.effective import effective_path
from scripts.references import resolve
from scripts.services import SERVICES, Service
from scripts.shapes import Shapes
from scripts.spec_files import Document, load_document

DEEPEST = 6
FORMATS = {
    "date-time": "2026-04-01T10:30:00.120Z",
    "date": "2026-04-01",
    "uuid": "0b8f1d0e-5a0c-4d5e-9a55-0123456789ab",
}
# What would make another URL if it went into one as it is.
TEXT = "a:b/c d?e=%2F&ü"
JSON = "application/json"


@functools.cache
def operation_modules(package: str) -> dict[str, ModuleType]:
    """The modules of a package's operations, by their plain names."""
    api = importlib.import_module(f"quantum_apis.{package}.api")
    names = [info.name for info in pkgutil.walk_packages(api.__path__, f"{api.__name__}.") if not info.ispkg]
    return {plain(name.rsplit(".", 1)[1]): importlib.import_module(name) for name in names}


@functools.cache
def effective(name: str) -> Document:
    """A service's effective document."""
    return load_document(effective_path(SERVICES[name]))


@functools.cache
def _shapes(name: str) -> Shapes:
    return Shapes(effective(name))


@frozen(eq=False)
class Described:
    """One operation of one service, in the spec and in the bindings."""

    service: Service
    operation: Operation
    module: ModuleType

    @property
    def document(self) -> Document:
        """The service's effective document."""
        return self.operation.document

    def sample(self, schema: Any) -> Any:
        """A value with everything in it that a schema describes; it is checked against the schema itself."""
        value = _sample(_shapes(self.service.name), schema, 0)
        assert not self.faults(schema, value), (schema, value)
        return value

    def faults(self, schema: Any, value: Any) -> list[str]:
        """What is wrong with a value, read strictly."""
        whole = {"components": self.document["components"], **(schema if isinstance(schema, dict) else {})}
        return [error.message for error in Draft202012Validator(whole).iter_errors(value)]

    def answers(self) -> Iterator[tuple[str, str, Any]]:
        """What the service may answer: (status code in the spec, media type, value), the samples of the spec first."""
        for code, node in self.operation.node["responses"].items():
            content = resolve(self.document, node).get("content", {})
            if not content:
                yield code, "", None
            for media, each in content.items():
                yield from ((code, media, value) for value in examples(self.document, each))
                other = TEXT if media.startswith("text/") else TEXT.encode()
                yield code, media, self.sample(each.get("schema", {})) if is_json(media) else other


def described() -> Iterator[Described]:
    """All operations of all services."""
    for service in SERVICES.values():
        for operation in operations_of(effective(service.name)).values():
            name = plain(operation.node["operationId"])
            yield Described(service, operation, operation_modules(service.package)[name])


def title(each: Described) -> str:
    """An operation's name in a test's title."""
    return f"{each.service.name}-{each.operation.node['operationId']}"


def examples(document: Document, media: dict[str, Any]) -> list[Any]:
    """The sample values of a body."""
    named = [resolve(document, each).get("value") for each in media.get("examples", {}).values()]
    return named + ([media["example"]] if "example" in media else [])


def _sample(shapes: Shapes, schema: Any, depth: int) -> Any:
    shape = shapes.of(schema)
    if shape.alternatives:
        return _sample(shapes, shape.alternatives[0], depth)
    if shape.values:
        return shape.values[0]
    if shape.kind == "object":
        names = [name for name in shape.properties if depth < DEEPEST or name in shape.required]
        result = {name: _sample(shapes, shape.properties[name], depth + 1) for name in names}
        if shape.additional and depth < DEEPEST:
            result["one more"] = _sample(shapes, shape.additional, depth + 1)
        return result
    if shape.kind == "array":
        least = shape.facts.get("minItems", 0)
        size = max(least, 0 if depth > DEEPEST else min(2, shape.facts.get("maxItems", 2)))
        return [_sample(shapes, {} if shape.items is None else shape.items, depth + 1) for _ in range(size)]
    if shape.kind in ("integer", "number"):
        lowest = shape.facts.get("minimum", shape.facts.get("exclusiveMinimum", 0) + 1)
        return min(max(lowest, 2), shape.facts.get("maximum", 1000)) + (
            0.5 if shape.kind == "number" and lowest < 2 else 0
        )
    if shape.kind == "string":
        return FORMATS.get(str(shape.facts.get("format")), TEXT[: shape.facts.get("maxLength")])
    return {"boolean": True, "null": None}.get(str(shape.kind), "anything")
