"""One rate limit per account (service, address and key) in this process, shared by clients, threads and event loops.

A limit is a number of requests in any window of so many seconds. Places are given out in order of asking, so nobody
starves. A pause that the service asks for (Retry-After) holds for everyone with the same key, and ends for one request
after the other. The clock is the event loop's, so that tests can run in virtual time.
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
#: Seconds that a lock is waited for. It is held for microseconds, unless its holder was interrupted by a signal.
HELD_UP_FOR = 0.2


_offset: RunVar[float] = RunVar("seconds from the event loop's clock to time.monotonic")


def now() -> float:
    """Seconds of ``time.monotonic``, or of the virtual clock that the event loop runs on."""
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


@contextlib.contextmanager
def _held(lock: threading.Lock) -> Iterator[None]:
    """Hold a lock that is not waited for without end: where a signal's handler uses the sync client, it has interrupted
    who holds the lock and waits for us. A place given out without it is a little wrong at worst."""
    is_held = lock.acquire(timeout=HELD_UP_FOR)
    try:
        yield
    finally:
        if is_held:
            lock.release()


class Limiter:
    """Gives out places: moments to send at (monotonic seconds)."""

    def __init__(self, limit: RateLimit | None, name: str = "", take_permit: Callable[[], float] | None = None) -> None:
        self._limit = limit
        self._take_permit = take_permit
        self._name = name
        self._lock = threading.Lock()
        self._given: deque[float] = deque()
        self._not_before = float("-inf")
        self._next_after_pause = float("-inf")
        self._told_until = float("-inf")

    async def acquire(self, *, patient: bool) -> None:
        """Wait for a place. When that is cancelled the place is given back.

        ``patient`` says that somebody waits for a job. Else a pause of more than a minute is passed over, as the
        service's own answer tells the caller better what is wrong.
        """
        if self._take_permit is not None:
            await self._wait_for_permit(self._take_permit)
        while True:
            moment = now()
            place = self._reserve(moment, patient)
            if place <= moment:
                return
            try:
                await anyio.sleep(place - moment)
            except BaseException:
                self._give_back(place)
                raise
            with _held(self._lock):
                if not self._is_paused(now(), patient):
                    return
            self._give_back(place)  # the service asked for a pause meanwhile

    async def _wait_for_permit(self, take: Callable[[], float]) -> None:
        """Wait for a place among the requests of all processes."""
        while (seconds := await run_in_thread(take)) > 0:
            if seconds > NOTABLE_PAUSE and now() >= self._told_until:
                self._told_until = now() + seconds
                log.warning(
                    "%s: pausing %.0f s to stay inside the rate limit that processes share", self._name, seconds
                )
            await anyio.sleep(min(seconds, NOTABLE_PAUSE))

    def _reserve(self, now: float, patient: bool) -> float:
        with _held(self._lock):
            at = now
            if self._limit:
                while self._given and self._given[0] < now - self._limit.seconds - MARGIN:
                    self._given.popleft()
                if len(self._given) >= self._limit.requests:
                    at = max(at, self._given[-self._limit.requests] + self._limit.seconds + MARGIN)
                if self._given:
                    at = max(at, self._given[-1])
            paused = self._is_paused(now, patient)
            if paused:
                at = max(at, self._next_after_pause)
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

    def _give_back(self, place: float) -> None:
        with _held(self._lock), contextlib.suppress(ValueError):
            self._given.remove(place)

    def _is_paused(self, now: float, patient: bool) -> bool:
        left = self._not_before - now
        return left > 0 and (patient or left <= LONGEST_UNASKED_PAUSE)

    def pause(self, seconds: float) -> None:
        """Give out no place for so many seconds, as the service asked; for five minutes at most."""
        moment = now()
        until = moment + min(seconds, LONGEST_PAUSE)
        with _held(self._lock):
            if until <= self._not_before:
                return
            self._not_before = until
            self._next_after_pause = max(self._next_after_pause, until + random.uniform(0, 2 * SPACING))
            # Each of many answers asks for the same pause again: it is told once.
            tell = until - moment > NOTABLE_PAUSE and until > self._told_until + NOTABLE_PAUSE
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


_limiters: dict[tuple[str, ...], Limiter] = {}


def _renew_locks() -> None:
    # Another thread may have held them when this process was forked.
    for limiter in _limiters.values():
        limiter.renew_lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_locks)


def shared_limiter(
    account: tuple[str, ...], limit: RateLimit | None, take_permit: Callable[[], float] | None = None
) -> Limiter:
    """The limiter of an account: service, base URL and the key's digest. ``take_permit`` takes a permit of those that
    all processes share, or gives the seconds until there may be one."""
    # One atomic step in place of a lock, which a signal's handler that connects could find held by its own thread.
    return _limiters.setdefault(account, Limiter(limit, account[0], take_permit))
