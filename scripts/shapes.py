"""A schema of a normalised description as a client sees it: references followed, prose and examples left out. Two
schemas of one shape mean the same, wherever they stand."""

import json
from typing import Any

from attrs import field, frozen

from scripts.problem import Problem
from scripts.references import resolve
from scripts.spec_files import Document

# What describes without promising anything. Names that start with `x-` belong here too.
PROSE = frozenset(("title", "description", "summary", "example", "examples", "externalDocs", "xml", "$comment"))
UNIONS = ("anyOf", "oneOf")
# Saying this is saying nothing.
SILENT = (
    *(("deprecated", False), ("readOnly", False), ("writeOnly", False), ("uniqueItems", False)),
    *(("minItems", 0), ("minLength", 0), ("minProperties", 0)),
)
TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}


@frozen(eq=False)
class Shape:
    """What a schema promises. The schemas inside it are as the document has them, to be asked for in their turn."""

    # The JSON type; None is any.
    kind: str | None
    nullable: bool
    # The closed set of values, or None.
    values: tuple[Any, ...] | None
    # Several schemas of which a value follows one; empty for all other schemas.
    alternatives: tuple[Any, ...]
    properties: dict[str, Any]
    required: frozenset[str]
    # Of an array's items and an object's other fields; None is anything, and False for the latter means there are none.
    items: Any
    additional: Any
    # All other keywords.
    facts: dict[str, Any] = field(factory=dict)
    # Of a discriminator's values: a reference to the alternative that each stands for.
    names: dict[str, dict[str, str]] = field(factory=dict)
    # The component it was reached through, if any.
    name: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether any value will do."""
        restrictions = self.facts.keys() - {"default", "deprecated"}
        return not (self.kind or self.values is not None or self.alternatives or restrictions)


class Shapes:
    """The shapes of one document's schemas, each worked out once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        # With the schema itself, so that its id is not given to another one.
        self._known: dict[int, tuple[Any, Shape]] = {}

    def of(self, schema: Any) -> Shape:
        """The shape of a schema of this document."""
        if id(schema) not in self._known:
            facts, name = self._flat(schema, ())
            self._known[id(schema)] = (schema, self._shape(facts, name))
        return self._known[id(schema)][1]

    def alternatives(self, schema: Any) -> tuple[Any, ...]:
        """The schemas of which a value follows one: the schema itself where it leaves no choice."""
        return self.of(schema).alternatives or (schema,)

    def _flat(self, schema: Any, seen: tuple[str, ...]) -> tuple[dict[str, Any], str | None]:
        """The keywords of a schema with those of what it refers to, and the name of that."""
        if not isinstance(schema, dict):
            return ({"not": {}} if schema is False else {}), None
        facts = {key: value for key, value in schema.items() if key not in PROSE and not key.startswith("x-")}
        name = None
        if "$ref" in facts:
            pointer = str(facts.pop("$ref"))
            if pointer in seen:
                raise Problem(f"{pointer} refers to nothing but itself")
            target, inner = self._flat(resolve(self.document, {"$ref": pointer}, steps=1), (*seen, pointer))
            name = inner or pointer.rsplit("/", 1)[-1]
            facts = _both(target, facts)
        if "allOf" in facts:
            facts, name = self._all_of(facts, name, seen)
        return self._union(facts, name, seen)

    def _all_of(
        self, facts: dict[str, Any], name: str | None, seen: tuple[str, ...]
    ) -> tuple[dict[str, Any], str | None]:
        parts = [self._flat(part, seen) for part in facts["allOf"]]
        if len(parts) > 1 and any(key in part for part, _ in parts for key in UNIONS):
            return facts, name
        outside = {key: value for key, value in facts.items() if key != "allOf"}
        merged: dict[str, Any] = {}
        for part, _ in parts:
            merged = _both(merged, part)
        return _both(merged, outside), name or (parts[0][1] if len(parts) == 1 else None)

    def _union(
        self, facts: dict[str, Any], name: str | None, seen: tuple[str, ...]
    ) -> tuple[dict[str, Any], str | None]:
        """An `anyOf` or `oneOf` of which one alternative is left when null is taken out is that alternative."""
        for key in UNIONS:
            if key not in facts:
                continue
            flat = [self._flat(each, seen) for each in facts[key]]
            kept = [index for index, (each, _) in enumerate(flat) if not _is_null(each)]
            if len(kept) == len(flat) and len(kept) != 1:
                continue
            nullable = {"nullable": True} if len(kept) < len(flat) else {}
            outside = {other: value for other, value in facts.items() if other != key}
            if len(kept) == 1:
                inner, inner_name = flat[kept[0]]
                return _both(_both(inner, outside), nullable), name or inner_name
            facts = {**facts, key: [facts[key][index] for index in kept], **nullable}
        return facts, name

    def _shape(self, facts: dict[str, Any], name: str | None) -> Shape:
        facts = dict(facts)
        nullable = facts.pop("nullable", False) is True
        kinds = facts.pop("type", None)
        kinds = list(kinds) if isinstance(kinds, list) else [kinds] if kinds else []
        # One value said twice, as pydantic does, is said once.
        values = facts.pop("enum", None)
        values = [facts.pop("const")] if "const" in facts else values
        if "null" in kinds and kinds != ["null"]:
            nullable, kinds = True, [kind for kind in kinds if kind != "null"]
        if values is not None:
            nullable = nullable or (None in values and kinds != ["null"])
            values = [value for value in values if value is not None]
        alternatives: list[Any] = []
        for key in UNIONS:
            for each in facts.pop(key, ()):
                inner = self.of(each)
                nullable = nullable or inner.nullable
                alternatives.extend(inner.alternatives or (each,))
        if len(kinds) > 1:
            alternatives.extend({**facts, "type": kind, **({"enum": values} if values else {})} for kind in kinds)
            facts, kinds, values = {}, [], None
        properties = facts.pop("properties", {})
        required = facts.pop("required", [])
        discriminator = facts.get("discriminator")
        names = discriminator.get("mapping", {}) if isinstance(discriminator, dict) else {}
        items, additional = facts.pop("items", None), facts.pop("additionalProperties", None)
        if not kinds:
            kinds = _implied(values, properties or required or additional not in (None, True), items)
        return Shape(
            kind=kinds[0] if kinds else None,
            nullable=nullable,
            values=tuple(values) if values is not None else None,
            alternatives=tuple(alternatives),
            properties=properties,
            required=frozenset(required),
            items=items,
            additional=None if additional in (True, {}) else additional,
            facts=_whole(self._facts(facts)) if kinds == ["integer"] else self._facts(facts),
            names={value: {"$ref": target} for value, target in names.items() if str(target).startswith("#/")},
            name=name,
        )

    def _facts(self, facts: dict[str, Any]) -> dict[str, Any]:
        if isinstance(facts.get("discriminator"), dict):
            facts["discriminator"] = facts["discriminator"].get("propertyName")
        kept = {key: value for key, value in facts.items() if (key, value) not in SILENT}
        return {key: self._plain(value, ()) if key != "default" else value for key, value in kept.items()}

    def _plain(self, node: Any, seen: tuple[str, ...]) -> Any:
        """A keyword's value without prose, references written out."""
        if isinstance(node, list):
            return [self._plain(item, seen) for item in node]
        if not isinstance(node, dict):
            return node
        pointer = node.get("$ref")
        if isinstance(pointer, str):
            return "..." if pointer in seen else self._plain(resolve(self.document, node, steps=1), (*seen, pointer))
        plain = {key: value for key, value in node.items() if key not in PROSE or not _is_schema(node)}
        return {key: self._plain(value, seen) for key, value in plain.items()}


def _whole(facts: dict[str, Any]) -> dict[str, Any]:
    """The limits of whole numbers said in one way: above 0 is at least 1."""
    result = dict(facts)
    for exclusive, limit, step in (("exclusiveMinimum", "minimum", 1), ("exclusiveMaximum", "maximum", -1)):
        value = result.get(exclusive)
        if isinstance(value, int | float) and value == int(value) and limit not in result:
            del result[exclusive]
            result[limit] = value + step
    return result


def _both(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """The keywords of two schemas that hold together; the second is nearer to where they are used."""
    merged = {**first, **second}
    if "properties" in first and "properties" in second:
        merged["properties"] = {
            **first["properties"],
            **{key: _both_fields(first["properties"].get(key), each) for key, each in second["properties"].items()},
        }
    if "required" in first and "required" in second:
        merged["required"] = [*first["required"], *second["required"]]
    return merged


def _both_fields(first: Any, second: Any) -> Any:
    """A field that both describe is what both say; prose alone takes nothing away."""
    if first is None or first == second:
        return second
    if isinstance(second, dict) and second.keys() <= PROSE:
        return first
    return second if isinstance(first, dict) and first.keys() <= PROSE else {"allOf": [first, second]}


def _is_schema(node: dict[str, Any]) -> bool:
    """Not a map of fields, in which every key is a name."""
    return not all(isinstance(value, dict) for value in node.values())


def _is_null(facts: dict[str, Any]) -> bool:
    return facts.get("type") in ("null", ["null"]) or facts.get("enum") == [None]


def _implied(values: list[Any] | None, is_object: Any, items: Any) -> list[str]:
    """The type that a schema without one can only mean."""
    if values:
        kinds = {TYPES[type(value)] for value in values}
        return list(kinds) if len(kinds) == 1 else []
    return ["object"] if is_object else ["array"] if items is not None else []


def as_text(value: Any) -> str:
    """A value as JSON, for people and for comparing."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
