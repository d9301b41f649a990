"""Every model of every service, and a JSON object for each that has all its fields."""

import importlib
from collections.abc import Iterator
from typing import Any

from quantum_apis._runtime import reading

from scripts.services import SERVICES

DEPTH = 4
TEXT = {
    reading.DATE_TIME: "2026-04-01T10:30:00.120Z",
    reading.DATE: "2026-04-01",
    reading.UUID: "0b8f1d0e-5a0c-4d5e-9a55-0123456789ab",
    reading.STRING: "text",
    reading.INTEGER: 7,
    reading.NUMBER: 0.5,
    reading.BOOLEAN: True,
    reading.ANY: {"any": [1]},
    reading.NULL: None,
}


def models() -> Iterator[type[reading.Model]]:
    """All model classes, service by service."""
    for service in SERVICES.values():
        package = importlib.import_module(f"quantum_apis.{service.package}.models")
        for name in package.__all__:
            value = getattr(package, name)
            # What holds a file is only ever sent.
            if issubclass(value, reading.Model) and not _holds_bytes(value):
                yield value


def _holds_bytes(model: type[reading.Model]) -> bool:
    return any(described.reader is reading.BYTES for described in reading.shape_of(model).fields)


def title(model: type[reading.Model]) -> str:
    """A model's name in a test's title."""
    return f"{model.__module__.split('.')[1]}-{model.__name__}"


def example(model: type[reading.Model], depth: int = 0) -> dict[str, Any]:
    """A JSON object with every field of a model, and one more of a described kind where it may have more."""
    shape = reading.shape_of(model)
    result = {described.key: value(described.reader, depth + 1) for described in shape.fields}
    if shape.additional is not reading.ANY:
        result["one_more"] = value(shape.additional, depth + 1)
    return result


def value(reader: reading.Reader, depth: int = 0) -> Any:
    """A JSON value that a reader expects."""
    match reader:
        case reading.Const():
            return reader.value
        case reading.EnumOf():
            return next(iter(reader.enum)).value
        case reading.ListOf():
            return [] if depth > DEPTH else [value(reader.item, depth + 1), value(reader.item, depth + 1)]
        case reading.ModelOf():
            return {} if depth > DEPTH else example(reader.model, depth)
        case reading.UnionOf():
            return value(reader.alternatives[0], depth)
    return TEXT[reader]
