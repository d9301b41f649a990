# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
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
    from ...models.cancel_job_response import CancelJobResponse
    from ...models.create_job_response import CreateJobResponse
    from ...models.delete_job_response import DeleteJobResponse
    from ...models.delete_jobs_response import DeleteJobsResponse
    from ...models.error_detail import ErrorDetail
    from ...models.estimate_job_cost_response import EstimateJobCostResponse
    from ...models.get_job_compiled_program_response import GetJobCompiledProgramResponse
    from ...models.get_job_program_response import GetJobProgramResponse
    from ...models.get_job_response import GetJobResponse
    from ...models.get_job_result_response import GetJobResultResponse
    from ...models.get_job_statuses_response import GetJobStatusesResponse
    from ...models.get_jobs_response import GetJobsResponse
    from ...models.job_request import JobRequest
    from ...models.job_status import JobStatus
    from ...models.status_group import StatusGroup
    from ...types import Response, Unset


class JobsOperations:
    """The operations of this group, as a client has them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_jobs(
        self,
        *,
        vendor: str | Unset = UNSET,
        provider: str | Unset = UNSET,
        status_group: StatusGroup | Unset = UNSET,
        status: JobStatus | Unset = UNSET,
        search: str | Unset = UNSET,
        tags: str | Unset = UNSET,
        page: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetJobsResponse:
        """Get All Jobs

        List the caller's jobs, a page at a time.

        Args:
            vendor (str | Unset): Only jobs of this vendor; `all` for every vendor.
            provider (str | Unset): Only jobs of this provider.
            status_group (StatusGroup | Unset): Only jobs that are under way (`pending`) or over (`returned`).
            status (JobStatus | Unset): Only jobs in this status; wins over statusGroup.
            search (str | Unset): Only jobs that match this text.
            tags (str | Unset): Only jobs with these tags, as the text of a JSON object.
            page (int | Unset): Page number, from 1.
            limit (int | Unset): Jobs per page.
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
            vendor=vendor,
            provider=provider,
            status_group=status_group,
            status=status,
            search=search,
            tags=tags,
            page=page,
            limit=limit,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_jobs_detailed(
        self,
        *,
        vendor: str | Unset = UNSET,
        provider: str | Unset = UNSET,
        status_group: StatusGroup | Unset = UNSET,
        status: JobStatus | Unset = UNSET,
        search: str | Unset = UNSET,
        tags: str | Unset = UNSET,
        page: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GetJobsResponse]:
        """The same as `get_jobs` with status and headers; a documented error is read and not raised."""
        from .get_jobs import sync_detailed

        return sync_detailed(
            vendor=vendor,
            provider=provider,
            status_group=status_group,
            status=status,
            search=search,
            tags=tags,
            page=page,
            limit=limit,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_jobs_pages(
        self,
        *,
        vendor: str | Unset = UNSET,
        provider: str | Unset = UNSET,
        status_group: StatusGroup | Unset = UNSET,
        status: JobStatus | Unset = UNSET,
        search: str | Unset = UNSET,
        tags: str | Unset = UNSET,
        page: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Iterator[GetJobsResponse]:
        """Every page, from the one asked for to the last; arguments as for `get_jobs`. A page is fetched when it is
        asked for."""
        from .get_jobs import sync_pages

        return sync_pages(
            vendor=vendor,
            provider=provider,
            status_group=status_group,
            status=status,
            search=search,
            tags=tags,
            page=page,
            limit=limit,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def create_job(
        self,
        *,
        body: JobRequest,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> CreateJobResponse:
        """Create Job

        Submit a program to a device.

        Args:
            body (JobRequest): A job to submit.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            CreateJobResponse

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
        body: JobRequest,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[CreateJobResponse | ErrorDetail]:
        """The same as `create_job` with status and headers; a documented error is read and not raised."""
        from .create_job import sync_detailed

        return sync_detailed(body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def delete_jobs(
        self,
        *,
        qrns: str,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> DeleteJobsResponse:
        """Delete Multiple Jobs

        Delete several jobs at once.

        Args:
            qrns (str): The job QRNs, as the text of a JSON array.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            DeleteJobsResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .delete_jobs import sync

        return sync(qrns=qrns, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def delete_jobs_detailed(
        self,
        *,
        qrns: str,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[DeleteJobsResponse | ErrorDetail]:
        """The same as `delete_jobs` with status and headers; a documented error is read and not raised."""
        from .delete_jobs import sync_detailed

        return sync_detailed(qrns=qrns, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def estimate_job_cost(
        self,
        *,
        device_qrn: str,
        shots: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> EstimateJobCostResponse:
        """Estimate Job Cost

        Quote the price of a job before it is submitted.

        Args:
            device_qrn (str): The device to price.
            shots (int | Unset): Number of shots to price.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            EstimateJobCostResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .estimate_job_cost import sync

        return sync(
            device_qrn=device_qrn, shots=shots, client=self._client, timeout=timeout, extra_headers=extra_headers
        )

    def estimate_job_cost_detailed(
        self,
        *,
        device_qrn: str,
        shots: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | EstimateJobCostResponse]:
        """The same as `estimate_job_cost` with status and headers; a documented error is read and not raised."""
        from .estimate_job_cost import sync_detailed

        return sync_detailed(
            device_qrn=device_qrn, shots=shots, client=self._client, timeout=timeout, extra_headers=extra_headers
        )

    def get_job_statuses(
        self,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetJobStatusesResponse:
        """Get Job Statuses

        Count the caller's jobs by status.

        Args:
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetJobStatusesResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .get_job_statuses import sync

        return sync(client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job_statuses_detailed(
        self,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GetJobStatusesResponse]:
        """The same as `get_job_statuses` with status and headers; a documented error is read and not raised."""
        from .get_job_statuses import sync_detailed

        return sync_detailed(client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job(
        self,
        job_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetJobResponse:
        """Get Job

        Read one job.

        Args:
            job_qrn (str): Resource name (QRN) of the job.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetJobResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_job import sync

        return sync(job_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job_detailed(
        self,
        job_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GetJobResponse]:
        """The same as `get_job` with status and headers; a documented error is read and not raised."""
        from .get_job import sync_detailed

        return sync_detailed(job_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def delete_job(
        self,
        job_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> DeleteJobResponse:
        """Delete Job

        Delete one job.

        Args:
            job_qrn (str): Resource name (QRN) of the job.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            DeleteJobResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .delete_job import sync

        return sync(job_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def delete_job_detailed(
        self,
        job_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[DeleteJobResponse | ErrorDetail]:
        """The same as `delete_job` with status and headers; a documented error is read and not raised."""
        from .delete_job import sync_detailed

        return sync_detailed(job_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def cancel_job(
        self,
        job_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> CancelJobResponse:
        """Cancel Job

        Ask for a job to be cancelled.

        Args:
            job_qrn (str): Resource name (QRN) of the job.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            CancelJobResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .cancel_job import sync

        return sync(job_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def cancel_job_detailed(
        self,
        job_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[CancelJobResponse | ErrorDetail]:
        """The same as `cancel_job` with status and headers; a documented error is read and not raised."""
        from .cancel_job import sync_detailed

        return sync_detailed(job_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job_compiled_program(
        self,
        job_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetJobCompiledProgramResponse:
        """Get Job Compiled Program

        Read the program as it was compiled for the device.

        Args:
            job_qrn (str): Resource name (QRN) of the job.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetJobCompiledProgramResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_job_compiled_program import sync

        return sync(job_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job_compiled_program_detailed(
        self,
        job_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GetJobCompiledProgramResponse]:
        """The same as `get_job_compiled_program` with status and headers; a documented error is read and not raised."""
        from .get_job_compiled_program import sync_detailed

        return sync_detailed(job_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job_program(
        self,
        job_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetJobProgramResponse:
        """Get Job Program

        Read the program that a job was submitted with.

        Args:
            job_qrn (str): Resource name (QRN) of the job.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetJobProgramResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_job_program import sync

        return sync(job_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job_program_detailed(
        self,
        job_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GetJobProgramResponse]:
        """The same as `get_job_program` with status and headers; a documented error is read and not raised."""
        from .get_job_program import sync_detailed

        return sync_detailed(job_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job_result(
        self,
        job_qrn: str,
        *,
        include_measurements: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetJobResultResponse:
        """Get Job Result

        Read the result of a completed job.

        Args:
            job_qrn (str): Resource name (QRN) of the job.
            include_measurements (bool | Unset): Whether to add the rows of single shots, of which there are at most
                100.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetJobResultResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_job_result import sync

        return sync(
            job_qrn,
            include_measurements=include_measurements,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_job_result_detailed(
        self,
        job_qrn: str,
        *,
        include_measurements: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GetJobResultResponse]:
        """The same as `get_job_result` with status and headers; a documented error is read and not raised."""
        from .get_job_result import sync_detailed

        return sync_detailed(
            job_qrn,
            include_measurements=include_measurements,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )


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

    estimate_job_cost = _groups.awaitable(JobsOperations.estimate_job_cost, "estimate_job_cost", "asyncio")
    estimate_job_cost_detailed = _groups.awaitable(
        JobsOperations.estimate_job_cost_detailed, "estimate_job_cost", "asyncio_detailed"
    )

    get_job_statuses = _groups.awaitable(JobsOperations.get_job_statuses, "get_job_statuses", "asyncio")
    get_job_statuses_detailed = _groups.awaitable(
        JobsOperations.get_job_statuses_detailed, "get_job_statuses", "asyncio_detailed"
    )

    get_job = _groups.awaitable(JobsOperations.get_job, "get_job", "asyncio")
    get_job_detailed = _groups.awaitable(JobsOperations.get_job_detailed, "get_job", "asyncio_detailed")

    delete_job = _groups.awaitable(JobsOperations.delete_job, "delete_job", "asyncio")
    delete_job_detailed = _groups.awaitable(JobsOperations.delete_job_detailed, "delete_job", "asyncio_detailed")

    cancel_job = _groups.awaitable(JobsOperations.cancel_job, "cancel_job", "asyncio")
    cancel_job_detailed = _groups.awaitable(JobsOperations.cancel_job_detailed, "cancel_job", "asyncio_detailed")

    get_job_compiled_program = _groups.awaitable(
        JobsOperations.get_job_compiled_program, "get_job_compiled_program", "asyncio"
    )
    get_job_compiled_program_detailed = _groups.awaitable(
        JobsOperations.get_job_compiled_program_detailed, "get_job_compiled_program", "asyncio_detailed"
    )

    get_job_program = _groups.awaitable(JobsOperations.get_job_program, "get_job_program", "asyncio")
    get_job_program_detailed = _groups.awaitable(
        JobsOperations.get_job_program_detailed, "get_job_program", "asyncio_detailed"
    )

    get_job_result = _groups.awaitable(JobsOperations.get_job_result, "get_job_result", "asyncio")
    get_job_result_detailed = _groups.awaitable(
        JobsOperations.get_job_result_detailed, "get_job_result", "asyncio_detailed"
    )
