"""Where a key and a base URL come from: the argument, the environment, for keys also the system's keyring."""

from __future__ import annotations

import os

from quantum_jobs.errors import CredentialsError, UsageError
from quantum_jobs.http.keys import ApiKey
from quantum_jobs.http.urls import checked_base_url
from quantum_jobs.services.base import Service

#: The service name under which keys are kept in the keyring; the user name is the environment variable's.
KEYRING_SERVICE = "quantum-jobs"


def find_key(service: Service, given: ApiKey | None) -> ApiKey:
    """The key for a service. Raises CredentialsError naming every place that was looked at, UsageError for a key that
    cannot be one; neither shows the key."""
    if given is not None:
        return given.checked("api_key")
    if os.environ.get(service.key_variable):
        found = ApiKey(os.environ[service.key_variable])
        return found.checked(f"the environment variable {service.key_variable}")
    from_keyring, keyring_says = _from_keyring(service)
    if from_keyring is not None:
        return from_keyring.checked("the keyring")
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
