"""What of a corrected, normalised description cannot become bindings. Such an operation is left out with its reason;
the others are made."""

import re
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from scripts.diff import JSON, operations
from scripts.grammar import METHODS, Pointer, as_text, server_url, walk
from scripts.references import Reach, dangling, resolve
from scripts.services import Service
from scripts.spec_files import Document
from scripts.template_values import base_url, key_scheme, usable_url

_METHODS = [(method,) for method in METHODS]
ROUNDS = 20


@frozen
class Obstacle:
    """Why something cannot become bindings, and where."""

    pointer: Pointer
    text: str

    def __str__(self) -> str:
        return f"{as_text(self.pointer)}: {self.text}"


def obstacles(document: Document, service: Service) -> list[Obstacle]:
    """All of them."""
    lost = [
        Obstacle(pointer, f"refers to {reference}, which is not in this document")
        for pointer, reference in dangling(document)
    ]
    return lost or [*_references(document), *_operations(document, service)]


def settle(document: Document, service: Service) -> list[tuple[str, Obstacle]]:
    """Leave out, in the document itself, what is in the way, and then what that leaves without something it needs."""
    lost: list[tuple[str, Obstacle]] = []
    for _ in range(ROUNDS):
        found = obstacles(document, service)
        if not found:
            break
        lost += leave_out(document, found)
    return lost


def leave_out(document: Document, found: list[Obstacle]) -> list[tuple[str, Obstacle]]:
    """Take out, in the document itself, the components that obstacles are in, and the operations that are in the way of
    or need these; gives the operations, each with its first obstacle."""
    lost = dict(reversed(_affected(document, found)))
    for method, path in lost:
        item = document["paths"][path]
        del item[method]
        if not any(each in item for each in METHODS):
            del document["paths"][path]
    for obstacle in found:
        if obstacle.pointer[:1] == ("components",) and len(obstacle.pointer) > 2:
            document["components"].get(obstacle.pointer[1], {}).pop(obstacle.pointer[2], None)
    return [(f"{method.upper()} {path}", lost[method, path]) for method, path in reversed(lost)]


def _affected(document: Document, found: list[Obstacle]) -> list[tuple[tuple[str, str], Obstacle]]:
    """The operations, as (method, path), that obstacles are in the way of, and which."""
    reach = Reach(document)
    result = []
    for method, path, item, operation in operations(document):
        shared = {"parameters": item["parameters"]} if "parameters" in item else {}
        used = reach.of([shared], "path item") | reach.of([operation], "operation")
        for obstacle in found:
            pointer = obstacle.pointer
            own = pointer[:2] == ("paths", path) and (pointer[2:3] == (method,) or pointer[2:3] not in _METHODS)
            if own or (pointer[:1] == ("components",) and as_text(pointer[:3]) in used):
                result.append(((method, path), obstacle))
    return result


def _references(document: Document) -> Iterator[Obstacle]:
    """References to what is no component: the generator knows no others."""
    for _, pointer, node in walk(document):
        reference = node.get("$ref") if isinstance(node, dict) else None
        if isinstance(reference, str) and reference.count("/") != 3:
            yield Obstacle(pointer, f"refers to {reference}, which is no component; the generator needs one")


def _operations(document: Document, service: Service) -> Iterator[Obstacle]:
    scheme, _ = key_scheme(document, service)
    urls = {base_url(service, document), usable_url(document["servers"])}
    for method, path, item, operation in operations(document):
        where: Pointer = ("paths", path, method)
        yield from _parameters(document, item, operation, where)
        servers = operation.get("servers") or item.get("servers") or document["servers"]
        if servers != document["servers"] and usable_url(servers) not in urls - {""}:
            yield Obstacle((*where, "servers"), f"is at {server_url(servers[0])}, and a client has one base URL")
        ways = operation.get("security")
        if scheme and ways and not any(set(way) <= {scheme} for way in ways):
            wanted = " or ".join(" with ".join(way) for way in ways)
            yield Obstacle((*where, "security"), f"signs in with {wanted}, and a client has one key, for {scheme}")


def _parameters(
    document: Document, item: dict[str, Any], operation: dict[str, Any], where: Pointer
) -> Iterator[Obstacle]:
    for each in [*item.get("parameters", []), *operation.get("parameters", [])]:
        node = resolve(document, each)
        name = node["name"]
        here: Pointer = (*where, "parameters", name)
        if node.get("in") == "cookie":
            yield Obstacle(here, f"needs the cookie {name!r}, which cannot be sent: a client has cookies of its own")
        if "schema" not in node and not (node.get("in") == "query" and JSON in node.get("content", {})):
            yield Obstacle(here, f"the parameter {name!r} is a document, which cannot be sent there")
        if node.get("style", "simple") != "simple" and node.get("in") in ("path", "header"):
            yield Obstacle(here, f"the parameter {name!r} has the style {node['style']}, which cannot be sent")
        if re.fullmatch("body", name, re.I) and "requestBody" in operation:
            yield Obstacle(here, f"a parameter called {name!r} would hide the request body")
