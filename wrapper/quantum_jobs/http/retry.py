"""Sending a request until it is answered for good: what is sent again, when, and how often.

For requests that may be repeated without harm (GET, DELETE, cancel). A submission is never sent through here.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from datetime import UTC

import attrs

from quantum_jobs.http.commands import Channel, Flow, Outcome, Reply, Request, Sleep, TransportFailure, now

#: Statuses that say "not now": sent again.
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 530)})
#: What 409 means where an operation is still getting ready.
NOT_YET = 409

#: Whether 409 means that, for all answers of an operation or for those that a function picks out.
NotYet = bool | Callable[[Reply], bool]

ATTEMPTS = 5
FIRST_BACKOFF = 0.5
LONGEST_BACKOFF = 30.0
#: Without a deadline nobody waits longer than this for a service, in seconds: the caller is told instead.
LONGEST_RETRY_AFTER = 60.0


def send(
    request: Request,
    *,
    not_yet: NotYet = False,
    deadline: float | None = None,
    attempts: int | None = None,
    earlier: list[Outcome] | None = None,
) -> Flow[Outcome]:
    """The first outcome that a further attempt would not better, or the last one.

    ``attempts`` and ``deadline`` (monotonic seconds) both end it; without either it is five attempts. ``not_yet`` says
    that this operation answers 409 until it is ready. What came before the last outcome is added to ``earlier``.
    """
    if attempts is None and deadline is None:
        attempts = ATTEMPTS
    attempt = 0
    while True:
        outcome = yield from send_once(request, deadline=deadline)
        attempt += 1
        if not may_pass(outcome, not_yet) or attempt == attempts:
            return outcome
        if earlier is not None:
            earlier.append(outcome)
        moment = yield from now()
        pause = pause_after(request.channel, outcome, attempt, moment)
        if deadline is None and pause > LONGEST_RETRY_AFTER:
            return outcome
        if deadline is not None and moment + pause >= deadline:
            yield Sleep(deadline - moment)
            return outcome
        yield Sleep(pause)


def send_once(request: Request, *, deadline: float | None = None) -> Flow[Outcome]:
    """One request, in its turn within the rate limit."""
    moment = yield from now()
    wait = request.channel.reserve(moment, deadline)
    if wait is None:
        assert deadline is not None
        yield Sleep(deadline - moment)
        return TransportFailure(sent=False, timed_out=True, message="no place within the rate limit in the time given")
    if wait > 0:
        yield Sleep(wait)
    outcome: Outcome = yield request if deadline is None else attrs.evolve(request, deadline=deadline)
    return outcome


def pause_after(channel: Channel, outcome: Outcome, attempt: int, moment: float) -> float:
    """Seconds to wait before attempt number ``attempt + 1``: what the service asks for, else backoff with full jitter.

    A pause that the service asks of this key with 429 holds for everyone who uses it.
    """
    backoff = random.uniform(0, min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** min(attempt - 1, 10)))
    asked = retry_after(outcome) if isinstance(outcome, Reply) else None
    if asked is None:
        return backoff
    if isinstance(outcome, Reply) and outcome.status == 429 and asked <= LONGEST_RETRY_AFTER:
        channel.pause(moment + asked)
    # "At once", or a date that our clock has passed already, must not become a request every millisecond.
    return max(asked, backoff)


def retry_after(reply: Reply) -> float | None:
    """Seconds that the service asked to wait, from either form of the header; None where it did not say or made no
    sense."""
    text = reply.headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = _seconds_until(text, reply.received)
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _seconds_until(date: str, wall: float) -> float:
    from email.utils import parsedate_to_datetime

    try:
        until = parsedate_to_datetime(date)
    except (ValueError, TypeError, OverflowError):
        return math.nan
    return max(0.0, until.replace(tzinfo=until.tzinfo or UTC).timestamp() - wall)


def may_pass(outcome: Outcome, not_yet: NotYet = False) -> bool:
    """Whether a further attempt could be answered otherwise."""
    if isinstance(outcome, TransportFailure):
        return True
    if outcome.status == NOT_YET:
        return not_yet(outcome) if callable(not_yet) else not_yet
    return outcome.status in TRANSIENT
