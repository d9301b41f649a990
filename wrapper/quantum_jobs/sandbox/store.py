"""What one cloud keeps: its jobs, in the order they came, and the ids it gives out."""

from __future__ import annotations

import hashlib
import random
import uuid
from collections import Counter
from collections.abc import Iterator

from .jobs import Job

_CURSOR_MARK = 0x5A4D << 112
"""Upper bits of every cursor. A cursor looks like the vendors' (a UUID) and holds the place in the list, so that it
still works after the job it stood at was deleted."""


class Store:
    """The jobs of one cloud. Ids come from the seed: the same requests in the same order get the same ids."""

    def __init__(self, service: str, seed: int) -> None:
        self._seed = f"{service}:{seed}"
        self._random = random.Random(self._seed)
        self._jobs: dict[str, Job] = {}
        self._sequence = 0
        self._seen: Counter[str] = Counter()

    def new_uuid(self) -> str:
        """A UUID of version 4 that was not given out before."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def new_hex(self, digits: int) -> str:
        return f"{self._random.getrandbits(4 * digits):0{digits}x}"

    def next_sequence(self) -> int:
        self._sequence += 1
        return self._sequence

    def sampling_seed(self, program: str, shots: int) -> int:
        """The seed for one run of a program: repeatable, and another one each time the same program is run."""
        digest = hashlib.sha256(program.encode()).hexdigest()
        key = f"{self._seed}:{digest}:{shots}"
        self._seen[key] += 1
        return int.from_bytes(hashlib.sha256(f"{key}:{self._seen[key]}".encode()).digest()[:4], "big")

    def add(self, job: Job) -> None:
        self._jobs[job.id] = job

    def get(self, job_id: str) -> Job | None:
        return self._jobs.get(job_id)

    def remove(self, job_id: str) -> bool:
        """Forget a job and its children; False when there was none."""
        job = self._jobs.pop(job_id, None)
        if job is None:
            return False
        for child in job.children:
            self._jobs.pop(child.id, None)
        return True

    def newest_first(self, cursor: str | None = None) -> Iterator[Job]:
        """All jobs, the last submitted first, from `cursor` on. Raises ValueError for a cursor that is not ours."""
        below = None if cursor is None else _place(cursor)
        for job in reversed(list(self._jobs.values())):
            if below is None or job.sequence < below:
                yield job

    def __len__(self) -> int:
        return len(self._jobs)


def cursor_after(job: Job) -> str:
    """The cursor of the page that begins behind `job`."""
    return str(uuid.UUID(int=_CURSOR_MARK | job.sequence))


def _place(cursor: str) -> int:
    place = uuid.UUID(cursor).int ^ _CURSOR_MARK
    if place >> 64:
        raise ValueError("not a cursor of this list")
    return place
