"""Schemas of ours with a vendor's facts in them, component by component. scripts.merge does the same for what stands
around schemas."""

import copy
from collections.abc import Iterator
from typing import Any

from scripts.normalise import SCHEMA_LISTS, SCHEMA_MAPS, SCHEMA_SINGLES
from scripts.schema_diff import SchemaDiff
from scripts.shapes import PROSE
from scripts.spec_files import Document

SCHEMAS = "#/components/schemas/"
# Our words, which stay; sample values, which are facts that follow a schema; and a title, which names a thing.
WORDS = ("description", "summary", "externalDocs", "xml", "$comment")
SAMPLES = ("example", "examples")
NESTED = {*SCHEMA_MAPS, *SCHEMA_LISTS, *SCHEMA_SINGLES, "$ref"}


class Grafter:
    """Puts the facts of `theirs` into `result`, which starts as a copy of `ours`."""

    def __init__(
        self,
        ours: Document,
        theirs: Document,
        result: Document,
        diff: SchemaDiff,
        kept: frozenset[str],
        *,
        whole: bool,
    ) -> None:
        self.ours = ours
        self.result = result
        self.diff = diff
        self.whole = whole
        # The components that have to stay as they are, as an earlier run found; and what this run finds.
        self.must_stay = kept
        self.kept: set[str] = set()
        self.undescribed: list[str] = []
        self._old = ours.get("components", {}).get("schemas", {})
        self._new = theirs.get("components", {}).get("schemas", {})
        self._by_vendor_name = {node.get("x-vendor-name", name): name for name, node in self._old.items()}
        # Vendor's component: ours that has its content.
        self._taken: dict[str, str] = {}
        self._used = self._reached(ours).keys()

    def keep(self, node: Any) -> None:
        """Note that a part of ours stays, and with it the components it uses."""
        waiting = set(_references(node)) - self.kept
        while waiting:
            self.kept |= waiting
            waiting = {inner for each in waiting for inner in _references(self._at(each))} - self.kept

    def facts(self, old: Any, new: dict[str, Any], where: str, apart: tuple[str, ...]) -> dict[str, Any]:
        """Our words and their facts of what is not a schema; `apart` is left to the caller."""
        before = old or {}
        ours = {
            key: copy.deepcopy(value) for key, value in before.items() if key in (*WORDS, *SAMPLES) or key[:2] == "x-"
        }
        theirs = {
            key: copy.deepcopy(value)
            for key, value in new.items()
            if key not in (*PROSE, *apart) and not key.startswith("x-")
        }
        if where and "description" not in ours:
            self.undescribed.append(where)
        result = {**ours, **theirs}
        result = {key: value for key, value in result.items() if key not in apart}
        return {key: result[key] for key in dict.fromkeys([*before, *result]) if key in result}

    def replace(self, pointer: str, content: Any, new: Any) -> bool:
        """Give a component another content, if that changes nothing that has to stay."""
        name = pointer.rsplit("/", 1)[-1]
        is_theirs = isinstance(new, dict) and str(new.get("$ref", "")).rsplit("/", 1)[-1] == name
        section, known = self._section(pointer, self.result), self._section(pointer, self.ours)
        changed = section.get(name) != known.get(name)
        if changed and section[name] != content:
            return False
        if pointer in self.must_stay and (self.whole or not is_theirs):
            return False
        section[name] = content
        return True

    def schema(self, old: Any, new: Any, where: str, *, named: bool = False) -> Any:
        """The schema of ours with their facts; theirs alone where we have none. `named`: something that wants words."""
        if old is None:
            return self._import(new, where, named=named)
        if self.diff.same(old, new):
            self.keep(old)
            return copy.deepcopy(old)
        ours, theirs = _name(old), _name(new)
        if theirs is not None:
            return {**_words(old), **self._facts_beside(new), **self._reference(new, self._take(theirs, ours, where))}
        if ours is not None and isinstance(new, dict):
            # What stands beside our reference, such as null, stays there.
            beside = _beside(old)
            inner = {key: value for key, value in new.items() if key not in beside}
            if all(key in new and new[key] == value for key, value in beside.items()):
                content = self._both(self._old[ours], inner, where)
                return copy.deepcopy(old) if self.replace(SCHEMAS + ours, content, new) else {**content, **beside}
        return self._both(old if ours is None else self._old[ours], new, where)

    def drop_unused(self) -> None:
        """Take out the components that were used before and are not any more."""
        for pointer in self._used - self._reached(self.result).keys():
            self._section(pointer, self.result).pop(pointer.rsplit("/", 1)[-1], None)

    def _reached(self, document: Document) -> dict[str, Any]:
        """The components that the paths lead to."""
        found: dict[str, Any] = {}
        waiting = set(_references(document["paths"]))
        while waiting:
            found |= {each: self._at(each, document) for each in waiting}
            waiting = {inner for each in waiting for inner in _references(found[each])} - found.keys()
        return found

    def _take(self, theirs: str, ours: str | None, where: str) -> str:
        """See to it that a component of ours has the content of one of theirs; gives its name."""
        if theirs in self._taken:
            return self._taken[theirs]
        name = self._by_vendor_name.get(theirs)
        if (
            name is None
            and ours is not None
            and self._vendor_name(ours) not in self._new
            and ours not in self._taken.values()
        ):
            # The vendor has it under another name now.
            name = ours
        fresh = name is None
        if name is None:
            name = theirs if theirs not in self._old else f"{theirs}Changed"
        self._taken[theirs] = name
        schemas = self.result.setdefault("components", {}).setdefault("schemas", {})
        new = self._new[theirs]
        if fresh:
            schemas[name] = {}
            schemas[name] = self._import(new, f"schema {name}", named=True)
        elif not self.diff.same(self._old[name], new):
            schemas[name] = self._vendor_words(name, self._content(self._old[name], new, f"schema {name}"))
        else:
            self.keep({"$ref": SCHEMAS + name})
        return name

    def _content(self, old: Any, new: Any, where: str) -> Any:
        theirs = _name(new)
        if theirs is not None:
            return {**_words(old), **self._reference(new, self._take(theirs, _name(old), where))}
        return self._both(self._old.get(_name(old) or "", old), new, where)

    def _vendor_words(self, name: str, content: Any) -> Any:
        marks = {key: value for key, value in self._old[name].items() if key.startswith("x-")}
        return {**marks, **content} if isinstance(content, dict) else content

    def _vendor_name(self, ours: str) -> str:
        return str(self._old[ours].get("x-vendor-name", ours))

    def _both(self, old: Any, new: Any, where: str) -> Any:
        """Two schemas, neither of them a mere reference."""
        if not isinstance(old, dict) or not isinstance(new, dict):
            return self._import(new, where)
        samples = {key: value for key, value in new.items() if key in SAMPLES} or {
            key: value for key, value in old.items() if key in SAMPLES
        }
        title = old if "title" in old else {}
        result = {**_words(old), **{key: title[key] for key in title if key == "title"}, **copy.deepcopy(samples)}
        result |= copy.deepcopy({key: value for key, value in new.items() if _is_fact(key) and key not in NESTED})
        for key in SCHEMA_MAPS:
            if key in new:
                before, after = old.get(key, {}), new[key]
                names = [*(name for name in before if name in after), *(name for name in after if name not in before)]
                result[key] = {
                    name: self.schema(before.get(name), after[name], f"{where} {name}", named=True) for name in names
                }
        for key in SCHEMA_LISTS:
            if key in new:
                result[key] = self._list(old.get(key, []), new[key], where)
        for key in SCHEMA_SINGLES:
            if key in new:
                both = isinstance(old.get(key), dict) and isinstance(new[key], dict)
                result[key] = self.schema(old[key] if both else None, new[key], where)
        return {key: result[key] for key in dict.fromkeys([*old, *result]) if key in result}

    def _list(self, old: list[Any], new: list[Any], where: str) -> list[Any]:
        """Alternatives, each grafted onto the one of ours that is most like it."""
        left = list(old)
        result = []
        for each in new:
            mine = next((one for one in left if self.diff.same(one, each)), None)
            mine = mine if mine is not None else next((one for one in left if self._alike(one, each)), None)
            left = [one for one in left if one is not mine]
            result.append(self.schema(mine, each, where))
        return result

    def _alike(self, old: Any, new: Any) -> bool:
        ours, theirs = _name(old), _name(new)
        if ours and theirs:
            return self._by_vendor_name.get(theirs) == ours
        before, after = self.diff.old.of(old), self.diff.new.of(new)
        return before.kind == after.kind and bool(
            before.properties.keys() & after.properties.keys() or not after.properties
        )

    def _import(self, new: Any, where: str, *, named: bool = False) -> Any:
        """A schema of theirs without prose, its components brought along."""
        if not isinstance(new, dict):
            return new
        if (theirs := _name(new)) is not None:
            return {**self._facts_beside(new), **self._reference(new, self._take(theirs, None, where))}
        if named:
            self.undescribed.append(where)
        result = copy.deepcopy(
            {key: value for key, value in new.items() if key not in (*WORDS, *NESTED) and key[:2] != "x-"}
        )
        for key in SCHEMA_MAPS:
            if key in new:
                result[key] = {
                    name: self._import(each, f"{where} {name}", named=True) for name, each in new[key].items()
                }
        for key in SCHEMA_LISTS:
            if key in new:
                result[key] = [self._import(each, where) for each in new[key]]
        for key in SCHEMA_SINGLES:
            if key in new:
                result[key] = self._import(new[key], where)
        return {key: result[key] for key in new if key in result}

    def _facts_beside(self, new: dict[str, Any]) -> dict[str, Any]:
        return {key: copy.deepcopy(value) for key, value in _beside(new).items() if _is_fact(key)}

    def _reference(self, new: dict[str, Any], name: str) -> dict[str, Any]:
        reference = {"$ref": SCHEMAS + name}
        return reference if "$ref" in new else {"allOf": [reference]}

    def _section(self, pointer: str, document: Document) -> dict[str, Any]:
        section: dict[str, Any] = document.get("components", {}).get(pointer.split("/")[2], {})
        return section

    def _at(self, pointer: str, document: Document | None = None) -> Any:
        return self._section(pointer, document or self.ours).get(pointer.rsplit("/", 1)[-1])


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str) and node["$ref"].startswith("#/components/"):
            yield node["$ref"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for item in node:
            yield from _references(item)


def _name(schema: Any) -> str | None:
    """The component that a schema is, alone or beside words: `$ref`, or the only part of an `allOf`."""
    if not isinstance(schema, dict):
        return None
    if isinstance(schema.get("allOf"), list) and len(schema["allOf"]) == 1 and not NESTED - {"allOf"} & schema.keys():
        schema = schema["allOf"][0]
    pointer = schema.get("$ref") if isinstance(schema, dict) else None
    return pointer.removeprefix(SCHEMAS) if isinstance(pointer, str) and pointer.startswith(SCHEMAS) else None


def _beside(schema: dict[str, Any]) -> dict[str, Any]:
    """The facts beside a reference."""
    return {key: value for key, value in schema.items() if key not in ("$ref", "allOf") and _is_fact(key)}


def _words(schema: Any) -> dict[str, Any]:
    keys = schema.items() if isinstance(schema, dict) else ()
    return {key: copy.deepcopy(value) for key, value in keys if key in WORDS or key.startswith("x-")}


def _is_fact(key: str) -> bool:
    return key not in PROSE and not key.startswith("x-")
