"""The journal: method, path, status, faults and duration of each request, for assertions in tests.

Bodies, headers and queries are not kept, because they hold users' data and keys.
"""

from __future__ import annotations

import fnmatch
import threading
from collections import deque
from collections.abc import Iterator
from typing import Any

import attrs

from .http_types import ALIASES

KEPT = 10_000
"""Entries that a journal keeps; older ones are dropped."""


@attrs.frozen
class Entry:
    """One request. `path` is the whole path, `status` is None where no response was sent, `seconds` is the duration."""

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
    """The last requests, oldest first."""

    def __init__(self, kept: int = KEPT) -> None:
        self._entries: deque[Entry] = deque(maxlen=kept)
        self._lock = threading.Lock()
        self.total = 0
        """Number of requests, including those whose entries were dropped."""

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
        """The entries that match all arguments. `path` may contain ``*``; `fault` is the kind of a fault."""
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
