"""What the bindings raise, beside httpx's own exceptions for connections and timeouts.

BindingsError
  UnexpectedStatus   the answer is not a success
  InvalidBody        the answer is a success, but its body cannot be read
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SHOWN = 500


class BindingsError(Exception):
    """The base of what the bindings raise. Carries the answer's status, content and headers."""

    def __init__(self, status_code: int, content: bytes, headers: Mapping[str, str], detail: Any = None) -> None:
        super().__init__(status_code, content, dict(headers), detail)
        self.status_code = status_code
        self.content = content
        self.headers = dict(headers)

    def excerpt(self) -> str:
        """The beginning of the content as text."""
        text = self.content[: 4 * SHOWN].decode(errors="replace").strip()
        return text[:SHOWN] + ("..." if len(text) > SHOWN else "")


class UnexpectedStatus(BindingsError):
    """The service did not answer with a success. `parsed` is the documented error body, where there is one."""

    def __init__(self, status_code: int, content: bytes, headers: Mapping[str, str], parsed: Any = None) -> None:
        super().__init__(status_code, content, headers, parsed)
        self.parsed = parsed

    def __str__(self) -> str:
        return f"the service answered with status {self.status_code}: {self.excerpt() or 'no content'}"


class InvalidBody(BindingsError):
    """A success whose body is not what the description says; `reason` says in which way."""

    def __init__(self, status_code: int, content: bytes, headers: Mapping[str, str], reason: str = "") -> None:
        super().__init__(status_code, content, headers, reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"the answer (status {self.status_code}) cannot be read: {self.reason}: {self.excerpt() or 'no content'}"


__all__ = ["BindingsError", "InvalidBody", "UnexpectedStatus"]
