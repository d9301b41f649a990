# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.error_detail import ErrorDetail
from ...models.get_credit_balance_response import GetCreditBalanceResponse
from ...types import UNSET, Response, Unset

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((200, 200), "json", _reading.ModelOf(GetCreditBalanceResponse)),
    _calls.Answer((400, 400), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((401, 401), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((404, 404), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((429, 429), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((500, 599), "json", _reading.ModelOf(ErrorDetail)),
)


def _get_kwargs(
    *,
    organization_id: str | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/billing/credits/balance",
        "params": _calls.query(
            {
                "organizationId": organization_id,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
    organization_id: str | Unset = UNSET,
) -> Response[ErrorDetail | GetCreditBalanceResponse]:
    """Get Credit Balance

    Read the caller's credit balance.

    Args:
        organization_id (str | Unset): The organization to read; a key is bound to one already.

    Returns:
        Response[ErrorDetail | GetCreditBalanceResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            organization_id=organization_id,
        )
    )
    return _calls.read_response(response, _ANSWERS)


def sync(
    *,
    client: AuthenticatedClient,
    organization_id: str | Unset = UNSET,
) -> GetCreditBalanceResponse:
    """Get Credit Balance

    Read the caller's credit balance.

    Args:
        organization_id (str | Unset): The organization to read; a key is bound to one already.

    Returns:
        GetCreditBalanceResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        GetCreditBalanceResponse,
        _calls.success(
            sync_detailed(
                client=client,
                organization_id=organization_id,
            )
        ),
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    organization_id: str | Unset = UNSET,
) -> Response[ErrorDetail | GetCreditBalanceResponse]:
    """Get Credit Balance

    Read the caller's credit balance.

    Args:
        organization_id (str | Unset): The organization to read; a key is bound to one already.

    Returns:
        Response[ErrorDetail | GetCreditBalanceResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            organization_id=organization_id,
        )
    )
    return _calls.read_response(response, _ANSWERS)


async def asyncio(
    *,
    client: AuthenticatedClient,
    organization_id: str | Unset = UNSET,
) -> GetCreditBalanceResponse:
    """Get Credit Balance

    Read the caller's credit balance.

    Args:
        organization_id (str | Unset): The organization to read; a key is bound to one already.

    Returns:
        GetCreditBalanceResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        GetCreditBalanceResponse,
        _calls.success(
            await asyncio_detailed(
                client=client,
                organization_id=organization_id,
            )
        ),
    )
