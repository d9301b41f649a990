"""Check base URLs, result URLs and ids. A key is never sent to another host."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from quantum_jobs.errors import ResponseError, UsageError
from quantum_jobs.text import shown

_ID = re.compile(r"[A-Za-z0-9._:~-]+")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def checked_id(value: object, what: str = "job id") -> str:
    """Return an id that is safe in a URL path, else raise UsageError."""
    if not isinstance(value, str) or not is_id(value):
        raise UsageError(
            f"{shown(value)} is no {what}: it takes letters, digits and the characters . _ : ~ - and no two dots in a "
            "row"
        )
    return value


def is_id(text: str) -> bool:
    """Whether a text is safe in a URL path: it cannot lead to another path."""
    return _ID.fullmatch(text) is not None and ".." not in text and text != "."


def checked_base_url(url: str) -> str:
    """Return the base URL in one spelling: it tells accounts apart. Raises UsageError unless it is https, or http for
    loopback."""
    # A password is not repeated.
    given = shown(url) if isinstance(url, str) and "@" not in url else "what was given"
    none = UsageError(f"{given} is no base URL; one looks like 'https://api.example.com/v1'")
    if not isinstance(url, str) or not url.isprintable() or " " in url:
        raise none
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise none from None
    if not parts.hostname or parts.scheme not in _DEFAULT_PORTS or port == 0:
        raise none
    if parts.username is not None or parts.password is not None or "?" in url or "#" in url:
        raise UsageError("a base URL takes no user name, password, query or fragment; the key goes into api_key=")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise UsageError(
            f"plain http would send your key unprotected to {parts.hostname!r}: use https (http is for loopback only)"
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    shown_port = "" if port in {None, _DEFAULT_PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{host}{shown_port}{parts.path}".rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether a host name or address is loopback."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def joined(base_url: str, url: str) -> str:
    """Join a URL from a response to the base URL.

    Raises ResponseError for another scheme, host or port than the service's own, and for a user name.
    """
    base = urlsplit(base_url)
    try:
        parts = urlsplit(url)
        target = (
            parts
            if parts.scheme or parts.netloc
            else SplitResult(base.scheme, base.netloc, parts.path, parts.query, "")
        )
        same = _origin(target) == _origin(base)
    except ValueError:
        same = False
    if (
        not same
        or not url.isprintable()
        or "@" in target.netloc
        or not target.path.startswith("/")
        or _climbs(target.path)
    ):
        raise ResponseError(
            f"the answer names a result at {url[:200]!r}, which is not on the service's own host {base.netloc!r}; "
            "it was not followed"
        )
    return target.geturl()


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    scheme = parts.scheme.lower()
    return scheme, parts.hostname, parts.port or _DEFAULT_PORTS.get(scheme)


def _climbs(path: str) -> bool:
    return "\\" in path or any(part in {"..", "."} for part in path.replace("%2e", ".").replace("%2E", ".").split("/"))
