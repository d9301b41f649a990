"""Answers that stand in a document: the vendors' published examples, and those of our own specs where a vendor
publishes none. Each says which document it is from."""

import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
from attrs import frozen

from scripts.problem import Problem
from scripts.services import find_service
from scripts.spec_files import Document, load_document


@frozen
class Published:
    """One answer, to be given to the next request for `method` and `path` (below the base URL).

    `file` is a spec file in the service's folder and `pointer` leads to the example in it; `document` is what it was
    published in.
    """

    method: str
    path: str
    pointer: tuple[str, ...]
    document: str
    status: int = 200
    file: str = "effective.yaml"


def example(path: str, method: str, status: int, name: str) -> tuple[str, ...]:
    """Where an operation's named example stands in a spec."""
    return ("paths", path, method, "responses", str(status), "content", "application/json", "examples", name, "value")


def body_of(service: str, answer: Published) -> Any:
    """The answer's JSON."""
    node: Any = _document(find_service(service).folder / answer.file)
    for part in answer.pointer:
        if not isinstance(node, dict) or part not in node:
            raise Problem(f"{service}/{answer.file} has nothing at {'/'.join(answer.pointer)}")
        node = node[part]
    return node


@functools.cache
def _document(path: Path) -> Document:
    return load_document(path)


def transport(service: str, answers: Sequence[Published], base_url: str) -> httpx.MockTransport:
    """An httpx transport that gives each answer once, and repeats the last one for a path."""
    prepared: dict[tuple[str, str], list[tuple[int, Any]]] = {}
    for answer in answers:
        prepared.setdefault((answer.method, answer.path), []).append((answer.status, body_of(service, answer)))

    def handle(request: httpx.Request) -> httpx.Response:
        path = str(request.url).split("?")[0].removeprefix(base_url)
        queue = prepared.get((request.method, path))
        if not queue:
            raise Problem(f"{service}: no published answer to {request.method} {path}")
        status, body = queue.pop(0) if len(queue) > 1 else queue[0]
        return httpx.Response(status, headers={"content-type": "application/json"}, content=json.dumps(body))

    return httpx.MockTransport(handle)


def documents(answers: Sequence[Published]) -> list[str]:
    """What the answers were published in, each once."""
    return list(dict.fromkeys(answer.document for answer in answers))
