# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Typed clients for the qBraid Runtime API: `connect()`, then `client.<group>.<operation>(...)`."""

from .client import BASE_URL, AsyncClient, Client, connect, connect_async

__all__ = ["BASE_URL", "AsyncClient", "Client", "connect", "connect_async"]
