"""How a service is connected to: where its key and base URL come from, and the connections that the environment alone
gives, which jobs retrieved by reference or out of a pickle share.
"""

from __future__ import annotations

import atexit
import os
from typing import TYPE_CHECKING, Literal

import anyio

from quantum_jobs.arguments import finite_seconds
from quantum_jobs.background import is_running, run
from quantum_jobs.core.accounts import account
from quantum_jobs.core.connection import Connection
from quantum_jobs.errors import CredentialsError, UsageError
from quantum_jobs.http.keys import ApiKey
from quantum_jobs.http.limits import shared_limiter
from quantum_jobs.http.routes import AnyTransport
from quantum_jobs.http.transport import Transport
from quantum_jobs.http.urls import checked_base_url
from quantum_jobs.services import service as find_service
from quantum_jobs.services.base import Service

if TYPE_CHECKING:
    from quantum_jobs.store import Store

#: Seconds for one request, and for an unclear submission to turn up in listings.
TIMEOUT = 30.0
CONFIRMATION_TIMEOUT = 10.0
#: Seconds that closing connections may take at exit.
CLOSED_WITHIN = 1.0
#: The service name under which keys are kept in the keyring; the user name is the environment variable's.
KEYRING_SERVICE = "quantum-jobs"

#: The environment variable that names a job store for every client that is not given one.
STORE_VARIABLE = "QUANTUM_JOBS_STORE"

_shared: dict[tuple[str, str, str, str], Connection] = {}
_stores: dict[str, Store] = {}


def connect(
    name: str,
    *,
    api_key: ApiKey | None = None,
    base_url: str | None = None,
    timeout: float = TIMEOUT,
    confirmation_timeout: float = CONFIRMATION_TIMEOUT,
    transport: AnyTransport | None = None,
    store: Store | str | os.PathLike[str] | Literal[False] | None = None,
) -> Connection:
    """A new connection. Raises UsageError for an argument that cannot be, CredentialsError without a key."""
    service = find_service(name)
    key = find_key(service, api_key)
    seconds = finite_seconds(timeout, "timeout", zero=False)
    confirmation = finite_seconds(confirmation_timeout, "confirmation_timeout", zero=True)
    url = find_base_url(service, base_url)
    identity = (service.name, url, key.digest)
    kept = find_store(store)
    permits = None if kept is None else kept._permits(identity, service.rate_limit)
    limited = identity if kept is None or permits is None else (*identity, kept._database.name)
    return Connection(
        service,
        Transport(
            service=service.name,
            base_url=url,
            key=key,
            auth_headers=service.headers,
            timeout=seconds,
            limiter=shared_limiter(limited, service.rate_limit, None if permits is None else permits.take),
            transport=transport,
        ),
        confirmation,
        account(identity, transport),
        kept._of_account(identity, key.redact) if kept is not None else None,
    )


def connection(name: str) -> Connection:
    """The connection that the environment gives for a service; made once, and anew when it was closed."""
    service = find_service(name)
    kept = find_store(None)
    place = "" if kept is None else kept._place
    identity = (service.name, find_base_url(service, None), find_key(service, None).digest, place)
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


def find_key(service: Service, given: ApiKey | None) -> ApiKey:
    """The key for a service. Raises CredentialsError naming every place that was looked at, UsageError for a key that
    cannot be one; neither shows the key."""
    return _find_key(service)[0] if given is None else given.checked("api_key")


def place_of_key(service: Service) -> str:
    """Where the key for a service is: the environment variable's name, or ``"keyring"``. Raises as ``find_key``."""
    return _find_key(service)[1]


def _find_key(service: Service) -> tuple[ApiKey, str]:
    """The key that this machine has, and its place."""
    if os.environ.get(service.key_variable):
        found = ApiKey(os.environ[service.key_variable])
        return found.checked(f"the environment variable {service.key_variable}"), service.key_variable
    from_keyring, keyring_says = _from_keyring(service)
    if from_keyring is not None:
        return from_keyring.checked("the keyring"), "keyring"
    raise CredentialsError(
        f"no API key for {service.name}: the argument api_key was not given, the environment variable "
        f"{service.key_variable} is not set, and the keyring {keyring_says}"
    )


def find_base_url(service: Service, given: str | None) -> str:
    """The base URL for a service, checked: the argument, then the service's own environment variable, then the one
    that it may share with the vendor's other API versions, then the vendor's."""
    # An empty argument is a mistake, and must not send a test's requests to the vendor.
    if given is not None:
        return checked_base_url(given)
    for variable in (service.own_url_variable, service.url_variable):
        url = os.environ.get(variable) if variable else None
        if not url:
            continue
        try:
            checked = checked_base_url(url)
        except UsageError as error:
            complaint = f"the environment variable {variable}: {error.message}"
        else:
            return checked if variable == service.own_url_variable else service.base_url_for(checked)
        raise UsageError(complaint)
    return checked_base_url(service.base_url)


def find_store(given: Store | str | os.PathLike[str] | Literal[False] | None) -> Store | None:
    """The store that is given, by itself or by its path or URL, else the one that the environment names."""
    place = os.environ.get(STORE_VARIABLE) or False if given is None else given
    if place is False:
        return None
    from quantum_jobs.store import Store
    from quantum_jobs.store.places import absolute

    if isinstance(place, Store):
        return place
    # Clients of one store share its connections. It is opened, and its tables made, when it is first used.
    where = absolute(place)
    if where not in _stores:
        _stores[where] = Store._unopened(where)
    return _stores[where]


def _from_keyring(service: Service) -> tuple[ApiKey | None, str]:
    try:
        import keyring
    except ImportError:
        return None, "was not asked (install the extra keyring for that)"
    try:
        key = ApiKey.of(keyring.get_password(KEYRING_SERVICE, service.key_variable) or None)
    except Exception as error:  # backends are other people's, and raise what they like
        return None, f"could not be read ({type(error).__name__})"
    return key, f"has no entry {service.key_variable!r} of {KEYRING_SERVICE!r}"
