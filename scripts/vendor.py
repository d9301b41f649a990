"""What a vendor says, as facts: `specs/<service>/vendor/*.yaml`, one file per published document, made by machine and
never edited. A document is kept as it is, without its prose. One rule makes one description of all of a service's
documents.

The rule: what we wrote ourselves comes first, then the vendor's documents by their dates, a whole description before a
page of its day. A whole description takes the place of all before it; a page with one operation takes the place of that
operation, and of the components that it brings along, by their names."""

import datetime
import re
from pathlib import Path
from typing import Any, Literal

from attrs import asdict, frozen

from scripts.grammar import METHODS, rebuild, unnamed
from scripts.normalise import normalise
from scripts.problem import Problem
from scripts.references import Reach
from scripts.spec_files import Document, copied, dump_document, load_document, shown

Extent = Literal["whole", "operation"]
Author = Literal["vendor", "project"]
PROVENANCE = "x-provenance"
PROSE = ("description", "summary", "externalDocs", "$comment")
# Extensions that say what a client could not know otherwise.
FACTS = ("x-enum-varnames", "x-enumNames", "x-nullable")
LONGEST_TITLE = 60
# Five words in a row: a sentence, and not a value.
SENTENCE = re.compile(r"(?:[^\W\d_][\w',.-]* ){4,}[^\W\d_]\w*")
NO_SENTENCE = "..."
HEADERS = {
    "vendor": "# The vendor's document without its prose, made by a command (CONTRIBUTING.md), never edited.\n",
    "project": "# Written by us where the vendor publishes no document; of the vendor's facts, as overlay.yaml says.\n",
}
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
DATE = re.compile(
    r"(?P<iso>20\d\d-\d\d-\d\d)|(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>20\d\d)"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)? (?P<month2>[A-Z][a-z]{2,8})\.? (?P<year2>20\d\d)"
)
UPDATED = re.compile(r"\b(?:updated|modified|revised|as of|version|released|published)\b\W*(?:on |at )?\W*", re.I)


@frozen
class Provenance:
    """Where a document is from. `date` is the vendor's own where the document has one."""

    date: str
    extent: Extent
    author: Author
    source: str = ""


@frozen
class VendorDocument:
    """One published document, without prose."""

    provenance: Provenance
    document: Document

    @property
    def name(self) -> str:
        """The file's name: the date, and for a page its operation."""
        if self.provenance.extent == "whole":
            return f"{self.provenance.date}{'-ours' if self.provenance.author == 'project' else ''}.yaml"
        path, item = next(iter(self.document["paths"].items()))
        method = next(method for method in METHODS if method in item)
        return f"{self.provenance.date}-{'-'.join(re.findall(r'[a-z0-9]+', f'{method} {path}'.lower()))}.yaml"

    @property
    def text(self) -> str:
        """The file's content."""
        kept = {key: value for key, value in asdict(self.provenance).items() if value}
        return HEADERS[self.provenance.author] + dump_document({PROVENANCE: kept, **self.document})


def strip(document: Document) -> Document:
    """A copy without prose: descriptions, summaries, sentences in examples, and extensions that state no fact."""
    result: Document = rebuild(document, _facts)
    return result


def cut(document: Document, key: tuple[str, str]) -> Document:
    """A copy with one operation, by method and path without the names of its parameters, and what that refers to."""
    paths: dict[str, Any] = {}
    for path, item in document["paths"].items():
        if unnamed(path) == key[1] and key[0] in item:
            paths[path] = {name: node for name, node in item.items() if name not in METHODS or name == key[0]}
    wanted = Reach(document).of(paths.values(), "path item")
    components = {
        section: {
            name: node
            for name, node in nodes.items()
            if section == "securitySchemes" or f"#/components/{section}/{name}" in wanted
        }
        for section, nodes in document.get("components", {}).items()
        if isinstance(nodes, dict)
    }
    kept = {section: nodes for section, nodes in components.items() if nodes}
    return {**document, "paths": paths, **({"components": kept} if kept else {})}


def published_on(document: Document) -> str | None:
    """The day that a document says it is of: its version, an extension that names a date, or "last updated" in its
    prose."""
    info = document.get("info", {})
    for key in ("version", *(key for key in info if key.startswith("x-"))):
        if found := re.fullmatch(r"(20\d\d-\d\d-\d\d).*", str(info.get(key, ""))):
            return _iso(DATE.match(found[1]))
    for match in UPDATED.finditer(str(info.get("description", ""))):
        if day := _iso(DATE.match(str(info["description"]), match.end())):
            return day
    return None


def vendor_folder(folder: Path) -> Path:
    """Where a service's documents are."""
    return folder / "vendor"


def load_vendor(folder: Path) -> list[VendorDocument]:
    """A service's documents, in the order that the rule takes them in."""
    paths = sorted(vendor_folder(folder).glob("*.yaml"))
    if not paths:
        raise Problem(f"{shown(vendor_folder(folder))}: holds no document; `make add-service` starts a service")
    return in_order([_load(path) for path in paths])


def in_order(documents: list[VendorDocument]) -> list[VendorDocument]:
    """As the rule takes them."""
    return sorted(
        documents,
        key=lambda each: (
            each.provenance.author == "vendor",
            each.provenance.date,
            each.provenance.extent == "operation",
            each.name,
        ),
    )


def superseded(documents: list[VendorDocument]) -> list[VendorDocument]:
    """Those that a later one has taken the place of, altogether."""
    ordered = in_order(documents)
    last = max((index for index, each in enumerate(ordered) if each.provenance.extent == "whole"), default=0)
    return ordered[:last]


def assemble(documents: list[VendorDocument], origin: str) -> Document:
    """One description of all of them, normalised; `info` has the date of the newest and where it is from."""
    result: Document | None = None
    for each in in_order(documents):
        document = normalise(each.document, origin)
        if each.provenance.extent == "whole" or result is None:
            result = document
        else:
            _paste(result, document)
        result["info"]["x-as-of"] = each.provenance.date
        if each.provenance.source and each.provenance.extent == "whole":
            result["info"]["x-source"] = each.provenance.source
    if result is None:
        raise Problem(f"{origin}: holds no document")
    return result


def _load(path: Path) -> VendorDocument:
    document = load_document(path)
    try:
        provenance = Provenance(**document.pop(PROVENANCE))
        datetime.date.fromisoformat(provenance.date)
    except (KeyError, TypeError, ValueError):
        raise Problem(f"{shown(path)}: needs `{PROVENANCE}` with date, extent and author") from None
    return VendorDocument(provenance, document)


def _paste(result: Document, page: Document) -> None:
    """A page's operation and components in the place of those that were there."""
    known = {unnamed(path): path for path in result["paths"]}
    for path, item in page["paths"].items():
        old = known.get(unnamed(path))
        place = result["paths"].setdefault(path, {}) if old in (None, path) else result["paths"].pop(old)
        result["paths"][path] = {**place, **copied(item)}
    for section, nodes in page.get("components", {}).items():
        result.setdefault("components", {}).setdefault(section, {}).update(copied(nodes))


def _facts(kind: str, pointer: tuple[str | int, ...], node: dict[str, Any]) -> dict[str, Any]:
    kept = {}
    for key, value in node.items():
        if key in PROSE or (str(key).startswith("x-") and key not in FACTS):
            continue
        if key == "title" and kind == "schema" and len(str(value)) > LONGEST_TITLE:
            continue
        is_sample = key in ("example", "examples") and kind in ("schema", "media type", "parameter", "header")
        is_sample = is_sample and not (key == "examples" and kind != "schema")
        kept[key] = _sample(value) if is_sample or (kind == "example" and key == "value") else value
    if kind == "response" and "$ref" not in kept:
        # OpenAPI wants one.
        kept = {"description": "", **kept}
    return kept


def _sample(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sample(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_sample(each) for each in value]
    return NO_SENTENCE if isinstance(value, str) and SENTENCE.search(value) else value


def _iso(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    month = str(match["month"] or match["month2"]).lower()
    number = next((index for index, name in enumerate(MONTHS, start=1) if len(month) > 2 and name.startswith(month)), 0)
    text = match["iso"] or f"{match['year'] or match['year2']}-{number:02}-{int(match['day'] or match['day2']):02}"
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        return None
