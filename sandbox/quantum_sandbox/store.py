"""What one cloud keeps: its jobs, by account, and the ids it gives out."""

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

from .engine import Outcome
from .exchange import Refusal
from .jobs import Computation, Job, Phase, State, state
from .ledger import Ledger
from .weights import weight_of_job, weight_of_outcome

_CURSOR_MARK = 0x5A4D << 112
"""Upper bits of every cursor. A cursor looks like the vendors' (a UUID) and holds the place in the list, so that it
still works after the job it stood at was deleted."""

_REMEMBERED_PROGRAMS = 100_000
"""About 15 MB. Beyond it the program that was not run for longest begins with its first seed again."""


@attrs.frozen
class Keep:
    """How much one cloud keeps: beyond `jobs` or about `megabytes` of memory, the job that ended first goes.

    Where too few jobs are at their end, new ones are refused as too many. The same numbers hold, apart from jobs, for
    groups and for sessions.
    """

    jobs: int = 100_000
    megabytes: int = 1024

    def refusal(self, what: str) -> Refusal:
        """Of something new for which there is no room. It names the setting, which no vendor has."""
        limits = f"Keep(jobs={self.jobs}, megabytes={self.megabytes})"
        return Refusal(429, f"Too many {what}: the sandbox has {limits}, and too few of them are at their end")


@attrs.frozen
class Account:
    """Ids of the holder of a key, as the vendors have them. They are made up from the key's mark."""

    owner: str

    def hex(self, what: str, digits: int = 24) -> str:
        return hashlib.sha256(f"{what}:{self.owner}".encode()).hexdigest()[:digits]

    def uuid(self, what: str) -> str:
        return str(uuid.UUID(self.hex(what, 32), version=4))


class Store:
    """The jobs of one cloud. Ids come from the seed: the same requests in the same order get the same ids.

    `price` is what a job cost that has come to its end. `when_removed` are told of each job that is no child and is
    forgotten, with its last state.
    """

    def __init__(self, service: str, seed: int, keep: Keep, price: Callable[[Job, State], float]) -> None:
        self._seed = f"{service}:{seed}"
        self._random = random.Random(self._seed)
        self.keep = keep
        self.when_removed: list[Callable[[Job, State], None]] = []
        self._price = price
        self._jobs: dict[str, Job] = {}
        self._ledgers: dict[str, Ledger] = {}
        self._ended: dict[str, Job] = {}
        self._bytes = 0
        # Jobs with an outcome that is not weighed yet, filled by the engine's thread; what each job weighs, and which
        # outcomes were weighed for it. An exact outcome may be that of many jobs, and weighs once.
        self._arrived: deque[tuple[Job, Computation]] = deque()
        self._weighed: dict[str, tuple[int, list[Outcome]]] = {}
        self._holders: Counter[int] = Counter()
        self._sequence = 0
        self._paid: set[str] = set()
        self._seen: OrderedDict[str, int] = OrderedDict()
        self._queues: dict[str, tuple[float, list[int]]] = {}
        self.spent: dict[str, float] = defaultdict(float)
        """What each account's jobs cost so far, those that are forgotten among them."""

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
        key = hashlib.sha256(f"{self._seed}:{program}:{shots}".encode()).hexdigest()[:16]
        times = self._seen.get(key, 0) + 1
        self._seen[key] = times
        self._seen.move_to_end(key)
        if len(self._seen) > _REMEMBERED_PROGRAMS:
            self._seen.popitem(last=False)
        return int.from_bytes(hashlib.sha256(f"{key}:{times}".encode()).digest()[:4], "big")

    def make_room(self, now: float, jobs: int = 1) -> None:
        """Forget jobs until there is room. Raises Refusal where too few are at their end, and then forgets none."""
        self._weigh_outcomes()
        places, excess = len(self._jobs) + jobs - self.keep.jobs, self._bytes - (self.keep.megabytes << 20)
        if places <= 0 and excess <= 0:
            return
        for owner in self._ledgers:
            self.ledger(owner, now)
        going, let_go = [], Counter[int]()
        for job in self._ended.values():
            if places <= 0 and excess <= 0:
                break
            going.append(job.id)
            for one in (job, *job.children):
                weight, outcomes = self._weighed[one.id]
                places, excess = places - 1, excess - weight
                for outcome in outcomes:
                    let_go[id(outcome)] += 1
                    if let_go[id(outcome)] == self._holders[id(outcome)]:
                        excess -= weight_of_outcome(outcome)
        if places > 0 or excess > 0:
            raise self.keep.refusal("jobs")
        for job_id in going:
            self.remove(job_id)

    def add(self, job: Job) -> None:
        self._jobs[job.id] = job
        weight = weight_of_job(job)
        self._weighed[job.id] = weight, []
        self._bytes += weight
        self._ledger(job.owner).add(job)

    def get(self, job_id: str, owner: str | None = None) -> Job | None:
        """A job; where an owner is named, only one of theirs."""
        job = self._jobs.get(job_id)
        return job if job is not None and owner in (None, job.owner) else None

    def remove(self, job_id: str) -> bool:
        """Forget a job and its children; False when there was none."""
        job = self._jobs.pop(job_id, None)
        if job is None:
            return False
        self._say_goodbye(job)
        weight, outcomes = self._weighed.pop(job_id)
        self._bytes -= weight
        for outcome in outcomes:
            self._let_go(outcome)
        self._ledger(job.owner).remove(job)
        self._queues.clear()
        for child in list(job.children):
            self.remove(child.id)
        return True

    def _say_goodbye(self, job: Job) -> None:
        """Take a job out of all that knows it."""
        parent = self._jobs.get(job.parent_id or "")
        if parent is not None:
            parent.children.remove(job)
        if job.parent_id is not None:
            return
        # What was cancelled only now has its end before it.
        end = job.ended or state(job, math.inf)
        if self._ended.pop(job.id, None) is None:
            self._pay(job, end)
        for tell in self.when_removed:
            tell(job, end)

    def cancel(self, job: Job, now: float) -> bool:
        """Cancel a job and its children; False when it was at its end already."""
        return self._change(job, job.cancel(now))

    def hold(self, job: Job, now: float) -> bool:
        """Stop a job that waits until it is released; False where it does not wait."""
        return self._change(job, job.hold(now))

    def release(self, job: Job, now: float) -> bool:
        """Let a held job go on; False where it is not held."""
        return self._change(job, job.release(now))

    def ledger(self, owner: str, now: float) -> Ledger:
        """The jobs of an account, as they are now."""
        ledger = self._ledger(owner)
        ledger.settle(now)
        return ledger

    def queue_position(self, job: Job, now: float) -> int:
        """How many jobs of the same device, of all accounts, are queued before this one; counted every 0.1 s."""
        taken_at, queue = self._queues.get(job.device, (0.0, []))
        if not taken_at <= now < taken_at + 0.1 or not queue or job.sequence > queue[-1]:
            queue = sorted(
                other.sequence
                for owner in self._ledgers
                for other in self._waiting(owner, now)
                if other.device == job.device and state(other, now).phase is Phase.QUEUED
            )
            self._queues[job.device] = (now, queue)
        return bisect_left(queue, job.sequence)

    def everything(self) -> Iterator[Job]:
        """All jobs of all accounts, the newest first."""
        return reversed(list(self._jobs.values()))

    def saved(self) -> dict[str, Any]:
        """Everything but the jobs, as JSON."""
        version, numbers, gauss = self._random.getstate()
        return {
            "random": [version, list(numbers), gauss],
            "sequence": self._sequence,
            "seen": dict(self._seen),
            "spent": dict(self.spent),
            "ended": list(self._ended),
        }

    def restore(self, saved: Mapping[str, Any], jobs: Sequence[Job]) -> None:
        """Take up what was saved, into an empty store; `jobs` in the order in which they came."""
        version, numbers, gauss = saved["random"]
        self._random.setstate((version, tuple(numbers), gauss))
        self._sequence = int(saved["sequence"])
        self._seen.update({str(key): int(times) for key, times in saved["seen"].items()})
        # What these cost is in `spent` already.
        self._paid = set(saved["ended"])
        self.spent.update({str(owner): float(amount) for owner, amount in saved["spent"].items()})
        for job in jobs:
            self.add(job)

    def __len__(self) -> int:
        return len(self._jobs)

    def _waiting(self, owner: str, now: float) -> Iterator[Job]:
        ledger = self.ledger(owner, now)
        return ledger.newest_first(ledger.pending)

    def _ledger(self, owner: str) -> Ledger:
        ledger = self._ledgers.get(owner)
        if ledger is None:
            ledger = self._ledgers[owner] = Ledger(self._note_end, self._arrived.append)
        return ledger

    def _note_end(self, job: Job, end: State) -> None:
        if job.parent_id is None:
            self._ended[job.id] = job
            self._pay(job, end)

    def _pay(self, job: Job, end: State) -> None:
        if job.id not in self._paid:
            self.spent[job.owner] += self._price(job, end)

    def _weigh_outcomes(self) -> None:
        while self._arrived:
            job, computation = self._arrived.popleft()
            if job.id in self._weighed and computation.outcome is not None:
                self._weighed[job.id][1].append(computation.outcome)
                self._holders[id(computation.outcome)] += 1
                if self._holders[id(computation.outcome)] == 1:
                    self._bytes += weight_of_outcome(computation.outcome)

    def _let_go(self, outcome: Outcome) -> None:
        self._holders[id(outcome)] -= 1
        if not self._holders[id(outcome)]:
            del self._holders[id(outcome)]
            self._bytes -= weight_of_outcome(outcome)

    def _change(self, job: Job, changed: bool) -> bool:
        if changed:
            self._queues.clear()
            for one in (job, *job.children):
                self._ledger(one.owner).expect(one)
        return changed


def cursor_after(job: Job) -> str:
    """The cursor of the page that begins behind `job`."""
    return str(uuid.UUID(int=_CURSOR_MARK | job.sequence))


def place_of(cursor: str) -> int:
    """The sequence that a page begins before. Raises ValueError for a cursor that is not ours."""
    place = uuid.UUID(cursor).int ^ _CURSOR_MARK
    if place >> 64:
        raise ValueError("not a cursor of this list")
    return place
