"""The points of a scan: their programs, idempotency keys and submissions, checked. Nothing is sent here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic

import attrs

from quantum_jobs import arguments
from quantum_jobs.core.job import AnyJob
from quantum_jobs.errors import QuantumJobsError, UsageError
from quantum_jobs.http.urls import checked_id, is_id
from quantum_jobs.model import Cost
from quantum_jobs.services.base import Submission

#: A derived key that is longer than this holds a hash of the point in place of the point.
LONGEST_KEY = 120

#: How the keys of points are given: one to derive them from, one for each point, or a function of the point.
Keys = str | Mapping[Any, str] | Callable[[Any], str] | None
Tags = Mapping[str, str | int | float | bool]


@attrs.frozen(kw_only=True)
class Submitted(Generic[AnyJob]):
    """One point of a scan.

    Attributes:
        point: the key of its program in the mapping, or its place in the list.
        idempotency_key: the key of its job.
        job: its job; None where it has none.
        is_new: whether this call made the job; else it was there already, with the same key.
        error: why it has no job; None where it has one, and in a dry run.
        index: which circuit of the job it is, in a job of several; else None.
        estimated_cost: what it was estimated to cost, where that was asked for: its part of a job of several.
    """

    point: Any
    idempotency_key: str
    job: AnyJob | None = None
    is_new: bool = False
    error: QuantumJobsError | None = None
    index: int | None = None
    estimated_cost: Cost | None = None

    def _row(self) -> dict[str, Any]:
        """What of it stands in a table of points."""
        return {
            "point": self.point,
            "job": None if self.job is None else self.job.ref,
            "status": None if self.job is None else self.job.status,
            "estimated cost": self.estimated_cost,
            "error": self.error,
        }


@attrs.frozen(kw_only=True)
class ScanProgress:
    """How far a scan's submission has come: of ``total`` points ``done`` are settled, as ``new``, ``adopted`` (there
    already) or ``failed``."""

    done: int = 0
    total: int = 0
    new: int = 0
    adopted: int = 0
    failed: int = 0

    def __str__(self) -> str:
        return (
            f"{self.done} of {self.total} points submitted: {self.new} new, {self.adopted} adopted, "
            f"{self.failed} failed"
        )


@attrs.frozen
class Part:
    """One submission, and the points whose programs it holds."""

    points: Sequence[Any]
    submission: Submission

    def outcome(self, **known: Any) -> list[Submitted[Any]]:
        """What became of each point. The cost of the job is split evenly."""
        several = self.submission.several
        cost: Cost | None = known.pop("cost", None)
        share = None if cost is None else _share(cost, len(self.points))
        key = self.submission.idempotency_key
        return [
            Submitted(
                point=point,
                idempotency_key=key,
                index=place if several else None,
                estimated_cost=share,
                **known,
            )
            for place, point in enumerate(self.points)
        ]


def _share(cost: Cost, parts: int) -> Cost:
    return Cost(cost.amount / parts, cost.currency, None if cost.usd is None else cost.usd / parts)


def parts_of(
    programs: Any,
    keys: Keys,
    *,
    base_key: str,
    tags: Tags | Callable[[Any], Tags] | None,
    pack: int | None,
    **common: Any,
) -> list[Part]:
    """All submissions of a scan, checked. Raises UsageError for what is wrong with any of them."""
    points = _points(programs)
    key_of = _key_function(keys, base_key)
    by_key: dict[str, Any] = {}
    for point, _ in points:
        key = key_of(point)
        if key in by_key:
            raise UsageError(f"the points {by_key[key]!r} and {point!r} have the same idempotency key, {key!r}")
        by_key[key] = point
    named = list(zip(by_key, points, strict=True))
    own_key = keys is not None

    def submission(program: Any, key: str, tags: Any) -> Submission:
        made = arguments.submission(program, idempotency_key=key, tags=tags, **common)
        return made if own_key else attrs.evolve(made, own_key=False)

    if pack is None:
        return [
            Part([point], submission(program, key, tags(point) if callable(tags) else tags))
            for key, (point, program) in named
        ]
    if callable(tags):
        raise UsageError("with pack= many points share one job and its tags, so tags cannot be a function of the point")
    groups = [named[start : start + pack] for start in range(0, len(named), pack)]
    return [
        Part(
            [point for _, (point, _) in group],
            submission([program for _, (_, program) in group], _key_of_pack([key for key, _ in group], base_key), tags),
        )
        for group in groups
    ]


def _points(programs: Any) -> list[tuple[Any, Any]]:
    if isinstance(programs, Mapping):
        if "circuit" in programs or "circuits" in programs:
            raise UsageError("expected several programs, got one IonQ circuit: submit takes it")
        return list(programs.items())
    if isinstance(programs, (str, bytes)) or not isinstance(programs, Iterable):
        raise UsageError(
            f"expected several programs, as a list or a mapping of points to programs; got {type(programs).__name__}"
        )
    return list(enumerate(programs))


def _key_function(keys: Keys, base_key: str) -> Callable[[Any], str]:
    if keys is None or isinstance(keys, str):
        return lambda point: derived_key(base_key, point)
    key_of = keys.get if isinstance(keys, Mapping) else keys
    return lambda point: checked_id(key_of(point), f"idempotency key for the point {point!r}")


def derived_key(base_key: str, point: Any) -> str:
    """The key of a point: the base and the point, or a hash of it where it cannot stand in a key. The same point has
    the same key in every process."""
    try:
        text = point if isinstance(point, str) else json.dumps(_plain(point), allow_nan=False)
    except (TypeError, ValueError):
        raise UsageError(
            f"{point!r:.60} is no point of a scan that a key could be derived from: it takes finite numbers, text and "
            "tuples of these. Number the points, or give idempotency_key= a function of the point"
        ) from None
    key = f"{base_key}:{text}"
    return key if is_id(key) and len(key) <= LONGEST_KEY else f"{base_key}:{_hashed(text)}"


def _plain(value: Any) -> Any:
    """Numbers of numpy are numbers; tuples are lists to JSON."""
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value.item() if hasattr(value, "item") else value


def _key_of_pack(keys: Sequence[str], base_key: str) -> str:
    return f"{base_key}:{_hashed(' '.join(keys))}"


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
