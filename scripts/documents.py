"""A vendor's interface as it comes: an OpenAPI document in JSON or YAML, or a documentation page with one in it. What
cannot be used is refused here, before anything of ours is touched; a mistake in it costs no more than what it is in."""

import re
from pathlib import Path
from typing import Any

from attrs import frozen

from scripts.bundling import bundle
from scripts.diff import operations_of
from scripts.grammar import as_text
from scripts.normalise import check_openapi
from scripts.problem import Problem
from scripts.references import dangling
from scripts.services import Service
from scripts.spec_files import Document, parse_document
from scripts.structure import mend
from scripts.vendor import Extent, cut, published_on, strip

FENCE = re.compile(r"^(?P<fence>`{3,})(?P<words>(?:ya?ml|json)\b[^\n`]*)\n(?P<text>.*?)^(?P=fence)[ \t]*$", re.M | re.S)
OPENAPI = re.compile(r"^[\s{]*[\"']?(?:openapi|swagger)[\"']?\s*:", re.M)
OPEN_FENCE = re.compile(r"^`{4,}(?:ya?ml|json)\b", re.M)
NAMED = re.compile(r"\b(?P<method>get|put|post|patch|delete|head|options|trace)\s+(?P<path>/\S*)\s*$", re.I)
DEEPEST = 100
MOST_NODES = 1_000_000


@frozen
class Incoming:
    """What a vendor says, without prose. `mistakes` tells what was wrong with it and left out, `dangling` which of its
    references lead nowhere, `published` the day that it says it is of."""

    document: Document
    extent: Extent
    mistakes: tuple[str, ...] = ()
    dangling: tuple[str, ...] = ()
    published: str | None = None


def read_document(text: str, origin: str, extent: Extent | None = None, folder: Path | None = None) -> Incoming:
    """The interface in a text.

    A page that names one operation gives that operation. Any other document is one operation if it holds exactly one,
    and whole otherwise. `extent` decides instead. `folder` is where files that it refers to are looked for.
    """
    text, named = _block(text, origin)
    document = _parse(text, origin)
    check_openapi(document, origin)
    published = published_on(document)
    document, mistakes = mend(bundle(document, folder), origin)
    found = operations_of(document)
    if not found:
        raise Problem("\n  ".join([f"{origin}: describes no operation", *mistakes[:10]]))
    wanted = tuple(found)
    if named:
        wanted = tuple(key for key in found if (key[0], found[key].path) == named)
        if not wanted:
            raise Problem(f"{origin}: is about {named[0].upper()} {named[1]}, which its document does not describe")
    extent = extent or ("operation" if len(wanted) == 1 else "whole")
    if extent == "operation":
        if len(wanted) > 1:
            raise Problem(f"{origin}: describes {len(wanted)} operations, so it is no page of one")
        document = cut(document, *wanted)
    lost = tuple(
        f"{as_text(pointer)}: refers to {reference}, which is not in this document"
        for pointer, reference in dangling(document)
    )
    return Incoming(strip(document), extent, tuple(mistakes), lost, published)


def check_service(incoming: Document, ours: Document, service: Service, origin: str) -> None:
    """Refuse a document of another service.

    It is the same service if it names a server of ours, or no server at all. A service that has moved is still itself
    if its title and at least half of its operations are.
    """
    theirs, known = _servers(incoming), _servers(ours)
    ours_found = operations_of(ours)
    found = [key for key in operations_of(incoming) if key in ours_found]
    names = [(document["info"].get("title"), document["info"].get("version")) for document in (incoming, ours)]
    if theirs & known and (found or len(operations_of(incoming)) == 1):
        return
    if (names[0][0] == names[1][0] or not theirs) and 2 * len(found) >= len(operations_of(incoming)):
        return
    place = ", ".join(sorted(theirs)) or "no server"
    raise Problem(
        f"{origin}: is not {service.name}: it describes {names[0][0]!r} {names[0][1]} at {place}, "
        f"and {service.name} is at {', '.join(sorted(known)) or 'no server'}"
    )


def _servers(document: Document) -> set[str]:
    return {str(each.get("url")).rstrip("/").lower() for each in document.get("servers", []) if isinstance(each, dict)}


def _block(text: str, origin: str) -> tuple[str, tuple[str, str] | None]:
    """The OpenAPI text itself, and the operation that a page says it is about."""
    text = text.replace("\r\n", "\n")
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<head")):
        raise Problem(f"{origin}: is an HTML page, not an OpenAPI document or the source of a documentation page")
    if start.startswith("{"):
        return text, None
    if start.startswith(("openapi:", "swagger:")) or (OPENAPI.search(text) and "\n```" not in text):
        if not text.endswith("\n"):
            raise Problem(f"{origin}: does not end with a line break, so it may be cut short; add one if it is whole")
        return text, None
    blocks = [match for match in FENCE.finditer(text) if OPENAPI.search(match["text"])]
    if not blocks:
        if OPEN_FENCE.search(FENCE.sub("", text)):
            raise Problem(f"{origin}: its OpenAPI block does not end, so it is cut short")
        raise Problem(f"{origin}: is neither an OpenAPI document nor a page with one in it")
    if len(blocks) > 1:
        raise Problem(f"{origin}: holds {len(blocks)} OpenAPI blocks; give it one")
    named = NAMED.search(blocks[0]["words"])
    return blocks[0]["text"], (named["method"].lower(), named["path"]) if named else None


def _parse(text: str, origin: str) -> Document:
    document = parse_document(text, origin)
    # An alias in YAML, or two, can make a document endless.
    waiting: list[tuple[Any, int]] = [(document, 0)]
    seen = 0
    while waiting:
        node, depth = waiting.pop()
        seen += 1
        if depth > DEEPEST or seen > MOST_NODES:
            raise Problem(f"{origin}: is nested too deeply, or too large")
        children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        waiting.extend((child, depth + 1) for _, child in children)
        if isinstance(node, str) and not node.isascii() and node.encode(errors="replace").decode() != node:
            raise Problem(f"{origin}: holds text that is not Unicode")
    return document
