# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
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
    from .api.backends import AsyncBackendsOperations, BackendsOperations
    from .api.characterizations import AsyncCharacterizationsOperations, CharacterizationsOperations
    from .api.jobs import AsyncJobsOperations, JobsOperations

BASE_URL = "https://api.ionq.co/v0.3"

_SERVICE = _client.Service(
    base_url=BASE_URL,
    key_header="Authorization",
    key_prefix="apiKey",
    key_variable="IONQ_API_KEY",
    url_variables=(
        "IONQ_V0_3_API_URL",
        "IONQ_API_URL",
    ),
    other_versions=("v0.4",),
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
    def backends(self) -> BackendsOperations:
        """Targets that can run a job."""
        from .api.backends import BackendsOperations

        return BackendsOperations(self)

    @cached_property
    def characterizations(self) -> CharacterizationsOperations:
        """Measured quality and speed of a QPU at one moment."""
        from .api.characterizations import CharacterizationsOperations

        return CharacterizationsOperations(self)

    @cached_property
    def jobs(self) -> JobsOperations:
        """Programs sent to a target, and what became of them."""
        from .api.jobs import JobsOperations

        return JobsOperations(self)


class AsyncClient(_client.AsyncClient):
    """The same, awaitable. It belongs to one event loop; what is left over goes to `httpx.AsyncClient`."""

    service: ClassVar[_client.Service] = _SERVICE

    @cached_property
    def backends(self) -> AsyncBackendsOperations:
        """Targets that can run a job."""
        from .api.backends import AsyncBackendsOperations

        return AsyncBackendsOperations(self)

    @cached_property
    def characterizations(self) -> AsyncCharacterizationsOperations:
        """Measured quality and speed of a QPU at one moment."""
        from .api.characterizations import AsyncCharacterizationsOperations

        return AsyncCharacterizationsOperations(self)

    @cached_property
    def jobs(self) -> AsyncJobsOperations:
        """Programs sent to a target, and what became of them."""
        from .api.jobs import AsyncJobsOperations

        return AsyncJobsOperations(self)


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

    The key is the argument, else the environment variable IONQ_API_KEY. The base URL is the argument, else
    the environment variable IONQ_V0_3_API_URL, else IONQ_API_URL, else the service's own.
    A URL in IONQ_API_URL that ends in v0.4 is that of another version: its end is exchanged for this
    version's.

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
