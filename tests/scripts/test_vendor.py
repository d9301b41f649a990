"""What a vendor says is kept as it is, without its prose, and made into one description by one rule."""

import copy
import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from scripts.diff import compare, operations_of
from scripts.documents import read_document
from scripts.problem import Problem
from scripts.services import SERVICES
from scripts.spec_files import Document, dump_document, parse_document
from scripts.vendor import (
    Author,
    Extent,
    Provenance,
    VendorDocument,
    assemble,
    cut,
    load_vendor,
    published_on,
    strip,
    superseded,
)

from .big_api import BIG
from .planting import PLANTED, Planted, everywhere, put

VENDOR_WORDS = "The vendor's own words about this."
PAGES = Path(__file__).parent / "pages"


def as_vendor(document: Document) -> Document:
    """The same interface in a vendor's words, with things in it that state no fact."""

    def edit(node: dict[str, Any], keys: tuple[str, ...]) -> None:
        if keys[-1:] != ("properties",):
            node |= {"description": VENDOR_WORDS, "x-codeSamples": [VENDOR_WORDS], "externalDocs": {"url": "x"}}

    changed = everywhere(document, edit)
    changed["info"] = {**changed["info"], "description": VENDOR_WORDS}
    return changed


def dated(document: Document, date: str, extent: Extent = "whole", author: Author = "vendor") -> VendorDocument:
    return VendorDocument(Provenance(date, extent, author), document)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_nothing_but_prose_is_taken_out(planted: Planted) -> None:
    document = planted.document()
    stripped = strip(as_vendor(document))
    assert compare(stripped, document) == []
    assert VENDOR_WORDS not in str(stripped)
    assert "x-codeSamples" not in str(stripped)
    assert strip(stripped) == stripped


def test_names_of_fields_are_no_prose() -> None:
    fields = {
        name: {"type": "string"} for name in ("description", "summary", "title", "example", "x-y", "externalDocs")
    }
    document = copy.deepcopy(BIG)
    document["components"]["schemas"]["Job"]["properties"] = fields
    assert strip(document)["components"]["schemas"]["Job"]["properties"] == fields


def test_values_of_examples_stay_and_sentences_in_them_go() -> None:
    document = copy.deepcopy(BIG)
    sample = {"id": "a-1", "program": "OPENQASM 3.0; qubit q;", "message": "You are not allowed to see this job."}
    put("paths /jobs post requestBody content application/json example", sample)(document)
    put("components schemas Job examples", [sample])(document)
    examples = {"one": {"summary": VENDOR_WORDS, "value": sample}}
    document["paths"]["/jobs/{id}"]["get"]["responses"]["200"]["content"]["application/json"]["examples"] = examples
    stripped = strip(document)
    kept = {**sample, "message": "..."}
    answer = stripped["paths"]["/jobs/{id}"]["get"]["responses"]["200"]["content"]["application/json"]
    assert answer["examples"] == {"one": {"value": kept}}
    assert stripped["components"]["schemas"]["Job"]["examples"] == [kept]


@pytest.mark.parametrize("name", SERVICES)
def test_what_is_kept_of_a_vendor_holds_no_prose(name: str) -> None:
    for each in load_vendor(SERVICES[name].folder):
        if each.provenance.author == "vendor":
            assert strip(each.document) == each.document


@pytest.mark.parametrize("name", SERVICES)
def test_a_file_is_what_the_command_writes(name: str) -> None:
    for path in sorted((SERVICES[name].folder / "vendor").glob("*.yaml")):
        each = next(each for each in load_vendor(SERVICES[name].folder) if each.name == path.name)
        assert each.text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("info", "date"),
    [
        ({"description": "*Last updated: September 2, 2026*\nThe API"}, "2026-09-02"),
        ({"description": "Updated on 30 April 2026."}, "2026-04-30"),
        ({"description": "Some words. Last modified: 2026-10-01"}, "2026-10-01"),
        ({"description": "Released Jan 5th, 2026"}, "2026-01-05"),
        ({"version": "2026-06-01"}, "2026-06-01"),
        ({"version": "2026-06-01-preview"}, "2026-06-01"),
        ({"x-as-of": "2026-06-02"}, "2026-06-02"),
        ({"description": "Since May 2, 2025 this is the API."}, None),
        ({"description": "Last updated: soon"}, None),
        ({"version": "2026-13-01"}, None),
        ({}, None),
    ],
)
def test_a_document_is_dated_by_its_vendor(info: dict[str, str], date: str | None) -> None:
    assert published_on({"info": {"title": "T", "version": "1", **info}}) == date


@given(st.dates(datetime.date(2010, 1, 1), datetime.date(2099, 12, 31)))
def test_every_day_is_read_as_written(day: datetime.date) -> None:
    for written in (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}", day.isoformat()):
        assert published_on({"info": {"description": f"Last updated: {written}"}}) == (
            day.isoformat() if day.year >= 2000 else None
        )


def test_a_whole_document_takes_the_place_of_all_before_it() -> None:
    old, new = copy.deepcopy(BIG), copy.deepcopy(BIG)
    del new["paths"]["/health"]
    for documents in (
        [dated(old, "2026-01-01"), dated(new, "2026-02-01")],
        [dated(new, "2026-02-01"), dated(old, "2026-01-01")],
    ):
        assert compare(new, assemble(documents, "x")) == []
        assert [each.provenance.date for each in superseded(documents)] == ["2026-01-01"]


def test_a_page_takes_the_place_of_its_operation_and_of_the_components_it_brings() -> None:
    changed = copy.deepcopy(BIG)
    put("components schemas Job properties extra", {"type": "string"})(changed)
    put("paths /jobs/{id} get deprecated", True)(changed)
    put("paths /jobs get deprecated", True)(changed)
    page = cut(changed, ("get", "/jobs/{}"))
    assembled = assemble([dated(BIG, "2026-01-01"), dated(page, "2026-02-01", "operation")], "x")
    changes = {(each.operation, each.kind) for each in compare(BIG, assembled)}
    assert ("GET /jobs/{id}", "deprecated") in changes
    assert ("GET /jobs", "field-added") in changes
    assert ("GET /jobs", "deprecated") not in changes
    assert operations_of(assembled).keys() == operations_of(BIG).keys()
    assert assembled["info"]["x-as-of"] == "2026-02-01"


def test_a_page_that_is_older_than_the_whole_changes_nothing() -> None:
    page = dated(cut(PLANTED[0].document(), ("get", "/jobs/{}")), "2025-12-31", "operation")
    whole = dated(BIG, "2026-01-01")
    assert compare(BIG, assemble([whole, page], "x")) == []
    assert superseded([whole, page]) == [page]


def test_what_we_wrote_gives_way_to_what_the_vendor_says_whatever_the_dates() -> None:
    ours = copy.deepcopy(BIG)
    put("paths /health get deprecated", True)(ours)
    put("paths /jobs/{id} get deprecated", True)(ours)
    page = cut(BIG, ("get", "/jobs/{}"))
    documents = [dated(ours, "2026-12-01", author="project"), dated(page, "2026-01-01", "operation")]
    assert {each.operation for each in compare(BIG, assemble(documents, "x"))} == {"GET /health"}
    assert compare(BIG, assemble([*documents, dated(BIG, "2025-01-01")], "x")) == []


def test_documents_in_both_forms_go_together() -> None:
    from .lowering import lower

    page = cut(lower(PLANTED[0].document()), ("get", "/jobs/{}"))
    assembled = assemble([dated(BIG, "2026-01-01"), dated(page, "2026-02-01", "operation")], "x")
    assert {each.kind for each in compare(BIG, assembled)} == {"field-removed"}


def test_a_page_holds_its_operation_and_nothing_that_it_does_not_need() -> None:
    page = cut(BIG, ("get", "/health"))
    assert list(page["paths"]) == ["/health"]
    assert list(page["components"]) == ["securitySchemes"]
    assert "NewJob" not in cut(BIG, ("get", "/jobs/{}"))["components"]["schemas"]


def test_a_file_is_named_by_its_date_and_operation_and_read_as_it_was_written(tmp_path: Path) -> None:
    documents = [
        dated(BIG, "2026-01-01"),
        dated(cut(BIG, ("get", "/jobs/{}")), "2026-02-01", "operation"),
        dated(BIG, "2026-01-01", author="project"),
    ]
    assert [each.name for each in documents] == [
        "2026-01-01.yaml",
        "2026-02-01-get-jobs-id.yaml",
        "2026-01-01-ours.yaml",
    ]
    (tmp_path / "vendor").mkdir()
    for each in documents:
        (tmp_path / "vendor" / each.name).write_text(each.text, encoding="utf-8")
    assert load_vendor(tmp_path) == [documents[2], documents[0], documents[1]]


@pytest.mark.parametrize("provenance", [None, {"date": "soon", "extent": "whole", "author": "vendor"}, {"x": 1}])
def test_a_file_that_does_not_say_where_it_is_from_is_an_error(tmp_path: Path, provenance: Any) -> None:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "a.yaml").write_text(dump_document({"x-provenance": provenance, **BIG}))
    with pytest.raises(Problem, match=r"vendor/a\.yaml: needs `x-provenance`"):
        load_vendor(tmp_path)


def test_a_service_without_a_document_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="holds no document"):
        load_vendor(tmp_path)


@pytest.mark.parametrize(
    ("page", "service", "name"),
    [
        ("qbraid-get-job", "qbraid-v2", "2026-11-21-get-jobs-job-qrn.yaml"),
        ("qbraid-get-job-result", "qbraid-v2", "2026-11-21-get-jobs-job-qrn-result.yaml"),
        ("qbraid-get-job-program", "qbraid-v2", "2026-11-21-get-jobs-job-qrn-program.yaml"),
        ("ionq-get-job", "ionq-v0.4", "2026-04-30-get-jobs-uuid.yaml"),
    ],
)
def test_a_documentation_page_is_kept_as_facts(page: str, service: str, name: str) -> None:
    given_page = read_document((PAGES / f"{page}.md").read_text(encoding="utf-8"), page)
    kept = next(each for each in load_vendor(SERVICES[service].folder) if each.name == name)
    assert given_page.extent == "operation"
    assert given_page.document == kept.document
    assert VENDOR_WORDS not in str(kept)


def test_yaml_says_the_same_as_was_put_in() -> None:
    each = dated(strip(BIG), "2026-01-01")
    text = parse_document(each.text, "x")
    assert text.pop("x-provenance") == {"date": "2026-01-01", "extent": "whole", "author": "vendor"}
    assert text == each.document
