"""Submitting the points of a scan: side by side, each once, going on after the errors of single points."""

from __future__ import annotations

import copy
import uuid
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing
from typing import Any, Generic

import anyio
import attrs
from anyio.streams.memory import MemoryObjectSendStream

from quantum_jobs import arguments
from quantum_jobs.background import spawn
from quantum_jobs.checks import checked_integer
from quantum_jobs.core import submitting
from quantum_jobs.core.connection import MOST_CONCURRENT, Connection
from quantum_jobs.core.finding import LOOK_AGAIN_AFTER, find_all, find_newest
from quantum_jobs.core.job import AnyJob
from quantum_jobs.core.points import Keys, Part, ScanProgress, Submitted, parts_of
from quantum_jobs.core.pricing import Budget, Charge, Prices
from quantum_jobs.core.waiting import Group
from quantum_jobs.errors import AuthenticationError, QuantumJobsError, RateLimitError, UsageError, add_note_once
from quantum_jobs.http.limits import LONGEST_PAUSE, now
from quantum_jobs.http.urls import checked_id
from quantum_jobs.model import Cost, JobRecord
from quantum_jobs.services.base import Submission

#: Up to so many keys are looked for one by one where the service can search; more in one pass over all jobs.
FEW_KEYS = 20


@attrs.define(eq=False, kw_only=True)
class Scan(Generic[AnyJob]):
    """The submissions of one scan."""

    connection: Connection
    job_class: type[AnyJob]
    parts: Sequence[Part]
    #: What the keys of the points are derived from; None where they were given.
    base_key: str | None
    max_pending: int | None = None
    max_in_flight: int = MOST_CONCURRENT
    max_cost: Cost | None = None
    dry_run: bool = False
    counts: Counter[str] = attrs.field(factory=Counter)
    _settled: dict[tuple[str, int], Submitted[AnyJob]] = attrs.field(init=False, factory=dict)
    #: How many points there are. Progress is asked for at each of them, so they are counted once.
    _total: int = attrs.field(init=False)
    _left: Iterator[Part] = attrs.field(init=False)
    _prices: Prices | None = attrs.field(init=False, default=None)
    _budget: Budget | None = attrs.field(init=False, default=None)
    #: What passes over the jobs have found, by key, and the keys that they have not; when the last one began. A few
    #: keys are looked for one by one instead, and a store knows them all.
    _existing: dict[str, JobRecord] = attrs.field(init=False, factory=dict)
    _wanted: set[str] = attrs.field(init=False, factory=set)
    _looked_at: float = attrs.field(init=False, default=float("-inf"))
    _looking: anyio.Lock = attrs.field(init=False, factory=anyio.Lock)
    #: Jobs that are made and not over, and how many there are with those that are being submitted.
    _pending: dict[str, AnyJob] = attrs.field(init=False, factory=dict)
    _occupied: int = attrs.field(init=False, default=0)
    _room: anyio.Lock = attrs.field(init=False, factory=anyio.Lock)
    #: The error that would meet every other submission, too.
    _fatal: QuantumJobsError | None = attrs.field(init=False, default=None)

    @_total.default
    def _count_points(self) -> int:
        return sum(len(part.points) for part in self.parts)

    @property
    def progress(self) -> ScanProgress:
        """How far it has come."""
        return ScanProgress(
            done=sum(self.counts.values()),
            total=self._total,
            new=self.counts["new"],
            adopted=self.counts["adopted"],
            failed=self.counts["failed"],
        )

    async def submitted(self) -> AsyncGenerator[Submitted[AnyJob], None]:
        """Each point as it is settled."""
        try:
            await self._prepare()
            # Without a buffer: whoever takes points one by one and stops has not submitted all of them by then.
            send, receive = anyio.create_memory_object_stream[Submitted[AnyJob]](0)
            with receive, spawn(self._run, send):
                async for each in receive:
                    self.counts[_kind(each)] += 1
                    self._settled[each.idempotency_key, each.index or 0] = each
                    yield each
        except BaseException as error:
            self.add_note(error)
            raise

    async def _prepare(self) -> None:
        self._left = iter(self.parts)
        if self.dry_run or self.max_cost is not None:
            self._prices = Prices(self.connection)
            # Where nothing can be priced, that is told before anything is submitted.
            for part in self.parts[:1]:
                await self._prices.of(part.submission)
        if self.max_cost is not None:
            self._budget = Budget(self.max_cost)
        keys = {part.submission.idempotency_key for part in self.parts if part.submission.own_key}
        is_few = len(keys) <= FEW_KEYS and self.connection.service.search("") is not None
        if keys and not is_few and not self.dry_run and self.connection.store is None:
            self._wanted = keys
            await self._look_for_existing()

    def outcome(self) -> list[Submitted[AnyJob]]:
        """All points, in order."""
        return [
            self._settled[part.submission.idempotency_key, place]
            for part in self.parts
            for place in range(len(part.points))
        ]

    def add_note(self, interruption: BaseException) -> None:
        """Say how to go on after an interruption."""
        if isinstance(interruption, QuantumJobsError) or self.dry_run:
            return
        again = "the same keys" if self.base_key is None else f"idempotency_key={self.base_key!r}"
        add_note_once(
            interruption,
            f"Jobs may have been submitted to {self.connection.service.name}: submitting the same points again with "
            f"{again} takes up those that were made, and makes the others.",
        )

    async def _look_for_existing(self) -> None:
        """Look for the points' jobs in one pass over what is new, once the last pass is older than the confirmation
        timeout: another process may submit the same points."""
        async with self._looking:
            begun = now()
            if begun - self._looked_at >= self.connection.confirmation_timeout:
                self._existing.update(await find_all(self.connection, self._wanted))
                self._wanted.difference_update(self._existing)
                self._looked_at = begun

    async def _made_before(self, idempotency_key: str) -> JobRecord | None:
        if idempotency_key in self._wanted:
            await self._look_for_existing()
        return self._existing.get(idempotency_key)

    async def _made_all_the_same(self, idempotency_key: str) -> JobRecord | None:
        """Look for a job that may have been made in spite of a 429, too."""
        return await self._made_before(idempotency_key) or await find_newest(self.connection, idempotency_key)

    async def _run(self, send: MemoryObjectSendStream[Submitted[AnyJob]]) -> None:
        async with send, anyio.create_task_group() as tasks:
            for _ in range(min(self.max_in_flight, len(self.parts))):
                tasks.start_soon(self._work, send)

    async def _work(self, send: MemoryObjectSendStream[Submitted[AnyJob]]) -> None:
        # The iterator is shared: taking the next part is one step, which no other task can come between.
        for part in self._left:
            settled = await self._settle(part)
            self._wanted.discard(part.submission.idempotency_key)
            for each in settled:
                await send.send(each)

    async def _settle(self, part: Part) -> list[Submitted[AnyJob]]:
        cost = None
        try:
            if self._fatal is not None:
                failure = copy.copy(self._fatal)
                failure.idempotency_key = part.submission.idempotency_key
                return part.outcome(error=failure, cost=cost)
            if self._prices is not None:
                cost = await self._prices.of(part.submission)
            if self.dry_run:
                return part.outcome(cost=cost)
            charge = None if self._budget is None or cost is None else Charge(self._budget, cost)
            job = await self._submit_in_room(part.submission, charge)
        except AuthenticationError as error:
            self._fatal = error
            return part.outcome(error=error, cost=cost)
        except QuantumJobsError as error:
            return part.outcome(error=error, cost=cost)
        return part.outcome(job=job, is_new=job._is_new, cost=cost)

    async def _submit_in_room(self, submission: Submission, charge: Charge | None) -> AnyJob:
        if self.max_pending is None:
            return await self._submit(submission, charge)
        await self._make_room(self.max_pending)
        try:
            job = await self._submit(submission, charge)
        except BaseException:
            self._occupied -= 1
            raise
        if job.status.is_final:
            self._occupied -= 1
        else:
            self._pending[job.id] = job
        return job

    async def _make_room(self, max_pending: int) -> None:
        """Wait until one more job may be pending."""
        async with self._room:
            while self._occupied >= max_pending:
                if not self._pending:
                    await anyio.sleep(LOOK_AGAIN_AFTER)  # all of them are just being submitted
                    continue
                async with aclosing(Group(self.connection, list(self._pending.values())).polls()) as polls:
                    async for over in polls:
                        for settled in over:
                            self._pending.pop(settled.job.id)
                            self._occupied -= 1
                        if over:
                            break
            self._occupied += 1

    async def _submit(self, submission: Submission, charge: Charge | None) -> AnyJob:
        look = self._made_before if self._looked_at > float("-inf") else None
        while True:
            try:
                return await submitting.submit(self.connection, submission, self.job_class, look=look, charge=charge)
            except RateLimitError as error:
                # A scan has time: nothing was made, and the service says when to come again.
                await anyio.sleep(min(error.retry_after or LONGEST_PAUSE, LONGEST_PAUSE))
            # Look all the same before another POST, also for a generated key.
            submission, look = attrs.evolve(submission, own_key=True), self._made_all_the_same


def _kind(each: Submitted[Any]) -> str:
    if each.error is not None:
        return "failed"
    if each.job is None:
        return "priced"
    return "new" if each.is_new else "adopted"


def new_scan(
    connection: Connection,
    job_class: type[AnyJob],
    programs: Any,
    keys: Keys = None,
    *,
    max_cost: Any = None,
    max_pending: int | None = None,
    max_in_flight: int = MOST_CONCURRENT,
    pack: int | None = None,
    dry_run: bool = False,
    tags: Any = None,
    **common: Any,
) -> Scan[AnyJob]:
    """A scan, with all that is given checked. Raises UsageError for what is wrong."""
    if keys is not None and not (isinstance(keys, (str, Mapping)) or callable(keys)):
        raise UsageError(
            f"idempotency_key must be text, a mapping of points to keys or a function of the point, got {keys!r:.60}"
        )
    base_key = checked_id(keys, "idempotency_key") if isinstance(keys, str) else str(uuid.uuid4())
    max_in_flight = checked_integer(max_in_flight, "max_in_flight", 1)
    max_pending = None if max_pending is None else checked_integer(max_pending, "max_pending", 1)
    pack = None if pack is None else checked_integer(pack, "pack", 1)
    return Scan(
        connection=connection,
        job_class=job_class,
        parts=parts_of(programs, keys, base_key=base_key, tags=tags, pack=pack, **common),
        base_key=base_key if keys is None or isinstance(keys, str) else None,
        max_pending=max_pending,
        max_in_flight=max_in_flight,
        max_cost=arguments.checked_max_cost(max_cost),
        dry_run=dry_run,
    )
