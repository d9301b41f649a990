"""Accounts: who sends a request, and rate limits.

A key is never stored. An account is known by a short keyed hash of its key, the `owner`.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections import deque
from collections.abc import Callable, Mapping

import attrs

from .http_types import ACCEPTED_KEY, HTTPError, RateLimit, Service

_ANONYMOUS = "nobody"
_SANDBOX_KEY = re.compile(rf"{ACCEPTED_KEY}-[0-9a-f]{{8}}")
"""Keys that sandboxes give to their clients. They share one account, so that it still owns a state loaded elsewhere."""


class Accounts:
    """The accounts of a sandbox. `rate_limits` are those of the services: True for the vendors' own, False for none."""

    def __init__(
        self, seed: int, now: Callable[[], float], rate_limits: bool | Mapping[str, RateLimit] = False
    ) -> None:
        self._salt = str(seed).encode()[:16]
        self._now = now
        self._rate_limits = rate_limits
        self._requests: dict[tuple[str, str], deque[float]] = {}

    def owner(self, key: str | None) -> str:
        """The account of a key: the same for the same key and seed."""
        if not key:
            return _ANONYMOUS
        if _SANDBOX_KEY.fullmatch(key):
            key = ACCEPTED_KEY
        return hashlib.blake2b(key.encode(), digest_size=8, key=self._salt).hexdigest()

    def count(self, service: Service, owner: str) -> None:
        """Count a request. Raises HTTPError where the account has reached the rate limit."""
        rate_limit = (
            self._rate_limits.get(service.name) if isinstance(self._rate_limits, Mapping) else service.rate_limit
        )
        if not self._rate_limits or rate_limit is None:
            return
        now = self._now()
        recent = self._requests.setdefault((service.name, owner), deque())
        while recent and recent[0] <= now - rate_limit.seconds:
            recent.popleft()
        if len(recent) >= (rate_limit.without_key if owner == _ANONYMOUS else rate_limit.requests):
            raise HTTPError(429, "Too many requests, please try again later")
        recent.append(now)

    def reset(self) -> None:
        """Forget all counted requests."""
        self._requests.clear()


@attrs.frozen
class Account:
    """Ids that the vendors have for an account: of its organization and so on. They are derived from `owner`."""

    owner: str

    def hex(self, what: str, digits: int = 24) -> str:
        return hashlib.sha256(f"{what}:{self.owner}".encode()).hexdigest()[:digits]

    def uuid(self, what: str) -> str:
        return str(uuid.UUID(self.hex(what, 32), version=4))
