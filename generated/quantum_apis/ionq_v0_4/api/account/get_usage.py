# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
import datetime
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.bad_request_error import BadRequestError
from ...models.error import Error
from ...models.usage_group_by import UsageGroupBy
from ...models.usage_modality import UsageModality
from ...models.usages import Usages
from ...types import Response

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((200, 200), "json", _reading.ModelOf(Usages)),
    _calls.Answer((400, 400), "json", _reading.ModelOf(BadRequestError)),
    _calls.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _calls.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _calls.Answer((404, 404), "json", _reading.ModelOf(Error)),
    _calls.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _calls.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _calls.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _calls.Answer((503, 503), "json", _reading.ModelOf(Error)),
    _calls.Answer(_calls.DEFAULT, "json", _reading.ModelOf(Error)),
)


def _get_kwargs(
    organization_id: str,
    *,
    start_date: datetime.date,
    end_date: datetime.date,
    group_by: UsageGroupBy,
    modality: UsageModality,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/organizations/{organization_id}/usage".format(
            organization_id=_calls.path_segment("organization_id", organization_id),
        ),
        "params": _calls.query(
            {
                "start_date": start_date,
                "end_date": end_date,
                "group_by": group_by,
                "modality": modality,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    organization_id: str,
    *,
    client: AuthenticatedClient,
    start_date: datetime.date,
    end_date: datetime.date,
    group_by: UsageGroupBy,
    modality: UsageModality,
) -> Response[BadRequestError | Error | Usages]:
    """Get usage

    Gives an organization's QPU time and costs over time, by job, project or user.

    Args:
        organization_id (str):
        start_date (datetime.date):
        end_date (datetime.date):
        group_by (UsageGroupBy): What usage is grouped by. Example: project.
        modality (UsageModality): Length of a period of the report. Example: daily.

    Returns:
        Response[BadRequestError | Error | Usages]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            organization_id=organization_id,
            start_date=start_date,
            end_date=end_date,
            group_by=group_by,
            modality=modality,
        )
    )
    return _calls.read_response(response, _ANSWERS)


def sync(
    organization_id: str,
    *,
    client: AuthenticatedClient,
    start_date: datetime.date,
    end_date: datetime.date,
    group_by: UsageGroupBy,
    modality: UsageModality,
) -> Usages:
    """Get usage

    Gives an organization's QPU time and costs over time, by job, project or user.

    Args:
        organization_id (str):
        start_date (datetime.date):
        end_date (datetime.date):
        group_by (UsageGroupBy): What usage is grouped by. Example: project.
        modality (UsageModality): Length of a period of the report. Example: daily.

    Returns:
        Usages

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    return cast(
        Usages,
        _calls.success(
            sync_detailed(
                organization_id=organization_id,
                client=client,
                start_date=start_date,
                end_date=end_date,
                group_by=group_by,
                modality=modality,
            )
        ),
    )


async def asyncio_detailed(
    organization_id: str,
    *,
    client: AuthenticatedClient,
    start_date: datetime.date,
    end_date: datetime.date,
    group_by: UsageGroupBy,
    modality: UsageModality,
) -> Response[BadRequestError | Error | Usages]:
    """Get usage

    Gives an organization's QPU time and costs over time, by job, project or user.

    Args:
        organization_id (str):
        start_date (datetime.date):
        end_date (datetime.date):
        group_by (UsageGroupBy): What usage is grouped by. Example: project.
        modality (UsageModality): Length of a period of the report. Example: daily.

    Returns:
        Response[BadRequestError | Error | Usages]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            organization_id=organization_id,
            start_date=start_date,
            end_date=end_date,
            group_by=group_by,
            modality=modality,
        )
    )
    return _calls.read_response(response, _ANSWERS)


async def asyncio(
    organization_id: str,
    *,
    client: AuthenticatedClient,
    start_date: datetime.date,
    end_date: datetime.date,
    group_by: UsageGroupBy,
    modality: UsageModality,
) -> Usages:
    """Get usage

    Gives an organization's QPU time and costs over time, by job, project or user.

    Args:
        organization_id (str):
        start_date (datetime.date):
        end_date (datetime.date):
        group_by (UsageGroupBy): What usage is grouped by. Example: project.
        modality (UsageModality): Length of a period of the report. Example: daily.

    Returns:
        Usages

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    return cast(
        Usages,
        _calls.success(
            await asyncio_detailed(
                organization_id=organization_id,
                client=client,
                start_date=start_date,
                end_date=end_date,
                group_by=group_by,
                modality=modality,
            )
        ),
    )
