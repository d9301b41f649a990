"""What a job, a result, a program and a cost are, the same for every service. Frozen data without any network.

Vendors' words and shapes are turned into these in ``services/``. Records and results go through JSON and back with
``to_dict()`` and ``from_dict()``, and they pickle.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self

import attrs

from quantum_jobs.result import Result as Result  # large enough for a file of its own
from quantum_jobs.text import short_repr

#: One US cent: what qBraid says a credit is worth.
CREDIT_IN_USD = Decimal("0.01")


class JobStatus(StrEnum):
    """Where a job stands, in one vocabulary for every service. ``JobRecord.vendor_status`` keeps the vendor's word.

    ``is_final`` is True when the job will not change any more: completed, failed or cancelled.
    """

    is_final: bool

    INITIALIZING = "INITIALIZING"
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    CANCELLING = "CANCELLING"
    ON_HOLD = "ON_HOLD"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    UNKNOWN = "UNKNOWN"

    def __init__(self, word: str) -> None:
        self.is_final = word in ("COMPLETED", "FAILED", "CANCELLED")


def _shown_as_fields(self: Cost | Device | Estimate) -> str:
    from quantum_jobs import html

    return html.fields(self._row(), type(self).__name__.lower())


@attrs.frozen
class Cost:
    """An amount of money, exact. ``usd`` is ``None`` where the currency's value in US dollars is not known."""

    __repr__ = short_repr
    _repr_html_ = _shown_as_fields

    amount: Decimal
    currency: str
    usd: Decimal | None = None

    def __str__(self) -> str:
        dollars = f" ({self.usd:f} USD)" if self.usd is not None and self.currency != "USD" else ""
        return f"{self.amount:f} {self.currency}{dollars}"

    def _row(self) -> dict[str, Any]:
        return {"cost": self}

    @classmethod
    def in_usd(cls, amount: Decimal) -> Self:
        """US dollars."""
        return cls(amount, "USD", amount)

    @classmethod
    def in_credits(cls, amount: Decimal) -> Self:
        """qBraid credits, 0.01 US dollars each."""
        return cls(amount, "credits", amount * CREDIT_IN_USD)

    def to_dict(self) -> dict[str, Any]:
        """Amounts as decimal strings, so that no digit is lost."""
        return {
            "amount": str(self.amount),
            "currency": self.currency,
            "usd": None if self.usd is None else str(self.usd),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of ``to_dict``."""
        usd = data.get("usd")
        return cls(Decimal(data["amount"]), data["currency"], None if usd is None else Decimal(usd))


@attrs.frozen
class Failure:
    """Why a job failed, in the vendor's words; either part may be missing."""

    __repr__ = short_repr

    code: str | None = None
    message: str | None = None

    def __str__(self) -> str:
        return ": ".join(part for part in (self.code, self.message) if part)


@attrs.frozen
class Program:
    """A quantum program as a service keeps it.

    ``format`` is a name such as ``"qasm3"``, see the table in the guide, or the vendor's own;
    ``data`` is text, bytes or JSON, as that format has it.
    """

    __repr__ = short_repr

    format: str
    data: Any

    def _repr_html_(self) -> str:
        from quantum_jobs import html

        return html.program(self.format, self.data)

    def _row(self) -> dict[str, Any]:
        return {"format": self.format, "program": self.data}

    def to_dict(self) -> dict[str, Any]:
        """Bytes become base64 text, marked by the key ``encoding``."""
        if isinstance(self.data, bytes):
            from base64 import b64encode

            return {"format": self.format, "data": b64encode(self.data).decode(), "encoding": "base64"}
        return {"format": self.format, "data": self.data}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of ``to_dict``."""
        if data.get("encoding") == "base64":
            from base64 import b64decode

            return cls(data["format"], b64decode(data["data"]))
        return cls(data["format"], data["data"])


@attrs.frozen(kw_only=True)
class JobRecord:
    """What a service says of one job at one moment. ``None`` is "the vendor does not say".

    Attributes:
        id: the vendor's id.
        service: full name of the service, such as ``"ionq-v0.4"``.
        status: where the job stood, in our vocabulary; ``vendor_status`` has the vendor's word for it.
        status_message: what the vendor says beside it, such as a warning or why the job failed.
        name: the name that it was given.
        device: the device's name at the service.
        shots: how often each circuit is run.
        num_qubits: how many qubits the program has, as the service counts them.
        tags: the tags that it was given, without our own, which stand in ``idempotency_key`` and ``submission_digest``
            (a hash of program, device, shots and options, see ``Submission.digest``).
        created_at, started_at, ended_at: when it was submitted, began to run, and was over; UTC-aware.
        execution_duration: how long it ran.
        queue_position: its place in the queue, as the vendor counts.
        predicted_wait: how long it is still to wait, as the vendor predicts.
        cost: what it cost, where the vendor says so in the job; ``job.cost()`` may know more.
        estimated_cost: what the vendor expects it to cost.
        failure: why it failed.
        parent_id: the job of several circuits that this one is a part of; ``child_ids`` has the parts, in the order of
            submission.
        raw: the vendor's job object as sent (for qBraid what is in ``data``); after a submit or in a listing it may be
            only a part.
    """

    __repr__ = short_repr

    id: str
    service: str
    status: JobStatus = JobStatus.UNKNOWN
    vendor_status: str | None = None
    status_message: str | None = None
    name: str | None = None
    device: str | None = None
    shots: int | None = None
    num_qubits: int | None = None
    tags: Mapping[str, str | int | float | bool] = attrs.field(factory=dict)
    idempotency_key: str | None = None
    submission_digest: str | None = None
    created_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    execution_duration: timedelta | None = None
    queue_position: int | None = None
    predicted_wait: timedelta | None = None
    cost: Cost | None = None
    estimated_cost: Cost | None = None
    failure: Failure | None = None
    parent_id: str | None = None
    child_ids: Sequence[str] = ()
    raw: Mapping[str, Any] = attrs.field(factory=dict, repr=False)

    @property
    def ref(self) -> str:
        """``"<service>:<id>"``, enough to take the job up again anywhere."""
        return f"{self.service}:{self.id}"

    def _repr_html_(self) -> str:
        from quantum_jobs import html

        more = {
            "vendor's status": self.vendor_status,
            "message": self.status_message,
            "qubits": self.num_qubits,
            "started (UTC)": self.started_at,
            "ended (UTC)": self.ended_at,
            "estimated cost": self.estimated_cost,
            "circuits": len(self.child_ids) or None,
        }
        return html.fields({**self._row(), **more}, "job")

    def _row(self) -> dict[str, Any]:
        """What of it stands in a table of jobs."""
        return {
            "job": self.ref,
            "name": self.name,
            "status": self.status,
            "device": self.device,
            "shots": self.shots,
            "queue position": self.queue_position,
            "predicted wait": self.predicted_wait,
            "created (UTC)": self.created_at,
            "ran for": self.execution_duration,
            "cost": self.cost,
            "tags": self.tags,
            "failure": self.failure,
        }

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values: times in ISO 8601, durations in seconds, money as decimal text."""
        return {field.name: _to_json(getattr(self, field.name)) for field in attrs.fields(type(self))}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of ``to_dict``. Keys it does not know are left aside."""
        known = {field.name for field in attrs.fields(cls)}
        values = {key: value for key, value in data.items() if key in known}
        return cls(**{key: _FROM_JSON[key](value) if key in _FROM_JSON else value for key, value in values.items()})


def _to_json(value: Any) -> Any:
    match value:
        case StrEnum():
            return value.value
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Cost():
            return value.to_dict()
        case Failure():
            return attrs.asdict(value)
        case tuple():
            return list(value)
        case _:
            return value


def _optional(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


_FROM_JSON: dict[str, Callable[[Any], Any]] = {
    # A record that a later version has written may have a word that this one does not know.
    "status": lambda word: JobStatus(word) if word in set(JobStatus) else JobStatus.UNKNOWN,
    "created_at": _optional(datetime.fromisoformat),
    "started_at": _optional(datetime.fromisoformat),
    "ended_at": _optional(datetime.fromisoformat),
    "execution_duration": _optional(lambda seconds: timedelta(seconds=seconds)),
    "predicted_wait": _optional(lambda seconds: timedelta(seconds=seconds)),
    "cost": _optional(Cost.from_dict),
    "estimated_cost": _optional(Cost.from_dict),
    "failure": _optional(lambda failure: Failure(code=failure.get("code"), message=failure.get("message"))),
    "child_ids": lambda ids: tuple(ids or ()),
    "tags": lambda tags: tags or {},
}


@attrs.frozen(kw_only=True)
class Device:
    """A machine or simulator that a service runs jobs on.

    ``status`` is the vendor's word; ``online`` says whether it takes jobs now (``None`` where that cannot be told).
    ``queue_time`` is the vendor's estimate of the wait, ``queue_length`` the number of jobs waiting. ``calibration_id``
    is the vendor's id of its newest calibration, where it has one.
    """

    __repr__ = short_repr
    _repr_html_ = _shown_as_fields

    id: str
    service: str
    name: str | None = None
    status: str | None = None
    online: bool | None = None
    simulator: bool | None = None
    num_qubits: int | None = None
    queue_length: int | None = None
    queue_time: timedelta | None = None
    calibration_id: str | None = None
    raw: Mapping[str, Any] = attrs.field(factory=dict, repr=False)

    def _row(self) -> dict[str, Any]:
        """What of it stands in a table of devices."""
        return {
            "device": self.id,
            "service": self.service,
            "name": self.name,
            "qubits": self.num_qubits,
            "simulator": self.simulator,
            "status": self.status,
            "online": self.online,
            "queue": self.queue_length,
            "queue time": self.queue_time,
        }


@attrs.frozen(kw_only=True)
class Estimate:
    """What a job would cost, how long it would run, and how long it would wait before, as the service says. ``cost`` is
    ``None`` where the service cannot tell beforehand; ``reason`` then says why, in its words."""

    __repr__ = short_repr
    _repr_html_ = _shown_as_fields

    cost: Cost | None = None
    execution_duration: timedelta | None = None
    queue_time: timedelta | None = None
    reason: str | None = None
    raw: Mapping[str, Any] = attrs.field(factory=dict, repr=False)

    def _row(self) -> dict[str, Any]:
        return {
            "cost": self.cost,
            "runs for": self.execution_duration,
            "queue time": self.queue_time,
            "reason": self.reason,
        }
