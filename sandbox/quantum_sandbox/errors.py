"""The exception that the sandbox raises to its caller. Errors in responses of the clouds are `http_types.HTTPError`."""

from __future__ import annotations


class SandboxError(ValueError):
    """A wrong setting or call, such as a bad port, an unknown device, or a damaged state file; or a missing package.

    The message names what was wrong and what is allowed.
    """
