"""A service of one's own in sixty lines: an imaginary vendor whose API is as small as one can be.

``POST /runs`` takes ``{text, machine, shots, label}`` and answers ``{run}``; ``GET /runs/<run>`` tells
``{run, state, label, counts}``; ``GET /runs`` lists them; ``POST /runs/<run>/stop`` stops one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from quantum_jobs.model import JobRecord, JobStatus, Result
from quantum_jobs.programs import QASM3, refuse
from quantum_jobs.services import outcomes, reading
from quantum_jobs.services.base import Ask, Call, ErrorDetails, Page, Service, Submission


class Example(Service):
    """The imaginary vendor's API."""

    name: ClassVar[str] = "example-v1"
    alias: ClassVar[str | None] = "example"
    base_url: ClassVar[str] = "https://api.example.com"
    key_variable: ClassVar[str] = "EXAMPLE_API_KEY"
    url_variable: ClassVar[str] = "EXAMPLE_API_URL"
    formats: ClassVar[Sequence[str]] = (QASM3,)
    status_words: ClassVar[Mapping[str, JobStatus]] = {
        "new": JobStatus.QUEUED,
        "busy": JobStatus.RUNNING,
        "done": JobStatus.COMPLETED,
        "stopped": JobStatus.CANCELLED,
    }

    def headers(self, api_key: str) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {api_key}"}

    def read_error(self, body: Any) -> ErrorDetails:
        return ErrorDetails(reading.text(reading.json_object(body).get("problem")))

    def create(self, submission: Submission) -> Call[JobRecord]:
        (program,) = submission.programs
        if program.format not in self.formats:
            raise refuse(program, self.name, self.formats)
        body = {
            "text": program.data,
            "machine": submission.device,
            "shots": submission.shots,
            "label": submission.idempotency_key,
        }
        return Call(operation="start", method="POST", url="/runs", json=body, read=self._record)

    def get(self, job_id: str) -> Call[JobRecord]:
        return Call(operation="read", method="GET", url=f"/runs/{job_id}", read=self._record)

    def jobs(
        self,
        *,
        vendor_status: str | None = None,
        device: str | None = None,
        tags: Mapping[str, str | int | bool] | None = None,
        limit: int | None = None,
    ) -> Call[Page[JobRecord]]:
        def read(body: Any) -> Page[JobRecord]:
            return Page(records=reading.records(reading.json_object(body).get("runs"), self._record))

        params = {} if vendor_status is None else {"state": vendor_status}
        return Call(operation="list", method="GET", url="/runs", params=params, read=read)

    def search(self, idempotency_key: str) -> Call[Page[JobRecord]]:
        return self.jobs()

    async def results(
        self, ask: Ask, record: JobRecord, *, memory: bool = False, aggregation: str | None = None
    ) -> list[Result]:
        def read(body: Any) -> list[Result]:
            counts = outcomes.bit_outcomes(reading.json_object(body).get("counts"))
            return [outcomes.from_counts(counts, body)]

        return await ask(Call(operation="read", method="GET", url=f"/runs/{record.id}", read=read))

    def cancel(self, job_id: str) -> Call[None]:
        return Call(
            operation="stop", method="POST", url=f"/runs/{job_id}/stop", read=reading.acknowledged(job_id, "run")
        )

    def _record(self, body: object) -> JobRecord:
        raw = reading.json_object(body)
        key = reading.text(raw.get("label"))
        return reading.record(self, raw, id_key="run", status=raw.get("state"), idempotency_key=key)


SERVICE = Example()
