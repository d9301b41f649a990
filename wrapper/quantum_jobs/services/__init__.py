"""The services by name: our three, and those that other packages bring along.

Nothing is imported before it is asked for: one service's bindings cost tens of milliseconds.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING

from quantum_jobs.errors import UsageError

if TYPE_CHECKING:
    from quantum_jobs.services.base import Service

#: Our own, by full name. A third-party package names an instance in this entry-point group.
_OWN = {
    "ionq-v0.4": "quantum_jobs.services.ionq_v0_4",
    "ionq-v0.3": "quantum_jobs.services.ionq_v0_3",
    "qbraid-v2": "quantum_jobs.services.qbraid_v2",
}
log = logging.getLogger("quantum_jobs")

_ALIASES = {"ionq": "ionq-v0.4", "qbraid": "qbraid-v2"}
ENTRY_POINT_GROUP = "quantum_jobs.services"


def service(name: str) -> Service:
    """The service of this name or alias. Raises UsageError for one that nobody knows, naming those there are."""
    from quantum_jobs.services.base import Service

    known = name if isinstance(name, str) else ""
    own = _OWN.get(_ALIASES.get(known, known))
    found: object = import_module(own).SERVICE if own else _third_party(known)
    if not isinstance(found, Service):
        if found is not None:
            raise UsageError(f"the entry point for the service {name!r} gives a {type(found).__name__}, not a Service")
        raise UsageError(f"{name!r} is no service; known are {', '.join(names())}, and as short names ionq and qbraid")
    return found


def names() -> list[str]:
    """Full names of all services that are installed."""
    return [*_OWN, *(name for name in _third_party_names() if name not in _OWN)]


def full_name(name: str) -> str | None:
    """The full name of the service of this name or short name, without loading it; None for one that nobody knows. The
    short names of other packages' services are not known here."""
    own = _ALIASES.get(name, name)
    return own if own in _OWN or own in _third_party_names() else None


def _third_party_names() -> list[str]:
    from importlib.metadata import entry_points

    return sorted(point.name for point in entry_points(group=ENTRY_POINT_GROUP))


def _third_party(name: str) -> object:
    """What the entry point of this name, or else of this alias, gives. One that cannot be loaded spoils no other."""
    from importlib.metadata import entry_points

    points = list(entry_points(group=ENTRY_POINT_GROUP))
    for point in points:
        if point.name == name:
            try:
                return point.load()
            except Exception as error:
                text = f"the package that brings the service {name!r} cannot be loaded ({point.value}): {error!r}"
            raise UsageError(text)
    for point in points:
        try:
            loaded = point.load()
        except Exception as error:
            log.warning("the service %s of %s cannot be loaded: %r", point.name, point.value, error)
            continue
        if getattr(loaded, "alias", None) == name and name not in _ALIASES:
            return loaded
    return None
