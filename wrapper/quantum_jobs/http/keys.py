"""An API key, held so that no attribute, repr or pickle shows it, and taken out of what comes from outside.

Errors and logs quote what services send, and a service may send back what it was sent.
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
#: A shorter word is not taken out of texts: removing a word of a few letters would garble them.
SHORTEST_REDACTED = 6


class ApiKey:
    """One API key. It stands in closures only, which neither ``vars`` nor the local variables of a traceback show.
    Whoever is given a key as text makes one of these first, and deletes the text."""

    __slots__ = ("_digest", "_redact", "_reveal")

    def __init__(self, value: object) -> None:
        def reveal() -> object:
            return value

        self._reveal = reveal
        self._redact = _redactor(value) if isinstance(value, str) else bytes
        self._digest = hashlib.sha256(str(value).encode(errors="replace")).hexdigest()

    @classmethod
    def of(cls, value: object) -> ApiKey | None:
        """The key that an argument holds; None for None."""
        return value if value is None or isinstance(value, cls) else cls(value)

    def checked(self, place: str) -> Self:
        """The key itself, if it can be one; else UsageError that names the place where it was found."""
        if not self._is_valid():
            raise UsageError(f"{place} holds no API key: a key is printable ASCII without blanks or line ends")
        return self

    def _is_valid(self) -> bool:
        value = self._reveal()
        return isinstance(value, str) and _KEY.fullmatch(value) is not None

    @property
    def digest(self) -> str:
        """Tells accounts apart without showing the key."""
        return self._digest

    def reveal(self) -> str:
        """The key itself, for the one who puts it into a header."""
        return str(self._reveal())

    def redact(self, data: bytes) -> bytes:
        """What came from outside, without the key that it may repeat."""
        return self._redact(data)

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
    """How a key looks in JSON, HTML, a URL or Python, the longest first."""
    known = {key, json.dumps(key)[1:-1], repr(key)[1:-1], html.escape(key), html.escape(key, quote=False)}
    known |= {quote(key), quote(key, safe=""), quote_plus(key)}
    known |= {json.dumps(spelling)[1:-1] for spelling in known}  # any of them inside a JSON text
    known |= {spelling.replace("/", r"\/") for spelling in known}
    known |= {re.sub("[&<>]", lambda match: rf"\u{ord(match[0]):04x}", spelling) for spelling in known}
    known |= {"".join(rf"\u{ord(character):04{case}}" for character in key) for case in "xX"}
    spelled = [spelling.encode() for spelling in sorted(known, key=len, reverse=True)]
    return [*spelled, key.encode("utf-16-le"), key.encode("utf-16-be")]
