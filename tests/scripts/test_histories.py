"""What vendors really did: documents one after the other, and beside each step its true changes, as a person read them
in both documents. The comparison has to find each of them, class it right, and find nothing else."""

import copy
import datetime
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts import update_spec
from scripts.diff import compare
from scripts.documents import read_document
from scripts.effective import effective_document
from scripts.generate import generate
from scripts.services import SERVICES, find_service
from scripts.spec_files import Document, load_document
from scripts.update_spec import update
from scripts.vendor import cut, load_vendor

HISTORIES = Path(__file__).parent / "histories"
Found = set[tuple[str, str, str, str]]


def edition(name: str) -> Document:
    """One of the documents kept here, read as any vendor's is."""
    path = HISTORIES / f"{name}.yaml"
    given = read_document(path.read_text(encoding="utf-8"), path.name, "whole")
    assert given.mistakes == given.dangling == ()
    return given.document


def ours(number: int) -> Document:
    """One of IonQ's documents that we work with."""
    return load_vendor(SERVICES["ionq-v0.4"].folder)[number].document


# The documents of each step that changes.yaml has the true changes of.
STEPS: dict[str, Callable[[], tuple[Document, Document]]] = {
    "AQT, 0.3.0 to 0.4.0": lambda: (edition("aqt-0.3.0"), edition("aqt-0.4.0")),
    "IonQ, April 23 to October 1, 2026": lambda: (edition("ionq-2026-04-23"), ours(1)),
    "IonQ's page about one job, April 30 to October 1, 2026": lambda: (ours(0), cut(ours(1), ("get", "/jobs/{}"))),
    "OQTOPUS, edition 1 to 2": lambda: (edition("oqtopus-1"), edition("oqtopus-2")),
    "OQTOPUS, edition 2 to 3": lambda: (edition("oqtopus-2"), edition("oqtopus-3")),
}


def true_changes(step: str) -> Found:
    """What a person read, as (level, kind, place, path)."""
    changes = set()
    for named, places in load_document(HISTORIES / "changes.yaml")[step].items():
        level, _, kind = named.partition(" ")
        for each in places:
            place, _, path = each.partition("|")
            changes.add((level, kind, place.strip(), path.strip()))
    return changes


def found(old: Document, new: Document) -> Found:
    return {
        (each.level, each.kind, f"{each.operation} {each.place}".strip(), f"{each.inside} {each.path}".strip())
        for each in compare(old, new)
    }


@pytest.mark.parametrize("step", STEPS)
def test_every_true_change_is_found_and_classed_and_nothing_else_is(step: str) -> None:
    true, seen = true_changes(step), found(*STEPS[step]())
    places = {each[1:] for each in seen}
    missed = {each for each in true if each[1:] not in places}
    misclassed = true - seen - missed
    assert seen == true
    row = f"| {step} | {len(true)} | {len(true & seen)} | {len(missed)} | {len(misclassed)} | {len(seen - true)} |"
    assert row in (HISTORIES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("step", STEPS)
def test_the_same_document_again_is_no_change(step: str) -> None:
    for document in STEPS[step]():
        assert found(document, copy.deepcopy(document)) == set()


def test_every_step_with_true_changes_is_compared() -> None:
    assert load_document(HISTORIES / "changes.yaml").keys() == STEPS.keys()


def editions() -> list[Document]:
    """Three documents as IonQ might publish them, month by month: what is new touches nothing that the wrapper uses,
    and some of it is written as the real documents are: without tags, with answers by reference, under other media
    types."""
    october = load_document(SERVICES["ionq-v0.4"].folder / "vendor" / "2026-10-01.yaml")
    del october["x-provenance"]
    november = copy.deepcopy(october)
    november["info"]["description"] = "*Last updated: November 2, 2026*\nWords of the vendor."
    schemas = november["components"]["schemas"]
    schemas["Backend"]["properties"]["cooling_kw"] = {"type": "number", "description": "Words of the vendor."}
    schemas["Priority"] = {"type": "string", "enum": ["low", "high"]}
    schemas["CircuitJobCreationPayload"]["properties"]["priority"] = {"$ref": "#/components/schemas/Priority"}
    # A field that was corrected by us, and is corrected by the vendor now.
    schemas["Usages"]["required"] = ["group_type", "modality"]
    schemas["ApiCostModel"]["enum"].append("subscription")
    ok: dict[str, Any] = {
        "200": {"description": "", "content": {"application/json; charset=utf-8": {"schema": {"type": "object"}}}}
    }
    november["paths"]["/jobs/{UUID}/pause"] = {
        "post": {
            "operationId": "PauseJob",
            "parameters": [{"$ref": "#/components/parameters/uuid"}],
            "responses": {**ok, "404": {"$ref": "#/components/responses/NotFound"}},
            "security": [{"apiKeyAuth": []}],
        }
    }
    december = copy.deepcopy(november)
    december["info"]["description"] = "*Last updated: December 1, 2026*"
    december["paths"]["/whoami"]["get"]["responses"]["401"] = {"$ref": "#/components/responses/Unauthorized"}
    del december["paths"]["/organizations/{organization_id}/usage"]["get"]["responses"]["400"]
    form = {"type": "object", "properties": {"f": {"type": "string"}}}
    upload = {"requestBody": {"content": {"multipart/form-data": {"schema": form}}}, "responses": ok}
    december["paths"]["/upload"] = {"post": upload}
    # What words and corrections of ours were about goes away.
    del december["components"]["schemas"]["Backend"]["properties"]["kw"]
    cookie = {"name": "c", "in": "cookie", "required": True, "schema": {"type": "string"}}
    january = copy.deepcopy(december)
    january["info"]["description"] = "*Last updated: January 11, 2027*"
    january["paths"]["/odd"] = {"get": {"responses": ok, "parameters": [cookie]}}
    january["openapi"] = "3.1.0"
    january["components"]["schemas"]["Session"]["properties"]["label"] = {"type": ["string", "null"]}
    return [november, december, january]


@pytest.mark.usefixtures("generator")
def test_a_year_of_changes_that_break_nothing_is_taken_over_without_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    service = find_service("ionq-v0.4")
    shutil.copytree(service.folder, tmp_path / "specs" / service.name)
    shutil.copytree("generated/quantum_apis", tmp_path / "generated" / "quantum_apis")
    for name in ("specs", "generated"):
        monkeypatch.setenv(f"QUANTUM_{name.upper()}_FOLDER", str(tmp_path / name))
    monkeypatch.setenv("QUANTUM_PROJECT_FOLDER", str(tmp_path))
    # The type checker takes its time; scripts.fitting has tests of its own.
    monkeypatch.setattr(update_spec, "type_check", lambda generated: [])
    reports = []
    for number, edition in enumerate(editions()):
        given = tmp_path / f"{number}.json"
        given.write_text(json.dumps(edition))
        assert update(service, str(given)) == 0, capsys.readouterr().out
        reports.append(capsys.readouterr().out)
    assert generate([service], check=True) == 0
    dates = ["2026-04-30", "2026-10-01", "2026-11-02", "2026-12-01", "2027-01-11"]
    assert sorted(each.provenance.date for each in load_vendor(service.folder)) == dates
    assert "POST /jobs/{UUID}/pause: has no tag; it is in the group 'jobs'" in reports[0]
    assert "$.components.schemas.Usages.required" in reports[0].split("taken out of our overlays")[1]
    assert "words.yaml:" in reports[1].split("taken out of our overlays")[1]
    assert "models.Backend.kw: the field is gone" in reports[1]
    assert "GET /odd: #/paths/~1odd/get/parameters/c: needs the cookie" in reports[2]
    effective = effective_document(service)
    assert [each.operation for each in effective.left_out] == ["GET /odd"]
    assert effective.document["info"]["x-as-of"] == datetime.date(2027, 1, 11).isoformat()
