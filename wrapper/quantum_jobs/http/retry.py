"""Which requests are sent again, when, and how often. For requests that may be repeated without harm (GET, DELETE,
cancel): a submission is never sent through here.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from datetime import UTC
from typing import TYPE_CHECKING, Any

import anyio

from quantum_jobs.errors import ServiceUnreachableError
from quantum_jobs.http.limits import LONGEST_PAUSE
from quantum_jobs.http.transport import Response, Transport

if TYPE_CHECKING:
    from quantum_jobs.services.base import Call

#: Statuses that say "not now": sent again.
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 530)})

ATTEMPTS = 5
FIRST_BACKOFF = 0.5
LONGEST_BACKOFF = 30.0
#: Where attempts are counted nobody waits longer than this for a service, in seconds: the caller is told instead.
LONGEST_RETRY_AFTER = 60.0

#: What came of one try.
Outcome = Response | ServiceUnreachableError


async def send(
    transport: Transport,
    call: Call[Any],
    *,
    attempts: float = ATTEMPTS,
    is_transient: Callable[[Response], bool] | None = None,
    earlier: list[Outcome] | None = None,
) -> Response:
    """The first answer that a further attempt would not better, or the last one. ``attempts`` may be infinite: then
    only a cancel scope of the caller ends it. ``is_transient`` names further answers that are worth another attempt.
    What came before the last answer is added to ``earlier``.

    Raises ServiceUnreachableError when the last attempt had no answer.
    """
    attempt = 1
    while True:
        outcome = await try_once(transport, call)
        if isinstance(outcome, Response) and not (
            outcome.status in TRANSIENT or (is_transient is not None and is_transient(outcome))
        ):
            return outcome
        pause = pause_before_next(transport, outcome, attempt)
        if attempt >= attempts or (attempts < math.inf and pause > LONGEST_RETRY_AFTER):
            if isinstance(outcome, Response):
                return outcome
            raise outcome
        if earlier is not None:
            earlier.append(outcome)
        await anyio.sleep(pause)
        attempt += 1


async def try_once(transport: Transport, call: Call[Any], *, fresh_connection: bool = False) -> Outcome:
    """One request; a missing answer is a value here."""
    try:
        return await transport.send(call, fresh_connection=fresh_connection)
    except ServiceUnreachableError as error:
        return error.with_traceback(None)


def pause_before_next(transport: Transport, outcome: Outcome, attempt: int) -> float:
    """Seconds to wait before attempt number ``attempt + 1``: what the service asks for, else backoff with full jitter.

    A pause that the service asks of this key with 429 holds for everyone who uses it.
    """
    backoff = random.uniform(0, min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** min(attempt - 1, 10)))
    asked = retry_after(outcome) if isinstance(outcome, Response) else None
    if asked is None:
        return backoff
    if isinstance(outcome, Response) and outcome.status == 429:
        transport.block_for(asked)
    # "At once", or a date that our clock has passed already, must not become a request every millisecond.
    return max(min(asked, LONGEST_PAUSE), backoff)


def retry_after(response: Response) -> float | None:
    """Seconds that the service asked to wait, from either form of the header; None where it did not say or made no
    sense."""
    text = response.headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = _seconds_until(text, response.received)
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _seconds_until(date: str, wall: float) -> float:
    from email.utils import parsedate_to_datetime

    try:
        until = parsedate_to_datetime(date)
    except (ValueError, TypeError, OverflowError):
        return math.nan
    return max(0.0, until.replace(tzinfo=until.tzinfo or UTC).timestamp() - wall)
