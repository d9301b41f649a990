"""Who can reach the sandbox: the address it listens on, and the names under which it answers.

A web page that is open in a browser on this machine can send requests here as well. Its own site's name then stands in
`Origin`, or, where that name was made to point to this machine (DNS rebinding), in `Host`.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from .errors import UsageError

LOOPBACK = "127.0.0.1"

_LOOPBACK_NAME = "localhost"
_PRIVATE_ENDS = (".localhost", ".local", ".internal", ".test")
"""Ends of names that nobody can register, so that no foreign site has one."""


def address_of(host: str, *, expose: bool) -> str:
    """The address to listen on. Raises UsageError for what is none, and for one beyond loopback without `expose`."""
    address = LOOPBACK if host == _LOOPBACK_NAME else host
    if _ip(address) is None:
        raise UsageError(f"host must be an IP address or localhost, not {host!r}")
    if not _is_loopback(address) and not expose:
        raise UsageError(
            f"{host} can be reached from other machines, and who reaches the sandbox can use and steer it. If that is "
            "meant, add expose=True (--expose on the command line)"
        )
    return address


def is_exposed(address: str) -> bool:
    """Whether other machines can reach an address."""
    return not _is_loopback(address)


def root_url(address: str, port: int) -> str:
    """``http://address:port`` for a client on this machine; loopback where the sandbox listens on all addresses."""
    ip = _ip(address)
    if ip is not None and ip.is_unspecified:
        address = LOOPBACK if ip.version == 4 else "::1"
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


def objection(headers: Mapping[str, str], *, expose: bool, steers: bool) -> str | None:
    """Why a request that came over a socket is turned away, or None.

    Unless it is exposed, the sandbox answers only to this machine's own names. `steers` says that the request is for
    the control API or the page: even an exposed sandbox gives these under no name that could be a foreign site's.
    """
    host = headers.get("host", "")
    name = _name(host)
    if not expose and not _is_own_name(name):
        return "The sandbox answers to the names of its own machine only, unless it is started with --expose"
    if steers and not _is_private(name):
        return "The sandbox is steered under an address or a private name, not under one of the public DNS"
    if steers and "origin" in headers and headers["origin"].rpartition("://")[2] != host:
        return "The sandbox is not steered from another site"
    return None


def _is_own_name(name: str) -> bool:
    """Whether a name means this machine, wherever it is looked up."""
    return name == _LOOPBACK_NAME or name.endswith(f".{_LOOPBACK_NAME}") or _is_loopback(name)


def _is_private(name: str) -> bool:
    """Whether a name is an address, or one that no site in the public DNS can have."""
    return _ip(name) is not None or (name != "" and "." not in name) or name.endswith(_PRIVATE_ENDS)


def _name(host: str) -> str:
    """The name in a `Host` header, without its port; nothing for what is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(address: str) -> bool:
    ip = _ip(address)
    return ip is not None and ip.is_loopback


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
