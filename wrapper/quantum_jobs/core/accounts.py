"""What this process knows of an account's idempotency keys: which submissions are under way, which are in doubt, and
which job has which key.

An account is a service, a base URL and an API key; all its clients share this, from whatever threads and event loops.
Where a caller brings a transport of their own, it may lead anywhere, so what is remembered is kept by transport; what
is under way is not, as it is over soon. Nothing here sends anything.
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
    """One submission under way, in the event loop of ``thread``, and how it ended: with a record, with an error, or
    broken off with neither."""

    digest: str
    thread: int = attrs.field(factory=threading.get_ident)
    done: bool = False
    record: JobRecord | None = None
    error: QuantumJobsError | None = None


@attrs.frozen(eq=False)
class Lister:
    """Who lists all jobs, in the event loop of ``thread``."""

    thread: int = attrs.field(factory=threading.get_ident)


@attrs.define(eq=False)
class Memory:
    """What is known of past submissions. ``jobs`` are the jobs that were made from here with a caller's own key, with
    the moment (monotonic seconds) of their making."""

    #: Keys that a POST was sent with, as long as nobody knows whether it made a job; with the number of jobs known
    #: then.
    in_doubt: dict[str, int] = attrs.field(factory=dict)
    jobs: dict[str, tuple[JobRecord, float]] = attrs.field(factory=dict)
    #: For services that cannot filter by key: the job that has a key, among all that were listed so far, and their ids.
    #: For a circuit of a job of several, the job is its parent.
    job_ids: dict[str, str] = attrs.field(factory=dict)
    listed_ids: set[str] = attrs.field(factory=set)
    #: When the last complete listing was begun, in monotonic seconds; from when on nobody else is taken to submit, as
    #: later listings bring no jobs but those of this process.
    listed_at: float = float("-inf")
    alone_from: float = float("inf")
    #: Who lists, if anybody does.
    listers: dict[None, Lister] = attrs.field(factory=dict)

    def begin_listing(self) -> tuple[Lister, bool]:
        """Who lists, and whether that is the caller."""
        lister = Lister()
        # One atomic step: threads may begin at the same moment.
        current = self.listers.setdefault(None, lister)
        return current, current is lister

    def end_listing(self) -> None:
        """The next one may list."""
        self.listers.clear()

    @property
    def is_listed(self) -> bool:
        """Whether all jobs were listed."""
        return self.listed_at > float("-inf")

    def made(self, record: JobRecord, idempotency_key: str, moment: float, *, own_key: bool) -> None:
        """A submission was answered with this job."""
        self.in_doubt.pop(idempotency_key, None)
        self.listed_ids.add(record.id)
        if own_key:
            self.jobs[idempotency_key] = (attrs.evolve(record, raw={}), moment)

    def doubt(self, idempotency_key: str) -> None:
        """A POST is sent with this key, or may have been."""
        self.in_doubt.setdefault(idempotency_key, len(self.listed_ids))

    def newer(self, idempotency_key: str) -> int:
        """How many jobs have become known since this key is in doubt: in a listing its job is behind these."""
        return len(self.listed_ids) - self.in_doubt.get(idempotency_key, len(self.listed_ids))

    def note(self, records: Iterable[JobRecord]) -> None:
        """These jobs stood in a listing."""
        for record in records:
            key = record.idempotency_key
            if key is not None and (record.parent_id is None or key not in self.job_ids):
                self.job_ids[key] = record.parent_id or record.id

    def job_id_of(self, idempotency_key: str) -> str | None:
        """The id of the job that was made or listed with this key."""
        made = self.jobs.get(idempotency_key)
        return self.job_ids.get(idempotency_key) if made is None else made[0].id

    def forget(self, idempotency_key: str) -> None:
        """The job with this key is not there any more."""
        self.jobs.pop(idempotency_key, None)
        self.job_ids.pop(idempotency_key, None)


@attrs.define(eq=False)
class Account:
    """One account: its submissions under way, and the memory."""

    under_way: dict[str, Turn] = attrs.field(factory=dict)
    memory: Memory = attrs.field(factory=Memory)

    def begin(self, idempotency_key: str, digest: str) -> tuple[Turn, bool]:
        """The turn of this key, and whether it is the caller's; else somebody else submits with it right now."""
        turn = Turn(digest)
        # One atomic step: threads may begin at the same moment.
        current = self.under_way.setdefault(idempotency_key, turn)
        return current, current is turn

    def end(self, idempotency_key: str, turn: Turn) -> None:
        """The turn is over; who waits for it goes on."""
        self.under_way.pop(idempotency_key, None)
        turn.done = True


Identity = tuple[str, str, str]

_under_way: dict[Identity, dict[str, Turn]] = {}
_memories: dict[Identity, Memory] = {}
_memories_by_transport: WeakKeyDictionary[Any, dict[Identity, Memory]] = WeakKeyDictionary()


def account(identity: Identity, transport: object = None) -> Account:
    """The account of this service, address and key's digest, as this process knows it."""
    # Atomic steps in place of a lock, which a signal's handler that connects could find held by its own thread.
    under_way = _under_way.setdefault(identity, {})
    return Account(under_way, _memories_of(transport).setdefault(identity, Memory()))


def _memories_of(transport: Any) -> dict[Identity, Memory]:
    if transport is None:
        return _memories
    try:
        return _memories_by_transport.setdefault(transport, {})
    except TypeError:  # it cannot be hashed, or not referred to weakly: its client has a memory of its own
        return {}


def _take_over_from_parent() -> None:
    """In a forked child no other thread lives on: whose submissions were under way, nobody here will learn their
    end."""
    memories = [*_memories.items()]
    memories += [pair for by_identity in list(_memories_by_transport.values()) for pair in by_identity.items()]
    for identity, memory in memories:
        memory.end_listing()
        for idempotency_key in _under_way.get(identity, {}):
            memory.doubt(idempotency_key)
    for under_way in _under_way.values():
        for turn in under_way.values():
            turn.done = True
        under_way.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_take_over_from_parent)
