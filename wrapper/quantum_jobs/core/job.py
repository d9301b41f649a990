"""The state of a job: its last record, and the connection to its service.

``AsyncJob`` and ``Job`` add the methods. The functions of this package take either, and errors carry the caller's own.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any, Self, TypeVar

import anyio
import attrs

from quantum_jobs.core import environment, storing
from quantum_jobs.core.connection import Connection
from quantum_jobs.errors import NotFoundError, QuantumJobsWarning
from quantum_jobs.http.limits import now
from quantum_jobs.model import JobRecord, JobStatus, Result

#: Seconds between requests for a new job that the service does not show yet.
ASK_AGAIN_AFTER = 0.5
#: Fields of a submission that a service may leave out later.
_KEPT = ("shots", "device", "name", "idempotency_key", "submission_digest", "parent_id", "child_ids")

NEVER = float("-inf")

AnyJob = TypeVar("AnyJob", bound="BaseJob")


class BaseJob:
    """One job at a service. ``record`` and ``status`` are snapshots; only methods use the network.

    Pickles to its reference and last record: a client is made from the environment when it is next used. Jobs are
    equal when their references are.
    """

    def __init__(self, connection: Connection | None, record: JobRecord, *, is_fresh: bool = False) -> None:
        self._given_connection = connection
        self._record = record
        #: When the record was read, in monotonic seconds; NEVER for one from a store or pickle.
        self._seen_at = now() if is_fresh else NEVER
        self._warned = False
        #: Whether the call that gave this object has made the job.
        self._is_new = False
        #: Until then, in monotonic seconds, a 404 says that the service does not show the new job yet.
        self._visible_from = NEVER
        #: Results by (memory, aggregation), as they were fetched.
        self._fetched: dict[tuple[bool, str | None], list[Result]] = {}

    @property
    def id(self) -> str:
        """The vendor's id."""
        return self._record.id

    @property
    def service(self) -> str:
        """Full name of the service, such as ``"ionq-v0.4"``."""
        return self._record.service

    @property
    def ref(self) -> str:
        """``"<service>:<id>"``, enough for ``quantum_jobs.job`` to retrieve the job anywhere."""
        return self._record.ref

    @property
    def record(self) -> JobRecord:
        """What the service said of the job when it was last asked."""
        return self._record

    @property
    def status(self) -> JobStatus:
        """The job's status when the service was last asked."""
        return self._record.status

    @property
    def vendor_status(self) -> str | None:
        """The same in the vendor's word."""
        return self._record.vendor_status

    @property
    def _connection(self) -> Connection:
        """The connection to its service."""
        return self._given_connection or environment.connection(self.service)

    def _update(self, record: JobRecord) -> None:
        """Take over a newer record, keeping what it leaves out."""
        self._record = completed(record, self._record)
        self._seen_at = now()
        self._visible_from = NEVER

    def _warn_of_unknown_status(self) -> None:
        """Say once that the job has a status which this version does not know."""
        if not self._warned:
            self._warned = True
            warnings.warn(
                f"{self.ref} has the status {self.vendor_status!r}, which this version does not know; "
                "still waiting for it",
                QuantumJobsWarning,
                stacklevel=2,
            )

    def __eq__(self, other: object) -> bool:
        return self.ref == other.ref if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.ref)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.ref} {self.status}>"

    def _repr_html_(self) -> str:
        return self._record._repr_html_()

    def _row(self) -> dict[str, Any]:
        return self._record._row()

    def __reduce__(self) -> tuple[Any, ...]:
        return self._restored, (self._record.to_dict(),)

    @classmethod
    def _restored(cls, record: Mapping[str, Any]) -> Self:
        return cls(None, JobRecord.from_dict(record))


def completed(record: JobRecord, known: JobRecord) -> JobRecord:
    """Complete a record from an earlier one of the same job."""
    kept = {name: value for name in _KEPT if getattr(record, name) in (None, ()) and (value := getattr(known, name))}
    if known.tags and not record.tags and record.idempotency_key is None:
        kept["tags"] = known.tags
    return attrs.evolve(record, **kept) if kept else record


async def refresh(job: BaseJob) -> JobRecord:
    """Read the job with one request; return the new record."""
    connection = job._connection
    while True:
        is_just_made = now() < job._visible_from
        try:
            job._update(await connection.request(connection.service.get(job.id)))
            await storing.save(connection, [job.record])
            return job.record
        except NotFoundError:
            if not is_just_made:
                await storing.gone(connection, [job.id])
                raise
        await anyio.sleep(ASK_AGAIN_AFTER)  # the service does not show it yet
