"""From a vendor's document to files that fit it, or to the places that do not."""

import copy
import datetime
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts import update_spec
from scripts.effective import effective_document, effective_path, effective_text, vendor_document
from scripts.fitting import Misfit
from scripts.generate import generate
from scripts.problem import Problem
from scripts.services import ROOT, Service
from scripts.spec_files import Document, dump_document, load_document
from scripts.update_spec import update
from tests.loopback import Answer, Loopback

pytestmark = pytest.mark.usefixtures("generator")
WriteSpec = Callable[..., Path]
Give = Callable[[Document | str], str]
PAGES = Path(__file__).parent / "pages"
AS_OF = datetime.date(2026, 12, 1)
WRAPPER = '''"""Stands in for the wrapper."""

from quantum_apis.qbraid_v2.models import Job, Status


def is_done(job: Job) -> bool:
    return job.status is Status.DONE
'''


@pytest.fixture
def project(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write_spec: WriteSpec,
    small_project: Path,
    mypy_cache: Path,
) -> Path:
    """A project of its own: the small API, its bindings, a wrapper of three lines and a changelog."""
    monkeypatch.setenv("QUANTUM_PROJECT_FOLDER", str(tmp_path))
    shutil.copytree(small_project, tmp_path, dirs_exist_ok=True)
    wrapper = tmp_path / "wrapper" / "quantum_jobs"
    wrapper.mkdir(parents=True)
    (wrapper / "__init__.py").touch()
    (wrapper / "jobs.py").write_text(WRAPPER)
    (tmp_path / ".mypy_cache").symlink_to(mypy_cache)
    (tmp_path / "CHANGELOG.md").write_text("# Changes\n\n## Unreleased\n\n- Something.\n")
    return tmp_path


@pytest.fixture
def no_type_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what happens before and after it; it takes seconds."""
    monkeypatch.setattr(update_spec, "type_check", lambda generated: [])


@pytest.fixture
def no_bindings(no_generator: None, no_type_check: None) -> None:
    """For what has nothing to do with them."""


@pytest.fixture
def give(tmp_path_factory: pytest.TempPathFactory) -> Give:
    """Put a document where it can be named as FROM."""

    def write(document: Document | str) -> str:
        path = tmp_path_factory.mktemp("given") / "given.yaml"
        path.write_text(document if isinstance(document, str) else dump_document(document), encoding="utf-8")
        return str(path)

    return write


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(service: Service, source: str, **options: Any) -> int:
    return update(service, source, **{"as_of": AS_OF, "as_json": False, "extent": "whole", **options})


def field(document: Document, name: str, schema: Any) -> Document:
    """The document with one more field in its job."""
    changed = copy.deepcopy(document)
    changed["components"]["schemas"]["Job"]["properties"][name] = schema
    return changed


def test_a_change_is_reported_written_and_tried_out(
    project: Path, small: Document, service: Service, give: Give, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(service, give(field(small, "cost", {"type": "number", "description": "The vendor's own words."}))) == 0
    report = capsys.readouterr().out
    assert "additive  cost: new field" in report
    assert "GET /jobs/{id}, response 200 $.cost [jobs.get_job, Job]" in report
    assert "1 additive" in report
    taken = (service.folder / "vendor" / "2026-12-01.yaml").read_text()
    assert "cost:\n          type: number\n" in taken
    assert "The vendor's own words." not in taken
    assert "x-as-of: '2026-12-01'" in effective_path(service).read_text()
    # What the vendor said before stays beside it.
    assert (service.folder / "vendor" / "2026-10-01.yaml").exists()
    assert "cost: float" in (project / "generated/quantum_apis/qbraid_v2/models/job.py").read_text()
    changelog = (project / "CHANGELOG.md").read_text()
    assert changelog.startswith("# Changes\n\n## Unreleased\n\n- Something.\n- qbraid-v2: the vendor's interface as of")
    assert "  - additive: cost: new field" in changelog
    assert str(project) not in changelog
    assert generate([service], check=True) == 0


def test_a_wrapper_that_does_not_fit_is_named_by_file_line_and_field(
    project: Path, small: Document, service: Service, give: Give, capsys: pytest.CaptureFixture[str]
) -> None:
    """The new files stay: they are what the wrapper has to be fitted to."""
    changed = copy.deepcopy(small)
    changed["components"]["schemas"]["Status"]["enum"] = ["ready", "finished"]
    assert run(service, give(changed)) == 1
    report = capsys.readouterr().out
    assert 'wrapper/quantum_jobs/jobs.py:7: "type[Status]" has no attribute "DONE"' in report
    assert "models.Status.DONE: the field is gone" in report
    assert vendor_document(service)["components"]["schemas"]["Status"]["enum"][1] == "finished"


@pytest.mark.usefixtures("no_bindings")
def test_the_report_as_json(
    project: Path, small: Document, service: Service, give: Give, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(service, give(field(small, "cost", {"type": "number"})), as_json=True) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["changes"] == [
        {
            "level": "additive",
            "kind": "field-added",
            "operation": "GET /jobs/{id}",
            "place": "response 200",
            "path": "$.cost",
            "text": "new field",
            "note": "is in additional_properties until the bindings are regenerated",
            "inside": "",
            "python": "jobs.get_job, Job",
        }
    ]
    assert report["counts"] == {"breaking": 0, "additive": 1, "neutral": 0}
    assert (report["service"], report["extent"], report["written"]) == ("qbraid-v2", "whole", True)
    assert (report["as_of"], report["misfits"], report["left_out"], report["mistakes"]) == ("2026-12-01", [], [], [])


@pytest.mark.usefixtures("no_bindings")
def test_a_check_writes_nothing_and_says_the_same(
    project: Path,
    small: Document,
    service: Service,
    give: Give,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checked: list[list[Misfit]] = [[Misfit("wrapper/jobs.py", 7, "does not fit")], []]
    monkeypatch.setattr(update_spec, "type_check", lambda generated: checked.pop(0))
    before = files(project)
    assert run(service, give(field(small, "cost", {"type": "number"})), check=True) == 1
    assert files(project) == before
    report = capsys.readouterr().out
    assert "  wrapper/jobs.py:7: does not fit" in report
    assert "additive  cost: new field" in report
    assert "nothing is written" in report


@pytest.mark.usefixtures("no_bindings")
def test_the_vendors_own_date_is_the_documents(project: Path, small: Document, service: Service, give: Give) -> None:
    changed = field(small, "cost", {"type": "number"})
    changed["info"]["description"] = "*Last updated: November 9, 2026*"
    assert run(service, give(changed), as_of=None) == 0
    assert (service.folder / "vendor" / "2026-11-09.yaml").exists()
    assert "x-as-of: '2026-11-09'" in effective_path(service).read_text()


@pytest.mark.usefixtures("no_bindings")
def test_an_older_document_is_kept_and_changes_nothing(
    project: Path, small: Document, service: Service, give: Give, capsys: pytest.CaptureFixture[str]
) -> None:
    before = effective_path(service).read_text()
    older = give(field(small, "cost", {"type": "number"}))
    assert run(service, older, as_of=datetime.date(2026, 9, 2)) == 0
    assert "older than what we have; kept beside it" in capsys.readouterr().out
    assert (service.folder / "vendor" / "2026-09-02.yaml").exists()
    assert effective_text(service, effective_document(service)) == effective_path(service).read_text() == before


@pytest.mark.usefixtures("no_bindings")
def test_only_what_did_fit_before_counts(
    project: Path,
    small: Document,
    service: Service,
    give: Give,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is wrong with the project already is nobody's finding."""
    old, moved, new = Misfit("a.py", 1, "old"), Misfit("a.py", 9, "old"), Misfit("b.py", 3, "new")
    answers = iter([[moved, new], [old]])
    monkeypatch.setattr(update_spec, "type_check", lambda generated: next(answers))
    assert run(service, give(field(small, "cost", {"type": "number"}))) == 1
    report = capsys.readouterr().out
    assert "does not fit any more:\n  b.py:3: new\n" in report
    assert "old" not in report.split("does not fit any more:")[1]
    answers = iter([[moved], [old]])
    assert run(service, give(field(small, "price", {"type": "number"}))) == 0


@pytest.mark.usefixtures("no_bindings")
def test_a_second_time_there_is_no_change(
    project: Path, small: Document, service: Service, give: Give, capsys: pytest.CaptureFixture[str]
) -> None:
    given = give(field(small, "cost", {"type": "number"}))
    run(service, given)
    before = files(project)
    assert run(service, given) == 0
    assert "no change" in capsys.readouterr().out
    assert files(project) == before


@pytest.mark.usefixtures("no_bindings")
def test_a_whole_document_in_json_from_the_network_and_in_another_version(
    project: Path, small: Document, service: Service
) -> None:
    changed = field(small, "cost", {"type": "number", "nullable": True})
    changed["openapi"] = "3.0.3"
    with Loopback() as server:
        server.routes["GET /openapi.json"] = Answer(json.dumps(changed).encode())
        assert run(service, f"{server.origin}/openapi.json?key=secret") == 0
        info = vendor_document(service)["info"]
        assert (info["x-as-of"], info["x-source"]) == ("2026-12-01", f"{server.origin}/openapi.json")
        assert "secret" not in (service.folder / "vendor" / "2026-12-01.yaml").read_text()
    cost = vendor_document(service)["components"]["schemas"]["Job"]["properties"]["cost"]
    assert cost == {"type": ["number", "null"]}


@pytest.mark.usefixtures("no_bindings")
def test_one_operation_is_taken_over_and_the_rest_stays(
    project: Path, small: Document, service: Service, write_spec: WriteSpec, give: Give
) -> None:
    other = copy.deepcopy(small["paths"]["/jobs/{id}"])
    other["get"] |= {"operationId": "getOther"}
    write_spec({**small, "paths": {**small["paths"], "/others/{id}": other}})
    page = f"# Get job\n\n````yaml get /jobs/{{id}}\n{dump_document(field(small, 'cost', {'type': 'number'}))}````\n"
    assert run(service, give(page), extent=None) == 0
    assert list(vendor_document(service)["paths"]) == ["/jobs/{id}", "/others/{id}"]
    page_file = load_document(service.folder / "vendor" / "2026-12-01-get-jobs-id.yaml")
    assert list(page_file["paths"]) == ["/jobs/{id}"]


@pytest.mark.usefixtures("no_type_check")
def test_cassettes_are_replayed_against_the_new_bindings_and_what_fails_is_named(
    project: Path, small: Document, service: Service, give: Give, capsys: pytest.CaptureFixture[str]
) -> None:
    cassettes = project / "tests" / "cassettes"
    cassettes.mkdir(parents=True)
    (cassettes / "test_replay.py").write_text(
        "from quantum_apis.qbraid_v2.models import Job\n\n\n"
        "def test_the_recorded_job_has_a_known_status():\n"
        "    assert Job.from_dict({'id': 'a', 'status': 'done'}).status.is_known\n"
    )
    changed = copy.deepcopy(small)
    changed["components"]["schemas"]["Status"]["enum"] = ["ready", "finished"]
    assert run(service, give(changed)) == 1
    assert "tests/cassettes/test_replay.py:5: " in capsys.readouterr().out


@pytest.mark.usefixtures("no_bindings")
def test_a_correction_whose_reason_has_gone_is_named_and_taken_out(
    project: Path,
    small: Document,
    service: Service,
    write_spec: WriteSpec,
    give: Give,
    capsys: pytest.CaptureFixture[str],
) -> None:
    why = {"description": "d", "x-evidence": "e"}
    action = {"target": "$.components.schemas.Status.enum", "update": "paused", **why}
    folder = write_spec(small, [action])
    changed = copy.deepcopy(small)
    changed["components"]["schemas"]["Status"]["enum"].append("paused")
    assert run(service, give(changed)) == 0
    report = capsys.readouterr().out
    assert "taken out of our overlays, as their reason has gone:\n" in report
    assert "overlay.yaml:6: $.components.schemas.Status.enum says what the vendor says by now" in report
    assert load_document(folder / "overlay.yaml")["actions"] == []
    assert "- paused\n" in effective_path(service).read_text()


def unusable(small: Document) -> dict[str, Document | str]:
    text = dump_document(small)
    return {
        "an error page": "<!doctype html><title>Not found</title>",
        "not OpenAPI": "a: 1\n",
        "half a document": text[: len(text) // 2],
        "half a page": f"````yaml get /jobs/{{id}}\n{text}",
        "another service": {
            **small,
            "servers": [{"url": "https://other.example"}],
            "info": {"title": "O", "version": "9"},
        },
        "no document": (PAGES / "ionq-v0.3-get-job.md").read_text(),
        "a reference to nothing": field(small, "x", {"$ref": "#/components/schemas/Missing"}),
    }


def test_input_that_cannot_be_used_leaves_every_file_as_it_was(
    project: Path, small: Document, service: Service, give: Give
) -> None:
    before = files(project)
    for name, given in unusable(small).items():
        with pytest.raises(Problem) as problem:
            run(service, give(given), extent=None)
        assert "\n    " not in str(problem.value), name
        assert files(project) == before, name
    with pytest.raises(Problem, match="cannot be fetched"):
        run(service, "http://127.0.0.1:9/spec")
    assert files(project) == before


@pytest.mark.usefixtures("no_bindings")
def test_a_disk_that_fills_up_half_way_leaves_every_file_as_it_was(
    project: Path, small: Document, service: Service, give: Give, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(project)
    rename, calls = Path.rename, iter(range(100))

    def full(path: Path, target: Any) -> Path:
        if next(calls) == 3:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="No space left"):
        run(service, give(field(small, "cost", {"type": "number"})))
    assert files(project) == before


@pytest.mark.usefixtures("no_bindings")
def test_without_a_changelog_none_is_made(project: Path, small: Document, service: Service, give: Give) -> None:
    (project / "CHANGELOG.md").unlink()
    assert run(service, give(field(small, "cost", {"type": "number"}))) == 0
    assert not (project / "CHANGELOG.md").exists()


def test_a_misfit_reads_like_a_compilers() -> None:
    assert str(Misfit("a.py", 3, "wrong")) == "a.py:3: wrong"
    assert str(Misfit("mypy", 0, "crashed")) == "mypy: crashed"


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["qbraid-v2", "nowhere.yaml"], 2, "error: nowhere.yaml: no such file"),
        (["nobody", "nowhere.yaml"], 2, "error: no service is called 'nobody'"),
        (["ionq-v0.4", str(PAGES / "ionq-get-job.md"), "--check", "--as-of", "2026-04-30"], 0, ""),
        (["ionq-v0.4", str(PAGES / "qbraid-get-job.md"), "--check"], 2, "is not ionq-v0.4: it describes"),
    ],
)
def test_the_command_ends_with_a_status(
    arguments: list[str], status: int, message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["update_spec", *arguments])
    monkeypatch.chdir(ROOT)
    assert update_spec.main() == status
    assert message in capsys.readouterr().err


def test_the_command_shows_no_traceback() -> None:
    command = [sys.executable, "-m", "scripts.update_spec", "qbraid-v2", "nowhere.yaml"]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "error: nowhere.yaml: no such file\n")
