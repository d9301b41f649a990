"""What an editor shows of an operation, an argument or a field says something."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.services import ROOT, SERVICES, Service

# "name (type): words", which go on in lines that are further in.
ENTRY = re.compile(r"^    (?P<name>\w+) \((?P<type>.*?)\): ?(?P<words>.*)$")
EACH = pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)


def docstrings(service: Service) -> Iterator[tuple[Path, str, str]]:
    """Each docstring of a package, with its file and the name of what it is about."""
    for path in sorted((ROOT / "generated" / "quantum_apis" / service.package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node.name, ast.get_docstring(node) or ""


def entries(docstring: str) -> Iterator[tuple[str, str]]:
    """Arguments and attributes that a docstring lists: (name, words). A long type is on several lines."""
    for block in re.findall(r"^(?:Args|Attributes):\n((?: {4}.*\n?)+)", docstring, re.MULTILINE):
        joined = re.sub(r"\n {8,}", " ", block)
        for line in joined.splitlines():
            match = ENTRY.match(line)
            assert match, line
            yield match["name"], match["words"]


@pytest.mark.parametrize(
    "service", [each for each in SERVICES.values() if not each.is_new], ids=lambda service: service.name
)
def test_every_argument_and_every_field_has_a_description(service: Service) -> None:
    found = [
        (path.name, about, name, words)
        for path, about, docstring in docstrings(service)
        for name, words in entries(docstring)
    ]
    assert len(found) > 200
    assert [each[:3] for each in found if not each[3].strip()] == []


@EACH
def test_every_public_class_and_function_says_what_it_is(service: Service) -> None:
    silent = [
        (path.name, name)
        for path, name, docstring in docstrings(service)
        if not docstring and not name.startswith("_") and path.parent.name != "models" and name != "fetch"
    ]
    assert silent == []
