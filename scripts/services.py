"""The services: every folder in specs/ with a `service.yaml` is one. That file says which package it becomes and how
its clients sign in, as far as an OpenAPI description cannot."""

import os
from pathlib import Path
from typing import Any

from attrs import fields_dict, frozen

from scripts.problem import Problem
from scripts.spec_files import load_document, shown

ROOT = Path(__file__).resolve().parent.parent
FILE = "service.yaml"
NEXT = "NEXT.md"


@frozen
class Service:
    """One vendor API version."""

    name: str
    package: str
    key_variable: str
    # For another base URL; the first that is set counts.
    url_variables: tuple[str, ...]
    # The word before the key in its header, where OpenAPI has no place for it.
    key_prefix: str = ""
    # The security scheme that clients use, where the description has several and the rule takes the wrong one.
    scheme: str = ""
    # Where the service is, where the description does not say.
    base_url: str = ""
    # Last path segments of the base URLs of versions that share the last of the variables.
    other_versions: tuple[str, ...] = ()
    # Where the vendor publishes its interface, as a whole document.
    published: str = ""

    @property
    def folder(self) -> Path:
        """The folder with `vendor/`, the overlays and the generated `effective.yaml`."""
        return specs_folder() / self.name

    @property
    def is_new(self) -> bool:
        """Whether nobody has gone through what `make add-service` left to do: names and words are the vendor's yet."""
        return (self.folder / NEXT).exists()


def specs_folder() -> Path:
    """Where the specs stand; tests point it elsewhere with QUANTUM_SPECS_FOLDER."""
    return Path(os.environ.get("QUANTUM_SPECS_FOLDER", ROOT / "specs"))


def generated_folder() -> Path:
    """Where the bindings stand; tests point it elsewhere with QUANTUM_GENERATED_FOLDER."""
    return Path(os.environ.get("QUANTUM_GENERATED_FOLDER", ROOT / "generated"))


def project_folder() -> Path:
    """Where wrapper, cassettes and changelog stand; tests point it elsewhere with QUANTUM_PROJECT_FOLDER."""
    return Path(os.environ.get("QUANTUM_PROJECT_FOLDER", ROOT))


def load_services(folder: Path) -> dict[str, Service]:
    """The services of a folder of specs by their names."""
    return {path.parent.name: load_service(path) for path in sorted(folder.glob(f"*/{FILE}"))}


def load_service(path: Path) -> Service:
    """What a `service.yaml` says."""
    data: dict[str, Any] = load_document(path)
    names = fields_dict(Service).keys() - {"name"}
    if unknown := sorted(data.keys() - names):
        raise Problem(f"{shown(path)}: has keys that mean nothing here: {', '.join(unknown)}")
    for key in ("package", "key_variable"):
        if not isinstance(data.get(key), str) or not data[key].isidentifier():
            raise Problem(f"{shown(path)}: needs `{key}`, a Python name")
    for key in ("url_variables", "other_versions"):
        if not isinstance(data.get(key, []), list):
            raise Problem(f"{shown(path)}: `{key}` must be a list")
        data[key] = tuple(data.get(key, ()))
    if not data["url_variables"]:
        raise Problem(f"{shown(path)}: needs `url_variables`, the environment variables for another base URL")
    return Service(name=path.parent.name, **data)


SERVICES = load_services(ROOT / "specs")


def find_service(name: str) -> Service:
    """The service of that name, or a Problem that lists the names there are."""
    known = {**SERVICES, **load_services(specs_folder())}
    if name not in known:
        raise Problem(f"no service is called {name!r}; there are: {', '.join(known)}")
    return known[name]
