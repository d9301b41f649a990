"""The one table of services: which spec folder becomes which package, and how its clients sign in."""

import os
from pathlib import Path

from attrs import frozen

from scripts.problem import Problem

ROOT = Path(__file__).resolve().parent.parent


@frozen
class Service:
    """One vendor API version."""

    name: str
    package: str
    # The word before the key in the authentication header: OpenAPI can name the header, not a word inside it.
    key_prefix: str
    key_variable: str
    # For another base URL; the first that is set counts.
    url_variables: tuple[str, ...]
    # Last path segments of the base URLs of versions that share the last of these variables.
    other_versions: tuple[str, ...] = ()
    # Where the vendor publishes its interface, as a whole document; None where no such place is known.
    published: str | None = None

    @property
    def folder(self) -> Path:
        """The folder with `openapi.yaml`, `overlay.yaml` and the generated `effective.yaml`."""
        return specs_folder() / self.name


SERVICES = {
    service.name: service
    for service in (
        Service(
            name="ionq-v0.4",
            package="ionq_v0_4",
            key_prefix="apiKey",
            key_variable="IONQ_API_KEY",
            url_variables=("IONQ_V0_4_API_URL", "IONQ_API_URL"),
            other_versions=("v0.3",),
            # The vendor's documentation pages name it as the place that they are made from.
            published="https://api.ionq.co/v0.4/api-docs",
        ),
        Service(
            name="ionq-v0.3",
            package="ionq_v0_3",
            key_prefix="apiKey",
            key_variable="IONQ_API_KEY",
            url_variables=("IONQ_V0_3_API_URL", "IONQ_API_URL"),
            other_versions=("v0.4",),
        ),
        Service(
            name="qbraid-v2",
            package="qbraid_v2",
            key_prefix="",
            key_variable="QBRAID_API_KEY",
            url_variables=("QBRAID_API_URL",),
            published="https://docs.qbraid.com/openapi-v2.json",
        ),
    )
}


def specs_folder() -> Path:
    """Where the specs stand; tests point it elsewhere with QUANTUM_SPECS_FOLDER."""
    return Path(os.environ.get("QUANTUM_SPECS_FOLDER", ROOT / "specs"))


def generated_folder() -> Path:
    """Where the bindings stand; tests point it elsewhere with QUANTUM_GENERATED_FOLDER."""
    return Path(os.environ.get("QUANTUM_GENERATED_FOLDER", ROOT / "generated"))


def project_folder() -> Path:
    """Where wrapper, cassettes and changelog stand; tests point it elsewhere with QUANTUM_PROJECT_FOLDER."""
    return Path(os.environ.get("QUANTUM_PROJECT_FOLDER", ROOT))


def find_service(name: str) -> Service:
    """The service of that name, or a Problem that lists the names there are."""
    if name not in SERVICES:
        raise Problem(f"no service is called {name!r}; there are: {', '.join(SERVICES)}")
    return SERVICES[name]
