"""What would become broken or misleading bindings is an error that names the place."""

import re
from typing import Any

import pytest

from scripts.normalise import normalise
from scripts.problem import Problem
from scripts.spec_files import Document
from scripts.validate import validate


def refusal(document: Document) -> str:
    with pytest.raises(Problem) as problem:
        validate(normalise(document, "spec.yaml"), "spec.yaml")
    return str(problem.value)


def test_a_sound_document_passes(small: Document) -> None:
    validate(normalise(small, "spec.yaml"), "spec.yaml")


@pytest.mark.parametrize("name", ["to_dict", "toDict", "from_dict", "additional_properties", "additionalKeys", "***"])
def test_a_property_that_every_model_has_already_is_refused(small: Document, name: str) -> None:
    small["components"]["schemas"]["Job"]["properties"][name] = {"type": "string"}
    assert f"#/components/schemas/Job/properties/{name}" in refusal(small)


@pytest.mark.parametrize(
    ("enum", "message"),
    [
        ({"enum": ["a-b", "a_b"]}, "would both be called A_B"),
        ({"enum": ["a", "A"]}, "would both be called A"),
        ({"enum": ["a", "b"], "x-enum-varnames": ["X"]}, "1 names for 2 values"),
        ({"enum": ["a", "b"], "x-enum-varnames": ["X", "x"]}, "would both be called X"),
    ],
)
def test_enum_values_that_would_share_a_name_are_refused(small: Document, enum: Any, message: str) -> None:
    small["components"]["schemas"]["Status"] = {"type": "string", **enum}
    assert "#/components/schemas/Status: " in refusal(small)
    assert message in refusal(small)


def test_a_default_that_the_schema_does_not_allow_is_refused(small: Document) -> None:
    small["components"]["schemas"]["Job"]["properties"]["shots"] = {"type": "integer", "default": "many"}
    assert "'many'" in refusal(small)


def test_an_operation_without_a_name_or_tag_is_refused(small: Document) -> None:
    del small["paths"]["/jobs/{id}"]["get"]["operationId"]
    assert "#/paths/~1jobs~1{id}/get: needs an operationId and a tag" in refusal(small)


def test_two_operations_of_one_name_are_refused(small: Document) -> None:
    small["paths"]["/other"] = {
        "get": {"operationId": "get_job", "tags": ["jobs"], "responses": {"200": {"description": ""}}}
    }
    assert "reads like that of" in refusal(small)


def test_a_path_parameter_that_is_not_declared_is_refused(small: Document) -> None:
    small["paths"]["/jobs/{id}"]["get"]["parameters"] = []
    assert "Path parameter 'id' for 'get' operation in '/jobs/{id}'" in refusal(small)


def test_a_body_that_cannot_be_sent_is_refused(small: Document) -> None:
    small["paths"]["/jobs/{id}"]["get"]["requestBody"] = {"content": {"text/csv": {"schema": {"type": "string"}}}}
    assert "only application/json can be sent, found text/csv" in refusal(small)


def test_a_reference_to_nothing_is_refused(small: Document) -> None:
    small["components"]["schemas"]["Job"]["properties"]["x"] = {"$ref": "#/components/schemas/Missing"}
    assert "Missing" in refusal(small)


@pytest.mark.parametrize(
    ("parameter", "message"),
    [
        (
            {"name": "q", "in": "query", "content": {"application/json": {"schema": {}}}},
            "the parameter 'q' has no schema",
        ),
        ({"name": "X-Q", "in": "header", "content": {"text/plain": {}}}, "the parameter 'X-Q' has no schema"),
        ({"name": "c", "in": "cookie", "schema": {"type": "string"}}, r"a cookie parameter \(c\) cannot be sent"),
    ],
)
def test_a_parameter_that_cannot_be_sent_is_refused_and_not_left_out(
    small: Document, parameter: dict[str, Any], message: str
) -> None:
    small["paths"]["/jobs/{id}"]["get"]["parameters"].append(parameter)
    assert re.search(rf"#/paths/~1jobs~1\{{id\}}/get: {message}", refusal(small))


@pytest.mark.parametrize("style", ["label", "matrix"])
def test_a_path_parameter_of_another_style_is_refused(small: Document, style: str) -> None:
    small["paths"]["/jobs/{id}"]["get"]["parameters"][0]["style"] = style
    assert f"the parameter 'id' has the style {style}, which cannot be sent" in refusal(small)
