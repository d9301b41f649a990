# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""One module per operation, each with `build_request`, `parse`, `sync`, `asyncio` and more; and the same operations as
methods of a client. A module is loaded when it is first needed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from ...._runtime import groups as _groups
from ...types import UNSET

if TYPE_CHECKING:
    from ...client import AsyncClient, Client, Timeout
    from ...models.error import Error
    from ...models.get_jobs_response import GetJobsResponse
    from ...models.job import Job
    from ...models.job_canceled_response import JobCanceledResponse
    from ...models.job_creation_payload import JobCreationPayload
    from ...models.job_creation_response import JobCreationResponse
    from ...models.job_deleted_response import JobDeletedResponse
    from ...models.job_results import JobResults
    from ...models.job_status import JobStatus
    from ...models.jobs_bulk_operation_request import JobsBulkOperationRequest
    from ...models.jobs_canceled_response import JobsCanceledResponse
    from ...models.jobs_deleted_response import JobsDeletedResponse
    from ...types import Response, Unset


class JobsOperations:
    """The operations of this group, as a client has them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_jobs(
        self,
        *,
        id: list[str] | Unset = UNSET,
        status: JobStatus | Unset = UNSET,
        submitter_id: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        next_: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetJobsResponse:
        """List jobs

        Lists the jobs that the key may see, page by page.

        Args:
            id (list[str] | Unset): Only jobs with one of these ids; the key is repeated for each.
            status (JobStatus | Unset): Only jobs in this state.
            submitter_id (str | Unset): Only jobs submitted by this member of the project.
            limit (int | Unset): Most jobs on one page.
            next_ (str | Unset): Cursor from the page before.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetJobsResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .get_jobs import sync

        return sync(
            id=id,
            status=status,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_jobs_detailed(
        self,
        *,
        id: list[str] | Unset = UNSET,
        status: JobStatus | Unset = UNSET,
        submitter_id: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        next_: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[Error | GetJobsResponse]:
        """The same as `get_jobs` with status and headers; a documented error is read and not raised."""
        from .get_jobs import sync_detailed

        return sync_detailed(
            id=id,
            status=status,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_jobs_pages(
        self,
        *,
        id: list[str] | Unset = UNSET,
        status: JobStatus | Unset = UNSET,
        submitter_id: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        next_: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Iterator[GetJobsResponse]:
        """Every page, from the one asked for to the last; arguments as for `get_jobs`. A page is fetched when it is
        asked for."""
        from .get_jobs import sync_pages

        return sync_pages(
            id=id,
            status=status,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def create_job(
        self,
        *,
        body: JobCreationPayload,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> JobCreationResponse:
        """Create a job

        Submits one program, of one circuit or of several.

        Args:
            body (JobCreationPayload): A job to submit.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            JobCreationResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .create_job import sync

        return sync(body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def create_job_detailed(
        self,
        *,
        body: JobCreationPayload,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[Error | JobCreationResponse]:
        """The same as `create_job` with status and headers; a documented error is read and not raised."""
        from .create_job import sync_detailed

        return sync_detailed(body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def delete_jobs(
        self,
        *,
        body: JobsBulkOperationRequest,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> JobsDeletedResponse:
        """Delete several jobs

        Removes jobs and their results for good.

        Args:
            body (JobsBulkOperationRequest): Names the jobs that something is done to.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            JobsDeletedResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .delete_jobs import sync

        return sync(body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def delete_jobs_detailed(
        self,
        *,
        body: JobsBulkOperationRequest,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[Error | JobsDeletedResponse]:
        """The same as `delete_jobs` with status and headers; a documented error is read and not raised."""
        from .delete_jobs import sync_detailed

        return sync_detailed(body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def cancel_jobs(
        self,
        *,
        body: JobsBulkOperationRequest,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> JobsCanceledResponse:
        """Cancel several jobs

        Args:
            body (JobsBulkOperationRequest): Names the jobs that something is done to.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            JobsCanceledResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .cancel_jobs import sync

        return sync(body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def cancel_jobs_detailed(
        self,
        *,
        body: JobsBulkOperationRequest,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[Error | JobsCanceledResponse]:
        """The same as `cancel_jobs` with status and headers; a documented error is read and not raised."""
        from .cancel_jobs import sync_detailed

        return sync_detailed(body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job(
        self,
        uuid: str,
        *,
        exclude: list[str] | Unset = UNSET,
        include: list[str] | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Job:
        """Get a job

        Args:
            uuid (str): Id of the job.
            exclude (list[str] | Unset): Names of fields to leave out of the answer, joined by commas.
            include (list[str] | Unset): Names of the only fields to answer with, joined by commas.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            Job

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_job import sync

        return sync(
            uuid, exclude=exclude, include=include, client=self._client, timeout=timeout, extra_headers=extra_headers
        )

    def get_job_detailed(
        self,
        uuid: str,
        *,
        exclude: list[str] | Unset = UNSET,
        include: list[str] | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[Error | Job]:
        """The same as `get_job` with status and headers; a documented error is read and not raised."""
        from .get_job import sync_detailed

        return sync_detailed(
            uuid, exclude=exclude, include=include, client=self._client, timeout=timeout, extra_headers=extra_headers
        )

    def delete_job(
        self,
        uuid: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> JobDeletedResponse:
        """Delete a job

        Removes a job and its results for good.

        Args:
            uuid (str): Id of the job.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            JobDeletedResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .delete_job import sync

        return sync(uuid, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def delete_job_detailed(
        self,
        uuid: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[Error | JobDeletedResponse]:
        """The same as `delete_job` with status and headers; a documented error is read and not raised."""
        from .delete_job import sync_detailed

        return sync_detailed(uuid, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job_results(
        self,
        uuid: str,
        *,
        sharpen: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> JobResults:
        """Get the results of a job

        Gives the distribution of a completed job, for a job of several circuits one per child job.

        Args:
            uuid (str): Id of the job.
            sharpen (bool | Unset): Combine the runs of a debiased job by vote instead of by average.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            JobResults

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_job_results import sync

        return sync(uuid, sharpen=sharpen, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job_results_detailed(
        self,
        uuid: str,
        *,
        sharpen: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[Error | JobResults]:
        """The same as `get_job_results` with status and headers; a documented error is read and not raised."""
        from .get_job_results import sync_detailed

        return sync_detailed(uuid, sharpen=sharpen, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def cancel_job(
        self,
        uuid: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> JobCanceledResponse:
        """Cancel a job

        Args:
            uuid (str): Id of the job.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            JobCanceledResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .cancel_job import sync

        return sync(uuid, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def cancel_job_detailed(
        self,
        uuid: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[Error | JobCanceledResponse]:
        """The same as `cancel_job` with status and headers; a documented error is read and not raised."""
        from .cancel_job import sync_detailed

        return sync_detailed(uuid, client=self._client, timeout=timeout, extra_headers=extra_headers)


class AsyncJobsOperations:
    """The same, awaitable: each method takes what its sync twin takes. Pages are read with `async for`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    get_jobs = _groups.awaitable(JobsOperations.get_jobs, "get_jobs", "asyncio")
    get_jobs_detailed = _groups.awaitable(JobsOperations.get_jobs_detailed, "get_jobs", "asyncio_detailed")
    get_jobs_pages = _groups.async_pages(JobsOperations.get_jobs_pages, "get_jobs", "asyncio_pages")

    create_job = _groups.awaitable(JobsOperations.create_job, "create_job", "asyncio")
    create_job_detailed = _groups.awaitable(JobsOperations.create_job_detailed, "create_job", "asyncio_detailed")

    delete_jobs = _groups.awaitable(JobsOperations.delete_jobs, "delete_jobs", "asyncio")
    delete_jobs_detailed = _groups.awaitable(JobsOperations.delete_jobs_detailed, "delete_jobs", "asyncio_detailed")

    cancel_jobs = _groups.awaitable(JobsOperations.cancel_jobs, "cancel_jobs", "asyncio")
    cancel_jobs_detailed = _groups.awaitable(JobsOperations.cancel_jobs_detailed, "cancel_jobs", "asyncio_detailed")

    get_job = _groups.awaitable(JobsOperations.get_job, "get_job", "asyncio")
    get_job_detailed = _groups.awaitable(JobsOperations.get_job_detailed, "get_job", "asyncio_detailed")

    delete_job = _groups.awaitable(JobsOperations.delete_job, "delete_job", "asyncio")
    delete_job_detailed = _groups.awaitable(JobsOperations.delete_job_detailed, "delete_job", "asyncio_detailed")

    get_job_results = _groups.awaitable(JobsOperations.get_job_results, "get_job_results", "asyncio")
    get_job_results_detailed = _groups.awaitable(
        JobsOperations.get_job_results_detailed, "get_job_results", "asyncio_detailed"
    )

    cancel_job = _groups.awaitable(JobsOperations.cancel_job, "cancel_job", "asyncio")
    cancel_job_detailed = _groups.awaitable(JobsOperations.cancel_job_detailed, "cancel_job", "asyncio_detailed")
