"""Taking a vendor's interface over into our file, and nothing but the interface. Where both say the same, ours stays as
it is: its components with their names, its words, its order. Where they differ the vendor's facts come in, without the
vendor's prose."""

import copy
from collections.abc import Callable
from typing import Any

from attrs import frozen

from scripts.changes import Change
from scripts.diff import DocumentDiff, Operation, operations_of
from scripts.documents import Incoming
from scripts.graft import Grafter
from scripts.lowering import lower
from scripts.normalise import normalise
from scripts.problem import Problem
from scripts.spec_files import Document
from scripts.validate import resolve

# What an answer is called that the vendor has and we have no words for; OpenAPI wants some.
NO_WORDS = "Not described yet."


@frozen
class Merged:
    """Our document with the vendor's interface in it, and where it has no words of ours yet."""

    document: Document
    undescribed: tuple[str, ...]


def merge(ours: Document, incoming: Incoming) -> Merged:
    """Take over the operations that count. Raises Problem when the outcome would not be what the vendor says."""
    theirs = incoming.document
    if ours["openapi"][:4] != theirs["openapi"][:4]:
        theirs = lower(theirs) if ours["openapi"].startswith("3.0.") else normalise(theirs, "the vendor's document")
    # Twice: what stays as it is can only be known when everything has been seen.
    first = _Merge(ours, theirs, incoming, frozenset())
    first.run()
    second = _Merge(ours, theirs, incoming, frozenset(first.grafter.kept))
    merged = second.run()
    if different := _differences(merged, incoming):
        change = different[0]
        raise Problem(
            f"cannot be taken over: {change.operation} {change.place} {change.path}: {change.text}; "
            "bring specs/ up to date by hand here"
        )
    return Merged(merged, tuple(dict.fromkeys(second.grafter.undescribed)))


def _differences(merged: Document, incoming: Incoming) -> list[Change]:
    """What the vendor's document says otherwise than the merged one, which must be nothing."""
    diff = DocumentDiff(merged, incoming.document)
    if incoming.extent == "whole":
        return list(diff.changes())
    before, after = operations_of(merged), operations_of(incoming.document)
    return [change for key in incoming.operations for change in diff.operation(before[key], after[key])]


class _Merge:
    def __init__(self, ours: Document, theirs: Document, incoming: Incoming, kept: frozenset[str]) -> None:
        self.ours = ours
        self.theirs = theirs
        self.whole = incoming.extent == "whole"
        self.diff = DocumentDiff(ours, theirs)
        self.result = copy.deepcopy(ours)
        self.old, self.new = operations_of(ours), operations_of(theirs)
        self.wanted = [key for key in self.new if key in incoming.operations]
        self.grafter = Grafter(ours, theirs, self.result, self.diff.schemas, kept, whole=self.whole)

    def run(self) -> Document:
        if not self.whole:
            for key, operation in self.old.items():
                if key not in self.wanted:
                    self.grafter.keep(operation.node)
        for key in self.wanted:
            self._take(key)
        if self.whole:
            self._drop([key for key in self.old if key not in self.new])
            self.result["info"]["version"] = self.theirs["info"].get("version", "")
            servers = [
                [each.get("url") for each in document.get("servers", [])] for document in (self.ours, self.theirs)
            ]
            if [str(url).rstrip("/") for url in servers[0]] != [str(url).rstrip("/") for url in servers[1]]:
                self.result["servers"] = [{"url": url} for url in servers[1]]
        self.grafter.drop_unused()
        return self.result

    def _drop(self, keys: list[tuple[str, str]]) -> None:
        for key in keys:
            path = self.old[key].path
            if path in self.result["paths"]:
                self.result["paths"][path].pop(key[0], None)
                if not any(method == key[0] or path == other.path for (method, _), other in self.new.items()):
                    del self.result["paths"][path]

    def _take(self, key: tuple[str, str]) -> None:
        new, old = self.new[key], self.old.get(key)
        if old and next(self.diff.operation(old, new), None) is None:
            self.grafter.keep(old.node)
            return
        if old and old.path != new.path:
            self.result["paths"] = {
                new.path if path == old.path else path: item for path, item in self.result["paths"].items()
            }
        paths = self.result["paths"]
        paths.setdefault(new.path, {})[key[0]] = self._operation(old, new)

    def _operation(self, old: Operation | None, new: Operation) -> dict[str, Any]:
        before = old.node if old else {}
        if not (before.get("summary") or before.get("description")):
            self.grafter.undescribed.append(new.title)
        facts: dict[str, Any] = {key: new.node[key] for key in ("operationId", "tags", "deprecated") if key in new.node}
        result = {key: value for key, value in before.items() if key in ("summary", "description", "externalDocs")}
        result |= {key: value for key, value in before.items() if key.startswith("x-")}
        result.update(facts)
        if parameters := self._parameters(old, new):
            result["parameters"] = parameters
        if "requestBody" in new.node:
            result["requestBody"] = self._part(before.get("requestBody"), new.node["requestBody"], "requestBody", new)
        responses = before.get("responses", {})
        answers = {
            code: self._part(responses.get(code), node, code, new) for code, node in new.node["responses"].items()
        }
        # In the order we had, new ones after it.
        result["responses"] = {code: answers[code] for code in dict.fromkeys([*responses, *answers]) if code in answers}
        result |= self._security(old, new)
        return {key: result[key] for key in dict.fromkeys([*before, *result]) if key in result}

    def _security(self, old: Operation | None, new: Operation) -> dict[str, Any]:
        if old and old.security() == new.security():
            return {"security": copy.deepcopy(old.node["security"])} if "security" in old.node else {}
        schemes = self.theirs.get("components", {}).get("securitySchemes", {})
        known = self.result.setdefault("components", {}).setdefault("securitySchemes", {})
        ways = new.node.get("security", self.theirs.get("security")) or []
        for name in dict.fromkeys(name for way in ways for name in way):
            theirs = resolve(self.theirs, schemes.get(name, {}))
            facts = {key: value for key, value in theirs.items() if key != "description" and key[:2] != "x-"}
            described = known.get(name, {}).get("description")
            known[name] = {**facts, **({"description": described} if described else {})}
        return {"security": copy.deepcopy(ways)}

    def _parameters(self, old: Operation | None, new: Operation) -> list[Any]:
        before, after = old.parameters() if old else {}, new.parameters()
        result = []
        for key in [*(key for key in before if key in after), *(key for key in after if key not in before)]:
            mine, node = before.get(key), after[key]
            if mine is not None and next(self.diff.parameter("", mine, node), None) is None:
                self.grafter.keep(mine)
                if old and mine in old.item.get("parameters", []):
                    continue
                result.append(copy.deepcopy(mine))
                continue
            result.append(self._shared("parameters", mine, node, lambda a, b: self._parameter(a, b, new)))
        return result

    def _parameter(self, old: Any, new: dict[str, Any], operation: Operation) -> dict[str, Any]:
        where = f"{operation.title} {new['in']} parameter {new['name']}"
        result = self.grafter.facts(old, new, where, ("schema", "content"))
        if "schema" in new:
            result["schema"] = self.grafter.schema((old or {}).get("schema"), new["schema"], where, named=True)
        if "content" in new:
            result["content"] = self._content((old or {}).get("content", {}), new["content"], where)
        return result

    def _part(self, old: Any, new: Any, place: str, operation: Operation) -> Any:
        """A request body, or an answer."""
        is_body = place == "requestBody"
        compare: Callable[..., Any] = (
            self.diff.body if is_body else lambda *sides: self.diff.answer("", place, *sides[1:])
        )
        if old is not None and next(compare("", old, new), None) is None:
            self.grafter.keep(old)
            return copy.deepcopy(old)
        where = f"{operation.title} {'request body' if is_body else f'response {place}'}"

        def graft(before: Any, after: dict[str, Any]) -> dict[str, Any]:
            result = self.grafter.facts(before, after, "" if is_body else where, ("content", "headers", "links"))
            if not is_body:
                result.setdefault("description", NO_WORDS)
            if "headers" in after:
                headers = {name: resolve(self.theirs, each) for name, each in after["headers"].items()}
                result["headers"] = {
                    name: self._header(each, f"{where} header {name}") for name, each in headers.items()
                }
            if "content" in after:
                result["content"] = self._content((before or {}).get("content", {}), after["content"], where)
            return result

        return self._shared("requestBodies" if is_body else "responses", old, new, graft)

    def _header(self, new: dict[str, Any], where: str) -> dict[str, Any]:
        result = self.grafter.facts(None, new, where, ("schema",))
        return {**result, "schema": self.grafter.schema(None, new.get("schema", {}), where, named=True)}

    def _content(self, old: dict[str, Any], new: dict[str, Any], where: str) -> dict[str, Any]:
        result = {}
        for media in [*(key for key in old if key in new), *(key for key in new if key not in old)]:
            before, after = old.get(media), new[media]
            if before is not None and self.diff.schemas.same(before.get("schema", {}), after.get("schema", {})):
                self.grafter.keep(before)
                result[media] = copy.deepcopy(before)
                continue
            result[media] = self.grafter.facts(before, after, "", ("schema", "examples", "example"))
            if "schema" in after:
                result[media]["schema"] = self.grafter.schema((before or {}).get("schema"), after["schema"], where)
            result[media] |= self._examples(before or {}, after)
        return result

    def _examples(self, old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
        """Sample values belong to a schema: where that has changed, the vendor's new ones replace ours."""
        if "examples" not in new and "example" not in new:
            return {key: copy.deepcopy(old[key]) for key in ("examples", "example") if key in old}
        if "example" in new:
            return {"example": copy.deepcopy(new["example"])}
        examples = {name: resolve(self.theirs, each) for name, each in new["examples"].items()}
        return {"examples": {name: {"value": copy.deepcopy(each.get("value"))} for name, each in examples.items()}}

    def _shared(self, section: str, old: Any, new: Any, graft: Callable[[Any, dict[str, Any]], dict[str, Any]]) -> Any:
        """A part that may be a component of ours; then it stays one if nobody else's is changed by that."""
        content = graft(resolve(self.ours, old), resolve(self.theirs, new))
        if isinstance(old, dict) and "$ref" in old and self.grafter.replace(old["$ref"], content, new):
            return copy.deepcopy(old)
        return content
