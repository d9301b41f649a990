"""Whose request it is, and whether they have made too many.

A key is never kept. What stands for it is a short mark that is made from it and does not lead back.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Callable, Mapping

from .exchange import ACCEPTED_KEY, Quota, Refusal, Service

_NOBODY = "nobody"
_OF_ONE_ACCOUNT = re.compile(rf"{ACCEPTED_KEY}-[0-9a-f]{{8}}")
"""Keys that sandboxes give their clients. One account has them all, so that a state loaded elsewhere is theirs too."""


class Accounts:
    """The holders of keys. Without `quotas` nobody makes too many requests."""

    def __init__(self, seed: int, now: Callable[[], float], quotas: bool | Mapping[str, Quota] = False) -> None:
        self._salt = str(seed).encode()[:16]
        self._now = now
        self._quotas = quotas
        self._requests: dict[tuple[str, str], deque[float]] = {}

    def owner(self, key: str | None) -> str:
        """The mark of a key; the same for the same key and seed."""
        if not key:
            return _NOBODY
        if _OF_ONE_ACCOUNT.fullmatch(key):
            key = ACCEPTED_KEY
        return hashlib.blake2b(key.encode(), digest_size=8, key=self._salt).hexdigest()

    def count(self, service: Service, owner: str) -> None:
        """Count a request. Raises Refusal where there were too many in the last window."""
        quota = self._quotas.get(service.name) if isinstance(self._quotas, Mapping) else service.quota
        if not self._quotas or quota is None:
            return
        now = self._now()
        recent = self._requests.setdefault((service.name, owner), deque())
        while recent and recent[0] <= now - quota.seconds:
            recent.popleft()
        if len(recent) >= (quota.without_key if owner == _NOBODY else quota.requests):
            raise Refusal(429, "Too many requests, please try again later")
        recent.append(now)

    def reset(self) -> None:
        """Forget who made how many requests."""
        self._requests.clear()
