"""Bindings are tolerant readers: whatever an answer holds, reading it raises nothing and loses nothing."""

import copy
import pickle
from enum import Enum
from typing import Any

import pytest
from attrs import define
from quantum_apis._runtime import reading
from quantum_apis._runtime.types import UNSET

from .samples import example, models, title, value

ALL = pytest.mark.parametrize("model", list(models()), ids=title)
OTHER_KINDS: list[Any] = [None, True, 0, -1.5, "", "text", [], [None], ["x", 1, {}], {}, {"x": {"y": []}}]


def reads(model: type[reading.Model], data: dict[str, Any]) -> reading.Model:
    """Read, and see that nothing was lost, through copying and pickling too."""
    before = copy.deepcopy(data)
    read = model.from_dict(data)
    assert data == before
    assert read.to_dict() == data
    assert repr(read).startswith(f"{model.__name__}(")
    return read


@ALL
def test_what_is_as_described_comes_back_as_it_was(model: type[reading.Model]) -> None:
    read = reads(model, example(model))
    assert copy.deepcopy(read) == read
    assert pickle.loads(pickle.dumps(read)) == read
    assert pickle.loads(pickle.dumps(read)).to_dict() == example(model)


@ALL
def test_described_values_have_their_described_types(model: type[reading.Model]) -> None:
    read = model.from_dict(example(model))
    for described in reading.shape_of(model).fields:
        found = getattr(read, described.name)
        match described.reader:
            case reading.EnumOf():
                assert isinstance(found, described.reader.enum)
                assert found.is_known
            case reading.ModelOf():
                assert isinstance(found, described.reader.model)
            case reading.ListOf():
                assert isinstance(found, list)
        if described.reader is reading.DATE_TIME:
            assert found.tzinfo is not None


@ALL
def test_a_missing_field_is_unset_and_stays_missing(model: type[reading.Model]) -> None:
    for described in reading.shape_of(model).fields:
        data = example(model)
        del data[described.key]
        read = reads(model, data)
        assert getattr(read, described.name) is UNSET
        assert getattr(pickle.loads(pickle.dumps(read)), described.name) is UNSET
    assert reads(model, {}).to_dict() == {}


@ALL
def test_any_other_kind_of_value_is_kept_as_it_came(model: type[reading.Model]) -> None:
    for described in reading.shape_of(model).fields:
        for other in OTHER_KINDS:
            read = reads(model, {**example(model), described.key: other})
            if other is None:
                assert getattr(read, described.name) is None


@ALL
def test_an_unlisted_enum_value_is_kept_and_says_so(model: type[reading.Model]) -> None:
    for described in reading.shape_of(model).fields:
        if isinstance(described.reader, reading.EnumOf):
            new: Any = "a-new-value" if described.reader.kind is str else 987654
            found: Any = getattr(reads(model, {**example(model), described.key: new}), described.name)
            assert (found, hash(found)) == (new, hash(new))
            assert isinstance(found, described.reader.enum)
            assert not found.is_known
            for same in (pickle.loads(pickle.dumps(found)), copy.copy(found), copy.deepcopy(found)):
                assert isinstance(same, Enum)
                assert same == found


@ALL
def test_a_field_that_is_not_described_is_kept(model: type[reading.Model]) -> None:
    for other in OTHER_KINDS:
        read = reads(model, {**example(model), "not described": other})
        assert "not described" in read
    assert "not described" in read.additional_keys


@ALL
def test_a_mismatch_inside_an_object_leaves_the_object_readable(model: type[reading.Model]) -> None:
    for described in reading.shape_of(model).fields:
        if isinstance(described.reader, reading.ModelOf):
            inner = described.reader.model
            for field in reading.shape_of(inner).fields:
                data = {**example(inner), field.key: ["unexpected"]}
                found = getattr(reads(model, {**example(model), described.key: data}), described.name)
                assert isinstance(found, inner)
                assert field.reader.plain or getattr(found, field.name) is not UNSET


@ALL
def test_each_alternative_of_a_union_is_recognised_even_with_a_field_missing(model: type[reading.Model]) -> None:
    for described in reading.shape_of(model).fields:
        if not isinstance(described.reader, reading.UnionOf):
            continue
        for alternative in described.reader.alternatives:
            data = value(alternative)
            found = getattr(reads(model, {**example(model), described.key: data}), described.name)
            if isinstance(alternative, reading.ModelOf) and _tells_apart(described.reader, data):
                assert isinstance(found, alternative.model)


def _tells_apart(union: reading.UnionOf, data: Any) -> bool:
    """Whether one alternative fits better than all others; some differ in nothing that the data shows."""
    misfits = sorted(alternative.misfit(data) for alternative in union.alternatives)
    return misfits[0] < misfits[1]


@define(eq=False, repr=False)
class Tree(reading.Model):
    """Holds others, which are one of two."""

    child: Any = UNSET

    @classmethod
    def _shape(cls) -> reading.Shape:
        return reading.Shape(reading.Field("child", "child", reading.UnionOf(*map(reading.ModelOf, (Tree, Other)))))


@define(eq=False, repr=False)
class Other(Tree):
    """The other of the two, which nothing tells from the first."""


class Counted(dict[str, Any]):
    """An object that counts how often it is looked into."""

    looks = 0

    def get(self, key: str, default: Any = None) -> Any:
        Counted.looks += 1
        return super().get(key, default)


def test_a_union_that_holds_itself_is_read_without_trying_all_ways_through_it() -> None:
    deepest = 12
    data = Counted()
    for _ in range(deepest):
        data = Counted(child=data)
    Counted.looks = 0
    assert Tree.from_dict(data).to_dict() == data
    assert Counted.looks < 8 * deepest
