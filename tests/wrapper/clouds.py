"""Services without a network: the JSON behind each path, and the results that the library makes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import quantum_jobs
from quantum_jobs import Result

BASES = {
    "ionq-v0.4": "https://api.ionq.co/v0.4",
    "ionq-v0.3": "https://api.ionq.co/v0.3",
    "qbraid-v2": "https://api-v2.qbraid.com/api/v1",
}


class Cloud(httpx.MockTransport):
    """``pages`` maps paths below the base URL to JSON, or to an httpx.Response; everything else is 404. A path may end
    with the query that it is for. ``asked`` holds what was asked for."""

    def __init__(self, service: str, pages: Mapping[str, Any]) -> None:
        super().__init__(self._answer)
        self.root = httpx.URL(BASES[service]).path
        self.pages = dict(pages)
        self.asked: list[str] = []
        #: Jobs that bulk answers leave out.
        self.unlisted: set[str] = set()

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix(self.root)
        self.asked.append(path)
        ids = [each for name in ("ids", "id") for each in request.url.params.get_list(name)]
        if path == "/jobs" and ids:
            return httpx.Response(200, json={"jobs": [row for each in ids if (row := self._row(each))], "next": None})
        query = f"{path}?{request.url.query.decode()}"
        page = self.pages.get(query, self.pages.get(path))
        if page is None:
            return httpx.Response(404, json={"error": "Not Found", "message": f"no {path}", "statusCode": 404})
        return page if isinstance(page, httpx.Response) else httpx.Response(200, json=page)

    def _row(self, job_id: str) -> Any:
        """A job as in a listing: rows do not name the jobs of its circuits."""
        job = None if job_id in self.unlisted else self.pages.get(f"/jobs/{job_id}")
        return job and {name: value for name, value in job.items() if name != "child_job_ids"}


def connect(service: str, pages: Mapping[str, Any]) -> tuple[quantum_jobs.Client, Cloud]:
    """A client of a service that holds these pages."""
    cloud = Cloud(service, pages)
    return quantum_jobs.connect(service, api_key="a-key", base_url=BASES[service], transport=cloud), cloud


def results(service: str, pages: Mapping[str, Any], **asking: Any) -> list[Result]:
    """All results of the job ``a``."""
    client, _ = connect(service, pages)
    with client:
        return client.job("a").results(timeout=60, **asking)


def v4_pages(places: Mapping[str, Any], bodies: Mapping[str, Any], **job: Any) -> dict[str, Any]:
    """A completed IonQ v0.4 job ``a`` whose results stand at ``places``; ``bodies`` by path below the job."""
    whole = {
        "id": "a",
        "status": "completed",
        "type": "ionq.circuit.v1",
        "backend": "qpu.forte-1",
        "shots": 100,
        "stats": {"qubits": 3},
        "results": dict(places),
        "child_job_ids": None,
        **job,
    }
    return {"/jobs/a": whole, **{f"/jobs/a/{path}": body for path, body in bodies.items()}}


def v4(
    places: Mapping[str, Any],
    bodies: Mapping[str, Any],
    *,
    memory: bool = False,
    aggregation: str | None = None,
    **job: Any,
) -> Result:
    """The result of such a job."""
    (result,) = results("ionq-v0.4", v4_pages(places, bodies, **job), memory=memory, aggregation=aggregation)
    return result


def artifact(format_: str, id_: str) -> dict[str, Any]:
    """A place of the shape of September 2026, under its format."""
    return {format_: {"id": id_, "format": format_, "media_type": "application/json"}}


def url(kind: str) -> dict[str, Any]:
    """A place of the shape of April 2026, under its kind."""
    return {kind: {"url": f"/v0.4/jobs/a/results/{kind}"}}


def v3(probabilities: Any, **job: Any) -> Result:
    """The result of a completed IonQ v0.3 job."""
    whole = {"id": "a", "status": "completed", "target": "qpu.aria-1", "shots": 100, "qubits": 3, **job}
    whole.setdefault("results_url", "/v0.3/jobs/a/results")
    (result,) = results("ionq-v0.3", {"/jobs/a": whole, "/jobs/a/results": probabilities})
    return result


def qbraid_pages(data: Any) -> dict[str, Any]:
    """A completed qBraid job ``a`` with this in its result's ``data``."""
    job = {"jobQrn": "a", "status": "COMPLETED", "shots": 100, "deviceQrn": "d"}
    return {"/jobs/a": {"success": True, "data": job}, "/jobs/a/result": {"success": True, "data": data}}


def qbraid(result_data: Any, *, memory: bool = False, **job: Any) -> Result:
    """The result of a completed qBraid job."""
    pages = qbraid_pages({"status": "COMPLETED", "resultData": result_data})
    pages["/jobs/a"]["data"] |= job
    (result,) = results("qbraid-v2", pages, memory=memory)
    return result


def example(name: str) -> dict[str, Any]:
    """The answer that a page of a vendor's documentation shows."""
    page = Path(__file__).parent.parent / "data" / f"{name}.json"
    answer: dict[str, Any] = json.loads(page.read_text())["answer"]
    return answer
