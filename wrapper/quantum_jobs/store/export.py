"""Jobs of a store as rows, and as files of rows that other tools read."""

from __future__ import annotations

import contextlib
import itertools
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from quantum_jobs.errors import UnsupportedError
from quantum_jobs.result import Result
from quantum_jobs.store.database import Database
from quantum_jobs.store.records import SUBMISSION_COLUMNS, StoredJob, StoredSubmission

#: Jobs whose submissions and results are read at once.
TOGETHER = 200
#: Rows of one group in a Parquet file, so that memory does not grow with their number.
GROUP = 1000
#: The columns, and their types in a Parquet file.
COLUMNS: Mapping[str, str] = {
    "ref": "string",
    "service": "string",
    "id": "string",
    "base_url": "string",
    "status": "string",
    "device": "string",
    "name": "string",
    "tags": "json",
    "shots": "int64",
    "num_qubits": "int64",
    "idempotency_key": "string",
    "created_at": "time",
    "started_at": "time",
    "ended_at": "time",
    "execution_seconds": "float64",
    "cost_amount": "string",
    "cost_currency": "string",
    "cost_usd": "string",
    "calibration_id": "string",
    "program_digest": "string",
    "options": "json",
    "versions": "json",
    "counts": "json",
    "probabilities": "json",
}


def rows(database: Database, jobs: Iterator[StoredJob]) -> Iterator[dict[str, Any]]:
    """Each job as plain JSON values. ``counts`` and ``probabilities`` are those of the one circuit, or a list of those
    of several."""
    while some := list(itertools.islice(jobs, TOGETHER)):
        ids = [job.id for job in some]
        marks = ", ".join("?" * len(ids))
        submissions = {
            (service, base_url, job_id): StoredSubmission._of(columns)
            for service, base_url, job_id, *columns in database.rows(
                f"SELECT s.service, s.base_url, s.job_id, {SUBMISSION_COLUMNS} FROM quantum_submissions AS s "
                f"WHERE s.job_id IN ({marks}) ORDER BY s.id DESC",
                *ids,
            )
        }
        results = {
            (service, base_url, job_id): [Result.from_dict(each) for each in json.loads(text)]
            for service, base_url, job_id, text in database.rows(
                "SELECT service, base_url, job_id, results FROM quantum_results JOIN quantum_jobs ON id = job "
                f"WHERE memory = 0 AND aggregation = '' AND job_id IN ({marks})",
                *ids,
            )
        }
        for job in some:
            yield _row(job, submissions.get(job._whose), results.get(job._whose, []))


def _row(job: StoredJob, submission: StoredSubmission | None, results: list[Result]) -> dict[str, Any]:
    record, cost = job.record, job.cost
    duration = record.execution_duration
    values = record.to_dict()
    return {
        **{name: values.get(name) for name in COLUMNS},
        "ref": job.ref,
        "base_url": job.base_url,
        "tags": dict(record.tags if submission is None else submission.tags),
        "created_at": job.created_at.isoformat(),
        "execution_seconds": None if duration is None else duration.total_seconds(),
        "cost_amount": None if cost is None else str(cost.amount),
        "cost_currency": None if cost is None else cost.currency,
        "cost_usd": None if cost is None or cost.usd is None else str(cost.usd),
        "calibration_id": job.calibration_id,
        "idempotency_key": record.idempotency_key if submission is None else submission.idempotency_key,
        "program_digest": None if submission is None else submission.program_digest,
        "options": None if submission is None else dict(submission.options),
        "versions": None if submission is None else dict(submission.versions),
        "counts": _of_each(results, "counts"),
        "probabilities": _of_each(results, "probabilities"),
    }


def _of_each(results: list[Result], name: str) -> Any:
    values = [getattr(result, name) for result in results]
    return values[0] if len(values) == 1 else values or None


@contextlib.contextmanager
def _written_whole(path: Path) -> Iterator[Path]:
    """Where to write a file that takes its place, and that of an earlier one, when it is complete."""
    if path.exists() and not path.is_file():  # a pipe, or a terminal
        yield path
        return
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_json_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> int:
    """One JSON object a line; gives how many there are."""
    count = 0
    with _written_whole(path) as place, place.open("w", encoding="utf-8") as file:
        for count, each in enumerate(rows, 1):  # noqa: B007 - the number of the last one is given back
            file.write(json.dumps(each) + "\n")
    return count


def write_parquet(path: Path, rows: Iterator[Mapping[str, Any]]) -> int:
    """A Parquet file; gives how many rows there are. Raises UnsupportedError without the extra ``parquet``."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        raise UnsupportedError(
            "writing Parquet takes the extra parquet: pip install '.[parquet]' in the folder of this project"
        ) from None
    types = {
        "string": arrow.string(),
        "json": arrow.string(),
        "int64": arrow.int64(),
        "float64": arrow.float64(),
        "time": arrow.timestamp("us", tz="UTC"),
    }
    schema = arrow.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    count = 0
    with _written_whole(path) as place, parquet.ParquetWriter(place, schema) as writer:
        while group := list(itertools.islice(rows, GROUP)):
            count += len(group)
            writer.write_table(arrow.Table.from_pylist([_flat(each) for each in group], schema=schema))
    return count


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    from datetime import datetime

    def flat(kind: str, value: Any) -> Any:
        if value is None:
            return None
        if kind == "json":
            return json.dumps(value)
        return datetime.fromisoformat(value) if kind == "time" else value

    return {name: flat(kind, values[name]) for name, kind in COLUMNS.items()}
