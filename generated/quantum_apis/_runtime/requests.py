"""From an operation's arguments to a request that anything can send. Nothing here knows of a client or of httpx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal
from urllib.parse import quote

from attrs import field, frozen

from .reading import write
from .types import UNSET

# How OpenAPI joins the items of a list that is not spread over several parameters.
SEPARATORS = {"comma": ",", "space": " ", "pipe": "|"}


@frozen(kw_only=True)
class Request:
    """One call of an operation, ready to be sent.

    Attributes:
        operation: the operation's name, as its module is called.
        method: in capitals, such as `GET`.
        path: below the base URL, with a slash in front, escaped.
        params: query parameters as httpx takes them: a list stands for one parameter per item.
        headers: further headers; never the key.
        json: the body, as plain JSON values; None for no body.
        authentication: whether the operation takes a key.
    """

    operation: str
    method: str
    path: str
    params: Mapping[str, Any] = field(factory=dict)
    headers: Mapping[str, str] = field(factory=dict)
    json: Any = None
    authentication: Literal["required", "optional", "none"] = "required"


def path_segment(name: str, value: object) -> str:
    """A parameter as one segment of a path. Raises ValueError where the URL would become another one."""
    text = "" if value is None or value is UNSET else _text(write(value))
    if text in ("", ".", ".."):
        raise ValueError(f"{name} must not be {text!r}: it is a part of the URL's path")
    return quote(text, safe="")


def query(parameters: Mapping[str, Any], styles: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Query parameters as httpx takes them. UNSET and None are left out.

    `styles` names the parameters whose lists or objects do not go into parameters of their own: `comma`, `space` and
    `pipe` join the items, `deepObject` writes `name[key]`.
    """
    result: dict[str, Any] = {}
    for name, value in parameters.items():
        if value is UNSET or value is None:
            continue
        plain, style = write(value), (styles or {}).get(name)
        if style == "deepObject":
            result.update(_deep(name, plain))
        elif style and isinstance(plain, list | Mapping):
            parts = plain if isinstance(plain, list) else [part for pair in plain.items() for part in pair]
            result[name] = SEPARATORS[style].join(_text(part) for part in parts if part is not None)
        elif isinstance(plain, Mapping):
            # The standard's default: each field is a parameter.
            result.update((key, item) for key, item in plain.items() if item is not None)
        else:
            result[name] = plain
    return result


def headers(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Header parameters as text. UNSET and None are left out."""
    return {name: _text(write(value)) for name, value in parameters.items() if value is not UNSET and value is not None}


def _deep(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _deep(f"{name}[{key}]", item)
    elif value is not None:
        yield name, value


def _text(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


__all__ = ["Request", "headers", "path_segment", "query"]
