"""From an answer to a typed body, or to the error that says why there is none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, Protocol

from attrs import field, frozen

from .errors import InvalidBody, status_error
from .reading import ANY, Reader
from .types import Response

DEFAULT = (0, 999)


class HttpResponse(Protocol):
    """What is needed of an answer: `httpx.Response` has it, and so has `RawResponse`."""

    @property
    def status_code(self) -> int:
        """The HTTP status."""

    @property
    def headers(self) -> Mapping[str, str]:
        """The answer's headers."""

    @property
    def content(self) -> bytes:
        """The whole body."""


@frozen
class RawResponse:
    """An answer as it came."""

    status_code: int
    headers: Mapping[str, str] = field(factory=dict)
    content: bytes = b""


@frozen
class Answer:
    """One documented answer: the status codes it stands for, and how its body is read."""

    codes: tuple[int, int]
    source: Literal["json", "text", "bytes", "none"]
    reader: Reader


def parse_detailed(operation: str, response: HttpResponse, answers: tuple[Answer, ...]) -> Response[Any]:
    """The answer with its body read.

    Raises UnexpectedStatus for an error without a documented body, InvalidBody for a success that cannot be read.
    """
    status, content, headers = response.status_code, response.content, response.headers
    is_success = 200 <= status < 300
    answer = _documented(status, answers)
    if answer is None or answer.source == "none":
        if is_success:
            return Response(status, content, headers, None)
        raise status_error(status, content, headers, operation=operation)
    if is_success and answer.source == "json" and not content.strip():
        # A success that says nothing, such as a 204 where a 200 with a body is documented.
        return Response(status, content, headers, None)
    try:
        parsed = _body(response, answer)
    except (ValueError, RecursionError) as error:
        if is_success:
            raise InvalidBody(status, content, headers, str(error), operation) from None
        raise status_error(status, content, headers, operation=operation) from None
    return Response(status, content, headers, parsed)


def parse(operation: str, response: HttpResponse, answers: tuple[Answer, ...]) -> Any:
    """The body of a success. Raises UnexpectedStatus for any other answer, with a documented body in `parsed`."""
    detailed = parse_detailed(operation, response, answers)
    if 200 <= detailed.status_code < 300:
        return detailed.parsed
    raise status_error(detailed.status_code, detailed.content, detailed.headers, detailed.parsed, operation)


def _documented(status: int, answers: tuple[Answer, ...]) -> Answer | None:
    found = next((answer for answer in answers if answer.codes[0] <= status <= answer.codes[1]), None)
    if 200 <= status < 300 and (found is None or found.codes == DEFAULT):
        # A 200 where a 201 is documented is read as that.
        return next((answer for answer in answers if 200 <= answer.codes[0] < 300), found)
    return found


def _body(response: HttpResponse, answer: Answer) -> Any:
    if answer.source == "bytes":
        return response.content
    if answer.source == "text":
        return _text(response.content, _media(response))
    if answer.reader is ANY and (media := _media(response)) and "json" not in media:
        # An operation that hands out what somebody stored, in the form it has.
        return _text(response.content, media) if media.startswith("text/") else response.content
    try:
        value = json.loads(response.content)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error})") from None
    if value is None:
        return None
    if not answer.reader.fits(value):
        raise ValueError(f"JSON of another kind than documented ({type(value).__name__})")
    return answer.reader.read(value)


def _media(response: HttpResponse) -> str:
    # Not all mappings of headers take a name in any case.
    return next((value for name, value in response.headers.items() if name.lower() == "content-type"), "").lower()


def _text(content: bytes, media: str) -> str:
    charset = media.partition("charset=")[2].partition(";")[0].strip(" \"'") or "utf-8"
    try:
        return content.decode(charset, errors="replace")
    except LookupError:
        return content.decode(errors="replace")


__all__ = ["DEFAULT", "Answer", "HttpResponse", "RawResponse", "parse", "parse_detailed"]
