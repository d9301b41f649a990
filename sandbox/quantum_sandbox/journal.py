"""What was asked of the sandbox: method, path, status, fault and duration of each request, to assert on.

No body, no header and no query is kept: they hold users' data and keys.
"""

from __future__ import annotations

import fnmatch
import threading
from collections import deque
from collections.abc import Iterator
from typing import Any

import attrs

from .exchange import ALIASES

KEPT = 10_000
"""Entries that a journal keeps; older ones go."""


@attrs.frozen
class Entry:
    """One request. `path` is the whole path, `status` None where nothing was answered, `seconds` until the answer."""

    number: int
    time: float
    service: str
    method: str
    path: str
    operation: str | None
    status: int | None
    faults: tuple[str, ...] = ()
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        return attrs.asdict(self)


class Journal:
    """The last requests, the oldest first."""

    def __init__(self, kept: int = KEPT) -> None:
        self._entries: deque[Entry] = deque(maxlen=kept)
        self._lock = threading.Lock()
        self.total = 0
        """How many requests there were, those that are no longer kept among them."""

    def add(self, **values: Any) -> Entry:
        with self._lock:
            self.total += 1
            entry = Entry(number=self.total, **values)
            self._entries.append(entry)
        return entry

    def select(
        self,
        *,
        service: str | None = None,
        method: str | None = None,
        path: str | None = None,
        operation: str | None = None,
        status: int | None = None,
        fault: str | None = None,
    ) -> list[Entry]:
        """The entries that match. `path` may hold ``*``; `fault` is the word of a fault that struck."""
        wanted = None if service is None else ALIASES.get(service, service)
        return [
            entry
            for entry in self
            if (wanted is None or entry.service == wanted)
            and (method is None or entry.method == method.upper())
            and (path is None or fnmatch.fnmatchcase(entry.path, path))
            and (operation is None or entry.operation == operation)
            and (status is None or entry.status == status)
            and (fault is None or fault in entry.faults)
        ]

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.total = 0

    def __iter__(self) -> Iterator[Entry]:
        with self._lock:
            return iter(list(self._entries))

    def __len__(self) -> int:
        return len(self._entries)
