"""One submit is one job: no second POST while the first may have been taken, no job whose key is lost.

What is known of keys beside one call, of the same process, stands in ``accounts``.
"""

from __future__ import annotations

import copy
import itertools
import logging
from collections.abc import Callable, Sequence
from typing import Any

import attrs

from quantum_jobs.errors import (
    IdempotencyMismatchError,
    InvalidRequestError,
    NotFoundError,
    QuantumJobsError,
    ResponseError,
    SubmissionUncertainError,
)
from quantum_jobs.flows.accounts import Memory
from quantum_jobs.flows.ask import JobState, ask, problem, read, request_of
from quantum_jobs.flows.finding import LOOK_BESIDE, AccountConnection, find, find_newest
from quantum_jobs.http import retry
from quantum_jobs.http.commands import Flow, Outcome, Reply, Sleep, TransportFailure, now
from quantum_jobs.http.limits import LONGEST_UNASKED_PAUSE
from quantum_jobs.model import JobRecord
from quantum_jobs.services.base import DIGEST_PARTS, DIGITS_PER_PART, Call, Submission

log = logging.getLogger("quantum_jobs")

#: The one client error that leaves open whether the request was taken.
_UNCLEAR_4XX = 408
_TOO_MANY = 429
#: Seconds between look-ups, the last one repeated: listings lag behind submissions.
LOOK_UP_PAUSES = (0.1, 0.25, 0.5, 1.0, 2.0)
#: Devices that are named where the one asked for is not there.
MOST_DEVICES_NAMED = 20


@attrs.frozen(kw_only=True)
class Submitting:
    """One call of ``submit``. ``own_key`` says that the key is the caller's; ``as_job`` makes the job that an error
    carries."""

    connection: AccountConnection
    submission: Submission
    own_key: bool
    resubmit_uncertain: bool
    confirmation_timeout: float
    as_job: Callable[[JobState], Any]

    @property
    def key(self) -> str:
        return self.submission.idempotency_key

    @property
    def memory(self) -> Memory:
        return self.connection.account.memory


def submit(this: Submitting) -> Flow[JobState]:
    """Submit once. Where somebody else in this process submits with the same key, their job is this one's too.

    Raises IdempotencyMismatchError where the key belongs to another submission, and SubmissionUncertainError when,
    ``confirmation_timeout`` seconds after an unclear answer, no job with the key is found.
    """
    call = this.connection.service.create(this.submission)
    digest = this.submission.digest
    while True:
        turn, is_ours = this.connection.account.begin(this.key, digest)
        if is_ours:
            break
        while not turn.done:
            yield Sleep(LOOK_BESIDE)
        if turn.record is not None:
            return (yield from _answered_by(this, turn.record))
        if turn.error is not None and turn.digest == digest and not _wants_another(this, turn.error):
            raise copy.copy(turn.error)
    try:
        state = yield from _submit(this, call)
    except QuantumJobsError as error:
        error.idempotency_key = this.key
        turn.error = error
        raise
    except BaseException as interruption:
        if not isinstance(interruption, GeneratorExit):
            interruption.add_note(
                f"A job may have been submitted to {this.connection.service.name}: find_submission({this.key!r}) looks "
                "for it, and submitting the same with that idempotency_key= looks for it before it makes another one."
            )
        raise
    else:
        turn.record = state.record
        return state
    finally:
        this.connection.account.end(this.key, turn)


def _wants_another(this: Submitting, error: QuantumJobsError) -> bool:
    return this.resubmit_uncertain and isinstance(error, SubmissionUncertainError)


def _submit(this: Submitting, call: Call[JobRecord]) -> Flow[JobState]:
    if this.own_key:
        found = yield from _made_before(this)
        if found is not None:
            return (yield from _answered_by(this, found))
    state = yield from _post(this, call)
    if state is None and this.resubmit_uncertain:
        state = yield from _post(this, call)
    if state is not None:
        return state
    raise SubmissionUncertainError(
        f"{this.connection.service.name}: it is not known whether a job was made, and {this.confirmation_timeout:g} s "
        f"later none with the idempotency key {this.key!r} is listed. Look again with find_submission(key); or submit "
        "the same with idempotency_key= set to it, which looks once more and makes a job only where there is none",
        idempotency_key=this.key,
        service=this.connection.service.name,
    )


# What is there already.


def _made_before(this: Submitting) -> Flow[JobRecord | None]:
    """The job that has the caller's key. Raises where it could not be looked for: then nothing may be sent."""
    memory, moment = this.memory, (yield from now())
    if this.key in memory.jobs:
        record, made_at = memory.jobs[this.key]
        state = JobState(this.connection, record)
        try:
            state.update((yield from ask(this.connection, this.connection.service.get(record.id))), moment)
        except NotFoundError:
            if moment - made_at < this.confirmation_timeout:
                return record
            memory.forget(this.key)
        else:
            return state.record
    if this.key in memory.in_doubt:
        return (yield from _look_up(this, must_look=True))
    return (yield from find(this.connection, this.key))


def _look_up(this: Submitting, *, must_look: bool = False) -> Flow[JobRecord | None]:
    """The job of a submission whose end is not known, looked for again and again for the confirmation timeout. With
    ``must_look`` raises where the last look failed, as nobody knows then that there is none."""
    deadline = (yield from now()) + this.confirmation_timeout
    pauses: Sequence[float] = LOOK_UP_PAUSES
    while True:
        # The last look is after the confirmation timeout, so even confirmation_timeout=0 looks once.
        late = (yield from now()) >= deadline
        found, failure = None, None
        try:
            found = yield from find_newest(this.connection, this.key, deadline=None if late else deadline, attempts=1)
        except QuantumJobsError as error:
            failure = error
        if late and must_look and failure is not None:
            raise failure
        if found is not None or late:
            return found
        yield Sleep(min(pauses[0], max(0.0, deadline - (yield from now()))))
        pauses = pauses[1:] or pauses


# The POST.


def _post(this: Submitting, call: Call[JobRecord]) -> Flow[JobState | None]:
    """The job of one POST that may have been taken; None when that cannot be told, and then the key stays in doubt."""
    was_in_doubt = this.key in this.memory.in_doubt
    this.memory.doubt(this.key)
    outcome: Outcome | None = None
    for attempt in itertools.count(1):
        # Too many requests says that the POST was not taken; a second one is worth a look all the same.
        may_send = True
        if outcome is not None and _too_many(outcome):
            may_send, found = yield from _look_once(this)
            if found is not None:
                return (yield from _answered_by(this, found))
        if may_send:
            outcome = yield from retry.send_once(request_of(this.connection, call))
            moment = yield from now()
            record = _made(this, call, outcome)
            if record is not None:
                state = _state(this, record, moment)
                this.memory.made(state.record, this.key, moment, own_key=this.own_key)
                return state
        assert outcome is not None
        again = _never_sent(outcome) or _too_many(outcome)
        if not again and not _refused(outcome):
            break
        backoff = retry.backoff_after(attempt)
        pause = max(backoff, retry.asked_pause(outcome) or 0.0)
        if not again or attempt == retry.ATTEMPTS or pause > LONGEST_UNASKED_PAUSE:
            return (yield from _unless_made(this, call, outcome, was_in_doubt=was_in_doubt))
        # The rate limit holds the next request back for what a 429 asks.
        yield Sleep(backoff)
    found = yield from _look_up(this)
    return None if found is None else (yield from _answered_by(this, found))


def _look_once(this: Submitting) -> Flow[tuple[bool, JobRecord | None]]:
    """Whether the newest jobs could be read, and the one with the key among them."""
    try:
        return True, (yield from find_newest(this.connection, this.key, pages=1, attempts=1))
    except QuantumJobsError:
        return False, None


def _made(this: Submitting, call: Call[JobRecord], outcome: Outcome) -> JobRecord | None:
    """The record in an answer that says that the job was made."""
    if not isinstance(outcome, Reply) or not outcome.ok:
        return None
    try:
        record = read(this.connection, call, outcome)
    except ResponseError:
        return None
    # An answer about another submission, from a gateway that mixes them up, is none to this one.
    return record if record.idempotency_key in {None, this.key} else None


def _refused(outcome: Outcome) -> bool:
    """Whether the answer says that nothing was made. A redirect is not followed, so it does."""
    return (
        isinstance(outcome, Reply) and 300 <= outcome.status < 500 and outcome.status not in {_UNCLEAR_4XX, _TOO_MANY}
    )


def _too_many(outcome: Outcome) -> bool:
    return isinstance(outcome, Reply) and outcome.status == _TOO_MANY


def _never_sent(outcome: Outcome) -> bool:
    return isinstance(outcome, TransportFailure) and not outcome.sent


def _unless_made(this: Submitting, call: Call[JobRecord], outcome: Outcome, *, was_in_doubt: bool) -> Flow[JobState]:
    """The job, if it is there against what the answer says; raises the error that the answer is. One look only, as a
    program that is refused must not take seconds."""
    failure = problem(this.connection, call, outcome)
    assert failure is not None
    looked = True
    if not _never_sent(outcome):
        looked, found = yield from _look_once(this)
        if found is not None:
            log.warning("%s; the job was made all the same: %s", failure, found.id)
            return (yield from _answered_by(this, found))
        devices = yield from _devices_instead(this, failure)
        text = (
            f"{failure.message}{devices} (idempotency key {this.key!r}: find_submission tells whether a job was made)"
        )
        failure.args = (text,)
    if looked and not was_in_doubt:
        this.memory.in_doubt.pop(this.key, None)
    raise failure


def _devices_instead(this: Submitting, failure: QuantumJobsError) -> Flow[str]:
    """For an error that names the device: which devices there are, where one request tells."""
    device = this.submission.device
    if not isinstance(failure, (NotFoundError, InvalidRequestError)) or device not in failure.message:
        return ""
    try:
        page = yield from ask(this.connection, this.connection.service.devices(), attempts=1)
    except QuantumJobsError:
        return ""
    ids = [each.id for each in page.devices if each.id]
    if not ids or device in ids:
        return ""
    more = ", ..." if len(ids) > MOST_DEVICES_NAMED or page.next else ""
    return f"; there are {', '.join(ids[:MOST_DEVICES_NAMED])}{more}"


# The job.


def _state(this: Submitting, record: JobRecord, moment: float) -> JobState:
    """The job of this very submission, which knows what the service leaves out."""
    submission = this.submission
    known = JobRecord(
        id=record.id,
        service=record.service,
        shots=submission.shots,
        device=submission.device,
        name=submission.name,
        tags=submission.tags,
        idempotency_key=submission.idempotency_key,
        submission_digest=submission.digest,
    )
    state = JobState(this.connection, known)
    state.update(record, moment)
    state.fresh_until = moment + this.confirmation_timeout
    return state


def _answered_by(this: Submitting, record: JobRecord) -> Flow[JobState]:
    """The job that was found by this submission's key. Raises IdempotencyMismatchError for one of another
    submission."""
    moment = yield from now()
    this.memory.in_doubt.pop(this.key, None)
    if not this.own_key:
        state = _state(this, record, moment)
        this.memory.made(state.record, this.key, moment, own_key=False)
        return state
    same = record.submission_digest == this.submission.digest
    known = JobRecord(
        id=record.id,
        service=record.service,
        idempotency_key=this.key,
        # Of these the digest proves that they are the job's too; the name and the tags may be another call's.
        shots=this.submission.shots if same else None,
        device=this.submission.device if same else None,
    )
    state = JobState(this.connection, known)
    state.update(record, moment)
    state.fresh_until = moment + this.confirmation_timeout
    differences = {} if same else _differences(this.submission, record)
    if differences:
        raise IdempotencyMismatchError(
            f"the idempotency key {this.key!r} belongs to {record.ref}, which is another submission: "
            f"{', '.join(differences.values())}. Nothing was submitted. Use a key for one submission only, or take "
            "the job that has it: it is this error's .job",
            idempotency_key=this.key,
            job=this.as_job(state),
            differences=tuple(differences),
        )
    return state


def _differences(submission: Submission, record: JobRecord) -> dict[str, str]:
    """What is not the same, by part of the digest, each with how to say it."""
    said = {
        "device": (submission.device, record.device),
        "shots": (submission.shots, record.shots),
    }
    if record.submission_digest is not None:
        own, theirs = submission.digest, record.submission_digest
        starts = {part: number * DIGITS_PER_PART for number, part in enumerate(DIGEST_PARTS)}
        parts = [
            part for part, at in starts.items() if own[at : at + DIGITS_PER_PART] != theirs[at : at + DIGITS_PER_PART]
        ]
    else:
        # A job of an earlier version: what its record shows has to do.
        parts = [part for part, (own_value, their_value) in said.items() if None not in (own_value, their_value)]
        parts = [part for part in parts if said[part][0] != said[part][1]]
    return {part: _said(part, *said.get(part, (None, None))) for part in parts}


def _said(part: str, own: object, theirs: object) -> str:
    if theirs is None:
        return f"{part} differ" if part.endswith("s") else f"{part} differs"
    return (
        f"{part} is {own!r} here and {theirs!r} there" if part == "device" else f"{part} {own} here and {theirs} there"
    )
