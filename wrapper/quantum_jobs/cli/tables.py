"""Rows of fields: a table that fits the terminal; elsewhere one line each, its fields separated by tabs, without
headings, nothing cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from quantum_jobs.cli import output
from quantum_jobs.cli.output import safe

if TYPE_CHECKING:
    from rich.text import Text

T = TypeVar("T")

#: Columns of up to this rank stay: where they do not fit beside the first one, that stands on a line of its own.
ALWAYS = 2
GAP = "  "


@attrs.frozen
class Column(Generic[T]):
    """One column: what stands there on a terminal, and in a pipe. The first column of a table is never cut.

    Attributes:
        title: its heading.
        text: what a person reads; empty for nothing.
        plain: what a program reads, where that is something else.
        rank: when a terminal is too narrow, the column with the highest rank goes first.
        right: whether it is aligned to the right, as numbers are.
        style: rich's name for a colour, of a cell.
        most: characters on a terminal, after which a text is cut.
    """

    title: str
    text: Callable[[T], object]
    plain: Callable[[T], object] | None = None
    rank: int = 0
    right: bool = False
    style: Callable[[T], str] | None = None
    most: int | None = None

    def cell(self, row: T) -> Text:
        """What stands in one row."""
        from rich.text import Text

        text = Text(safe(self.text(row)), style=self.style(row) if self.style else "")
        if self.most is not None:
            text.truncate(self.most, overflow="ellipsis")
        return text


def write_rows(columns: Sequence[Column[T]], rows: Iterable[T], *, nothing: str = "") -> int:
    """Print rows. ``nothing`` is said on a terminal where there are none. Gives the number of rows."""
    if not output.on_terminal():
        number = 0
        for row in rows:
            number += 1
            output.write("\t".join(safe((column.plain or column.text)(row)) for column in columns))
        return number
    listed = list(rows)
    if listed:
        out = output.console()
        for line in lines(columns, listed, out.width):
            out.print(line, soft_wrap=True)
    elif nothing:
        output.notice(nothing)
    return len(listed)


@attrs.frozen
class _Shown:
    """A column that is shown, its cells, and how wide it is."""

    column: Column[Any]
    cells: Sequence[Text]

    @property
    def width(self) -> int:
        return max(len(self.column.title), *(cell.cell_len for cell in self.cells))


def lines(columns: Sequence[Column[T]], rows: Sequence[T], width: int) -> list[Text]:
    """A table as wide as the terminal allows, headings first: columns that are empty, or too many, are left out.

    Where the first column leaves no room for what matters most of the others it stands below them, a line of its own
    for each row: a reference that is cut, or broken over two lines, cannot be copied.
    """
    from rich.text import Text

    first, *others = (_Shown(column, [column.cell(row) for row in rows]) for column in columns)
    others = [each for each in others if each.column.rank == 0 or any(each.cells)]
    kept = _fitting(others, width - first.width - len(GAP))
    is_apart = any(each.column.rank <= ALWAYS and each not in kept for each in others)
    if is_apart:
        kept = _fitting(others, width)
        told = [_line([each.cells[row] for each in kept], kept) for row in range(len(rows))]
        below = [Text(GAP) + cell for cell in first.cells]
        body = [line for pair in zip(told, below, strict=True) for line in pair]
    else:
        kept = [first, *kept]
        body = [_line([each.cells[row] for each in kept], kept) for row in range(len(rows))]
    return [_line([Text(each.column.title, style="bold") for each in kept], kept), *body]


def _fitting(shown: Sequence[_Shown], width: int) -> list[_Shown]:
    """As many columns as there is room for, without those of the highest ranks."""
    kept = list(shown)
    while kept and sum(each.width + len(GAP) for each in kept) - len(GAP) > width:
        # Of two with the same rank the one further to the right goes first.
        kept.remove(max(reversed(kept), key=lambda each: each.column.rank))
    return kept


def _line(cells: Sequence[Text], shown: Sequence[_Shown]) -> Text:
    from rich.text import Text

    line = Text(no_wrap=True)
    for cell, each in zip(cells, shown, strict=True):
        blank = " " * (each.width - cell.cell_len)
        line.append_text(Text(blank) + cell if each.column.right else cell + Text(blank))
        line.append(GAP)
    line.rstrip()
    return line
