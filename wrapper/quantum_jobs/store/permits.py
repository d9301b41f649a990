"""A rate limit that the processes of several machines keep together, beside their job store (extra ``limits``).

pyrate-limiter counts the requests, in a file beside an SQLite store or in a table of a Postgres one.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

from quantum_jobs.errors import UnsupportedError
from quantum_jobs.http.limits import MARGIN, RateLimit
from quantum_jobs.store.database import Database

#: Requests that have left the window are removed from the table each time so many were made.
CLEANED_EVERY = 200
#: Seconds until the next try where another process holds the table.
SHORTEST_WAIT = 0.02


class Permits:
    """The permits of one account. May be used from several threads, and after a fork."""

    def __init__(self, database: Database, account: str, limit: RateLimit) -> None:
        try:
            import pyrate_limiter as limiter
        except ImportError:
            raise UnsupportedError(
                "a rate limit that processes share takes the extra limits, which is not installed: pip install "
                "'.[limits]' in the folder of this project"
            ) from None
        rate = limiter.Rate(limit.requests, int((limit.seconds + MARGIN) * 1000))
        table = f"quantum_jobs_permits_{account[:16]}"
        self._database = database
        self._make: Callable[[], Any] = lambda: database.permit_bucket(limiter, rate, table)
        self._item: Callable[[int], Any] = lambda moment: limiter.RateItem("request", moment)
        self._lock = threading.Lock()
        self._bucket: Any = None
        self._pid = 0
        self._taken = 0

    def take(self) -> float:
        """Take a permit: 0 where there was one, else seconds until there may be. Blocks for milliseconds. Raises
        StoreError."""
        if self._pid != os.getpid():  # neither locks nor connections outlive a fork
            self._lock, self._bucket, self._pid = threading.Lock(), None, os.getpid()
        with self._lock, self._database.told():
            if self._bucket is None:
                self._bucket = self._make()
            bucket = self._bucket
            item = self._item(bucket.now())
            if bucket.put(item):
                self._taken += 1
                if self._taken % CLEANED_EVERY == 0:
                    bucket.leak(bucket.now())
                return 0.0
            return max(SHORTEST_WAIT, float(bucket.waiting(item)) / 1000)
