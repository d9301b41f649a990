"""What a type checker, and so an editor, knows of the bindings. Never run: mypy reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import assert_type

import httpx
from quantum_apis import ionq_v0_4, qbraid_v2
from quantum_apis.ionq_v0_4.api.jobs import get_jobs
from quantum_apis.ionq_v0_4.errors import NotFoundError, RateLimitError, UnexpectedStatus
from quantum_apis.ionq_v0_4.models import BadRequestError, BaseJob, Error, GetJobsResponse, JobStatus
from quantum_apis.ionq_v0_4.types import RawResponse, Request, Response
from quantum_apis.qbraid_v2.models import GetJobResponse, RuntimeJob


def connecting(sync: httpx.BaseTransport, asynchronous: httpx.AsyncBaseTransport) -> None:
    assert_type(ionq_v0_4.connect(), ionq_v0_4.Client)
    assert_type(ionq_v0_4.connect("key", "https://own.example", timeout=None, transport=sync), ionq_v0_4.Client)
    assert_type(ionq_v0_4.connect_async(timeout=httpx.Timeout(3), transport=asynchronous), ionq_v0_4.AsyncClient)
    ionq_v0_4.connect(transport=asynchronous)  # type: ignore[arg-type]
    with qbraid_v2.connect() as client:
        assert_type(client, qbraid_v2.Client)


def calling(client: ionq_v0_4.Client) -> None:
    page = client.jobs.get_jobs(limit=5, status=JobStatus.READY, timeout=3, extra_headers={"a": "b"})
    assert_type(page, GetJobsResponse)
    assert_type(page.jobs, list[BaseJob])
    assert_type(page.next_, str | None)
    assert_type(client.jobs.get_jobs_pages(limit=5), Iterator[GetJobsResponse])
    assert_type(client.jobs.get_jobs_detailed().status_code, int)
    assert_type(get_jobs.sync(client=client), GetJobsResponse)
    client.jobs.get_jobs(limit="5")  # type: ignore[arg-type]
    client.jobs.get_job()  # type: ignore[call-arg]
    client.jobs.get_jbo("a")  # type: ignore[attr-defined]


async def awaiting(client: qbraid_v2.AsyncClient) -> None:
    answer = await client.jobs.get_job("a")
    assert_type(answer, GetJobResponse)
    assert_type(answer.data, RuntimeJob)
    async for page in client.jobs.get_jobs_pages():
        assert_type(page.data, list[RuntimeJob])


def sending(client: ionq_v0_4.Client, answer: httpx.Response) -> None:
    request = get_jobs.build_request(limit=5)
    assert_type(request, Request)
    raw = client.send(request)
    assert_type(raw, RawResponse)
    assert_type(get_jobs.parse(raw), GetJobsResponse)
    assert_type(get_jobs.parse(answer), GetJobsResponse)
    assert_type(get_jobs.next_page(request, get_jobs.parse(raw)), Request | None)
    detailed = get_jobs.parse_detailed(raw)
    assert_type(detailed, Response[BadRequestError | Error | GetJobsResponse])
    assert_type(detailed.content, bytes)


def failing(error: UnexpectedStatus) -> None:
    match error:
        case NotFoundError() | RateLimitError():
            assert_type(error.status_code, int)


def pages(client: ionq_v0_4.AsyncClient) -> AsyncIterator[GetJobsResponse]:
    return client.jobs.get_jobs_pages()
