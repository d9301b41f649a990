"""A description in several files is one description."""

from pathlib import Path
from typing import Any

import pytest

from scripts.bundling import bundle
from scripts.diff import compare
from scripts.problem import Problem
from scripts.references import dangling
from scripts.spec_files import Document, dump_document

JOB = "/jobs/{id}"


def scattered(small: Document, folder: Path) -> Document:
    """The small API over three files."""
    (folder / "schemas").mkdir()
    schemas = small["components"].pop("schemas")
    schemas["Job"]["properties"]["status"] = {"$ref": "#/Status"}
    schemas["Job"]["properties"]["parent"] = {"$ref": "#/Job"}
    (folder / "schemas" / "all.yaml").write_text(dump_document(schemas))
    answer = small["paths"][JOB]["get"]["responses"]["200"]["content"]["application/json"]
    answer["schema"] = {"$ref": "schemas/all.yaml#/Job"}
    (folder / "paths.yaml").write_text(dump_document({"job": small["paths"][JOB]}))
    return {**small, "paths": {JOB: {"$ref": "./paths.yaml#/job"}}}


def test_files_beside_a_document_are_brought_in(small: Document, tmp_path: Path) -> None:
    whole: Document = {**small, "components": {**small["components"], "schemas": {**small["components"]["schemas"]}}}
    job = whole["components"]["schemas"]["Job"]
    job = {**job, "properties": {**job["properties"], "parent": {"$ref": "#/components/schemas/Job"}}}
    whole["components"]["schemas"]["Job"] = job
    import copy

    bundled = bundle(scattered(copy.deepcopy(small), tmp_path), tmp_path)
    assert list(dangling(bundled)) == []
    assert compare(whole, bundled) == compare(bundled, whole) == []


def test_a_path_that_is_a_reference_keeps_its_operations(small: Document) -> None:
    item = small["paths"][JOB]
    document = {**small, "paths": {JOB: {"$ref": "#/components/pathItems/Job"}}}
    document["components"] = {**small["components"], "pathItems": {"Job": item}}
    assert compare(small, bundle(document, None)) == []


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("../outside.yaml#/X", "leads out of the document's folder"),
        ("missing.yaml#/X", "missing.yaml#/X: no such file"),
        ("there.yaml#/Y", "holds nothing there"),
    ],
)
def test_a_reference_to_a_file_that_cannot_be_followed_is_an_error(
    small: Document, tmp_path: Path, reference: str, message: str
) -> None:
    (tmp_path / "folder").mkdir()
    for path in ("outside.yaml", "folder/there.yaml"):
        (tmp_path / path).write_text("X: {type: string}\n")
    small["components"]["schemas"]["Job"]["properties"]["x"] = {"$ref": reference}
    with pytest.raises(Problem, match=message):
        bundle(small, tmp_path / "folder")


@pytest.mark.parametrize("reference", ["https://a.example/x.yaml#/X", "other.yaml#/X"])
def test_nothing_is_fetched_from_the_network_and_nothing_without_a_folder(small: Document, reference: str) -> None:
    small["components"]["schemas"]["Job"]["properties"]["x"] = {"$ref": reference}
    assert [each for _, each in dangling(bundle(small, None))] == [reference]


def test_a_pointer_into_a_list_is_followed(small: Document) -> None:
    from scripts.references import resolve

    small["paths"]["/other/{id}"] = {
        "get": {
            **small["paths"][JOB]["get"],
            "parameters": [{"$ref": "#/paths/~1jobs~1%7Bid%7D/get/parameters/0"}],
        }
    }
    found: Any = resolve(small, small["paths"]["/other/{id}"]["get"]["parameters"][0])
    assert found["name"] == "id"
    assert list(dangling(small)) == []
