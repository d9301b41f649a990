"""How a service is connected to, and the connections that the environment gives, which jobs retrieved by reference or
out of a pickle share.
"""

from __future__ import annotations

import atexit

import anyio
import httpx

from quantum_jobs.arguments import checked_seconds
from quantum_jobs.background import is_running, run
from quantum_jobs.core.accounts import account
from quantum_jobs.core.asking import Connection
from quantum_jobs.credentials import find_base_url, find_key
from quantum_jobs.http.keys import ApiKey
from quantum_jobs.http.limits import shared_limiter
from quantum_jobs.http.transport import Transport
from quantum_jobs.services import service as find_service

#: Seconds for one request, and for an unclear submission to turn up in listings.
TIMEOUT = 30.0
CONFIRMATION_TIMEOUT = 10.0
#: Seconds that closing connections may take at exit.
CLOSED_WITHIN = 1.0

_shared: dict[tuple[str, str, str], Connection] = {}


def connect(
    name: str,
    *,
    api_key: ApiKey | None = None,
    base_url: str | None = None,
    timeout: float = TIMEOUT,
    confirmation_timeout: float = CONFIRMATION_TIMEOUT,
    transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None = None,
) -> Connection:
    """A new connection. Raises UsageError for an argument that cannot be, CredentialsError without a key."""
    service = find_service(name)
    key = find_key(service, api_key)
    seconds = checked_seconds(timeout, "timeout", zero=False)
    confirmation = checked_seconds(confirmation_timeout, "confirmation_timeout", zero=True)
    url = find_base_url(service, base_url)
    identity = (service.name, url, key.digest)
    return Connection(
        service,
        Transport(
            service=service.name,
            base_url=url,
            key=key,
            auth_headers=service.headers,
            timeout=seconds,
            limiter=shared_limiter(identity, service.rate_limit),
            transport=transport,
        ),
        confirmation,
        account(identity, transport),
    )


def connection(name: str) -> Connection:
    """The connection that the environment gives for a service; made once, and anew when it was closed."""
    service = find_service(name)
    identity = (service.name, find_base_url(service, None), find_key(service, None).digest)
    found = _shared.get(identity)
    if found is None or found.transport.closed:
        found = _shared[identity] = connect(name)
    return found


def _close() -> None:
    # A thread cannot be started any more by then: without one there is nothing to close either.
    if _shared and is_running():
        run(_close_all)


async def _close_all() -> None:
    with anyio.move_on_after(CLOSED_WITHIN):
        for connection in _shared.values():
            await connection.transport.close()


atexit.register(_close)
