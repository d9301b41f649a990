"""The time of a sandbox.

Everything that depends on time asks the clock it was given, never the operating system, so that a test can replace it.
"""

from __future__ import annotations

import time
from typing import Protocol

_LATEST = 2e11
"""About the year 8300. Vendors write dates with four digits for the year, and jobs end later than they begin."""


class Clock(Protocol):
    """Tells the time, in seconds since the Unix epoch."""

    @property
    def is_manual(self) -> bool:
        """Whether time moves only by `advance`. Then a simulation takes no time, and reading a status that depends on
        one
        waits for its end."""

    def now(self) -> float: ...

    def advance(self, seconds: float) -> None:
        """Move the time forward. Raises ValueError for a negative number."""


class SystemClock:
    """The time of this machine, made monotonic, so that an adjusted system clock never moves a job backwards."""

    is_manual = False

    def __init__(self) -> None:
        self.reset()

    def now(self) -> float:
        return time.monotonic() + self._offset

    def advance(self, seconds: float) -> None:
        """Move the time forward; it continues to run from there."""
        self._offset += _forward(self.now(), seconds)

    def reset(self) -> None:
        """Return to the time of this machine. Only for a sandbox without jobs, whose time must not run backwards."""
        self._offset = time.time() - time.monotonic()


class SteppedClock:
    """A manual clock: time stands still until `advance` moves it, so that a test sees the same statuses on each run."""

    is_manual = True

    def __init__(self, start: float = 1_750_000_000.0) -> None:
        if not 0 <= start <= _LATEST:
            raise ValueError(f"a clock starts between 0, which is 1970, and {_LATEST:g}")
        self._time = start

    def now(self) -> float:
        return self._time

    def advance(self, seconds: float) -> None:
        """Move the time forward."""
        self._time += _forward(self._time, seconds)


def _forward(now: float, seconds: float) -> float:
    if not 0 <= seconds < 1e9:
        raise ValueError("time moves forward only, and by less than 30 years at once")
    if now + seconds > _LATEST:
        raise ValueError("time moves no further than the year 8300")
    return seconds
