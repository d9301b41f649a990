"""The exceptions that the sandbox raises to its caller. It imports nothing of ours.

    SandboxError
      UsageError (also a ValueError)   a wrong setting or call: a bad port, service, device, fault or state file

Errors in responses of the clouds are `http_types.HTTPError`.
"""

from __future__ import annotations


class SandboxError(Exception):
    """Base of the exceptions of this package."""


class UsageError(SandboxError, ValueError):
    """A wrong setting or call. The message names what was wrong and what is allowed."""
