"""One way to say null, and the rest of what 3.0 and 3.1 say differently."""

import json
from typing import Any

import pytest

from scripts.effective import effective_path
from scripts.normalise import normalise, null_where_used
from scripts.ordering import ordered
from scripts.problem import Problem
from scripts.services import SERVICES, find_service
from scripts.spec_files import Document, load_document

REF = {"$ref": "#/components/schemas/Other"}
NULL = {"type": "null"}


def document(schema: Any, version: str = "3.0.3") -> Document:
    return {"openapi": version, "info": {}, "paths": {}, "components": {"schemas": {"Thing": schema, "Other": {}}}}


def normal(schema: Any, version: str = "3.0.3") -> Any:
    return normalise(document(schema, version), "x")["components"]["schemas"]["Thing"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"allOf": [REF], "nullable": True}, {"anyOf": [REF, NULL]}),
        ({"allOf": [REF], "nullable": True, "description": "D"}, {"description": "D", "anyOf": [REF, NULL]}),
        ({"allOf": [REF, {"maxLength": 3}], "nullable": True}, {"anyOf": [{"allOf": [REF, {"maxLength": 3}]}, NULL]}),
        ({"allOf": [REF, {"description": "D"}, {}]}, {"description": "D", "allOf": [REF]}),
        ({"oneOf": [REF], "nullable": True}, {"oneOf": [REF, NULL]}),
        ({**REF, "nullable": True}, {"anyOf": [REF, NULL]}),
        ({**REF, "description": "D", "minLength": 3}, {**REF, "description": "D"}),
        ({"nullable": True}, {}),
        ({"type": "string", "enum": ["a"], "nullable": True}, {"anyOf": [{"type": "string", "enum": ["a"]}, NULL]}),
        (
            {"type": "string", "enum": ["a", None], "nullable": True},
            {"anyOf": [{"type": "string", "enum": ["a"]}, NULL]},
        ),
        ({"type": "integer", "minimum": 0, "exclusiveMinimum": True}, {"type": "integer", "exclusiveMinimum": 0}),
        ({"type": "integer", "minimum": 0, "exclusiveMinimum": False}, {"type": "integer", "minimum": 0}),
        (
            {
                "type": "object",
                "properties": {"nullable": {"type": "array", "items": {"type": "string", "nullable": True}}},
            },
            {"type": "object", "properties": {"nullable": {"type": "array", "items": {"type": ["string", "null"]}}}},
        ),
        (
            {"type": "object", "additionalProperties": {"allOf": [REF], "nullable": True}},
            {"type": "object", "additionalProperties": {"anyOf": [REF, NULL]}},
        ),
    ],
)
def test_the_30_form_becomes_the_31_form(before: Any, after: Any) -> None:
    assert normal(before) == after
    assert normal(after, "3.1.0") == after


def test_an_enum_whose_type_allows_null_gets_one_class_beside_null() -> None:
    assert normal({"type": ["string", "null"], "enum": ["a", None]}, "3.1.0") == {
        "anyOf": [{"type": "string", "enum": ["a"]}, NULL]
    }


JOB = {"type": ["object", "null"], "properties": {"id": {"type": "string"}}}
JOB_REF = {"$ref": "#/components/schemas/Job"}


@pytest.mark.parametrize(
    ("used", "after"),
    [
        (JOB_REF, {"anyOf": [JOB_REF, NULL]}),
        ({**JOB_REF, "description": "D"}, {"description": "D", "anyOf": [JOB_REF, NULL]}),
        ({"anyOf": [JOB_REF, NULL]}, {"anyOf": [JOB_REF, NULL]}),
        ({"oneOf": [JOB_REF, {"type": "string"}]}, {"oneOf": [JOB_REF, {"type": "string"}, NULL]}),
        ({"allOf": [JOB_REF, {"required": ["id"]}]}, {"allOf": [JOB_REF, {"required": ["id"]}]}),
        ({"type": "array", "items": JOB_REF}, {"type": "array", "items": {"anyOf": [JOB_REF, NULL]}}),
    ],
)
def test_null_is_said_where_a_component_is_used_so_that_its_class_has_its_name(used: Any, after: Any) -> None:
    given = document(used, "3.1.0")
    given["components"]["schemas"] |= {"Job": JOB, "Many": {"type": ["object", "string", "null"]}}
    schemas = null_where_used(given)["components"]["schemas"]
    assert schemas["Thing"] == after
    assert schemas["Job"] == {**JOB, "type": "object"}
    assert schemas["Many"] == {"type": ["object", "string"]}
    assert null_where_used(null_where_used(given)) == null_where_used(given)


def test_examples_are_data_and_stay_as_they_are() -> None:
    schema = {"type": "object", "example": {"schema": {"type": "string", "nullable": True}}}
    assert normal(schema) == schema


def test_security_of_the_whole_document_is_written_out_per_operation() -> None:
    given = {**document({}), "security": [{"key": []}]}
    given["paths"] = {"/a": {"get": {"responses": {}}, "post": {"responses": {}, "security": []}}}
    result = normalise(given, "x")
    assert result["paths"]["/a"]["get"]["security"] == [{"key": []}]
    assert result["paths"]["/a"]["post"]["security"] == []


@pytest.mark.parametrize("name", SERVICES)
def test_what_is_normal_and_in_order_stays_as_it_is(name: str) -> None:
    for path in sorted(find_service(name).folder.glob("*.yaml")):
        document = load_document(path)
        if "openapi" in document:
            once = normalise(document, name)
            assert normalise(once, name) == once
            in_order = ordered(document)
            assert in_order == document
            assert json.dumps(ordered(in_order)) == json.dumps(in_order)
    effective = load_document(effective_path(find_service(name)))
    assert json.dumps(ordered(normalise(effective, name))) == json.dumps(effective)


@pytest.mark.parametrize(
    "given",
    [
        {"openapi": None},
        {"openapi": "4.0.0", "info": {}, "paths": {}},
        {"openapi": "3.1.0", "info": {}},
        {"openapi": 3.1},
    ],
)
def test_what_is_not_openapi_is_refused(given: Document) -> None:
    with pytest.raises(Problem, match=r"spec\.yaml: not an OpenAPI"):
        normalise(given, "spec.yaml")
