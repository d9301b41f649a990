"""The whole way from a spec to a package, in a workspace of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.effective import effective_document
from scripts.generate import generate
from scripts.problem import Problem
from scripts.services import ROOT, SERVICES, Service, find_service
from scripts.spec_files import Document, dump_document, load_document

pytestmark = pytest.mark.usefixtures("generator")
WriteSpec = Callable[..., Path]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run_package(folder: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-B", "-c", code],
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_generated_files_say_where_they_come_from_and_nothing_of_this_machine(
    write_spec: WriteSpec, small: Document, service: Service, tmp_path: Path
) -> None:
    write_spec(small)
    assert generate([service]) == 0
    written = files(tmp_path / "generated") | {"effective.yaml": (service.folder / "effective.yaml").read_bytes()}
    assert "quantum_apis/py.typed" in written
    for name, content in written.items():
        if not name.endswith("py.typed"):
            assert b"Do not edit" in content.splitlines()[0] + content.splitlines()[1], name
        assert str(tmp_path).encode() not in content
        assert str(ROOT).encode() not in content
    assert b"Small 1, as of 2026-10-01" in written["quantum_apis/qbraid_v2/models/job.py"]
    assert not [name for name in written if "cache" in name]


def test_what_was_generated_passes_the_check(write_spec: WriteSpec, small: Document, service: Service) -> None:
    write_spec(small)
    generate([service])
    assert generate([service], check=True) == 0


def test_the_check_fails_for_one_changed_character_and_for_files_too_many_or_too_few(
    write_spec: WriteSpec, small: Document, service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_spec(small)
    generate([service])
    package = tmp_path / "generated" / "quantum_apis" / service.package
    changed = package / "models" / "job.py"
    changed.write_text(changed.read_text().replace("class Job", "class Jobb"))
    (package / "extra.py").touch()
    (package / "errors.py").unlink()
    effective = service.folder / "effective.yaml"
    effective.write_text(effective.read_text() + "\n")
    assert generate([service], check=True) == 1
    shown = capsys.readouterr().out
    assert "models/job.py: differs" in shown
    assert "+class Job(" in shown
    assert "extra.py: should not be there" in shown
    assert "errors.py: is missing" in shown
    assert "effective.yaml: differs" in shown


def test_a_failure_leaves_what_was_there(
    write_spec: WriteSpec, small: Document, service: Service, tmp_path: Path
) -> None:
    write_spec(small)
    generate([service])
    before = files(tmp_path)
    folder = write_spec(small, [{"target": "$.nowhere", "remove": True, "description": "d", "x-evidence": "e"}])
    with pytest.raises(Problem, match="matches nothing"):
        generate([service])
    (folder / "overlay.yaml").write_bytes(before["specs/qbraid-v2/overlay.yaml"])
    assert files(tmp_path) == before


def test_a_warning_of_the_generator_is_an_error(write_spec: WriteSpec, small: Document, service: Service) -> None:
    small["paths"]["/jobs/{id}"]["get"]["responses"]["200"]["content"] = {"application/unheard-of": {"schema": {}}}
    write_spec(small)
    with pytest.raises(Problem, match="specs/qbraid-v2: the generator refuses it") as problem:
        generate([service])
    assert "application/unheard-of" in str(problem.value)


def test_output_is_the_same_under_other_hash_seeds_and_a_hostile_ruff_configuration(
    write_spec: WriteSpec, small: Document, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_spec(small)
    generate([service])
    first = files(tmp_path / "generated")
    for folder in (tmp_path, tmp_path / "temporary"):
        folder.mkdir(exist_ok=True)
        (folder / "ruff.toml").write_text(
            'line-length = 40\n[lint]\nselect = ["ALL"]\n[format]\nquote-style = "single"\n'
        )
    for seed in ("0", "1", "42"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
        monkeypatch.setattr("tempfile.tempdir", None)
        generate([service])
        assert files(tmp_path / "generated") == first


def reversed_keys(node: Any) -> Any:
    if isinstance(node, list):
        return [reversed_keys(item) for item in node]
    return {key: reversed_keys(node[key]) for key in reversed(node)} if isinstance(node, dict) else node


@pytest.mark.parametrize("name", SERVICES)
def test_output_is_the_same_for_other_orders_of_keys(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = find_service(name)
    sources = {path: load_document(service.folder / path) for path in ("openapi.yaml", "overlay.yaml")}
    monkeypatch.setenv("QUANTUM_SPECS_FOLDER", str(tmp_path / "specs"))
    monkeypatch.setenv("QUANTUM_GENERATED_FOLDER", str(tmp_path / "generated"))
    service.folder.mkdir(parents=True)
    outcomes = []
    for change in (dict, reversed_keys):
        for path, document in sources.items():
            (service.folder / path).write_text(dump_document(change(document)), encoding="utf-8")
        generate([service])
        outcomes.append(
            {**files(tmp_path / "generated"), "effective": (service.folder / "effective.yaml").read_bytes()}
        )
    assert outcomes[0] == outcomes[1]


HOSTILE = [
    '"""',
    "'''",
    '\\"""\nimport os\nos.abort()',
    "{x!r}",
    "\\",
    'ends with "',
    "a\nb\r\nc",
    "\u2028",
    "# -*- coding: x -*-",
    "\x07",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(
    text: str, write_spec: WriteSpec, small: Document, service: Service, tmp_path: Path
) -> None:
    operation = small["paths"]["/jobs/{id}"]["get"]
    operation |= {"summary": text, "description": text}
    operation["parameters"].append({"name": f"q{text}", "in": "query", "schema": {"type": "string", "default": text}})
    small["info"] |= {"title": f"T {text}", "description": text}
    job: dict[str, Any] = small["components"]["schemas"]["Job"]
    job |= {"description": text, "example": {"id": text}}
    job["properties"][f"p{text}"] = {"type": "string", "description": text, "example": text, "default": text}
    job["properties"]["kind"] = {"const": text}
    small["components"]["schemas"]["Status"] |= {"enum": ["ready", f"v{text}"], "x-enum-varnames": ["READY", "OTHER"]}
    write_spec(small)
    generate([service])
    code = (
        "import sys, quantum_apis.qbraid_v2.models as m, quantum_apis.qbraid_v2.api.jobs.get_job as g;"
        "from quantum_apis.qbraid_v2 import connect;"
        "d = {'id': 'x', 'status': 'ready', 'kind': 'k'};"
        "assert m.Job.from_dict(d).to_dict() == d; print(g._get_kwargs('x')['url'])"
    )
    assert run_package(tmp_path / "generated", code) == "/jobs/x"


@pytest.mark.parametrize(
    "name",
    ["d", "cls", "self", "class", "field", "define", "reading", "datetime", "UNSET", "body", "Any", "1q", "_x", "T"],
)
def test_property_names_that_clash_with_the_code_around_them_are_harmless(
    name: str, write_spec: WriteSpec, small: Document, service: Service, tmp_path: Path
) -> None:
    job: dict[str, Any] = small["components"]["schemas"]["Job"]
    job["properties"][name] = {"type": "string", "format": "date-time"}
    job["additionalProperties"] = {"$ref": "#/components/schemas/Job"}
    write_spec(small)
    generate([service])
    code = (
        "import quantum_apis.qbraid_v2.models as m;"
        f"d = {{'id': 'x', 'status': 'ready', {name!r}: '2026-01-01T00:00:00Z', 'more': {{'id': 'y', 'status': 'z'}}}};"
        "j = m.Job.from_dict(d); assert j.to_dict() == d; print(j['more'].id)"
    )
    assert run_package(tmp_path / "generated", code) == "y"


@pytest.mark.parametrize("name", ["query", "header", "calls", "reading", "success", "cast", "client", "url", "kwargs"])
def test_parameter_names_that_clash_with_the_code_around_them_are_harmless(
    name: str, write_spec: WriteSpec, small: Document, service: Service, tmp_path: Path
) -> None:
    small["paths"]["/jobs/{id}"]["get"]["parameters"].append(
        {"name": name, "in": "query", "schema": {"type": "array", "items": {"type": "string"}}, "explode": False}
    )
    write_spec(small)
    generate([service])
    code = (
        "import inspect, quantum_apis.qbraid_v2.api.jobs.get_job as g;"
        "name = list(inspect.signature(g._get_kwargs).parameters)[1];"
        "print(g._get_kwargs('x', **{name: ['a', 'b']})['params'])"
    )
    assert run_package(tmp_path / "generated", code) == f"{{{name!r}: 'a,b'}}"


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("<html>", "openapi.yaml: expected a mapping at the top"),
        ("swagger: '2.0'", "openapi.yaml: not an OpenAPI 3.0 or 3.1 document"),
        ("a: 1\nb: [", "openapi.yaml:2: "),
    ],
)
def test_a_file_that_is_not_openapi_is_an_error_and_no_traceback(
    write_spec: WriteSpec, service: Service, spec: str, message: str
) -> None:
    write_spec(spec)
    done = subprocess.run(
        [sys.executable, "-m", "scripts.generate", service.name], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_service_is_an_error_that_lists_the_known_ones() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.generate", "nobody"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (
        2,
        "error: no service is called 'nobody'; there are: ionq-v0.4, ionq-v0.3, qbraid-v2\n",
    )


def test_a_missing_generator_says_how_to_get_it(
    write_spec: WriteSpec, small: Document, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUANTUM_GENERATE_ENVIRONMENT", str(tmp_path / "nowhere"))
    write_spec(small)
    with pytest.raises(Problem, match=r"make \.venv-generate"):
        generate([service])


def test_the_effective_document_is_normal_and_corrected(
    write_spec: WriteSpec, small: Document, service: Service
) -> None:
    action = {"target": "$.info", "update": {"version": "2"}, "description": "d", "x-evidence": "e"}
    write_spec({**small, "openapi": "3.0.3"}, [action])
    document = effective_document(service)
    assert (document["openapi"], document["info"]["version"]) == ("3.1.0", "2")
