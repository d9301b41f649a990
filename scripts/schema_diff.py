"""How two schemas differ, for a client that reads or writes what follows them."""

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from scripts.changes import Change, make_change
from scripts.references import resolve
from scripts.shapes import Shape, Shapes, as_text

# Formats that have a Python type of their own in the bindings.
TYPED_FORMATS = {"date-time", "date", "uuid", "binary"}
# Keyword: whether a larger value allows more.
LIMITS = {
    "maximum": True,
    "exclusiveMaximum": True,
    "maxLength": True,
    "maxItems": True,
    "maxProperties": True,
    "minimum": False,
    "exclusiveMinimum": False,
    "minLength": False,
    "minItems": False,
    "minProperties": False,
}
# Keywords that refuse something wherever they stand.
RESTRICTIONS = {"pattern", "multipleOf", "uniqueItems", "not", "dependentRequired"}
# Keyword: what it is to have it, and to have it no more.
ACCESS = {"readOnly": ("became-read-only", "may-be-written"), "writeOnly": ("became-write-only", "may-be-read")}
# Keywords that hold schemas and are not followed: what changes in them may mean anything.
COMBINATIONS = {"allOf", "prefixItems", "patternProperties", "contains", "propertyNames", "dependentSchemas", "if"}
COMBINATIONS |= {"then", "else"}
PLAIN_NAME = str.isidentifier


@frozen
class Where:
    """What part of the interface is looked at, and from which side."""

    operation: str
    place: str
    path: str
    reading: bool
    # The alternative of a union that it is in, by name.
    inside: str = ""

    def at(self, key: str) -> "Where":
        """A field of it."""
        return evolve(self, path=self.path + (f".{key}" if PLAIN_NAME(key) else f"[{as_text(key)}]"))

    def every(self, sign: str) -> "Where":
        """Each of its items (`[*]`), or each of its other fields (`.*`)."""
        return evolve(self, path=self.path + sign)

    def change(self, kind: str, text: str) -> Change:
        """A change right here."""
        change = make_change(kind, self.operation, self.place, self.path, text, reading=self.reading)
        return evolve(change, inside=self.inside)


NOWHERE = Where("", "", "$", reading=False)


class SchemaDiff:
    """Compares schemas of an old document with schemas of a new one."""

    def __init__(self, old: Shapes, new: Shapes) -> None:
        self.old = old
        self.new = new
        self._open: set[tuple[int, int]] = set()

    def changes(self, old: Any, new: Any, where: Where) -> Iterator[Change]:
        """The differences. A schema inside itself is compared once."""
        before, after = self.old.of(old), self.new.of(new)
        if before.nullable != after.nullable and not (before.is_open or after.is_open):
            kind = "null-allowed" if after.nullable else "null-refused"
            yield where.change(kind, "may be null" if after.nullable else "is never null any more")
        yield from self._beside_null(old, new, where)

    def _beside_null(self, old: Any, new: Any, where: Where) -> Iterator[Change]:
        pair = id(resolve(self.old.document, old)), id(resolve(self.new.document, new))
        if pair in self._open:
            return
        self._open.add(pair)
        try:
            yield from self._shapes(old, new, where)
        finally:
            self._open.discard(pair)

    def _shapes(self, old: Any, new: Any, where: Where) -> Iterator[Change]:
        before, after = self.old.of(old), self.new.of(new)
        if (before.alternatives or after.alternatives) and not (before.is_open or after.is_open):
            yield from self._alternatives(old, new, where)
            if before.alternatives and after.alternatives:
                yield from _facts(before.facts, after.facts, where)
                yield from self._names(before, after, where)
                yield from self._fields(before, after, where)
            return
        if before.kind != after.kind or before.is_open != after.is_open:
            yield from _kinds(before, after, where)
            yield from _values_of_another_kind(before, after, where)
            return
        yield from _values(before.values, after.values, where)
        yield from _facts(before.facts, after.facts, where)
        yield from self._fields(before, after, where)
        if before.items is not after.items:
            yield from self.changes(_any(before.items), _any(after.items), where.every("[*]"))

    def _fields(self, before: Shape, after: Shape, where: Where) -> Iterator[Change]:
        for key, schema in before.properties.items():
            here = where.at(key)
            if key not in after.properties:
                yield here.change("field-removed", "the field is gone")
                continue
            if (key in before.required) != (key in after.required):
                kind = "field-now-required" if key in after.required else "field-now-optional"
                text = "is required now" if key in after.required else "is not required any more"
                yield here.change(kind, text)
            yield from self.changes(schema, after.properties[key], here)
        for key in after.properties:
            if key not in before.properties:
                required = key in after.required
                kind = "required-field-added" if required else "field-added"
                yield where.at(key).change(kind, "new required field" if required else "new field")
        # Of fields that are described nowhere.
        for key in sorted(after.required - before.required - before.properties.keys() - after.properties.keys()):
            yield where.at(key).change("field-now-required", "is required now")
        for key in sorted(before.required - after.required - before.properties.keys() - after.properties.keys()):
            yield where.at(key).change("field-now-optional", "is not required any more")
        gone = before.properties.keys() - after.properties.keys()
        if before.properties and len(gone) == len(before.properties) and isinstance(after.additional, dict):
            names = ", ".join(before.properties)
            of = _described(self.new.of(after.additional))
            yield where.change("object-became-map", f"had the fields {names}, is a map now, each value {of}")
            return
        yield from self._additional(before.additional, after.additional, where.every(".*"))

    def _additional(self, before: Any, after: Any, where: Where) -> Iterator[Change]:
        if after is False and before not in (None, False):
            yield where.change("field-removed", "are gone")
        elif (before is False) != (after is False):
            kind = "other-fields-refused" if after is False else "other-fields-allowed"
            of = f", each {_described(self.new.of(after))}" if isinstance(after, dict) else ""
            yield where.change(kind, f"are {'not ' if after is False else ''}allowed now{of}")
        elif before is not after:
            yield from self.changes(_any(before), _any(after), where)

    def _alternatives(self, old: Any, new: Any, where: Where) -> Iterator[Change]:
        removed, added = list(self.old.alternatives(old)), list(self.new.alternatives(new))
        for alike in (self._equal, self._same_name, self._same_constant, self._same_kind):
            for before in list(removed):
                after = next((each for each in added if alike(before, each)), None)
                if after is not None:
                    removed = [each for each in removed if each is not before]
                    added = [each for each in added if each is not after]
                    if alike != self._equal:
                        # Null was compared for all of them together.
                        name = self.new.of(after).name or self.old.of(before).name or ""
                        yield from self._beside_null(before, after, evolve(where, inside=name))
        for before in removed:
            yield where.change("alternative-removed", f"is not {_described(self.old.of(before))} any more")
        for after in added:
            yield where.change("alternative-added", f"may be {_described(self.new.of(after))}")

    def _names(self, before: Shape, after: Shape, where: Where) -> Iterator[Change]:
        """Values of a discriminator that stand for another alternative now."""
        for value in sorted(before.names.keys() & after.names.keys()):
            old, new = before.names[value], after.names[value]
            if old["$ref"] != new["$ref"] and not self._equal(old, new):
                names = (each["$ref"].rpartition("/")[2] for each in (old, new))
                text = "{} stood for {}, stands for {}".format(as_text(value), *names)
                yield where.change("discriminator-changed", text)

    def _equal(self, old: Any, new: Any) -> bool:
        return next(self._beside_null(old, new, NOWHERE), None) is None

    def _same_name(self, old: Any, new: Any) -> bool:
        name = self.old.of(old).name
        return name is not None and name == self.new.of(new).name

    def _same_constant(self, old: Any, new: Any) -> bool:
        """Whether one field tells both apart in the same way, such as `type` with a single value."""
        before, after = (self._constants(shapes, each) for shapes, each in ((self.old, old), (self.new, new)))
        return any(before[key] == after.get(key) for key in before)

    def _constants(self, shapes: Shapes, schema: Any) -> dict[str, Any]:
        inner = {key: shapes.of(each).values for key, each in shapes.of(schema).properties.items()}
        return {key: values for key, values in inner.items() if values is not None and len(values) == 1}

    def _same_kind(self, old: Any, new: Any) -> bool:
        return self.old.of(old).kind == self.new.of(new).kind


def _any(schema: Any) -> Any:
    return {} if schema is None else schema


def _described(shape: Shape) -> str:
    if shape.name:
        return shape.name
    if shape.values is not None:
        return f"one of {', '.join(map(as_text, shape.values))}"
    return {None: "anything", "array": "a list", "object": "an object", "integer": "an integer"}.get(
        shape.kind, f"a {shape.kind}"
    )


def _kinds(before: Shape, after: Shape, where: Where) -> Iterator[Change]:
    kinds = before.kind, after.kind
    text = f"was {_described(before)}, is {_described(after)}"
    if after.is_open or kinds == ("integer", "number"):
        yield where.change("type-widened", text)
    elif before.is_open or kinds == ("number", "integer"):
        yield where.change("type-narrowed", text)
    else:
        yield where.change("type-changed", text)


def _values_of_another_kind(before: Shape, after: Shape, where: Where) -> Iterator[Change]:
    """What is allowed of the new kind: limits of numbers mean the same for integers, others are new."""
    alike = {before.kind, after.kind} <= {"integer", "number", None}
    yield from _values(before.values if alike else None, after.values, where)
    # Another kind has other formats, which is no news.
    old, new = ({key: each.facts[key] for key in each.facts if key != "format"} for each in (before, after))
    yield from _facts(old if alike else {}, new, where)


def _values(before: tuple[Any, ...] | None, after: tuple[Any, ...] | None, where: Where) -> Iterator[Change]:
    if before is None and after is not None:
        yield where.change("values-closed", f"takes only these values: {', '.join(map(as_text, after))}")
    elif before is not None and after is None:
        yield where.change("values-opened", "takes any value, no longer a closed set")
    elif before is not None and after is not None:
        for value in after:
            if not _is_among(value, before):
                yield where.change("value-added", f"new value {as_text(value)}")
        for value in before:
            if not _is_among(value, after):
                yield where.change("value-removed", f"the value {as_text(value)} is gone")


def _is_among(value: Any, values: tuple[Any, ...]) -> bool:
    """Python takes true for 1."""
    return any(value == each and isinstance(value, bool) == isinstance(each, bool) for each in values)


def _facts(before: dict[str, Any], after: dict[str, Any], where: Where) -> Iterator[Change]:
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        if _is_among(old, (new,)) and (key in before) == (key in after):
            continue
        old_text, new_text = (as_text(facts[key]) if key in facts else "not set" for facts in (before, after))
        text = f"{key} was {old_text}, is {new_text}"
        if key == "format" and {old, new} & TYPED_FORMATS:
            yield where.change("format-changed", text)
        elif key == "default":
            yield where.change("default-changed" if key in before else "default-added", text)
        elif key == "deprecated":
            yield where.change("deprecated", "is deprecated" if new else "is not deprecated any more")
        elif key == "discriminator" and key in before:
            yield where.change("discriminator-changed", text)
        elif key in ACCESS:
            yield where.change(ACCESS[key][not new], text)
        elif key == "unevaluatedProperties" and False in (old, new):
            yield where.every(".*").change(
                "other-fields-refused" if new is False else "other-fields-allowed",
                f"are {'not ' if new is False else ''}allowed now",
            )
        elif key in LIMITS:
            yield where.change(_limit(old, new, grows=LIMITS[key]), text)
        elif key in COMBINATIONS:
            yield where.change("combination-changed", text)
        elif key in RESTRICTIONS:
            yield where.change("limit-loosened" if key not in after else "limit-tightened", text)
        else:
            yield where.change("keyword-changed", text)


def _limit(old: Any, new: Any, *, grows: bool) -> str:
    if new is None or old is None:
        return "limit-loosened" if new is None else "limit-tightened"
    return "limit-loosened" if (new > old) == grows else "limit-tightened"
