"""Start a service from a vendor's document: `python -m scripts.add_service NAME FROM`.

NAME is a word with a version, such as `acme-v1`; FROM is a URL or a file, as for update_spec. It writes `specs/NAME/`
(the document without prose, a stub of an overlay, what clients need to sign in) and the bindings `quantum_apis.<name>`,
which work alone: no wrapper file is needed. `specs/NAME/NEXT.md` says what a person should look at.

Status 0: the bindings are there. 2: FROM cannot be used, and nothing was written.
"""

import argparse
import datetime
import re
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urljoin

from attrs import evolve

from scripts.bindings import generator_version
from scripts.diff import operations_of
from scripts.documents import Incoming, read_document
from scripts.effective import Effective, check_usable, effective_path, effective_text, make_effective
from scripts.fetching import is_url, read_source, source_folder, source_name
from scripts.generate import PACKAGE, build, install
from scripts.overlay import load_overlays
from scripts.problem import Problem, exit_status
from scripts.services import FILE, NEXT, SERVICES, Service, generated_folder, specs_folder
from scripts.spec_files import dump_document, shown
from scripts.template_values import base_url, key_scheme
from scripts.vendor import Provenance, VendorDocument, assemble, vendor_folder

NAME = re.compile(r"[a-z][a-z0-9]*([-.][a-z0-9]+)*")
OVERLAY = """\
# {title}: our corrections (OpenAPI Overlay 1.0), each with its reason (`description`) and what it
# rests on (`x-evidence`).
# What only says something in our words needs neither, and may stand in a file of its own, words.yaml.
overlay: 1.0.0
info:
  title: Corrections to {title}
  version: 1.0.0
actions: []
"""


def add_service(name: str, source: str, *, as_of: datetime.date | None = None) -> int:
    """Write the spec and the bindings of a new service; the exit status."""
    if not NAME.fullmatch(name):
        raise Problem(f"{name!r}: a service's name is small letters and figures, such as acme-v1")
    folder = specs_folder() / name
    if folder.exists() or name in SERVICES:
        raise Problem(f"{name} is there already; `make update-spec SERVICE={name} FROM=...` takes over a change")
    package = generated_folder() / PACKAGE / _package(name)
    if package.exists():
        raise Problem(f"{name}: its bindings would take the place of {shown(package)}: choose another name")
    origin = source_name(source)
    text, modified = read_source(source)
    incoming = read_document(text, origin, "whole", source_folder(source))
    date = str(as_of or incoming.published or modified or datetime.date.today())
    taken = VendorDocument(Provenance(date, "whole", "vendor", origin), incoming.document)
    service = _service(name, incoming, source)
    effective = make_effective(assemble([taken], name), [], service)
    check_usable(effective, origin)
    try:
        _write_sources(service, taken)
        with tempfile.TemporaryDirectory(prefix="quantum-add-") as temporary:
            built, made = build({service: effective}, Path(temporary))
            effective = made[service]
            check_usable(effective, origin)
            (folder / NEXT).write_text(_next_steps(service, incoming, effective), encoding="utf-8")
            install(built, [service], {effective_path(service): effective_text(service, effective)})
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    print("\n".join(_report(service, incoming, effective)))
    return 0


def _package(name: str) -> str:
    return re.sub(r"[-.]", "_", name)


def _service(name: str, incoming: Incoming, source: str) -> Service:
    package = _package(name)
    word = re.sub(r"_V\d.*$", "", package.upper())
    service = Service(
        name=name,
        package=package,
        key_variable=f"{word}_API_KEY",
        url_variables=(f"{package.upper()}_API_URL",),
        published=source if is_url(source) else "",
    )
    found = base_url(service, incoming.document)
    if not found and is_url(source):
        # A relative server is below the place that the document is from.
        relative = next((str(each.get("url", "")) for each in incoming.document.get("servers", [])), "/")
        found = "" if "{" in relative else urljoin(source, relative).rstrip("/")
        service = evolve(service, base_url=found)
    return service


def _write_sources(service: Service, taken: VendorDocument) -> None:
    vendor_folder(service.folder).mkdir(parents=True)
    (vendor_folder(service.folder) / taken.name).write_text(taken.text, encoding="utf-8")
    title = " ".join(str(taken.document["info"].get("title", service.name)).split())
    (service.folder / "overlay.yaml").write_text(OVERLAY.format(title=_plain(title)), encoding="utf-8")
    data = {"package": service.package, "key_variable": service.key_variable, "url_variables": [*service.url_variables]}
    more = {"base_url": service.base_url, "published": service.published}
    text = dump_document({**data, **{key: value for key, value in more.items() if value}})
    (service.folder / FILE).write_text(text, encoding="utf-8")
    # What was written is what `make generate` reads.
    load_overlays(service.folder)


def _plain(title: str) -> str:
    return re.sub(r"[^\w .,()/-]", " ", title).strip() or "a service"


def _report(service: Service, incoming: Incoming, effective: Effective) -> list[str]:
    count = len(operations_of(effective.document))
    lines = [f"{service.name}: {count} operations, as quantum_apis.{service.package}"]
    if effective.left_out:
        lines.append(f"{len(effective.left_out)} operations are left out:")
        lines += [f"  {each}" for each in effective.left_out]
    lines.append(f"what to look at now: {shown(service.folder / NEXT)}")
    return lines


def _next_steps(service: Service, incoming: Incoming, effective: Effective) -> str:
    document = effective.document
    name, scheme = key_scheme(document, service)
    schemes = document.get("components", {}).get("securitySchemes", {})
    others = [each for each in schemes if each != name]
    url = base_url(service, document)
    first = next(iter(operations_of(document).values()))
    lines = [
        f"# {service.name}: what to do next",
        "",
        f"Made by `make add-service`, openapi-python-client {generator_version()}; this file may go when it is done.",
        "",
        f"    from quantum_apis import {service.package}",
        f"    with {service.package}.connect() as client:",
        f"        client.{first.node['tags'][0]} ...  # one group of operations for each tag",
        "",
        "1. **Licence.** See that the vendor's description may be kept: `vendor/` has its facts, not its prose.",
        f"2. **Base URL.** {url or 'The description names none: put `base_url` into service.yaml.'}",
        f"3. **Key.** {_key_words(service, name, scheme)}",
    ]
    if others:
        lines.append(
            f"   Other schemes are not used: {', '.join(others)}. `scheme:` in service.yaml chooses one of them."
        )
    lines += [
        "4. **Names and words.** Tags, operationIds and descriptions become modules, functions and docstrings. They are"
        " corrected by actions in overlay.yaml; then `make generate`.",
        "5. **Pages.** Say with `x-pagination` how a listing leads to its next page (CONTRIBUTING.md).",
        "6. **Evidence.** Record real answers before the wrapper relies on the description.",
        "7. **Wrapper.** Only for a cloud whose jobs shall read like the others': `wrapper/quantum_jobs/services/`.",
        "8. **Sandbox, guide, changelog.** As far as there is a wrapper file.",
    ]
    for title, entries in (
        ("Mistakes in the vendor's document", [*incoming.mistakes, *incoming.dangling]),
        ("Decided by rule", effective.decided),
        ("Left out", effective.left_out),
    ):
        lines += ["", f"## {title}", "", *(f"- {entry}" for entry in entries)] if entries else []
    return "\n".join(lines) + "\n"


def _key_words(service: Service, name: str, scheme: dict[str, object]) -> str:
    if not name:
        return "The description has no scheme that a client can use: the bindings send no key."
    where = {"apiKey": f"the {scheme.get('in')} parameter {scheme.get('name')}"}.get(
        str(scheme.get("type")), "the header Authorization"
    )
    query = " A key in a URL stands in logs: httpx logs URLs at level INFO." if scheme.get("in") == "query" else ""
    return f"Scheme {name}: {where}, from the variable {service.key_variable}.{query}"


def main() -> int:
    """The command."""
    assert __doc__
    parser = argparse.ArgumentParser(
        prog="python -m scripts.add_service", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", metavar="NAME", help="such as acme-v1")
    parser.add_argument("source", metavar="FROM", help="a URL or a file")
    parser.add_argument("--as-of", type=datetime.date.fromisoformat, metavar="DATE", help="the document's date")
    given = parser.parse_args()
    return exit_status(lambda: add_service(given.name, given.source, as_of=given.as_of))


if __name__ == "__main__":
    sys.exit(main())
