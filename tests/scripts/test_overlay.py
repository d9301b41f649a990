"""Our names, words and corrections, and their strictness."""

from pathlib import Path
from typing import Any

import pytest

from scripts.overlay import Applied, apply_overlays, is_words, read_overlay
from scripts.overlay_text import removal_of, without
from scripts.problem import Problem
from scripts.spec_files import Document, dump_document, parse_document

DOCUMENT: Document = {
    "a": {"b": {"c": 1, "list": [1]}, "d": 2},
    "items": [{"name": "x", "n": 1}, {"name": "y", "n": 2}, {"name": "z", "n": 3}],
}
WHY = {"description": "Why.", "x-evidence": "Where."}


def carry_out(document: Document, *actions: dict[str, Any]) -> Applied:
    text = dump_document({"overlay": "1.0.0", "actions": list(actions)})
    return apply_overlays(document, [read_overlay(Path("overlay.yaml"), text)])


def apply(**action: Any) -> Document:
    applied = carry_out(DOCUMENT, {**WHY, **action})
    if applied.troubles:
        raise Problem("\n".join(str(trouble) for trouble in applied.troubles))
    return applied.document


def test_an_update_merges_objects_and_joins_lists() -> None:
    assert apply(target="$.a", update={"b": {"list": [2], "new": None}})["a"] == {
        "b": {"c": 1, "list": [1, 2], "new": None},
        "d": 2,
    }


def test_what_a_list_holds_already_is_not_said_twice() -> None:
    """The vendor may have said it since."""
    assert apply(target="$.a", update={"b": {"list": [1, 3]}})["a"]["b"]["list"] == [1, 3]
    assert apply(target="$.a.b.list", update=1)["a"]["b"]["list"] == [1]


def test_an_update_of_a_list_appends() -> None:
    assert apply(target="$.a.b.list", update=2)["a"]["b"]["list"] == [1, 2]


def test_an_update_reaches_every_match() -> None:
    assert [item["n"] for item in apply(target="$.items[?@.n > 1]", update={"n": 0})["items"]] == [1, 0, 0]


def test_a_removal_of_several_list_items_removes_these_and_no_others() -> None:
    assert [item["name"] for item in apply(target="$.items[?@.n != 2]", remove=True)["items"]] == ["y"]


def test_a_removal_reaches_every_depth() -> None:
    assert apply(target="$..n", remove=True)["items"] == [{"name": "x"}, {"name": "y"}, {"name": "z"}]


def test_the_vendors_document_stays_as_it_was() -> None:
    apply(target="$.a", remove=True)
    assert "a" in DOCUMENT


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ({"target": "$.nowhere", "remove": True}, "overlay.yaml:3: action 1 ($.nowhere): matches nothing"),
        ({"target": "$.items[?@.n == 9]", "update": {}}, "action 1 ($.items[?@.n == 9]): matches nothing"),
        ({"target": "$.a", "remove": True, "description": " "}, "has no `description`"),
        ({"target": "$.a", "remove": True, "x-evidence": None}, "has no `x-evidence`"),
        ({"target": "$.a"}, "needs either `update` or `remove: true`"),
        ({"target": "$.a", "update": {}, "remove": True}, "needs either `update` or `remove: true`"),
        ({"target": "$[", "remove": True}, "is not a JSONPath"),
        ({"target": "$.a.d", "update": {"x": 1}}, "needs a mapping or a list to act on"),
        ({"target": "$", "remove": True}, "the whole document cannot be removed"),
        ({"target": "$.a", "updates": {}}, "has keys that mean nothing here: updates"),
        ({"update": {}}, "has no `target`"),
    ],
)
def test_an_action_that_does_nothing_or_says_no_reason_is_an_error(action: dict[str, Any], message: str) -> None:
    with pytest.raises(Problem) as problem:
        apply(**action)
    assert message in str(problem.value)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    wrong = [{**WHY, "target": f"$.nowhere{number}", "remove": True} for number in range(3)]
    applied = carry_out(DOCUMENT, wrong[0], {**WHY, "target": "$.a", "update": {"d": 3}}, *wrong[1:])
    assert [trouble.action.number for trouble in applied.troubles] == [1, 3, 4]
    assert applied.document["a"]["d"] == 3
    with pytest.raises(Problem) as problem:
        carry_out(DOCUMENT, {"target": "$.a", "remove": True}, {"target": "$.items", "remove": True})
    assert str(problem.value).count("has no `description`") == 2


def test_words_need_no_reason_and_everything_else_does() -> None:
    words = {"summary": "s", "items": {"description": "d"}}
    assert is_words(words)
    assert not is_words({"description": "d", "type": "string"})
    assert not is_words({})
    document = {"x": {"items": {}}}
    assert carry_out(document, {"target": "$.x", "update": words}).document["x"] == words


def test_words_are_said_only_of_what_is_there() -> None:
    document = {"schemas": {"Job": {"properties": {"id": {"type": "string"}}}}}
    for target, update in (
        ("$.schemas.Job.properties", {"idd": {"description": "Id of the job."}, "id": {"description": "Id."}}),
        ("$.schemas", {"Job": {"properties": {"idd": {"description": "Id."}, "id": {"description": "Id."}}}}),
        ("$.schemas", {"Other": {"description": "Other."}, "Job": {"properties": {"id": {"description": "Id."}}}}),
    ):
        applied = carry_out(document, {"target": target, "update": update})
        assert len(applied.troubles) == 1
        assert "describes what is not there" in str(applied.troubles[0])
        assert applied.document["schemas"]["Job"]["properties"] == {"id": {"type": "string", "description": "Id."}}
    new = {"Job": {"properties": {"id": {"description": "Id."}, "new": {"type": "string", "description": "New."}}}}
    corrected = carry_out(document, {**WHY, "target": "$.schemas", "update": new}).document
    assert corrected["schemas"]["Job"]["properties"]["new"] == {"type": "string", "description": "New."}


def test_words_about_several_things_may_be_about_some_of_them() -> None:
    document = {"schemas": {"A": {"properties": {"x": {}}}, "B": {"properties": {"y": {}}}}}
    words = {"x": {"description": "X."}, "y": {"description": "Y."}}
    applied = carry_out(document, {"target": "$.schemas.*.properties", "update": words})
    assert applied.troubles == []
    assert applied.document["schemas"]["A"]["properties"] == {"x": {"description": "X."}}


def test_what_an_action_brought_in_is_known_to_be_from_there() -> None:
    applied = carry_out(
        DOCUMENT,
        {**WHY, "target": "$.a", "update": {"b": {"new": {"deep": 1}}}},
        {**WHY, "target": "$.items[0]", "update": {"n": 9}},
    )
    assert [str(applied.blame(pointer)) for pointer in (("a", "b", "new", "deep", "er"), ("items", 0, "n"))] == [
        "overlay.yaml:3: action 1 ($.a)",
        "overlay.yaml:10: action 2 ($.items[0])",
    ]
    assert applied.blame(("items", 1, "n")) is None


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


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, {}),
        ({"components": {"E": {"enum": ["a", "b"]}}}, {1: "already so"}),
        (
            {
                "components": {
                    "X": {"type": "object", "properties": {"n": {}, "cost": {"type": "number", "minimum": 0}}}
                }
            },
            {2: "no target", 3: "already so"},
        ),
        # What is removed and put back as it was.
        ({"paths": {"/a": {"get": {"tags": ["jobs"]}}, "/b": {"get": {}}}}, {4: "in vain", 5: "in vain"}),
        ({"paths": {"/a": BEFORE["paths"]["/a"], "/b": {"get": {"tags": ["jobs"]}}}}, {6: "already so"}),
        ({"components": {"E": {"enum": ["a"]}, "X": {}}}, {2: "no target", 3: "no target", 7: "no target"}),
    ],
)
def test_an_action_whose_reason_has_gone_is_known(change: dict[str, Any], expected: dict[int, Any]) -> None:
    after = {key: {**value, **change.get(key, {})} for key, value in BEFORE.items()}
    states = carry_out(after, *({**WHY, **action} for action in ACTIONS)).states
    assert {number: state for (_, number), state in states.items() if state != "needed"} == expected


TEXT = """\
# What this is about.
overlay: 1.0.0
info: {title: T, version: 1.0.0}
actions:
  # ---- the first part
  - target: $.a
    description: Why.   # a comment
    x-evidence: "Where."
    update: &whole
      type: integer
  # ---- the second part
  - target: $.b
    description: Why.
    x-evidence: Where.
    update: *whole
  - target: $.c
    update:
      description: >-
        Words about c,
        in two lines.
      properties:
        x: {description: About x.}
        y.z:
          description: About y.

        # about w
        w:
          description: About w.
  - target: $.d
    update: {description: About d.}
"""


def edited(*names: tuple[int, tuple[str, ...]]) -> tuple[str, Any]:
    from scripts.overlay_text import Removal

    overlay = read_overlay(Path("overlay.yaml"), TEXT)
    text = without(overlay, [Removal(number, words) for number, words in names])
    return text, parse_document(text, "x")["actions"]


def test_an_action_goes_with_its_lines_and_nothing_else_moves() -> None:
    text, actions = edited((4, ()))
    assert text == TEXT[: TEXT.index("  - target: $.d")]
    assert [action["target"] for action in actions] == ["$.a", "$.b", "$.c"]
    text, _ = edited((2, ()))
    assert text == TEXT.replace(TEXT[TEXT.index("  - target: $.b") : TEXT.index("  - target: $.c")], "")


def test_words_go_without_what_stands_beside_them() -> None:
    text, actions = edited((3, ("properties.y.z", "properties.x")))
    assert actions[2]["update"] == {
        "description": "Words about c, in two lines.",
        "properties": {"w": {"description": "About w."}},
    }
    assert "        # about w\n        w:\n" in text
    assert "# ---- the second part" in text


def test_an_alias_outlives_the_action_with_its_anchor() -> None:
    text, actions = edited((1, ()))
    assert [action["target"] for action in actions] == ["$.b", "$.c", "$.d"]
    assert actions[0]["update"] == {"type": "integer"}
    assert text.startswith("# What this is about.\n")


def test_an_action_of_which_no_word_is_left_goes() -> None:
    _, actions = edited((4, ("description",)), (3, ("properties.x", "properties.y.z", "properties.w", "description")))
    assert [action["target"] for action in actions] == ["$.a", "$.b"]


def test_what_puts_an_end_to_a_trouble_is_carried_out() -> None:
    overlay = read_overlay(Path("overlay.yaml"), TEXT)
    document = {"a": {}, "b": {}, "c": {"properties": {"x": {}}}}
    troubles = apply_overlays(document, [overlay]).troubles
    text = without(overlay, [removal_of(trouble) for trouble in troubles])
    assert apply_overlays(document, [read_overlay(Path("overlay.yaml"), text)]).troubles == []
