"""The whole way from a spec to a package, in a workspace of its own."""

import copy
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.effective import effective_document, make_effective, vendor_document
from scripts.generate import generate, main
from scripts.overlay import load_overlays
from scripts.problem import Problem, exit_status
from scripts.services import ROOT, SERVICES, Service, find_service
from scripts.spec_files import Document

from .conftest import SMALL, make_project

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


@pytest.fixture
def made(small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small API with its bindings, as they were made."""
    monkeypatch.setenv("QUANTUM_SPECS_FOLDER", str(tmp_path / "specs"))
    monkeypatch.setenv("QUANTUM_GENERATED_FOLDER", str(tmp_path / "generated"))
    shutil.copytree(small_project, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_generated_files_say_where_they_come_from_and_nothing_of_this_machine(
    small_project: Path, made: Path, service: Service
) -> None:
    written = files(made / "generated") | {"effective.yaml": (service.folder / "effective.yaml").read_bytes()}
    assert "quantum_apis/py.typed" in written
    for name, content in written.items():
        if not name.endswith("py.typed") and "_runtime" not in name:
            assert b"Do not edit" in content.splitlines()[0] + content.splitlines()[1], name
        assert str(small_project.parent).encode() not in content
        assert str(ROOT).encode() not in content
    assert b"Small 1, as of 2026-10-01" in written["quantum_apis/qbraid_v2/models/job.py"]
    assert not [name for name in written if "cache" in name]


def test_what_was_generated_passes_the_check(made: Path, service: Service) -> None:
    assert generate([service], check=True) == 0


def test_the_check_fails_for_one_changed_character_and_for_files_too_many_or_too_few(
    made: Path, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    package = made / "generated" / "quantum_apis" / service.package
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
    made: Path, write_spec: WriteSpec, small: Document, service: Service, tmp_path: Path
) -> None:
    before = files(tmp_path)
    folder = write_spec(small, [{"target": "$.nowhere", "remove": True, "description": "d", "x-evidence": "e"}])
    with pytest.raises(Problem, match="matches nothing"):
        generate([service])
    (folder / "overlay.yaml").write_bytes(before["specs/qbraid-v2/overlay.yaml"])
    assert files(tmp_path) == before


def test_an_interruption_between_two_files_leaves_what_was_there(
    made: Path, service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = files(tmp_path)
    move, moved = shutil.move, []

    def interrupted(source: Path, target: Path) -> None:
        move(source, target)
        moved.append(source)
        if len(moved) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "move", interrupted)
    with pytest.raises(KeyboardInterrupt):
        generate([service])
    assert files(tmp_path) == before


# Values that are no enum to the generator.
ODD = {"name": "q", "in": "query", "schema": {"enum": [1, "a", 2.5]}}


def test_an_operation_that_the_generator_refuses_is_left_out_with_its_reason_and_the_others_are_made(
    write_spec: WriteSpec, small: Document, service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = copy.deepcopy(small["paths"]["/jobs/{id}"]["get"])
    other["operationId"] = "getOther"
    other["parameters"].append(ODD)
    third = copy.deepcopy(small["paths"]["/jobs/{id}"]["get"])
    third["operationId"] = "getThird"
    third["responses"]["200"]["content"]["application/json"]["schema"]["$ref"] = "#/components/schemas/Odd"
    # No object, put together of two parts.
    small["components"]["schemas"]["Odd"] = {"allOf": [{"$ref": "#/components/schemas/Status"}, {"maxLength": 3}]}
    write_spec({**small, "paths": {**small["paths"], "/others/{id}": {"get": other}, "/third/{id}": {"get": third}}})
    assert generate([service]) == 0
    report = capsys.readouterr().out
    assert "qbraid-v2: left out: GET /others/{id}: " in report
    assert "qbraid-v2: left out: GET /third/{id}: " in report
    modules = {path.name for path in (tmp_path / "generated/quantum_apis/qbraid_v2/api/jobs").glob("*.py")}
    assert modules == {"__init__.py", "get_job.py"}
    assert "# Left out: GET /others/{id}: " in (service.folder / "effective.yaml").read_text()


def test_what_the_generator_refuses_altogether_is_an_error(
    write_spec: WriteSpec, small: Document, service: Service
) -> None:
    small["paths"]["/jobs/{id}"]["get"]["parameters"].append(ODD)
    write_spec(small)
    with pytest.raises(Problem, match="specs/qbraid-v2: the generator refuses it"):
        generate([service])


def test_output_is_the_same_under_another_hash_seed_and_a_hostile_ruff_configuration(
    made: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = files(made / "generated")
    for folder in (made, made / "temporary"):
        folder.mkdir(exist_ok=True)
        (folder / "ruff.toml").write_text(
            'line-length = 40\n[lint]\nselect = ["ALL"]\n[format]\nquote-style = "single"\n'
        )
    monkeypatch.setenv("PYTHONHASHSEED", "42")
    monkeypatch.setenv("TMPDIR", str(made / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    generate([service])
    assert files(made / "generated") == first


def reversed_keys(node: Any) -> Any:
    if isinstance(node, list):
        return [reversed_keys(item) for item in node]
    return {key: reversed_keys(node[key]) for key in reversed(node)} if isinstance(node, dict) else node


@pytest.mark.parametrize("name", SERVICES)
def test_what_the_generator_gets_is_the_same_for_other_orders_of_keys(name: str) -> None:
    """To the byte, so what it makes of that is the same too."""
    service = find_service(name)
    vendor, overlays = vendor_document(service), load_overlays(service.folder)
    first, second = (
        json.dumps(make_effective(change(vendor), overlays, service).document) for change in (dict, reversed_keys)
    )
    assert first == second


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


FIELDS = [
    "d",
    "cls",
    "self",
    "class",
    "field",
    "define",
    "reading",
    "datetime",
    "UNSET",
    "body",
    "Any",
    "1q",
    "_x",
    "T",
]
PARAMETERS = [
    *("query", "header", "reading", "cast", "client", "url", "kwargs", "timeout", "extra_headers", "parse"),
    *("build_request", "parse_detailed", "next_page", "request", "response", "call", "sync", "self", "Request"),
]


def add_hostile_texts(spec: Document) -> None:
    """Each text in every place where a vendor's text can reach the code."""
    schemas, paths = spec["components"]["schemas"], spec["paths"]
    for number, text in enumerate(HOSTILE):
        one: dict[str, Any] = copy.deepcopy(paths["/jobs/{id}"]["get"])
        one |= {"operationId": f"getHostile{number}", "summary": text, "description": text}
        one["parameters"].append({"name": f"q{text}", "in": "query", "schema": {"type": "string", "default": text}})
        schema = {"$ref": f"#/components/schemas/Hostile{number}"}
        one["responses"]["200"]["content"]["application/json"]["schema"] = schema
        paths[f"/hostile{number}/{{id}}"] = {"get": one}
        model: dict[str, Any] = schemas.setdefault(f"Hostile{number}", copy.deepcopy(schemas["Job"]))
        model |= {"description": text, "example": {"id": text}}
        model["properties"] |= {
            f"p{text}": {"type": "string", "description": text, "example": text, "default": text},
            "kind": {"const": text},
            "status": {"type": "string", "enum": ["ready", f"v{text}"], "x-enum-varnames": ["READY", "OTHER"]},
        }
    spec["info"] |= {"title": "T " + " ".join(HOSTILE), "description": " ".join(HOSTILE)}


def add_clashing_names(spec: Document) -> None:
    """Fields and parameters that are called like the code around them."""
    schemas, paths = spec["components"]["schemas"], spec["paths"]
    for number, name in enumerate(FIELDS):
        # One model each, so that none is saved by another's being renamed.
        schemas[f"Clash{number}"] = {
            "type": "object",
            "properties": {"id": {"type": "string"}, name: {"type": "string", "format": "date-time"}},
            "additionalProperties": {"$ref": "#/components/schemas/Job"},
        }
        schemas["Job"]["properties"][f"c{number}"] = {"$ref": f"#/components/schemas/Clash{number}"}
    for number, name in enumerate(PARAMETERS):
        one = copy.deepcopy(paths["/jobs/{id}"]["get"])
        one["operationId"] = f"getJob{number}"
        schema = {"type": "array", "items": {"type": "string"}}
        one["parameters"].append({"name": name, "in": "query", "schema": schema, "explode": False})
        paths[f"/jobs{number}/{{id}}"] = {"get": one}


@pytest.fixture(scope="module")
def odd_package(tmp_path_factory: pytest.TempPathFactory, generator: None) -> Path:
    """The bindings of a description that is full of texts and names which could reach into the code."""
    spec = copy.deepcopy(SMALL)
    add_hostile_texts(spec)
    add_clashing_names(spec)
    return make_project(tmp_path_factory.mktemp("odd"), spec) / "generated"


def test_hostile_text_stays_text(odd_package: Path) -> None:
    """All modules must load and do their work."""
    code = (
        "import importlib, quantum_apis.qbraid_v2.models as m;"
        "from quantum_apis.qbraid_v2 import connect;"
        "names = [(n, importlib.import_module(f'quantum_apis.qbraid_v2.api.jobs.get_hostile_{n}'))"
        f" for n in range({len(HOSTILE)})];"
        "d = {'id': 'x', 'status': 'ready', 'kind': 'k'};"
        "assert all(getattr(m, f'Hostile{n}').from_dict(d).to_dict() == d for n, _ in names);"
        "print(*(g.build_request('x').path for _, g in names))"
    )
    assert run_package(odd_package, code).split() == [f"/hostile{number}/x" for number in range(len(HOSTILE))]


def test_property_names_that_clash_with_the_code_around_them_are_harmless(odd_package: Path) -> None:
    code = (
        "import quantum_apis.qbraid_v2.models as m\n"
        f"for n, name in enumerate({FIELDS!r}):\n"
        "    d = {'id': 'x', name: '2026-01-01T00:00:00Z', 'more': {'id': 'y', 'status': 'z'}}\n"
        "    j = getattr(m, f'Clash{n}').from_dict(d)\n"
        "    assert j.to_dict() == d, name\n"
        "    assert j['more'].id == 'y', name\n"
    )
    run_package(odd_package, code)


def test_parameter_names_that_clash_with_the_code_around_them_are_harmless(odd_package: Path) -> None:
    code = (
        "import functools, importlib, inspect, httpx\n"
        "from quantum_apis.qbraid_v2 import connect\n"
        f"for n, name in enumerate({PARAMETERS!r}):\n"
        "    g = importlib.import_module(f'quantum_apis.qbraid_v2.api.jobs.get_job_{n}')\n"
        "    argument = list(inspect.signature(g.build_request).parameters)[1]\n"
        "    params = g.build_request('x', **{argument: ['a', 'b']}).params\n"
        "    assert params == {name: 'a,b'}, (name, params)\n"
        "    client = connect('key', transport=httpx.MockTransport(lambda request: httpx.Response(200, json={})))\n"
        "    for call in (functools.partial(g.sync, client=client), getattr(client.jobs, f'get_job_{n}')):\n"
        "        assert call('x', **{argument: ['a', 'b']}, timeout=5, extra_headers={'a': 'b'}).to_dict() == {}\n"
    )
    run_package(odd_package, code)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("<html>", "2026-10-01.yaml: expected a mapping at the top"),
        ("swagger: '2.0'", "2026-10-01.yaml: needs `x-provenance`"),
        ("a: 1\nb: ]", "2026-10-01.yaml:2: "),
    ],
)
def test_a_file_that_is_not_openapi_is_an_error_and_no_traceback(
    write_spec: WriteSpec, service: Service, spec: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_spec(spec)
    assert exit_status(lambda: generate([service])) == 2
    assert message in capsys.readouterr().err


def test_an_unknown_service_is_an_error_that_lists_the_known_ones(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["generate", "nobody"])
    assert main() == 2
    known = "ionq-v0.3, ionq-v0.4, qbraid-v2"
    assert capsys.readouterr().err == f"error: no service is called 'nobody'; there are: {known}\n"


def test_a_missing_generator_says_how_to_get_it(
    write_spec: WriteSpec, small: Document, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUANTUM_GENERATE_ENVIRONMENT", str(tmp_path / "nowhere"))
    write_spec(small)
    with pytest.raises(Problem, match=r"make \.venv-generate/ready"):
        generate([service])


def test_the_effective_document_is_normal_and_corrected(
    write_spec: WriteSpec, small: Document, service: Service
) -> None:
    action = {"target": "$.info", "update": {"version": "2"}, "description": "d", "x-evidence": "e"}
    write_spec({**small, "openapi": "3.0.3"}, [action])
    document = effective_document(service).document
    assert (document["openapi"], document["info"]["version"]) == ("3.1.0", "2")
