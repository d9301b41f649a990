"""Retries for idempotent requests (GET, DELETE, cancel): which, when, how often. Submissions are never retried here."""

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

#: Statuses that are retried.
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 530)})

ATTEMPTS = 5
FIRST_BACKOFF = 0.5
LONGEST_BACKOFF = 30.0
#: Seconds for which a wait retries after redirects and HTML pages, which a gateway sends in place of the service.
STRAY_FOR = 300.0


async def send(
    transport: Transport,
    call: Call[Any],
    *,
    patient: bool = False,
    is_transient: Callable[[Response], bool] | None = None,
    earlier: MutableSequence[Outcome] | None = None,
) -> Response:
    """Send a call, and again while its response is transient: up to five attempts. Return the last response.

    Args:
        patient: part of a wait, which only the caller's cancel scope ends: retry through outages without end, and for
            ``STRAY_FOR`` seconds after redirects and HTML pages.
        is_transient: says which other responses to retry.
        earlier: receives the outcomes before the last one.

    Raises ServiceUnreachableError where the last attempt had no response.
    """
    attempt = 1
    is_told = False
    retry_stray_until = anyio.current_time() + STRAY_FOR if patient else 0.0
    while True:
        outcome = await transport.send(call, patient=patient)
        if isinstance(outcome, Response):
            passing = outcome.status in TRANSIENT or (is_transient is not None and is_transient(outcome))
            if not passing and not (
                patient and is_stray(outcome.status, outcome.text) and anyio.current_time() < retry_stray_until
            ):
                return outcome
        backoff = backoff_after(attempt)
        pause = max(backoff, min(asked_pause(outcome), LONGEST_PAUSE))
        if not patient and (attempt == ATTEMPTS or pause > LONGEST_UNASKED_PAUSE):
            if isinstance(outcome, Response):
                return outcome
            raise outcome
        if earlier is not None:
            earlier.append(outcome)
        # The limiter logs a pause for all requests with the key, and delays the next attempt.
        shared = is_shared(outcome)
        if pause > NOTABLE_PAUSE and not is_told and not shared:
            is_told = True
            log.warning("%s fails; trying again, next in %.0f s", transport.service, pause)
        await anyio.sleep(backoff if shared else pause)
        attempt += 1


def backoff_after(attempt: int) -> float:
    """Return the seconds to wait after an attempt: exponential backoff with full jitter."""
    return random.uniform(0, min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** min(attempt - 1, 10)))


def asked_pause(outcome: Outcome) -> float:
    """Return the response's Retry-After in seconds, 0 without one."""
    return (outcome.retry_after or 0.0) if isinstance(outcome, Response) else 0.0


def is_shared(outcome: Outcome) -> bool:
    """Whether the Retry-After applies to all requests with the key, as it does for 429."""
    return isinstance(outcome, Response) and outcome.status == TOO_MANY and asked_pause(outcome) > 0


def is_stray(status: int, text: str) -> bool:
    """Whether a response is a gateway's and not the service's: a redirect, or a page in place of JSON."""
    return 300 <= status < 400 or is_page(text)


def is_page(text: str) -> bool:
    """Whether a text is HTML or XML."""
    return text.lstrip("\ufeff \t\r\n").startswith("<")
