"""A sandbox's state in one SQLite file: jobs with their outcomes, sessions, groups, money, ids and time.

No key is in it: an account stands there under the mark that `accounts` made from its key and the sandbox's seed. What
was still being simulated begins again when it is loaded.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import attrs

from quantum_jobs.errors import UsageError

from .cloud import Cloud
from .engine import Circuit, Failed, Noise, Outcome, Task, outcome_as_json, outcome_from_json
from .jobs import Computation, Job, Pace

_FORMAT = 1
_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE clouds (service TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE jobs (service TEXT NOT NULL, sequence INTEGER NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL,
                   PRIMARY KEY (service, sequence));
CREATE TABLE outcomes (digest TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_PLAIN = (
    *("id", "sequence", "device", "submitted_at", "owner", "shots", "name", "tags", "request", "seed", "parent_id"),
    *("group_id", "size", "cancelled_at", "held_at", "delayed"),
)
"""Fields of a job that are JSON as they stand."""


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
            outcomes = {
                digest: outcome_from_json(json.loads(text)) for digest, text in file.execute("SELECT * FROM outcomes")
            }
            values = {service: json.loads(text) for service, text in file.execute("SELECT * FROM clouds")}
            for cloud in clouds:
                value = values[cloud.name]
                jobs = list(_loaded_jobs(file, cloud.name, outcomes, compute))
                cloud.store.restore(value["store"], jobs)
                cloud.restore(value["extra"], {job.id: job for job in jobs})
            return float(about["now"])
    except (sqlite3.Error, ValueError, LookupError, TypeError) as error:
        if isinstance(error, UsageError):
            raise
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
    return {
        **{name: getattr(job, name) for name in _PLAIN},
        "pace": attrs.asdict(job.pace),
        "children": [child.id for child in job.children],
        # Those of a job of several circuits are its children's.
        "computations": [] if job.children else [_saved_computation(c, outcomes) for c in job.computations],
    }


def _saved_computation(computation: Computation, outcomes: _Outcomes) -> dict[str, Any]:
    outcome = computation.outcome
    if outcome is None:
        return {"task": None if computation.task is None else attrs.asdict(computation.task)}
    return {"outcome": outcomes.digest_of(outcome), "finished_at": computation.finished_at}


def _loaded_jobs(
    file: sqlite3.Connection, service: str, outcomes: Mapping[str, Outcome], compute: Callable[[Task], Computation]
) -> Iterator[Job]:
    made: dict[str, Job] = {}
    # Children come after their parents, so the last is made first.
    rows = file.execute("SELECT value FROM jobs WHERE service = ? ORDER BY sequence DESC", (service,))
    for (text,) in rows:
        value = json.loads(text)
        children = [made[child] for child in value["children"] if child in made]
        computations = [c for child in children for c in child.computations] or [
            _loaded_computation(saved, outcomes, compute) for saved in value["computations"]
        ]
        fields = {name: value[name] for name in _PLAIN}
        pace = Pace(**value["pace"])
        made[value["id"]] = Job(**fields, pace=pace, children=children, computations=computations)
    return reversed(list(made.values()))


def _loaded_computation(
    saved: Mapping[str, Any], outcomes: Mapping[str, Outcome], compute: Callable[[Task], Computation]
) -> Computation:
    if saved.get("task") is not None:
        task = saved["task"]
        noise = None if task["noise"] is None else Noise(**task["noise"])
        return compute(Task(**{**task, "circuit": Circuit(**task["circuit"]), "noise": noise}))
    future: Future[Outcome] = Future()
    digest = saved.get("outcome")
    future.set_result(Failed("internal", "the simulation was stopped") if digest is None else outcomes[digest])
    finished_at = float(saved.get("finished_at") or 0.0)
    return Computation(future, lambda: finished_at)
