# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Clients for this service, and the short way to one that is ready."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import httpx

from .._runtime import client as _client
from .._runtime.client import TIMEOUT, Timeout

if TYPE_CHECKING:
    from .api.account import AccountOperations, AsyncAccountOperations
    from .api.devices import AsyncDevicesOperations, DevicesOperations
    from .api.groups import AsyncGroupsOperations, GroupsOperations
    from .api.jobs import AsyncJobsOperations, JobsOperations
    from .api.providers import AsyncProvidersOperations, ProvidersOperations

BASE_URL = "https://api-v2.qbraid.com/api/v1"

_SERVICE = _client.Service(
    base_url=BASE_URL,
    key_header="X-API-KEY",
    key_prefix="",
    key_variable="QBRAID_API_KEY",
    url_variables=("QBRAID_API_URL",),
    other_versions=(),
)


class Client(_client.SyncClient):
    """Calls the operations of this service: `client.<group>.<operation>(...)`. Threads may share it.

    Without `api_key` it calls only what needs none. `timeout` is in seconds, for each phase of a request; None waits
    for ever. `headers` go with every request. Everything else goes to `httpx.Client` as it is: `transport=`, `verify=`,
    `proxy=`. Raises ValueError for a key that cannot be one, for a base URL that is not https (http is taken for
    loopback), and for `follow_redirects=True`, which could lead the key to another host. Connections are opened by the
    first call and kept until `close()`, or the end of the `with` block.
    """

    service: ClassVar[_client.Service] = _SERVICE

    @cached_property
    def account(self) -> AccountOperations:
        """The operations of this group."""
        from .api.account import AccountOperations

        return AccountOperations(self)

    @cached_property
    def devices(self) -> DevicesOperations:
        """The operations of this group."""
        from .api.devices import DevicesOperations

        return DevicesOperations(self)

    @cached_property
    def jobs(self) -> JobsOperations:
        """The operations of this group."""
        from .api.jobs import JobsOperations

        return JobsOperations(self)

    @cached_property
    def groups(self) -> GroupsOperations:
        """The operations of this group."""
        from .api.groups import GroupsOperations

        return GroupsOperations(self)

    @cached_property
    def providers(self) -> ProvidersOperations:
        """The operations of this group."""
        from .api.providers import ProvidersOperations

        return ProvidersOperations(self)


class AsyncClient(_client.AsyncClient):
    """The same, awaitable. It belongs to one event loop; what is left over goes to `httpx.AsyncClient`."""

    service: ClassVar[_client.Service] = _SERVICE

    @cached_property
    def account(self) -> AsyncAccountOperations:
        """The operations of this group."""
        from .api.account import AsyncAccountOperations

        return AsyncAccountOperations(self)

    @cached_property
    def devices(self) -> AsyncDevicesOperations:
        """The operations of this group."""
        from .api.devices import AsyncDevicesOperations

        return AsyncDevicesOperations(self)

    @cached_property
    def jobs(self) -> AsyncJobsOperations:
        """The operations of this group."""
        from .api.jobs import AsyncJobsOperations

        return AsyncJobsOperations(self)

    @cached_property
    def groups(self) -> AsyncGroupsOperations:
        """The operations of this group."""
        from .api.groups import AsyncGroupsOperations

        return AsyncGroupsOperations(self)

    @cached_property
    def providers(self) -> AsyncProvidersOperations:
        """The operations of this group."""
        from .api.providers import AsyncProvidersOperations

        return AsyncProvidersOperations(self)


def connect(
    api_key: str | None = None,
    base_url: str | None = None,
    *,
    timeout: float | httpx.Timeout | None = TIMEOUT,
    headers: Mapping[str, str] | None = None,
    transport: httpx.BaseTransport | None = None,
    **httpx_arguments: Any,
) -> Client:
    """A client with what the environment says.

    The key is the argument, else the environment variable QBRAID_API_KEY. The base URL is the argument, else
    the environment variable QBRAID_API_URL, else the service's own.

    `transport` is an httpx transport to send through. The other arguments are those of `Client`. Raises ValueError
    without a key.
    """
    key = _SERVICE.find_key(api_key)
    del api_key  # a traceback that shows local variables must not show it
    return Client(
        key,
        base_url=_SERVICE.find_base_url(base_url),
        timeout=timeout,
        headers=headers,
        transport=transport,
        **httpx_arguments,
    )


def connect_async(
    api_key: str | None = None,
    base_url: str | None = None,
    *,
    timeout: float | httpx.Timeout | None = TIMEOUT,
    headers: Mapping[str, str] | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
    **httpx_arguments: Any,
) -> AsyncClient:
    """The same as `connect`, with awaitable operations."""
    key = _SERVICE.find_key(api_key)
    del api_key  # a traceback that shows local variables must not show it
    return AsyncClient(
        key,
        base_url=_SERVICE.find_base_url(base_url),
        timeout=timeout,
        headers=headers,
        transport=transport,
        **httpx_arguments,
    )


__all__ = ["BASE_URL", "AsyncClient", "Client", "Timeout", "connect", "connect_async"]
