"""What bindings do beyond types: how parameters are written, how pages follow, which alternative a body is."""

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.diff import compare
from scripts.problem import Problem
from scripts.python_surface import PythonNames
from scripts.services import Service
from scripts.spec_files import Document, load_document
from scripts.template_values import template_values

from .conftest import SMALL, make_project

CURSOR = {"items": "jobs.all", "cursor": "next", "parameter": "after"}


def run(folder: Path, code: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-B", "-c", f"import json\n{code}"],
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def listing_of(small: Document) -> Document:
    """A listing with a cursor, and lists and objects in its query."""
    strings = {"type": "array", "items": {"type": "string"}}
    ranges: dict[str, Any] = {
        "type": "object",
        "properties": {"from": {"type": "integer"}, "inner": {"type": "object"}, "tags": strings},
    }
    small["paths"]["/jobs"] = {
        "get": {
            "operationId": "getJobs",
            "tags": ["jobs"],
            "summary": "List jobs",
            "security": [],
            "parameters": [
                {"name": "after", "in": "query", "schema": {"type": "string"}},
                {"name": "plain", "in": "query", "schema": strings},
                {"name": "comma", "in": "query", "explode": False, "schema": strings},
                {"name": "space", "in": "query", "style": "spaceDelimited", "explode": False, "schema": strings},
                {"name": "pipe", "in": "query", "style": "pipeDelimited", "explode": False, "schema": strings},
                {"name": "deep", "in": "query", "style": "deepObject", "explode": True, "schema": ranges},
                {"name": "spread", "in": "query", "schema": ranges},
                {"name": "document", "in": "query", "content": {"application/json": {"schema": ranges}}},
                {"name": "flag", "in": "query", "explode": False, "schema": {"type": "array", "items": {}}},
                {"name": "X-Flag", "in": "header", "schema": {"type": "boolean"}},
                {"name": "sync", "in": "query", "schema": {"type": "boolean"}},
                {"name": "sync_pages", "in": "query", "schema": {"type": "boolean"}},
                {"name": "fetch", "in": "query", "schema": {"type": "boolean"}},
            ],
            "responses": {
                "200": {
                    "description": "Jobs.",
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "properties": {
                                    "jobs": {"type": "object", "properties": {"all": {"type": "array", "items": {}}}},
                                    "next": {"type": "string"},
                                },
                            }
                        }
                    },
                }
            },
            "x-pagination": dict(CURSOR),
        }
    }
    ids = {"name": "ids", "in": "path", "required": True, "schema": strings}
    small["paths"]["/jobs/of/{ids}"] = {
        "get": {
            "operationId": "getSeveral",
            "tags": ["jobs"],
            "summary": "Read several jobs",
            "security": [],
            "parameters": [ids],
            "responses": {"200": {"description": "Jobs."}},
        }
    }
    return small


@pytest.fixture
def listing(small: Document) -> Document:
    """The small API with a listing."""
    return listing_of(small)


def pets() -> dict[str, Any]:
    """Two kinds of things, told apart by a field, each of which looks like the other."""
    schemas: dict[str, Any] = {}
    for name in ("Cat", "Dog"):
        properties = {"kind": {"type": "string"}, f"as{name}": {"type": "string"}}
        schemas[name] = {"type": "object", "properties": properties, "required": [f"as{name}"]}
    references = [{"$ref": f"#/components/schemas/{name}"} for name in ("Cat", "Dog")]
    mapping = {"tom": "#/components/schemas/Cat", "rex": "#/components/schemas/Dog"}
    # The generator calls the class as the title.
    schemas["Dog"]["title"] = "Good Dog"
    schemas["Dog"]["properties"]["state"] = {"$ref": "#/components/schemas/Status", "description": "How it is."}
    schemas["Pet"] = {"oneOf": references, "discriminator": {"propertyName": "kind", "mapping": mapping}}
    return schemas


@pytest.fixture(scope="module")
def bindings(tmp_path_factory: pytest.TempPathFactory, generator: None) -> Path:
    """The bindings of a description with all of this."""
    spec = listing_of(copy.deepcopy(SMALL))
    schemas = spec["components"]["schemas"]
    schemas |= pets()
    schemas["Job"]["properties"] |= {
        "pet": {"$ref": "#/components/schemas/Pet"},
        "pets": {"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "null"}]}},
    }
    return make_project(tmp_path_factory.mktemp("bindings"), spec) / "generated"


def test_query_parameters_are_written_as_the_description_says(bindings: Path) -> None:
    code = """
import httpx
from quantum_apis.qbraid_v2.api.jobs import get_jobs
from quantum_apis.qbraid_v2.client import Client
from quantum_apis.qbraid_v2.models import *
import quantum_apis.qbraid_v2.models as models
deep, spread, document = (getattr(models, f"GetJobs{name}") for name in ("Deep", "Spread", "Document"))
asked = []
def answer(request):
    asked.append([str(request.url).split("?")[1], request.headers["x-flag"]])
    return httpx.Response(200, json={"jobs": {"all": [1]}, "next": "b" if len(asked) == 1 else None})
both = ["a b", "c,d"]
with Client(transport=httpx.MockTransport(answer)) as client:
    pages = list(client.jobs.get_jobs_pages(
        plain=both, comma=both, space=both, pipe=both, flag=[True, None, 2], x_flag=True,
        sync_=True, sync_pages_=True, fetch_=True,
        deep=deep.from_dict({"from": 1, "inner": {"x": {"y": True}}, "tags": both, "left out": None}),
        spread=spread.from_dict({"from": 2}), document=document.from_dict({"from": 3, "inner": {"y": True}}),
    ))
assert [page.jobs.all_ for page in pages] == [[1], [1]]
print(json.dumps(asked))
"""
    (first, second) = run(bindings, code)
    assert sorted(first[0].split("&")) == [
        "comma=a+b%2Cc%2Cd",
        "deep%5Bfrom%5D=1",
        "deep%5Binner%5D%5Bx%5D%5By%5D=true",
        "deep%5Btags%5D=a+b",
        "deep%5Btags%5D=c%2Cd",
        "document=%7B%22from%22%3A+3%2C+%22inner%22%3A+%7B%22y%22%3A+true%7D%7D",
        "fetch=true",
        "flag=true%2C2",
        "from=2",
        "pipe=a+b%7Cc%2Cd",
        "plain=a+b",
        "plain=c%2Cd",
        "space=a+b+c%2Cd",
        "sync=true",
        "sync_pages=true",
    ]
    assert first[1] == "true"
    assert second[0] == f"{first[0]}&after=b"


def test_a_list_in_a_path_is_written_with_commas(bindings: Path) -> None:
    code = """
from quantum_apis.qbraid_v2.api.jobs import get_several
refused = 0
for ids in ([], [""], [".."], [["a"]], [{"a": 1}]):
    try:
        get_several.build_request(ids)
    except ValueError:
        refused += 1
print(json.dumps([refused, get_several.build_request(["a", "b,c/d", 7]).path]))
"""
    assert run(bindings, code) == [5, "/jobs/of/a,b%2Cc%2Fd,7"]


def test_what_no_query_can_hold_is_refused_and_not_sent_as_python_writes_it(bindings: Path) -> None:
    code = """
from quantum_apis.qbraid_v2.api.jobs import get_jobs
import quantum_apis.qbraid_v2.models as models
deep, spread, document = (getattr(models, f"GetJobs{name}") for name in ("Deep", "Spread", "Document"))
refused = []
for arguments in (
    {"spread": spread.from_dict({"inner": {"x": 1}})},
    {"plain": [["a"]]},
    {"comma": [{"a": 1}]},
    {"deep": deep.from_dict({"tags": [{"a": 1}]})},
    {"document": document.from_dict({"from": float("nan")})},
):
    try:
        print(get_jobs.build_request(**arguments))
    except ValueError as error:
        refused.append(str(error))
print(json.dumps(refused))
"""
    refused = run(bindings, code)
    holds = "holds a list or an object where only text, a number or a boolean can be sent"
    assert [text for text in refused if holds not in text] == ["Out of range float values are not JSON compliant"]
    assert len(refused) == 5


def test_the_field_that_names_an_alternative_decides_whatever_the_other_fields_look_like(bindings: Path) -> None:
    code = """
from quantum_apis.qbraid_v2.models import Job
looks_like_a_dog = {"asDog": "x"}
pets = [{"kind": kind, **looks_like_a_dog} for kind in ("tom", "rex", "Cat", "Dog", "new", None, 7, ["tom"])]
job = Job.from_dict({"pet": pets[0], "pets": [*pets, looks_like_a_dog, None, "tom"]})
assert job.to_dict() == {"pet": pets[0], "pets": [*pets, looks_like_a_dog, None, "tom"]}
print(json.dumps([type(pet).__name__ for pet in (job.pet, *job.pets)]))
"""
    kinds_read = run(bindings, code)
    assert kinds_read == ["Cat", "Cat", "GoodDog", "Cat", *["GoodDog"] * 6, "NoneType", "str"]


def test_the_words_of_a_component_with_a_title_stand_in_its_class(bindings: Path) -> None:
    code = "import quantum_apis.qbraid_v2.models as models\nprint(json.dumps(models.GoodDog.__doc__))"
    assert "How it is." in run(bindings, code)


def test_a_change_in_a_component_with_a_title_is_told_with_its_class(bindings: Path) -> None:
    old = load_document(bindings.parent / "specs/qbraid-v2/effective.yaml")
    new = copy.deepcopy(old)
    del new["components"]["schemas"]["Dog"]["properties"]["asDog"]
    names = PythonNames(old, bindings / "quantum_apis/qbraid_v2")
    assert {names.of(change) for change in compare(old, new)} == {"jobs.get_job, GoodDog.as_dog"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"items": "jobs.some"}, r"items 'jobs\.some' is not in the answer"),
        ({"cursor": "following"}, "cursor 'following' is not in the answer"),
        ({"parameter": "cursor"}, "parameter 'cursor' is no query parameter"),
        ({"size": "limit"}, "size 'limit' is no query parameter"),
        ({"pages": "next"}, "needs items, parameter, and one of"),
        ({"cursor": None}, "needs items, parameter, and one of"),
    ],
)
def test_pagination_that_the_description_does_not_bear_out_is_refused(
    listing: Document, service: Service, change: dict[str, Any], message: str
) -> None:
    data = {**CURSOR, **change}
    listing["paths"]["/jobs"]["get"]["x-pagination"] = {key: value for key, value in data.items() if value}
    with pytest.raises(Problem, match=f"getJobs: x-pagination: {message}"):
        template_values(service, listing)


def test_a_key_that_is_required_optional_or_not_taken_is_told_apart(small: Document, service: Service) -> None:
    operation = small["paths"]["/jobs/{id}"]["get"]
    for security, expected in (([{"key": []}], "required"), ([{}, {"key": []}], "optional"), ([], "none")):
        operation["security"] = security
        assert template_values(service, small)["authentication"] == {"getjob": expected}


def test_unions_of_the_same_alternatives_that_are_told_apart_differently_are_not_told_apart(
    small: Document, service: Service
) -> None:
    schemas = small["components"]["schemas"]
    references = [{"$ref": "#/components/schemas/Job"}, {"$ref": "#/components/schemas/Status"}]
    one = {"oneOf": references, "discriminator": {"propertyName": "kind"}}
    schemas["One"] = one
    known = template_values(service, small)["discriminators"]
    assert known == {"job|status": {"field": "kind", "names": {"Job": "job", "Status": "status"}}}
    schemas["Other"] = {**one, "discriminator": {"propertyName": "type"}}
    assert template_values(service, small)["discriminators"] == {}


def test_a_field_without_words_has_those_of_what_it_refers_to(small: Document, service: Service) -> None:
    schemas = small["components"]["schemas"]
    schemas["Status"]["description"] = "Where it stands."
    reference = {"$ref": "#/components/schemas/Status"}
    schemas["Job"]["properties"] |= {
        "last": {"anyOf": [reference, {"type": "null"}]},
        "first": {**reference, "description": "Where it stood."},
    }
    assert template_values(service, small)["fields"]["job"] == {
        "status": "Where it stands.",
        "last": "Where it stands.",
        "first": "Where it stood.",
    }
