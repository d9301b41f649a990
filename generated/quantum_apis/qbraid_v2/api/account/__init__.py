# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
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
    from ...models.error_detail import ErrorDetail
    from ...models.get_credit_balance_response import GetCreditBalanceResponse
    from ...models.verify_key_response import VerifyKeyResponse
    from ...types import Response, Unset


class AccountOperations:
    """The operations of this group, as a client has them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_credit_balance(
        self,
        *,
        organization_id: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetCreditBalanceResponse:
        """Get Credit Balance

        Read the caller's credit balance.

        Args:
            organization_id (str | Unset): The organization to read; a key is bound to one already.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetCreditBalanceResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .get_credit_balance import sync

        return sync(organization_id=organization_id, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_credit_balance_detailed(
        self,
        *,
        organization_id: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GetCreditBalanceResponse]:
        """The same as `get_credit_balance` with status and headers; a documented error is read and not raised."""
        from .get_credit_balance import sync_detailed

        return sync_detailed(
            organization_id=organization_id, client=self._client, timeout=timeout, extra_headers=extra_headers
        )

    def verify_key(
        self,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> VerifyKeyResponse:
        """Verify User

        Tell whom the key belongs to, if it is valid.

        Args:
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            VerifyKeyResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .verify_key import sync

        return sync(client=self._client, timeout=timeout, extra_headers=extra_headers)

    def verify_key_detailed(
        self,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | VerifyKeyResponse]:
        """The same as `verify_key` with status and headers; a documented error is read and not raised."""
        from .verify_key import sync_detailed

        return sync_detailed(client=self._client, timeout=timeout, extra_headers=extra_headers)


class AsyncAccountOperations:
    """The same, awaitable: each method takes what its sync twin takes. Pages are read with `async for`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    get_credit_balance = _groups.awaitable(AccountOperations.get_credit_balance, "get_credit_balance", "asyncio")
    get_credit_balance_detailed = _groups.awaitable(
        AccountOperations.get_credit_balance_detailed, "get_credit_balance", "asyncio_detailed"
    )

    verify_key = _groups.awaitable(AccountOperations.verify_key, "verify_key", "asyncio")
    verify_key_detailed = _groups.awaitable(AccountOperations.verify_key_detailed, "verify_key", "asyncio_detailed")
