# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""What operations raise, beside httpx's own exceptions for connections and timeouts."""

from .._runtime.errors import BindingsError, InvalidBody, UnexpectedStatus

__all__ = ["BindingsError", "InvalidBody", "UnexpectedStatus"]
