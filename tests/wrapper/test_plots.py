"""Histograms of results: what is drawn, read off matplotlib's axes."""

from __future__ import annotations

import io
import itertools
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import matplotlib
import pytest
import quantum_jobs
from matplotlib import colors, pyplot
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from quantum_jobs import AsyncJob, JobRecord, Result, UnsupportedError, UsageError
from quantum_jobs.counts import probabilities_of
from quantum_jobs.plotting import COLOURS, HATCHES

from tests.wrapper.clouds import connect, v4_pages

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def _figures_are_closed() -> Iterator[None]:
    yield
    pyplot.close("all")


def measured(counts: dict[str, int]) -> Result:
    width = len(next(iter(counts)))
    return Result(counts=counts, counts_kind="measured", probabilities=probabilities_of(counts), num_qubits=width)


BELL = measured({"00": 40, "01": 5, "11": 55})
EXACT = Result(probabilities={"00": 0.5, "11": 0.5}, num_qubits=2)


def bars(ax: Axes) -> list[list[float]]:
    """The lengths of the bars of each result."""
    found = []
    for container in ax.containers:
        if isinstance(container, BarContainer):
            lying = container.orientation == "horizontal"
            found.append([bar.get_width() if lying else bar.get_height() for bar in container])
    return found


def names(ax: Axes) -> list[str]:
    """The outcomes, in the order of the bars."""
    ticks = ax.get_xticklabels() if ax.get_xlabel().startswith("outcome") else ax.get_yticklabels()
    return [tick.get_text() for tick in ticks]


def legend(ax: Axes) -> list[str]:
    figure = ax.get_figure(root=True)
    assert figure is not None
    legends = [*figure.legends, *([ax.get_legend()] if ax.get_legend() else [])]
    return [text.get_text() for each in legends if each for text in each.get_texts()]


def written(ax: Axes) -> str:
    """The whole figure as SVG with its text as text; it must be drawn without a warning."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    with matplotlib.rc_context({"svg.fonttype": "none"}):
        figure.savefig(file := io.StringIO(), format="svg")
    return file.getvalue()


def test_a_result_is_a_histogram_with_error_bars() -> None:
    ax = BELL.plot(title="a Bell pair")
    assert bars(ax) == [[0.4, 0.05, 0.55]]
    assert names(ax) == ["00", "01", "11"]
    assert (ax.get_ylabel(), ax.get_xlabel()) == ("probability", "outcome (bit 0 rightmost)")
    assert ax.get_title() == "a Bell pair"
    (container,) = (each for each in ax.containers if isinstance(each, BarContainer))
    assert container.errorbar is not None
    (lines,) = container.errorbar[2]
    reach = [float(segment[1][1] - segment[0][1]) / 2 for segment in lines.get_segments()]
    assert BELL.standard_errors is not None
    assert reach == pytest.approx(list(BELL.standard_errors.values()))
    assert legend(ax) == []
    assert "a Bell pair" in written(ax)


def test_counts_are_drawn_where_asked_for() -> None:
    ax = BELL.plot(kind="counts")
    assert bars(ax) == [[40, 5, 55]]
    assert ax.get_ylabel() == "shots"


def test_what_was_not_counted_has_no_error_bars() -> None:
    (container,) = (each for each in EXACT.plot().containers if isinstance(each, BarContainer))
    assert container.errorbar is None


def test_results_stand_side_by_side_and_each_has_a_colour_and_a_hatch_of_its_own() -> None:
    ax = quantum_jobs.plot({"exact": EXACT, "measured": BELL}, title="both")
    assert names(ax) == ["00", "01", "11"]
    assert bars(ax) == [[0.5, 0, 0.5], [0.4, 0.05, 0.55]]
    assert legend(ax) == ["exact", "measured"]
    patches = [container.patches for container in ax.containers if isinstance(container, BarContainer)]
    edges = sorted((bar.get_x(), bar.get_x() + bar.get_width()) for each in patches for bar in each)
    assert all(left[1] <= right[0] + 1e-9 for left, right in itertools.pairwise(edges))
    many = quantum_jobs.plot([BELL] * 12)
    looks = {
        (each.patches[0].get_facecolor(), each.patches[0].get_hatch())
        for each in many.containers
        if isinstance(each, BarContainer)
    }
    assert len(looks) == 12
    assert legend(many)[:2] == ["result 1", "result 2"]


def seen(colour: str, matrix: list[list[float]]) -> list[float]:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colors.to_rgb(colour)]
    return [sum(factor * part for factor, part in zip(row, linear, strict=True)) for row in matrix]


@pytest.mark.parametrize(
    "matrix",
    [
        # Machado, Oliveira and Fernandes 2009: protanopia and deuteranopia.
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ],
)
def test_colours_differ_for_the_colour_blind_and_hatches_in_grey(matrix: list[list[float]]) -> None:
    for one, other in itertools.combinations(COLOURS[:4], 2):
        distance = sum((a - b) ** 2 for a, b in zip(seen(one, matrix), seen(other, matrix), strict=True)) ** 0.5
        assert distance > 0.1, (one, other)
    assert len(set(HATCHES)) == len(COLOURS)


def test_of_many_outcomes_the_likely_ones_are_drawn_and_the_others_together() -> None:
    result = measured({format(index, "08b"): index + 1 for index in range(200)})
    ax = result.plot(top=150)
    total = 200 * 201 / 2
    assert len(names(ax)) == 151
    assert names(ax)[0] == format(199, "08b")
    assert names(ax)[-1] == "50 others"
    assert sum(bars(ax)[0]) == pytest.approx(1 - sum(range(1, 51)) / total)
    # Here they are so many that a bar of them would leave no room for the rest: a number stands in its place.
    assert [text.get_text().strip().split(" ± ")[0] for text in ax.texts] == [f"{sum(range(1, 51)) / total:.3g}"]
    few = measured({format(index, "08b"): index + 1 for index in range(20)}).plot(top=16)
    assert names(few)[-1] == "4 others"
    assert bars(few)[0][-1] == pytest.approx((1 + 2 + 3 + 4) / 210)
    assert list(few.texts) == []
    # One other is an outcome like any.
    assert len(names(measured({format(index, "08b"): 1 for index in range(17)}).plot())) == 17


def test_long_outcomes_stand_beside_lying_bars() -> None:
    ax = measured({"0" * 40: 3, "1" * 40: 5}).plot()
    assert ax.get_ylabel() == "outcome (bit 0 rightmost)"
    assert names(ax) == [f"{'0' * 32}\n{'0' * 8}", f"{'1' * 32}\n{'1' * 8}"]
    bottom, top = ax.get_ylim()
    assert bottom > top  # the first one above
    written(ax)


def test_axes_of_the_caller_are_drawn_in() -> None:
    figure, (left, right) = pyplot.subplots(1, 2)
    assert BELL.plot(ax=left) is left
    assert quantum_jobs.plot([BELL, EXACT], labels=["a", "b"], ax=right) is right
    assert legend(right) == ["a", "b"]
    assert pyplot.get_fignums() == [figure.number]


def test_text_of_a_service_is_drawn_letter_by_letter() -> None:
    labels = ["$x^2$", "_hidden", "\x1b[2J", "a" * 60]
    ax = quantum_jobs.plot([BELL] * 4, labels=labels, title=r"$\frac$")
    assert len(legend(ax)) == 4
    page = written(ax)
    assert "$x^2$" in page
    assert r"$\frac$" in page
    assert r"\x1b[2J" in page


def test_jobs_are_labelled_by_service_and_device() -> None:
    pages = v4_pages({}, {"results/probabilities": {"0": 0.25, "3": 0.75}}, name="bell", stats={"qubits": 2})
    client, _ = connect("ionq-v0.4", pages)
    with client:
        one = client.job("a")
        ax = quantum_jobs.plot([one, client.job("a")])
        assert bars(ax) == [[0.25, 0.75]] * 2
        assert legend(ax) == ["ionq-v0.4 qpu.forte-1 (1)", "ionq-v0.4 qpu.forte-1 (2)"]
        assert ax.get_title() == "bell"
        assert legend(quantum_jobs.plot(one)) == ["ionq-v0.4 qpu.forte-1"]


def test_a_job_of_async_code_is_drawn_once_its_result_is_here() -> None:
    pending = AsyncJob(None, JobRecord(id="a", service="ionq-v0.4"))
    with pytest.raises(UsageError, match=r"ionq-v0.4:a is not here yet: await its result\(\) first"):
        quantum_jobs.plot([pending])
    pending._fetched[False, None] = [BELL]
    assert bars(quantum_jobs.plot([pending])) == [[0.4, 0.05, 0.55]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: BELL.plot(kind="shots"), "kind must be 'probabilities' or 'counts', got 'shots'"),
        (lambda: BELL.plot(top=0), "top must be a whole number of at least 1, got 0"),
        (lambda: EXACT.plot(kind="counts"), "a result without counts cannot be drawn as counts"),
        (lambda: Result(raw={}).plot(), "this result has no outcomes; what the vendor sent stands in raw"),
        (lambda: Result(registers={"a": BELL}).plot(), r"ask one of them: result.registers\['a'\]"),
        (lambda: quantum_jobs.plot([]), "nothing to plot"),
        (lambda: quantum_jobs.plot("ionq:a"), "expected several jobs or results, such as a list; got str"),
        (lambda: quantum_jobs.plot([{"00": 1}]), "expected jobs or results, got dict"),
        (lambda: quantum_jobs.plot([BELL, BELL], labels=["a"]), "labels must be 2 different texts"),
        (lambda: quantum_jobs.plot([BELL, BELL], labels=["a", "a"]), "labels must be 2 different texts"),
    ],
)
def test_what_cannot_be_drawn_is_named(call: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        call()
    assert pyplot.get_fignums() == []


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UnsupportedError, match=r"install the extra plot, in a checkout with pip install '\.\[plot\]'"):
        BELL.plot()


def test_matplotlib_and_pandas_are_loaded_when_they_are_used_and_no_display_is_needed() -> None:
    code = """
import sys, quantum_jobs
from quantum_jobs import Result, plot, to_pandas
result = Result(probabilities={"0": 1.0}, num_qubits=1)
assert not {"matplotlib", "pandas", "IPython"} & set(sys.modules)
result._repr_html_()
assert not {"matplotlib", "pandas", "IPython"} & set(sys.modules)
import io
result.plot().figure.savefig(io.BytesIO())
"""
    environment = {"PATH": "", "MPLCONFIGDIR": matplotlib.get_configdir()}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
