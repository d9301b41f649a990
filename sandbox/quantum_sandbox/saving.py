"""A sandbox's state in one SQLite file: jobs with their outcomes, sessions, groups, money, ids and time.

No key is in it: an account stands there under the mark that `accounts` made from its key and the sandbox's seed. What
was still being simulated begins again when it is loaded. What is read is checked, by `revived`, before it is used.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs

from .cloud import Cloud
from .engine import Outcome, Task, outcome_as_json
from .errors import UsageError
from .jobs import Computation, Job
from .revived import FIELDS, moment, revived_jobs, revived_outcome, values_of

_FORMAT = 3
_BROKEN = (sqlite3.Error, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What reading a file may raise that nobody saved so."""

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE clouds (service TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE jobs (service TEXT NOT NULL, sequence INTEGER NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL,
                   PRIMARY KEY (service, sequence));
CREATE TABLE outcomes (digest TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


def save(path: Path, clouds: Sequence[Cloud], now: float) -> None:
    """Write the state. The file that was there is replaced at the end, in one step."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    partial.unlink(missing_ok=True)
    try:
        with contextlib.closing(sqlite3.connect(partial)) as file, file:
            file.executescript(_TABLES)
            file.executemany("INSERT INTO about VALUES (?, ?)", [("format", str(_FORMAT)), ("now", repr(now))])
            outcomes = _Outcomes(file)
            for cloud in clouds:
                value = {"store": cloud.store.saved(), "extra": cloud.saved()}
                file.execute("INSERT INTO clouds VALUES (?, ?)", (cloud.name, json.dumps(value)))
                for job in cloud.store.everything():
                    row = (cloud.name, job.sequence, job.id, json.dumps(_saved_job(job, outcomes)))
                    file.execute("INSERT INTO jobs VALUES (?, ?, ?, ?)", row)
        partial.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise UsageError(f"{path} cannot be written: {error}") from None
    finally:
        partial.unlink(missing_ok=True)


def load(path: Path, clouds: Sequence[Cloud], compute: Callable[[Task], Computation]) -> float:
    """Fill empty clouds with what was saved; the time at which it was. Raises UsageError for a file that is none."""
    if not path.is_file():
        raise UsageError(f"{path} is not a file")
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
            about = dict(file.execute("SELECT name, value FROM about"))
            if about.get("format") != str(_FORMAT):
                raise UsageError(f"{path} was saved in another format")
            now = moment(float(about["now"]))
            outcomes = {digest: revived_outcome(text) for digest, text in file.execute("SELECT * FROM outcomes")}
            values = {service: values_of(text) for service, text in file.execute("SELECT * FROM clouds")}
            for cloud in clouds:
                rows = file.execute("SELECT value FROM jobs WHERE service = ? ORDER BY sequence DESC", (cloud.name,))
                jobs = revived_jobs((values_of(text) for (text,) in rows), outcomes, compute)
                cloud.store.restore(values[cloud.name]["store"], list(jobs.values()))
                cloud.restore(values[cloud.name]["extra"], jobs)
            return now
    except UsageError:
        raise
    except _BROKEN as error:
        raise UsageError(f"{path} is not a saved sandbox: {error}") from None


class _Outcomes:
    """Writes outcomes, each once, by the digest of its text. Jobs may well have the same one, and it may be large."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file
        # With the outcome itself, so that no other one gets its id meanwhile.
        self._written: dict[int, tuple[Outcome, str]] = {}

    def digest_of(self, outcome: Outcome) -> str:
        if id(outcome) not in self._written:
            text = json.dumps(outcome_as_json(outcome))
            digest = hashlib.sha256(text.encode()).hexdigest()
            self._file.execute("INSERT OR IGNORE INTO outcomes VALUES (?, ?)", (digest, text))
            self._written[id(outcome)] = outcome, digest
        return self._written[id(outcome)][1]


def _saved_job(job: Job, outcomes: _Outcomes) -> dict[str, Any]:
    children = {child.id: child for child in job.children}
    circuits = zip(job.computations, job.child_ids or [""] * len(job.computations), strict=True)
    return {
        **{name: getattr(job, name) for name in FIELDS},
        "pace": attrs.asdict(job.pace),
        # What is a child's, too, is written there, and begins only once when it is loaded.
        "computations": [None if child in children else _saved_computation(c, outcomes) for c, child in circuits],
    }


def _saved_computation(computation: Computation, outcomes: _Outcomes) -> dict[str, Any]:
    # In this order: the task is there until the outcome is.
    task, outcome = computation.task, computation.outcome
    if outcome is not None:
        return {"outcome": outcomes.digest_of(outcome), "finished_at": computation.finished_at}
    return {"abandoned": True} if task is None or computation.abandoned else {"task": attrs.asdict(task)}
