"""Find what a cassette must not contain: keys, ids of people and projects, addresses of this machine, and values that
depend on the time of recording."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from tests.cassette_tools.cassette import PLACEHOLDER, Cassette, Interaction
from tests.cassette_tools.cleaning import KEPT_REQUEST_HEADERS, KEPT_RESPONSE_HEADERS, is_stand_in, personal_values
from tests.cassette_tools.sources import DOCUMENT_KEY, START

#: Keys of the stand-ins; the sandbox's own accepted and refused ones among them.
KNOWN_KEYS = (DOCUMENT_KEY, "sandbox-key", "wrong-key")
_KEY_HEADERS = ("authorization", "x-api-key")
_LOOPBACK = re.compile(r"127\.0\.0\.1|localhost|\[::1\]|0\.0\.0\.0|\bhost\.docker\.internal\b", re.IGNORECASE)
_SECRET = re.compile(
    r"(?i)\b(api[_-]?key|bearer|secret|password)\b[\"']?\s*[:= ]\s*[\"']?(?!KEY-TAKEN-OUT)[A-Za-z0-9_\-]{16,}"
)
_MAIL = re.compile(r"[\w.+-]+@(?!example\.com)[\w-]+\.\w+")
_ISO = re.compile(r"\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_EPOCH = re.compile(r'"(?:request|start|response|last_updated|date)": ?(\d{10})\b')
_UNSTABLE = (
    "date",
    "set-cookie",
    "expires",
    "last-modified",
    "age",
    "x-request-id",
    "server",
    "user-agent",
    "host",
    "etag",
)
#: The sandbox's clock stands at its start and is moved by minutes.
_SANDBOX_DAY = timedelta(days=1)


def leaks(cassette: Cassette, more_keys: Iterable[str] = ()) -> list[str]:
    """Everything in a cassette that must not be there, with its place."""
    found = []
    for interaction in cassette.interactions:
        what = _in_interaction(interaction, cassette.source, (*KNOWN_KEYS, *more_keys))
        found += [f"{cassette.label}, interaction {interaction.number}: {each}" for each in what]
    text = json.dumps(dict(cassette.metadata))
    if _LOOPBACK.search(text) or any(key in text for key in (*KNOWN_KEYS, *more_keys)):
        found.append(f"{cassette.label}: a key or an address in the metadata")
    return found


def _in_interaction(interaction: Interaction, source: str, keys: tuple[str, ...]) -> Iterator[str]:
    for name in _KEY_HEADERS:
        value = interaction.request_headers.get(name, "").removeprefix("apiKey ")
        if value not in ("", PLACEHOLDER):
            yield f"a key in the header {name}"
    unstable = [name for name in _UNSTABLE if name in interaction.headers or name in interaction.request_headers]
    surplus = {*interaction.headers} - {*KEPT_RESPONSE_HEADERS} | {*interaction.request_headers} - {
        *KEPT_REQUEST_HEADERS
    }
    for name in dict.fromkeys([*unstable, *sorted(surplus)]):
        yield f"the header {name}, which may differ from run to run"
    headers = [*interaction.headers.values(), *interaction.request_headers.values()]
    bodies = [interaction.request_body.decode("utf-8", "replace"), interaction.body.decode("utf-8", "replace")]
    for text in (interaction.url, *headers, *bodies):
        yield from _in_text(text, source, keys)
    for body in bodies:
        for value in personal_values(_json(body)):
            if not is_stand_in(value):
                yield f"the id of a person or project: {value}"


def _in_text(text: str, source: str, keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        if key in text:
            yield "a key"
    if _SECRET.search(text):
        yield "what looks like a key"
    if match := _LOOPBACK.search(text):
        yield f"the address {match[0]}"
    if match := _MAIL.search(text):
        yield f"the mail address {match[0]}"
    if source == "sandbox":
        yield from _moments(text)


def _moments(text: str) -> Iterator[str]:
    """Times that are not the stopped clock's."""
    start = datetime.fromtimestamp(START, UTC)
    times = [datetime.fromisoformat(each) for each in _ISO.findall(text)]
    times += [datetime.fromtimestamp(int(each), UTC) for each in _EPOCH.findall(text)]
    for moment in times:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if not start - _SANDBOX_DAY <= aware <= start + _SANDBOX_DAY:
            yield f"the time {aware.isoformat()}, which is not the sandbox's"


def _json(text: str) -> object:
    try:
        return json.loads(text or "null")
    except ValueError:
        return None
