"""``result``: what was measured, as bars in the terminal, lines, CSV, JSON or a picture."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs
import click

from quantum_jobs.cli import errors, output
from quantum_jobs.cli.options import command, timeout_option
from quantum_jobs.cli.reading import Read, read, side_by_side
from quantum_jobs.cli.refs import Ref, read_refs, refs_parameters
from quantum_jobs.errors import QuantumJobsError, UnsupportedError
from quantum_jobs.model import JobRecord, JobStatus
from quantum_jobs.result import Result

if TYPE_CHECKING:
    from quantum_jobs.core.job import BaseJob

#: Outcomes that are shown on a terminal where nobody says how many.
USUAL_TOP = 20
#: Outcomes that are drawn.
DRAWN_TOP = 16
NARROWEST_BAR, WIDEST_BAR = 10, 60


class JobResults(NamedTuple):
    """The results of one job: one for each of its circuits."""

    record: JobRecord
    results: Sequence[Result]

    @property
    def ref(self) -> str:
        """The job's reference."""
        return self.record.ref


@attrs.frozen
class Outcome:
    """One line of a result. ``circuit`` counts from 1; ``register`` is empty for all bits together."""

    ref: str
    circuit: int
    register: str
    outcome: str
    count: int | None
    probability: float | None


@command(
    refs_parameters,
    timeout_option("Wait no longer than that for jobs that are not over: 90 (seconds), 15m, 2h, 1d."),
    click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the N most frequent outcomes."),
    click.option("--flipped", is_flag=True, help="Write bitstrings with qubit 0 leftmost; else it is rightmost."),
    click.option("--memory", is_flag=True, help="Ask for each shot too, where the service has it (with --json)."),
    click.option(
        "--aggregation",
        metavar="METHOD",
        help="Of IonQ's error mitigation: average, voting, dnl, or raw for the histogram as measured.",
    ),
    click.option("--offline", is_flag=True, help="Read the job store only: no network, no key."),
    click.option(
        "--plot",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write a picture too, as its ending says: .png, .svg, .pdf. Several results stand side by side.",
    ),
    click.option("--csv", "as_csv", is_flag=True, help="Print CSV, with headings."),
)
def result_command(
    refs: tuple[str, ...],
    source: Path | None,
    timeout: float | None,
    top: int | None,
    flipped: bool,
    memory: bool,
    aggregation: str | None,
    offline: bool,
    plot: Path | None,
    as_csv: bool,
    as_json: bool,
) -> int:
    """Show what was measured, of one job or several; waits for those that are not over.

    Bitstrings have bit 0 rightmost, on every service. Into a pipe or file each outcome is a line: job, circuit,
    register, outcome, count, probability, separated by tabs; --csv has the same with headings.
    """
    if as_csv and as_json:
        raise click.UsageError("--csv and --json are two forms: give one of them", click.get_current_context())
    named = read_refs(refs, source)
    if plot is not None:
        check_drawable(plot)  # before anything is waited for
    how = {"memory": memory, "aggregation": aggregation}
    fetched, status = fetch_stored(named, **how) if offline else fetch(read(named, again=False), timeout, **how)
    if flipped:
        fetched = [JobResults(job.record, [result.flipped() for result in job.results]) for job in fetched]
    write_results(fetched, top=top, as_csv=as_csv, as_json=as_json)
    if plot is not None and fetched:
        write_plot(fetched, plot, top)
    return status


def fetch(found: Read, timeout: float | None, **how: Any) -> tuple[list[JobResults], int]:
    """The results of jobs, waited for where they are not over, and the exit status."""
    from quantum_jobs.async_job import AsyncJob
    from quantum_jobs.cli.watching import say_how_to_resume, watch
    from quantum_jobs.core.waiting import timed_out

    outcomes: dict[str, JobResults | QuantumJobsError] = {**found.errors}
    if not all(job.status.is_final for job in found.jobs):
        watched = watch(found.jobs, timeout, quiet=False)
        if watched.interrupted:
            say_how_to_resume(watched)
            return [], errors.INTERRUPTED
        outcomes.update((job.ref, error) for job, error in watched.lost.items())
    left = [job for job in found.jobs if job.ref not in outcomes]

    async def results(job: BaseJob) -> list[Result]:
        if not job.status.is_final and job.status is not JobStatus.ON_HOLD:
            raise timed_out([job], timeout)
        # A complete job's result may take its time.
        return await AsyncJob.results(job, None if job.status is JobStatus.COMPLETED else 0.0, **how)

    for job, outcome in zip(left, side_by_side(results, left), strict=True):
        outcomes[job.ref] = outcome if isinstance(outcome, QuantumJobsError) else JobResults(job.record, outcome)
    return _told(outcomes)


def fetch_stored(named: Sequence[Ref], **how: Any) -> tuple[list[JobResults], int]:
    """The results of jobs as the job store has them, and the exit status."""
    from quantum_jobs.store import Store

    outcomes: dict[str, JobResults | QuantumJobsError] = {}
    with Store.default() as store:
        for ref in named:
            try:
                job = store.job(str(ref))
                outcomes[str(ref)] = JobResults(job.record, job.results(**how))
            except QuantumJobsError as error:
                outcomes[str(ref)] = error
    return _told(outcomes)


def _told(outcomes: Mapping[str, JobResults | QuantumJobsError]) -> tuple[list[JobResults], int]:
    """The results, and the exit status; what was in the way of the others is told."""
    failures = {ref: each for ref, each in outcomes.items() if isinstance(each, QuantumJobsError)}
    fetched = [each for each in outcomes.values() if not isinstance(each, QuantumJobsError)]
    return fetched, errors.report_all(failures)


def write_results(fetched: Sequence[JobResults], *, top: int | None, as_csv: bool, as_json: bool) -> None:
    """Print results in the form that was asked for."""
    if as_json:
        output.write_json(
            [{"ref": job.ref, "results": [result.to_dict() for result in job.results]} for job in fetched]
        )
    elif as_csv:
        _write_csv(fetched, top)
    elif output.on_terminal():
        for job in fetched:
            _write_bars(job, top or USUAL_TOP, is_one_of_several=len(fetched) > 1)
    else:
        for line in outcomes(fetched, top):
            output.write("\t".join(output.safe(field) for field in attrs.astuple(line)))


def check_drawable(path: Path) -> None:
    """Raise an error where pictures cannot be drawn, or none with the file's ending."""
    try:
        import matplotlib
        from matplotlib.backend_bases import FigureCanvasBase
    except ModuleNotFoundError:
        raise UnsupportedError("--plot needs the extra plot: in a checkout, pip install '.[plot]'") from None
    matplotlib.use("agg")  # it draws into a file, and opens no window
    endings = FigureCanvasBase.get_supported_filetypes()
    if path.suffix and path.suffix[1:].lower() not in endings:
        raise errors.Failed(f"{path} cannot be drawn: its ending is none of {', '.join(sorted(endings))}")


def write_plot(fetched: Sequence[JobResults], path: Path, top: int | None) -> None:
    """Draw the results side by side into a file."""
    from matplotlib.figure import Figure

    import quantum_jobs

    labelled: dict[str, Result] = {}
    for job in fetched:
        for number, result in enumerate(job.results, 1):
            label = " ".join(part for part in (job.record.service, job.record.device, job.record.name) if part)
            label += f", circuit {number}" if len(job.results) > 1 else ""
            # Two jobs may have all of that in common.
            labelled[f"{label} ({job.ref})" if label in labelled else label] = result
    title = next(iter(labelled)) if len(labelled) == 1 else None
    drawn = quantum_jobs.plot(labelled, title=title, top=top or DRAWN_TOP).figure
    assert isinstance(drawn, Figure)  # no part of another one, as nothing was given to draw in
    drawn.savefig(path)


def outcomes(fetched: Sequence[JobResults], top: int | None) -> Iterator[Outcome]:
    """All outcomes, job by job and circuit by circuit."""
    for job in fetched:
        for circuit, result in enumerate(job.results, 1):
            for register, part in _parts(result):
                for key in _most_frequent(part, top):
                    yield Outcome(
                        job.ref,
                        circuit,
                        register,
                        key,
                        part.counts.get(key, 0) if part.counts is not None else None,
                        part.probabilities.get(key) if part.probabilities is not None else None,
                    )


def _parts(result: Result) -> list[tuple[str, Result]]:
    """All bits together; the registers only where nothing is known of their joint outcomes."""
    return [("", result)] if _weights(result) or not result.registers else list(result.registers.items())


def _weights(result: Result) -> dict[str, float]:
    return dict((result.probabilities if result.probabilities is not None else result.counts) or {})


def _most_frequent(result: Result, top: int | None) -> list[str]:
    """The outcomes in their own order; only the most frequent ones where so many are asked for."""
    weights = _weights(result)
    if top is None or len(weights) <= top:
        return list(weights)
    return sorted(weights, key=lambda key: (-weights[key], key))[:top]


def _write_csv(fetched: Sequence[JobResults], top: int | None) -> None:
    import csv

    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(["job", *(field.name for field in attrs.fields(Outcome)[1:])])
    for line in outcomes(fetched, top):
        rows.writerow([output.safe(field) for field in attrs.astuple(line)])


def _write_bars(job: JobResults, top: int, *, is_one_of_several: bool) -> None:
    from rich.text import Text

    out = output.console()
    if is_one_of_several:
        out.print(Text(job.ref, style="bold"), soft_wrap=True)
    for number, result in enumerate(job.results, 1):
        for register, part in _parts(result):
            of_circuit = f"circuit {number}" if len(job.results) > 1 else ""
            of_register = f"register {output.safe(register)}" if register else ""
            heading = ", ".join(each for each in (of_circuit, of_register, _summary(part)) if each)
            out.print(Text(heading, style="dim"), soft_wrap=True)
            if _weights(part):
                out.print(bars(part, top, out.width), soft_wrap=True)
    if not job.results:
        output.notice("The job has no results.")


def _summary(result: Result) -> str:
    """``1000 shots on 2 qubits, counts derived from probabilities``."""
    bits = result.num_qubits
    width = f" of {bits} bit{'s' * (bits > 1)}" if bits else ""
    if result.counts is not None:
        derived = ", counts derived from probabilities" if result.counts_kind == "derived" else ""
        return f"{result.shots} shots{width}{derived}"
    if result.probabilities is not None:
        return f"probabilities{width}, without counts"
    if result.registers:
        return "no counts of all registers together"
    return "nothing to count; what the service sent is in --json"


def bars(result: Result, top: int, width: int) -> Any:
    """A table of outcomes with a bar for each, where there is room for it, and one line for those that are left out.
    Nothing else is cut, also where it is wider than the terminal."""
    from rich.bar import Bar
    from rich.table import Table

    weights = _weights(result)
    highest, total = max(weights.values()), sum(weights.values())

    def row(title: str, keys: Sequence[str]) -> list[str]:
        weight = sum(weights[key] for key in keys)
        count = [] if result.counts is None else [str(sum(result.counts.get(key, 0) for key in keys))]
        return [title, *count, f"{100 * weight / total:.1f} %" if total else ""]

    shown = _most_frequent(result, top)
    rows = [row(output.safe(key), [key]) for key in shown]
    if len(shown) < len(weights):
        others = [key for key in weights if key not in set(shown)]
        rows.append(row(f"{len(others)} others", others))
    titles = ["outcome", "share"] if result.counts is None else ["outcome", "count", "share"]
    needed = sum(max(map(len, cells)) + 2 for cells in zip(titles, *rows, strict=True))
    # Where the terminal has no blocks there are numbers only.
    in_ascii = not (sys.stdout.encoding or "").lower().startswith("utf")
    has_bars = highest > 0 and not in_ascii and needed + NARROWEST_BAR <= width
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    grid.width = None if has_bars else needed
    for number, title in enumerate(titles):
        grid.add_column(title, justify="right" if number else "left", no_wrap=True)
    if has_bars:
        grid.add_column("", min_width=NARROWEST_BAR, max_width=WIDEST_BAR, ratio=1)
    for key, cells in itertools.zip_longest(shown, rows):
        grid.add_row(*cells, *([Bar(highest, 0, weights[key], color="blue")] if has_bars and key is not None else []))
    return grid
