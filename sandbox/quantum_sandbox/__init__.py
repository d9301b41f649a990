"""Stand-ins for quantum computing clouds on your own machine.

`Sandbox` serves IonQ v0.4, IonQ v0.3 and qBraid v2 on one port, at the vendors' own paths. It keeps jobs, moves them
through their statuses and really simulates their circuits::

    from quantum_sandbox import Sandbox

    with Sandbox() as sandbox, sandbox.connect("ionq") as ionq:
        job = ionq.submit(program, device="simulator", shots=1000)

It needs the extra ``sandbox`` of quantum-jobs. It shares no code with the client library and the bindings, so that a
mistake there is not mirrored here; only `clients` imports quantum_jobs. Layers, from the outside in:

- `cli`, `pytest_plugin`: the command ``quantum-sandbox`` and the fixture ``quantum_sandbox``
- `sandbox`: the `Sandbox`
- `serving`: how requests come in, over a socket or in the same process
- `dispatcher`: finds the cloud, applies `faults`, writes the `journal`; `control_api` is the sandbox's own API
- `vendors`: one file per cloud API; what clouds share is in `context`
- `jobs`: jobs and their states; `persistence` saves them to a file
- `engine`: the simulator

Importing this package loads no server and no simulator.
"""

from __future__ import annotations

# Type checkers take any variable of this name for true; importing typing for it would cost more than the rest.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from .clock import Clock, SteppedClock, SystemClock
    from .engine import Engine, Limits
    from .errors import SandboxError
    from .faults import Fault, FaultPlan
    from .http_types import ACCEPTED_KEY, REFUSED_KEY, RateLimit
    from .jobs import LatencyProfile, Retention
    from .journal import Entry, Journal
    from .sandbox import Sandbox

#: The names of each module. They are loaded on first use: pytest imports this package in every run, for its plugin.
_NAMES = {
    "clock": ("Clock", "SteppedClock", "SystemClock"),
    "engine": ("Engine", "Limits"),
    "errors": ("SandboxError",),
    "faults": ("Fault", "FaultPlan"),
    "http_types": ("ACCEPTED_KEY", "REFUSED_KEY", "RateLimit"),
    "jobs": ("LatencyProfile", "Retention"),
    "journal": ("Entry", "Journal"),
    "sandbox": ("Sandbox",),
}
_MODULE_OF = {name: module for module, names in _NAMES.items() for name in names}

__all__ = [
    "ACCEPTED_KEY",
    "REFUSED_KEY",
    "Clock",
    "Engine",
    "Entry",
    "Fault",
    "FaultPlan",
    "Journal",
    "LatencyProfile",
    "Limits",
    "RateLimit",
    "Retention",
    "Sandbox",
    "SandboxError",
    "SteppedClock",
    "SystemClock",
]


def __getattr__(name: str) -> object:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value
