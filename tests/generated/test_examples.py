"""Every example of an answer in the specs is read by its operation into the described classes, and comes back."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import httpx
import pytest
from quantum_apis._runtime import calls, reading

from scripts.effective import effective_path
from scripts.services import SERVICES
from scripts.spec_files import load_document
from scripts.validate import operations, resolve


def plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def operation_modules(package: str) -> dict[str, ModuleType]:
    """The modules of a package's operations, by their name without case and underscores."""
    api = importlib.import_module(f"quantum_apis.{package}.api")
    names = [info.name for info in pkgutil.walk_packages(api.__path__, f"{api.__name__}.") if not info.ispkg]
    return {plain(name.rsplit(".", 1)[1]): importlib.import_module(name) for name in names}


def examples() -> Iterator[Any]:
    for service in SERVICES.values():
        modules = operation_modules(service.package)
        document = load_document(effective_path(service))
        for _, _, _, operation in operations(document):
            name = operation["operationId"]
            for code, response in operation["responses"].items():
                content = resolve(document, response).get("content", {}).get("application/json", {})
                values = {
                    key: resolve(document, each).get("value") for key, each in content.get("examples", {}).items()
                }
                if "example" in content:
                    values["example"] = content["example"]
                for key, value in values.items():
                    status = 500 if code == "default" else int(code.replace("X", "0"))
                    title = f"{service.name}-{name}-{code}-{key}"
                    yield pytest.param(modules[plain(name)], status, value, id=title)


def raw(value: Any, reader: reading.Reader, where: str = "$") -> Iterator[str]:
    """The objects that should have become a described class and did not."""
    if isinstance(reader, reading.ModelOf) and isinstance(value, dict):
        yield where
    if isinstance(value, reading.Model):
        for described in reading.shape_of(type(value)).fields:
            yield from raw(getattr(value, described.name), described.reader, f"{where}.{described.key}")
    if isinstance(value, list) and isinstance(reader, reading.ListOf):
        for index, item in enumerate(value):
            yield from raw(item, reader.item, f"{where}[{index}]")


@pytest.mark.parametrize(("module", "status", "example"), list(examples()))
def test_an_example_is_read_and_comes_back_whole(module: ModuleType, status: int, example: Any) -> None:
    response = calls.read_response(httpx.Response(status, json=example), module._ANSWERS)
    assert reading.write(response.parsed) == example
    assert list(raw(response.parsed, reading.ANY)) == []
