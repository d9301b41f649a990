"""Open enums: a vendor may add a value at any time, and reading it must not fail."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Self


class OpenStrEnum(StrEnum):
    """A value that is not listed is a member of its own: equal to its text, kept by pickling, `is_known` False."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if type(value) is not str:
            return None
        member = str.__new__(cls, value)
        member._name_ = member._value_ = value
        return member

    @property
    def is_known(self) -> bool:
        """Whether the interface description lists this value."""
        return self._value_ in type(self)._value2member_map_

    def __repr__(self) -> str:
        return super().__repr__() if self.is_known else f"<{type(self).__name__}: {self._value_!r} (not a known value)>"


class OpenIntEnum(IntEnum):
    """The same for whole numbers."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if type(value) is not int:
            return None
        member = int.__new__(cls, value)
        member._name_ = str(value)
        member._value_ = value
        return member

    @property
    def is_known(self) -> bool:
        """Whether the interface description lists this value."""
        return self._value_ in type(self)._value2member_map_

    def __repr__(self) -> str:
        return super().__repr__() if self.is_known else f"<{type(self).__name__}: {self._value_!r} (not a known value)>"


__all__ = ["OpenIntEnum", "OpenStrEnum"]
