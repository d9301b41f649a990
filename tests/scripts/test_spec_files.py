"""Reading and writing specs."""

import pytest

from scripts.problem import Problem
from scripts.spec_files import dump_document, parse_document


def test_scalars_mean_what_json_would_mean() -> None:
    text = "{a: 1e3, b: yes, c: 2026-04-01T00:00:00Z, d: 012, e: ~, f: [true, 'true', 1.50]}"
    assert parse_document(text, "x") == {
        "a": 1000.0,
        "b": "yes",
        "c": "2026-04-01T00:00:00Z",
        "d": 12,
        "e": None,
        "f": [True, "true", 1.5],
    }


def test_keys_are_text_even_where_they_look_like_numbers() -> None:
    assert parse_document("responses: {200: {}, on: {}}", "x") == {"responses": {"200": {}, "on": {}}}


def test_what_is_merged_stands_where_nothing_else_does() -> None:
    text = "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc: {y: 0, <<: *b}\nd: {<<: [*a, *b], w: 5}\n'<<': 6\n"
    document = parse_document(text, "x")
    assert (document["c"], document["d"]) == ({"y": 0, "z": 4}, {"x": 1, "y": 2, "z": 4, "w": 5})
    assert document["<<"] == 6


@pytest.mark.parametrize(
    "value", ["1e3", "yes", "2026-04-01", "0o7", "", "~", "null", "1_000", "<<", "a: b", "# c", "\n", "é"]
)
def test_text_stays_text_through_writing_and_reading(value: str) -> None:
    document = {"a": value, value: 1}
    assert parse_document(dump_document(document), "x") == document


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2\n", "spec.yaml:2: the key 'a'"),
        ('{"a": {"b": 1, "c": 2, "b": 3}}', "spec.yaml: not readable as YAML or JSON: the key 'b' stands twice"),
        ("a:\n  <<: 1\n", "spec.yaml:2: `<<` merges what is no mapping"),
        ("a: [1,\nb: }\n", "spec.yaml:2: "),
        ("- 1\n", "spec.yaml: expected a mapping at the top, found list"),
        ("a: !!python/object:os.system x\n", "spec.yaml:1: could not determine a constructor"),
        ("<html><body>Not found</body></html>", "spec.yaml: expected a mapping"),
        ("", "spec.yaml: expected a mapping"),
        ("a: \x00", "spec.yaml: not readable as YAML"),
    ],
)
def test_a_broken_file_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(Problem) as problem:
        parse_document(text, "spec.yaml")
    assert str(problem.value).startswith(message)
