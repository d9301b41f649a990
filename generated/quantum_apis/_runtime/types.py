"""The small types that every package of bindings shares."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, BinaryIO, Generic, Literal, Self, TypeVar

from attrs import define, frozen

T = TypeVar("T")


class Unset:
    """The type of UNSET: there is exactly one, and it stays that one through copying and pickling."""

    _only: Unset | None = None

    def __new__(cls) -> Unset:
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> tuple[type[Unset], tuple[()]]:
        return Unset, ()


UNSET = Unset()


class SentDateTime(datetime.datetime):
    """A datetime that remembers how the service wrote it, so that it is written back the same, `Z` and all.

    Values computed from it are plain in that respect: they are written in ISO 8601.
    """

    _text: str | None

    @classmethod
    def read(cls, text: str) -> Self:
        """Read an RFC 3339 or ISO 8601 text. Raises ValueError for anything else."""
        moment = cls.fromisoformat(text)
        moment._text = text
        return moment

    @property
    def text(self) -> str:
        """As the service wrote it."""
        return getattr(self, "_text", None) or self.isoformat()

    def __reduce_ex__(self, protocol: Any) -> Any:
        if getattr(self, "_text", None) is None:
            return super().__reduce_ex__(protocol)
        return type(self).read, (self._text,)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Any) -> Self:
        return self


@frozen
class File:
    """Something to upload: its content, and what the service is told of its name and its media type."""

    content: bytes | str | BinaryIO
    name: str | None = None
    content_type: str = "application/octet-stream"


# What the generator calls a file that is ready to be sent.
FileTypes = File


@define
class Response(Generic[T]):
    """An answer: its status, raw content and headers, and what was read from it."""

    status_code: int
    content: bytes
    headers: Mapping[str, str]
    parsed: T


__all__ = ["UNSET", "File", "FileTypes", "Response", "SentDateTime", "Unset"]
