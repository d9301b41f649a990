"""One rate limiter per account (service, base URL and key) in this process, shared by clients, threads and event loops.

A limit is a number of requests in any time window of some seconds. Slots are given out first come, first served. A
pause that the service asks for (Retry-After) applies to all requests with the key, which are spread after its end. The
clock is the event loop's, so that tests can run in virtual time.
"""

from __future__ import annotations

import contextlib
import logging
import os
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator

import anyio
import attrs
from anyio.lowlevel import RunVar

from quantum_jobs.background import run_in_thread

log = logging.getLogger("quantum_jobs")

#: Seconds added to the window, as the network changes the distance between requests.
MARGIN = 1.0
#: Longer pauses, in seconds, are logged.
NOTABLE_PAUSE = 5.0
#: The longest pause, in seconds, whatever a service asks for: its clock may be wrong.
LONGEST_PAUSE = 300.0
#: Outside of waits, longer pauses that a service asks for, in seconds, raise an error instead.
LONGEST_UNASKED_PAUSE = 60.0
#: Average seconds between requests after a pause: all at once would cause the next pause.
SPACING = 0.1
#: Seconds to wait for a lock. It is held for microseconds, unless a signal interrupted its holder.
HELD_UP_FOR = 0.2


_offset: RunVar[float] = RunVar("seconds from the event loop's clock to time.monotonic")


def now() -> float:
    """Return ``time.monotonic()``, or the time of the event loop's virtual clock."""
    offset = _offset.get(None)
    if offset is None:
        offset = time.monotonic() - anyio.current_time()
        _offset.set(offset)
    return anyio.current_time() + offset


@attrs.frozen
class RateLimit:
    """At most ``requests`` in any ``seconds``."""

    requests: int
    seconds: float


#: Of all limiters: it is held for microseconds.
_lock = threading.Lock()


def _renew_lock() -> None:
    """In a forked child: the thread that held it may not exist."""
    global _lock
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    """Hold the lock, without waiting for it for ever: a signal handler that uses the sync client may have interrupted
    its holder. Without the lock a slot is slightly wrong at worst."""
    lock = _lock
    is_held = lock.acquire(timeout=HELD_UP_FOR)
    try:
        yield
    finally:
        if is_held:
            lock.release()


class Limiter:
    """Gives out slots: times to send at, in monotonic seconds."""

    def __init__(self, limit: RateLimit | None, name: str = "", take_permit: Callable[[], float] | None = None) -> None:
        self._limit = limit
        self._take_permit = take_permit
        self._name = name
        self._given: deque[float] = deque()
        self._not_before = float("-inf")
        self._next_after_pause = float("-inf")
        self._told_until = float("-inf")

    async def acquire(self, *, patient: bool) -> None:
        """Wait for a slot; cancellation gives it back.

        Unless ``patient``, a pause of more than a minute is ignored: the service's own response says better what is
        wrong.
        """
        if self._take_permit is not None:
            await self._wait_for_permit(self._take_permit)
        while True:
            moment = now()
            slot = self._reserve(moment, patient)
            if slot <= moment:
                return
            try:
                await anyio.sleep(slot - moment)
            except BaseException:
                self._give_back(slot)
                raise
            with _locked():
                if not self._is_paused(now(), patient):
                    return
            self._give_back(slot)  # the service has asked for a pause meanwhile

    async def _wait_for_permit(self, take: Callable[[], float]) -> None:
        """Wait for a permit of the limit that processes share."""
        while (seconds := await run_in_thread(take)) > 0:
            self._tell(now(), seconds, "pausing %.0f s to stay inside the rate limit that processes share")
            await anyio.sleep(min(seconds, NOTABLE_PAUSE))

    def _reserve(self, now: float, patient: bool) -> float:
        with _locked():
            at = now
            if self._limit:
                while self._given and self._given[0] < now - self._limit.seconds - MARGIN:
                    self._given.popleft()
                if len(self._given) >= self._limit.requests:
                    at = max(at, self._given[-self._limit.requests] + self._limit.seconds + MARGIN)
                if self._given:
                    at = max(at, self._given[-1])
            if self._is_paused(now, patient):
                at = max(at, self._next_after_pause)
                self._next_after_pause = at + random.uniform(0, 2 * SPACING)
            if self._limit:
                self._given.append(at)
        self._tell(now, at - now, "pausing %.0f s to stay inside the rate limit")
        return at

    def _give_back(self, slot: float) -> None:
        with _locked(), contextlib.suppress(ValueError):
            self._given.remove(slot)

    def _is_paused(self, now: float, patient: bool) -> bool:
        left = self._not_before - now
        return left > 0 and (patient or left <= LONGEST_UNASKED_PAUSE)

    def pause(self, seconds: float) -> None:
        """Give out no slot for some seconds, as the service asked; at most ``LONGEST_PAUSE``."""
        moment = now()
        until = moment + min(seconds, LONGEST_PAUSE)
        with _locked():
            if until <= self._not_before:
                return
            self._not_before = until
            self._next_after_pause = max(self._next_after_pause, until + random.uniform(0, 2 * SPACING))
        if until > self._told_until + NOTABLE_PAUSE:
            self._told_until = float("-inf")  # much longer than the one that is logged
        what = f"asks for a pause of {seconds:.0f} s; all requests with this key pause %.0f s"
        self._tell(moment, until - moment, what)

    def _tell(self, moment: float, seconds: float, what: str) -> None:
        """Log a notable pause, with ``%.0f`` for its seconds, unless one that is logged goes on: many requests wait for
        the same."""
        if seconds > NOTABLE_PAUSE and moment >= self._told_until:
            self._told_until = moment + seconds
            log.warning(f"%s: {what}", self._name, seconds)


_limiters: dict[tuple[str, ...], Limiter] = {}


def shared_limiter(
    account: tuple[str, ...], limit: RateLimit | None, take_permit: Callable[[], float] | None = None
) -> Limiter:
    """Return the limiter of an account: service, base URL and the key's digest. ``take_permit`` takes a permit of the
    limit that processes share, and returns 0, or the seconds until there may be one."""
    # One atomic step, as a lock could be held by the thread that a signal handler has interrupted.
    return _limiters.setdefault(account, Limiter(limit, account[0], take_permit))
