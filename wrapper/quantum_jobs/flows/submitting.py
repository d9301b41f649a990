"""One submit is one job: never a second POST while the first may have been taken, never a job whose id is lost."""

from __future__ import annotations

from collections.abc import Sequence

from quantum_jobs.errors import QuantumJobsError, ResponseError, SubmissionUncertainError
from quantum_jobs.flows.ask import Connection, JobState, ask, further, problem, read, request_of
from quantum_jobs.http import retry
from quantum_jobs.http.commands import Flow, Outcome, Reply, Sleep, TransportFailure, now
from quantum_jobs.model import JobRecord
from quantum_jobs.services.base import Call, Page, Submission

#: Client errors after which the job may exist all the same.
_UNCLEAR_4XX = 408
#: Pages read when a submission of a moment ago is looked up: its job is among the newest.
NEWEST_PAGES = 4
#: Seconds between look-ups, the last one repeated: listings lag behind submissions.
LOOK_UP_PAUSES = (0.1, 0.25, 0.5, 1.0, 2.0)


def submit(
    connection: Connection,
    submission: Submission,
    *,
    own_key: bool,
    resubmit_uncertain: bool,
    confirmation_timeout: float,
) -> Flow[JobState]:
    """Submit once. With the caller's own idempotency key a job that already has it is returned instead of a new one.

    Raises SubmissionUncertainError when, ``confirmation_timeout`` seconds after an unclear answer, no job with the
    key is found.
    """
    call = connection.service.create(submission)
    try:
        if own_key:
            found = yield from find(connection, submission.idempotency_key, pages=None)
            if found is not None:
                return (yield from _state(connection, submission, found))
        record = yield from _post(connection, submission, call, confirmation_timeout)
        if record is None and resubmit_uncertain:
            record = yield from _post(connection, submission, call, confirmation_timeout)
        if record is not None:
            return (yield from _state(connection, submission, record))
    except BaseException as interruption:
        if not isinstance(interruption, (QuantumJobsError, GeneratorExit)):
            interruption.add_note(
                f"The job may have been submitted to {connection.service.name}: find_submission"
                f"({submission.idempotency_key!r}) tells, and submitting with that idempotency_key= "
                "never makes a second one."
            )
        raise
    key = submission.idempotency_key
    raise SubmissionUncertainError(
        f"{connection.service.name}: it is not known whether the job was taken, and {confirmation_timeout:g} s later "
        f"no job with the idempotency key {key!r} is listed. Look again with find_submission(key), or submit with "
        "idempotency_key= set to it: a job that turns up is then returned and not made twice",
        idempotency_key=key,
        service=connection.service.name,
    )


def find(
    connection: Connection,
    idempotency_key: str,
    *,
    pages: int | None,
    deadline: float | None = None,
    attempts: int | None = None,
) -> Flow[JobRecord | None]:
    """The job that carries an idempotency key, looked for in so many of the newest pages (None: in all of them)."""
    call: Call[Page] | None = connection.service.search(idempotency_key)
    seen: set[str] = set()
    asked = 0
    child: JobRecord | None = None
    while call is not None and (pages is None or asked < pages):
        asked += 1
        page = yield from ask(connection, call, deadline=deadline, attempts=attempts)
        for record in page.records:
            if record.idempotency_key == idempotency_key:
                # The circuits of a job of several can carry its tags; the job itself is the one that was submitted.
                if record.parent_id is None:
                    return record
                child = child or record
        fresh = {record.id for record in page.records} - seen
        seen |= fresh
        call = further(call, page, bool(fresh))
    if child is not None and child.parent_id is not None:
        return (yield from ask(connection, connection.service.get(child.parent_id), deadline=deadline))
    return None


def _post(
    connection: Connection, submission: Submission, call: Call[JobRecord], confirmation_timeout: float
) -> Flow[JobRecord | None]:
    """The job of one POST that may have been taken; None when that cannot be told."""
    attempt = 0
    while True:
        outcome = yield from retry.send_once(request_of(connection, call))
        attempt += 1
        if _taken(outcome):
            try:
                return read(connection, call, outcome)
            except ResponseError:
                break
        if not _refused(outcome) and not _never_sent(outcome):
            break
        moment = yield from now()
        pause = retry.pause_after(connection.channel, outcome, attempt, moment)
        if not _again(outcome) or attempt == retry.ATTEMPTS or pause > retry.LONGEST_RETRY_AFTER:
            failure = problem(connection, call, outcome)
            assert failure is not None
            raise failure
        yield Sleep(pause)
    return (yield from _look_up(connection, submission.idempotency_key, confirmation_timeout))


def _taken(outcome: Outcome) -> bool:
    return isinstance(outcome, Reply) and outcome.ok


def _refused(outcome: Outcome) -> bool:
    # A redirect is not followed, so nothing was taken either.
    return isinstance(outcome, Reply) and 300 <= outcome.status < 500 and outcome.status != _UNCLEAR_4XX


def _never_sent(outcome: Outcome) -> bool:
    return isinstance(outcome, TransportFailure) and not outcome.sent


def _again(outcome: Outcome) -> bool:
    return isinstance(outcome, TransportFailure) or outcome.status == 429


def _look_up(connection: Connection, idempotency_key: str, confirmation_timeout: float) -> Flow[JobRecord | None]:
    started = yield from now()
    deadline = started + confirmation_timeout
    pauses: Sequence[float] = LOOK_UP_PAUSES
    while True:
        # The last look is after the confirmation timeout, so even confirmation_timeout=0 looks once.
        late = (yield from now()) >= deadline
        try:
            found = yield from find(
                connection, idempotency_key, pages=NEWEST_PAGES, deadline=None if late else deadline, attempts=1
            )
        except QuantumJobsError:
            found = None
        if found is not None or late:
            return found
        yield Sleep(min(pauses[0], max(0.0, deadline - (yield from now()))))
        pauses = pauses[1:] or pauses


def _state(connection: Connection, submission: Submission, record: JobRecord) -> Flow[JobState]:
    moment = yield from now()
    known = JobRecord(
        id=record.id,
        service=record.service,
        shots=submission.shots,
        device=submission.device,
        name=submission.name,
        tags=submission.tags,
        idempotency_key=submission.idempotency_key,
    )
    state = JobState(connection, known)
    state.update(record, moment)
    return state
