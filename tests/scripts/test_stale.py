"""Corrections that can go."""

import copy
from typing import Any

import pytest

from scripts.spec_files import Document, dump_document, parse_document
from scripts.stale import stale_actions, without

BEFORE: Document = {
    "paths": {"/a": {"get": {"tags": ["Jobs"]}}, "/b": {"get": {}}},
    "components": {
        "X": {"type": "object", "properties": {"n": {"type": "integer"}, "cost": {"type": "number", "ge": 0}}},
        "E": {"enum": ["a"]},
    },
}
ACTIONS: list[dict[str, Any]] = [
    {"target": "$.components.E.enum", "update": "b"},
    {"target": "$.components.X.properties.cost.ge", "remove": True},
    {"target": "$.components.X.properties.cost", "update": {"minimum": 0, "description": "In credits."}},
    {"target": "$.paths['/a'].get.tags", "remove": True},
    {"target": "$.paths['/a'].get", "update": {"tags": ["jobs"]}},
    {"target": "$.paths['/b'].get", "update": {"tags": ["jobs"]}},
    {"target": "$.components.X.properties.n", "update": {"description": "Ours."}},
    {"target": "$.paths.*.get", "update": {"deprecated": True}},
]


def overlay() -> str:
    actions = [{**action, "description": "d", "x-evidence": "e"} for action in ACTIONS]
    return "# a comment\n" + dump_document({"overlay": "1.0.0", "actions": actions})


def stale(after: Document) -> dict[int, tuple[str, bool]]:
    text = overlay()
    found = stale_actions(text, parse_document(text, "x"), BEFORE, after)
    for action in found:
        assert ACTIONS[action.number - 1]["target"] in text.splitlines()[action.line - 1]
    return {action.number: (action.reason, action.in_the_way) for action in found}


def test_nothing_is_stale_where_nothing_has_changed() -> None:
    assert stale(copy.deepcopy(BEFORE)) == {}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        # The vendor has added the value: carrying on would name it twice.
        ({"components": {"E": {"enum": ["a", "b"]}}}, {1: ("says what the vendor says by now", True)}),
        (
            {
                "components": {
                    "X": {"type": "object", "properties": {"n": {}, "cost": {"type": "number", "minimum": 0}}}
                }
            },
            {2: ("matches nothing any more", True), 3: ("says what the vendor says by now", False)},
        ),
        # What is removed and put back as it was.
        (
            {"paths": {"/a": {"get": {"tags": ["jobs"]}}, "/b": {"get": {}}}},
            {4: ("changes nothing any more", False), 5: ("changes nothing any more", False)},
        ),
        (
            {"paths": {"/a": BEFORE["paths"]["/a"], "/b": {"get": {"tags": ["jobs"]}}}},
            {6: ("says what the vendor says by now", True)},
        ),
        ({"components": {"E": {"enum": ["a"]}, "X": {}}}, {2: "x", 3: "x", 7: "x"}),
    ],
)
def test_a_correction_whose_reason_has_gone_is_named(change: dict[str, Any], expected: dict[int, Any]) -> None:
    after = copy.deepcopy(BEFORE)
    for key, value in change.items():
        after[key] = {**after[key], **value}
    found = stale(after)
    assert found.keys() == expected.keys()
    for number, outcome in expected.items():
        assert outcome in ("x", found[number])


def test_what_is_in_the_way_is_left_out_and_everything_else_stays() -> None:
    text = overlay()
    after = copy.deepcopy(BEFORE)
    after["components"]["E"]["enum"].append("b")
    document = parse_document(text, "x")
    left = without(document, stale_actions(text, document, BEFORE, after))
    assert left["actions"] == document["actions"][1:]
