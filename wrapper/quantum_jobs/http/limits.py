"""One rate limit per account (service, address and key) in this process, shared by clients, threads and event loops.

A limit is a number of requests in any window of so many seconds. What a service asks for with 429 and Retry-After holds
for everyone with the same key. The clock is the event loop's, so that tests can run in virtual time.
"""

from __future__ import annotations

import bisect
import logging
import os
import threading
import time

import anyio
import attrs
from anyio.lowlevel import RunVar

log = logging.getLogger("quantum_jobs")

#: Seconds added to a window: requests do not arrive in exactly the distance in which they were sent.
MARGIN = 1.0
#: A pause that a person would wonder about, in seconds: it is logged, once.
NOTABLE_PAUSE = 5.0
#: The longest pause that a service can impose, in seconds: an absurd Retry-After must not silence a wait for hours.
LONGEST_PAUSE = 300.0
#: After a pause that a service asked for, requests go out in this distance, in seconds, not all at once.
SPACING_AFTER_PAUSE = 0.05

_offset: RunVar[float] = RunVar("seconds from the event loop's clock to time.monotonic")


def now() -> float:
    """Seconds of ``time.monotonic``, or of the virtual clock that the event loop runs on."""
    try:
        offset = _offset.get()
    except LookupError:
        offset = time.monotonic() - anyio.current_time()
        _offset.set(offset)
    return anyio.current_time() + offset


@attrs.frozen
class RateLimit:
    """At most ``requests`` in any ``seconds``."""

    requests: int
    seconds: float


class Limiter:
    """Gives out places in time, in order of asking, so that nobody starves."""

    def __init__(self, limit: RateLimit | None, name: str) -> None:
        self._limit = limit
        self._name = name
        self._lock = threading.Lock()
        self._places: list[float] = []  #: of requests sent within the window, and of those that wait for their turn
        self._blocked_until = float("-inf")
        self._told_until = float("-inf")

    async def acquire(self) -> None:
        """Wait for a place. When the wait is cancelled the place is given back."""
        while True:
            moment = now()
            with self._lock:
                place = self._next_place(moment)
                bisect.insort(self._places, place)
                notable = self._is_notable(place, moment)
            if notable:
                self._tell(place - moment)
            if place <= moment:
                return
            try:
                await anyio.sleep(place - moment)
            except BaseException:
                self._give_back(place)
                raise
            if self._blocked_until <= place:
                return
            self._give_back(place)  # the service asked for a pause meanwhile

    def block_for(self, seconds: float) -> None:
        """Let nobody with this key send for so long, at most LONGEST_PAUSE."""
        moment = now()
        with self._lock:
            self._blocked_until = max(self._blocked_until, moment + min(seconds, LONGEST_PAUSE))
            notable = self._is_notable(self._blocked_until, moment)
        if notable:
            self._tell(min(seconds, LONGEST_PAUSE))

    def _next_place(self, moment: float) -> float:
        place = max(moment, self._blocked_until)
        if place > moment and self._places:
            place = max(place, self._places[-1] + SPACING_AFTER_PAUSE)
        if self._limit is None:
            # Only those that wait for the end of a pause need to be remembered.
            del self._places[: bisect.bisect_left(self._places, moment)]
            return place
        window = self._limit.seconds + MARGIN
        del self._places[: bisect.bisect_left(self._places, moment - window)]
        if len(self._places) >= self._limit.requests:
            place = max(place, self._places[-self._limit.requests] + window)
        return max(place, self._places[-1]) if self._places else place

    def _give_back(self, place: float) -> None:
        with self._lock:
            position = bisect.bisect_left(self._places, place)
            if position < len(self._places) and self._places[position] == place:
                del self._places[position]

    def _is_notable(self, until: float, moment: float) -> bool:
        """Whether a pause is to be logged: once, not for each request that waits for its end."""
        if until - moment <= NOTABLE_PAUSE or moment < self._told_until:
            return False
        self._told_until = until
        return True

    def _tell(self, seconds: float) -> None:
        # Not while the lock is held: a handler of the log may itself use a client.
        log.warning("%s: pausing for %.0f s to stay inside the rate limit", self._name, seconds)

    def renew_lock(self) -> None:
        """For a forked child, in which nobody may be left to release it."""
        self._lock = threading.Lock()


_limiters: dict[tuple[str, ...], Limiter] = {}
_lock = threading.Lock()


def _renew_locks() -> None:
    # Another thread may have held them when this process was forked.
    global _lock
    _lock = threading.Lock()
    for limiter in _limiters.values():
        limiter.renew_lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_locks)


def shared_limiter(account: tuple[str, ...], limit: RateLimit | None) -> Limiter:
    """The limiter of an account: service, base URL and the key's digest."""
    with _lock:
        return _limiters.setdefault(account, Limiter(limit, account[0]))
