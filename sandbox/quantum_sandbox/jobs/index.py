"""Index over the jobs of one account: in order of submission, pending and ended ones apart.

A job can end only at times that are known at its submission, or when its simulation ends. The index evaluates a job at
those times only, so the cost of a listing depends on its length and not on the number of jobs.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections import Counter, deque
from collections.abc import Callable, Iterator
from functools import partial

from .model import Computation, Job, JobState, Phase


class JobIndex:
    """Sequence numbers of jobs: `all`, `pending` and `ended` are sorted; `ends` counts ended jobs by phase.

    Args:
        on_end: called once for each job that ends, with its last state.
        on_outcome: called for each outcome, in the engine's thread.
    """

    def __init__(
        self, on_end: Callable[[Job, JobState], None], on_outcome: Callable[[tuple[Job, Computation]], None]
    ) -> None:
        self._on_end = on_end
        self._on_outcome = on_outcome
        self._jobs: dict[int, Job] = {}
        self.all: list[int] = []
        self.pending: list[int] = []
        self.ended: list[int] = []
        self.ends: Counter[Phase] = Counter()
        self._end_times: list[tuple[float, int]] = []
        # The engine's thread appends to it, which a deque allows.
        self._computed: deque[int] = deque()

    def add(self, job: Job) -> None:
        self._jobs[job.sequence] = job
        insort(self.all, job.sequence)
        insort(self.pending, job.sequence)
        self.schedule(job)
        for computation in job.computations:
            computation.when_done(partial(self._on_computed, job, computation))

    def schedule(self, job: Job) -> None:
        """Note the times at which a job may end; to be called again after it was cancelled, held or released."""
        for timestamp in job.possible_end_times():
            heapq.heappush(self._end_times, (timestamp, job.sequence))

    def remove(self, job: Job) -> None:
        if self._jobs.pop(job.sequence, None) is None:
            return
        _remove_sequence(self.all, job.sequence)
        if not _remove_sequence(self.pending, job.sequence):
            _remove_sequence(self.ended, job.sequence)
            if job.ended is not None:
                self.ends[job.ended.phase] -= 1

    def update(self, now: float) -> None:
        """Move jobs that have ended by now from `pending` to `ended`."""
        while self._computed:
            self._check_job(self._computed.popleft(), now)
        while self._end_times and self._end_times[0][0] <= now:
            self._check_job(heapq.heappop(self._end_times)[1], now)

    def newest_first(self, sequences: list[int], below: int | None = None) -> Iterator[Job]:
        """The jobs of `all`, `pending` or `ended`, newest first; only those submitted before the sequence `below`."""
        start = len(sequences) if below is None else bisect_left(sequences, below)
        for index in range(start - 1, -1, -1):
            yield self._jobs[sequences[index]]

    def __len__(self) -> int:
        return len(self.all)

    def _on_computed(self, job: Job, computation: Computation) -> None:
        self._computed.append(job.sequence)
        self._on_outcome((job, computation))

    def _check_job(self, sequence: int, now: float) -> None:
        job = self._jobs.get(sequence)
        if job is None or job.ended is not None:
            return
        current = job.state_at(now)
        if current.phase.final:
            job.ended = current
            _remove_sequence(self.pending, sequence)
            insort(self.ended, sequence)
            self.ends[current.phase] += 1
            self._on_end(job, current)


def _remove_sequence(sequences: list[int], sequence: int) -> bool:
    index = bisect_left(sequences, sequence)
    if index < len(sequences) and sequences[index] == sequence:
        del sequences[index]
        return True
    return False
