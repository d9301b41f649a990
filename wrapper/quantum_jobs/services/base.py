"""What the wrapper needs to know of a service: the base class that every service fills in.

A service stands between a vendor's API and the model: it builds requests and reads answers, and never sends anything
itself. Most of its methods give one Call; ``results``, which takes several, is given a function that sends calls. A
third-party package adds a service through the entry-point group ``quantum_jobs.services``, naming an instance.

Only the first group of methods must be there; the others raise UnsupportedError until a service overrides them.
"""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import Any, ClassVar, Generic, Protocol, TypeVar

import attrs

from quantum_jobs.errors import UnsupportedError
from quantum_jobs.http.limits import RateLimit
from quantum_jobs.http.messages import Call as Call  # public here, for services of other packages
from quantum_jobs.model import Cost, Device, Estimate, JobRecord, JobStatus, Program, Result

T = TypeVar("T")
Row = TypeVar("Row", JobRecord, Device)

#: What the names of our own tags begin with. No dot, as a document store may read one as a path.
OWN_TAGS = "quantum_jobs_"
#: The tag under which the idempotency key travels.
IDEMPOTENCY_TAG = "quantum_jobs_idempotency_key"
#: The tag under which the digest of the submission travels, see ``Submission.digest``.
DIGEST_TAG = "quantum_jobs_digest"
#: What a digest is made of, in its order, and the hexadecimal digits of each part.
DIGEST_PARTS = ("program", "device", "shots", "options")
DIGITS_PER_PART = 12


class Ask(Protocol):
    """Sends calls for a service, with all that belongs to sending: retries, rate limit, deadline, errors."""

    async def __call__(self, call: Call[T]) -> T:
        """What the call reads out of its answer. Raises APIError, ServiceUnreachableError, ResponseError."""

    async def together(self, calls: Sequence[Call[T]]) -> list[T]:
        """The same for several calls, sent side by side. Values come in the calls' order; the first error wins."""


@attrs.frozen
class ErrorDetails:
    """What the JSON body of an error answer says; None for what is not there."""

    message: str | None = None
    code: str | None = None
    request_id: str | None = None


@attrs.frozen(kw_only=True)
class Submission:
    """What is to be submitted, in our own terms. ``programs`` holds one program, or several for a job of several
    circuits. ``own_key`` says that the idempotency key is the caller's own, ``resubmit_uncertain`` that a second job is
    better than none; ``max_cost`` is the most that it may be estimated to cost."""

    programs: Sequence[Program]
    several: bool
    device: str
    shots: int | None
    name: str | None
    tags: Mapping[str, str | int | float | bool]
    options: Mapping[str, Any]
    idempotency_key: str
    own_key: bool = False
    resubmit_uncertain: bool = False
    max_cost: Cost | None = None

    @cached_property
    def digest(self) -> str:
        """What is submitted, in short: twelve hexadecimal digits of a SHA-256 for each of ``DIGEST_PARTS``.

        The same submission has the same digest in every process and Python version, and what differs between two
        submissions can be told from their digests.
        """
        programs = [each.to_dict() for each in self.programs]
        parts = (programs if self.several else programs[0], self.device, self.shots, self.options)
        return "".join(_short_hash(part) for part in parts)

    def differences_from(self, record: JobRecord) -> dict[str, str]:
        """What is not the same in the submission of a job, by part of the digest, each with how to say it."""
        said = {"device": (self.device, record.device), "shots": (self.shots, record.shots)}
        if record.submission_digest is not None:
            parts = [
                part
                for number, part in enumerate(DIGEST_PARTS)
                if _part(self.digest, number) != _part(record.submission_digest, number)
            ]
        else:
            # A job of an earlier version: what its record shows has to do.
            parts = [part for part, values in said.items() if None not in values and values[0] != values[1]]
        return {part: _difference(part, *said.get(part, (None, None))) for part in parts}

    @property
    def own_tags(self) -> dict[str, str]:
        """The tags that this library adds to the caller's. Services send them along, and records leave them out."""
        return {IDEMPOTENCY_TAG: self.idempotency_key, DIGEST_TAG: self.digest}


def _short_hash(value: Any) -> str:
    # Once through JSON: its keys are text, so they can be sorted, and tuples are lists.
    canonical = json.dumps(json.loads(json.dumps(value)), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:DIGITS_PER_PART]


def _part(digest: str, number: int) -> str:
    return digest[number * DIGITS_PER_PART : (number + 1) * DIGITS_PER_PART]


def _difference(part: str, own: object, theirs: object) -> str:
    if theirs is None:
        return f"{part} differ" if part.endswith("s") else f"{part} differs"
    return (
        f"{part} is {own!r} here and {theirs!r} there" if part == "device" else f"{part} {own} here and {theirs} there"
    )


@attrs.frozen(kw_only=True)
class Page(Generic[Row]):
    """One page of a listing of jobs or devices. ``next`` is the call for the page after it, None on the last."""

    records: Sequence[Row]
    next: Call[Page[Row]] | None = None


class Service(ABC):
    """One vendor API. Instances hold no state."""

    name: ClassVar[str]
    alias: ClassVar[str | None] = None
    base_url: ClassVar[str]
    #: Environment variables for the key and for another base URL.
    key_variable: ClassVar[str]
    url_variable: ClassVar[str]
    #: Looked at before ``url_variable``, where that one is shared with another service of the vendor.
    own_url_variable: ClassVar[str | None] = None
    #: Whether ``results`` knows ``aggregation=``.
    aggregates: ClassVar[bool] = False
    #: The package of its generated client, where it has one with a ``connect``.
    bindings: ClassVar[str | None] = None
    #: The vendor's words for where a job stands; any other word is UNKNOWN.
    status_words: ClassVar[Mapping[str, JobStatus]]
    #: Program formats that it takes.
    formats: ClassVar[Sequence[str]]
    #: The documented rate limit, where there is one.
    rate_limit: ClassVar[RateLimit | None] = None
    #: How many ids one bulk request takes; 0 where the API has no such request.
    status_chunk: ClassVar[int] = 0
    bulk_chunk: ClassVar[int] = 0

    # What every service has.

    @abstractmethod
    def headers(self, api_key: str) -> Mapping[str, str]:
        """The headers that authenticate, made once for each client."""

    @abstractmethod
    def read_error(self, body: Any) -> ErrorDetails:
        """What the JSON body of an error answer says."""

    @abstractmethod
    def create(self, submission: Submission) -> Call[JobRecord]:
        """Submit. The record may be partial, its id is never missing; reading raises ResponseError without one.

        Raises UnsupportedError for a program format that it does not take, before anything is sent.
        """

    @abstractmethod
    def get(self, job_id: str) -> Call[JobRecord]:
        """The job as it is now."""

    @abstractmethod
    def jobs(
        self,
        *,
        vendor_status: str | None = None,
        device: str | None = None,
        tags: Mapping[str, str | int | float | bool] | None = None,
        limit: int | None = None,
    ) -> Call[Page[JobRecord]]:
        """The first page of all jobs, newest first. A filter that the API lacks, other than the status, is left aside;
        pages hold at most ``limit`` jobs, where the API lets choose."""

    @abstractmethod
    async def results(
        self, ask: Ask, record: JobRecord, *, memory: bool = False, aggregation: str | None = None
    ) -> list[Result]:
        """The results of a completed job, one per circuit in the order of submission, from the source that the vendor
        presents as the job's result.

        ``record`` may be partial (from a submission or a listing); what it lacks is read anew here. ``memory`` asks
        for every shot where the vendor gives them. ``aggregation`` asks for one method of error mitigation by the
        vendor's word, ``"raw"`` for what was measured; it is given only where ``aggregates`` is set. Raises
        UnsupportedError where there is no such result, and what ``ask`` raises.
        """

    @abstractmethod
    def cancel(self, job_id: str) -> Call[None]:
        """Ask for the job to be cancelled."""

    # What a service may lack.

    def kept_tags(self, tags: Mapping[str, str | int | float | bool]) -> Mapping[str, str | int | float | bool]:
        """A caller's tags as the service keeps them."""
        return tags

    def search(self, idempotency_key: str) -> Call[Page[JobRecord]] | None:
        """The first page of the jobs that have this idempotency key; None where the API has no such filter, and all
        jobs are looked through."""
        return None

    def delete(self, job_id: str) -> Call[None]:
        """Remove the job and its data."""
        raise self.lacks("deleting jobs")

    def statuses(self, job_ids: Sequence[str]) -> Call[Page[JobRecord]] | None:
        """One bulk status request for at most ``status_chunk`` ids; None where the API has none."""
        return None

    def listings(self) -> Sequence[Call[Page[JobRecord]]]:
        """For services without ``statuses``: where followed jobs are found, first those that run, last those that
        ended."""
        return [self.jobs()]

    def cancel_many(self, job_ids: Sequence[str]) -> Call[Mapping[str, str | None]] | None:
        """One request for at most ``bulk_chunk`` ids: by id, None or why it failed. None where the API has none."""
        return None

    def delete_many(self, job_ids: Sequence[str]) -> Call[Mapping[str, str | None]] | None:
        """One request for at most ``bulk_chunk`` ids: by id, None or why it failed. None where the API has none."""
        return None

    def program(self, record: JobRecord) -> Call[list[Program]]:
        """The program as it was submitted."""
        raise self.lacks("reading a job's program back", "keep the program when you submit it")

    def compiled_program(self, record: JobRecord) -> Call[list[Program]]:
        """The program as it ran."""
        raise self.lacks("reading a job's compiled program", "a job on IonQ v0.4 or qBraid can have one")

    def cost(self, record: JobRecord) -> Call[Cost | None] | None:
        """A request for the cost; None where it stands in the record."""
        return None

    def devices(self) -> Call[Page[Device]]:
        """The first page of all machines and simulators."""
        raise self.lacks("listing devices", "name the device that you know of")

    def is_calibrated(self, device: str) -> bool:
        """Whether ``devices`` tells which calibration this device has."""
        return False

    def estimate(
        self, *, program: Program | None, device: str, shots: int | None, options: Mapping[str, Any]
    ) -> Call[Estimate]:
        """What a job would cost. Raises UsageError for an option that it does not know, or one that is given twice."""
        raise self.lacks("estimating costs", "see what an earlier job like it cost: job.cost()")

    def estimate_of(self, submission: Submission, program: Program) -> Call[Estimate]:
        """What one circuit of a submission would cost."""
        return self.estimate(program=program, device=submission.device, shots=submission.shots, options={})

    def catalogue_price(self, device: Device, shots: int | None) -> Cost | None:
        """What one circuit on the device costs by the prices that ``devices`` gives; None where it gives none."""
        return None

    def base_url_for(self, url: str) -> str:
        """The base URL to use where ``url_variable``, which another service may share, holds ``url``."""
        return url

    def status_of(self, word: str | None) -> JobStatus:
        """Our status for the vendor's word."""
        return self.status_words.get(word or "", JobStatus.UNKNOWN)

    def words_for(self, status: JobStatus) -> list[str]:
        """The vendor's words for one of our statuses."""
        return [word for word, unified in self.status_words.items() if unified is status]

    def connect_bindings(self, api_key: str, *, asynchronous: bool, **arguments: Any) -> Any:
        """The generated client with this key; ``arguments`` are those of the bindings' own ``connect``."""
        if self.bindings is None:
            raise UnsupportedError(f"{self.name} brings no generated client")
        bindings = import_module(self.bindings)
        connect = bindings.connect_async if asynchronous else bindings.connect
        return connect(api_key, **arguments)

    def lacks(self, what: str, instead: str | None = None) -> UnsupportedError:
        """The error for something that this API does not have."""
        return UnsupportedError(f"{self.name} has no way of {what}" + (f"; {instead}" if instead else ""))
