"""Our corrections, and their strictness."""

from typing import Any

import pytest

from scripts.overlay import apply_overlay
from scripts.problem import Problem
from scripts.spec_files import Document

DOCUMENT: Document = {
    "a": {"b": {"c": 1, "list": [1]}, "d": 2},
    "items": [{"name": "x", "n": 1}, {"name": "y", "n": 2}, {"name": "z", "n": 3}],
}


def apply(**action: Any) -> Document:
    action = {"description": "Why.", "x-evidence": "Where.", **action}
    return apply_overlay(DOCUMENT, {"overlay": "1.0.0", "actions": [action]}, "overlay.yaml")


def test_an_update_merges_objects_and_joins_lists() -> None:
    assert apply(target="$.a", update={"b": {"list": [2], "new": None}})["a"] == {
        "b": {"c": 1, "list": [1, 2], "new": None},
        "d": 2,
    }


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
        ({"target": "$.nowhere", "remove": True}, "overlay.yaml: action 1 ($.nowhere): matches nothing"),
        ({"target": "$.items[?@.n == 9]", "update": {}}, "action 1 ($.items[?@.n == 9]): matches nothing"),
        ({"target": "$.a", "remove": True, "description": " "}, "has no `description`"),
        ({"target": "$.a", "remove": True, "x-evidence": None}, "has no `x-evidence`"),
        ({"target": "$.a"}, "needs either `update` or `remove: true`"),
        ({"target": "$.a", "update": {}, "remove": True}, "needs either `update` or `remove: true`"),
        ({"target": "$[", "remove": True}, "is not a JSONPath"),
        ({"target": "$.a.d", "update": {"x": 1}}, "needs a mapping or a list to act on"),
        ({"target": "$", "remove": True}, "the whole document cannot be removed"),
        ({"target": "$.a", "updates": {}}, "has keys that mean nothing here: updates"),
        ({"update": {}}, "overlay.yaml: action 1: has no `target`"),
    ],
)
def test_an_action_that_does_nothing_or_says_no_reason_is_an_error(action: dict[str, Any], message: str) -> None:
    with pytest.raises(Problem) as problem:
        apply(**action)
    assert message in str(problem.value)


def test_words_about_a_field_that_is_not_there_are_an_error_and_no_new_field() -> None:
    document = {"schemas": {"Job": {"properties": {"id": {"type": "string"}}}}}
    for target, update in (
        ("$.schemas.Job.properties", {"idd": {"description": "Id of the job."}}),
        ("$.schemas", {"Job": {"properties": {"idd": {"description": "Id of the job."}}}}),
    ):
        words = {"target": target, "update": update, "description": "d", "x-evidence": "e"}
        with pytest.raises(Problem, match="describes a field 'idd', which is not there"):
            apply_overlay(document, {"overlay": "1.0.0", "actions": [words]}, "overlay.yaml")
    words["update"] = {"Job": {"properties": {"id": {"description": "Id."}, "new": {"type": "string"}}}}
    corrected = apply_overlay(document, {"overlay": "1.0.0", "actions": [words]}, "overlay.yaml")
    assert corrected["schemas"]["Job"]["properties"] == {
        "id": {"type": "string", "description": "Id."},
        "new": {"type": "string"},
    }
