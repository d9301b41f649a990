"""One rate limit per service and key in this process, shared by all clients and threads.

A limit is a number of requests in any window of so many seconds. Places are given out in order of asking, so nobody
starves. A pause that the service asks for (Retry-After) holds for everyone with the same key, and ends for one request
after the other.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import random
import threading
from collections import deque

import attrs

log = logging.getLogger("quantum_jobs")

#: Seconds added to a window: requests do not arrive in exactly the distance in which they were sent.
MARGIN = 1.0
#: A pause that a person would wonder about, in seconds: it is logged.
NOTABLE_PAUSE = 5.0
#: Whatever a service asks for, nothing is paused for longer than this, in seconds: it may be a slip of its clock.
LONGEST_PAUSE = 300.0
#: Outside of waits nobody is held up for longer than this by a service's pause, in seconds: the caller is told instead.
LONGEST_UNASKED_PAUSE = 60.0
#: Seconds between two requests that a pause has held back, on average: all at once would bring on the next pause.
SPACING = 0.1


@attrs.frozen
class RateLimit:
    """At most ``requests`` in any ``seconds``."""

    requests: int
    seconds: float


class Limiter:
    """Gives out places: moments to send at (monotonic seconds)."""

    def __init__(self, limit: RateLimit | None, name: str = "") -> None:
        self._limit = limit
        self._name = name
        self._lock = threading.Lock()
        self._given: deque[float] = deque()
        self._not_before = float("-inf")
        self._next_after_pause = float("-inf")
        self._told_until = float("-inf")

    def reserve(self, now: float, latest: float | None = None) -> float | None:
        """A place; None, and nothing taken, when it would lie after ``latest``.

        ``latest`` is the deadline of a wait, infinite for one without end. None says that nobody waits: then a pause of
        more than a minute is passed over, as the service's own answer tells the caller better what is wrong.
        """
        with self._lock:
            at = now
            if self._limit:
                while self._given and self._given[0] < now - self._limit.seconds - MARGIN:
                    self._given.popleft()
                if len(self._given) >= self._limit.requests:
                    at = max(at, self._given[-self._limit.requests] + self._limit.seconds + MARGIN)
                if self._given:
                    at = max(at, self._given[-1])
            paused = self._paused(now, latest)
            if paused:
                at = max(at, self._next_after_pause)
            if latest is not None and at > latest:
                return None
            if paused:
                self._next_after_pause = at + random.uniform(0, 2 * SPACING)
            if self._limit:
                self._given.append(at)
            tell = at - now > NOTABLE_PAUSE and now >= self._told_until
            if tell:
                self._told_until = at
        if tell:
            log.warning("%s: pausing %.0f s to stay inside the rate limit", self._name, at - now)
        return at

    def give_back(self, place: float) -> None:
        """Take back a place that nothing was sent at."""
        with self._lock, contextlib.suppress(ValueError):
            self._given.remove(place)

    def is_paused(self, now: float, latest: float | None = None) -> bool:
        """Whether a place of this moment has fallen into a pause that the service asked for meanwhile."""
        with self._lock:
            return self._paused(now, latest)

    def _paused(self, now: float, latest: float | None) -> bool:
        left = self._not_before - now
        return left > 0 and (latest is not None or left <= LONGEST_UNASKED_PAUSE)

    def pause(self, now: float, seconds: float) -> None:
        """Give out no place for so many seconds, as the service asked; for five minutes at most."""
        until = now + min(seconds, LONGEST_PAUSE)
        with self._lock:
            if until <= self._not_before:
                return
            self._not_before = until
            self._next_after_pause = max(self._next_after_pause, until + random.uniform(0, 2 * SPACING))
            # Each of many answers asks for the same pause again: it is told once.
            tell = until - now > NOTABLE_PAUSE and until > self._told_until + NOTABLE_PAUSE
            if tell:
                self._told_until = until
        if tell and seconds > LONGEST_PAUSE:
            log.warning(
                "%s asks to be left alone for %.0f s; waits go on asking in %.0f s", self._name, seconds, LONGEST_PAUSE
            )
        elif tell:
            log.warning("%s asks to be left alone for %.0f s: pausing all requests with this key", self._name, seconds)

    def renew_lock(self) -> None:
        """For a forked child, in which nobody may be left to release it."""
        self._lock = threading.Lock()


_limiters: dict[tuple[str, str, bytes], Limiter] = {}
_limiters_lock = threading.Lock()


def _renew_locks() -> None:
    # Another thread may have held them when this process was forked.
    global _limiters_lock
    _limiters_lock = threading.Lock()
    for limiter in _limiters.values():
        limiter.renew_lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_locks)


def shared_limiter(service: str, base_url: str, api_key: str, limit: RateLimit | None) -> Limiter:
    """The limiter for this service, host and key. The key itself is not kept, only a digest of it."""
    identity = (service, base_url, hashlib.sha256(api_key.encode()).digest())
    with _limiters_lock:
        return _limiters.setdefault(identity, Limiter(limit, service))
