"""The jobs of one cloud, by account, and the ids it assigns."""

from __future__ import annotations

import hashlib
import math
import random
import uuid
from bisect import bisect_left
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from quantum_sandbox.engine import Outcome
from quantum_sandbox.http_types import HTTPError

from .index import JobIndex
from .memory_usage import job_bytes, outcome_bytes
from .model import Computation, Job, JobState, Phase

_CURSOR_MARK = 0x5A4D << 112
"""Upper bits of every cursor. A cursor is a UUID, as the vendors' are, and contains the sequence of a job, so that it
is
valid also after that job was deleted."""

_REMEMBERED_PROGRAMS = 100_000
"""About 15 MB. Beyond it, the program that was not run for longest starts with its first seed again."""


@attrs.frozen
class Retention:
    """How much one cloud keeps: beyond `jobs` jobs or about `megabytes` of memory, the job that ended first is removed.

    Where too few jobs have ended, new ones are refused with status 429. The same limits hold separately for groups and
    for sessions.
    """

    jobs: int = 100_000
    megabytes: int = 1024

    def too_many(self, what: str) -> HTTPError:
        """The error for a request that needs more room. It names the setting, because no vendor has such a limit."""
        limits = f"Retention(jobs={self.jobs}, megabytes={self.megabytes})"
        return HTTPError(429, f"Too many {what}: the sandbox has {limits}, and too few of them are at their end")


class JobStore:
    """The jobs of one cloud. Ids depend on the seed only: the same requests in the same order get the same ids.

    Args:
        service: full name of the service.
        seed: for ids and sampling.
        retention: how much to keep.
        price: what an ended job cost.

    Attributes:
        on_removed: functions to call for each removed job that is no child, with its last state.
        spent: what the jobs of each account cost so far, removed jobs included.
    """

    def __init__(self, service: str, seed: int, retention: Retention, price: Callable[[Job, JobState], float]) -> None:
        self._seed = f"{service}:{seed}"
        self._random = random.Random(self._seed)
        self.retention = retention
        self.on_removed: list[Callable[[Job, JobState], None]] = []
        self._price = price
        self._jobs: dict[str, Job] = {}
        self._indexes: dict[str, JobIndex] = {}
        self._ended: dict[str, Job] = {}
        self._bytes = 0
        # Outcomes whose size is not counted yet; the engine's thread appends to it.
        self._new_outcomes: deque[tuple[Job, Computation]] = deque()
        # The size of each job, and its counted outcomes. Jobs may share an outcome, whose size counts once.
        self._sizes: dict[str, tuple[int, list[Outcome]]] = {}
        self._outcome_users: Counter[int] = Counter()
        self._sequence = 0
        self._charged: set[str] = set()
        self._seen: OrderedDict[str, int] = OrderedDict()
        self._queues: dict[str, tuple[float, list[int]]] = {}
        self.spent: dict[str, float] = defaultdict(float)

    def new_uuid(self) -> str:
        """A new UUID of version 4."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def new_hex(self, digits: int) -> str:
        return f"{self._random.getrandbits(4 * digits):0{digits}x}"

    def next_sequence(self) -> int:
        self._sequence += 1
        return self._sequence

    def sampling_seed(self, program: str, shots: int) -> int:
        """The seed for one run of a program: repeatable, and different for each run of the same program."""
        key = hashlib.sha256(f"{self._seed}:{program}:{shots}".encode()).hexdigest()[:16]
        times = self._seen.get(key, 0) + 1
        self._seen[key] = times
        self._seen.move_to_end(key)
        if len(self._seen) > _REMEMBERED_PROGRAMS:
            self._seen.popitem(last=False)
        return int.from_bytes(hashlib.sha256(f"{key}:{times}".encode()).digest()[:4], "big")

    def make_room(self, now: float, jobs: int = 1) -> None:
        """Remove ended jobs until `jobs` more fit. Raises HTTPError, and removes none, where too few have ended."""
        self._count_outcomes()
        excess_jobs = len(self._jobs) + jobs - self.retention.jobs
        excess_bytes = self._bytes - (self.retention.megabytes << 20)
        if excess_jobs <= 0 and excess_bytes <= 0:
            return
        for owner in self._indexes:
            self.index(owner, now)
        evicted, released = [], Counter[int]()
        for job in self._ended.values():
            if excess_jobs <= 0 and excess_bytes <= 0:
                break
            evicted.append(job.id)
            for one in (job, *job.children):
                size, outcomes = self._sizes[one.id]
                excess_jobs, excess_bytes = excess_jobs - 1, excess_bytes - size
                for outcome in outcomes:
                    released[id(outcome)] += 1
                    if released[id(outcome)] == self._outcome_users[id(outcome)]:
                        excess_bytes -= outcome_bytes(outcome)
        if excess_jobs > 0 or excess_bytes > 0:
            raise self.retention.too_many("jobs")
        for job_id in evicted:
            self.remove(job_id)

    def add(self, job: Job) -> None:
        self._jobs[job.id] = job
        size = job_bytes(job)
        self._sizes[job.id] = size, []
        self._bytes += size
        self._index(job.owner).add(job)

    def get(self, job_id: str, owner: str | None = None) -> Job | None:
        """A job by its id, or None. With `owner`, only a job of that account."""
        job = self._jobs.get(job_id)
        return job if job is not None and owner in (None, job.owner) else None

    def remove(self, job_id: str) -> bool:
        """Remove a job and its children; False where there is none with this id."""
        job = self._jobs.pop(job_id, None)
        if job is None:
            return False
        self._detach(job)
        size, outcomes = self._sizes.pop(job_id)
        self._bytes -= size
        for outcome in outcomes:
            self._release_outcome(outcome)
        self._index(job.owner).remove(job)
        self._queues.clear()
        for child in list(job.children):
            self.remove(child.id)
        return True

    def _detach(self, job: Job) -> None:
        """Remove the references to a job, charge it and call `on_removed`."""
        parent = self._jobs.get(job.parent_id or "")
        if parent is not None:
            parent.children.remove(job)
        if job.parent_id is not None:
            return
        # A job that was cancelled just now ends in the future.
        end = job.ended or job.state_at(math.inf)
        if self._ended.pop(job.id, None) is None:
            self._charge(job, end)
        for callback in self.on_removed:
            callback(job, end)

    def cancel(self, job: Job, now: float) -> bool:
        """Cancel a job and its children; False where it had ended."""
        return self._change(job, job.cancel(now))

    def hold(self, job: Job, now: float) -> bool:
        """Hold a waiting job until it is released; False where it is not waiting."""
        return self._change(job, job.hold(now))

    def release(self, job: Job, now: float) -> bool:
        """Release a held job; False where it is not held."""
        return self._change(job, job.release(now))

    def index(self, owner: str, now: float) -> JobIndex:
        """The index of an account, updated to `now`."""
        index = self._index(owner)
        index.update(now)
        return index

    def queue_position(self, job: Job, now: float) -> int:
        """Number of jobs of all accounts queued on the device before this one; computed at most every 0.1 s."""
        taken_at, queue = self._queues.get(job.device, (0.0, []))
        if not taken_at <= now < taken_at + 0.1 or not queue or job.sequence > queue[-1]:
            queue = sorted(
                other.sequence
                for owner in self._indexes
                for other in self._waiting(owner, now)
                if other.device == job.device and other.state_at(now).phase is Phase.QUEUED
            )
            self._queues[job.device] = (now, queue)
        return bisect_left(queue, job.sequence)

    def all_jobs(self) -> Iterator[Job]:
        """The jobs of all accounts, newest first."""
        return reversed(list(self._jobs.values()))

    def saved(self) -> dict[str, Any]:
        """The state of the store without its jobs, as JSON."""
        version, numbers, gauss = self._random.getstate()
        return {
            "random": [version, list(numbers), gauss],
            "sequence": self._sequence,
            "seen": dict(self._seen),
            "spent": dict(self.spent),
            "ended": list(self._ended),
        }

    def restore(self, saved: Mapping[str, Any], jobs: Sequence[Job]) -> None:
        """Fill an empty store with what `saved` gave; `jobs` are in order of submission."""
        version, numbers, gauss = saved["random"]
        self._random.setstate((version, tuple(numbers), gauss))
        self._sequence = int(saved["sequence"])
        self._seen.update({str(key): int(times) for key, times in saved["seen"].items()})
        # Their cost is included in `spent`.
        self._charged = set(saved["ended"])
        self.spent.update({str(owner): float(amount) for owner, amount in saved["spent"].items()})
        for job in jobs:
            self.add(job)

    def __len__(self) -> int:
        return len(self._jobs)

    def _waiting(self, owner: str, now: float) -> Iterator[Job]:
        index = self.index(owner, now)
        return index.newest_first(index.pending)

    def _index(self, owner: str) -> JobIndex:
        index = self._indexes.get(owner)
        if index is None:
            index = self._indexes[owner] = JobIndex(self._on_end, self._new_outcomes.append)
        return index

    def _on_end(self, job: Job, end: JobState) -> None:
        if job.parent_id is None:
            self._ended[job.id] = job
            self._charge(job, end)

    def _charge(self, job: Job, end: JobState) -> None:
        if job.id not in self._charged:
            self.spent[job.owner] += self._price(job, end)

    def _count_outcomes(self) -> None:
        while self._new_outcomes:
            job, computation = self._new_outcomes.popleft()
            if job.id in self._sizes and computation.outcome is not None:
                self._sizes[job.id][1].append(computation.outcome)
                self._outcome_users[id(computation.outcome)] += 1
                if self._outcome_users[id(computation.outcome)] == 1:
                    self._bytes += outcome_bytes(computation.outcome)

    def _release_outcome(self, outcome: Outcome) -> None:
        self._outcome_users[id(outcome)] -= 1
        if not self._outcome_users[id(outcome)]:
            del self._outcome_users[id(outcome)]
            self._bytes -= outcome_bytes(outcome)

    def _change(self, job: Job, changed: bool) -> bool:
        if changed:
            self._queues.clear()
            for one in (job, *job.children):
                self._index(one.owner).schedule(one)
        return changed


def cursor_after(job: Job) -> str:
    """The cursor of the page that starts after `job`."""
    return str(uuid.UUID(int=_CURSOR_MARK | job.sequence))


def sequence_of_cursor(cursor: str) -> int:
    """The sequence number in a cursor: its page has jobs below it. Raises ValueError for another cursor."""
    sequence = uuid.UUID(cursor).int ^ _CURSOR_MARK
    if sequence >> 64:
        raise ValueError("not a cursor of this list")
    return sequence
