"""Network access: the address the sandbox listens on, and the host names it answers to.

Web pages open in a browser on this machine can send requests to it, too. Then the name of their site is in `Origin`,
or, where that name was made to resolve to this machine (DNS rebinding), in `Host`.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from quantum_sandbox.errors import SandboxError

LOOPBACK = "127.0.0.1"

_LOOPBACK_NAME = "localhost"
_PRIVATE_SUFFIXES = (".localhost", ".local", ".internal", ".test")
"""Suffixes that cannot be registered in the public DNS, so that no web site has them."""


def address_of(host: str, *, expose: bool) -> str:
    """The address to listen on. Raises SandboxError for an invalid one, or one beyond loopback without `expose`."""
    address = LOOPBACK if host == _LOOPBACK_NAME else host
    if _ip(address) is None:
        raise SandboxError(f"host must be an IP address or localhost, not {host!r}")
    if not _is_loopback(address) and not expose:
        raise SandboxError(
            f"{host} can be reached from other machines, and who reaches the sandbox can use and steer it. If that is "
            "meant, add expose=True (--expose on the command line)"
        )
    return address


def is_exposed(address: str) -> bool:
    """Whether other machines can reach an address."""
    return not _is_loopback(address)


def root_url(address: str, port: int) -> str:
    """``http://address:port`` for clients on this machine: loopback where the sandbox listens on all addresses."""
    ip = _ip(address)
    if ip is not None and ip.is_unspecified:
        address = LOOPBACK if ip.version == 4 else "::1"
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


def rejection(headers: Mapping[str, str], *, expose: bool, is_control: bool) -> str | None:
    """Why a request that came over a socket is refused, or None.

    Unless it is exposed, the sandbox answers only to host names of this machine. `is_control`: the request is for the
    control API or the page, which even an exposed sandbox serves only under names that cannot be those of a web site.
    """
    host = headers.get("host", "")
    name = _name(host)
    if not expose and not _is_own_name(name):
        return "The sandbox answers to the names of its own machine only, unless it is started with --expose"
    if is_control and not _is_private(name):
        return "The sandbox is steered under an address or a private name, not under one of the public DNS"
    if is_control and "origin" in headers and headers["origin"].rpartition("://")[2] != host:
        return "The sandbox is not steered from another site"
    return None


def _is_own_name(name: str) -> bool:
    """Whether a name always means this machine."""
    return name == _LOOPBACK_NAME or name.endswith(f".{_LOOPBACK_NAME}") or _is_loopback(name)


def _is_private(name: str) -> bool:
    """Whether a name is an address, or cannot be in the public DNS."""
    return _ip(name) is not None or (name != "" and "." not in name) or name.endswith(_PRIVATE_SUFFIXES)


def _name(host: str) -> str:
    """The name in a `Host` header without its port; an empty string for an invalid header."""
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
