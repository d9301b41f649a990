"""A workspace of its own for each test: a small spec that stands in for one of the services, and an empty place for
bindings."""

import copy
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts import add_service, update_spec
from scripts.bindings import ENVIRONMENT_VARIABLE
from scripts.effective import Effective
from scripts.generate import COMMON, PACKAGE, generate
from scripts.services import ROOT, Service, find_service, generated_folder
from scripts.spec_files import Document, dump_document

SMALL: Document = {
    "openapi": "3.1.0",
    "info": {"title": "Small", "version": "1"},
    "servers": [{"url": "https://small.example/v1"}],
    "security": [{"key": []}],
    "paths": {
        "/jobs/{id}": {
            "get": {
                "operationId": "getJob",
                "tags": ["jobs"],
                "summary": "Read a job",
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {
                    "200": {
                        "description": "The job.",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}},
                    }
                },
            }
        }
    },
    "components": {
        "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-API-KEY"}},
        "schemas": {
            "Job": {
                "type": "object",
                "required": ["id", "status"],
                "properties": {"id": {"type": "string"}, "status": {"$ref": "#/components/schemas/Status"}},
            },
            "Status": {"type": "string", "enum": ["ready", "done"]},
        },
    },
}
PROVENANCE = {"date": "2026-10-01", "extent": "whole", "author": "vendor"}
OVERLAY: Document = {"overlay": "1.0.0", "info": {"title": "Small", "version": "1"}, "actions": []}


def put_vendor(folder: Path, spec: Document | str) -> None:
    """Put a whole document, or a text that may be none, where a service has its vendor's."""
    text = spec if isinstance(spec, str) else dump_document({"x-provenance": PROVENANCE, **spec})
    (folder / "vendor").mkdir(parents=True, exist_ok=True)
    (folder / "vendor" / "2026-10-01.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def small() -> Document:
    """A small API, to be changed at will."""
    return copy.deepcopy(SMALL)


@pytest.fixture
def service() -> Service:
    """The service whose place the small API takes."""
    return find_service("qbraid-v2")


@pytest.fixture
def write_spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: Service) -> Callable[..., Path]:
    """Write a vendor's document and an overlay where the scripts look for that service's; gives the spec's folder."""
    monkeypatch.setenv("QUANTUM_SPECS_FOLDER", str(tmp_path / "specs"))
    monkeypatch.setenv("QUANTUM_GENERATED_FOLDER", str(tmp_path / "generated"))

    def write(spec: Document | str, actions: list[Any] | None = None) -> Path:
        folder = service.folder
        folder.mkdir(parents=True, exist_ok=True)
        put_vendor(folder, spec)
        (folder / "overlay.yaml").write_text(dump_document({**OVERLAY, "actions": actions or []}), encoding="utf-8")
        return folder

    return write


@pytest.fixture(scope="session")
def generator() -> Iterator[None]:
    """The generator's own environment; `make test` sees to it that it is there."""
    environment = ROOT / ".venv-generate"
    if not shutil.which("ruff", path=str(environment / "bin")):
        pytest.fail("the generator's environment is not there: run `make .venv-generate/ready`", pytrace=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ENVIRONMENT_VARIABLE, str(environment))
        yield


def make_project(folder: Path, spec: Document) -> Path:
    """Put a description and its bindings into a folder, below `specs` and `generated`."""
    service = find_service("qbraid-v2")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUANTUM_SPECS_FOLDER", str(folder / "specs"))
        patch.setenv("QUANTUM_GENERATED_FOLDER", str(folder / "generated"))
        service.folder.mkdir(parents=True)
        put_vendor(service.folder, spec)
        (service.folder / "overlay.yaml").write_text(dump_document(OVERLAY), encoding="utf-8")
        generate([service])
    return folder


@pytest.fixture(scope="session")
def small_project(tmp_path_factory: pytest.TempPathFactory, generator: None) -> Path:
    """A folder with the specs and the bindings of the small API, made once; to be copied."""
    return make_project(tmp_path_factory.mktemp("small"), SMALL)


@pytest.fixture(scope="session")
def mypy_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the type checker knows of the libraries, for all tests that run it: a copy, as they have modules of the same
    names. `make types` has filled it, else the first test does."""
    folder = tmp_path_factory.mktemp("mypy") / "cache"
    if (ROOT / ".mypy_cache").exists():
        shutil.copytree(ROOT / ".mypy_cache", folder)
    else:
        folder.mkdir()
    return folder


@pytest.fixture
def no_generator(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what has nothing to do with the bindings: those that are there, if any, are taken for the new ones."""

    def build(effectives: dict[Service, Effective], folder: Path) -> tuple[Path, dict[Service, Effective]]:
        built = folder / PACKAGE
        shutil.copytree(ROOT / "generated" / PACKAGE / "_runtime", built / "_runtime")
        if (generated_folder() / PACKAGE).exists():
            shutil.copytree(generated_folder() / PACKAGE, built, dirs_exist_ok=True)
        for service in effectives:
            (built / service.package).mkdir(exist_ok=True)
        for name in COMMON:
            (built / name).touch()
        return built, effectives

    for module in (add_service, update_spec):
        monkeypatch.setattr(module, "build", build)
