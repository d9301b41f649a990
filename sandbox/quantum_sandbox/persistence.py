"""Save the state of a sandbox to a SQLite file and load it: jobs with outcomes, sessions, groups, costs, ids and time.

The file contains no keys: accounts have the hash that `accounts` makes of a key and the seed of the sandbox.
Simulations that had not ended start again on loading. Everything that is loaded is validated, because the file may be
damaged, and one incomplete job would make every later listing fail.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, get_args

import attrs

from .context import Cloud
from .engine import (
    CircuitResult,
    Failure,
    Noise,
    Outcome,
    Program,
    SolverResult,
    Task,
    circuit_result_of,
    outcome_as_json,
    outcome_from_json,
)
from .engine.data import FailureKind
from .errors import SandboxError
from .jobs import Computation, Job, LatencyProfile

_FORMAT = 4
_INVALID_FILE_ERRORS = (
    sqlite3.Error,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What reading a file may raise that `save` did not write."""

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE clouds (service TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE jobs (service TEXT NOT NULL, sequence INTEGER NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL,
                   PRIMARY KEY (service, sequence));
CREATE TABLE outcomes (digest TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


def save(path: Path, clouds: Sequence[Cloud], now: float) -> None:
    """Write the state. An existing file is replaced atomically at the end."""
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
                for job in cloud.store.all_jobs():
                    row = (cloud.name, job.sequence, job.id, json.dumps(_saved_job(job, outcomes)))
                    file.execute("INSERT INTO jobs VALUES (?, ?, ?, ?)", row)
        partial.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise SandboxError(f"{path} cannot be written: {error}") from None
    finally:
        partial.unlink(missing_ok=True)


def load(path: Path, clouds: Sequence[Cloud], compute: Callable[[Task], Computation]) -> float:
    """Fill empty clouds from a file; returns the time of saving. Raises SandboxError for an invalid file."""
    if not path.is_file():
        raise SandboxError(f"{path} is not a file")
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
            about = dict(file.execute("SELECT name, value FROM about"))
            if about.get("format") != str(_FORMAT):
                raise SandboxError(f"{path} was saved in another format")
            now = timestamp(float(about["now"]))
            outcomes = {digest: load_outcome(text) for digest, text in file.execute("SELECT * FROM outcomes")}
            values = {service: parse_values(text) for service, text in file.execute("SELECT * FROM clouds")}
            for cloud in clouds:
                rows = file.execute("SELECT value FROM jobs WHERE service = ? ORDER BY sequence DESC", (cloud.name,))
                jobs = load_jobs((parse_values(text) for (text,) in rows), outcomes, compute)
                cloud.store.restore(values[cloud.name]["store"], list(jobs.values()))
                cloud.restore(values[cloud.name]["extra"], jobs)
            return now
    except SandboxError:
        raise
    except _INVALID_FILE_ERRORS as error:
        raise SandboxError(f"{path} is not a saved sandbox: {error}") from None


class _Outcomes:
    """Writes each outcome once, by the digest of its text: jobs may share one, and it may be large."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file
        # The reference to the outcome keeps its id from being reused.
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
        **{name: getattr(job, name) for name in _JOB_FIELDS},
        "latency": attrs.asdict(job.latency),
        # A computation shared with a child is written with the child, so that it starts once on loading.
        "computations": [None if child in children else _saved_computation(c, outcomes) for c, child in circuits],
    }


def _saved_computation(computation: Computation, outcomes: _Outcomes) -> dict[str, Any]:
    # In this order: the task is cleared after the outcome is set.
    task, outcome = computation.task, computation.outcome
    if outcome is not None:
        return {"outcome": outcomes.digest_of(outcome), "finished_at": computation.finished_at}
    return {"abandoned": True} if task is None or computation.abandoned else {"task": attrs.asdict(task)}


_NUMBER = (int, float)
_NONE = type(None)
_JOB_FIELDS: Mapping[str, tuple[type, ...]] = {
    "id": (str,),
    "sequence": (int,),
    "device": (str,),
    "submitted_at": _NUMBER,
    "owner": (str,),
    "shots": (int, _NONE),
    "name": (str, _NONE),
    "tags": (dict,),
    "request": (dict,),
    "seed": (int,),
    "parent_id": (str, _NONE),
    "child_ids": (list,),
    "group_id": (str, _NONE),
    "size": (int,),
    "cancelled_at": (*_NUMBER, _NONE),
    "held_at": (*_NUMBER, _NONE),
    "delayed": _NUMBER,
}
"""The fields of a job that are saved as they are, with their types."""

_OUTCOME_FIELDS: Mapping[type, Mapping[str, tuple[type, ...]]] = {
    CircuitResult: {
        **dict.fromkeys(("num_qubits", "num_bits", "one_qubit_gates", "two_qubit_gates"), (int,)),
        **dict.fromkeys(("probabilities", "registers", "compiled"), (dict,)),
        "qubits": (list,),
        "counts": (dict, _NONE),
    },
    SolverResult: {"num_qubits": (int,), "values": (dict,)},
    Failure: {"kind": (str,), "message": (str,)},
}
_LATEST = 2e11
"""The latest time of a clock, see `clock`."""


def parse_values(text: str) -> Any:
    """A JSON value. Raises ValueError for numbers that are not finite."""
    return json.loads(text, parse_constant=_finite, parse_float=_finite)


def timestamp(value: float) -> float:
    """The time, if it is one that a clock can have; else raises ValueError."""
    if not 0 <= value <= _LATEST:
        raise ValueError(f"{value!r} is not a time")
    return value


def load_outcome(text: str) -> Outcome:
    """An outcome from its JSON text. Raises LookupError, TypeError or ValueError for other text."""
    outcome = outcome_from_json(json.loads(text))
    for part in (outcome, circuit_result_of(outcome)):
        if part is not None:
            _check(attrs.asdict(part, recurse=False), _OUTCOME_FIELDS[type(part)])
    if isinstance(outcome, Failure) and outcome.kind not in get_args(FailureKind):
        raise ValueError(f"{outcome.kind!r} is no kind of failure")
    return outcome


def load_jobs(
    values: Iterable[Mapping[str, Any]], outcomes: Mapping[str, Outcome], compute: Callable[[Task], Computation]
) -> dict[str, Job]:
    """Jobs by id, in order of submission; `values` is in reverse order."""
    made: dict[str, Job] = {}
    # Children were submitted after their parents and are needed to make them.
    for value in values:
        if value["id"] in made:
            raise ValueError(f"{value['id']} stands there twice")
        made[value["id"]] = _job(value, made, outcomes, compute)
    if len({job.sequence for job in made.values()}) != len(made):
        raise ValueError("two jobs have the same place")
    if sum(job.parent_id is not None for job in made.values()) != sum(len(job.children) for job in made.values()):
        raise ValueError("a job is not among its parent's")
    return dict(reversed(made.items()))


def _job(
    value: Mapping[str, Any],
    made: Mapping[str, Job],
    outcomes: Mapping[str, Outcome],
    compute: Callable[[Task], Computation],
) -> Job:
    fields = {name: value[name] for name in _JOB_FIELDS}
    _check(fields, _JOB_FIELDS)
    for name in ("submitted_at", "cancelled_at", "held_at", "delayed"):
        timestamp(fields[name] or 0)
    child_ids, saved = fields["child_ids"], value["computations"]
    if not saved or len(saved) != len(child_ids or saved):
        raise ValueError(f"{fields['id']} has not one outcome for each circuit")
    computations = [
        made[child_ids[index]].computations[0] if one is None else _computation(one, outcomes, compute)
        for index, one in enumerate(saved)
    ]
    if fields["cancelled_at"] is None and any(one == {"abandoned": True} for one in saved):
        raise ValueError(f"{fields['id']} has lost an outcome")
    children = [made[child] for child in child_ids if child in made]
    if any(child.parent_id != fields["id"] for child in children):
        raise ValueError(f"{fields['id']} has another job's child")
    return Job(**fields, latency=LatencyProfile(**value["latency"]), children=children, computations=computations)


def _computation(
    saved: Mapping[str, Any], outcomes: Mapping[str, Outcome], compute: Callable[[Task], Computation]
) -> Computation:
    if "task" in saved:
        task = saved["task"]
        noise = None if task["noise"] is None else Noise(**task["noise"])
        return compute(Task(**{**task, "program": Program(**task["program"]), "noise": noise}))
    future: Future[Outcome] = Future()
    if "abandoned" in saved:
        computation = Computation(future, lambda: 0.0)
        computation.abandon()
        return computation
    finished_at = timestamp(saved["finished_at"])
    future.set_result(outcomes[saved["outcome"]])
    return Computation(future, lambda: finished_at)


def _check(values: Mapping[str, Any], types: Mapping[str, tuple[type, ...]]) -> None:
    for name, allowed in types.items():
        if not isinstance(values[name], allowed):
            raise TypeError(f"{name} is a {type(values[name]).__name__}")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is not a finite number")
    return value
