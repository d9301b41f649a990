"""Tolerant reading and lossless writing of JSON.

The static types say what the interface description promises. A service may break its promise, and then nothing is
raised and nothing is lost: a missing field is UNSET although it is required, a null is None, a value of another kind
stays as it came, a value that an enum does not list says so (`is_known`), and fields that are not described are in
`additional_properties`. What was read is written back by `to_dict()` as it came. Whoever needs certainty checks with
isinstance.
"""

from __future__ import annotations

import datetime
import threading
import uuid
from collections.abc import Mapping
from enum import Enum
from typing import Any, ClassVar, Self

from attrs import define, field

from .enums import OpenIntEnum, OpenStrEnum
from .types import UNSET, SentDateTime

# How badly a value fits one alternative of a union; the alternative with the smallest sum is taken. A wrong
# discriminator outweighs any number of missing fields that is likely, those outweigh fields that are not described.
WRONG_KIND = 1000
WRONG_CONSTANT = 100
MISSING = 10
MISFIT_BELOW = 10
UNDESCRIBED_TYPE = 9
UNLISTED = 5
UNDESCRIBED_FIELD = 1

_PLAIN = frozenset((str, int, float, bool, type(None)))


class Reader:
    """How a JSON value becomes a Python value. Readers never see None or UNSET, which pass through untouched."""

    # The types that json.loads gives for this kind of value.
    kinds: ClassVar[tuple[type, ...]] = (object,)
    # Whether `read` does nothing.
    plain: ClassVar[bool] = False

    def fits(self, value: object) -> bool:
        """Whether the value is of the right JSON kind (text, number, list, object)."""
        return isinstance(value, self.kinds) and (not isinstance(value, bool) or bool in self.kinds)

    def read(self, value: Any) -> Any:
        """The Python value, or the value as it came when it cannot be read."""
        return value

    def misfit(self, value: Any) -> int:
        """How badly the value fits; 0 is perfectly."""
        return 0 if self.fits(value) else WRONG_KIND


class _Plain(Reader):
    plain = True


class _String(_Plain):
    kinds = (str,)


class _Integer(_Plain):
    kinds = (int,)


class _Number(_Plain):
    kinds = (int, float)


class _Boolean(_Plain):
    kinds = (bool,)


class _Null(_Plain):
    kinds = (type(None),)


class _Any(_Plain):
    kinds = (object,)

    def fits(self, value: object) -> bool:
        return True

    def misfit(self, value: Any) -> int:
        return UNDESCRIBED_TYPE


class _Bytes(_Plain):
    kinds = (bytes,)


class _Parsed(Reader):
    """Text with a meaning. It is only replaced by that meaning when it can be written back as it came."""

    kinds = (str,)

    def parse(self, text: str) -> Any:
        raise NotImplementedError

    def read(self, value: Any) -> Any:
        if type(value) is not str:
            return value
        try:
            parsed = self.parse(value)
        except ValueError:
            return value
        return parsed if write(parsed) == value else value

    def misfit(self, value: Any) -> int:
        if not self.fits(value):
            return WRONG_KIND
        return UNLISTED if self.read(value) is value else 0


class _DateTime(_Parsed):
    def parse(self, text: str) -> Any:
        return SentDateTime.read(text)


class _Date(_Parsed):
    def parse(self, text: str) -> Any:
        return datetime.date.fromisoformat(text)


class _Uuid(_Parsed):
    def parse(self, text: str) -> Any:
        return uuid.UUID(text)


class Const(Reader):
    """A value that is always the same, such as the name of a job type."""

    plain = True

    def __init__(self, value: object) -> None:
        self.value = value

    def fits(self, value: object) -> bool:
        return type(value) is type(self.value)

    def misfit(self, value: Any) -> int:
        return 0 if self.fits(value) and value == self.value else WRONG_CONSTANT


class EnumOf(Reader):
    """One of a list of values, or one that the vendor has added since."""

    def __init__(self, enum: type[OpenStrEnum] | type[OpenIntEnum]) -> None:
        self.enum = enum
        self.kind = type(next(iter(enum)).value)

    def fits(self, value: object) -> bool:
        return type(value) is self.kind

    def read(self, value: Any) -> Any:
        return self.enum(value) if type(value) is self.kind else value

    def misfit(self, value: Any) -> int:
        if not self.fits(value):
            return WRONG_KIND
        if value in self.enum._value2member_map_:
            return 0
        return WRONG_CONSTANT if len(self.enum) == 1 else UNLISTED


class ListOf(Reader):
    """A list, each item read the same way."""

    kinds = (list,)

    def __init__(self, item: Reader) -> None:
        self.item = item

    def read(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        read = self.item.read
        return [item if item is None else read(item) for item in value]

    def misfit(self, value: Any) -> int:
        if not self.fits(value):
            return WRONG_KIND
        return _worst(self.item, value)


class ModelOf(Reader):
    """An object with a class of its own."""

    kinds = (Mapping,)

    def __init__(self, model: type[Model]) -> None:
        self.model = model

    def read(self, value: Any) -> Any:
        return self.model.from_dict(value) if isinstance(value, Mapping) else value

    def misfit(self, value: Any) -> int:
        if not self.fits(value):
            return WRONG_KIND
        shape = shape_of(self.model)
        total = 0
        for described in shape.fields:
            found = value.get(described.key, UNSET)
            if found is UNSET:
                total += MISSING if described.required else 0
            elif found is not None:
                misfit = described.reader.misfit(found)
                total += misfit if isinstance(described.reader, Const | EnumOf) else min(misfit, MISFIT_BELOW)
        others = [item for key, item in value.items() if key not in shape.keys]
        if shape.additional is ANY:
            return total + (UNDESCRIBED_FIELD * len(others) if shape.fields else 0)
        return total + _worst(shape.additional, others)


class UnionOf(Reader):
    """One of several: the one that the value names, else the one that fits best.

    `discriminator` is the field that names it, `names` has the index of the alternative for each of its values.
    """

    def __init__(
        self, *alternatives: Reader, discriminator: str | None = None, names: Mapping[str, int] | None = None
    ) -> None:
        self.alternatives = alternatives
        self.discriminator = discriminator
        self.names = names or {}
        self.is_plain = all(alternative.plain for alternative in alternatives)

    def fits(self, value: object) -> bool:
        return any(alternative.fits(value) for alternative in self.alternatives)

    def read(self, value: Any) -> Any:
        if self.is_plain:
            return value
        if self.discriminator is not None and isinstance(value, Mapping):
            name = value.get(self.discriminator)
            index = self.names.get(name) if isinstance(name, str) else None
            if index is not None:
                return self.alternatives[index].read(value)
        candidates = [alternative for alternative in self.alternatives if alternative.fits(value)]
        if len(candidates) < 2:
            return candidates[0].read(value) if candidates else value
        with _known:
            return min(candidates, key=lambda alternative: alternative.misfit(value)).read(value)

    def misfit(self, value: Any) -> int:
        place = id(self), id(value)
        with _known as misfits:
            if place not in misfits:
                misfits[place] = min(alternative.misfit(value) for alternative in self.alternatives)
            return misfits[place]


class _Known(threading.local):
    """The misfits by union and value, for as long as the outermost union is read: the alternatives of each union on the
    way ask those inside them for the same values again. Until then no value goes, and none has another's id."""

    depth = 0

    def __init__(self) -> None:
        self.misfits: dict[tuple[int, int], int] = {}

    def __enter__(self) -> dict[tuple[int, int], int]:
        self.depth += 1
        return self.misfits

    def __exit__(self, *error: object) -> None:
        self.depth -= 1
        if not self.depth:
            self.misfits = {}


_known = _Known()


def _worst(reader: Reader, values: list[Any]) -> int:
    return min(MISFIT_BELOW, max((reader.misfit(value) for value in values if value is not None), default=0))


ANY = _Any()
STRING = _String()
INTEGER = _Integer()
NUMBER = _Number()
BOOLEAN = _Boolean()
NULL = _Null()
BYTES = _Bytes()
DATE_TIME = _DateTime()
DATE = _Date()
UUID = _Uuid()


class Field:
    """One described field: its attribute, its key in JSON, and how it is read."""

    __slots__ = ("key", "name", "reader", "required")

    def __init__(self, name: str, key: str, reader: Reader, *, required: bool = False) -> None:
        self.name = name
        self.key = key
        self.reader = reader
        self.required = required


class Shape:
    """What a model's JSON object looks like."""

    __slots__ = ("additional", "fields", "keys", "plan")

    def __init__(self, *fields: Field, additional: Reader = ANY) -> None:
        self.fields = fields
        self.keys = frozenset(described.key for described in fields)
        self.additional = additional
        self.plan = tuple(
            (described.name, described.key, None if described.reader.plain else described.reader.read)
            for described in fields
        )


_SHAPES: dict[type[Model], Shape] = {}


def shape_of(model: type[Model]) -> Shape:
    """A model's shape, worked out once: the classes it refers to are imported only when something is read."""
    shape = _SHAPES.get(model)
    if shape is None:
        shape = _SHAPES[model] = model._shape()
    return shape


@define(eq=False, repr=False)
class Model:
    """What all models do: read a JSON object, write it back, and hold what the description does not know."""

    additional_properties: dict[str, Any] = field(init=False, factory=dict)

    @classmethod
    def _shape(cls) -> Shape:
        raise NotImplementedError

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object. Never raises for what is in it; see the text above for what becomes of the unexpected."""
        shape = shape_of(cls)
        rest = dict(src_dict)
        values = {}
        for name, key, read in shape.plan:
            value = rest.pop(key, UNSET)
            values[name] = value if read is None or value is None or value is UNSET else read(value)
        model = cls(**values)
        if rest:
            additional = shape.additional
            if additional.plain:
                model.additional_properties = rest
            else:
                model.additional_properties = {
                    key: value if value is None else additional.read(value) for key, value in rest.items()
                }
        return model

    def to_dict(self) -> dict[str, Any]:
        """The JSON object: what is UNSET is left out, what came unexpectedly is there as it came."""
        result = {}
        for name, key, _ in shape_of(type(self)).plan:
            value = getattr(self, name)
            if value is not UNSET:
                result[key] = write(value)
        for key, value in self.additional_properties.items():
            result[key] = write(value)
        return result

    @property
    def additional_keys(self) -> list[str]:
        """The keys that the description does not name."""
        return list(self.additional_properties)

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        names = [name for name, _, _ in shape_of(type(self)).plan]
        return all(getattr(self, name) == getattr(other, name) for name in ("additional_properties", *names))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = {name: getattr(self, name) for name, _, _ in shape_of(type(self)).plan}
        if self.additional_properties:
            shown["additional_properties"] = self.additional_properties
        parts = (f"{name}={value!r}" for name, value in shown.items() if value is not UNSET)
        return f"{type(self).__name__}({', '.join(parts)})"


def write(value: Any) -> Any:
    """The JSON form of a value, at any depth."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple):
        return [write(item) for item in value if item is not UNSET]
    if isinstance(value, Mapping):
        return {key: write(item) for key, item in value.items() if item is not UNSET}
    if isinstance(value, SentDateTime):
        return value.text
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    return value
