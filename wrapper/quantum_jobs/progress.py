"""Progress of a wait: told to a function of the caller's, or shown to a person without being asked.

In a terminal that is one line on stderr, which is gone when the wait is; in a notebook a small bar below the cell.
Nothing is shown anywhere else, by other threads than the main one, and of short waits.
"""

from __future__ import annotations

import functools
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from html import escape
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Protocol, Self, TypeVar

import attrs

from quantum_jobs import background
from quantum_jobs.background import spawn
from quantum_jobs.errors import UsageError
from quantum_jobs.model import JobRecord, JobStatus
from quantum_jobs.text import duration

#: Seconds of waiting before anything is shown, and between two looks at what to show.
SHOWN_AFTER, LOOKED_EVERY = 0.5, 0.2
#: Characters of the bar.
BAR = 20


@attrs.frozen
class Progress:
    """How far a wait has come: of ``total`` jobs ``done`` are over; ``statuses`` counts all."""

    done: int
    total: int
    statuses: Mapping[JobStatus, int]

    def __str__(self) -> str:
        statuses = [f"{self.statuses[status]} {status}" for status in JobStatus if status in self.statuses]
        return ", ".join([f"{self.done} of {self.total} jobs over", *statuses])


class Counted(Protocol):
    """How far something has come: of ``total`` things ``done``; its ``str`` says so in words."""

    @property
    def done(self) -> int:
        """How many are done."""

    @property
    def total(self) -> int:
        """How many there are."""


#: What verbs that wait take as ``progress``: True shows it where a person looks on, False never, a function is called
#: after each poll, in the caller's thread.
Report = bool | Callable[[Progress], object] | None


class HasRecord(Protocol):
    """A job."""

    @property
    def record(self) -> JobRecord:
        """What is known of it."""


class Reporter:
    """Takes in what a wait finds out. This one tells nobody."""

    def report(self, progress: Counted) -> None:
        """After each poll."""

    def look(self) -> None:
        """Now and then while the wait goes on."""

    def pause(self) -> None:
        """Before the caller's own lines run."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pause()


_NOBODY = Reporter()

J = TypeVar("J", bound=HasRecord)
P = ParamSpec("P")
T = TypeVar("T")


def reporting(progress: bool | Callable[[Any], object] | None, job: HasRecord | None = None) -> Reporter:
    """What a wait reports to, a context manager. In a wait for one ``job``, ``look`` sees by itself what is new.

    Raises UsageError for what is neither a bool nor a function.
    """
    if progress is True:
        screen = _screen()
        return _NOBODY if screen is None else _Shown(screen, job)
    if progress is False or progress is None:
        return _NOBODY
    if not callable(progress):
        raise UsageError(f"progress must be True, False or a function, got {progress!r:.100}")
    return _Told(progress, job)


@contextmanager
def reporting_beside(progress: Report, job: HasRecord) -> Iterator[None]:
    """The same for async code that waits for one job: looks now and then while the block lasts."""
    reporter = reporting(progress, job)
    if reporter is _NOBODY:
        yield
        return
    with reporter:
        with spawn(_look_now_and_then, reporter):
            yield
        reporter.look()


def waiting(verb: Callable[Concatenate[J, P], Coroutine[Any, Any, T]]) -> Callable[Concatenate[J, P], T]:
    """A verb that waits for one job, for sync code: its progress is reported in the caller's thread."""

    @functools.wraps(verb)
    def wait(self: J, /, *given: Any, **named: Any) -> T:
        with reporting(named.get("progress", True), self) as reporter:
            value = background.run(functools.partial(verb, self, *given, **{**named, "progress": False}), reporter.look)
            reporter.look()
            return value

    return wait


async def _look_now_and_then(reporter: Reporter) -> None:
    import anyio

    while True:
        reporter.look()
        await anyio.sleep(LOOKED_EVERY)


class _Told(Reporter):
    """Calls a function of the caller's."""

    def __init__(self, function: Callable[[Any], object], job: HasRecord | None) -> None:
        self.function = function
        self.job = job
        self.seen: JobRecord | None = None

    def report(self, progress: Counted) -> None:
        self.function(progress)

    def look(self) -> None:
        if self.job is not None and self.job.record is not self.seen:
            self.seen = self.job.record
            self.report(Progress(int(self.seen.status.is_final), 1, {self.seen.status: 1}))


class _Screen(Protocol):
    """Where progress is shown."""

    def show(self, words: str, progress: Counted | None) -> None:
        """Show this in place of what was shown last."""

    def clear(self) -> None:
        """Make room for other output."""


class _Shown(Reporter):
    """Shows how far a wait has come. Of several waits at one time the first is shown."""

    def __init__(self, screen: _Screen, job: HasRecord | None) -> None:
        self.screen = screen
        self.job = job
        self.progress: Counted | None = None
        self.started = time.monotonic()
        self.look_from = self.started + SHOWN_AFTER
        self.words = ""

    def report(self, progress: Counted) -> None:
        self.progress = progress
        self.look()

    def look(self) -> None:
        global _shown
        moment = time.monotonic()
        if moment < self.look_from or (_shown is not None and _shown is not self):
            return
        _shown = self
        self.look_from = moment + LOOKED_EVERY
        self._show()

    def pause(self) -> None:
        global _shown
        if _shown is self:
            self._show()
            self.screen.clear()
            self.words = ""
            _shown = None

    def _show(self) -> None:
        words = f"{self._what()}, waited {duration(int(time.monotonic() - self.started))}"
        if words != self.words:
            self.words = words
            self.screen.show(words, self.progress)

    def _what(self) -> str:
        if self.job is not None:
            return _of_job(self.job.record)
        return "waiting" if self.progress is None else str(self.progress)


#: The wait that is shown now. Only the main thread shows any.
_shown: _Shown | None = None


def _of_job(record: JobRecord) -> str:
    words = [f"{record.ref} {record.status}"]
    if not record.status.is_final and record.started_at is None:
        words += [] if record.queue_position is None else [f"position {record.queue_position}"]
        words += [] if record.predicted_wait is None else [f"predicted wait {duration(record.predicted_wait)}"]
    return ", ".join(words)


def _screen() -> _Screen | None:
    """Where a person looks on now, if anywhere."""
    if threading.current_thread() is not threading.main_thread():
        return None
    ipython: Any = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    if hasattr(shell, "kernel"):  # which IPython in a terminal has not
        return _Notebook()
    if sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        return _Terminal()
    return None


class _Terminal:
    """One line on stderr, written over by the next one, without escape sequences."""

    width = 0

    def show(self, words: str, progress: Counted | None) -> None:
        columns = shutil.get_terminal_size().columns
        bar = "" if progress is None or columns < 3 * BAR else f"[{'#' * _part(progress, BAR):-<{BAR}}] "
        line = f"{bar}{words}"[: columns - 1]
        self._write(f"\r{line.ljust(self.width)}")
        self.width = len(line)

    def clear(self) -> None:
        self._write(f"\r{' ' * self.width}\r")
        self.width = 0

    def _write(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):
            return  # nobody looks on any more


class _Notebook:
    """A bar and a line below the cell. It stays when the wait is over."""

    handle: Any = None

    def show(self, words: str, progress: Counted | None) -> None:
        from IPython.display import display

        bar = ""
        if progress is not None:
            bar = f'<progress value="{progress.done}" max="{max(progress.total, 1)}"></progress> '
        data = {"text/plain": words, "text/html": f"<div>{bar}{escape(words)}</div>"}
        if self.handle is None:
            show: Any = display  # has no types
            self.handle = show(data, raw=True, display_id=True)
        else:
            self.handle.update(data, raw=True)

    def clear(self) -> None:
        """It is in nobody's way."""


def _part(progress: Counted, whole: int) -> int:
    return whole * progress.done // max(progress.total, 1)
