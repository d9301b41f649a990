"""Reading what vendors send, whatever it is: a value of the wanted kind, or None. Nothing here raises.

Bindings keep what does not fit (a number as text, a null, a missing key), so every field is asked for its kind here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from string import hexdigits
from typing import Any, Protocol, Self, TypeVar

from dateutil.parser import isoparse

from quantum_jobs.http.urls import is_id
from quantum_jobs.model import JobRecord
from quantum_jobs.services.base import DIGEST_PARTS, DIGEST_TAG, DIGITS_PER_PART, IDEMPOTENCY_TAG, OWN_TAGS, Service
from quantum_jobs.text import printable

log = logging.getLogger("quantum_jobs")

#: Jobs on one page: a hundred times as many as are asked for.
MOST_ROWS = 10_000

#: A decimal number as text; Python's own readers take blanks, underscores and the digits of other scripts as well.
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
#: Text that is seconds since 1970 and no date: eight digits could be either.
_EPOCH = re.compile(r"\d{9,}(\.\d*)?", re.ASCII)


class _Model(Protocol):
    """What all models of the bindings have."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...


M = TypeVar("M", bound=_Model)


def text(value: object) -> str | None:
    """A non-empty string (an enum member included) as plain str."""
    return str.__str__(value) if isinstance(value, str) and value else None


def message(value: object) -> str | None:
    """Words for a person, with control characters as escapes: they end up in errors and logs."""
    found = text(value)
    return printable(found) if found else None


def identifier(value: object) -> str | None:
    """An id: text, or a whole number as text, that can stand in a URL's path, where dots alone would lead elsewhere."""
    found = str(value) if isinstance(value, int) and not isinstance(value, bool) else text(value)
    return found if found and found.isprintable() and found not in {".", ".."} else None


def integer(value: object) -> int | None:
    """A whole number, sent as number or as text."""
    number = decimal(value)
    return int(number) if number is not None and number == number.to_integral_value() else None


def decimal(value: object) -> Decimal | None:
    """A finite number, sent as number or as text, without rounding."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        return None
    if isinstance(value, str) and not _DECIMAL.fullmatch(value):
        return None
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except (InvalidOperation, ValueError):
        return None
    # A huge exponent would make every later conversion to int costly.
    return number if number.is_finite() and number.adjusted() < 30 else None


def timestamp(value: object) -> datetime | None:
    """A time as UTC: ISO 8601 text (a time without a zone is UTC), or seconds since 1970 as number or text."""
    if isinstance(value, str) and not _EPOCH.fullmatch(value):
        value = _parsed(value)
    if isinstance(value, datetime):
        try:
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
        except OverflowError:
            return None
    seconds = decimal(value)
    if seconds is None or not 0 < seconds < 253_402_300_800:
        return None
    return datetime.fromtimestamp(float(seconds), UTC)


def _parsed(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        pass
    # Slower by far, and takes more: a small z, midnight as 24:00.
    try:
        return isoparse(value)
    except (ValueError, OverflowError):
        return None


def milliseconds(value: object) -> timedelta | None:
    """A duration sent in milliseconds."""
    number = decimal(value)
    if number is None or not 0 <= number < 10**14:
        return None
    return timedelta(milliseconds=float(number))


def items(value: object) -> Mapping[str, Any]:
    """A JSON object; empty for anything else."""
    return value if isinstance(value, Mapping) else {}


def texts(value: object, read: Callable[[object], str | None] = text) -> tuple[str, ...]:
    """The strings in a JSON array, or what ``read`` makes of its values; empty for anything else."""
    if not isinstance(value, Sequence) or isinstance(value, (str, bytes)):
        return ()
    return tuple(found for found in map(read, value) if found is not None)


def record(
    service: Service, raw: Mapping[str, Any], *, id_key: str, status: object, tags: object = None, **more: Any
) -> JobRecord:
    """A job as the service tells it: its id under ``id_key``, the vendor's word for its status, its tags or metadata
    without ours, which become fields, and ``more`` fields. Raises ValueError without an id that it can be asked for by.
    """
    job_id = identifier(raw.get(id_key))
    if job_id is None or not is_id(job_id):
        raise ValueError(f"{id_key!r}, the job's id, is missing or none that can be asked for")
    word, sent = text(status), items(tags)
    known = {
        "id": job_id,
        "service": service.name,
        "status": service.status_of(word),
        "vendor_status": word,
        "tags": {
            key: tag for key, tag in sent.items() if isinstance(tag, (str, int, bool)) and not key.startswith(OWN_TAGS)
        },
        "idempotency_key": text(sent.get(IDEMPOTENCY_TAG)),
        "submission_digest": _digest(sent.get(DIGEST_TAG)),
        "raw": raw,
    }
    return JobRecord(**{**known, **more})


def _digest(sent: object) -> str | None:
    """Our digest of a submission; None for one that is cut or of another kind."""
    digest = text(sent)
    whole = digest is not None and len(digest) == DIGITS_PER_PART * len(DIGEST_PARTS) and set(digest) <= set(hexdigits)
    return digest if whole else None


def first(*values: Any) -> Any:
    """The first that is not None."""
    return next((value for value in values if value is not None), None)


def probability(value: object) -> float:
    """A finite number of at least 0, sent as number or as text; raises ValueError for anything else."""
    if type(value) is float and 0 <= value < 1e30:  # a result can have millions of these
        return value
    number = decimal(value)
    if number is None or number < 0:
        raise ValueError(f"{str(value)[:100]!r} is no probability")
    return float(number)


def part(value: object, kind: type[M]) -> M:
    """A nested model; an empty one where something else, or nothing, was sent."""
    return value if isinstance(value, kind) else kind.from_dict({})


def acknowledged(job_id: str, key: str) -> Callable[[object], None]:
    """A reader for the answer to a cancel or a delete, which may be empty. One that names another job under ``key``
    raises ValueError."""

    def checked(body: object) -> None:
        named = identifier(items(body).get(key))
        if named is not None and named.casefold() != job_id.casefold():
            raise ValueError(f"the answer is about another job, {named[:100]!r}, than the one asked for, {job_id!r}")

    return checked


def records(rows: object, read: Callable[[object], JobRecord]) -> list[JobRecord]:
    """The jobs in a listing. One row that makes no sense must not hide the others; raises TypeError without a list."""
    if not isinstance(rows, list):
        raise TypeError(f"expected the list of jobs, got {type(rows).__name__}")
    if len(rows) > MOST_ROWS:
        raise ValueError(f"a page of {len(rows)} jobs is longer than any that was asked for")
    found = []
    for row in rows:
        try:
            found.append(read(row))
        except (TypeError, ValueError):
            continue
    if len(found) < len(rows):
        log.warning(
            "%d of %d jobs in a listing could not be read, and were left out", len(rows) - len(found), len(rows)
        )
    return found


def json_object(body: object) -> Mapping[str, Any]:
    """An answer's body, which must be a JSON object; raises TypeError otherwise."""
    if not isinstance(body, Mapping):
        raise TypeError(f"expected a JSON object, got {type(body).__name__}")
    return body
