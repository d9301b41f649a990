"""The environment variables of this process inside ``with Sandbox()``: those of the sandbox entered last.

Sandboxes may be exited in any order. After the last one, the variables are as they were before the first.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping

_lock = threading.Lock()
_entered: list[tuple[object, Mapping[str, str]]] = []
_before: dict[str, str | None] = {}


def enter(owner: object, variables: Mapping[str, str]) -> None:
    """Set variables until `leave` is called for `owner`."""
    with _lock:
        for name in variables:
            _before.setdefault(name, os.environ.get(name))
        _entered.append((owner, variables))
        os.environ.update(variables)


def leave(owner: object) -> None:
    """Restore the variables of the owner before, or the original ones. Does nothing for an unknown owner."""
    with _lock:
        others = [one for one in _entered if one[0] is not owner]
        if len(others) == len(_entered):
            return
        _entered[:] = others
        if _entered:
            os.environ.update(_entered[-1][1])
            return
        for name, value in _before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        _before.clear()
