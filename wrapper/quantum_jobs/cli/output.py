"""How anything is printed: lines, JSON, notices, errors, times. Rows of many fields are printed by ``tables``.

Whatever comes from outside is escaped, so that it cannot move the cursor or forge a line, and holds no API key.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from quantum_jobs.text import printable

if TYPE_CHECKING:
    from rich.console import Console

#: The longest line of a paragraph, however wide the terminal is.
WIDEST_PARAGRAPH = 100
NAME = "quantum-jobs: "

#: Each takes one key out of a text.
_redactors: list[Callable[[bytes], bytes]] = []


def on_terminal() -> bool:
    """Whether a person looks at what is printed."""
    return sys.stdout.isatty()


def errors_on_terminal() -> bool:
    """Whether a person looks at what is said beside it."""
    return sys.stderr.isatty()


def safe(value: object) -> str:
    """The text of a value on one line: control characters as escapes, without a key; empty for None."""
    return "" if value is None else printable(without_keys(str(value)))


def without_keys(text: str) -> str:
    """The text without the API keys that the environment holds. What services send is without their keys already; this
    is for what people type."""
    if not _redactors:
        return text
    data = text.encode(errors="surrogatepass")
    for redact in _redactors:
        data = redact(data)
    return data.decode(errors="surrogatepass")


def remember_keys() -> None:
    """Look at the environment for keys, which are not printed from now on."""
    keys = {value for name, value in os.environ.items() if name.endswith("_API_KEY") and value}
    _redactors.clear()
    if keys:
        from quantum_jobs.http.keys import ApiKey

        _redactors.extend(ApiKey(key).redact for key in sorted(keys))


def write(text: str) -> None:
    """Print a line, as it is."""
    print(text)


def write_json(value: object) -> None:
    """Print one JSON value, indented on a terminal."""
    write(without_keys(as_json(value, indent=2 if on_terminal() else None)))


def as_json(value: object, indent: int | None = None) -> str:
    """JSON in ASCII, in which control characters are escaped, DEL too."""
    return json.dumps(value, indent=indent, default=_plain).replace("\x7f", "\\u007f")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def paragraph(text: str) -> str:
    """Text for people, wrapped where a terminal is looked at."""
    line = NAME + safe(text)
    if not errors_on_terminal():
        return line
    width = min(shutil.get_terminal_size().columns, WIDEST_PARAGRAPH)
    return textwrap.fill(line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def error(text: str) -> None:
    """Say what went wrong, in one paragraph on the standard error stream."""
    print(paragraph(text), file=sys.stderr)


def notice(text: str) -> None:
    """Say something beside what was asked for; only where a person looks."""
    if errors_on_terminal():
        print(safe(text), file=sys.stderr)


def complain(line: str) -> None:
    """One line of details, such as of a traceback."""
    print(safe(line), file=sys.stderr)


def console(*, stderr: bool = False) -> Console:
    """Rich's console, where nothing is read as markup and nothing coloured by guessing."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)


def duration(value: timedelta | None) -> str:
    """A length of time in the two largest units that say something: ``1 h 30 min``."""
    if value is None:
        return ""
    seconds = value.total_seconds()
    if seconds < 1:
        return "0 s" if seconds <= 0 else f"{seconds:.2g} s"
    left = round(seconds)
    days, left = divmod(left, 86_400)
    hours, left = divmod(left, 3_600)
    minutes, left = divmod(left, 60)
    parts = [
        f"{days} d" * bool(days),
        f"{hours} h" * bool(hours),
        f"{minutes} min" * bool(minutes),
        f"{left} s" * bool(left),
    ]
    start = next(place for place, part in enumerate(parts) if part)
    return " ".join(part for part in parts[start : start + 2] if part)


def moment(value: datetime | None) -> str:
    """A moment for people, in the time zone of this machine: ``2026-11-21 17:54``."""
    return "" if value is None else value.astimezone().strftime("%Y-%m-%d %H:%M")


def iso(value: datetime | None) -> str:
    """A moment for programs, in UTC to the second."""
    return "" if value is None else value.astimezone(UTC).isoformat(timespec="seconds")


def seconds(value: timedelta | None) -> str:
    """A length of time for programs, in seconds."""
    return "" if value is None else f"{value.total_seconds():g}"
