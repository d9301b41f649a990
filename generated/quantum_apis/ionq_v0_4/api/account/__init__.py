# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
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
    import datetime

    from ...client import AsyncClient, Client, Timeout
    from ...models.bad_request_error import BadRequestError
    from ...models.error import Error
    from ...models.usage_group_by import UsageGroupBy
    from ...models.usage_modality import UsageModality
    from ...models.usages import Usages
    from ...models.whoami import Whoami
    from ...types import Response, Unset


class AccountOperations:
    """The operations of this group, as a client has them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_usage(
        self,
        organization_id: str,
        *,
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
        from .get_usage import sync

        return sync(
            organization_id,
            start_date=start_date,
            end_date=end_date,
            group_by=group_by,
            modality=modality,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_usage_detailed(
        self,
        organization_id: str,
        *,
        start_date: datetime.date,
        end_date: datetime.date,
        group_by: UsageGroupBy,
        modality: UsageModality,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | Error | Usages]:
        """The same as `get_usage` with status and headers; a documented error is read and not raised."""
        from .get_usage import sync_detailed

        return sync_detailed(
            organization_id,
            start_date=start_date,
            end_date=end_date,
            group_by=group_by,
            modality=modality,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_whoami(
        self,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Whoami:
        """Identify the key

        Tells which API key a request is made with.

        Args:
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            Whoami

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .get_whoami import sync

        return sync(client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_whoami_detailed(
        self,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[Error | Whoami]:
        """The same as `get_whoami` with status and headers; a documented error is read and not raised."""
        from .get_whoami import sync_detailed

        return sync_detailed(client=self._client, timeout=timeout, extra_headers=extra_headers)


class AsyncAccountOperations:
    """The same, awaitable: each method takes what its sync twin takes. Pages are read with `async for`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    get_usage = _groups.awaitable(AccountOperations.get_usage, "get_usage", "asyncio")
    get_usage_detailed = _groups.awaitable(AccountOperations.get_usage_detailed, "get_usage", "asyncio_detailed")

    get_whoami = _groups.awaitable(AccountOperations.get_whoami, "get_whoami", "asyncio")
    get_whoami_detailed = _groups.awaitable(AccountOperations.get_whoami_detailed, "get_whoami", "asyncio_detailed")
