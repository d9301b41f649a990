"""An IonQ v0.4 on loopback whose jobs are over at once."""

from __future__ import annotations

import itertools
import threading
from datetime import UTC, datetime
from typing import Any

import quantum_jobs

from tests.loopback import Answer, Asked, Loopback

API_KEY = "a-secret-key"
#: Seconds for which an unclear submission is looked up.
CONFIRMATION_TIMEOUT = 0.2


class Ionq:
    """``jobs`` holds what was really made, by id."""

    def __init__(self, server: Loopback) -> None:
        self.server = server
        self.jobs: dict[str, dict[str, Any]] = {}
        #: What is answered to a POST in place of the job that was made.
        self.answer: Answer | None = None
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        server.fallback = self._answer

    @property
    def url(self) -> str:
        return f"{self.server.origin}/v0.4"

    def connect(self, store: Any, **more: Any) -> quantum_jobs.Client:
        return quantum_jobs.connect("ionq", **self.arguments(store, **more))

    def arguments(self, store: Any, **more: Any) -> dict[str, Any]:
        given = {"api_key": API_KEY, "base_url": self.url, "confirmation_timeout": CONFIRMATION_TIMEOUT}
        return {**given, "store": store, **more}

    def asked(self, method: str = "") -> list[str]:
        """The paths of requests."""
        return [asked.path for asked in self.server.asked if asked.method.startswith(method)]

    def ids_by_key(self) -> dict[str, list[str]]:
        """The ids of the jobs that were made, by idempotency key."""
        found: dict[str, list[str]] = {}
        for job_id, job in self.jobs.items():
            found.setdefault(job["metadata"]["quantum_jobs_idempotency_key"], []).append(job_id)
        return found

    def _answer(self, asked: Asked) -> Answer:
        path = asked.path.removeprefix("/v0.4")
        if asked.method == "POST":
            with self._lock:
                job_id = f"job-{next(self._numbers)}"
                self.jobs[job_id] = {**asked.json, "id": job_id, "status": "completed"}
            return self.answer or Answer({"id": job_id, "status": "submitted"}, 201)
        if path == "/jobs":
            return Answer({"jobs": [self._shown(job_id) for job_id in reversed(list(self.jobs))], "next": None})
        if path == "/backends":
            return Answer([{"backend": "qpu.forte-1", "status": "available", "characterization_id": "of-today"}])
        if path.endswith("/artifacts/h"):
            return Answer({"1": 1.0})
        job_id = path.removeprefix("/jobs/").removesuffix("/cost")
        if job_id not in self.jobs:
            return Answer({"error": "Not Found", "message": "no such job", "statusCode": 404}, 404)
        if path.endswith("/cost"):
            return Answer({"estimated_cost": {"unit": "usd", "value": 1}, "cost": {"unit": "usd", "value": 0.97}})
        return Answer(self._shown(job_id))

    def _shown(self, job_id: str) -> dict[str, Any]:
        kind = "ionq.result.probabilities.json.v1"
        results = {kind: {"id": "h", "format": kind, "media_type": "application/json"}}
        ended = datetime.now(UTC).isoformat()
        return {**self.jobs[job_id], "results": results, "stats": {"qubits": 1}, "completed_at": ended}
