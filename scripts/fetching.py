"""The text of a vendor's document, from a file or the network. A download is bounded in size and time, and it is taken
whole or not at all."""

import ipaddress
import time
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx

from scripts.problem import Problem
from scripts.spec_files import shown

LARGEST = 20_000_000
SECONDS = 60.0
REDIRECTS = 5
HEADERS = {"accept": "application/yaml, application/json, text/markdown, text/plain;q=0.9, */*;q=0.1"}


def is_url(source: str) -> bool:
    """Whether the source is on the network."""
    return source.startswith(("http://", "https://"))


def read_source(source: str, *, seconds: float = SECONDS, largest: int = LARGEST) -> tuple[str, str | None]:
    """The text at a URL or in a file, and the day that the server says it was changed."""
    content, modified = _download(source, seconds, largest) if is_url(source) else (_file(source, largest), None)
    try:
        return content.decode("utf-8-sig"), modified
    except UnicodeDecodeError:
        raise Problem(f"{source_name(source)}: is not text in UTF-8") from None


def source_name(source: str) -> str:
    """How a source is named in messages and changelogs: a URL without its query, or a file's name."""
    if is_url(source):
        return source.split("?")[0].split("#")[0]
    return shown(Path(source)) if not Path(source).is_absolute() else Path(source).name


def source_folder(source: str) -> Path | None:
    """Where the files are that a source may refer to; nothing but the source itself is fetched from the network."""
    return None if is_url(source) else Path(source).resolve().parent


def _file(source: str, largest: int) -> bytes:
    try:
        with Path(source).open("rb") as file:
            content = file.read(largest + 1)
    except FileNotFoundError:
        raise Problem(f"{source}: no such file") from None
    except (OSError, ValueError) as error:
        raise Problem(f"{source}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(content) > largest:
        raise Problem(f"{source}: is larger than {largest} bytes")
    return content


def _download(source: str, seconds: float, largest: int) -> tuple[bytes, str | None]:
    end = time.monotonic() + seconds
    name = source_name(source)
    try:
        url = httpx.URL(source)
        _check_address(url)
        # Neither a proxy nor a password from the environment: what is asked for is public.
        with httpx.Client(timeout=min(seconds, 15.0), headers=HEADERS, trust_env=not _is_loopback(url.host)) as client:
            for _ in range(REDIRECTS + 1):
                with client.stream("GET", url) as response:
                    target = response.next_request
                    if target is None:
                        return _content(response, name, end, seconds, largest), _modified(response)
                    if (target.url.scheme, target.url.netloc) != (url.scheme, url.netloc):
                        raise Problem(
                            f"{name}: redirects to another place ({target.url.host}): give that URL if it is right"
                        )
                    url = target.url
    except httpx.InvalidURL as error:
        raise Problem(f"{name}: is not a URL: {error}") from None
    except httpx.HTTPError as error:
        raise Problem(f"{name}: cannot be fetched: {str(error) or type(error).__name__}") from None
    raise Problem(f"{name}: redirects more than {REDIRECTS} times")


def _content(response: httpx.Response, name: str, end: float, seconds: float, largest: int) -> bytes:
    if response.status_code != 200:
        raise Problem(f"{name}: answers with status {response.status_code}")
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > largest:
            raise Problem(f"{name}: is larger than {largest} bytes")
        if time.monotonic() > end:
            raise Problem(f"{name}: takes longer than {seconds:g} seconds")
    return bytes(content)


def _modified(response: httpx.Response) -> str | None:
    try:
        return parsedate_to_datetime(response.headers["last-modified"]).date().isoformat()
    except (KeyError, ValueError, TypeError):
        return None


def _check_address(url: httpx.URL) -> None:
    if url.scheme != "https" and not _is_loopback(url.host):
        raise Problem(f"{source_name(str(url))}: only https is fetched, and http from this machine itself")
    if url.userinfo:
        raise Problem("a URL with a user name or password in it is not fetched")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
