"""The arguments of the public methods: checked, and put into our own terms. Nothing here uses the network."""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from numbers import Integral, Real
from typing import Any, NamedTuple

import attrs

from quantum_jobs import programs, services
from quantum_jobs.checks import checked_integer, checked_list, checked_seconds
from quantum_jobs.errors import UsageError
from quantum_jobs.http.urls import checked_id
from quantum_jobs.model import Cost, JobRecord, JobStatus, Program
from quantum_jobs.services import service as find_service
from quantum_jobs.services.base import OWN_TAGS, Service, Submission
from quantum_jobs.text import shown


def finite_seconds(value: object, what: str, *, zero: bool) -> float:
    """A finite number of seconds; else UsageError."""
    seconds = checked_seconds(value, what)
    if not 0 <= seconds < math.inf or (seconds == 0 and not zero):
        least = "at least" if zero else "more than"
        raise UsageError(f"{what} must be {least} 0 seconds, and finite; got {shown(value)}")
    return seconds


def submission(
    program: Any,
    *,
    device: str,
    shots: int | None = None,
    name: str | None = None,
    tags: Mapping[str, str | int | float | bool] | None = None,
    options: Mapping[str, Any] | None = None,
    idempotency_key: str | None = None,
    resubmit_uncertain: bool = False,
    max_cost: Cost | Decimal | float | str | None = None,
) -> Submission:
    """The arguments of ``submit``, checked before anything is sent. Raises UsageError naming the one that is wrong."""
    checked_device(device)
    shots = checked_shots(shots)
    _check_name(name)
    if idempotency_key is not None:
        checked_id(idempotency_key, "idempotency_key")
    given = programs.as_programs(program)
    for number, each in enumerate(given):
        if not isinstance(each.data, bytes) and not programs.is_json(each.data):
            raise UsageError(f"program {number} holds values that JSON has not, such as NaN or bytes")
    return Submission(
        programs=given,
        several=programs.are_several(program),
        device=device,
        shots=shots,
        name=name,
        tags=_checked_tags(tags),
        options=checked_options({} if options is None else options),
        idempotency_key=idempotency_key or str(uuid.uuid4()),
        own_key=idempotency_key is not None,
        resubmit_uncertain=resubmit_uncertain,
        max_cost=checked_max_cost(max_cost),
    )


def checked_device(device: object) -> None:
    """Raises UsageError for what names no device."""
    if not isinstance(device, str) or not device or not programs.is_json(device):
        raise UsageError(f"device must name a device, such as 'simulator'; got {shown(device)}. devices() lists them")


def _check_name(name: object) -> None:
    if name is not None and not (isinstance(name, str) and programs.is_json(name)):
        raise UsageError(f"name must be text, got {shown(name)}")


def checked_shots(shots: Any) -> int | None:
    """A number of shots; else UsageError."""
    if shots is None:
        return None
    number = checked_integer(shots, "shots", 1)
    if number >= 2**63:
        raise UsageError(f"shots must be below 2**63, got {shown(number)}")
    return number


def checked_max_cost(value: Any) -> Cost | None:
    """A limit on costs; a number is US dollars. Else UsageError."""
    if value is None:
        return None
    try:
        limit = value if isinstance(value, Cost) else Cost.in_usd(Decimal(str(value)))
        is_amount = not isinstance(value, bool) and limit.amount.is_finite() and limit.amount >= 0
    except (AttributeError, ArithmeticError, ValueError):  # no Decimal, no number, more digits than Python reads
        is_amount = False
    if not is_amount:
        raise UsageError(f"max_cost must be an amount in US dollars or a quantum_jobs.Cost, got {shown(value)}")
    return limit


def _checked_tags(tags: Mapping[str, str | int | float | bool] | None) -> dict[str, str | int | float | bool]:
    if tags is None:
        return {}
    if not isinstance(tags, Mapping):
        raise UsageError(f"tags must be a mapping of names to values, got {type(tags).__name__}")
    checked: dict[str, str | int | float | bool] = {}
    for key, value in tags.items():
        if not isinstance(key, str) or not key or key.startswith(OWN_TAGS):
            raise UsageError(
                f"{shown(key)} is no name for a tag: it takes non-empty text that does not begin with {OWN_TAGS!r}"
            )
        checked[key] = _checked_tag(key, value)
    return checked


def _checked_tag(key: str, value: object) -> str | int | float | bool:
    checked: str | int | float | bool
    if isinstance(value, (str, bool)):
        checked = value
    elif isinstance(value, Real):  # numpy's numbers, too
        checked = int(value) if isinstance(value, Integral) else float(value)
    else:
        raise UsageError(f"the tag {shown(key)} is a {type(value).__name__}; tags are text, finite numbers or booleans")
    if not programs.is_json([key, checked]):
        raise UsageError(f"the tag {shown(key)} is {shown(checked)}, which JSON cannot hold in UTF-8")
    return checked


def one_program(program: Any) -> Program | None:
    """One program, checked; None for None. UsageError for several."""
    if program is None:
        return None
    given = programs.as_programs(program)
    if len(given) != 1:
        raise UsageError(f"an estimate is of one program, and {len(given)} were given: ask for each of them")
    return given[0]


def check_aggregation(aggregation: object) -> None:
    """Raises UsageError for what is no vendor's word for a method of error mitigation."""
    if not (isinstance(aggregation, str) and aggregation and programs.is_json(aggregation)):
        raise UsageError(f"aggregation must name a method, such as 'average' or 'raw'; got {shown(aggregation)}")


def checked_options(options: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(options, Mapping) or not programs.is_json(dict(options)):
        raise UsageError("options must be a mapping of names to values that JSON can hold")
    return dict(options)


def checked_status(status: JobStatus | str | None) -> JobStatus | None:
    """One of our statuses; else UsageError that lists them."""
    try:
        return None if status is None else JobStatus(status)
    except ValueError:
        raise UsageError(f"{shown(status)} is no status; they are {', '.join(JobStatus)}") from None


def checked_limit(limit: int | None) -> int | None:
    """A number of jobs; else UsageError."""
    return None if limit is None else checked_integer(limit, "limit", 0)


@attrs.frozen(kw_only=True)
class JobFilter:
    """Which jobs are listed. ``tags`` are those that a job has among others; created from ``created_after`` on and
    before ``created_before``."""

    status: JobStatus | None = None
    device: str | None = None
    name: str | None = None
    tags: Mapping[str, str | int | float | bool] = attrs.field(factory=dict)
    created_after: datetime | None = None
    created_before: datetime | None = None

    @property
    def is_by_status(self) -> bool:
        """Whether nothing else than the status is asked for, which every service can filter by."""
        return attrs.evolve(self, status=None) == JobFilter()

    def takes(self, record: JobRecord) -> bool:
        """Whether a job is one of those. What the service does not say of it is not what was asked for."""
        created = record.created_at
        return (
            self.status in {None, record.status}
            and self.device in {None, record.device}
            and self.name in {None, record.name}
            and all(name in record.tags and record.tags[name] == value for name, value in self.tags.items())
            and (self.created_after is None or (created is not None and created >= self.created_after))
            and (self.created_before is None or (created is not None and created < self.created_before))
        )

    def is_past(self, records: Sequence[JobRecord]) -> bool:
        """Whether all these are older than what is asked for, and so is everything that comes after them."""
        after = self.created_after
        return after is not None and all(
            record.created_at is not None and record.created_at < after for record in records
        )


def checked_filter(
    status: JobStatus | str | None,
    device: str | None,
    name: str | None,
    tags: Mapping[str, str | int | float | bool] | None,
    created_after: datetime | None,
    created_before: datetime | None,
) -> JobFilter:
    """The arguments of ``jobs``; else UsageError naming the one that is wrong."""
    if device is not None:
        checked_device(device)
    _check_name(name)
    return JobFilter(
        status=checked_status(status),
        device=device,
        name=name,
        tags=_checked_tags(tags),
        created_after=_checked_time(created_after, "created_after"),
        created_before=_checked_time(created_before, "created_before"),
    )


def _checked_time(value: object, what: str) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, datetime):
        raise UsageError(f"{what} must be a datetime, got {type(value).__name__}")
    if value.utcoffset() is None:
        raise UsageError(f"{what} must say its time zone, such as {value.isoformat()!r} with tzinfo=datetime.UTC")
    return value


class SplitRef(NamedTuple):
    """A reference to a job: ``by_alias`` says that it names the service in short."""

    service: Service
    job_id: str
    by_alias: bool


def split_ref(ref: str) -> SplitRef:
    """The service and the id in ``"<service>:<id>"``; else UsageError."""
    name, colon, job_id = ref.partition(":") if isinstance(ref, str) else ("", "", "")
    wanted = "a reference to a job is '<service>:<id>', such as 'ionq-v0.4:<id>', as job.ref gives it"
    if not colon:
        raise UsageError(f"{shown(ref)} names no service: {wanted}. For an id alone there is client.job(id)")
    try:
        service = find_service(name)
    except UsageError as error:
        raise UsageError(f"{shown(ref)} begins with no service: {wanted}; {error.message}") from None
    return SplitRef(service, checked_id(job_id), name != service.name)


def full_service_name(name: object) -> str:
    """The full name of a service, given so or in short; else UsageError."""
    found = services.full_name(name) if isinstance(name, str) else None
    if found is None:
        raise UsageError(f"{shown(name)} is no service; known are {', '.join(services.names())}")
    return found


def id_of(id_or_ref: object, service: Service) -> str:
    """The id in an id or a reference to a job of this service; else UsageError.

    Ids may hold colons. So a short name counts as a service's only where no further colon comes, as ids that begin with
    one, such as qBraid's ``"qbraid:job:..."``, have several.
    """
    name, colon, job_id = id_or_ref.partition(":") if isinstance(id_or_ref, str) else ("", "", "")
    full = None
    if colon:
        full = service.name if name in {service.name, service.alias} else services.full_name(name)
    if full is None or (name != full and ":" in job_id):
        return checked_id(id_or_ref)
    if full != service.name:
        raise UsageError(f"{id_or_ref!r} is a job of {full}, and this is a client of {service.name}")
    return checked_id(job_id)


def job_ids(jobs: Iterable[Any], service: Service) -> list[str]:
    """The ids of jobs of one service, given as jobs, ids or references; each once."""
    ids = []
    for job in checked_list(jobs, "jobs or ids"):
        if not isinstance(job, str) and getattr(job, "service", service.name) != service.name:
            raise UsageError(f"{job.ref} is a job of another service than {service.name}")
        ids.append(id_of(job, service) if isinstance(job, str) else checked_id(getattr(job, "id", job)))
    return list(dict.fromkeys(ids))
