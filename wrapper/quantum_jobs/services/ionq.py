"""What IonQ's two API versions have in common: key, errors, listings, metadata, options, circuits of a job.

Cursors lead through listings, and nothing can be searched for, so an idempotency key is found by looking through them.
How outcomes are written stands in ``ionq_outcomes``.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from quantum_jobs import programs
from quantum_jobs.errors import NotFoundError, ResponseError, UsageError
from quantum_jobs.http.messages import PAGE_ANSWER, Call, call
from quantum_jobs.model import Device, JobRecord, Result
from quantum_jobs.services import reading
from quantum_jobs.services.base import OWN_TAGS, Ask, ErrorDetails, Page, Service, Submission
from quantum_jobs.services.ionq_outcomes import own_registers
from quantum_jobs.text import printable

if TYPE_CHECKING:
    from quantum_apis._runtime.requests import Request

#: The tag under which the shots of a submission travel: the ideal simulator leaves them out of its jobs.
SHOTS_TAG = OWN_TAGS + "shots"
#: The tag under which IonQ's other clients write them.
SHOTS_TAG_OF_OTHERS = "shots"
#: What the service takes where a submission names no shots: the default that its description documents.
DEFAULT_SHOTS = 100
#: The last part of a base URL: the versions of IonQ's API that one environment variable may stand for.
_VERSIONS = ("v0.3", "v0.4")
#: How often the next page of a bulk status request is followed: one that ignores the ids would lead through all jobs.
_MOST_PAGES = 4
#: How many ids one status request holds: a page has at most 25 jobs.
STATUS_CHUNK = 25
#: How many ids one bulk cancel or delete holds. No limit is documented.
BULK_CHUNK = 100


@attrs.frozen(kw_only=True)
class Operations:
    """How one version's bindings build requests."""

    get: Callable[[str], Request]
    jobs: Callable[..., Request]
    cancel: Callable[[str], Request]
    delete: Callable[[str], Request]
    cancel_many: Callable[[list[str]], Request]
    delete_many: Callable[[list[str]], Request]
    devices: Callable[[], Request]


class IonqService(Service):
    """What is the same in both versions of the API."""

    key_variable: ClassVar[str] = "IONQ_API_KEY"
    url_variable: ClassVar[str] = "IONQ_API_URL"
    status_chunk: ClassVar[int] = STATUS_CHUNK
    bulk_chunk: ClassVar[int] = BULK_CHUNK
    operations: ClassVar[Operations]
    #: The query parameter for the ids in a bulk status request.
    ids_parameter: ClassVar[str]
    lists_by_device: ClassVar[bool] = False
    #: A device's statuses in which it takes jobs.
    online_statuses: ClassVar[Sequence[str]] = ("available",)

    @abstractmethod
    def record(self, body: object) -> JobRecord:
        """A job in full, from a listing, or as a submission is answered."""

    @abstractmethod
    def device(self, raw: Mapping[str, Any]) -> Device:
        """One machine or simulator."""

    def _device(
        self,
        raw: Mapping[str, Any],
        name: object,
        status: object,
        num_qubits: object,
        queue_time: object,
        calibration: object,
    ) -> Device:
        """A device out of its parts; its newest calibration is told by id, or by a path that ends with it."""
        known, word = reading.text(name) or "", reading.text(status)
        return Device(
            id=known,
            service=self.name,
            name=known,
            status=word,
            online=None if word is None else word in self.online_statuses,
            simulator=known.startswith("simulator"),
            num_qubits=reading.integer(num_qubits),
            queue_time=reading.milliseconds(queue_time),
            calibration_id=(reading.text(calibration) or "").rpartition("/")[2] or None,
            raw=raw,
        )

    def is_calibrated(self, device: str) -> bool:
        return device.startswith("qpu")

    def headers(self, api_key: str) -> Mapping[str, str]:
        # The literal word apiKey comes before the key.
        return {"Authorization": f"apiKey {api_key}"}

    def base_url_for(self, url: str) -> str:
        # IONQ_API_URL is shared by both versions, so it may end with the other one.
        start, slash, last = url.rpartition("/")
        is_host = start.endswith("/")
        return f"{start}{slash}{self.base_url.rpartition('/')[2]}" if last in _VERSIONS and not is_host else url

    def read_error(self, body: Any) -> ErrorDetails:
        # {error, message, statusCode, validation?}
        error = reading.json_object(body)
        kind, message = reading.text(error.get("error")), reading.text(error.get("message"))
        keys = reading.texts(reading.items(error.get("validation")).get("keys"))
        where = f" (at {', '.join(keys)})" if keys else ""
        return ErrorDetails((message or kind or "") + where or None, kind)

    def kept_tags(self, tags: Mapping[str, str | int | float | bool]) -> Mapping[str, str | int | float | bool]:
        return texts(tags)

    def get(self, job_id: str) -> Call[JobRecord]:
        return call(self.operations.get(job_id), self.record, about=job_id)

    def jobs(
        self,
        *,
        vendor_status: str | None = None,
        device: str | None = None,
        tags: Mapping[str, str | int | float | bool] | None = None,
        limit: int | None = None,
    ) -> Call[Page[JobRecord]]:
        size = STATUS_CHUNK if limit is None else max(1, min(limit, STATUS_CHUNK))
        filters = {"status": vendor_status, "target": device if self.lists_by_device else None}
        return self._listing({"limit": size, **{name: value for name, value in filters.items() if value is not None}})

    def statuses(self, job_ids: Sequence[str]) -> Call[Page[JobRecord]] | None:
        return self._listing({self.ids_parameter: list(job_ids), "limit": STATUS_CHUNK})

    def _listing(self, parameters: Mapping[str, Any]) -> Call[Page[JobRecord]]:
        def read(body: Any) -> Page[JobRecord]:
            answer = reading.json_object(body)
            records = reading.records(answer.get("jobs"), self.record)
            cursor = reading.text(answer.get("next"))
            more = self._listing({**parameters, "next_": cursor}) if cursor and answer["jobs"] else None
            return Page(records=records, next=more)

        return call(self.operations.jobs(**parameters), read, max_body=PAGE_ANSWER)

    def cancel(self, job_id: str) -> Call[None]:
        return call(self.operations.cancel(job_id), reading.acknowledged(job_id, "id"))

    def delete(self, job_id: str) -> Call[None]:
        return call(self.operations.delete(job_id), reading.acknowledged(job_id, "id"))

    def cancel_many(self, job_ids: Sequence[str]) -> Call[Mapping[str, str | None]] | None:
        return call(self.operations.cancel_many(list(job_ids)), _ids_done)

    def delete_many(self, job_ids: Sequence[str]) -> Call[Mapping[str, str | None]] | None:
        return call(self.operations.delete_many(list(job_ids)), _ids_done)

    def devices(self) -> Call[Page[Device]]:
        def read(body: Any) -> Page[Device]:
            if not isinstance(body, list):
                raise TypeError(f"expected the list of backends, got {type(body).__name__}")
            return Page(records=[self.device(raw) for raw in body if isinstance(raw, Mapping)])

        return call(self.operations.devices(), read, max_body=PAGE_ANSWER)


def _ids_done(body: Any) -> Mapping[str, str | None]:
    return dict.fromkeys(reading.texts(reading.json_object(body).get("ids")))


def metadata(submission: Submission) -> dict[str, str]:
    """The caller's tags, and what of the submission has to come back with the job; IonQ takes strings only."""
    return {
        **texts(submission.tags),
        **submission.own_tags,
        SHOTS_TAG: str(DEFAULT_SHOTS if submission.shots is None else submission.shots),
    }


def texts(tags: Mapping[str, str | int | float | bool]) -> dict[str, str]:
    """Tags as IonQ keeps them."""
    return {key: _as_text(value) for key, value in tags.items()}


def shots_of(sent: object, metadata: object) -> int | None:
    """A job's shots: the vendor's, else those that this client wrote into the metadata, else those of IonQ's other
    clients."""
    written = reading.items(metadata)
    candidates = map(reading.integer, (sent, written.get(SHOTS_TAG), written.get(SHOTS_TAG_OF_OTHERS)))
    return next((shots for shots in candidates if shots is not None and shots > 0), None)


def _as_text(value: str | int | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


#: Fields of the body that have an argument of their own: given twice, nobody would know which holds.
_ARGUMENTS = {"shots": "shots", "backend": "device", "target": "device", "name": "name", "input": "program"}


def merged(body: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """The body with a caller's options in it, objects merged into objects. Our own metadata always stays."""
    for key in options:
        if key in _ARGUMENTS:
            raise UsageError(f"options has {key!r}: say it with the argument {_ARGUMENTS[key]}= of submit")
    own = {key: tag for key, tag in body["metadata"].items() if key.startswith(OWN_TAGS)}
    result: dict[str, Any] = _merged(body, options)
    return {**result, "metadata": {**reading.items(result["metadata"]), **own}}


def _merged(old: Any, new: Any) -> Any:
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return new
    return {**old, **{key: _merged(old.get(key), value) for key, value in new.items()}}


async def circuits(service: Service, ask: Ask, record: JobRecord) -> list[JobRecord]:
    """The jobs of one circuit each that make up a job of several, in the order of its circuits, with the shots of the
    whole where they have none of their own. Read in bulk; those that a bulk answer leaves out are read one by one."""
    ids = list(dict.fromkeys(record.child_ids))
    found: dict[str, JobRecord] = {}
    chunks = [ids[start : start + STATUS_CHUNK] for start in range(0, len(ids), STATUS_CHUNK)]
    calls = [call for call in map(service.statuses, chunks) if call is not None]
    for _ in range(_MOST_PAGES):
        pages: list[Page[JobRecord]] = await ask.together(calls)
        found.update((child.id, child) for page in pages for child in page.records)
        calls = [page.next for page in pages if page.next is not None]
        if not calls or all(job_id in found for job_id in ids):
            break
    missing = [job_id for job_id in ids if job_id not in found]
    found.update(zip(missing, await ask.together([service.get(job_id) for job_id in missing]), strict=True))
    return [with_shots_of(found[job_id], record.shots) for job_id in record.child_ids]


async def parent_of(service: Service, ask: Ask, record: JobRecord) -> JobRecord | None:
    """The job that a circuit was submitted in, which has its shots and what it measures; None where there is none."""
    if record.parent_id is None:
        return None
    try:
        return await ask(service.get(record.parent_id))
    except NotFoundError:  # deleted: then nobody knows any more
        return None


def with_shots_of(record: JobRecord, shots: int | None) -> JobRecord:
    """The record, with these shots where it has none of its own."""
    return record if record.shots is not None else attrs.evolve(record, shots=shots)


def over_classical_bits(record: JobRecord, parent: JobRecord | None, found: Sequence[Result]) -> list[Result]:
    """A job's results over its programs' classical bits, where these were sent as circuits that have only qubits and
    the metadata tell what they measured. Results that have the program's registers already are left as they are.

    ``parent`` is the job that this one is a circuit of. Raises ResponseError where the metadata make no sense.
    """
    text = reading.text(reading.items((parent or record).raw.get("metadata")).get(programs.MEASURED_TAG))
    if text is None:
        return list(found)
    try:
        parts = programs.measured_of(text)
        if parent is not None and record.id in parent.child_ids and len(parts) == len(parent.child_ids):
            parts = [parts[list(parent.child_ids).index(record.id)]]
        if len(parts) != len(found):
            raise ValueError(f"they are about {len(parts)} circuits, and there are {len(found)} results")
        return [_over_classical_bits(measured, result) for measured, result in zip(parts, found, strict=True)]
    except ValueError as error:
        complaint = f"{record.ref}: its metadata do not tell what its circuits measured: {printable(str(error))}"
    raise ResponseError(complaint, service=record.service)


def _over_classical_bits(measured: programs.Measured | None, result: Result) -> Result:
    if measured is None or own_registers(result.registers):
        return result
    over = measured.result(result)
    return attrs.evolve(over, registers={**over.registers, **result.registers})
