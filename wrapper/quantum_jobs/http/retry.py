"""Which requests are sent again, when, and how often. For requests that may be repeated without harm (GET, DELETE,
cancel): a submission is never sent through here.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, MutableSequence
from typing import Any

import anyio

from quantum_jobs.http.limits import LONGEST_PAUSE, LONGEST_UNASKED_PAUSE, NOTABLE_PAUSE
from quantum_jobs.http.messages import Call, Outcome, Response
from quantum_jobs.http.transport import TOO_MANY, Transport

log = logging.getLogger("quantum_jobs")

#: Statuses that say "not now": sent again.
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 530)})

ATTEMPTS = 5
FIRST_BACKOFF = 0.5
LONGEST_BACKOFF = 30.0
#: A wait bears this long, in seconds, with answers that somebody else gives for the service.
STRAY_FOR = 300.0


async def send(
    transport: Transport,
    call: Call[Any],
    *,
    patient: bool = False,
    is_transient: Callable[[Response], bool] | None = None,
    earlier: MutableSequence[Outcome] | None = None,
) -> Response:
    """The first answer that a further attempt would not better, or after five attempts the last one.

    ``patient`` says that this is part of a wait, which only the caller's cancel scope ends: an outage is waited
    through, and for a while so are pages and redirects that somebody else answers with. ``is_transient`` names further
    answers that are worth another attempt. What came before the last answer is added to ``earlier``.

    Raises ServiceUnreachableError when the last attempt had no answer.
    """
    attempt = 1
    is_told = False
    bears_until = anyio.current_time() + STRAY_FOR if patient else 0.0
    while True:
        outcome = await transport.send(call, patient=patient)
        if isinstance(outcome, Response):
            passing = outcome.status in TRANSIENT or (is_transient is not None and is_transient(outcome))
            if not passing and not (patient and is_stray(outcome) and anyio.current_time() < bears_until):
                return outcome
        backoff = backoff_after(attempt)
        pause = max(backoff, min(asked_pause(outcome), LONGEST_PAUSE))
        if not patient and (attempt == ATTEMPTS or pause > LONGEST_UNASKED_PAUSE):
            if isinstance(outcome, Response):
                return outcome
            raise outcome
        if earlier is not None:
            earlier.append(outcome)
        # A pause that is shared begins with its line in the log, and the next place in it is given out by the limiter.
        shared = is_shared(outcome)
        if pause > NOTABLE_PAUSE and not is_told and not shared:
            is_told = True
            log.warning("%s does not answer as it should; trying again, next in %.0f s", transport.service, pause)
        await anyio.sleep(backoff if shared else pause)
        attempt += 1


def backoff_after(attempt: int) -> float:
    """Seconds to wait after attempt number ``attempt``: growing, with full jitter."""
    return random.uniform(0, min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** min(attempt - 1, 10)))


def asked_pause(outcome: Outcome) -> float:
    """Seconds that an answer asks to wait; 0 where it does not."""
    return (outcome.retry_after or 0.0) if isinstance(outcome, Response) else 0.0


def is_shared(outcome: Outcome) -> bool:
    """Whether the pause that is asked for holds for everyone with the key: 429 is about the key."""
    return isinstance(outcome, Response) and outcome.status == TOO_MANY and asked_pause(outcome) > 0


def is_stray(response: Response) -> bool:
    """Whether somebody else answered for the service, a gateway say: with a redirect, or with a page in place of
    JSON."""
    return 300 <= response.status < 400 or is_page(response.text)


def is_page(text: str) -> bool:
    """Whether this is the text of a page for people: HTML or XML."""
    return text.lstrip("\ufeff \t\r\n").startswith("<")
