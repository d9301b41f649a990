# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Clients for this service, and the short way to one that is ready."""

import os
from typing import Any

import httpx

from .._runtime.client import TIMEOUT, AuthenticatedClient, Client

BASE_URL = "https://api.ionq.co/v0.4"
KEY_VARIABLE = "IONQ_API_KEY"


def connect(
    api_key: str | None = None,
    *,
    base_url: str = BASE_URL,
    timeout: float | httpx.Timeout | None = TIMEOUT,
    **httpx_args: Any,
) -> AuthenticatedClient:
    """A client that signs in the way this service wants it.

    The key is the argument, else the environment variable IONQ_API_KEY. `timeout` is in seconds. Everything else goes to
    `httpx.Client` or `httpx.AsyncClient` as it is, for example `transport=` or `proxy=`. Raises ValueError without a key.
    """
    key = api_key if api_key is not None else os.environ.get(KEY_VARIABLE)
    if not key:
        raise ValueError(f"no key: pass api_key, or set the environment variable {KEY_VARIABLE}")
    return AuthenticatedClient(
        base_url,
        key,
        prefix="apiKey",
        auth_header_name="Authorization",
        timeout=timeout,
        httpx_args=httpx_args,
    )


__all__ = ["BASE_URL", "AuthenticatedClient", "Client", "connect"]
