"""When a client writes to its job store: before a submission is sent, after its answer, and as jobs end. The store
blocks, so each call runs beside the event loop.

Before anything is sent, what is wrong with the store ends the call. Afterwards it is only told of: a job that was made
is never lost for it.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Coroutine, Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import anyio

from quantum_jobs.background import run_in_thread
from quantum_jobs.errors import QuantumJobsError, QuantumJobsWarning, StoreError
from quantum_jobs.http.limits import now
from quantum_jobs.model import JobRecord, Result
from quantum_jobs.services.base import Submission

if TYPE_CHECKING:
    from quantum_jobs.core.connection import Connection
    from quantum_jobs.store.account_store import AccountStore, Claim

T = TypeVar("T")

#: Seconds between two looks at a key that another process is submitting with: at first, and at most.
FIRST_GAP, LONGEST_GAP = 0.01, 0.25
#: How long after a job's end its device's newest calibration is taken for the one that it ran with.
CALIBRATION_HOLDS = timedelta(hours=1)
#: Seconds between two requests for calibrations, and seconds that one may take.
CALIBRATIONS_ASKED_EVERY, CALIBRATIONS_WITHIN = 600.0, 5.0


class ClaimLostError(Exception):
    """Another process has taken the claim over, as this one held it for too long: nothing was sent."""


async def in_store(connection: Connection, action: Callable[[AccountStore], T]) -> T | None:
    """What an action on the store gives; None without a store, and, with a warning, where the store fails: the service
    knows it too."""
    if connection.store is None:
        return None
    try:
        return await run_in_thread(action, connection.store)
    except StoreError as error:
        _tell(str(error))
        return None


async def save(connection: Connection, records: Iterable[JobRecord]) -> None:
    """Keep what the service says of jobs."""
    kept = list(records)
    if kept:
        await in_store(connection, lambda store: store.save(kept))


async def gone(connection: Connection, job_ids: Iterable[str], *, deleted: bool = False) -> None:
    """Keep that jobs were ``deleted``, or were not found."""
    lost = list(job_ids)
    if lost:
        await in_store(connection, lambda store: store.gone(lost, deleted=deleted))


async def is_new(connection: Connection) -> bool:
    """Whether there is a store, and it has not yet noted which keys the account's jobs have."""
    return connection.store is not None and not await run_in_thread(connection.store.is_listed)


async def note_keys(connection: Connection) -> None:
    """Note which keys the account's jobs have, all of which were just listed, and those sent from here without the
    store: a listing may not show these yet, or was not read as far as them."""
    memory = connection.account.memory
    if connection.store is not None:
        # Copies, as other threads submit.
        in_doubt = dict.fromkeys(memory.in_doubt.copy())
        made_here = {key: record.id for key, (record, _) in memory.jobs.copy().items()}
        await run_in_thread(connection.store.note_keys, {**in_doubt, **made_here, **memory.job_ids})


async def claim(connection: Connection, submission: Submission) -> Claim | None:
    """Claim the submission's key, waiting while another process submits with it; None without a store."""
    store = connection.store
    if store is None:
        return None
    if not submission.own_key:
        return store.new_claim()  # nobody else can have it
    gap = FIRST_GAP
    while True:
        claimed = await run_in_thread(store.claim, submission)
        if claimed.state != "busy":
            return claimed
        await anyio.sleep(gap)
        gap = min(2 * gap, LONGEST_GAP)


def before_sending(
    connection: Connection, submission: Submission, claimed: Claim | None
) -> Callable[[], Coroutine[Any, Any, None]] | None:
    """What is done right before each POST of a claimed submission; raises ClaimLostError where it may not be sent."""
    store = connection.store
    if store is None or claimed is None:
        return None

    async def note() -> None:
        if not await run_in_thread(store.may_send, submission, claimed, connection.transport.timeout):
            raise ClaimLostError

    return note


async def made(connection: Connection, submission: Submission, claimed: Claim | None, record: JobRecord) -> None:
    """Keep the job of a submission; ``claimed`` is None where another client of this process has sent it."""
    store = connection.store
    if store is None or (claimed is not None and claimed.record is not None):
        return
    key = submission.idempotency_key
    try:
        await run_in_thread(store.made, submission, record)
        connection.account.memory.kept.add((key, store.database.name))
    except StoreError as error:
        _tell(f"{record.ref} was submitted with the idempotency key {key!r}, and could not be written down: {error}")


async def ended(
    connection: Connection, submission: Submission, claimed: Claim | None, error: Exception, *, in_doubt: bool
) -> None:
    """Keep that a submission ended with an error; ``claimed`` is None where another client of this process has sent it,
    or nobody."""
    if isinstance(error, StoreError) or (claimed is not None and claimed.state == "known"):
        return
    await in_store(connection, lambda store: store.ended(submission, claimed, str(error), in_doubt))


async def forget(connection: Connection, submission: Submission) -> None:
    """The job that the key was known for is not there any more."""
    if connection.store is not None:
        await run_in_thread(connection.store.forget, submission.idempotency_key)


async def save_results(
    connection: Connection, of: JobRecord, found: list[Result], *, memory: bool, aggregation: str | None
) -> None:
    """Keep the results of a job, and its record."""
    calibration_id = await _calibration_id(connection, of)
    await in_store(connection, lambda store: store.save_results(of, found, memory, aggregation, calibration_id))


async def _calibration_id(connection: Connection, record: JobRecord) -> str | None:
    """The calibration of the device that a job has just run on, where the service tells; asked for once in a while for
    all jobs."""
    store, device, ended = connection.store, record.device, record.ended_at
    if store is None or device is None or not connection.service.is_calibrated(device):
        return None
    if ended is None or datetime.now(UTC) - ended > CALIBRATION_HOLDS:
        return None  # it has another one by now
    found, asked_at = store.calibrations
    if now() - asked_at > CALIBRATIONS_ASKED_EVERY:
        found = {}
        with anyio.move_on_after(CALIBRATIONS_WITHIN), contextlib.suppress(QuantumJobsError):
            page = await connection.request_once(connection.service.devices())
            found = {each.id: each.calibration_id for each in page.records if each.calibration_id}
        store.calibrations = (found, now())
    return found.get(device)


def _tell(text: str) -> None:
    warnings.warn(text, QuantumJobsWarning, stacklevel=3)
