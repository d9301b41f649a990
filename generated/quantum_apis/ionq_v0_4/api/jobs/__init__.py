# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
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
    from ...models.bad_request_error import BadRequestError
    from ...models.circuit_job_creation_payload import CircuitJobCreationPayload
    from ...models.clone_job_payload import CloneJobPayload
    from ...models.error import Error
    from ...models.get_job_cost_response import GetJobCostResponse
    from ...models.get_job_estimate_response import GetJobEstimateResponse
    from ...models.get_jobs_response import GetJobsResponse
    from ...models.get_results_response import GetResultsResponse
    from ...models.job_canceled_response import JobCanceledResponse
    from ...models.job_creation_response import JobCreationResponse
    from ...models.job_deleted_response import JobDeletedResponse
    from ...models.job_status import JobStatus
    from ...models.jobs_bulk_operation_request import JobsBulkOperationRequest
    from ...models.jobs_canceled_response import JobsCanceledResponse
    from ...models.jobs_deleted_response import JobsDeletedResponse
    from ...models.multi_circuit_job import MultiCircuitJob
    from ...models.multi_circuit_job_creation_payload import MultiCircuitJobCreationPayload
    from ...models.qaoa_job import QaoaJob
    from ...models.qctrl_qaoa_job_creation_payload import QctrlQaoaJobCreationPayload
    from ...models.quantum_function_job import QuantumFunctionJob
    from ...models.quantum_function_job_creation_payload import QuantumFunctionJobCreationPayload
    from ...models.single_circuit_job import SingleCircuitJob
    from ...types import Response, Unset


class JobsOperations:
    """The operations of this group, as a client has them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_jobs(
        self,
        *,
        ids: list[str] | Unset = UNSET,
        parent_job_id: str | Unset = UNSET,
        status: JobStatus | Unset = UNSET,
        target: str | Unset = UNSET,
        session_id: str | Unset = UNSET,
        submitter_id: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        next_: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetJobsResponse:
        """List jobs

        Lists jobs page by page; `next` of one answer asks for the page after it.

        Args:
            ids (list[str] | Unset): Only these jobs.
            parent_job_id (str | Unset): Only the parts of this job of several circuits.
            status (JobStatus | Unset): Only jobs that stand like this.
            target (str | Unset): Only jobs for this backend, or for several given with commas between them.
            session_id (str | Unset): Only jobs of this session.
            submitter_id (str | Unset): Only jobs of this member of a project that one shares; without effect
                otherwise.
            limit (int | Unset): How many jobs a page has; at most 25.
            next_ (str | Unset): The page to give, as `next` of the page before it says.
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
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            session_id=session_id,
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
        ids: list[str] | Unset = UNSET,
        parent_job_id: str | Unset = UNSET,
        status: JobStatus | Unset = UNSET,
        target: str | Unset = UNSET,
        session_id: str | Unset = UNSET,
        submitter_id: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        next_: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | Error | GetJobsResponse]:
        """The same as `get_jobs` with status and headers; a documented error is read and not raised."""
        from .get_jobs import sync_detailed

        return sync_detailed(
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            session_id=session_id,
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
        ids: list[str] | Unset = UNSET,
        parent_job_id: str | Unset = UNSET,
        status: JobStatus | Unset = UNSET,
        target: str | Unset = UNSET,
        session_id: str | Unset = UNSET,
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
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            session_id=session_id,
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
        body: CircuitJobCreationPayload
        | MultiCircuitJobCreationPayload
        | QctrlQaoaJobCreationPayload
        | QuantumFunctionJobCreationPayload,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> JobCreationResponse:
        """Create a job

        Submits a circuit, several circuits, or a function for execution or simulation.

        Args:
            body (CircuitJobCreationPayload | MultiCircuitJobCreationPayload | QctrlQaoaJobCreationPayload |
                QuantumFunctionJobCreationPayload): A new job; its type decides which of these it is.
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
        body: CircuitJobCreationPayload
        | MultiCircuitJobCreationPayload
        | QctrlQaoaJobCreationPayload
        | QuantumFunctionJobCreationPayload,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | Error | JobCreationResponse]:
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
        """Delete jobs

        Deletes the jobs named in the body.

        Args:
            body (JobsBulkOperationRequest): The jobs that are meant.
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
    ) -> Response[BadRequestError | Error | JobsDeletedResponse]:
        """The same as `delete_jobs` with status and headers; a documented error is read and not raised."""
        from .delete_jobs import sync_detailed

        return sync_detailed(body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def estimate_job_cost(
        self,
        *,
        backend: str,
        type_: str | Unset = UNSET,
        qubits: int | Unset = UNSET,
        shots: int | Unset = UNSET,
        field_1q_gates: int | Unset = UNSET,
        field_2q_gates: int | Unset = UNSET,
        error_mitigation: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetJobEstimateResponse:
        """Estimate a job

        Estimates cost, running time and queue time of a job of the given size.

        Args:
            backend (str): Name of the backend.
            type_ (str | Unset): Kind of job.
            qubits (int | Unset): Number of qubits.
            shots (int | Unset): Number of shots.
            field_1q_gates (int | Unset): Number of one-qubit gates.
            field_2q_gates (int | Unset): Number of two-qubit gates.
            error_mitigation (bool | Unset): Whether errors are to be mitigated.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetJobEstimateResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .estimate_job_cost import sync

        return sync(
            backend=backend,
            type_=type_,
            qubits=qubits,
            shots=shots,
            field_1q_gates=field_1q_gates,
            field_2q_gates=field_2q_gates,
            error_mitigation=error_mitigation,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def estimate_job_cost_detailed(
        self,
        *,
        backend: str,
        type_: str | Unset = UNSET,
        qubits: int | Unset = UNSET,
        shots: int | Unset = UNSET,
        field_1q_gates: int | Unset = UNSET,
        field_2q_gates: int | Unset = UNSET,
        error_mitigation: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | Error | GetJobEstimateResponse]:
        """The same as `estimate_job_cost` with status and headers; a documented error is read and not raised."""
        from .estimate_job_cost import sync_detailed

        return sync_detailed(
            backend=backend,
            type_=type_,
            qubits=qubits,
            shots=shots,
            field_1q_gates=field_1q_gates,
            field_2q_gates=field_2q_gates,
            error_mitigation=error_mitigation,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def cancel_jobs(
        self,
        *,
        body: JobsBulkOperationRequest,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> JobsCanceledResponse:
        """Cancel jobs

        Stops the jobs named in the body.

        Args:
            body (JobsBulkOperationRequest): The jobs that are meant.
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
    ) -> Response[BadRequestError | Error | JobsCanceledResponse]:
        """The same as `cancel_jobs` with status and headers; a documented error is read and not raised."""
        from .cancel_jobs import sync_detailed

        return sync_detailed(body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job(
        self,
        uuid: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> MultiCircuitJob | QaoaJob | QuantumFunctionJob | SingleCircuitJob:
        """Get a job

        Gives one job with its state, times, figures and, once it has any, its results.

        Args:
            uuid (str): The job's id from the answer to its creation.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            MultiCircuitJob | QaoaJob | QuantumFunctionJob | SingleCircuitJob

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_job import sync

        return sync(uuid, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job_detailed(
        self,
        uuid: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | Error | MultiCircuitJob | QaoaJob | QuantumFunctionJob | SingleCircuitJob]:
        """The same as `get_job` with status and headers; a documented error is read and not raised."""
        from .get_job import sync_detailed

        return sync_detailed(uuid, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def delete_job(
        self,
        uuid: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> JobDeletedResponse:
        """Delete a job

        Deletes one job with its input and results.

        Args:
            uuid (str): The job's id from the answer to its creation.
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
    ) -> Response[BadRequestError | Error | JobDeletedResponse]:
        """The same as `delete_job` with status and headers; a documented error is read and not raised."""
        from .delete_job import sync_detailed

        return sync_detailed(uuid, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job_artifact(
        self,
        uuid: str,
        artifact_id: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Get an artifact

        Gives the content of one of a job's artifacts, such as a histogram or a compiled circuit.

        Args:
            uuid (str): The job's id.
            artifact_id (str): The id in the artifact's descriptor.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            Any

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_job_artifact import sync

        return sync(uuid, artifact_id, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job_artifact_detailed(
        self,
        uuid: str,
        artifact_id: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[Any | BadRequestError | Error]:
        """The same as `get_job_artifact` with status and headers; a documented error is read and not raised."""
        from .get_job_artifact import sync_detailed

        return sync_detailed(uuid, artifact_id, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def clone_job(
        self,
        uuid: str,
        *,
        body: CloneJobPayload,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> JobCreationResponse:
        """Clone a job

        Creates a job from an existing one, with the differences that the body names.

        Args:
            uuid (str): The job to start from.
            body (CloneJobPayload): What is to differ from the job that one starts from.
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
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .clone_job import sync

        return sync(uuid, body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def clone_job_detailed(
        self,
        uuid: str,
        *,
        body: CloneJobPayload,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | Error | JobCreationResponse]:
        """The same as `clone_job` with status and headers; a documented error is read and not raised."""
        from .clone_job import sync_detailed

        return sync_detailed(uuid, body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job_cost(
        self,
        uuid: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetJobCostResponse:
        """Get a job's cost

        Gives what a job was estimated to cost and, once it is known, what it did cost.

        Args:
            uuid (str): Id of the job.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetJobCostResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_job_cost import sync

        return sync(uuid, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job_cost_detailed(
        self,
        uuid: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | Error | GetJobCostResponse]:
        """The same as `get_job_cost` with status and headers; a documented error is read and not raised."""
        from .get_job_cost import sync_detailed

        return sync_detailed(uuid, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def move_job(
        self,
        uuid: str,
        *,
        body: CloneJobPayload,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> JobCreationResponse:
        """Move a job

        Creates a job that takes the place of an existing one, with the differences that the body names.

        Args:
            uuid (str): The job to start from.
            body (CloneJobPayload): What is to differ from the job that one starts from.
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
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .move_job import sync

        return sync(uuid, body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def move_job_detailed(
        self,
        uuid: str,
        *,
        body: CloneJobPayload,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | Error | JobCreationResponse]:
        """The same as `move_job` with status and headers; a documented error is read and not raised."""
        from .move_job import sync_detailed

        return sync_detailed(uuid, body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_job_probabilities(
        self,
        uuid: str,
        *,
        sharpen: bool | Unset = UNSET,
        aggregation: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetResultsResponse:
        """Get a job's probabilities

        Gives the probability of each outcome of a completed job.

        Args:
            uuid (str): The job's id.
            sharpen (bool | Unset): Whether debiased runs are combined by sharpening.
            aggregation (str | Unset): How debiased runs are combined, by average, voting or dnl.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetResultsResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_job_probabilities import sync

        return sync(
            uuid,
            sharpen=sharpen,
            aggregation=aggregation,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_job_probabilities_detailed(
        self,
        uuid: str,
        *,
        sharpen: bool | Unset = UNSET,
        aggregation: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | Error | GetResultsResponse]:
        """The same as `get_job_probabilities` with status and headers; a documented error is read and not raised."""
        from .get_job_probabilities import sync_detailed

        return sync_detailed(
            uuid,
            sharpen=sharpen,
            aggregation=aggregation,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def cancel_job(
        self,
        uuid: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> JobCanceledResponse:
        """Cancel a job

        Stops one job that has not ended yet.

        Args:
            uuid (str): The job's id from the answer to its creation.
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
    ) -> Response[BadRequestError | Error | JobCanceledResponse]:
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

    estimate_job_cost = _groups.awaitable(JobsOperations.estimate_job_cost, "estimate_job_cost", "asyncio")
    estimate_job_cost_detailed = _groups.awaitable(
        JobsOperations.estimate_job_cost_detailed, "estimate_job_cost", "asyncio_detailed"
    )

    cancel_jobs = _groups.awaitable(JobsOperations.cancel_jobs, "cancel_jobs", "asyncio")
    cancel_jobs_detailed = _groups.awaitable(JobsOperations.cancel_jobs_detailed, "cancel_jobs", "asyncio_detailed")

    get_job = _groups.awaitable(JobsOperations.get_job, "get_job", "asyncio")
    get_job_detailed = _groups.awaitable(JobsOperations.get_job_detailed, "get_job", "asyncio_detailed")

    delete_job = _groups.awaitable(JobsOperations.delete_job, "delete_job", "asyncio")
    delete_job_detailed = _groups.awaitable(JobsOperations.delete_job_detailed, "delete_job", "asyncio_detailed")

    get_job_artifact = _groups.awaitable(JobsOperations.get_job_artifact, "get_job_artifact", "asyncio")
    get_job_artifact_detailed = _groups.awaitable(
        JobsOperations.get_job_artifact_detailed, "get_job_artifact", "asyncio_detailed"
    )

    clone_job = _groups.awaitable(JobsOperations.clone_job, "clone_job", "asyncio")
    clone_job_detailed = _groups.awaitable(JobsOperations.clone_job_detailed, "clone_job", "asyncio_detailed")

    get_job_cost = _groups.awaitable(JobsOperations.get_job_cost, "get_job_cost", "asyncio")
    get_job_cost_detailed = _groups.awaitable(JobsOperations.get_job_cost_detailed, "get_job_cost", "asyncio_detailed")

    move_job = _groups.awaitable(JobsOperations.move_job, "move_job", "asyncio")
    move_job_detailed = _groups.awaitable(JobsOperations.move_job_detailed, "move_job", "asyncio_detailed")

    get_job_probabilities = _groups.awaitable(JobsOperations.get_job_probabilities, "get_job_probabilities", "asyncio")
    get_job_probabilities_detailed = _groups.awaitable(
        JobsOperations.get_job_probabilities_detailed, "get_job_probabilities", "asyncio_detailed"
    )

    cancel_job = _groups.awaitable(JobsOperations.cancel_job, "cancel_job", "asyncio")
    cancel_job_detailed = _groups.awaitable(JobsOperations.cancel_job_detailed, "cancel_job", "asyncio_detailed")
