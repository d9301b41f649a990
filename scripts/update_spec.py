"""Take over what a vendor has changed: `python -m scripts.update_spec SERVICE FROM [--check] [--json]`.

FROM is a URL or a file: an OpenAPI document (JSON or YAML, 3.0 or 3.1) or the source of a documentation page with one
in it. A page that names one operation, and a document that holds exactly one, takes the place of that operation; any
other document takes the place of the whole interface, operations that it lacks included. `--operation` and `--whole`
decide instead. The document is dated by the vendor's own date, else by that of the download, else by today (`--as-of`).

What changed is reported first, whatever comes after; then everything that stands in the way of the new bindings, with
the overlay action or the place that it comes from; then what of the project does not fit them any more, and did before.

Status 0: everything fits, and the files are written. 1: something does not fit that did before, or an operation cannot
be generated any more; it is named, and the new files stay, since that is what the wrapper has to be fitted to. 2: FROM
cannot be used, and no file has changed.
"""

import argparse
import datetime
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from attrs import asdict, evolve, field, frozen

from scripts.changes import Change, add_to_changelog, as_changelog, as_report, count
from scripts.diff import compare, operations_of, overruled
from scripts.documents import Incoming, check_service, read_document
from scripts.effective import (
    Effective,
    LeftOut,
    check_usable,
    effective_path,
    effective_text,
    make_effective,
)
from scripts.fetching import read_source, source_folder, source_name
from scripts.fitting import Misfit, new_ones, replay, type_check
from scripts.generate import PACKAGE, build, install
from scripts.overlay import STATES, Action, Overlay, load_overlays, read_overlay
from scripts.overlay_text import Removal, removal_of, without
from scripts.problem import Problem, exit_status
from scripts.python_surface import PythonNames, SurfaceChange, surface, surface_changes
from scripts.references import without_dangling
from scripts.services import SERVICES, Service, find_service, generated_folder, project_folder, specs_folder
from scripts.spec_files import Document, load_document, shown
from scripts.vendor import Extent, Provenance, VendorDocument, assemble, load_vendor, superseded, vendor_folder


@frozen
class Stale:
    """An overlay action, or words in one, that the vendor's change has left without a reason. It is taken out."""

    action: Action
    text: str
    removal: Removal

    def __str__(self) -> str:
        return f"{self.action.file}:{self.action.line}: {self.action.target} {self.text}"


@frozen
class Update:
    """What a vendor's document means for us."""

    service: Service
    origin: str
    incoming: Incoming
    taken: VendorDocument
    before: Document
    after: Document
    changes: list[Change]

    @property
    def is_older(self) -> bool:
        """Whether what we have is newer altogether, so that this changes nothing."""
        others = [each for each in load_vendor(self.service.folder) if each.name != self.taken.name]
        return self.taken in superseded([*others, self.taken])


@frozen
class Outcome:
    """What comes of it for the bindings and for the project."""

    effective: Effective
    stale: list[Stale]
    texts: dict[Path, str]
    python: list[SurfaceChange] = field(factory=list)
    misfits: list[Misfit] = field(factory=list)
    replayed: bool = False
    lost: list[LeftOut] = field(factory=list)

    @property
    def breaks(self) -> bool:
        """Whether something does not fit, or cannot be generated, that did before."""
        return bool(self.misfits or self.lost)


def plan(service: Service, source: str, extent: Extent | None = None, as_of: datetime.date | None = None) -> Update:
    """Read a vendor's document and compare it with what we have. Nothing is written."""
    origin = source_name(source)
    documents = load_vendor(service.folder)
    before = assemble(documents, service.name)
    text, modified = read_source(source)
    incoming = read_document(text, origin, extent, source_folder(source))
    check_service(incoming.document, before, service, origin)
    date = str(as_of or incoming.published or modified or datetime.date.today())
    taken = VendorDocument(Provenance(date, incoming.extent, "vendor", origin), incoming.document)
    after = assemble([*(each for each in documents if each.name != taken.name), taken], service.name)
    after = without_dangling(after) if incoming.dangling else after
    current = effective_path(service)
    ours = load_document(current) if current.exists() else before
    changes = _named(overruled(compare(before, after), before, ours), service, ours)
    return Update(service, origin, incoming, taken, before, after, changes)


def work_out(planned: Update) -> Outcome:
    """What the generator would be given, with the overlay actions gone whose reason has gone."""
    overlays = load_overlays(planned.service.folder)
    stale = _stale(planned, overlays)
    edited = {each.path: each for each in overlays}
    for overlay in overlays:
        removals = [each.removal for each in stale if each.action in overlay.actions]
        if removals:
            edited[overlay.path] = read_overlay(overlay.path, without(overlay, removals))
    effective = make_effective(planned.after, list(edited.values()), planned.service)
    texts = {overlay.path: edited[overlay.path].text for overlay in overlays if edited[overlay.path] != overlay}
    texts[vendor_folder(planned.service.folder) / planned.taken.name] = planned.taken.text
    return Outcome(effective, stale, texts)


def try_out(planned: Update, outcome: Outcome, folder: Path) -> tuple[Outcome, Path]:
    """Make the bindings in a folder, and look whether the project fits them; gives where they are."""
    service = planned.service
    built, made = build({service: outcome.effective}, folder)
    effective = made[service]
    texts = {**outcome.texts, effective_path(service): effective_text(service, effective)}
    changelog = project_folder() / "CHANGELOG.md"
    if changelog.exists() and planned.changes:
        title = f"{service.name}: the vendor's interface as of {planned.taken.provenance.date}"
        entry = as_changelog(planned.changes, title)
        texts[changelog] = add_to_changelog(changelog.read_text(encoding="utf-8"), entry)
    current = generated_folder() / PACKAGE / service.package
    python = surface_changes(surface(current), surface(built / service.package)) if current.exists() else []
    generated, specs = _copy(service, built, texts, folder)
    misfits, replayed = _misfits(generated, specs)
    if misfits:
        # Only what is new counts; whoever comes next finds the rest as it was.
        misfits = new_ones(_misfits(generated_folder(), specs_folder())[0], misfits)
    had = operations_of(load_document(effective_path(service))) if effective_path(service).exists() else {}
    titles = {each.title for each in had.values()}
    lost = [each for each in effective.left_out if each.operation in titles]
    return evolve(
        outcome, effective=effective, texts=texts, python=python, misfits=misfits, replayed=replayed, lost=lost
    ), built


def update(
    service: Service,
    source: str,
    *,
    extent: Extent | None = None,
    check: bool = False,
    as_of: datetime.date | None = None,
    as_json: bool = False,
) -> int:
    """Report, plan, try out, and unless it is only a check, put in place. The exit status."""
    planned = plan(service, source, extent, as_of)
    say = (lambda lines: None) if as_json else _say
    data: dict[str, Any] = _as_data(planned)
    say(_report(planned))
    if not planned.changes and not planned.is_older:
        say(["no change: the interface is the one that we have"])
    status, written = 0, False
    try:
        if planned.incoming.dangling:
            lines = [f"{planned.origin}: refers to what it does not hold, so it may be cut short:"]
            raise Problem("\n  ".join([*lines, *planned.incoming.dangling]))
        if planned.changes:
            outcome = work_out(planned)
            say(_obstacles(outcome))
            data |= _outcome_data(outcome)
            check_usable(outcome.effective, planned.origin)
            if outcome.effective.applied.troubles:
                troubles = [str(trouble) for trouble in outcome.effective.applied.troubles]
                raise Problem("\n  ".join(["overlay actions that cannot be carried out:", *troubles]))
            with tempfile.TemporaryDirectory(prefix="quantum-update-") as temporary:
                outcome, built = try_out(planned, outcome, Path(temporary))
                written = not check
                if written:
                    install(built, [service], outcome.texts)
            status = 1 if outcome.breaks else 0
            say(_fit(outcome))
            data |= _outcome_data(outcome)
        elif planned.is_older and not check:
            _keep(planned)
            written = True
    except Problem as problem:
        data |= {"problem": str(problem), "written": False}
        if as_json:
            print(json.dumps(data, indent=2))
        raise
    data["written"] = written
    if as_json:
        print(json.dumps(data, indent=2))
    elif planned.changes or planned.is_older:
        print(_ending(planned, written))
    return status


def _named(changes: list[Change], service: Service, document: Document) -> list[Change]:
    """The changes with what they concern in the bindings that we have."""
    package = generated_folder() / PACKAGE / service.package
    if not package.exists():
        return changes
    names = PythonNames(document, package)
    return [evolve(each, python=names.of(each)) for each in changes]


def _stale(planned: Update, overlays: list[Overlay]) -> list[Stale]:
    """What was needed for the interface as it was, and is not for the one it is to be."""
    before = make_effective(planned.before, overlays, planned.service).applied
    after = make_effective(planned.after, overlays, planned.service).applied
    actions = {(each.file, each.number): each for overlay in overlays for each in overlay.actions}
    result = [
        Stale(actions[key], STATES[state], Removal(key[1]))
        for key, state in after.states.items()
        if state != "needed" and before.states.get(key) == "needed"
    ]
    gone = {each.action for each in result}
    result += [
        Stale(trouble.action, trouble.text, removal_of(trouble))
        for trouble in after.troubles
        if trouble.words and trouble.action not in gone
    ]
    return sorted(result, key=lambda each: (each.action.file, each.action.number))


def _copy(service: Service, built: Path, texts: dict[Path, str], folder: Path) -> tuple[Path, Path]:
    """A copy of everything with the new bindings and texts in it: where the bindings and the specs are."""
    generated, specs = folder / "generated", folder / "specs"
    if (generated_folder() / PACKAGE).exists():
        shutil.copytree(generated_folder() / PACKAGE, generated / PACKAGE)
    shutil.rmtree(generated / PACKAGE / service.package, ignore_errors=True)
    shutil.copytree(built, generated / PACKAGE, dirs_exist_ok=True)
    shutil.copytree(specs_folder(), specs)
    for path, text in texts.items():
        if path.is_relative_to(specs_folder()):
            place = specs / path.relative_to(specs_folder())
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
    return generated, specs


def _misfits(generated: Path, specs: Path) -> tuple[list[Misfit], bool]:
    replayed = replay(generated, specs)
    return type_check(generated) + (replayed or []), replayed is not None


def _keep(planned: Update) -> None:
    """Put an older document beside the others, where it changes nothing."""
    path = vendor_folder(planned.service.folder) / planned.taken.name
    path.write_text(planned.taken.text, encoding="utf-8")


def _say(lines: list[str]) -> None:
    if lines:
        print("\n".join(lines), flush=True)


def _report(planned: Update) -> list[str]:
    extents = {"whole": "the whole interface", "operation": "one operation"}
    extent, date = extents[planned.incoming.extent], planned.taken.provenance.date
    lines = [f"{planned.service.name}: {extent} as of {date}, from {planned.origin}"]
    if planned.changes:
        lines += ["", *as_report(planned.changes), ""]
        lines.append(", ".join(f"{number} {level}" for level, number in count(planned.changes).items()))
    return [*lines, *_section("mistakes in the vendor's document:", planned.incoming.mistakes)]


def _obstacles(outcome: Outcome) -> list[str]:
    effective = outcome.effective
    return [
        *_section("decided by rule:", effective.decided),
        *_section("left out, for it cannot become bindings:", effective.left_out),
        *_section("taken out of our overlays, as their reason has gone:", outcome.stale),
    ]


def _fit(outcome: Outcome) -> list[str]:
    made = [each for each in outcome.effective.left_out if each not in outcome.lost]
    return [
        *_section("cannot be generated any more:", outcome.lost),
        *_section("new, and cannot be generated:", made if outcome.lost else []),
        *_section("gone or changed in Python:", outcome.python),
        *_section("does not fit any more:", outcome.misfits),
    ]


def _section(title: str, entries: Any) -> list[str]:
    return ["", title, *(f"  {entry}" for entry in entries)] if entries else []


def _ending(planned: Update, written: bool) -> str:
    if not written:
        return "\nnothing is written: this was a check"
    path = shown(vendor_folder(planned.service.folder) / planned.taken.name)
    if not planned.changes:
        return f"\nolder than what we have; kept beside it: {path}"
    changelog = (
        "CHANGELOG.md" if (project_folder() / "CHANGELOG.md").exists() else "no CHANGELOG.md, which is not there"
    )
    return f"\nwritten: {path}, the bindings, {changelog}"


def _as_data(planned: Update) -> dict[str, Any]:
    return {
        "service": planned.service.name,
        "from": planned.origin,
        "as_of": planned.taken.provenance.date,
        "extent": planned.incoming.extent,
        "counts": count(planned.changes),
        "changes": [change.as_data() for change in planned.changes],
        "mistakes": [*planned.incoming.mistakes, *planned.incoming.dangling],
    }


def _outcome_data(outcome: Outcome) -> dict[str, Any]:
    return {
        "decided": list(outcome.effective.decided),
        "left_out": [asdict(each) for each in outcome.effective.left_out],
        "stale_corrections": [
            {"file": each.action.file, "line": each.action.line, "target": each.action.target, "reason": each.text}
            for each in outcome.stale
        ],
        "lost": [asdict(each) for each in outcome.lost],
        "python": [asdict(each) for each in outcome.python],
        "misfits": [asdict(each) for each in outcome.misfits],
        "cassettes_replayed": outcome.replayed,
    }


def main() -> int:
    """The command."""
    assert __doc__
    parser = argparse.ArgumentParser(
        prog="python -m scripts.update_spec", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("service", metavar="SERVICE", help=", ".join(SERVICES))
    parser.add_argument("source", metavar="FROM", help="a URL or a file")
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--json", action="store_true", help="the report as JSON")
    parser.add_argument("--as-of", type=datetime.date.fromisoformat, metavar="DATE", help="the document's date")
    extent = parser.add_mutually_exclusive_group()
    for name, what in (("operation", "replace one operation"), ("whole", "replace the interface")):
        extent.add_argument(f"--{name}", dest="extent", action="store_const", const=name, help=what)
    given = parser.parse_args()
    return exit_status(
        lambda: update(
            find_service(given.service),
            given.source,
            extent=given.extent,
            check=given.check,
            as_of=given.as_of,
            as_json=given.json,
        )
    )


if __name__ == "__main__":
    sys.exit(main())
