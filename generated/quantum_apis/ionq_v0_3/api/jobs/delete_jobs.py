# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Delete several jobs"""

from collections.abc import Mapping
from typing import cast

from ...._runtime import reading as _reading
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.error import Error
from ...models.jobs_bulk_operation_request import JobsBulkOperationRequest
from ...models.jobs_deleted_response import JobsDeletedResponse
from ...types import UNSET, HttpResponse, Request, Response

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ModelOf(JobsDeletedResponse)),
    _responses.Answer((400, 400), "json", _reading.ModelOf(Error)),
    _responses.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _responses.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _responses.Answer((404, 404), "json", _reading.ModelOf(Error)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _responses.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _responses.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _responses.Answer((503, 503), "json", _reading.ModelOf(Error)),
    _responses.Answer((504, 504), "json", _reading.ModelOf(Error)),
)


def build_request(
    *,
    body: JobsBulkOperationRequest,
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means."""
    return Request(
        operation="delete_jobs",
        method="DELETE",
        path="/jobs",
        json=_reading.write(body),
        authentication="required",
    )


def parse(response: HttpResponse) -> JobsDeletedResponse:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(JobsDeletedResponse, _responses.parse("delete_jobs", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[Error | JobsDeletedResponse]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("delete_jobs", response, _ANSWERS)


def sync(
    *,
    client: Client,
    body: JobsBulkOperationRequest,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> JobsDeletedResponse:
    """Delete several jobs

    Removes jobs and their results for good.

    Args:
        body (JobsBulkOperationRequest): Names the jobs that something is done to.
        client (Client): Where to send it, and with which key.
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
    return parse(
        client.send(
            build_request(
                body=body,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_detailed(
    *,
    client: Client,
    body: JobsBulkOperationRequest,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[Error | JobsDeletedResponse]:
    """The same as `sync` with status and headers; a documented error is read and not raised."""
    return parse_detailed(
        client.send(
            build_request(
                body=body,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
    body: JobsBulkOperationRequest,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> JobsDeletedResponse:
    """The same as `sync`, awaitable."""
    return parse(
        await client.send(
            build_request(
                body=body,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio_detailed(
    *,
    client: AsyncClient,
    body: JobsBulkOperationRequest,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[Error | JobsDeletedResponse]:
    """The same as `sync_detailed`, awaitable."""
    return parse_detailed(
        await client.send(
            build_request(
                body=body,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )
