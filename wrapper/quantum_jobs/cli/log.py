"""What the library logs and warns of, told on the standard error stream, above a live table where there is one."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from quantum_jobs.cli import output

if TYPE_CHECKING:
    from rich.console import Console

_log = logging.getLogger("quantum_jobs")


class _Teller(logging.Handler):
    #: The console of a live table.
    above: Console | None = None

    def emit(self, record: logging.LogRecord) -> None:
        text = output.NAME + output.safe(record.getMessage())
        if self.above is None:
            print(text, file=sys.stderr)
        else:
            self.above.print(text, soft_wrap=True)


@contextmanager
def told(*, debug: bool) -> Iterator[None]:
    """Tell what is logged, from WARNING on or all of it, and what is warned of."""
    before = _log.handlers, _log.level, _log.propagate, warnings.showwarning
    _log.handlers, _log.propagate = [_Teller()], False
    if debug:
        tell_all()
    warnings.showwarning = _show
    try:
        yield
    finally:
        _log.handlers, level, _log.propagate, warnings.showwarning = before
        _log.setLevel(level)


def tell_all() -> None:
    """From now on each request is told."""
    _log.setLevel(logging.DEBUG)


@contextmanager
def above(out: Console) -> Iterator[None]:
    """Tell it above a live table, not in it."""
    tellers = [handler for handler in _log.handlers if isinstance(handler, _Teller)]
    for teller in tellers:
        teller.above = out
    try:
        yield
    finally:
        for teller in tellers:
            teller.above = None


def _show(message: Warning | str, *_args: Any, **_named: Any) -> None:
    _log.warning("%s", message)
