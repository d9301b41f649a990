"""What a vendor leaves out is filled in by rule, and what cannot become bindings is left out, alone."""

from typing import Any

import pytest

from scripts.complete import complete
from scripts.diff import operations_of
from scripts.effective import make_effective
from scripts.normalise import normalise
from scripts.services import find_service
from scripts.spec_files import Document

JOB = "/jobs/{id}"


def completed(document: Document) -> tuple[Document, str]:
    result = normalise(document, "spec.yaml")
    return result, "\n".join(complete(result))


def left_out(document: Document) -> dict[str, str]:
    effective = make_effective(normalise(document, "spec.yaml"), [], find_service("qbraid-v2"))
    titles = {each.title for each in operations_of(effective.document).values()}
    assert titles.isdisjoint(each.operation for each in effective.left_out)
    return {each.operation: each.reason for each in effective.left_out}


def another(document: Document, path: str, **operation: Any) -> Document:
    responses = {"200": {"description": ""}}
    document["paths"][path] = {"get": {"operationId": path, "tags": ["x"], "responses": responses, **operation}}
    return document


def test_a_sound_document_needs_nothing(small: Document) -> None:
    _, decided = completed(small)
    assert decided == ""
    assert left_out(small) == {}


def test_an_operation_that_wants_another_key_than_the_clients_is_left_out(small: Document) -> None:
    schemes = small["components"]["securitySchemes"]
    schemes["other"] = {"type": "http", "scheme": "bearer"}
    for name, security in (
        ("open", []),
        ("first", [{"key": []}]),
        ("second", [{"key": []}]),
        ("either", [{"other": []}, {"key": []}]),
        ("optional", [{"other": []}, {}]),
        ("other", [{"other": []}]),
        ("both", [{"key": [], "other": []}]),
        ("unknown", [{"nobody": []}]),
    ):
        another(small, f"/{name}", security=security)
    assert left_out(small) == {
        "GET /other": "#/paths/~1other/get/security: signs in with other, and a client has one key, for key",
        "GET /both": "#/paths/~1both/get/security: signs in with key with other, and a client has one key, for key",
        "GET /unknown": "#/paths/~1unknown/get/security: signs in with nobody, and a client has one key, for key",
    }


def test_an_operation_that_is_at_another_place_than_the_service_is_left_out(small: Document) -> None:
    small["servers"] = [{"url": "https://{at}.example/v1", "variables": {"at": {"default": "small"}}}]
    elsewhere = [{"url": "https://other.example/v1"}]
    another(small, "/same", servers=[{"url": "https://small.example/v1/"}])
    another(small, "/none", servers=[])
    another(small, "/other", servers=elsewhere)
    another(small, "/relative", servers=[{"url": "/v2"}])
    another(small, "/item")
    small["paths"]["/item"]["servers"] = elsewhere
    assert left_out(small) == {
        f"GET {path}": f"#/paths/~1{path[1:]}/get/servers: is at {url}, and a client has one base URL"
        for path, url in (
            ("/other", "https://other.example/v1"),
            ("/relative", "/v2"),
            ("/item", "https://other.example/v1"),
        )
    }


def test_an_encoding_that_is_not_followed_is_told(small: Document) -> None:
    schema = {"type": "object", "properties": {"meta": {"type": "object"}}}
    content = {"multipart/form-data": {"schema": schema, "encoding": {"meta": {"contentType": "text/csv"}}}}
    another(small, "/upload", requestBody={"content": content})
    _, decided = completed(small)
    assert "meta: sent as what they are, whatever `encoding` of multipart/form-data says" in decided


def test_an_operation_without_a_tag_or_a_name_gets_one(small: Document) -> None:
    operation = small["paths"][JOB]["get"]
    del operation["operationId"], operation["tags"]
    result, decided = completed(small)
    assert (result["paths"][JOB]["get"]["operationId"], result["paths"][JOB]["get"]["tags"]) == (
        "get_jobs_by_id",
        ["jobs"],
    )
    assert "GET /jobs/{id}: has no tag; it is in the group 'jobs'" in decided
    assert "GET /jobs/{id}: has no operationId; it is called get_jobs_by_id" in decided


@pytest.mark.parametrize(
    ("path", "tag"),
    [("/v1/projects/{id}/jobs", "projects"), ("/{id}", "api"), ("/", "api"), ("/v0.4/job-list", "job-list")],
)
def test_a_group_is_named_after_the_path(small: Document, path: str, tag: str) -> None:
    small["paths"] = {}
    result, _ = completed(another(small, path, tags=[]))
    assert result["paths"][path]["get"]["tags"] == [tag]


def test_the_vendors_own_name_for_a_group_is_taken(small: Document) -> None:
    small["tags"] = [{"name": "Job List"}]
    result, _ = completed(another(small, "/job-list", tags=[]))
    assert result["paths"]["/job-list"]["get"]["tags"] == ["Job List"]


@pytest.mark.parametrize("name", ["get_job", "GET-JOB", "class", "123", "", None])
def test_two_operations_never_have_one_name(small: Document, name: str | None) -> None:
    result, decided = completed(another(small, "/other", operationId=name))
    assert result["paths"]["/other"]["get"]["operationId"] == "get_other"
    assert "GET /other: has " in decided
    names = [each.node["operationId"] for each in operations_of(result).values()]
    assert len(set(names)) == len(names)


def test_the_parameters_of_a_path_are_those_in_its_braces(small: Document) -> None:
    small["paths"][JOB]["get"]["parameters"] = [{"name": "other", "in": "path", "required": True, "schema": {}}]
    result, decided = completed(small)
    assert [each["name"] for each in result["paths"][JOB]["get"]["parameters"]] == ["id"]
    assert "the parameter 'id' of the path is not described; it is taken for text" in decided
    assert "the path has no parameter 'other'; read without it" in decided


@pytest.mark.parametrize("name", ["to_dict", "toDict", "from_dict", "additional_properties", "additionalKeys", "***"])
def test_a_property_that_every_model_has_already_is_read_as_one_that_is_not_described(
    small: Document, name: str
) -> None:
    small["components"]["schemas"]["Job"]["properties"][name] = {"type": "string"}
    small["components"]["schemas"]["Job"]["required"].append(name)
    result, decided = completed(small)
    assert name not in result["components"]["schemas"]["Job"]["properties"]
    assert result["components"]["schemas"]["Job"]["required"] == ["id", "status"]
    assert f"#/components/schemas/Job/properties/{name}: " in decided


@pytest.mark.parametrize(
    ("enum", "names"),
    [
        ({"enum": ["a-b", "a_b"]}, ["A_B", "A_B_2"]),
        ({"enum": ["a", "A", "b"]}, ["A", "A_2", "B"]),
        ({"enum": ["a", "b"], "x-enum-varnames": ["X"]}, None),
        ({"enum": ["a", "b"], "x-enum-varnames": ["X", "x"]}, ["X", "X_2"]),
        ({"enum": ["<", ">", "a"]}, None),
    ],
)
def test_enum_values_that_would_share_a_name_get_names_of_their_own(small: Document, enum: Any, names: Any) -> None:
    small["components"]["schemas"]["Status"] = {"type": "string", **enum}
    result, decided = completed(small)
    assert result["components"]["schemas"]["Status"].get("x-enum-varnames") == names
    assert not names or "#/components/schemas/Status: " in decided


def test_a_default_that_the_schema_does_not_allow_goes_and_is_told(small: Document) -> None:
    field = {"type": "integer", "default": "many"}
    small["components"]["schemas"]["Job"]["properties"]["shots"] = field
    result, decided = completed(small)
    assert result["components"]["schemas"]["Job"]["properties"]["shots"] == {"type": "integer"}
    assert "#/components/schemas/Job/properties/shots: the default 'many' does not follow its own schema" in decided


def test_a_body_in_several_forms_is_sent_in_the_plainest(small: Document) -> None:
    content = {
        "application/xml": {"schema": {}},
        "multipart/form-data": {"schema": {}},
        "application/json": {"schema": {}},
    }
    small["paths"][JOB]["get"]["requestBody"] = {"content": content}
    result, decided = completed(small)
    assert list(result["paths"][JOB]["get"]["requestBody"]["content"]) == ["application/json"]
    assert "is sent as application/json, and never as application/xml, multipart/form-data" in decided


def test_a_reference_to_nothing_costs_the_operations_that_need_it(small: Document) -> None:
    another(small, "/other")
    small["components"]["schemas"]["Job"]["properties"]["x"] = {"$ref": "#/components/schemas/Missing"}
    assert left_out(small) == {
        "GET /jobs/{id}": "#/components/schemas/Job/properties/x: refers to #/components/schemas/Missing, "
        "which is not in this document"
    }


@pytest.mark.parametrize(
    ("parameter", "message"),
    [
        ({"name": "q", "in": "header", "content": {"application/json": {"schema": {}}}}, "'q' is a document"),
        ({"name": "c", "in": "cookie", "required": True, "schema": {"type": "string"}}, "needs the cookie 'c'"),
        ({"name": "id", "in": "path", "required": True, "style": "matrix", "schema": {}}, "'id' has the style matrix"),
    ],
)
def test_an_operation_that_cannot_be_sent_is_left_out_and_the_others_stay(
    small: Document, parameter: dict[str, Any], message: str
) -> None:
    another(small, "/other/{id}", parameters=[parameter])
    found = left_out(small)
    assert list(found) == ["GET /other/{id}"]
    assert message in found["GET /other/{id}"]


def test_a_cookie_that_may_be_missing_is_left_out_alone(small: Document) -> None:
    small["paths"][JOB]["get"]["parameters"].append({"name": "c", "in": "cookie", "schema": {"type": "string"}})
    assert left_out(small) == {}
    assert "the cookie parameter 'c' is left out" in completed(small)[1]


def test_fields_that_would_have_one_python_name_are_told_and_one_of_them_has_it(small: Document) -> None:
    small["components"]["schemas"]["Job"]["properties"] |= {"+1": {"type": "integer"}, "-1": {"type": "integer"}}
    result, decided = completed(small)
    assert "/properties/-1: '+1' has the same name in Python; the field is read as one that is not described" in decided
    assert {"+1", "-1"} & result["components"]["schemas"]["Job"]["properties"].keys() == {"+1"}


def test_components_of_one_title_are_called_by_their_own_names(small: Document) -> None:
    schemas = small["components"]["schemas"]
    schemas |= {"Full": {"title": "Machine"}, "Short": {"title": "Machine"}, "Own": {"title": "Alone"}}
    schemas["Job"]["title"] = "Status"
    result, decided = completed(small)
    titles = {name: each.get("title") for name, each in result["components"]["schemas"].items()}
    assert titles == {"Job": None, "Status": None, "Full": None, "Short": None, "Own": "Alone"}
    assert "#/components/schemas/Short: others have the title 'Machine'; it is called Short" in decided
