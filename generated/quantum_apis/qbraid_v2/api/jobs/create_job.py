# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Create Job"""

from collections.abc import Mapping
from typing import cast

from ...._runtime import reading as _reading
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.create_job_response import CreateJobResponse
from ...models.error_detail import ErrorDetail
from ...models.job_request import JobRequest
from ...types import UNSET, HttpResponse, Request, Response

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((201, 201), "json", _reading.ModelOf(CreateJobResponse)),
    _responses.Answer((400, 400), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((401, 401), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((403, 403), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((404, 404), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((422, 422), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((400, 499), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((500, 599), "json", _reading.ModelOf(ErrorDetail)),
)


def build_request(
    *,
    body: JobRequest,
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means."""
    return Request(
        operation="create_job",
        method="POST",
        path="/jobs",
        json=_reading.write(body),
        authentication="required",
    )


def parse(response: HttpResponse) -> CreateJobResponse:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(CreateJobResponse, _responses.parse("create_job", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[CreateJobResponse | ErrorDetail]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("create_job", response, _ANSWERS)


def sync(
    *,
    client: Client,
    body: JobRequest,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> CreateJobResponse:
    """Create Job

    Submit a program to a device.

    Args:
        body (JobRequest): A job to submit.
        client (Client): Where to send it, and with which key.
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
    body: JobRequest,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[CreateJobResponse | ErrorDetail]:
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
    body: JobRequest,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> CreateJobResponse:
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
    body: JobRequest,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[CreateJobResponse | ErrorDetail]:
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
