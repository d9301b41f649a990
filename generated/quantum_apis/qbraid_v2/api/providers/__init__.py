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
    from ...models.get_providers_response import GetProvidersResponse
    from ...types import Response, Unset


class ProvidersOperations:
    """The operations of this group, as a client has them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_providers(
        self,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetProvidersResponse:
        """Get Providers

        List the companies behind the devices.

        Args:
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetProvidersResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .get_providers import sync

        return sync(client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_providers_detailed(
        self,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GetProvidersResponse]:
        """The same as `get_providers` with status and headers; a documented error is read and not raised."""
        from .get_providers import sync_detailed

        return sync_detailed(client=self._client, timeout=timeout, extra_headers=extra_headers)


class AsyncProvidersOperations:
    """The same, awaitable: each method takes what its sync twin takes. Pages are read with `async for`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    get_providers = _groups.awaitable(ProvidersOperations.get_providers, "get_providers", "asyncio")
    get_providers_detailed = _groups.awaitable(
        ProvidersOperations.get_providers_detailed, "get_providers", "asyncio_detailed"
    )
