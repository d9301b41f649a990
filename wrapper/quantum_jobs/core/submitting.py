"""Submit a job exactly once: no second POST while the first may have been accepted, no job whose key is lost.

What this process knows of an account's keys is kept in ``accounts``.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Generic

import anyio
import attrs

from quantum_jobs.background import holds_up, run_in_thread
from quantum_jobs.core import storing
from quantum_jobs.core.accounts import Memory, Turn
from quantum_jobs.core.connection import Connection
from quantum_jobs.core.finding import LOOK_AGAIN_AFTER, find, find_newest, list_all, look_up
from quantum_jobs.core.job import AnyJob, BaseJob, refresh
from quantum_jobs.core.posting import post
from quantum_jobs.core.pricing import Budget, Charge, Prices
from quantum_jobs.errors import (
    APIError,
    IdempotencyMismatchError,
    NotFoundError,
    QuantumJobsError,
    ServiceUnreachableError,
    SubmissionUncertainError,
    UsageError,
    add_note_once,
)
from quantum_jobs.http.limits import now
from quantum_jobs.http.messages import Call
from quantum_jobs.model import JobRecord
from quantum_jobs.services.base import Submission

if TYPE_CHECKING:
    from quantum_jobs.store.account_store import Claim

log = logging.getLogger("quantum_jobs")

Look = Callable[[str], Awaitable[JobRecord | None]]

#: Programs of more characters are converted in a thread.
LONG_PROGRAM = 10_000


def add_note(interruption: BaseException, service: str, idempotency_key: str) -> None:
    """Add the idempotency key to an exception that interrupts a submission, such as Ctrl-C or a cancellation."""
    add_note_once(
        interruption,
        f"A job may have been submitted to {service}: find_submission({idempotency_key!r}) looks for it, and "
        "submitting the same with that idempotency_key= looks for it before it makes another one.",
    )


async def submit(
    connection: Connection,
    submission: Submission,
    job_class: type[AnyJob],
    *,
    look: Look | None = None,
    charge: Charge | None = None,
) -> AnyJob:
    """Submit once. Concurrent submissions in this process with the same key get the same job.

    Args:
        look: finds the job with a key of the caller's own, in place of a search for it.
        charge: what it is estimated to cost, where that is limited.

    Raises IdempotencyMismatchError where the key belongs to another submission, and SubmissionUncertainError where no
    job with the key is found within the confirmation timeout after an unclear response.
    """
    service = connection.service
    takes_long = any(
        program.format not in service.formats or (isinstance(program.data, str) and len(program.data) > LONG_PROGRAM)
        for program in submission.programs
    )
    # Converting a long program takes seconds, which would block the event loop.
    this = _Submitting(connection, submission, job_class, look, charge)
    this.call = await run_in_thread(service.create, submission) if takes_long else service.create(submission)
    if submission.max_cost is not None:
        this.charge = Charge(Budget(submission.max_cost), await Prices(connection).of(submission))
    try:
        return await this.run()
    except BaseException as error:
        if not isinstance(error, QuantumJobsError):
            add_note(error, connection.service.name, submission.idempotency_key)
        raise


@attrs.define
class _Submitting(Generic[AnyJob]):
    """One call of ``submit``."""

    connection: Connection
    submission: Submission
    job_class: type[AnyJob]
    look: Look | None
    charge: Charge | None
    call: Call[JobRecord] = attrs.field(init=False)
    #: What the store said of the key; None without a store.
    claim: Claim | None = None

    @property
    def key(self) -> str:
        return self.submission.idempotency_key

    @property
    def memory(self) -> Memory:
        return self.connection.account.memory

    async def run(self) -> AnyJob:
        """Submit, or wait for a submission with the same key in this process."""
        account, key, ours = self.connection.account, self.key, Turn(self.submission.digest)
        try:
            job = None
            while job is None and (turn := account.begin(key, ours)) is not ours:
                job = await self._joined(turn)
            job = job or await self._claim_and_submit()
            ours.record = job.record
            if self.charge is not None and not job._is_new:
                self.charge.adopt(job.record.cost)
            return job
        except QuantumJobsError as error:
            error.idempotency_key = key
            ours.error = error
            raise
        finally:
            try:
                account.end(key, ours)
            finally:
                account.end(key, ours)  # an interruption may meet the first

    async def _joined(self, turn: Turn) -> AnyJob | None:
        """Wait for another submission with the key; None where this one is to be sent all the same."""
        while not turn.done:
            if holds_up(turn.thread):
                raise _would_wait_for_ever(self.key)
            await anyio.sleep(LOOK_AGAIN_AFTER)
        if turn.record is not None:
            # The client that has submitted may have no store, or another.
            await storing.made(self.connection, self.submission, None, turn.record)
            return self._answered_by(turn.record)
        error, submission = turn.error, self.submission
        # Other errors are of that call alone: its limit of costs, its client, which is closed, its store.
        if isinstance(error, (APIError, ServiceUnreachableError, SubmissionUncertainError)):
            wants_another = submission.resubmit_uncertain and isinstance(error, SubmissionUncertainError)
            if turn.digest == submission.digest and not wants_another:
                if self.key in self.memory.in_doubt:
                    await storing.ended(self.connection, submission, None, error, in_doubt=True)
                raise copy.copy(error)
        return None

    async def _claim_and_submit(self) -> AnyJob:
        """Claim the key in the store, if there is one, and submit."""
        connection, submission = self.connection, self.submission
        if submission.own_key and await storing.is_new(connection):
            # The account may have jobs with such keys from before there was a store.
            await list_all(connection, recent=True)
            await storing.note_keys(connection)
        while True:
            self.claim = await storing.claim(connection, submission)
            try:
                job = await self._submit()
            except storing.ClaimLostError:
                continue
            except IdempotencyMismatchError as error:
                await storing.made(connection, submission, self.claim, error.job.record)
                raise
            except QuantumJobsError as error:
                in_doubt = self.key in self.memory.in_doubt
                await storing.ended(connection, submission, self.claim, error, in_doubt=in_doubt)
                raise
            await storing.made(connection, submission, self.claim, job.record)
            return job

    async def _submit(self) -> AnyJob:
        if self.claim is not None and self.claim.state == "known":
            return await self._stored(self.claim)
        if self.submission.own_key:
            found = await self._made_before()
            if found is not None:
                return self._answered_by(found)
        job = await self._post_within_budget()
        if job is not None:
            job._is_new = True
            return job
        name, seconds = self.connection.service.name, self.connection.confirmation_timeout
        raise SubmissionUncertainError(
            f"{name}: it is not known whether a job was made, and {seconds:g} s later none with the idempotency key "
            f"{self.key!r} is listed. Look again with find_submission(key); or submit the same with idempotency_key= "
            "set to it, which looks once more and makes a job only where there is none",
            idempotency_key=self.key,
            service=name,
        )

    async def _post_within_budget(self) -> AnyJob | None:
        if self.charge is not None:
            self.charge.take()
        try:
            job = await self._post()
            if job is None and self.submission.resubmit_uncertain:
                job = await self._post()
        except (QuantumJobsError, storing.ClaimLostError):
            if self.charge is not None and self.key not in self.memory.in_doubt:
                self.charge.give_back()
            raise
        return job

    # What is there already.

    async def _stored(self, claim: Claim) -> AnyJob:
        """Return the job that the store has for the key."""
        if claim.record is not None:
            return self._same(self.job_class(self.connection, claim.record))
        assert claim.job_id is not None, "a known job has an id"
        try:
            record = await self.connection.request(self.connection.service.get(claim.job_id))
        except NotFoundError:
            # Deleted, or too new to be read; the listing has one that is new.
            listed = await find_newest(self.connection, self.key)
            if listed is None:
                await storing.forget(self.connection, self.submission)
                raise storing.ClaimLostError from None
            record = listed
        return self._answered_by(record)

    async def _made_before(self) -> JobRecord | None:
        """Find the job with the caller's key. Raises where that fails: then nothing may be sent."""
        if self.look is not None and (found := await self.look(self.key)) is not None:
            return found
        made = None if self._is_forgotten() else self.memory.jobs.get(self.key)
        if made is not None and made[0].id not in self.memory.deleted_ids:
            record, made_at = made
            try:
                return await refresh(BaseJob(self.connection, record))
            except NotFoundError:
                if now() - made_at < self.connection.confirmation_timeout:
                    return record
                self.memory.forget(self.key, record.id)
        if self.claim is not None and self.claim.state == "in_doubt" and self.key not in self.memory.in_doubt:
            # Sent by another process: its job may be anywhere in the listing, or not listed yet.
            self.memory.doubt(self.key)
            found = await find(self.connection, self.key)
            if found is not None:
                return found
        if self.key in self.memory.in_doubt:
            return await look_up(self.connection, self.key, must_look=True)
        # A key that was claimed before anything was sent has no job.
        if self.claim is not None:
            return None
        # A job that is known may not have been read, as a bulk request that fails is not repeated.
        if self.look is not None and self.memory.job_id_of(self.key) is None:
            return None
        return await find(self.connection, self.key, recent=True)

    def _is_forgotten(self) -> bool:
        """Whether the key was forgotten in the client's store, which frees it."""
        store = self.connection.store
        return (
            store is not None
            and self.claim is not None
            and self.claim.state == "free"
            and (self.key, store.database.name) in self.memory.kept
        )

    async def _post(self) -> AnyJob | None:
        """Send the POST. Return its job; None where it is unclear whether it made one, and the key stays in doubt."""
        before = storing.before_sending(self.connection, self.submission, self.claim)
        record = await post(self.connection, self.submission, self.call, before)
        if record is None:
            return None
        # First: until the job is remembered, the key stays in doubt.
        self.memory.made(record, self.key, now())
        return self._answered_by(record)

    # The job.

    def _answered_by(self, record: JobRecord) -> AnyJob:
        """The job that has this submission's key. Raises IdempotencyMismatchError for one of another submission."""
        submission = self.submission
        self.memory.found(record, self.key)
        if not submission.own_key:  # nobody else has the key
            record = attrs.evolve(record, submission_digest=submission.digest)
        # The digest proves the shots and the device; the name and the tags may be another call's.
        is_same = record.submission_digest == submission.digest
        known = JobRecord(
            id=record.id,
            service=record.service,
            shots=submission.shots if is_same else None,
            device=submission.device if is_same else None,
            idempotency_key=self.key,
        )
        job = self.job_class(self.connection, known)
        job._update(record)
        job._visible_from = now() + self.connection.confirmation_timeout
        return self._same(job)

    def _same(self, job: AnyJob) -> AnyJob:
        """The job, if it is this submission's. Raises IdempotencyMismatchError for one of another."""
        submission, record = self.submission, job.record
        differences = submission.differences_from(record)
        if differences:
            raise IdempotencyMismatchError(
                f"the idempotency key {self.key!r} belongs to {record.ref}, which is another submission: "
                f"{', '.join(differences.values())}. Nothing was submitted. Use a key for one submission only, or take "
                "the job that has it: it is this error's .job",
                idempotency_key=self.key,
                job=job,
                differences=tuple(differences),
            )
        return job


def _would_wait_for_ever(key: str) -> UsageError:
    error = UsageError(
        f"a task of the event loop that this sync call holds up is submitting with the idempotency key {key!r}: await "
        "the async client there, or look for the job later with find_submission(key)"
    )
    error.idempotency_key = key
    return error
