"""Histograms of results, drawn with matplotlib (extra ``plot``).

The colours are those of Okabe and Ito, which people with any kind of colour blindness tell apart
(https://jfly.uni-koeln.de/color/). From the second result on bars are hatched too, so that they differ in grey.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import attrs

from quantum_jobs.checks import checked_integer
from quantum_jobs.counts import Outcomes, most_likely
from quantum_jobs.errors import UnsupportedError, UsageError
from quantum_jobs.text import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Kind = Literal["probabilities", "counts"]

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442", "#999999")
HATCHES = ("", "///", "...", "xxx", "\\\\\\", "+++", "ooo", "---")
#: Outcomes of more bits than this stand beside lying bars, where they are read without turning the head.
MOST_BITS_BELOW = 6
#: The other outcomes have a bar up to this many times as long as the longest of the rest; beyond it they are a number.
MOST_FOR_OTHERS = 1.5
#: Characters of an outcome on one line.
LINE = 32


def bars(
    results: Mapping[str, Outcomes],
    *,
    kind: Kind = "probabilities",
    top: int = 16,
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw results side by side, by their labels; a single one with an empty label has no legend. Gives the axes.

    Raises UsageError for arguments that cannot be, and for a result that has not what is to be drawn.
    """
    _check(results, kind, top)
    kept, others = most_likely([result._outcomes() for result in results.values()], top)
    series = [_Series.of(result._together(kept, others), kind) for result in results.values()]
    outcomes = list(series[0].lengths)
    lying = max(map(len, kept)) > MOST_BITS_BELOW
    is_new = ax is None
    if ax is None:
        ax = _new_axes(len(outcomes) * max(1.6, len(results)), lying, any(results) * len(results))
    largest = max(max(each.lengths[outcome] for outcome in kept) for each in series)
    is_told = bool(others) and max(each.lengths[outcomes[-1]] for each in series) > MOST_FOR_OTHERS * largest
    thickness = 0.8 / len(series)
    for number, (label, each) in enumerate(zip(results, series, strict=True)):
        places = [place + (number - (len(series) - 1) / 2) * thickness for place in range(len(outcomes))]
        if is_told:
            _tell(ax, each, places.pop(), lying)
        _draw(ax, each, number, places, thickness, lying, _plain(label))
    _name_axes(ax, outcomes, kind, lying)
    if title is not None:
        ax.set_title(_plain(title))
    if any(results):
        _add_legend(ax, is_new, max(map(len, results)))
    return ax


@attrs.frozen
class _Series:
    """What is drawn of one result: lengths of bars by outcome, and of error bars where they are known."""

    lengths: Mapping[str, float]
    errors: Mapping[str, float] | None

    @classmethod
    def of(cls, result: Outcomes, kind: Kind) -> _Series:
        errors = result.standard_errors
        if kind == "probabilities":
            return cls(result.probabilities or {}, errors)
        shots = result.shots or 0
        return cls(result.counts or {}, errors and {outcome: error * shots for outcome, error in errors.items()})


def _check(results: Mapping[str, Outcomes], kind: object, top: int) -> None:
    if kind not in ("probabilities", "counts"):
        raise UsageError(f"kind must be 'probabilities' or 'counts', got {kind!r:.100}")
    checked_integer(top, "top", 1)
    if not results:
        raise UsageError("there is nothing to plot: no result was given")
    if kind == "counts" and any(result.counts is None for result in results.values()):
        raise UsageError("a result without counts cannot be drawn as counts: leave out kind=")


def _new_axes(bars: float, lying: bool, labels: int) -> Axes:
    """Axes of their own, as large as this many bars and labels need."""
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise UnsupportedError(
            f"plots are drawn with matplotlib, which is missing ({error.name}): install the extra plot, in a checkout "
            "with pip install '.[plot]'"
        ) from None
    length = min(max(1.5 + (0.15 if lying else 0.2) * bars, 3.2 if lying else 4.8), 14.0)
    axes: Axes = pyplot.subplots(
        figsize=(6.4, length) if lying else (length, 3.8 + 0.2 * labels), layout="constrained"
    )[1]
    return axes


def _draw(
    ax: Axes, series: _Series, number: int, places: Sequence[float], thickness: float, lying: bool, label: str
) -> None:
    """The bars of one result, as many as there are places."""
    from matplotlib import rcParams

    lengths = list(series.lengths.values())[: len(places)]
    errors = None if series.errors is None else list(series.errors.values())[: len(places)]
    style: dict[str, Any] = {
        "color": COLOURS[number % len(COLOURS)],
        # Past the last colour the pairs of colour and hatch are new ones.
        "hatch": HATCHES[(number + number // len(COLOURS)) % len(HATCHES)],
        "edgecolor": rcParams["axes.edgecolor"],
        "linewidth": 0.6,
        "label": label or None,
        "ecolor": rcParams["text.color"],
        "capsize": min(3.0, 12 * thickness),
        "error_kw": {"elinewidth": 1.0},
    }
    if lying:
        ax.barh(places, lengths, height=thickness, xerr=errors, **style)
    else:
        ax.bar(places, lengths, width=thickness, yerr=errors, **style)


def _tell(ax: Axes, series: _Series, place: float, lying: bool) -> None:
    """The others in words, as a bar of them would leave no room for the rest."""
    outcome = list(series.lengths)[-1]
    error = "" if series.errors is None else f" ± {series.errors[outcome]:.2g}"
    length = series.lengths[outcome]
    words = f" {length}{error}" if isinstance(length, int) else f" {length:.3g}{error}"
    if lying:
        ax.text(0, place, words, ha="left", va="center", fontsize="small")
    else:
        ax.text(place, 0, words, ha="center", va="bottom", fontsize="small", rotation=90)


def _add_legend(ax: Axes, is_new: bool, longest: int) -> None:
    """Above the axes where there is a figure of our own, so that it hides no bar."""
    figure = ax.get_figure(root=True)
    if not is_new or figure is None:
        ax.legend()
        return
    characters = figure.get_figwidth() * 11  # of the usual size, about
    figure.legend(loc="outside upper center", ncols=max(1, int(characters // (longest + 8))), frameon=False)


def _name_axes(ax: Axes, outcomes: Sequence[str], kind: Kind, lying: bool) -> None:
    names = ["\n".join(textwrap.wrap(outcome, LINE)) if outcome else "none" for outcome in outcomes]
    value, outcome = ("shots" if kind == "counts" else "probability"), "outcome (bit 0 rightmost)"
    if lying:
        ax.set_yticks(range(len(names)), names, family="monospace")
        ax.set(xlabel=value, ylabel=outcome, ylim=(len(names) - 0.4, -0.6))  # the first one above
    else:
        upright = max(map(len, names)) > 3 and len(names) > 8
        names = names if upright else [name.replace(" ", "\n") for name in names]
        ax.set_xticks(range(len(names)), names, family="monospace", rotation=90 if upright else 0)
        ax.set(xlabel=outcome, ylabel=value, xlim=(-0.6, len(names) - 0.4))


def _plain(text: str) -> str:
    """Text that matplotlib draws letter by letter: a dollar sign begins no formula, an underscore hides no label."""
    plain = printable(text).replace("$", r"\$")
    return f" {plain}" if plain.startswith("_") else plain
