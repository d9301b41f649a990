"""What the site says straight from the code, so that it cannot fall behind: the directives ``services-table``,
``formats-table`` and ``status-table`` (what each service supports) and ``bindings`` (the operations of a client).
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from importlib import import_module
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList
from quantum_jobs import arguments, services
from quantum_jobs.errors import UnsupportedError
from quantum_jobs.model import JobStatus, Program
from quantum_jobs.services.base import Service

NONE = "-"

#: One small program for each format that has a name of ours.
SAMPLES = {
    "qasm3": 'OPENQASM 3.0; include "stdgates.inc"; qubit[1] q; bit[1] c; x q[0]; c = measure q;',
    "qasm2": 'OPENQASM 2.0; include "qelib1.inc"; qreg q[1]; creg c[1]; x q[0]; measure q -> c;',
    "ionq.circuit": {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "x", "target": 0}]},
    "qir.ll": "; ModuleID = 'sample'",
    "qir.bc": b"BC\xc0\xde",
}


def own_services() -> list[Service]:
    return [services.service(name) for name in ("ionq-v0.4", "ionq-v0.3", "qbraid-v2")]


def overrides(service: Service, method: str) -> bool:
    return getattr(type(service), method) is not getattr(Service, method)


def yes(condition: bool) -> str:
    return "yes" if condition else NONE


def addresses(service: Service) -> str:
    return ", then ".join(f"`{name}`" for name in (service.own_url_variable, service.url_variable) if name)


def limit(service: Service) -> str:
    rate = service.rate_limit
    return f"{rate.requests:,} requests in {rate.seconds / 60:g} minutes" if rate else NONE


#: What stands in the row of each thing that a service has or lacks.
FACTS: dict[str, Callable[[Service], str]] = {
    "short name": lambda service: f"`{service.alias}`" if service.alias else NONE,
    "address": lambda service: f"`{service.base_url}`",
    "key from": lambda service: f"`{service.key_variable}`",
    "address from": addresses,
    "documented rate limit": limit,
    "jobs in one status request": lambda service: str(service.status_chunk or "a page"),
    "jobs in one cancel request": lambda service: str(service.bulk_chunk or 1),
    "`job.program()`": lambda service: yes(overrides(service, "program")),
    "`job.compiled_program()`": lambda service: yes(overrides(service, "compiled_program")),
    "`job.delete()`": lambda service: yes(overrides(service, "delete")),
    "`client.devices()`": lambda service: yes(overrides(service, "devices")),
    "`client.estimate()`": lambda service: yes(overrides(service, "estimate")),
    "`job.cost()` asks the service": lambda service: yes(overrides(service, "cost")),
    "search by idempotency key": lambda service: yes(overrides(service, "search")),
    "`result(aggregation=...)`": lambda service: yes(service.aggregates),
}


def services_table() -> list[list[str]]:
    """A row for each thing that a service may have or lack."""
    every = own_services()
    header = ["", *(f"`{service.name}`" for service in every)]
    return [header, *([title, *map(fact, every)] for title, fact in FACTS.items())]


def formats_table() -> list[list[str]]:
    """A row for each format: taken as it is, converted, or neither. Found by trying."""

    def taken(service: Service, name: str) -> str:
        submission = arguments.submission(
            Program(name, SAMPLES[name]),
            device="simulator",
            shots=1,
            name=None,
            tags=None,
            options=None,
            idempotency_key=None,
        )
        try:
            service.create(submission)
        except UnsupportedError:
            return NONE
        return "yes" if name in service.formats else "converted"

    every = own_services()
    header = ["format", *(f"`{service.name}`" for service in every)]
    return [header, *([f"`{name}`", *(taken(service, name) for service in every)] for name in SAMPLES)]


def status_table() -> list[list[str]]:
    """A row for each status, with the vendors' words for it."""
    every = own_services()
    rows = [["status", "final", *(f"`{service.name}`" for service in every)]]
    for status in JobStatus:
        words = [", ".join(service.words_for(status)) or NONE for service in every]
        if status is JobStatus.UNKNOWN:
            words = ["any other word" if found == NONE else f"{found}, any other word" for found in words]
        rows.append([f"`{status}`", "yes" if status.is_final else "", *words])
    return rows


def bindings_text(package: str) -> list[str]:
    """The groups of operations of a generated client, each as the class that has them as methods."""
    api = import_module(f"quantum_apis.{package}.api")
    lines = []
    for group in pkgutil.iter_modules(api.__path__):
        class_name = "".join(word.capitalize() for word in group.name.split("_")) + "Operations"
        lines += [
            f"### `client.{group.name}`",
            "",
            "```{eval-rst}",
            f".. autoclass:: quantum_apis.{package}.api.{group.name}.{class_name}",
            "   :members:",
            "```",
            "",
        ]
    return lines


class MadeFromCode(Directive):
    """Parses lines of Markdown that a function makes."""

    optional_arguments = 1
    make: Callable[..., list[str]]

    def run(self) -> list[nodes.Node]:
        lines = type(self).make(*self.arguments)
        node = nodes.Element()
        node.document = self.state.document
        self.state.nested_parse(StringList(lines, source=self.name), self.content_offset, node, match_titles=True)
        return node.children


def as_markdown(make_rows: Callable[[], list[list[str]]]) -> Callable[[], list[str]]:
    def make() -> list[str]:
        header, *body = make_rows()
        return ["| " + " | ".join(row) + " |" for row in (header, ["---"] * len(header), *body)]

    return make


def name_own_classes(
    app: Any, what: str, name: str, obj: object, options: object, arguments: str | None, returned: str | None
) -> tuple[str | None, str | None]:
    """Say in a verb, which is written once for async code and any kind of job, what the class at hand gives."""
    replaced = {"NOTHING": "{}"}  # so attrs calls the default of a field that begins as an empty dict
    if name.startswith(("quantum_jobs.Client", "quantum_jobs.Job.", "quantum_jobs.Submissions")):
        replaced |= {"AsyncIterator[": "Iterator[", "AsyncSubmissions[": "Submissions[", "AnyJob": "Job"}
    elif name.startswith("quantum_jobs.Async"):
        replaced |= {"AnyJob": "AsyncJob"}

    def own(signature: str | None) -> str | None:
        for word, instead in replaced.items():
            signature = signature and signature.replace(word, instead)
        return signature

    return own(arguments), own(returned)


def setup(app: Any) -> dict[str, Any]:
    makers = {
        "services-table": as_markdown(services_table),
        "formats-table": as_markdown(formats_table),
        "status-table": as_markdown(status_table),
        "bindings": bindings_text,
    }
    for name, make in makers.items():
        app.add_directive(name, type(name, (MadeFromCode,), {"make": staticmethod(make)}))
    app.connect("autodoc-process-signature", name_own_classes)
    return {"parallel_read_safe": True}
