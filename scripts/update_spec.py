"""Take over what a vendor has changed: `python -m scripts.update_spec SERVICE FROM [--check] [--json]`.

FROM is a URL or a file: an OpenAPI document (JSON or YAML, 3.0 or 3.1) or the source of a documentation page with one
in it. A page that names one operation, and a document that holds exactly one, is merged into what we have; any other
document replaces it, operations that it lacks included. `--operation` and `--whole` decide instead.

Status 0: everything fits. 1: something does not fit any more; it is named, and the new files stay, since that is what
the wrapper and the overlay have to be fitted to. 2: FROM cannot be used, and no file has changed.
"""

import argparse
import datetime
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from scripts.changes import Change, add_to_changelog, as_changelog, as_report, count
from scripts.diff import compare, overruled
from scripts.documents import Extent, Incoming, check_service, read_document
from scripts.effective import effective_path, effective_text, make_effective, overlay_path, source_path
from scripts.fetching import is_url, read_source, source_name
from scripts.fitting import Misfit, replay, type_check
from scripts.generate import PACKAGE, build, install
from scripts.merge import Merged, merge
from scripts.problem import Problem, exit_status
from scripts.services import SERVICES, Service, find_service, generated_folder, project_folder, specs_folder
from scripts.spec_files import Document, dump_source, load_document, shown
from scripts.stale import StaleAction, stale_actions, without


@frozen
class Update:
    """What a vendor's document means for us. `misfits` and `replayed` are known after the new bindings were tried."""

    service: Service
    origin: str
    incoming: Incoming
    before: Document
    merged: Merged
    changes: list[Change]
    stale: list[StaleAction]
    effective: Document


@frozen
class Trial:
    """How new bindings fit the rest of the project."""

    misfits: list[Misfit]
    replayed: bool


def plan(service: Service, source: str, extent: Extent | None, as_of: datetime.date) -> Update:
    """Read a vendor's document and work out what it changes. Nothing is written."""
    origin = source_name(source)
    before = load_document(source_path(service))
    incoming = read_document(read_source(source), origin, extent)
    check_service(incoming.document, before, service, origin)
    merged = merge(before, incoming)
    overlay = load_document(overlay_path(service))
    overlay_text = overlay_path(service).read_text(encoding="utf-8")
    stale = stale_actions(overlay_text, overlay, before, merged.document)
    changes = compare(before, merged.document)
    if not changes:
        merged = Merged(before, ())
    elif incoming.extent == "whole":
        source_of_it = {"x-source": origin} if is_url(source) else {}
        merged.document["info"].update({"x-as-of": as_of.isoformat(), **source_of_it})
    places = origin, shown(overlay_path(service))
    try:
        effective = make_effective(merged.document, without(overlay, stale), *places)
    except Problem as problem:
        advice = f"correct it in {places[1]} first, then run this again"
        raise Problem(f"{problem}\n  {advice}") from None
    return Update(
        service=service,
        origin=origin,
        incoming=incoming,
        before=before,
        merged=merged,
        changes=overruled(changes, before, load_document(effective_path(service))),
        stale=stale,
        effective=effective,
    )


def update(
    service: Service,
    source: str,
    *,
    extent: Extent | None = None,
    check: bool = False,
    as_of: datetime.date,
    as_json: bool,
) -> int:
    """Plan, try out, and unless it is only a check, put in place. The exit status."""
    planned = plan(service, source, extent, as_of)
    with tempfile.TemporaryDirectory(prefix="quantum-update-") as temporary:
        trial = Trial([], False)
        if planned.changes:
            texts = _texts(planned, as_of)
            built = build({service: planned.effective}, Path(temporary))
            trial = _try(planned, texts, built, Path(temporary))
            if not check:
                install(built, [service], texts)
    written = bool(planned.changes) and not check
    print(json.dumps(_as_data(planned, trial, written), indent=2) if as_json else _as_text(planned, trial, written))
    return 1 if trial.misfits or any(action.in_the_way for action in planned.stale) else 0


def _texts(planned: Update, as_of: datetime.date) -> dict[Path, str]:
    """What the files of ours will hold."""
    path = source_path(planned.service)
    texts = {
        path: dump_source(planned.merged.document, path.read_text(encoding="utf-8")),
        effective_path(planned.service): effective_text(planned.service, planned.effective),
    }
    changelog = project_folder() / "CHANGELOG.md"
    if changelog.exists():
        entry = as_changelog(
            planned.changes, f"{planned.service.name}: the vendor's interface as of {as_of.isoformat()}"
        )
        texts[changelog] = add_to_changelog(changelog.read_text(encoding="utf-8"), entry)
    return texts


def _try(planned: Update, texts: dict[Path, str], built: Path, folder: Path) -> Trial:
    """Check the rest of the project against a copy of everything with the new bindings in it."""
    generated, specs = folder / "generated", folder / "specs"
    if (generated_folder() / PACKAGE).exists():
        shutil.copytree(generated_folder() / PACKAGE, generated / PACKAGE)
    shutil.rmtree(generated / PACKAGE / planned.service.package, ignore_errors=True)
    shutil.copytree(built, generated / PACKAGE, dirs_exist_ok=True)
    shutil.copytree(specs_folder(), specs)
    for path, text in texts.items():
        if path.is_relative_to(specs_folder()):
            (specs / path.relative_to(specs_folder())).write_text(text, encoding="utf-8")
    misfits = type_check(generated)
    replayed = replay(generated, specs)
    return Trial(misfits + (replayed or []), replayed is not None)


def _as_data(planned: Update, trial: Trial, written: bool) -> dict[str, Any]:
    return {
        "service": planned.service.name,
        "from": planned.origin,
        "extent": planned.incoming.extent,
        "counts": count(planned.changes),
        "changes": [change.as_data() for change in planned.changes],
        "undescribed": list(planned.merged.undescribed),
        "stale_corrections": [
            {"file": shown(overlay_path(planned.service)), **asdict(action)} for action in planned.stale
        ],
        "misfits": [asdict(misfit) for misfit in trial.misfits],
        "cassettes_replayed": trial.replayed,
        "written": written,
    }


def _as_text(planned: Update, trial: Trial, written: bool) -> str:
    name, overlay = planned.service.name, shown(overlay_path(planned.service))
    extents = {"whole": "the whole interface", "operation": "one operation"}
    lines = [f"{name}: {extents[planned.incoming.extent]} from {planned.origin}"]
    if not planned.changes:
        return "\n".join([*lines, "no change: the interface is the one that we have"])
    lines += ["", *as_report(planned.changes), ""]
    lines.append(", ".join(f"{number} {level}" for level, number in count(planned.changes).items()))
    for title, entries in (
        ("new and without a description of ours:", list(planned.merged.undescribed)),
        ("corrections that can go:", [f"{overlay}:{each.line}: {each.target} {each.reason}" for each in planned.stale]),
        ("does not fit any more:", [str(misfit) for misfit in trial.misfits]),
    ):
        lines += ["", title, *(f"  {entry}" for entry in entries)] if entries else []
    if any(action.in_the_way for action in planned.stale):
        lines.append("  `make generate` refuses an overlay whose actions match nothing: take them out")
    lines += ["", _outcome(planned, written)]
    return "\n".join(lines)


def _outcome(planned: Update, written: bool) -> str:
    if not written:
        return "nothing is written: this was a check"
    changelog = (
        "CHANGELOG.md" if (project_folder() / "CHANGELOG.md").exists() else "no CHANGELOG.md, which is not there"
    )
    return f"written: {shown(source_path(planned.service))}, the bindings, {changelog}"


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
    parser.add_argument("--as-of", type=datetime.date.fromisoformat, default=datetime.date.today(), metavar="DATE")
    extent = parser.add_mutually_exclusive_group()
    for name, what in (("operation", "merge what FROM describes"), ("whole", "replace the interface")):
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
