"""What a vendor may do to its document from one day to the next: the report comes first, whatever follows; what stands
in the way is told all at once, with where it comes from; and one thing that cannot be read costs that thing alone."""

import copy
import datetime
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts import update_spec
from scripts.diff import compare, operations_of
from scripts.effective import effective_document, effective_path
from scripts.generate import generate
from scripts.services import Service, find_service
from scripts.spec_files import Document, dump_document, load_document
from scripts.update_spec import plan, update, work_out

from .big_api import BIG
from .planting import both, drop, move, put

Edit = Callable[[Document], Any]
WHY = {"description": "d", "x-evidence": "e"}
IONQ = "ionq-v0.4"


@pytest.fixture
def ionq(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    """The specs and bindings of IonQ's service, to be changed; nothing else is looked at."""
    service = find_service(IONQ)
    shutil.copytree(service.folder, tmp_path / "specs" / IONQ)
    shutil.copytree("generated/quantum_apis", tmp_path / "generated" / "quantum_apis")
    monkeypatch.setenv("QUANTUM_SPECS_FOLDER", str(tmp_path / "specs"))
    monkeypatch.setenv("QUANTUM_GENERATED_FOLDER", str(tmp_path / "generated"))
    monkeypatch.setenv("QUANTUM_PROJECT_FOLDER", str(tmp_path))
    monkeypatch.setattr(update_spec, "type_check", lambda generated: [])
    return service


def vendor(service: Service) -> Document:
    """The vendor's newest document, as it would be published."""
    document = load_document(service.folder / "vendor" / "2026-10-01.yaml")
    del document["x-provenance"]
    return document


def given(document: Document, folder: Path) -> str:
    path = folder / "given.json"
    path.write_text(json.dumps(document))
    return str(path)


def take(service: Service, document: Document, folder: Path, **options: Any) -> int:
    return update(service, given(document, folder), **{"as_of": datetime.date(2026, 11, 1), **options})


UNTAGGED = {"operationId": "PauseJob", "responses": {"200": {"description": ""}}, "security": [{"apiKeyAuth": []}]}
UPLOAD: dict[str, Any] = {"operationId": "Upload", "responses": {"204": {"description": ""}}}
UPLOAD["requestBody"] = {"content": {"multipart/form-data": {"schema": {"type": "object"}}}}
USAGE = "paths /organizations/{organization_id}/usage get responses 400"


# What a vendor may change in one place: the edit, the kind of change, and what is said of it besides.
EDITS: dict[str, tuple[Edit, str | None, str]] = {
    "an operation without a tag": (
        put("paths /jobs/pause", {"post": UNTAGGED}),
        "operation-added",
        "has no tag; it is in the group 'jobs'",
    ),
    "an answer by reference where an overlay adds one": (
        put("paths /whoami get responses 401", {"$ref": "#/components/responses/Unauthorized"}),
        "error-added",
        "",
    ),
    "an answer gone that others refer to": (drop(USAGE), "error-removed", ""),
    "a multipart body": (
        put("paths /upload", {"post": UPLOAD}),
        "operation-added",
        "has no tag; it is in the group 'upload'",
    ),
    "an invalid default": (
        put("components schemas GetJobEstimateContext properties qubits default", "many"),
        "default-changed",
        "the default 'many' does not follow its own schema; read without it",
    ),
    "an extension among the components": (put("components x-more", {"a": 1}), None, ""),
    "an allOf with a description": (
        put(
            "components schemas Whoami properties project_id",
            {"allOf": [{"$ref": "#/components/schemas/project-id"}, {"description": "d"}]},
        ),
        None,
        "",
    ),
    "a version without servers": (both(put("info version", "v0.4.1"), drop("servers")), "version-changed", ""),
    "a pointer into a list": (
        put(
            "paths /jobs/stop",
            {
                "post": {
                    **UNTAGGED,
                    "operationId": "StopJob",
                    "parameters": [{"$ref": "#/paths/~1sessions/get/parameters/0"}],
                }
            },
        ),
        "operation-added",
        "",
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_change_in_one_place_is_told_and_taken_over(ionq: Service, tmp_path: Path, edit: str) -> None:
    document = vendor(ionq)
    change_it, change, said = EDITS[edit]
    change_it(document)
    planned = plan(ionq, given(document, tmp_path))
    assert (change in {each.kind for each in planned.changes}) if change else planned.changes == []
    effective = work_out(planned).effective
    assert said in "\n".join(effective.decided)
    assert effective.left_out == ()
    assert effective.applied.troubles == []
    # Nothing of ours went with it.
    assert {"Forbidden", "BadRequest", "NotFound"} <= effective.document["components"]["responses"].keys()


@pytest.mark.usefixtures("generator")
def test_all_of_these_changes_together_become_bindings(
    ionq: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = vendor(ionq)
    for edit, _, _ in EDITS.values():
        edit(document)
    assert take(ionq, document, tmp_path) == 0
    report = capsys.readouterr().out
    assert "cannot be generated" not in report
    package = tmp_path / "generated/quantum_apis/ionq_v0_4"
    for module in ("api/jobs/pause_job.py", "api/jobs/stop_job.py", "api/upload/upload.py"):
        assert (package / module).exists()
    assert plan(ionq, str(tmp_path / "given.json")).changes == [], "taken over is taken over"
    assert "files=_requests.parts(body)" in (package / "api/upload/upload.py").read_text()
    assert generate([ionq], check=True) == 0


@pytest.mark.usefixtures("no_generator")
def test_an_operation_that_cannot_be_generated_is_left_out_and_the_service_is_not(
    ionq: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = vendor(ionq)
    odd = [{"name": "key", "in": "cookie", "required": True, "schema": {"type": "string"}}]
    document["paths"]["/odd"] = {"get": {**UNTAGGED, "operationId": "Odd", "parameters": odd}}
    assert take(ionq, document, tmp_path) == 0
    report = capsys.readouterr().out
    assert report.index("new operation") < report.index("left out, for it cannot become bindings:")
    assert "GET /odd: #/paths/~1odd/get/parameters/key: needs the cookie 'key'" in report
    assert "# Left out: GET /odd" in effective_path(ionq).read_text()


@pytest.mark.usefixtures("generator")
def test_an_operation_that_can_be_generated_no_more_is_a_break(
    ionq: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = vendor(ionq)
    odd = {"name": "key", "in": "cookie", "required": True, "schema": {"type": "string"}}
    document["paths"]["/whoami"]["get"]["parameters"] = [odd]
    assert take(ionq, document, tmp_path) == 1
    report = capsys.readouterr().out
    assert "cannot be generated any more:\n  GET /whoami" in report
    assert "api.account.get_whoami: the operation is gone" in report


def test_what_an_overlay_brought_in_is_blamed_on_its_action(ionq: Service) -> None:
    overlay = ionq.folder / "overlay.yaml"
    parameter = {"name": "key", "in": "cookie", "required": True, "schema": {"type": "string"}}
    action = {"target": "$.paths['/whoami'].get", "update": {"parameters": [parameter]}, **WHY}
    text = overlay.read_text()
    overlay.write_text(text + "".join(f"  {line}\n" for line in dump_document({"x": [action]}).splitlines()[1:]))
    [left_out] = effective_document(ionq).left_out
    line = len(text.splitlines()) + 1
    assert f"overlay.yaml:{line}: action " in left_out.action
    assert "$.paths['/whoami'].get" in str(left_out)


@pytest.mark.usefixtures("generator")
def test_everything_that_stands_in_the_way_is_told_at_once(
    ionq: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A vendor renames fields that corrections of ours are about, and forgets half a dozen things."""
    document = vendor(ionq)
    for edit in (
        move("components schemas", "Backend", "Machine"),
        put("components responses GetBackend content application/json schema $ref", "#/components/schemas/Machine"),
        put(
            "components responses ListBackends content application/json schema items $ref",
            "#/components/schemas/Machine",
        ),
        drop("components schemas Usages"),
        put("components responses UsagesResponse content application/json schema", {"type": "object"}),
        put("paths /odd", {"get": {"responses": {"200": {"description": ""}}}}),
    ):
        edit(document)
    assert take(ionq, document, tmp_path) in (0, 1)
    report = capsys.readouterr().out
    gone = report.split("taken out of our overlays, as their reason has gone:\n")[1].split("\n\n")[0]
    assert gone.count("overlay.yaml:") >= 5
    assert gone.count("words.yaml:") >= 2
    assert "models.Backend: the class is gone" in report
    assert "models.Usages: the class is gone" in report
    assert effective_document(ionq).applied.troubles == []


def test_a_document_that_was_cut_short_is_reported_and_refused(
    ionq: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in ionq.folder.rglob("*") if path.is_file()}
    document = vendor(ionq)
    del document["components"]["schemas"]["JobStatus"]
    document["paths"]["/new"] = {"get": UNTAGGED}
    with pytest.raises(Exception, match="refers to what it does not hold, so it may be cut short"):
        take(ionq, document, tmp_path)
    assert "new operation" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in ionq.folder.rglob("*") if path.is_file()} == before


@pytest.mark.usefixtures("no_generator")
def test_mistakes_of_the_vendor_are_told_and_cost_only_what_they_are_in(
    ionq: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = vendor(ionq)
    put("components schemas Backend properties qubits minimum", "zero")(document)
    put("paths /bad", {"get": {"responses": []}})(document)
    assert take(ionq, document, tmp_path) == 0
    report = capsys.readouterr().out
    assert "mistakes in the vendor's document:" in report
    assert "#/components/schemas/Backend/properties/qubits/minimum: " in report
    assert "#/paths/~1bad/get: " in report
    backend = effective_document(ionq).document["components"]["schemas"]["Backend"]
    assert backend["properties"]["qubits"]["type"] == "integer"


def changed(edit: Edit, base: Document = BIG) -> set[tuple[str, str]]:
    document = copy.deepcopy(base)
    edit(document)
    return {(each.kind, each.level) for each in compare(base, document)}


def test_a_charset_is_no_other_kind_of_content() -> None:
    """And hides no change of what is in it."""
    answer = "paths /jobs/{id} get responses 200 content"
    rename = move(answer, "application/json", "application/json; charset=utf-8")
    assert changed(rename) == set()
    assert changed(both(rename, drop("components schemas Job properties note"))) == {("field-removed", "breaking")}


def test_one_value_said_twice_is_said_once() -> None:
    field = "components schemas Counts properties kind"
    assert changed(put(f"{field} enum", ["counts"])) == set()


@pytest.mark.parametrize("kind", ["number", "integer"])
def test_a_change_of_type_hides_no_limit(kind: str) -> None:
    field = "components schemas NewJob properties"
    other = {"number": "seed", "integer": "shots"}[kind]
    to = {"number": "integer", "integer": "number"}[kind]
    kinds = changed(both(put(f"{field} {other} type", to), put(f"{field} {other} minimum", 7)))
    assert {name for name, _ in kinds} == {f"type-{'narrowed' if to == 'integer' else 'widened'}", "limit-tightened"}
    text = changed(put(f"{field} name", {"type": "integer", "maximum": 3}))
    assert ("limit-tightened", "breaking") in text


LIMITED: list[tuple[str, Callable[[Any], Any]]] = [
    ("a field", lambda inner: {"type": "object", "properties": {"a": inner}}),
    ("an item", lambda inner: {"type": "array", "items": inner}),
    ("a value of a map", lambda inner: {"type": "object", "additionalProperties": inner}),
    ("an alternative", lambda inner: {"anyOf": [{"type": "string"}, inner]}),
    ("beside null", lambda inner: {"anyOf": [inner, {"type": "null"}]}),
    ("part of an allOf", lambda inner: {"allOf": [inner, {"description": "d"}]}),
    ("an item by position", lambda inner: {"type": "array", "prefixItems": [inner]}),
    ("a field by pattern", lambda inner: {"type": "object", "patternProperties": {"^a": inner}}),
    ("a combination", lambda inner: {"allOf": [{"anyOf": [inner, {"type": "string"}]}, {"anyOf": [{}, {}]}]}),
    ("without a type", lambda inner: {key: value for key, value in inner.items() if key != "type"}),
]


@pytest.mark.parametrize(("where", "around"), LIMITED, ids=[name for name, _ in LIMITED])
def test_a_limit_that_is_new_is_found_wherever_it_stands(where: str, around: Callable[[Any], Any]) -> None:
    field = "components schemas NewJob properties seed"
    base = copy.deepcopy(BIG)
    put(field, around({"type": "integer"}))(base)
    assert "breaking" in {level for _, level in changed(put(field, around({"type": "integer", "minimum": 3})), base)}


def test_fields_that_became_a_map_are_told_as_that() -> None:
    """As IonQ's results did, which were an object with URLs and are a map of artifacts."""
    document = copy.deepcopy(BIG)
    artifact = {"type": "object", "properties": {"id": {"type": "string"}}}
    document["components"]["schemas"]["Artifact"] = artifact
    results = {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Artifact"}}
    put("components schemas Job properties strict", results)(document)
    [found] = {(each.kind, each.level, each.text) for each in compare(BIG, document) if each.path == "$.strict"}
    assert found == ("object-became-map", "breaking", "had the fields a, is a map now, each value Artifact")


def test_alternatives_are_named() -> None:
    document = copy.deepcopy(BIG)
    drop("components schemas Counts properties counts")(document)
    document["components"]["schemas"]["Job"]["properties"]["result"]["anyOf"].append(
        {"$ref": "#/components/schemas/Failure"}
    )
    texts = {(each.text, each.inside) for each in compare(BIG, document)}
    assert texts == {("the field is gone", "Counts"), ("may be Failure", "")}


def test_without_servers_a_document_is_read(ionq: Service, tmp_path: Path) -> None:
    for servers in ([], None):
        document = vendor(ionq)
        del document["servers"]
        if servers is not None:
            document["servers"] = servers
        assert {each.kind for each in plan(ionq, given(document, tmp_path)).changes} == {"server-changed"}
        assert operations_of(document)
