"""Replace what must not get into a cassette: keys, addresses of the sandbox, ids of people and projects, and headers
that differ between runs. Equal values have equal replacements in a cassette."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.cassette_tools.cassette import PLACEHOLDER

KEPT_REQUEST_HEADERS = ("accept", "authorization", "content-type", "x-api-key")
KEPT_RESPONSE_HEADERS = ("content-type", "retry-after")
#: Fields that hold the id of a person, an organization, a project or a key.
PERSONAL = re.compile(
    r"(submitter|submitted_by|creator|ender|user|member|owner|account|project|organi[sz]ation|key)"
    r"_?(id|user_?id|name|email)?$",
    re.IGNORECASE,
)
#: Names of fields that match and hold no such id.
NOT_PERSONAL = frozenset({"key", "keys"})
_HEX24 = re.compile(r"[0-9a-f]{24}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def cleaned(
    interactions: list[dict[str, Any]], *, base_url: str, vendor_url: str, key: str, idempotency_keys: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The interactions as they may be kept. `idempotency_keys` are ours, and what stands for them."""
    plain = [_plain(each, key) for each in interactions]
    stand_ins = {**dict(idempotency_keys), **_stand_ins(plain)}
    if base_url != vendor_url:
        stand_ins = {base_url: vendor_url, **stand_ins, _host(base_url): _host(vendor_url)}
    stand_ins[key] = PLACEHOLDER
    # Longest first: one value can be a part of another.
    ordered = sorted(stand_ins.items(), key=lambda each: len(each[0]), reverse=True)
    kept: list[dict[str, Any]] = _replaced(plain, ordered)
    return kept


def _replaced(node: Any, stand_ins: list[tuple[str, str]]) -> Any:
    if isinstance(node, dict):
        return {name: _replaced(value, stand_ins) for name, value in node.items()}
    if isinstance(node, list):
        return [_replaced(value, stand_ins) for value in node]
    if isinstance(node, str):
        for value, stand_in in stand_ins:
            node = node.replace(value, stand_in)
    return node


def _plain(interaction: Mapping[str, Any], key: str) -> dict[str, Any]:
    request, response = interaction["request"], interaction["response"]
    return {
        "request": {
            "body": _text(request.get("body")),
            "headers": {
                name: [_without_key(value, key) for value in _listed(values)]
                for name, values in _kept(request["headers"], KEPT_REQUEST_HEADERS)
            },
            "method": request["method"],
            "uri": request["uri"],
        },
        "response": {
            "body": {"string": _text(response["body"].get("string")) or ""},
            "headers": {name: _listed(values) for name, values in _kept(response["headers"], KEPT_RESPONSE_HEADERS)},
            "status": dict(response["status"]),
        },
    }


def _kept(headers: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    lower = {name.lower(): values for name, values in headers.items()}
    return ((name, lower[name]) for name in names if name in lower)


def _listed(values: str | list[str]) -> list[str]:
    return [values] if isinstance(values, str) else list(values)


def _without_key(value: str, key: str) -> str:
    return value.replace(key, PLACEHOLDER)


def _text(body: str | bytes | None) -> str | None:
    return body.decode() if isinstance(body, bytes) else body


def _host(url: str) -> str:
    return url.split("://", 1)[1].split("/", 1)[0]


def _stand_ins(interactions: list[dict[str, Any]]) -> dict[str, str]:
    """What stands for each id of a person or project: the same kind of value, numbered in the order of appearance."""
    found: dict[str, str] = {}
    for interaction in interactions:
        for body in (interaction["request"]["body"], interaction["response"]["body"]["string"]):
            for value in personal_values(_json(body)):
                found.setdefault(value, _like(value, len(found) + 1))
    return found


def personal_values(node: Any) -> Iterator[str]:
    """The ids of people and projects in a JSON value, in order."""
    if isinstance(node, dict):
        for name, value in node.items():
            if isinstance(value, str) and value and PERSONAL.fullmatch(name) and name not in NOT_PERSONAL:
                yield value
            else:
                yield from personal_values(value)
    elif isinstance(node, list):
        for each in node:
            yield from personal_values(each)


def _json(body: str | None) -> Any:
    try:
        return json.loads(body or "null")
    except ValueError:
        return None


def _like(value: str, number: int) -> str:
    if _UUID.fullmatch(value):
        return f"00000000-0000-4000-8000-{number:012x}"
    if _HEX24.fullmatch(value):
        return f"{number:024x}"
    if "@" in value:
        return f"person-{number}@example.com"
    return f"person-or-project-{number}"


def is_stand_in(value: str) -> bool:
    """Whether a value is one that was put in here."""
    patterns = (r"00000000-0000-4000-8000-0{6}[0-9a-f]{6}", r"0{18}[0-9a-f]{6}", r"person-\d+@example\.com")
    return any(re.fullmatch(pattern, value) for pattern in (*patterns, r"person-or-project-\d+"))
