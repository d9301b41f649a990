"""How two OpenAPI documents differ, for a client: by operation, and in it by parameter, body and answer. Where a thing
stands in the document, and in which words, makes no difference."""

import re
from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from scripts.changes import Change, make_change
from scripts.grammar import METHODS, server_url, unnamed
from scripts.normalise import normalise
from scripts.references import resolve
from scripts.schema_diff import SchemaDiff, Where
from scripts.shapes import Shapes, as_text
from scripts.spec_files import Document

JSON = "application/json"


@frozen
class Operation:
    """One operation of a document, with what stands around it."""

    document: Document
    method: str
    path: str
    item: dict[str, Any]
    node: dict[str, Any]

    @property
    def title(self) -> str:
        """As people name it."""
        return f"{self.method.upper()} {self.path}"

    @property
    def key(self) -> tuple[str, str]:
        """What makes it this one: the name of a path parameter is not part of it."""
        return self.method, unnamed(self.path)

    def parameters(self) -> dict[tuple[str, str], Any]:
        """Its parameters and those of its path, as the document has them, by what makes them one."""
        found = {}
        names = re.findall(r"{([^}]*)}", self.path)
        for each in [*self.item.get("parameters", []), *self.node.get("parameters", [])]:
            node = resolve(self.document, each)
            name = node["name"]
            found[node["in"], str(names.index(name)) if node["in"] == "path" and name in names else name] = each
        return found

    def security(self) -> list[Any]:
        """The ways to sign in, each a list of schemes; empty when none is needed."""
        schemes = self.document.get("components", {}).get("securitySchemes", {})
        wanted = self.node.get("security", self.document.get("security")) or []
        ways = [
            sorted(as_text(_scheme(resolve(self.document, schemes.get(name, {})), way[name])) for name in way)
            for way in wanted
        ]
        return [] if [] in ways else sorted(ways)

    def servers(self) -> list[str]:
        """Where it is."""
        servers = self.node.get("servers") or self.item.get("servers") or self.document.get("servers") or []
        return [server_url(each) for each in servers]


def operations(document: Document) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Every operation as (method, path, path item, operation), in the document's order."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if isinstance(item, dict) and isinstance(item.get(method), dict):
                yield method, path, item, item[method]


def operations_of(document: Document) -> dict[tuple[str, str], Operation]:
    """All operations by their keys."""
    found = (Operation(document, method, path, item, node) for method, path, item, node in operations(document))
    return {each.key: each for each in found}


class DocumentDiff:
    """Compares an old document with a new one."""

    def __init__(self, old: Document, new: Document) -> None:
        self.old = old
        self.new = new
        self.schemas = SchemaDiff(Shapes(old), Shapes(new))
        self._servers = [[server_url(each) for each in document.get("servers", [])] for document in (old, new)]

    def changes(self) -> Iterator[Change]:
        """Everything that is different."""
        if self._servers[0] != self._servers[1]:
            yield make_change("server-changed", "", "", "$.servers", _moved(*self._servers))
        versions = [doc["info"].get("version") for doc in (self.old, self.new)]
        if versions[0] != versions[1]:
            yield make_change("version-changed", "", "", "$.info.version", f"was {versions[0]}, is {versions[1]}")
        before, after = operations_of(self.old), operations_of(self.new)
        for key, operation in before.items():
            if key in after:
                yield from self.operation(operation, after[key])
            else:
                yield make_change("operation-removed", operation.title, "", "", "the operation is gone")
        for key, operation in after.items():
            if key not in before:
                yield make_change("operation-added", operation.title, "", "", "new operation")

    def operation(self, old: Operation, new: Operation) -> Iterator[Change]:
        """What is different about one operation."""
        yield from self._names(old, new)
        yield from _security(old, new)
        servers = [old.servers(), new.servers()]
        if servers[0] != servers[1] and servers != self._servers:
            yield make_change("server-changed", old.title, "", "", _moved(*servers))
        before, after = old.parameters(), new.parameters()
        for key, each in before.items():
            yield from self.parameter(old.title, each, after.get(key))
        for key, each in after.items():
            if key not in before:
                node = resolve(self.new, each)
                required = node.get("required") is True
                kind = "required-parameter-added" if required else "parameter-added"
                text = "new required parameter" if required else "new parameter"
                yield make_change(kind, old.title, _place(node), "", text)
        yield from self.body(old.title, old.node.get("requestBody"), new.node.get("requestBody"))
        answers = [node.get("responses", {}) for node in (old.node, new.node)]
        for code in dict.fromkeys([*answers[0], *answers[1]]):
            there = answers[code not in answers[0]]
            is_success = code.startswith("2") or (code == "default" and not any(each[0] == "2" for each in there))
            yield from self.answer(
                old.title, code, answers[0].get(code), answers[1].get(code), "answer" if is_success else "error"
            )

    def _names(self, old: Operation, new: Operation) -> Iterator[Change]:
        if old.path != new.path:
            yield make_change("parameter-renamed", old.title, "", "", f"the path is written {new.path} now")
        names = [node.get("operationId") for node in (old.node, new.node)]
        if names[0] != names[1]:
            yield make_change("operation-renamed", old.title, "", "", f"operationId was {names[0]}, is {names[1]}")
        tags = [node.get("tags", []) for node in (old.node, new.node)]
        if tags[0] != tags[1]:
            text = f"tags were {as_text(tags[0])}, are {as_text(tags[1])}"
            yield make_change("operation-regrouped", old.title, "", "", text)
        deprecated = [node.get("deprecated") is True for node in (old.node, new.node)]
        if deprecated[0] != deprecated[1]:
            text = "is deprecated" if deprecated[1] else "is not deprecated any more"
            yield make_change("deprecated", old.title, "", "", text)

    def parameter(self, operation: str, old: Any, new: Any) -> Iterator[Change]:
        """What is different about a parameter, or that it is gone."""
        before, after = resolve(self.old, old), resolve(self.new, new)
        place = _place(before)
        if after is None:
            yield make_change("parameter-removed", operation, place, "", "the parameter is gone")
            return
        if before["name"] != after["name"]:
            yield make_change("parameter-renamed", operation, place, "", f"is called {after['name']} now")
        required = [node.get("required") is True for node in (before, after)]
        if required[0] != required[1]:
            kind = "parameter-now-required" if required[1] else "parameter-now-optional"
            yield make_change(
                kind, operation, place, "", "is required now" if required[1] else "is not required any more"
            )
        shapes = [
            of.of(_parameter_schema(node)) for of, node in ((self.schemas.old, before), (self.schemas.new, after))
        ]
        # Whether values are spread out makes no difference where there is one.
        is_scalar = all(shape.kind in ("string", "integer", "number", "boolean") for shape in shapes)
        styles = [_style(node)[: 1 if is_scalar else 2] for node in (before, after)]
        if styles[0] != styles[1]:
            text = f"style and explode were {as_text(styles[0])}, are {as_text(styles[1])}"
            yield make_change("parameter-style-changed", operation, place, "", text)
        if before.get("deprecated", False) != after.get("deprecated", False):
            text = "is deprecated" if after.get("deprecated") else "is not deprecated any more"
            yield make_change("deprecated", operation, place, "", text)
        where = Where(operation, place, "$", reading=False)
        yield from self.schemas.changes(_parameter_schema(before), _parameter_schema(after), where)

    def body(self, operation: str, old: Any, new: Any) -> Iterator[Change]:
        """What is different about a request's body."""
        before, after = resolve(self.old, old), resolve(self.new, new)
        place = "request body"
        if before is None or after is None:
            if before is not None:
                yield make_change("body-removed", operation, place, "", "takes no body any more")
            elif after is not None:
                kind = "required-body-added" if after.get("required") is True else "body-added"
                yield make_change(kind, operation, place, "", "takes a body now")
            return
        required = [node.get("required") is True for node in (before, after)]
        if required[0] != required[1]:
            kind = "body-now-required" if required[1] else "body-now-optional"
            yield make_change(
                kind, operation, place, "", "is required now" if required[1] else "is not required any more"
            )
        yield from self._content(before, after, Where(operation, place, "$", reading=False))

    def answer(self, operation: str, code: str, old: Any, new: Any, sort: str) -> Iterator[Change]:
        """What is different about the answer with this status, which is of a sort: an answer or an error."""
        before, after = resolve(self.old, old), resolve(self.new, new)
        place = f"response {code}"
        if before is None or after is None:
            kind, text = (
                (f"{sort}-added", "new answer") if before is None else (f"{sort}-removed", "the answer is gone")
            )
            yield make_change(kind, operation, place, "", text)
            return
        headers = [node.get("headers", {}) for node in (before, after)]
        for name in dict.fromkeys([*headers[0], *headers[1]]):
            yield from self._header(Where(operation, f"{place} header {name}", "$", reading=True), name, *headers)
        yield from self._content(before, after, Where(operation, place, "$", reading=True))

    def _header(self, where: Where, name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
        if name not in old or name not in new:
            kind, text = ("header-added", "new header") if name in new else ("header-removed", "the header is gone")
            yield evolve(where, path="").change(kind, text)
            return
        before, after = resolve(self.old, old[name]), resolve(self.new, new[name])
        yield from self.schemas.changes(before.get("schema", {}), after.get("schema", {}), where)

    def _content(self, old: dict[str, Any], new: dict[str, Any], where: Where) -> Iterator[Change]:
        before, after = ({_media(name): each for name, each in node.get("content", {}).items()} for node in (old, new))
        for media in dict.fromkeys([*before, *after]):
            here = where if media == JSON else evolve(where, place=f"{where.place} ({media})")
            if media in before and media in after:
                yield from self.schemas.changes(before[media].get("schema", {}), after[media].get("schema", {}), here)
            else:
                kind = "content-added" if media in after else "content-removed"
                text = f"{media} is {'new' if media in after else 'gone'}"
                yield evolve(here, path="").change(kind, text)


def compare(old: Document, new: Document) -> list[Change]:
    """All differences between two documents, whatever form each is in."""
    return list(DocumentDiff(normalise(old, "the old document"), normalise(new, "the new document")).changes())


def overruled(changes: list[Change], source: Document, effective: Document) -> list[Change]:
    """The changes, those of names taken back that our overlay gives anyway."""
    result = []
    ours, theirs = operations_of(effective), operations_of(source)
    titles = {each.title: each.key for each in theirs.values()}
    for change in changes:
        key = {"operation-renamed": "operationId", "operation-regrouped": "tags"}.get(change.kind)
        operation = titles.get(change.operation)
        if key and operation in ours and ours[operation].node.get(key) != theirs[operation].node.get(key):
            change = make_change("operation-name-overruled", change.operation, "", "", change.text + "; ours stays")
        result.append(change)
    return result


def _security(old: Operation, new: Operation) -> Iterator[Change]:
    before, after = old.security(), new.security()
    if before == after:
        return
    kind = "key-scheme-changed" if before and after else "key-needed" if after else "key-not-needed"
    if before and all(way in after for way in before):
        kind = "key-way-added"
    text = {"key-needed": "needs a key now", "key-not-needed": "needs no key any more"}.get(
        kind, f"signs in with {as_text(after)}, was {as_text(before)}"
    )
    yield make_change(kind, old.title, "", "", text)


def _scheme(scheme: dict[str, Any], scopes: list[str]) -> dict[str, Any]:
    """What a client has to know of a security scheme."""
    facts = {key: scheme.get(key) for key in ("type", "in", "name", "scheme", "openIdConnectUrl")}
    flows = {
        name: {key: url for key, url in flow.items() if key.endswith("Url")}
        for name, flow in (scheme.get("flows") or {}).items()
    }
    facts |= {"flows": flows, "scopes": sorted(scopes)}
    return {key: value for key, value in facts.items() if value}


def _moved(before: list[str], after: list[str]) -> str:
    return f"was {', '.join(before) or 'not set'}, is {', '.join(after) or 'not set'}"


def _place(parameter: dict[str, Any]) -> str:
    return f"{parameter['in']} parameter {parameter['name']}"


def _parameter_schema(parameter: dict[str, Any]) -> Any:
    return parameter.get("schema", parameter.get("content", {}).get(JSON, {}).get("schema", {}))


def _media(name: str) -> str:
    """A media type without its parameters: which charset JSON is in is no other kind of content."""
    return name.partition(";")[0].strip().lower()


def _style(parameter: dict[str, Any]) -> list[Any]:
    if "schema" not in parameter and "content" in parameter:
        return ["content", *parameter["content"]]
    style = parameter.get("style", "form" if parameter["in"] in ("query", "cookie") else "simple")
    return [style, parameter.get("explode", style == "form")]
