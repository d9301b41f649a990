"""Sending a request until it is answered for good: what is sent again, when, and how often.

For requests that may be repeated without harm (GET, DELETE, cancel). A submission is never sent through here.
"""

from __future__ import annotations

import logging
import math
import random
from datetime import UTC

import attrs

from quantum_jobs.http.commands import Flow, Outcome, Reply, Request, Sleep, TransportFailure, now
from quantum_jobs.http.limits import LONGEST_PAUSE, LONGEST_UNASKED_PAUSE, NOTABLE_PAUSE

log = logging.getLogger("quantum_jobs")

#: Statuses that say "not now": sent again.
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 530)})
#: What 409 means where an operation is still getting ready.
NOT_YET = 409

ATTEMPTS = 5
FIRST_BACKOFF = 0.5
LONGEST_BACKOFF = 30.0
#: A wait without end bears this long, in seconds, with answers that somebody else gives for the service.
STRAY_FOR = 300.0


def send(
    request: Request,
    *,
    not_yet: bool = False,
    deadline: float | None = None,
    attempts: int | None = None,
    earlier: list[Outcome] | None = None,
) -> Flow[Outcome]:
    """The first outcome that a further attempt would not better, or the last one.

    ``attempts`` and ``deadline`` (monotonic seconds) both end it; without either it is five attempts. A deadline says
    that this is part of a wait, infinite in one without end: an outage is waited through, and so are pages and
    redirects that somebody else answers with. ``not_yet`` says that this operation answers 409 until it is ready. What
    came before the last outcome is added to ``earlier``.
    """
    if attempts is None and deadline is None:
        attempts = ATTEMPTS
    attempt = 0
    told = False
    before: Outcome | None = None
    bears_until = 0.0 if deadline is None else min(deadline, (yield from now()) + STRAY_FOR)
    while True:
        outcome = yield from send_once(request, deadline=deadline)
        attempt += 1
        moment = yield from now()
        if deadline is not None and moment >= deadline and isinstance(outcome, TransportFailure):
            # What the deadline has cut off says less than what was answered before.
            return before or outcome
        before = outcome
        passing = may_pass(outcome, not_yet) or (is_stray(outcome) and moment < bears_until)
        if not passing or attempt == attempts:
            return outcome
        if earlier is not None:
            earlier.append(outcome)
        backoff = backoff_after(attempt)
        pause = max(backoff, asked_pause(outcome) or 0.0)
        if deadline is None and pause > LONGEST_UNASKED_PAUSE:
            return outcome
        if deadline is not None:
            pause = min(pause, LONGEST_PAUSE)
            if moment + pause >= deadline:
                yield Sleep(deadline - moment)
                return outcome
        # A pause that is shared begins with its line in the log, and the next place in it is given out by the limiter.
        shared = is_shared(outcome)
        if pause > NOTABLE_PAUSE and not told and not shared:
            told = True
            log.warning("%s does not answer as it should; trying again, next in %.0f s", request.channel.service, pause)
        yield Sleep(backoff if shared else pause)


def send_once(request: Request, *, deadline: float | None = None) -> Flow[Outcome]:
    """One request, in its turn within the rate limit."""
    channel = request.channel
    moment = yield from now()
    while True:
        place = channel.reserve(moment, deadline)
        if place is None:
            assert deadline is not None
            yield Sleep(deadline - moment)
            return TransportFailure(
                sent=False, timed_out=True, message="no place within the rate limit in the time given"
            )
        if place <= moment:
            break
        try:
            yield Sleep(place - moment)
            moment = yield from now()
        except BaseException:
            channel.give_back(place)
            raise
        if not channel.is_paused(moment, deadline):
            break
        channel.give_back(place)
    outcome: Outcome = yield request if deadline is None else attrs.evolve(request, deadline=deadline)
    if is_shared(outcome):
        channel.pause((yield from now()), asked_pause(outcome) or 0.0)
    return outcome


def backoff_after(attempt: int) -> float:
    """Seconds to wait after attempt number ``attempt``: growing, with full jitter."""
    return random.uniform(0, min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** min(attempt - 1, 10)))


def asked_pause(outcome: Outcome) -> float | None:
    """Seconds that an answer asks to wait, None where it does not."""
    return retry_after(outcome) if isinstance(outcome, Reply) else None


def is_shared(outcome: Outcome) -> bool:
    """Whether the pause that is asked for holds for everyone with the key: 429 is about the key."""
    return isinstance(outcome, Reply) and outcome.status == 429 and bool(retry_after(outcome))


def is_stray(outcome: Outcome) -> bool:
    """Whether somebody else answered for the service, a gateway say: with a redirect, or with a page in place of
    JSON."""
    return isinstance(outcome, Reply) and (300 <= outcome.status < 400 or is_page(outcome.text))


def is_page(text: str) -> bool:
    """Whether this is the text of a page for people: HTML or XML."""
    return text.lstrip("\ufeff \t\r\n").startswith("<")


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


def may_pass(outcome: Outcome, not_yet: bool = False) -> bool:
    """Whether a further attempt could be answered otherwise."""
    if isinstance(outcome, TransportFailure):
        return True
    return outcome.status in TRANSIENT or (not_yet and outcome.status == NOT_YET)
