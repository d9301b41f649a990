"""Text that is safe to show: a service's message must not move the cursor of a terminal or forge a log line, and no
repr is longer than a few lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

#: How long a repr may be, for one value and for one object, in characters: a result can hold millions of shots.
_LONGEST_VALUE, _LONGEST_REPR = 200, 800


def printable(text: str) -> str:
    """The text with control characters, line ends and unpaired surrogates as escapes, such as ``\\x1b``."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def duration(value: timedelta | int) -> str:
    """A length of time for people, such as ``"0.25 s"``, ``"4:31"`` or ``"3 d 04:00:00"``; a number is of seconds."""
    seconds = value if isinstance(value, int) else value.total_seconds()
    if abs(seconds) < 60:
        return f"{seconds:.3g} s"
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    if not hours:
        return f"{minute}:{second:02}"
    days, hour = divmod(hours, 24)
    return f"{days} d {hour:02}:{minute:02}:{second:02}" if days else f"{hour}:{minute:02}:{second:02}"


def shown(value: object, longest: int = _LONGEST_VALUE) -> str:
    """A repr of at most about ``longest`` characters, made without writing out what it leaves out."""
    match value:
        case Mapping() | list() | tuple() if longest < 20 and value:
            return "..."
        case Mapping():
            items = (f"{shown(key, longest // 3)}: {shown(item, longest // 3)}" for key, item in value.items())
            return "{" + _listed(items, len(value), longest) + "}"
        case list() | tuple():
            return "[" + _listed((shown(item, longest // 3) for item in value), len(value), longest) + "]"
        case str() | bytes() if len(value) > longest:
            return f"{value[: longest // 2]!r}... ({len(value)} long)"
    try:
        text = repr(value)
    except ValueError:  # Python does not write integers of thousands of digits
        return "a number that is far too large"
    return text if len(text) <= longest else text[: longest - 3] + "..."


def _listed(items: Iterable[str], length: int, longest: int) -> str:
    """As many items as there is room for, at least one; then how many there are."""
    kept: list[str] = []
    for item in items:
        if kept and sum(map(len, kept)) + len(item) > longest - 40:
            return f"{', '.join(kept)}, ... {length} in all"
        kept.append(item)
    return ", ".join(kept)


def short_repr(self: Any) -> str:
    """The repr of an attrs object: fields that differ from their defaults, each cut to a readable length."""
    import attrs  # loaded with the classes whose reprs these are, and no sooner

    parts = []
    for field in attrs.fields(type(self)):
        value = getattr(self, field.name)
        if field.repr and value is not None and value != () and value != {}:
            parts.append(f"{field.name}={shown(value)}")
    text = f"{type(self).__name__}({', '.join(parts)})"
    return text if len(text) <= _LONGEST_REPR else text[: _LONGEST_REPR - 4] + "...)"


def short_list(items: Sequence[object]) -> str:
    """The repr of a list: as many items as fit in a few lines, and how many there are."""
    return f"[{_listed((shown(item) for item in items), len(items), _LONGEST_REPR)}]"


def money_unit(currency: str, usd: object) -> str:
    """What amounts are added up by: credits whose value in dollars is not known are other money than qBraid's."""
    return currency if usd is not None else f"{currency} (no USD value)"
