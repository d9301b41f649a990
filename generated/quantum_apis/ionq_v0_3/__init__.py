# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Typed clients for the IonQ Quantum Cloud API: `connect()`, then `client.<group>.<operation>(...)`."""

from .client import BASE_URL, AsyncClient, Client, connect, connect_async

__all__ = ["BASE_URL", "AsyncClient", "Client", "connect", "connect_async"]
