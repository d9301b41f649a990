# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Delete a job"""

from collections.abc import Mapping
from typing import cast

from ...._runtime import reading as _reading
from ...._runtime import requests as _requests
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.bad_request_error import BadRequestError
from ...models.error import Error
from ...models.job_deleted_response import JobDeletedResponse
from ...types import UNSET, HttpResponse, Request, Response

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ModelOf(JobDeletedResponse)),
    _responses.Answer((400, 400), "json", _reading.ModelOf(BadRequestError)),
    _responses.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _responses.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _responses.Answer((404, 404), "json", _reading.ModelOf(Error)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _responses.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _responses.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _responses.Answer((503, 503), "json", _reading.ModelOf(Error)),
)


def build_request(
    uuid: str,
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means.

    Raises ValueError when a part of the path is empty or made of dots.
    """
    return Request(
        operation="delete_job",
        method="DELETE",
        path="/jobs/{uuid}".format(
            uuid=_requests.path_segment("UUID", uuid),
        ),
        authentication="required",
    )


def parse(response: HttpResponse) -> JobDeletedResponse:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(JobDeletedResponse, _responses.parse("delete_job", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[BadRequestError | Error | JobDeletedResponse]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("delete_job", response, _ANSWERS)


def sync(
    uuid: str,
    *,
    client: Client,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> JobDeletedResponse:
    """Delete a job

    Deletes one job with its input and results.

    Args:
        uuid (str): The job's id from the answer to its creation.
        client (Client): Where to send it, and with which key.
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
    return parse(
        client.send(
            build_request(
                uuid,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_detailed(
    uuid: str,
    *,
    client: Client,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[BadRequestError | Error | JobDeletedResponse]:
    """The same as `sync` with status and headers; a documented error is read and not raised."""
    return parse_detailed(
        client.send(
            build_request(
                uuid,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio(
    uuid: str,
    *,
    client: AsyncClient,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> JobDeletedResponse:
    """The same as `sync`, awaitable."""
    return parse(
        await client.send(
            build_request(
                uuid,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio_detailed(
    uuid: str,
    *,
    client: AsyncClient,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[BadRequestError | Error | JobDeletedResponse]:
    """The same as `sync_detailed`, awaitable."""
    return parse_detailed(
        await client.send(
            build_request(
                uuid,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )
