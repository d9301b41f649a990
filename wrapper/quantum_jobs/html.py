"""Small HTML for notebooks: a table of many things, the fields of one, a result's outcomes with bars.

All text is escaped, as it may come from a service. There are no colours but the page's own, so that light and dark
themes are readable; no script, and nothing is loaded from elsewhere. Which values a class shows stands in that class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import UTC, datetime, timedelta
from enum import Enum
from html import escape
from itertools import islice
from typing import Any

from quantum_jobs.counts import Outcomes, most_likely
from quantum_jobs.text import duration, money_unit, printable

#: How much of a list, a text and a program is shown, in rows, characters and lines.
MOST_ROWS, MOST_CHARACTERS, MOST_LINES = 20, 120, 40
#: Text up to this length stands on one line of a table.
SHORT = 30
#: Outcomes that have a row of their own.
MOST_OUTCOMES = 16

#: MathJax, which notebooks run over their pages, leaves elements of these classes alone: a dollar sign is no formula.
_CLASSES = "tex2jax_ignore mathjax_ignore"


def text(value: object, most: int = MOST_CHARACTERS) -> str:
    """A value in words, cut to a readable length. Not escaped yet."""
    match value:
        case None | () | "":
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            words = str(value.value)
        case datetime():
            words = value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        case timedelta():
            words = duration(value)
        case float():
            words = f"{value:.4g}"
        case Mapping():
            words = ", ".join(f"{key}={text(item)}" for key, item in islice(value.items(), most))
        case list() | tuple():
            words = ", ".join(text(item) for item in islice(value, most))
        case _:
            words = str(value)
    words = printable(words[: most + 1])
    return words if len(words) <= most else words[: most - 1] + "…"


def table(rows: Sequence[Mapping[str, object]], caption: str) -> str:
    """Rows with the same columns; columns without any value are left out, and rows beyond the first ones counted."""
    columns = [name for name in (rows[0] if rows else ()) if any(text(row[name]) for row in rows)]
    numeric = {name for name in columns if all(_is_numeric(row[name]) for row in rows)}
    lines = ["".join(_cell(name, "th", name in numeric) for name in columns)]
    lines += ["".join(_cell(row[name], "td", name in numeric) for name in columns) for row in rows[:MOST_ROWS]]
    left = len(rows) - MOST_ROWS
    if left > 0:
        lines.append(f'<td colspan="{len(columns)}" style="text-align:left">… and {left} more</td>')
    return _table(lines if rows else [], caption)


def fields(values: Mapping[str, object], caption: str) -> str:
    """One thing: the names and values of what is known of it."""
    shown = {name: value for name, value in values.items() if text(value)}
    return _table([_cell(name, "th") + _cell(value, "td") for name, value in shown.items()], caption)


def of_result(result: Outcomes) -> str:
    """The most likely outcomes with their numbers and a bar each, and the others together; or one such table for each
    register."""
    about = [f"{result.num_qubits} bits" if result.num_qubits is not None else "result"]
    if result.shots is not None:
        about.append(f"{result.shots} shots, {result.counts_kind}")
    if not result.probabilities:
        parts = [
            f"<div>register {escape(text(name))}</div>{of_result(each)}" for name, each in result.registers.items()
        ]
        return "".join(parts) or _table([], "; ".join([*about, "no outcomes: what the vendor sent stands in raw"]))
    kept, others = most_likely([result.probabilities], MOST_OUTCOMES)
    return _table(_outcomes(result._together(kept, others), set(kept)), ", ".join(about))


def _outcomes(result: Outcomes, with_bars: Set[str]) -> Iterator[str]:
    """A row for each outcome; a bar for the others together would leave no room for the rest."""
    probabilities, counts, errors = result.probabilities or {}, result.counts, result.standard_errors or {}
    longest = max(probabilities[outcome] for outcome in with_bars)
    shots = "" if counts is None else _cell("shots", "th", True)
    yield f"{_cell('outcome', 'th')}{shots}{_cell('probability', 'th', True)}<th></th>"
    for outcome, value in probabilities.items():
        error = f" ± {errors[outcome]:.2g}" if outcome in errors else ""
        shots = "" if counts is None else _cell(counts.get(outcome, 0), "td", True)
        bar = _bar(value / longest) if outcome in with_bars and longest > 0 else ""
        yield (
            f'<td style="text-align:left;word-break:break-all"><code>{escape(text(outcome, 2000))}</code></td>'
            f"{shots}{_cell(f'{value:.4g}{error}', 'td', True)}"
            f'<td style="width:12em;text-align:left" aria-hidden="true">{bar}</td>'
        )


def _bar(share: float) -> str:
    width = f"{100 * max(share, 0.0):.1f}%"
    return f'<div style="width:{width};height:0.8em;background-color:currentColor;opacity:0.6"></div>'


def program(format_: str, data: Any) -> str:
    """A program's text, its first lines; of bytes only how many there are."""
    if isinstance(data, (bytes, bytearray)):
        return _table([], f"program, {format_}, {len(data)} bytes")
    if not isinstance(data, str):
        import json

        data = json.dumps(data, indent=1, default=str)
    lines = data[: MOST_LINES * 200].splitlines()
    shown = "\n".join(printable(line) for line in lines[:MOST_LINES])
    more = "\n…" if len(lines) > MOST_LINES or len(data) > MOST_LINES * 200 else ""
    return (
        f'<div class="{_CLASSES}">{escape(text(f"program, {format_}"))}'
        f'<pre style="max-width:100%;overflow-x:auto">{escape(shown)}{more}</pre></div>'
    )


def of_list(things: Sequence[Any]) -> str | None:
    """A table of jobs, devices, results or costs, with its sums above. None for things of other kinds, or of several:
    a notebook shows their repr then."""
    if not things:
        return "<div>nothing</div>"
    rows = [thing._row() for thing in things if hasattr(thing, "_row")]
    if len(rows) < len(things) or any(row.keys() != rows[0].keys() for row in rows):
        return None
    noun = type(things[0]).__name__.removeprefix("Async").removesuffix("Record").lower()
    return table(rows, f"{len(things)} {noun}{'' if len(things) == 1 else 's'}{_summed(rows)}")


def _summed(rows: Iterable[Mapping[str, Any]]) -> str:
    statuses = Counter(text(row["status"]) for row in rows if row.get("status"))
    costs = [row["cost"] for row in rows if row.get("cost") is not None]
    told = ", ".join(f"{number} {status}" for status, number in statuses.most_common(8))
    amounts: dict[str, Any] = {}
    for cost in costs:
        unit = money_unit(cost.currency, cost.usd)
        amounts[unit] = amounts.get(unit, 0) + cost.amount
    sums = [f"{amounts[unit]:f} {unit}" for unit in sorted(amounts)]
    return (f": {told}" if told else "") + (f"; cost {' + '.join(sums)}" if sums else "")


def _is_numeric(value: object) -> bool:
    return value is None or (isinstance(value, (int, float, timedelta)) and not isinstance(value, bool))


def _cell(value: object, tag: str, numeric: bool = False) -> str:
    words = text(value)
    style = f"text-align:{'right' if numeric else 'left'}{';white-space:nowrap' if len(words) <= SHORT else ''}"
    return f'<{tag} style="{style}">{escape(words)}</{tag}>'


def _table(lines: Iterable[str], caption: str) -> str:
    rows = "".join(f"<tr>{line}</tr>" for line in lines)
    title = f'<caption style="text-align:left">{escape(text(caption, 300))}</caption>'
    # A wide table scrolls by itself.
    return f'<div style="overflow-x:auto"><table class="{_CLASSES}">{title}<tbody>{rows}</tbody></table></div>'
