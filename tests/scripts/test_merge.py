"""Taking over the interface and not the prose: our names, words and files stay where the vendor changed nothing."""

import copy
from pathlib import Path
from typing import Any

import pytest

from scripts.diff import compare, operations_of
from scripts.documents import Extent, Incoming, read_document
from scripts.lowering import lower
from scripts.merge import merge
from scripts.normalise import normalise
from scripts.services import SERVICES, find_service
from scripts.spec_files import Document, dump_source, load_document, parse_document

from .big_api import BIG
from .planting import PLANTED, Planted, drop, everywhere, put

PAGES = Path(__file__).parent / "pages"
VENDOR_WORDS = "The vendor's own words."
STATS = {"$ref": "#/components/schemas/Stats"}


def incoming(document: Document, extent: Extent = "whole", *keys: tuple[str, str]) -> Incoming:
    return Incoming(document, extent, keys or tuple(operations_of(document)))


def as_vendor(document: Document) -> Document:
    """The same interface in a vendor's words, with things in it that we have no use for."""

    def edit(node: dict[str, Any], keys: tuple[str, ...]) -> None:
        if keys[-1:] != ("properties",):
            node |= {"description": VENDOR_WORDS, "x-codeSamples": []}

    return everywhere(document, edit)


def ours() -> Document:
    """The big API as a file of ours would have it: an inline object has become a component."""
    document = copy.deepcopy(BIG)
    schemas = document["components"]["schemas"]
    schemas["Stats"] = {**schemas["Job"]["properties"]["stats"], "description": "Our words.", "x-note": "ours"}
    schemas["Job"]["properties"]["stats"] = STATS
    return document


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_a_planted_change_is_taken_over_and_our_names_and_words_stay(planted: Planted) -> None:
    before = ours()
    theirs = as_vendor(planted.document())
    for document in (theirs, normalise(theirs, "theirs"), lower(normalise(theirs, "theirs"))):
        merged = merge(before, incoming(document)).document
        assert compare(merged, document) == []
        assert {(each.level, each.kind) for each in compare(before, merged)} == {each[:2] for each in planted.expected}
        assert VENDOR_WORDS not in str(merged)
        assert "x-codeSamples" not in str(merged)
        assert merged["openapi"] == before["openapi"]
        schemas = merged["components"]["schemas"]
        assert schemas["Job"]["properties"]["stats"] == STATS
        assert schemas["Stats"]["x-note"] == "ours"
        assert {schemas[name]["description"] for name in ("Job", "Stats")} == {"Our words."}


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_taking_over_into_a_file_in_30_keeps_it_in_30(planted: Planted) -> None:
    before = lower(normalise(ours(), "ours"))
    merged = merge(before, incoming(as_vendor(planted.document()))).document
    assert merged["openapi"] == "3.0.3"
    assert not [node for node in walk(merged) if isinstance(node.get("type"), list) or "const" in node]
    assert compare(merged, planted.document()) == []


def walk(node: Any) -> list[dict[str, Any]]:
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return ([node] if isinstance(node, dict) else []) + [inner for child in children for inner in walk(child)]


def test_what_has_not_changed_is_not_touched() -> None:
    before, document = ours(), copy.deepcopy(BIG)
    put("paths /jobs get parameters 1 schema maximum", 20)(document)
    merged = merge(before, incoming(as_vendor(document))).document
    merged["paths"]["/jobs"]["get"]["parameters"][1]["schema"]["maximum"] = 25
    assert merged == before


def test_only_the_operation_that_counts_is_merged() -> None:
    document = copy.deepcopy(BIG)
    drop("paths /jobs/{id} get responses 200 content")(document)
    drop("paths /jobs get parameters 1")(document)
    drop("paths /health")(document)
    merged = merge(ours(), incoming(document, "operation", ("get", "/jobs/{}"))).document
    assert {(each.operation, each.kind) for each in compare(ours(), merged)} == {("GET /jobs/{id}", "content-removed")}


def test_a_component_that_only_we_have_is_not_changed_for_operations_that_do_not_count() -> None:
    """The vendor writes the same object out in two operations; one page tells of one of them."""
    before = copy.deepcopy(BIG)
    before["components"]["schemas"]["Detail"] = {"type": "object", "properties": {"detail": {"type": "string"}}}
    shared = {"$ref": "#/components/schemas/Detail"}
    for path, method in (("/jobs", "post"), ("/jobs/{id}", "get")):
        content = {"application/json": {"schema": copy.deepcopy(shared)}}
        before["paths"][path][method]["responses"]["400"] = {"description": "Our words.", "content": content}
    document = copy.deepcopy(before)
    own = {"type": "object", "properties": {"detail": {"type": "string"}, "code": {"type": "integer"}}}
    document["paths"]["/jobs/{id}"]["get"]["responses"]["400"]["content"]["application/json"]["schema"] = own
    for extent, keys in (("operation", [("get", "/jobs/{}")]), ("whole", [])):
        merged = merge(before, incoming(document, extent, *keys)).document  # type: ignore[arg-type]
        changes = compare(before, merged)
        assert [(each.operation, each.path) for each in changes] == [("GET /jobs/{id}", "$.code")]
        assert merged["components"]["schemas"]["Detail"] == before["components"]["schemas"]["Detail"]


def test_a_vendor_name_that_we_had_to_change_is_still_known() -> None:
    before = copy.deepcopy(BIG)
    schemas = before["components"]["schemas"]
    schemas["JobStatus"] = {**schemas.pop("Status"), "x-vendor-name": "job-status"}
    before = parse_document(dump_source(before, "").replace("schemas/Status", "schemas/JobStatus"), "x")
    theirs = parse_document(
        dump_source(BIG, "").replace("Status:", "job-status:").replace("s/Status", "s/job-status"), "x"
    )
    theirs["components"]["schemas"]["job-status"]["enum"].append("paused")
    merged = merge(before, incoming(theirs)).document
    assert merged["components"]["schemas"]["JobStatus"]["enum"] == ["ready", "done", "paused"]
    assert "job-status" not in merged["components"]["schemas"]


def test_what_is_new_and_has_no_words_is_listed() -> None:
    document = copy.deepcopy(BIG)
    put("components schemas Job properties extra", {"type": "object", "properties": {"deep": {"type": "string"}}})(
        document
    )
    put("paths /cost", {"get": {**BIG["paths"]["/health"]["get"], "operationId": "getCost"}})(document)
    merged = merge(ours(), incoming(as_vendor(document)))
    assert {"schema Job extra", "schema Job extra deep", "GET /cost"} <= set(merged.undescribed)
    assert "schema Job" not in merged.undescribed
    assert merged.document["paths"]["/cost"]["get"]["responses"]["200"]["description"] == "Not described yet."


def test_new_sample_values_come_with_a_changed_schema_and_old_ones_stay_otherwise() -> None:
    def sample(document: Document) -> Any:
        return document["paths"]["/jobs"]["post"]["requestBody"]["content"]["application/json"].get("example")

    document = copy.deepcopy(BIG)
    put("paths /jobs post requestBody content application/json example", {"device": "other"})(document)
    put("info version", "2")(document)
    assert sample(merge(ours(), incoming(document)).document) == {"device": "simulator"}
    put("components schemas NewJob properties project", {"type": "string"})(document)
    assert sample(merge(ours(), incoming(document)).document) == {"device": "other"}


def test_a_component_that_nothing_uses_any_more_goes() -> None:
    document = copy.deepcopy(BIG)
    drop("components schemas Job properties failure")(document)
    merged = merge(ours(), incoming(document)).document
    assert "Failure" not in merged["components"]["schemas"]


@pytest.mark.parametrize(
    ("page", "service"),
    [
        ("qbraid-get-job", "qbraid-v2"),
        ("qbraid-get-job-result", "qbraid-v2"),
        ("qbraid-get-job-program", "qbraid-v2"),
        ("ionq-get-job", "ionq-v0.4"),
    ],
)
def test_a_documentation_page_is_merged_once_and_says_nothing_new_after_that(page: str, service: str) -> None:
    before = load_document(find_service(service).folder / "openapi.yaml")
    given = read_document((PAGES / f"{page}.md").read_text(encoding="utf-8"), page)
    assert (given.extent, len(given.operations)) == ("operation", 1)
    merged = merge(before, given).document
    assert VENDOR_WORDS not in str(merged)
    assert compare(merged, merge(merged, given).document) == []
    assert {each.key for each in operations_of(merged).values()} == operations_of(before).keys()


@pytest.mark.parametrize("name", SERVICES)
def test_a_whole_document_that_says_what_we_have_changes_nothing_in_any_form(name: str) -> None:
    before = load_document(find_service(name).folder / "openapi.yaml")
    for document in (before, normalise(before, name), lower(normalise(before, name))):
        assert merge(before, incoming(as_vendor(document))).document == before


@pytest.mark.parametrize("name", SERVICES)
def test_a_source_file_is_written_as_people_write_it(name: str) -> None:
    path = find_service(name).folder / "openapi.yaml"
    text = path.read_text(encoding="utf-8")
    written = dump_source(load_document(path), text)
    assert parse_document(written, "x") == load_document(path)
    assert dump_source(parse_document(written, "x"), written) == written
    assert written.split("openapi:")[0] == text.split("openapi:")[0]
