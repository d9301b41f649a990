"""The jobs of one account in order, and which of them are at their end: kept up to date without looking at each.

A job can change its state only at times that are known when it comes, or when its simulation ends. The ledger looks at
a job at those moments and at no others, so a listing costs what it shows and not what there is.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections import Counter, deque
from collections.abc import Callable, Iterator
from functools import partial

from .jobs import Computation, Job, Phase, State, state


class Ledger:
    """Jobs by their sequence. `on_end` is told of each job that reaches its end, once; `on_outcome` of each outcome, on
    the engine's thread.
    """

    def __init__(
        self, on_end: Callable[[Job, State], None], on_outcome: Callable[[tuple[Job, Computation]], None]
    ) -> None:
        self._on_end = on_end
        self._on_outcome = on_outcome
        self._jobs: dict[int, Job] = {}
        self.all: list[int] = []
        self.pending: list[int] = []
        self.ended: list[int] = []
        self.ends: Counter[Phase] = Counter()
        self._moments: list[tuple[float, int]] = []
        # Filled by the engine's thread; a deque takes that.
        self._computed: deque[int] = deque()

    def add(self, job: Job) -> None:
        self._jobs[job.sequence] = job
        insort(self.all, job.sequence)
        insort(self.pending, job.sequence)
        self.expect(job)
        for computation in job.computations:
            computation.when_done(partial(self._note, job, computation))

    def expect(self, job: Job) -> None:
        """Look at a job at the times at which it may change; again after it was cancelled, held or released."""
        for moment in job.turning_points():
            heapq.heappush(self._moments, (moment, job.sequence))

    def remove(self, job: Job) -> None:
        if self._jobs.pop(job.sequence, None) is None:
            return
        _take(self.all, job.sequence)
        if not _take(self.pending, job.sequence):
            _take(self.ended, job.sequence)
            if job.ended is not None:
                self.ends[job.ended.phase] -= 1

    def settle(self, now: float) -> None:
        """Take note of what has ended until now."""
        while self._computed:
            self._look_at(self._computed.popleft(), now)
        while self._moments and self._moments[0][0] <= now:
            self._look_at(heapq.heappop(self._moments)[1], now)

    def newest_first(self, sequences: list[int], below: int | None = None) -> Iterator[Job]:
        """The jobs of `all`, `pending` or `ended` from the newest, or from the one before `below`."""
        start = len(sequences) if below is None else bisect_left(sequences, below)
        for index in range(start - 1, -1, -1):
            yield self._jobs[sequences[index]]

    def __len__(self) -> int:
        return len(self.all)

    def _note(self, job: Job, computation: Computation) -> None:
        self._computed.append(job.sequence)
        self._on_outcome((job, computation))

    def _look_at(self, sequence: int, now: float) -> None:
        job = self._jobs.get(sequence)
        if job is None or job.ended is not None:
            return
        current = state(job, now)
        if current.phase.final:
            job.ended = current
            _take(self.pending, sequence)
            insort(self.ended, sequence)
            self.ends[current.phase] += 1
            self._on_end(job, current)


def _take(sequences: list[int], sequence: int) -> bool:
    index = bisect_left(sequences, sequence)
    if index < len(sequences) and sequences[index] == sequence:
        del sequences[index]
        return True
    return False
