# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Delete Multiple Jobs"""

from collections.abc import Mapping
from typing import cast

from ...._runtime import reading as _reading
from ...._runtime import requests as _requests
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.delete_jobs_response import DeleteJobsResponse
from ...models.error_detail import ErrorDetail
from ...types import UNSET, HttpResponse, Request, Response

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ModelOf(DeleteJobsResponse)),
    _responses.Answer((401, 401), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((422, 422), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((500, 599), "json", _reading.ModelOf(ErrorDetail)),
)


def build_request(
    *,
    qrns: str,
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means."""
    return Request(
        operation="delete_jobs",
        method="DELETE",
        path="/jobs",
        params=_requests.query(
            {
                "qrns": qrns,
            },
        ),
        authentication="required",
    )


def parse(response: HttpResponse) -> DeleteJobsResponse:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(DeleteJobsResponse, _responses.parse("delete_jobs", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[DeleteJobsResponse | ErrorDetail]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("delete_jobs", response, _ANSWERS)


def sync(
    *,
    client: Client,
    qrns: str,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> DeleteJobsResponse:
    """Delete Multiple Jobs

    Delete several jobs at once.

    Args:
        qrns (str): The job QRNs, as the text of a JSON array.
        client (Client): Where to send it, and with which key.
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
    return parse(
        client.send(
            build_request(
                qrns=qrns,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_detailed(
    *,
    client: Client,
    qrns: str,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[DeleteJobsResponse | ErrorDetail]:
    """The same as `sync` with status and headers; a documented error is read and not raised."""
    return parse_detailed(
        client.send(
            build_request(
                qrns=qrns,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
    qrns: str,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> DeleteJobsResponse:
    """The same as `sync`, awaitable."""
    return parse(
        await client.send(
            build_request(
                qrns=qrns,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio_detailed(
    *,
    client: AsyncClient,
    qrns: str,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[DeleteJobsResponse | ErrorDetail]:
    """The same as `sync_detailed`, awaitable."""
    return parse_detailed(
        await client.send(
            build_request(
                qrns=qrns,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )
