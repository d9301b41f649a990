"""Hold an API key so that no attribute, repr or pickle shows it, and remove it from what services send.

Errors and logs quote responses, and a service may echo the key.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Callable
from typing import NoReturn, Self
from urllib.parse import quote, quote_plus

from quantum_jobs.errors import UsageError

_KEY = re.compile(r"[!-~]+")
#: Shorter keys are not removed from texts: replacing a few letters everywhere would garble them.
SHORTEST_REDACTED = 6


class ApiKey:
    """One API key. It is kept in closures, which neither ``vars`` nor the local variables of a traceback show. A
    function that takes a key as text makes one of these first, and deletes the text."""

    __slots__ = ("_reveal", "digest", "redact")

    #: A SHA-256 of the key, to tell accounts apart.
    digest: str
    #: Replaces the key in data from outside.
    redact: Callable[[bytes], bytes]

    def __init__(self, value: object) -> None:
        def reveal() -> object:
            return value

        self._reveal = reveal
        self.redact = _redactor(value) if isinstance(value, str) else bytes
        self.digest = hashlib.sha256(str(value).encode(errors="replace")).hexdigest()

    @classmethod
    def of(cls, value: object) -> ApiKey | None:
        """Wrap an argument that may be a key already; None for None."""
        return value if value is None or isinstance(value, cls) else cls(value)

    def checked(self, place: str) -> Self:
        """Return itself if the key is valid, else raise UsageError naming the place where it was found."""
        if not isinstance(self._reveal(), str) or not _KEY.fullmatch(self.reveal()):
            raise UsageError(f"{place} holds no API key: a key is printable ASCII without blanks or line ends")
        return self

    def reveal(self) -> str:
        """Return the key, to be put into a header."""
        return str(self._reveal())

    def __repr__(self) -> str:
        return "<API key>"

    def __reduce__(self) -> NoReturn:
        raise UsageError("an API key is not pickled; connect again instead")


def _redactor(key: str) -> Callable[[bytes], bytes]:
    spellings = _spellings(key) if len(key) >= SHORTEST_REDACTED else []

    def redact(data: bytes) -> bytes:
        for spelling in spellings:
            if spelling in data:
                data = data.replace(spelling, b"***")
        return data

    return redact


def _spellings(key: str) -> list[bytes]:
    """Return the key as it is written in JSON, HTML, URLs and Python, longest first."""
    known = {key, json.dumps(key)[1:-1], repr(key)[1:-1], html.escape(key), html.escape(key, quote=False)}
    known |= {quote(key), quote(key, safe=""), quote_plus(key)}
    known |= {json.dumps(spelling)[1:-1] for spelling in known}  # any of them inside a JSON text
    known |= {spelling.replace("/", r"\/") for spelling in known}
    known |= {re.sub("[&<>]", lambda match: rf"\u{ord(match[0]):04x}", spelling) for spelling in known}
    known |= {"".join(rf"\u{ord(character):04{case}}" for character in key) for case in "xX"}
    spelled = [spelling.encode() for spelling in sorted(known, key=len, reverse=True)]
    return [*spelled, key.encode("utf-16-le"), key.encode("utf-16-be")]
