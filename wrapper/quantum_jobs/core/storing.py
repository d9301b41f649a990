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
from quantum_jobs.model import Cost, JobRecord, Result
from quantum_jobs.services.base import Submission

if TYPE_CHECKING:
    from quantum_jobs.core.connection import Connection
    from quantum_jobs.store.claims import Claim

T = TypeVar("T")

#: Seconds between two looks at a key that another process is submitting with: at first, and at most.
FIRST_GAP, LONGEST_GAP = 0.01, 0.25
#: How long after a job's end its device's newest calibration is taken for the one that it ran with.
CALIBRATION_HOLDS = timedelta(hours=1)
#: Seconds between two requests for calibrations, and seconds that one may take.
CALIBRATIONS_ASKED_EVERY, CALIBRATIONS_WITHIN = 600.0, 5.0


class ClaimLostError(Exception):
    """Another process has taken the claim over, as this one held it for too long: nothing was sent."""


async def is_new(connection: Connection) -> bool:
    """Whether there is a store, and it has not yet noted which keys the account's jobs have."""
    return connection.store is not None and not await run_in_thread(connection.store.claims.is_listed)


async def note_keys(connection: Connection) -> None:
    """Note which keys the account's jobs have, all of which were just listed, and those sent from here without the
    store: a listing may not show these yet, or was not read as far as them."""
    memory = connection.account.memory
    if connection.store is not None:
        # Copies, as other threads submit.
        in_doubt = dict.fromkeys(memory.in_doubt.copy())
        made_here = {key: record.id for key, (record, _) in memory.jobs.copy().items()}
        await run_in_thread(connection.store.claims.note_keys, {**in_doubt, **made_here, **memory.job_ids})


async def claim(connection: Connection, submission: Submission) -> Claim | None:
    """Claim the submission's key, waiting while another process submits with it; None without a store."""
    store = connection.store
    if store is None:
        return None
    if not submission.own_key:
        return store.claims.new_claim()  # nobody else can have it
    gap = FIRST_GAP
    while True:
        claimed = await run_in_thread(store.claims.claim, submission)
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
        if not await run_in_thread(store.claims.may_send, submission, claimed, connection.transport.timeout):
            raise ClaimLostError

    return note


async def known(connection: Connection, idempotency_key: str) -> JobRecord | None:
    """The job that was made with a key, as far as the store knows."""
    if connection.store is None:
        return None
    found = await _read(connection.store.claims.known, [idempotency_key])
    return found.get(idempotency_key) if found else None


async def made(connection: Connection, submission: Submission, claimed: Claim | None, record: JobRecord) -> None:
    """Keep the job of a submission; ``claimed`` is None where another client of this process has sent it."""
    store = connection.store
    if store is None or (claimed is not None and claimed.record is not None):
        return
    key, memory = submission.idempotency_key, connection.account.memory
    try:
        await run_in_thread(store.claims.made, submission, record)
        # The store remembers the rest, for longer than this process.
        if memory.jobs.pop(key, None) is not None:
            memory.job_ids[key] = record.id
    except StoreError as error:
        _tell(f"{record.ref} was submitted with the idempotency key {key!r}, and could not be written down: {error}")


async def ended(
    connection: Connection, submission: Submission, claimed: Claim | None, error: Exception, *, in_doubt: bool
) -> None:
    """Keep that a submission ended with an error; ``claimed`` is None where another client of this process has sent it,
    or nobody."""
    store = connection.store
    if store is None or isinstance(error, StoreError) or (claimed is not None and claimed.state == "known"):
        return
    try:
        await run_in_thread(store.claims.ended, submission, claimed, str(error), in_doubt)
    except StoreError as failure:
        _tell(str(failure))


async def forget(connection: Connection, submission: Submission) -> None:
    """The job that the key was known for is not there any more."""
    if connection.store is not None:
        await run_in_thread(connection.store.claims.forget, submission.idempotency_key)


async def final_record(connection: Connection, job_id: str) -> JobRecord | None:
    """The stored record of a job that is over; None for others."""
    if connection.store is None:
        return None
    found = await _read(connection.store.record, job_id)
    return found if found is not None and found.status.is_final else None


async def save(connection: Connection, records: Iterable[JobRecord]) -> None:
    """Keep what the service says of jobs."""
    kept = list(records)
    if connection.store is not None and kept:
        try:
            await run_in_thread(connection.store.save, kept)
        except StoreError as error:
            _tell(str(error))


async def results(connection: Connection, job_id: str, *, memory: bool, aggregation: str | None) -> list[Result] | None:
    """The results of a job as they were fetched earlier; None where they were not."""
    if connection.store is None:
        return None
    return await _read(connection.store.results, job_id, memory, aggregation)


async def save_results(
    connection: Connection, of: JobRecord, found: list[Result], *, memory: bool, aggregation: str | None
) -> None:
    """Keep the results of a job, and its record."""
    if connection.store is not None:
        calibration_id = await _calibration_id(connection, of)
        try:
            await run_in_thread(connection.store.save_results, of, found, memory, aggregation, calibration_id)
        except StoreError as error:
            _tell(str(error))


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


async def save_cost(connection: Connection, job_id: str, cost: Cost | None) -> None:
    """Keep what a job has cost."""
    if connection.store is not None and cost is not None:
        try:
            await run_in_thread(connection.store.save_cost, job_id, cost)
        except StoreError as error:
            _tell(str(error))


async def _read(function: Callable[..., T], *given: Any) -> T | None:
    """What the store has; None, and a warning, where it cannot be read: the service has it too."""
    try:
        return await run_in_thread(function, *given)
    except StoreError as error:
        _tell(str(error))
        return None


def _tell(text: str) -> None:
    warnings.warn(text, QuantumJobsWarning, stacklevel=3)
