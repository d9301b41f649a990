"""From an operation's arguments to a request that anything can send. Nothing here knows of a client or of httpx."""

from __future__ import annotations

import json as _json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Literal
from urllib.parse import quote

from attrs import field, frozen

from .reading import write
from .types import UNSET, File

# How OpenAPI joins the items of a list that is not spread over several parameters.
SEPARATORS = {"comma": ",", "space": " ", "pipe": "|"}

# One part of a multipart body: its file name if it is a file, its content, its media type.
Part = tuple[str | None, bytes | str | BinaryIO, str]


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
        content: a body that is not JSON, its media type among the headers.
        data: the fields of a form.
        files: the parts of a multipart body, as httpx takes them.
        authentication: whether the operation takes a key.
    """

    operation: str
    method: str
    path: str
    params: Mapping[str, Any] = field(factory=dict)
    headers: Mapping[str, str] = field(factory=dict)
    json: Any = None
    content: bytes | str | BinaryIO | None = field(default=None, repr=False)
    data: Mapping[str, Any] | None = None
    files: list[tuple[str, Part]] | None = field(default=None, repr=False)
    authentication: Literal["required", "optional", "none"] = "required"


def path_segment(name: str, value: object) -> str:
    """A parameter as one segment of a path, the items of a list with commas between them. Raises ValueError where the
    URL would become another one."""
    if type(value) is str:  # as nearly all are
        texts = [value]
    else:
        plain = "" if value is None or value is UNSET else write(value)
        texts = [_text(name, item) for item in (plain if isinstance(plain, list) else [plain])]
    text = ",".join(texts)
    if text in ("", ".", ".."):
        raise ValueError(f"{name} must not be {text!r}: it is a part of the URL's path")
    return ",".join(quote(text, safe="") for text in texts)


def query(parameters: Mapping[str, Any], styles: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Query parameters as httpx takes them. UNSET and None are left out. Raises ValueError for what no query can hold.

    `styles` names the parameters whose lists or objects do not go into parameters of their own: `comma`, `space` and
    `pipe` join the items, `deepObject` writes `name[key]`, `json` writes the value as a JSON document.
    """
    result: dict[str, Any] = {}
    for name, value in parameters.items():
        if value is UNSET or value is None:
            continue
        plain, style = write(value), (styles or {}).get(name)
        if style == "deepObject":
            result.update(_deep(name, plain))
        elif style == "json":
            result[name] = _document(plain)
        elif style and isinstance(plain, list | Mapping):
            pairs = plain.items() if isinstance(plain, Mapping) else [(part,) for part in plain]
            parts = [part for pair in pairs if pair[-1] is not None for part in pair]
            result[name] = SEPARATORS[style].join(_text(name, part) for part in parts)
        elif isinstance(plain, Mapping):
            # The standard's default: each field is a parameter.
            result.update((key, _spread(f"{name}.{key}", item)) for key, item in plain.items() if item is not None)
        else:
            result[name] = _spread(name, plain)
    return result


def headers(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Header parameters as text. UNSET and None are left out."""
    return {
        name: _text(name, write(value))
        for name, value in parameters.items()
        if value is not UNSET and value is not None
    }


def form(body: Any) -> dict[str, Any]:
    """A body as the fields of a form: a list is a field per item, an object is written in JSON."""
    plain = {} if body is UNSET or body is None else write(body)
    return {name: _form_value(name, value) for name, value in plain.items() if value is not None}


def parts(body: Any) -> list[tuple[str, Part]]:
    """A body as the parts of a multipart message: files as they are, a part for each item of a list, objects in
    JSON."""
    result: list[tuple[str, Part]] = []
    for name, value in ({} if body is UNSET or body is None else write(body)).items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, File):
                result.append((name, (item.name or name, item.content, item.content_type)))
            elif isinstance(item, Mapping):
                result.append((name, (None, _document(item), "application/json")))
            elif item is not None:
                result.append((name, (None, _text(name, item), "text/plain")))
    return result


def content(body: Any) -> bytes | str | BinaryIO | None:
    """A body that is sent as it is."""
    if body is UNSET or body is None:
        return None
    return body.content if isinstance(body, File) else body


def _form_value(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_form_value(name, item) for item in value if item is not None]
    return _document(value) if isinstance(value, Mapping) else _text(name, value)


def _spread(name: str, value: Any) -> Any:
    """A value with a parameter of its own, or one for each of its items."""
    if isinstance(value, list):
        return [_plain(name, item) for item in value if item is not None]
    return _plain(name, value)


def _deep(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _deep(f"{name}[{key}]", item)
    elif value is not None:
        yield name, _spread(name, value)


def _document(value: Any) -> str:
    # JSON has no words for what is no number.
    return _json.dumps(value, allow_nan=False)


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, list | Mapping):
        raise ValueError(f"{name} holds a list or an object where only text, a number or a boolean can be sent")
    return value


def _text(name: str, value: Any) -> str:
    value = _plain(name, value)
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


__all__ = ["Part", "Request", "content", "form", "headers", "parts", "path_segment", "query"]
