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
    from ...client import AsyncClient, Client, Timeout
    from ...models.backend import Backend
    from ...models.error import Error
    from ...types import Response, Unset


class BackendsOperations:
    """The operations of this group, as a client has them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_backends(
        self,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> list[Backend]:
        """List backends

        Lists all backends with their current state.

        Args:
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            list[Backend]

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .get_backends import sync

        return sync(client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_backends_detailed(
        self,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[Error | list[Backend]]:
        """The same as `get_backends` with status and headers; a documented error is read and not raised."""
        from .get_backends import sync_detailed

        return sync_detailed(client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_backend(
        self,
        backend: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Backend:
        """Get a backend

        Describes one backend and its current state.

        Args:
            backend (str): Name of a backend.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            Backend

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_backend import sync

        return sync(backend, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_backend_detailed(
        self,
        backend: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[Backend | Error]:
        """The same as `get_backend` with status and headers; a documented error is read and not raised."""
        from .get_backend import sync_detailed

        return sync_detailed(backend, client=self._client, timeout=timeout, extra_headers=extra_headers)


class AsyncBackendsOperations:
    """The same, awaitable: each method takes what its sync twin takes. Pages are read with `async for`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    get_backends = _groups.awaitable(BackendsOperations.get_backends, "get_backends", "asyncio")
    get_backends_detailed = _groups.awaitable(
        BackendsOperations.get_backends_detailed, "get_backends", "asyncio_detailed"
    )

    get_backend = _groups.awaitable(BackendsOperations.get_backend, "get_backend", "asyncio")
    get_backend_detailed = _groups.awaitable(BackendsOperations.get_backend_detailed, "get_backend", "asyncio_detailed")
