"""One rate limit per service and key in this process, shared by all clients and threads.

A limit is a number of requests in any window of so many seconds. Places are given out in order of asking, so nobody
starves, and a service's own "not before" (Retry-After) holds for everyone with the same key.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections import deque

import attrs

log = logging.getLogger("quantum_jobs")

#: Seconds added to a window: requests do not arrive in exactly the distance in which they were sent.
MARGIN = 1.0
#: A pause that a person would wonder about, in seconds: it is logged.
NOTABLE_PAUSE = 5.0


@attrs.frozen
class RateLimit:
    """At most ``requests`` in any ``seconds``."""

    requests: int
    seconds: float


class Limiter:
    """Gives out moments to send at (monotonic seconds)."""

    def __init__(self, limit: RateLimit | None, name: str = "") -> None:
        self._limit = limit
        self._name = name
        self._lock = threading.Lock()
        self._given: deque[float] = deque(maxlen=limit.requests if limit else 1)
        self._not_before = float("-inf")

    def reserve(self, now: float, latest: float | None = None) -> float | None:
        """Seconds from now until the place it gives out; None, and nothing taken, when that lies after ``latest``."""
        with self._lock:
            at = max(now, self._not_before)
            if self._limit and len(self._given) == self._limit.requests:
                at = max(at, self._given[0] + self._limit.seconds + MARGIN)
            if self._given:
                at = max(at, self._given[-1])
            if latest is not None and at > latest:
                return None
            self._given.append(at)
        if at - now > NOTABLE_PAUSE:
            log.info("%s: pausing %.0f s to stay inside the rate limit", self._name, at - now)
        return at - now

    def renew_lock(self) -> None:
        """For a forked child, in which nobody may be left to release it."""
        self._lock = threading.Lock()

    def pause(self, until: float) -> None:
        """Give out no place before this moment."""
        with self._lock:
            self._not_before = max(self._not_before, until)


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
