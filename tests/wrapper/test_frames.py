"""DataFrames of jobs, results and devices."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import quantum_jobs
from quantum_jobs import (
    AsyncJob,
    Cost,
    Device,
    Failure,
    Job,
    JobRecord,
    JobStatus,
    Result,
    UnsupportedError,
    UsageError,
    to_pandas,
)

BELL = Result(counts={"00": 40, "11": 60}, counts_kind="measured", probabilities={"00": 0.4, "11": 0.6}, num_qubits=2)
EXACT = Result(probabilities={"00": 0.5, "11": 0.5}, num_qubits=2)
FULL = JobRecord(
    id="a",
    service="ionq-v0.4",
    status=JobStatus.COMPLETED,
    name="bell",
    shots=100,
    tags={"theta": 0.25, "run": "7"},
    created_at=datetime(2026, 11, 21, 12, tzinfo=UTC),
    execution_duration=timedelta(seconds=1.5),
    cost=Cost.in_credits(Decimal("12.5")),
    raw={"id": "a"},
)
BARE = JobRecord(id="b", service="qbraid-v2", status=JobStatus.FAILED, failure=Failure("E1", "too wide"))


def test_jobs_and_records_are_a_row_each() -> None:
    for jobs in ([FULL, BARE], [Job(None, FULL), BARE], (AsyncJob(None, each) for each in (FULL, BARE))):
        frame = to_pandas(jobs)
        assert frame["ref"].tolist() == ["ionq-v0.4:a", "qbraid-v2:b"]
        assert frame["status"].tolist() == ["COMPLETED", "FAILED"]
        assert frame.loc[0, "tags.theta"] == 0.25
        assert frame.loc[0, "created_at"] == datetime(2026, 11, 21, 12, tzinfo=UTC)
        assert frame["execution_duration"].sum() == timedelta(seconds=1.5)
        assert (frame.loc[0, "cost"], frame.loc[0, "cost_currency"], frame["cost_usd"].sum()) == (
            12.5,
            "credits",
            0.125,
        )
        assert frame.loc[1, "failure"] == "E1: too wide"
        assert frame["shots"].isna().tolist() == [False, True]
        assert "raw" not in frame
    assert len(to_pandas(Job(None, FULL))) == 1


@pytest.mark.parametrize("records", [[FULL, BARE], [BARE], [FULL], []])
def test_the_types_of_columns_do_not_depend_on_what_is_missing(records: list[JobRecord]) -> None:
    types = to_pandas(records).dtypes
    assert {name: str(types[name]) for name in ("shots", "cost_usd", "created_at", "execution_duration")} == {
        "shots": "Int64",
        "cost_usd": "float64",
        "created_at": "datetime64[us, UTC]",
        "execution_duration": "timedelta64[us]",
    }


def test_a_result_is_a_row_for_each_outcome() -> None:
    frame = BELL.to_pandas()
    assert list(frame.columns) == ["outcome", "counts", "probability", "standard_error"]
    assert frame["counts"].tolist() == [40, 60]
    assert BELL.standard_errors is not None
    assert frame["standard_error"].tolist() == list(BELL.standard_errors.values())
    assert EXACT.to_pandas()["counts"].isna().all()
    assert EXACT.to_pandas()["standard_error"].isna().all()


def test_results_are_told_apart_by_their_labels() -> None:
    frame = to_pandas({"one": BELL, "two": EXACT})
    assert frame["result"].tolist() == ["one", "one", "two", "two"]
    wide = frame.pivot(index="outcome", columns="result", values="probability")
    assert wide.loc["11"].tolist() == [0.6, 0.5]
    assert to_pandas([BELL, EXACT])["result"].unique().tolist() == ["result 1", "result 2"]
    assert to_pandas([BELL, EXACT], labels=["a", "b"])["result"].unique().tolist() == ["a", "b"]


def test_devices_are_a_row_each() -> None:
    frame = to_pandas([Device(id="simulator", service="ionq-v0.4", online=True, queue_time=timedelta(seconds=3))])
    assert frame.loc[0, "id"] == "simulator"
    assert bool(frame.loc[0, "online"])
    assert frame.loc[0, "queue_time"] == timedelta(seconds=3)


@pytest.mark.parametrize(
    ("things", "message"),
    [
        ([BELL, FULL], "expected only jobs or records, only results, or only devices; got JobRecord, Result"),
        ("ionq:a", "expected several jobs or results, such as a list; got str"),
        (7, "got int"),
        ([1], "got int"),
        ([Result(raw={})], "no outcomes"),
    ],
)
def test_what_makes_no_table_is_named(things: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        to_pandas(things)


def test_without_pandas_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(
        UnsupportedError, match=r"install the extra pandas, in a checkout with pip install '\.\[pandas\]'"
    ):
        quantum_jobs.to_pandas([FULL])
