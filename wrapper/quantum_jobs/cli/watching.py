"""Following jobs before somebody's eyes: a live table on a terminal, else a line when something has changed."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import attrs

from quantum_jobs import background
from quantum_jobs.cli import log, output, tables
from quantum_jobs.cli.columns import JOB, STYLES
from quantum_jobs.core.following import follow
from quantum_jobs.core.job import BaseJob
from quantum_jobs.core.waiting import Settled
from quantum_jobs.errors import QuantumJobsError
from quantum_jobs.model import JobRecord, JobStatus

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

#: Up to so many references are written out in the advice after Ctrl-C.
SHOWN_REFS = 5
#: Lines of the terminal that the live table leaves to what stands around it.
LINES_AROUND = 6
FRAMES_PER_SECOND = 4
#: Which jobs the live table shows first, where there is no room for all.
_INTERESTING = [
    JobStatus.ON_HOLD,
    JobStatus.UNKNOWN,
    JobStatus.RUNNING,
    JobStatus.CANCELLING,
    JobStatus.QUEUED,
    JobStatus.INITIALIZING,
    JobStatus.FAILED,
    JobStatus.CANCELLED,
    JobStatus.COMPLETED,
]


@attrs.define(eq=False)
class Watched:
    """What came of it. ``lost`` are jobs that nothing will be heard of any more, and why."""

    jobs: Sequence[BaseJob]
    started: float = attrs.field(factory=time.monotonic)
    lost: dict[BaseJob, QuantumJobsError] = attrs.field(factory=dict)
    interrupted: bool = False

    @property
    def left(self) -> list[BaseJob]:
        """The jobs that are still waited for."""
        over = (JobStatus.ON_HOLD, *(status for status in JobStatus if status.is_final))
        return [job for job in self.jobs if job.status not in over and job not in self.lost]

    def counts(self) -> str:
        """``3 of 5 jobs are over: 3 COMPLETED, 2 QUEUED``."""
        counted = Counter(job.status for job in self.jobs if is_known(job) and job not in self.lost)
        statuses = ", ".join(f"{counted[status]} {status}" for status in JobStatus if counted[status])
        unknown = len(self.jobs) - len(self.lost) - counted.total()
        counted_otherwise = {"not asked yet": unknown, "cannot be read": len(self.lost)}
        others = ", ".join(f"{number} {what}" for what, number in counted_otherwise.items() if number)
        told = ", ".join(part for part in (statuses, others) if part)
        jobs = "1 job is over" if len(self.jobs) == 1 else f"{len(self.jobs)} jobs are over"
        return f"{len(self.jobs) - len(self.left)} of {jobs}: {told}"


def is_known(job: BaseJob) -> bool:
    """Whether the service has said anything of it yet."""
    return job.vendor_status is not None


def watch(jobs: Sequence[BaseJob], timeout: float | None, *, quiet: bool) -> Watched:
    """Follow jobs until they are over, the time is, or Ctrl-C is pressed, which leaves the jobs alone."""
    watched = Watched(jobs)
    is_live = output.errors_on_terminal() and os.environ.get("TERM") != "dumb"
    shown: Any = _silently if quiet else _live if is_live else _by_lines
    try:
        with shown(watched) as changed:
            for events in background.iterate(follow(jobs, timeout, fetch=False)):
                for event in events:
                    if isinstance(event, Settled) and event.error is not None:
                        watched.lost[event.job] = event.error
                changed()
    except KeyboardInterrupt:
        watched.interrupted = True
    return watched


def say_how_to_resume(watched: Watched) -> None:
    """What is said after Ctrl-C."""
    left = [job.ref for job in watched.left]
    again = f"quantum-jobs wait {' '.join(left)}" if len(left) <= SHOWN_REFS else "the same command once more"
    output.error(f"interrupted. Nothing was cancelled, the jobs go on. To wait again: {again}")


@contextmanager
def _silently(_watched: Watched) -> Iterator[Callable[[], None]]:
    yield lambda: None


@contextmanager
def _by_lines(watched: Watched) -> Iterator[Callable[[], None]]:
    last = ""

    def changed() -> None:
        nonlocal last
        if watched.counts() != last and any(is_known(job) or job in watched.lost for job in watched.jobs):
            last = watched.counts()
            print(last, file=sys.stderr, flush=True)

    yield changed


@contextmanager
def _live(watched: Watched) -> Iterator[Callable[[], None]]:
    from rich.live import Live

    out = output.console(stderr=True)
    try:
        with Live(Picture(watched), console=out, refresh_per_second=FRAMES_PER_SECOND, transient=True) as live:
            # Left visible: whoever is stopped by Ctrl-Z or a signal has a cursor then.
            out.show_cursor(True)
            with log.above(out):
                yield live.refresh
    finally:
        out.show_cursor(True)  # Ctrl-C may come before the table is set up


@attrs.frozen(eq=False)
class Picture:
    """The live table. It is drawn anew several times a second, so that times count on between two polls."""

    watched: Watched

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        jobs = self.watched.jobs
        line = Table.grid(padding=(0, 2, 0, 0))
        line.add_column(no_wrap=True)
        line.add_column(no_wrap=True)
        bar = ProgressBar(
            total=max(1, len(jobs)), completed=len(jobs) - len(self.watched.left), width=min(30, options.max_width // 4)
        )
        elapsed = round(time.monotonic() - self.watched.started)
        line.add_row(bar, f"{elapsed // 3600}:{elapsed // 60 % 60:02}:{elapsed % 60:02}")
        yield line
        room = max(4, options.size.height - LINES_AROUND)
        records = self._shown(room)
        table = tables.lines(JOB, records, options.max_width) if records else []
        if len(table) > room + 1:  # two lines for each job, where the terminal is narrow
            records = records[: room // 2]
            table = tables.lines(JOB, records, options.max_width)
        more = f"... and {len(jobs) - len(records)} more. " if 0 < len(records) < len(jobs) else ""
        for text in (self._counts(), *table, Text(f"{more}Ctrl-C stops waiting; the jobs go on.", style="dim")):
            # A line that the terminal breaks in two would make the picture higher than it is taken for.
            text.no_wrap, text.overflow = True, "ellipsis"
            yield text

    def _counts(self) -> Any:
        from rich.text import Text

        text = Text(self.watched.counts())
        for status, style in STYLES.items():
            text.highlight_words([status], style)
        return text

    def _shown(self, most: int) -> list[JobRecord]:
        records = [job.record for job in self.watched.jobs if is_known(job)]
        if len(self.watched.jobs) <= most // 2:
            return records
        rank = {status: number for number, status in enumerate(_INTERESTING)}
        return sorted(records, key=lambda record: (rank[record.status], record.queue_position or 0))[:most]
