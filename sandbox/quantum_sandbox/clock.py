"""What time it is in the sandbox.

Everything that depends on time asks the clock it was given, never the operating system, so that a test can put another
clock in its place.
"""

from __future__ import annotations

import time
from typing import Protocol

_LATEST = 2e11
"""About the year 8300. Vendors write dates with four digits for the year, and jobs end later than they begin."""


class Clock(Protocol):
    """Tells the time, in seconds since the Unix epoch."""

    @property
    def by_hand(self) -> bool:
        """Whether the time moves only when it is moved. Then simulating a circuit takes none of it, and a status that
        depends on a simulation is shown only when that has ended."""

    def now(self) -> float: ...

    def advance(self, seconds: float) -> None:
        """Move the time on. Raises ValueError for a negative number."""


class SystemClock:
    """The time of this machine, made monotonic: a step of the system clock must not send a job back to its queue."""

    by_hand = False

    def __init__(self) -> None:
        self.set_back()

    def now(self) -> float:
        return time.monotonic() + self._offset

    def advance(self, seconds: float) -> None:
        """Move the time on; it then runs on from there."""
        self._offset += _forward(self.now(), seconds)

    def set_back(self) -> None:
        """Go back to the time of this machine. Only for a sandbox that has no jobs: theirs must not run backwards."""
        self._offset = time.time() - time.monotonic()


class SteppedClock:
    """Time that stands still until it is moved, so that a test sees the same statuses each time it runs."""

    by_hand = True

    def __init__(self, start: float = 1_750_000_000.0) -> None:
        if not 0 <= start <= _LATEST:
            raise ValueError(f"a clock starts between 0, which is 1970, and {_LATEST:g}")
        self._time = start

    def now(self) -> float:
        return self._time

    def advance(self, seconds: float) -> None:
        """Move the time on."""
        self._time += _forward(self._time, seconds)


def _forward(now: float, seconds: float) -> float:
    if not 0 <= seconds < 1e9:
        raise ValueError("time moves forward only, and by less than 30 years at once")
    if now + seconds > _LATEST:
        raise ValueError("time moves no further than the year 8300")
    return seconds
