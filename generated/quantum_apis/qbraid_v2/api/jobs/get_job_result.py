# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Get Job Result"""

from collections.abc import Mapping
from typing import cast

from ...._runtime import reading as _reading
from ...._runtime import requests as _requests
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.error_detail import ErrorDetail
from ...models.get_job_result_response import GetJobResultResponse
from ...types import UNSET, HttpResponse, Request, Response, Unset

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ModelOf(GetJobResultResponse)),
    _responses.Answer((401, 401), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((403, 403), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((404, 404), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((409, 409), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((422, 422), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((500, 599), "json", _reading.ModelOf(ErrorDetail)),
)


def build_request(
    job_qrn: str,
    *,
    include_measurements: bool | Unset = UNSET,
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means.

    Raises ValueError when a part of the path is empty or made of dots.
    """
    return Request(
        operation="get_job_result",
        method="GET",
        path="/jobs/{job_qrn}/result".format(
            job_qrn=_requests.path_segment("job_qrn", job_qrn),
        ),
        params=_requests.query(
            {
                "includeMeasurements": include_measurements,
            },
        ),
        authentication="required",
    )


def parse(response: HttpResponse) -> GetJobResultResponse:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(GetJobResultResponse, _responses.parse("get_job_result", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[ErrorDetail | GetJobResultResponse]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("get_job_result", response, _ANSWERS)


def sync(
    job_qrn: str,
    *,
    client: Client,
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
        client (Client): Where to send it, and with which key.
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
    return parse(
        client.send(
            build_request(
                job_qrn,
                include_measurements=include_measurements,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_detailed(
    job_qrn: str,
    *,
    client: Client,
    include_measurements: bool | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[ErrorDetail | GetJobResultResponse]:
    """The same as `sync` with status and headers; a documented error is read and not raised."""
    return parse_detailed(
        client.send(
            build_request(
                job_qrn,
                include_measurements=include_measurements,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio(
    job_qrn: str,
    *,
    client: AsyncClient,
    include_measurements: bool | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> GetJobResultResponse:
    """The same as `sync`, awaitable."""
    return parse(
        await client.send(
            build_request(
                job_qrn,
                include_measurements=include_measurements,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio_detailed(
    job_qrn: str,
    *,
    client: AsyncClient,
    include_measurements: bool | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[ErrorDetail | GetJobResultResponse]:
    """The same as `sync_detailed`, awaitable."""
    return parse_detailed(
        await client.send(
            build_request(
                job_qrn,
                include_measurements=include_measurements,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )
