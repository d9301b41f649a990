# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Get a job's cost"""

from collections.abc import Mapping
from typing import cast

from ...._runtime import reading as _reading
from ...._runtime import requests as _requests
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.bad_request_error import BadRequestError
from ...models.error import Error
from ...models.get_job_cost_response import GetJobCostResponse
from ...types import UNSET, HttpResponse, Request, Response

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ModelOf(GetJobCostResponse)),
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
        operation="get_job_cost",
        method="GET",
        path="/jobs/{uuid}/cost".format(
            uuid=_requests.path_segment("UUID", uuid),
        ),
        authentication="required",
    )


def parse(response: HttpResponse) -> GetJobCostResponse:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(GetJobCostResponse, _responses.parse("get_job_cost", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[BadRequestError | Error | GetJobCostResponse]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("get_job_cost", response, _ANSWERS)


def sync(
    uuid: str,
    *,
    client: Client,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> GetJobCostResponse:
    """Get a job's cost

    Gives what a job was estimated to cost and, once it is known, what it did cost.

    Args:
        uuid (str): Id of the job.
        client (Client): Where to send it, and with which key.
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
) -> Response[BadRequestError | Error | GetJobCostResponse]:
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
) -> GetJobCostResponse:
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
) -> Response[BadRequestError | Error | GetJobCostResponse]:
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
