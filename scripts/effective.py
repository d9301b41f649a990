"""From a service's documents to the description that everything else is made from: the vendor's documents assembled and
normalised, then our names, words and corrections, then what is still missing by rule, put in order. What cannot become
bindings is left out with its reason. It is kept beside its sources as effective.yaml."""

from pathlib import Path

from attrs import frozen

from scripts.complete import complete
from scripts.normalise import normalise, null_where_used
from scripts.ordering import ordered
from scripts.overlay import Applied, Overlay, apply_overlays, load_overlays
from scripts.problem import Problem
from scripts.services import Service
from scripts.spec_files import Document, dump_document, shown
from scripts.structure import mend
from scripts.validate import settle
from scripts.vendor import assemble, load_vendor, vendor_folder

EFFECTIVE = "effective.yaml"


@frozen
class LeftOut:
    """An operation that cannot become bindings, why, and the overlay action that brought that in, if one did."""

    operation: str
    reason: str
    action: str = ""

    def __str__(self) -> str:
        return f"{self.operation}: {self.reason}" + (f" (from {self.action})" if self.action else "")


@frozen
class Effective:
    """The description that bindings are made from. `decided` tells what was filled in by rule, `left_out` which
    operations are not in it."""

    document: Document
    decided: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    applied: Applied


def make_effective(vendor: Document, overlays: list[Overlay], service: Service) -> Effective:
    """The description of a vendor's assembled one. Troubles with overlay actions are told in `applied`, none is
    raised."""
    applied = apply_overlays(vendor, overlays)
    document, mistakes = mend(normalise(applied.document, "the overlays' outcome"), "the overlays' outcome")
    document = null_where_used(document)
    decided = [*mistakes, *complete(document)]
    left_out = [
        LeftOut(operation, str(obstacle), str(applied.blame(obstacle.pointer) or ""))
        for operation, obstacle in settle(document, service)
    ]
    return Effective(ordered(document), tuple(decided), tuple(left_out), applied)


def effective_document(service: Service) -> Effective:
    """What a service's files give. Raises a Problem that names every overlay action which cannot be carried out."""
    effective = make_effective(vendor_document(service), load_overlays(service.folder), service)
    if effective.applied.troubles:
        lines = [str(trouble) for trouble in effective.applied.troubles]
        raise Problem("\n  ".join([f"specs/{service.name}: overlay actions that cannot be carried out:", *lines]))
    check_usable(effective, f"specs/{service.name}")
    return effective


def check_usable(effective: Effective, origin: str) -> None:
    """Raises a Problem when no operation is left."""
    if not effective.document["paths"]:
        reasons = [str(each) for each in effective.left_out]
        raise Problem("\n  ".join([f"{origin}: no operation can become bindings:", *reasons[:10]]))


def vendor_document(service: Service) -> Document:
    """All of a service's vendor documents as one."""
    return assemble(load_vendor(service.folder), shown(vendor_folder(service.folder)))


def effective_text(service: Service, effective: Effective) -> str:
    """The content of effective.yaml."""
    header = f"# Generated from specs/{service.name}/ (vendor/ and overlays). Do not edit: `make generate`.\n"
    left_out = [f"# Left out: {each}\n" for each in effective.left_out]
    return header + "".join(left_out) + dump_document(effective.document)


def effective_path(service: Service) -> Path:
    """Where effective.yaml stands."""
    return service.folder / EFFECTIVE
