"""The vendors' clouds on your own machine.

`Sandbox` serves stand-ins for IonQ v0.4, IonQ v0.3 and qBraid v2 on one port, at the vendors' own paths. It keeps jobs,
moves them through their statuses and really simulates their circuits::

    from quantum_sandbox import Sandbox

    with Sandbox() as sandbox, sandbox.connect("ionq") as ionq:
        job = ionq.submit(program, device="simulator", shots=1000)

It needs the extra ``sandbox`` of quantum-jobs. It shares no code with the client library and the bindings, so that a
mistake there is not mirrored here; only `clients` imports quantum_jobs. Layers, from the outside in: `serving` (the
`Sandbox`), `app` (HTTP) and `transport` (no HTTP), `front` (faults, journal, the control API), `vendors` (one file per
cloud API), `store` and `jobs` (state), `engine` (the simulator). Importing this package loads no server and no
simulator.
"""

from __future__ import annotations

# Type checkers take any variable of this name for true; importing typing for it would cost more than the rest.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from .clock import Clock, SteppedClock, SystemClock
    from .engine import Engine, Limits
    from .errors import SandboxError, UsageError
    from .exchange import ACCEPTED_KEY, REFUSED_KEY, Quota
    from .faults import Fault, FaultPlan
    from .jobs import Pace
    from .journal import Entry, Journal
    from .serving import Sandbox
    from .store import Keep

#: pytest imports this package for its plugin in every run, so names are loaded when they are first used.
_HOMES = {
    "clock": ("Clock", "SteppedClock", "SystemClock"),
    "engine": ("Engine", "Limits"),
    "errors": ("SandboxError", "UsageError"),
    "exchange": ("ACCEPTED_KEY", "REFUSED_KEY", "Quota"),
    "faults": ("Fault", "FaultPlan"),
    "jobs": ("Pace",),
    "journal": ("Entry", "Journal"),
    "serving": ("Sandbox",),
    "store": ("Keep",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ACCEPTED_KEY",
    "REFUSED_KEY",
    "Clock",
    "Engine",
    "Entry",
    "Fault",
    "FaultPlan",
    "Journal",
    "Keep",
    "Limits",
    "Pace",
    "Quota",
    "Sandbox",
    "SandboxError",
    "SteppedClock",
    "SystemClock",
    "UsageError",
]


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
