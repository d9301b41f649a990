"""From a service's sources to the document that everything else is made from: openapi.yaml, corrected by overlay.yaml,
normalised, put in order, validated. It is kept beside its sources as effective.yaml."""

from pathlib import Path

from scripts.normalise import normalise
from scripts.ordering import ordered
from scripts.overlay import apply_overlay
from scripts.services import Service
from scripts.spec_files import Document, dump_document, load_document, shown
from scripts.validate import validate

EFFECTIVE = "effective.yaml"


def effective_document(service: Service) -> Document:
    """The corrected, normalised and valid document of a service."""
    source = source_path(service)
    overlay = overlay_path(service)
    return make_effective(load_document(source), load_document(overlay), shown(source), shown(overlay))


def make_effective(document: Document, overlay: Document, origin: str, overlay_origin: str) -> Document:
    """The same from documents in memory; the origins are for errors."""
    # Normalised first of all to see that it is an OpenAPI document; the overlay still sees the vendor's own form.
    normalise(document, origin)
    effective: Document = ordered(normalise(apply_overlay(document, overlay, overlay_origin), overlay_origin))
    validate(effective, origin)
    return effective


def effective_text(service: Service, document: Document) -> str:
    """The content of effective.yaml."""
    header = f"# Generated from specs/{service.name}/openapi.yaml and overlay.yaml. Do not edit: `make generate`.\n"
    return header + dump_document(document)


def source_path(service: Service) -> Path:
    """Where the vendor's interface stands."""
    return service.folder / "openapi.yaml"


def overlay_path(service: Service) -> Path:
    """Where our corrections stand."""
    return service.folder / "overlay.yaml"


def effective_path(service: Service) -> Path:
    """Where effective.yaml stands."""
    return service.folder / EFFECTIVE
