"""What changed between two documents: each kind of change is found, at its place, and classed as a client feels it."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from scripts.changes import Change, add_to_changelog, as_changelog, as_report, count
from scripts.diff import compare, overruled
from scripts.effective import effective_path
from scripts.normalise import normalise
from scripts.services import ROOT, SERVICES, find_service
from scripts.spec_files import Document, load_document

from .big_api import BIG, answer
from .lowering import lower
from .planting import PLANTED, Planted, drop, everywhere, put

SPECS = [ROOT / "specs" / name / "effective.yaml" for name in SERVICES]
SPECS += [path for name in SERVICES for path in sorted((ROOT / "specs" / name / "vendor").glob("*.yaml"))]


def found(old: Document, new: Document) -> set[tuple[str, str, str]]:
    return {(change.level, change.kind, f"{change.place} {change.path}".strip()) for change in compare(old, new)}


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_a_planted_change_is_found_and_classed_and_nothing_else_is(planted: Planted) -> None:
    assert found(BIG, planted.document()) == planted.expected


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_a_planted_change_is_the_same_between_the_forms_of_30_and_31(planted: Planted) -> None:
    new = planted.document()
    assert found(lower(normalise(BIG, "big")), new) == planted.expected
    assert found(BIG, lower(normalise(new, "new"))) == planted.expected


def test_planted_changes_cover_the_kinds_that_a_client_can_meet() -> None:
    kinds = {kind for planted in PLANTED for _, kind, _ in planted.expected}
    assert len(kinds) >= 40


@pytest.mark.parametrize("path", SPECS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_30_and_the_31_form_of_an_api_are_no_change(path: Path) -> None:
    document = load_document(path)
    raised = normalise(document, "spec")
    lowered = lower(raised)
    assert (raised["openapi"][:3], lowered["openapi"][:3]) == ("3.1", "3.0")
    for one in (document, raised, lowered):
        for other in (document, raised, lowered):
            assert compare(one, other) == []


@pytest.mark.parametrize("name", SERVICES)
def test_words_and_samples_and_the_order_of_keys_are_no_change(name: str) -> None:
    document = load_document(effective_path(find_service(name)))

    def reworded(node: dict[str, Any], keys: tuple[str, ...]) -> None:
        if keys[-1:] != ("properties",):
            for key in ("description", "summary", "title", "example"):
                node[key] = "other words"
            node["x-other"] = 1

    changed = everywhere(document, reworded)
    changed["info"] |= {"version": document["info"]["version"]}
    assert compare(document, changed) == []


def subtle() -> Document:
    """What is easily passed over: unions with fields of their own, fields in two parts, several ways to sign in."""
    text = {"type": "string"}
    cat, dog = ({"$ref": f"#/components/schemas/{name}"} for name in ("Cat", "Dog"))
    pet = {
        "oneOf": [cat, dog],
        "discriminator": {"propertyName": "kind", "mapping": {"a": cat["$ref"], "b": dog["$ref"]}},
    }
    both = {"type": "object", "properties": {"own": text}, "required": ["own"], "oneOf": [cat, dog]}
    parts = {"allOf": [{"type": "object", "properties": {"x": text}}, {"properties": {"x": {"minLength": 1}}}]}
    fields = {"pet": pet, "both": both, "parts": parts, "plain": text, "flag": {"default": True, "enum": [True, "x"]}}
    flow = {"tokenUrl": "https://subtle.example/token", "scopes": {}}
    schemes = {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "oauth": {"type": "oauth2", "flows": {"clientCredentials": flow}},
    }
    query = [
        {"name": name, "in": "query", "schema": copy.deepcopy(schema)} for name, schema in (("q", text), ("o", cat))
    ]
    document: Document = {
        "openapi": "3.1.0",
        "info": {"title": "Subtle", "version": "1"},
        "servers": [{"url": "https://{at}.example", "variables": {"at": {"default": "subtle"}}}],
        "paths": {
            "/pets": {
                "post": {
                    "parameters": query,
                    "security": [{"oauth": ["read"]}],
                    "requestBody": {
                        "content": {"application/json": {"schema": {"type": "object", "properties": fields}}}
                    },
                    "responses": {"default": {"description": ""}, "404": {"description": ""}},
                },
                "get": {
                    "responses": {"200": answer({"type": "object", "properties": fields}), "default": answer(text)}
                },
            }
        },
        "components": {
            "securitySchemes": schemes,
            "schemas": {
                name: {"type": "object", "properties": {"kind": text, field: text}}
                for name, field in (("Cat", "purrs"), ("Dog", "barks"))
            },
        },
    }
    # Without parts in common, so that a change is made in one place.
    return json.loads(json.dumps(document))


CAT = {"$ref": "#/components/schemas/Cat"}
POST, GET = "paths /pets post", "paths /pets get"
SENT = f"{POST} requestBody content application/json schema"
READ = f"{GET} responses 200 content application/json schema"
SWAPPED = {"b": "#/components/schemas/Cat", "a": "#/components/schemas/Dog"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (put(f"{READ} properties both properties own type", "integer"), {("breaking", "type-changed")}),
        (drop(f"{READ} properties both properties"), {("breaking", "field-removed")}),
        (drop(f"{READ} properties both required"), {("breaking", "field-now-optional")}),
        (put(f"{READ} properties pet discriminator mapping", SWAPPED), {("breaking", "discriminator-changed")}),
        (drop(f"{READ} properties pet discriminator"), {("breaking", "discriminator-changed")}),
        (drop(f"{SENT} properties pet discriminator"), {("neutral", "discriminator-changed")}),
        (
            put(f"{READ} properties parts allOf 0 properties x type", "integer"),
            {("breaking", "type-changed"), ("neutral", "limit-tightened")},
        ),
        (put(f"{SENT} required", ["somewhere"]), {("breaking", "field-now-required")}),
        (put(f"{SENT} properties flag default", 1), {("breaking", "default-changed")}),
        (
            put(f"{SENT} properties flag enum", [1, "x"]),
            {("additive", "value-added"), ("breaking", "value-removed")},
        ),
        (put(f"{SENT} properties plain readOnly", True), {("breaking", "became-read-only")}),
        (put(f"{READ} properties plain readOnly", True), {("neutral", "became-read-only")}),
        (put(f"{READ} properties plain writeOnly", True), {("breaking", "became-write-only")}),
        (put(f"{SENT} properties plain writeOnly", True), {("neutral", "became-write-only")}),
        (put(f"{SENT} dependentRequired", {"pet": ["plain"]}), {("breaking", "limit-tightened")}),
        (put(f"{SENT} unevaluatedProperties", False), {("breaking", "other-fields-refused")}),
        (put(f"{POST} security", [{"oauth": ["read"]}, {"key": []}]), {("additive", "key-way-added")}),
        (put(f"{POST} security", [{"oauth": ["read"], "key": []}]), {("breaking", "key-scheme-changed")}),
        (put(f"{POST} security", [{"oauth": ["read", "write"]}]), {("breaking", "key-scheme-changed")}),
        (
            put("components securitySchemes oauth flows clientCredentials tokenUrl", "https://subtle.example/new"),
            {("breaking", "key-scheme-changed")},
        ),
        (put(f"{POST} parameters 0 explode", False), set()),
        (put(f"{POST} parameters 1 explode", False), {("breaking", "parameter-style-changed")}),
        (
            # The last of two parameters that are called the same holds.
            put(f"{POST} parameters 2", {"name": "o", "in": "query", "content": {"application/json": {"schema": CAT}}}),
            {("breaking", "parameter-style-changed")},
        ),
        (drop(f"{POST} responses default"), {("breaking", "answer-removed")}),
        (drop(f"{GET} responses default"), {("neutral", "error-removed")}),
        (put(f"{GET} servers", [{"url": "https://other.example"}]), {("breaking", "server-changed")}),
        (put(f"{GET} servers", [{"url": "https://subtle.example/"}]), set()),
        (put("paths /pets servers", [{"url": "https://other.example"}]), {("breaking", "server-changed")}),
        (put("servers 0 variables at default", "else"), {("breaking", "server-changed")}),
    ],
)
def test_a_subtle_change_is_found_and_classed(change: Any, expected: set[tuple[str, str]]) -> None:
    new = subtle()
    change(new)
    assert {(each.level, each.kind) for each in compare(subtle(), new)} == expected
    assert compare(new, copy.deepcopy(new)) == []


def test_where_a_schema_stands_is_no_change() -> None:
    moved = copy.deepcopy(BIG)
    schemas = moved["components"]["schemas"]
    schemas["State"] = schemas.pop("Status")
    schemas["Job"]["properties"]["status"] = {"allOf": [{"$ref": "#/components/schemas/State"}], "description": "Now."}
    schemas["Stats"] = schemas["Job"]["properties"].pop("stats")
    schemas["Job"]["properties"]["stats"] = {"$ref": "#/components/schemas/Stats"}
    schemas["Job"]["properties"]["created"] = {"anyOf": [schemas["Job"]["properties"]["created"]]}
    schemas["Alias"] = {"$ref": "#/components/schemas/Job"}
    parameter = moved["paths"]["/jobs"]["get"]["parameters"].pop(0)
    moved["components"]["parameters"] = {"status": parameter}
    moved["paths"]["/jobs"]["get"]["parameters"].insert(0, {"$ref": "#/components/parameters/status"})
    parameter["schema"] = {"$ref": "#/components/schemas/State"}
    body = moved["paths"]["/jobs/{id}"]["get"]["responses"]["200"]["content"]["application/json"]
    body["schema"] = {"$ref": "#/components/schemas/Alias"}
    assert compare(BIG, moved) == compare(moved, BIG) == []


def test_fields_spread_over_an_all_of_are_the_fields_of_one_object() -> None:
    split = copy.deepcopy(BIG)
    job = split["components"]["schemas"]["Job"]
    name = {"type": "object", "properties": {"id": job["properties"].pop("id")}, "required": ["id"]}
    job["required"].remove("id")
    split["components"]["schemas"]["Job"] = {"allOf": [name, job]}
    assert compare(BIG, split) == []


def test_a_schema_that_holds_itself_is_compared_to_its_end() -> None:
    nested = copy.deepcopy(BIG)
    schemas = nested["components"]["schemas"]
    schemas["Job"]["properties"]["children"] = {"type": "array", "items": {"$ref": "#/components/schemas/Job"}}
    deeper = copy.deepcopy(nested)
    deeper["components"]["schemas"]["Job"]["properties"]["stats"]["properties"]["kwh"] = {"type": "number"}
    assert compare(nested, copy.deepcopy(nested)) == []
    assert {change.path for change in compare(nested, deeper)} == {"$.stats.kwh", "$[*].stats.kwh"}


def test_a_name_that_our_overlay_gives_is_not_the_vendors_to_change() -> None:
    renamed = copy.deepcopy(BIG)
    renamed["paths"]["/jobs"]["get"] |= {"operationId": "list_jobs_v2", "tags": ["all"]}
    ours = copy.deepcopy(BIG)
    ours["paths"]["/jobs"]["get"] |= {"operationId": "get_jobs", "tags": ["things"]}
    changes = compare(BIG, renamed)
    assert [change.level for change in changes] == ["breaking", "breaking"]
    assert [change.kind for change in overruled(changes, BIG, ours)] == ["operation-name-overruled"] * 2
    assert overruled(changes, BIG, BIG) == changes


def test_a_report_says_a_change_once_and_names_everywhere_it_is_met() -> None:
    document = copy.deepcopy(BIG)
    document["components"]["schemas"]["Status"]["enum"].append("paused")
    lines = as_report(compare(BIG, document))
    title = (
        'breaking  status: new value "paused" (is kept, and its is_known is False until the bindings are regenerated)'
    )
    assert lines[0] == title
    assert "            GET /jobs/{id}, response 200 $.status" in lines
    assert [line for line in lines if line[0] != " "] == [title, 'additive  new value "paused"']


def test_a_changelog_entry_goes_under_unreleased_and_nothing_else_moves() -> None:
    change = Change("breaking", "field-removed", "GET /jobs", "response 200", "$.cost", "the field is gone")
    entry = as_changelog([change] * 2, "x as of 2026-10-01")
    assert entry == "- x as of 2026-10-01\n  - breaking: cost: the field is gone: `GET /jobs`\n"
    assert count([change]) == {"breaking": 1, "additive": 0, "neutral": 0}
    for before, after in (
        ("# Changes\n", "# Changes\n\n## Unreleased\n\n- e\n"),
        ("# C\n\n## 1.0\n\n- a\n", "# C\n\n## Unreleased\n\n- e\n\n## 1.0\n\n- a\n"),
        ("# C\n\n## Unreleased\n\n## 1.0\n", "# C\n\n## Unreleased\n\n- e\n\n## 1.0\n"),
        ("# C\n\n## Unreleased\n\n- a\n\n## 1.0\n", "# C\n\n## Unreleased\n\n- a\n- e\n\n## 1.0\n"),
        ("# C\n\n## Unreleased\n\n- a", "# C\n\n## Unreleased\n\n- a\n- e\n"),
    ):
        assert add_to_changelog(before, "- e\n") == after
