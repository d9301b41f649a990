# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Get usage"""

import datetime
from collections.abc import Mapping
from typing import cast

from ...._runtime import reading as _reading
from ...._runtime import requests as _requests
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.bad_request_error import BadRequestError
from ...models.error import Error
from ...models.usage_group_by import UsageGroupBy
from ...models.usage_modality import UsageModality
from ...models.usages import Usages
from ...types import UNSET, HttpResponse, Request, Response

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ModelOf(Usages)),
    _responses.Answer((400, 400), "json", _reading.ModelOf(BadRequestError)),
    _responses.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _responses.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _responses.Answer((404, 404), "json", _reading.ModelOf(Error)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _responses.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _responses.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _responses.Answer((503, 503), "json", _reading.ModelOf(Error)),
    _responses.Answer(_responses.DEFAULT, "json", _reading.ModelOf(Error)),
)


def build_request(
    organization_id: str,
    *,
    start_date: datetime.date,
    end_date: datetime.date,
    group_by: UsageGroupBy,
    modality: UsageModality,
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means.

    Raises ValueError when a part of the path is empty or made of dots.
    """
    return Request(
        operation="get_usage",
        method="GET",
        path="/organizations/{organization_id}/usage".format(
            organization_id=_requests.path_segment("organization_id", organization_id),
        ),
        params=_requests.query(
            {
                "start_date": start_date,
                "end_date": end_date,
                "group_by": group_by,
                "modality": modality,
            },
        ),
        authentication="required",
    )


def parse(response: HttpResponse) -> Usages:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(Usages, _responses.parse("get_usage", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[BadRequestError | Error | Usages]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("get_usage", response, _ANSWERS)


def sync(
    organization_id: str,
    *,
    client: Client,
    start_date: datetime.date,
    end_date: datetime.date,
    group_by: UsageGroupBy,
    modality: UsageModality,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Usages:
    """Get usage

    Gives an organization's QPU time and costs over time, by job, project or user.

    Args:
        organization_id (str): Id of the organization.
        start_date (datetime.date): First day, included.
        end_date (datetime.date): Last day, included.
        group_by (UsageGroupBy): What usage is grouped by.
        modality (UsageModality): Length of a period of the report.
        client (Client): Where to send it, and with which key.
        timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
            ever.
        extra_headers (Mapping[str, str] | None): Headers for this call only.

    Returns:
        Usages

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
                organization_id,
                start_date=start_date,
                end_date=end_date,
                group_by=group_by,
                modality=modality,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_detailed(
    organization_id: str,
    *,
    client: Client,
    start_date: datetime.date,
    end_date: datetime.date,
    group_by: UsageGroupBy,
    modality: UsageModality,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[BadRequestError | Error | Usages]:
    """The same as `sync` with status and headers; a documented error is read and not raised."""
    return parse_detailed(
        client.send(
            build_request(
                organization_id,
                start_date=start_date,
                end_date=end_date,
                group_by=group_by,
                modality=modality,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio(
    organization_id: str,
    *,
    client: AsyncClient,
    start_date: datetime.date,
    end_date: datetime.date,
    group_by: UsageGroupBy,
    modality: UsageModality,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Usages:
    """The same as `sync`, awaitable."""
    return parse(
        await client.send(
            build_request(
                organization_id,
                start_date=start_date,
                end_date=end_date,
                group_by=group_by,
                modality=modality,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio_detailed(
    organization_id: str,
    *,
    client: AsyncClient,
    start_date: datetime.date,
    end_date: datetime.date,
    group_by: UsageGroupBy,
    modality: UsageModality,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[BadRequestError | Error | Usages]:
    """The same as `sync_detailed`, awaitable."""
    return parse_detailed(
        await client.send(
            build_request(
                organization_id,
                start_date=start_date,
                end_date=end_date,
                group_by=group_by,
                modality=modality,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )
