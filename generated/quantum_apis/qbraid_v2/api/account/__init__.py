# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""One module per operation, each with `build_request`, `parse`, `sync`, `asyncio` and more; and the same operations as
methods of a client. A module is loaded when it is first needed."""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

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
        from .get_credit_balance import sync as call

        return call(organization_id=organization_id, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_credit_balance_detailed(
        self,
        *,
        organization_id: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GetCreditBalanceResponse]:
        """The same as `get_credit_balance` with status and headers; a documented error is read and not raised."""
        from .get_credit_balance import sync_detailed as call

        return call(organization_id=organization_id, client=self._client, timeout=timeout, extra_headers=extra_headers)

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
        from .verify_key import sync as call

        return call(client=self._client, timeout=timeout, extra_headers=extra_headers)

    def verify_key_detailed(
        self,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | VerifyKeyResponse]:
        """The same as `verify_key` with status and headers; a documented error is read and not raised."""
        from .verify_key import sync_detailed as call

        return call(client=self._client, timeout=timeout, extra_headers=extra_headers)


class AsyncAccountOperations:
    """The same, awaitable."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def get_credit_balance(
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
        from .get_credit_balance import asyncio as call

        return await call(
            organization_id=organization_id, client=self._client, timeout=timeout, extra_headers=extra_headers
        )

    async def get_credit_balance_detailed(
        self,
        *,
        organization_id: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GetCreditBalanceResponse]:
        """The same as `get_credit_balance` with status and headers; a documented error is read and not raised."""
        from .get_credit_balance import asyncio_detailed as call

        return await call(
            organization_id=organization_id, client=self._client, timeout=timeout, extra_headers=extra_headers
        )

    async def verify_key(
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
        from .verify_key import asyncio as call

        return await call(client=self._client, timeout=timeout, extra_headers=extra_headers)

    async def verify_key_detailed(
        self,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | VerifyKeyResponse]:
        """The same as `verify_key` with status and headers; a documented error is read and not raised."""
        from .verify_key import asyncio_detailed as call

        return await call(client=self._client, timeout=timeout, extra_headers=extra_headers)
