"""A mistake in a document costs what it is in, and no more."""

import copy
from typing import Any

import pytest

from scripts.diff import compare, operations_of
from scripts.effective import effective_path
from scripts.problem import Problem
from scripts.services import SERVICES
from scripts.spec_files import Document, load_document
from scripts.structure import mend

from .big_api import BIG
from .planting import put


def test_what_is_sound_stays_as_it_is() -> None:
    assert mend(BIG, "x") == (BIG, [])
    for service in SERVICES.values():
        document = load_document(effective_path(service))
        assert mend(document, "x") == (document, [])


@pytest.mark.parametrize(
    ("path", "value", "mistake"),
    [
        ("components schemas Job properties note type", [["string"]], "#/components/schemas/Job/properties/note/type"),
        ("components schemas Job properties note enum", "a", "#/components/schemas/Job/properties/note/enum"),
        ("components schemas Job properties count maximum", "ten", "#/components/schemas/Job/properties/count/maximum"),
        ("components schemas Job required", {"id": True}, "#/components/schemas/Job/required"),
        ("components schemas Job properties note", "text", "#/components/schemas/Job"),
        ("components schemas X", "text", "#/components/schemas/X"),
        ("paths /health get responses", [], "#/paths/~1health/get"),
        ("paths /health", [1], "#/paths/~1health"),
        ("paths /health get parameters", [{"in": "query"}], "#/paths/~1health/get"),
        ("components securitySchemes odd", [1], "#/components/securitySchemes/odd"),
        ("servers", "https://a.example", "#/servers"),
    ],
)
def test_a_mistake_goes_and_is_told(path: str, value: Any, mistake: str) -> None:
    document = copy.deepcopy(BIG)
    put(path, value)(document)
    result, mistakes = mend(document, "x")
    assert any(each.startswith(f"{mistake}: ") and each.endswith("; read without it") for each in mistakes), mistakes
    assert mend(result, "x") == (result, [])
    assert len(operations_of(result)) >= 3


def test_what_the_standard_does_not_know_is_no_mistake(small: Document) -> None:
    document = copy.deepcopy(small)
    document["components"]["x-more"] = {"anything": 1}
    document["paths"]["/jobs/{id}"]["get"] |= {"consumes": ["a"], "x-a": 1}
    result, mistakes = mend(document, "x")
    assert mistakes == []
    assert compare(small, result) == []


def test_what_a_vendor_forgets_without_being_in_doubt_is_filled_in(small: Document) -> None:
    document = copy.deepcopy(small)
    operation = document["paths"]["/jobs/{id}"]["get"]
    del operation["responses"]["200"]["description"], operation["parameters"][0]["required"]
    del operation["parameters"][0]["schema"], document["info"]["version"]
    result, mistakes = mend(document, "x")
    assert mistakes == []
    assert result["paths"]["/jobs/{id}"]["get"]["parameters"][0]["required"] is True


def test_a_document_of_which_nothing_is_left_is_refused() -> None:
    with pytest.raises(Problem, match="not an OpenAPI document"):
        mend({"openapi": "3.1.0", "info": [], "paths": {}}, "x")
