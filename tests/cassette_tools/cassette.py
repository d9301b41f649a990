"""Cassette files: where they are and what they contain. Their format is that of vcrpy, which can replay them alone."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from attrs import field, frozen

from scripts.problem import Problem
from scripts.services import SERVICES, project_folder
from scripts.spec_files import shown

SOURCES = ("documented", "spec", "sandbox", "live")
#: The replacement of every key.
PLACEHOLDER = "KEY-TAKEN-OUT"


@frozen
class Interaction:
    """One request and its answer, as recorded. `number` counts from 1; header names are in lower case."""

    number: int
    method: str
    url: str
    request_headers: Mapping[str, str]
    request_body: bytes
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """Without its parameters; empty where the answer names none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@frozen
class Cassette:
    """A file of interactions. `name` is `<scenario>.<source>`; `data` is the file's whole content."""

    path: Path
    service: str
    name: str
    data: Mapping[str, Any] = field(repr=False)

    @property
    def scenario(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def source(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def label(self) -> str:
        return f"{self.service}/{self.name}"

    @property
    def metadata(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.data.get("metadata") or {}
        return found

    @property
    def interactions(self) -> list[Interaction]:
        return [_interaction(number, raw) for number, raw in enumerate(self.data["interactions"], start=1)]


def cassettes_folder() -> Path:
    """The folder of all cassettes, which has one folder for each service."""
    return project_folder() / "tests" / "cassettes"


def path_of(folder: Path, service: str, name: str) -> Path:
    return folder / service / f"{name}.yaml"


def load_cassette(path: Path) -> Cassette:
    """The cassette in a file."""
    return parse_cassette(path.read_text(encoding="utf-8"), path)


def parse_cassette(text: str, path: Path) -> Cassette:
    try:
        data = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise Problem(f"{shown(path)}: not readable as YAML: {error}") from None
    if not isinstance(data, dict) or not isinstance(data.get("interactions"), list):
        raise Problem(f"{shown(path)}: no cassette: it has no list of interactions")
    return Cassette(path, path.parent.name, path.stem, data)


def load_all(folder: Path | None = None, service: str | None = None) -> list[Cassette]:
    """All cassettes, or those of one service, in a fixed order."""
    folder = folder or cassettes_folder()
    wanted = SERVICES if service is None else [service]
    return [load_cassette(path) for name in wanted for path in sorted((folder / name).glob("*.yaml"))]


def load_expected(folder: Path | None, service: str) -> dict[str, Any]:
    """What each cassette of a service must give when it is replayed, by its name; written by hand."""
    path = (folder or cassettes_folder()) / service / "expected.json"
    if not path.exists():
        return {}
    expected: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return expected


def _interaction(number: int, raw: Mapping[str, Any]) -> Interaction:
    request, response = raw["request"], raw["response"]
    return Interaction(
        number=number,
        method=request["method"],
        url=request["uri"],
        request_headers=_headers(request["headers"]),
        request_body=_bytes(request.get("body")),
        status=response["status"]["code"],
        headers=_headers(response["headers"]),
        body=_bytes(response["body"].get("string")),
    )


def _headers(raw: Mapping[str, str | Sequence[str]]) -> dict[str, str]:
    return {name.lower(): value if isinstance(value, str) else ", ".join(value) for name, value in (raw or {}).items()}


def _bytes(value: str | bytes | None) -> bytes:
    return value.encode() if isinstance(value, str) else value or b""
