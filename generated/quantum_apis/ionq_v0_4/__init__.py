# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Typed clients for the IonQ Cloud Platform API: `connect()`, then `client.<group>.<operation>(...)`."""

from .client import BASE_URL, AsyncClient, Client, connect, connect_async

__all__ = ["BASE_URL", "AsyncClient", "Client", "connect", "connect_async"]
