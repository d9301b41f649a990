"""What this process knows of an account's idempotency keys: submissions in progress or in doubt, and the jobs by key.

An account is a service, a base URL and an API key. All of its clients share this, in all threads and event loops. A
caller's own transport may lead elsewhere, so what is remembered is kept by transport. Nothing is sent here.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

import attrs

from quantum_jobs.errors import QuantumJobsError
from quantum_jobs.model import JobRecord


@attrs.define(eq=False)
class Turn:
    """A submission in progress, in the event loop of ``thread``; when ``done``, its record or error, neither after a
    cancellation."""

    digest: str
    thread: int = attrs.field(factory=threading.get_ident)
    done: bool = False
    record: JobRecord | None = None
    error: QuantumJobsError | None = None


@attrs.define(eq=False)
class Memory:
    """What is known of past submissions. ``jobs`` are those submitted here, by key, with the time of submission in
    monotonic seconds: a caller may submit again with a generated key, too."""

    #: Keys of POSTs of which it is not known whether they made a job, with what ``newest`` was at that time.
    in_doubt: dict[str, int] = attrs.field(factory=dict)
    jobs: dict[str, tuple[JobRecord, float]] = attrs.field(factory=dict)
    #: Keys of jobs that a store has noted, with the store's name: what it does not know any more was forgotten there.
    kept: set[tuple[str, str]] = attrs.field(factory=set)
    #: How many jobs were made here, or by others since all jobs were listed.
    newest: int = 0
    #: For services that cannot filter by key: the ids of listed jobs by key (a circuit's is its parent's), and of all.
    job_ids: dict[str, str] = attrs.field(factory=dict)
    listed_ids: set[str] = attrs.field(factory=set)
    #: Jobs that were deleted here: a service may show them for a while.
    deleted_ids: set[str] = attrs.field(factory=set)
    #: When the last complete listing began, in monotonic seconds; since when no other process was seen to submit.
    listed_at: float = float("-inf")
    alone_from: float = float("inf")
    #: The threads in whose event loops a listing is in progress: each has one at a time.
    listing_in: set[int] = attrs.field(factory=set)

    @property
    def is_listed(self) -> bool:
        """Whether all jobs were listed once."""
        return self.listed_at > float("-inf")

    def made(self, record: JobRecord, idempotency_key: str, moment: float) -> None:
        """Remember the job of a submission."""
        self.jobs[idempotency_key] = (attrs.evolve(record, raw={}), moment)
        # Not one of ``listed_ids``: a page of these ends a listing, and another process's jobs may stand below ours.
        self.newest += 1
        self.deleted_ids.discard(record.id)
        self.in_doubt.pop(idempotency_key, None)  # last: an interruption before leaves it in doubt

    def found(self, record: JobRecord, idempotency_key: str) -> None:
        """Remember a job that was found by its key: it may not stand in the last listing."""
        self.job_ids[idempotency_key] = record.id
        self.in_doubt.pop(idempotency_key, None)

    def doubt(self, idempotency_key: str) -> None:
        """Remember that a POST with this key may be sent."""
        self.in_doubt.setdefault(idempotency_key, self.newest)

    def newer(self, idempotency_key: str) -> int:
        """Return the number of jobs that became known since this key is in doubt; listings have them above its job."""
        return self.newest - self.in_doubt.get(idempotency_key, self.newest)

    def note(self, records: Iterable[JobRecord]) -> None:
        """Remember the keys of listed jobs."""
        for record in records:
            key = record.idempotency_key
            if (record.parent_id or record.id) in self.deleted_ids:
                continue  # another job may have its key by now
            if key is not None and (record.parent_id is None or key not in self.job_ids):
                self.job_ids[key] = record.parent_id or record.id

    def job_id_of(self, idempotency_key: str) -> str | None:
        """Return the id of the job with this key, if it is known and was not deleted here."""
        made = self.jobs.get(idempotency_key)
        known = (None if made is None else made[0].id, self.job_ids.get(idempotency_key))
        return next((job_id for job_id in known if job_id is not None and job_id not in self.deleted_ids), None)

    def forget(self, idempotency_key: str, job_id: str) -> None:
        """Forget that this job has the key: it is not there any more."""
        made = self.jobs.get(idempotency_key)
        if made is not None and made[0].id == job_id:
            del self.jobs[idempotency_key]
        self.forget_listed(idempotency_key, job_id)

    def forget_listed(self, idempotency_key: str, job_id: str) -> None:
        """The same, unless it was made here: it may not show yet, and submitting again must find it."""
        if self.job_ids.get(idempotency_key) == job_id:
            del self.job_ids[idempotency_key]


@attrs.define(eq=False)
class Account:
    """An account's submissions in progress and past ones."""

    under_way: dict[str, Turn] = attrs.field(factory=dict)
    memory: Memory = attrs.field(factory=Memory)

    def begin(self, idempotency_key: str, turn: Turn) -> Turn:
        """Return the submission in progress with this key: another one, or the caller's, which has begun by this."""
        # One atomic step, as threads may begin at the same time.
        current = self.under_way.setdefault(idempotency_key, turn)
        if current.done:  # its end was interrupted
            self.end(idempotency_key, current)
            return self.begin(idempotency_key, turn)
        return current

    def end(self, idempotency_key: str, turn: Turn) -> None:
        """End a submission, if it has begun; others may wait for it."""
        turn.done = True
        if self.under_way.get(idempotency_key) is turn:
            del self.under_way[idempotency_key]


Identity = tuple[str, str, str]

_under_way: dict[Identity, dict[str, Turn]] = {}
_memories: dict[Identity, Memory] = {}
_memories_by_transport: WeakKeyDictionary[Any, dict[Identity, Memory]] = WeakKeyDictionary()


def account(identity: Identity, transport: object = None) -> Account:
    """Return the account of a service, base URL and key's digest."""
    # Atomic steps, as a lock could be held by the thread that a signal handler has interrupted.
    under_way = _under_way.setdefault(identity, {})
    return Account(under_way, _memories_of(transport).setdefault(identity, Memory()))


def _memories_of(transport: Any) -> dict[Identity, Memory]:
    if transport is None:
        return _memories
    try:
        return _memories_by_transport.setdefault(transport, {})
    except TypeError:  # neither hashable nor weakly referable: each of its clients has its own
        return {}


def _take_over_from_parent() -> None:
    """After a fork: other threads' submissions do not continue here, and their outcome is in doubt."""
    memories = [*_memories.items()]
    memories += [pair for by_identity in list(_memories_by_transport.values()) for pair in by_identity.items()]
    for identity, memory in memories:
        memory.listing_in.clear()
        for idempotency_key in _under_way.get(identity, {}):
            memory.doubt(idempotency_key)
    for under_way in _under_way.values():
        for turn in under_way.values():
            turn.done = True
        under_way.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_take_over_from_parent)
