# Generated from scripts/runtime/. Do not edit: change it there, then `make generate`.
"""What all operations do around their own parameters: build the URL, read the answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import Enum
from typing import Any, Literal
from urllib.parse import quote

import httpx
from attrs import frozen

from .errors import InvalidBody, UnexpectedStatus
from .reading import ANY, Reader, write
from .types import UNSET, Response

DEFAULT = (0, 999)


@frozen
class Answer:
    """One documented answer: the status codes it stands for, and how its body is read."""

    codes: tuple[int, int]
    source: Literal["json", "text", "bytes", "none"]
    reader: Reader


def path_segment(name: str, value: object) -> str:
    """A parameter as one segment of a path. Raises ValueError where the URL would become another one."""
    text = str(value.value if isinstance(value, Enum) else value)
    if value is None or value is UNSET or text in ("", ".", ".."):
        raise ValueError(f"{name} must not be {text!r}: it is a part of the URL's path")
    return quote(text, safe="")


def query(parameters: dict[str, Any], comma_joined: Iterable[str] = ()) -> dict[str, Any]:
    """Query parameters as httpx takes them. UNSET and None are left out."""
    result = {name: write(value) for name, value in parameters.items() if value is not UNSET and value is not None}
    for name in comma_joined:
        if isinstance(result.get(name), list):
            result[name] = ",".join(str(item) for item in result[name])
    return result


def header(value: object) -> str:
    """A header parameter as text."""
    plain = write(value)
    return ("true" if plain else "false") if isinstance(plain, bool) else str(plain)


def read_response(response: httpx.Response, answers: tuple[Answer, ...]) -> Response[Any]:
    """The answer with its body read. Raises UnexpectedStatus for an error without a documented body."""
    status = response.status_code
    success = 200 <= status < 300
    answer = next((answer for answer in answers if answer.codes[0] <= status <= answer.codes[1]), None)
    if answer is None or (success and answer.codes == DEFAULT):
        # A 200 where a 201 is documented is read as that.
        answer = next((answer for answer in answers if success and 200 <= answer.codes[0] < 300), answer)
    if answer is None or answer.source == "none":
        if success:
            return Response(status, response.content, response.headers, None)
        raise UnexpectedStatus(status, response.content, response.headers)
    try:
        parsed = _body(response, answer)
    except (ValueError, RecursionError) as error:
        if success:
            raise InvalidBody(status, response.content, response.headers, str(error)) from None
        raise UnexpectedStatus(status, response.content, response.headers) from None
    return Response(status, response.content, response.headers, parsed)


def _body(response: httpx.Response, answer: Answer) -> Any:
    if answer.source == "bytes":
        return response.content
    if answer.source == "text":
        return response.text
    if answer.reader is ANY and _is_other_than_json(response):
        # An operation that hands out what somebody stored, in the form it has.
        return response.text if response.headers["content-type"].startswith("text/") else response.content
    try:
        value = json.loads(response.content)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error})") from None
    if not answer.reader.fits(value):
        raise ValueError(f"JSON of another kind than documented ({type(value).__name__})")
    return answer.reader.read(value)


def _is_other_than_json(response: httpx.Response) -> bool:
    media = response.headers.get("content-type", "json")
    return "json" not in media.lower()


def success(response: Response[Any]) -> Any:
    """What was read from a success. Raises UnexpectedStatus for anything else."""
    if 200 <= response.status_code < 300:
        return response.parsed
    raise UnexpectedStatus(response.status_code, response.content, response.headers, response.parsed)
