"""What is read out of a store without a network: jobs by filter, sums of costs, rows and files of rows."""

from __future__ import annotations

import contextlib
import json
import pickle
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from quantum_jobs import Cost, JobRecord, JobStatus, Result, Store, arguments, errors
from quantum_jobs.store.account_store import AccountStore

CIRCUIT = {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}
START = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place) as store:
        yield store


def account(store: Store, service: str = "ionq-v0.4", key: str = "a key") -> AccountStore:
    return store._of_account((service, f"http://127.0.0.1/{service}", key), lambda data: data)


def add(store: Store, job_id: str, *, service: str = "ionq-v0.4", tags: Any = None, **values: Any) -> JobRecord:
    """A job that was submitted through the store."""
    submission = arguments.submission(
        CIRCUIT, device=values.get("device", "simulator"), shots=10, tags=tags, idempotency_key=f"key-{job_id}"
    )
    defaults = {"status": JobStatus.COMPLETED, "device": "simulator", "tags": tags or {}, "created_at": START}
    record = JobRecord(**{"id": job_id, "service": service, **defaults, **values})
    kept = account(store, service)
    assert kept.may_send(submission, kept.new_claim(), 30)
    kept.made(submission, record)
    return record


def ids(found: Any) -> list[str]:
    return [each.id for each in found]


def test_jobs_are_found_by_everything_that_is_asked_for(store: Store) -> None:
    add(store, "a", device="qpu.forte-1", name="bell", tags={"run": 7, "good": True})
    add(store, "b", status=JobStatus.FAILED, created_at=START + timedelta(days=1))
    add(store, "c", service="qbraid-v2", tags={"run": "7", "good": False}, created_at=START + timedelta(days=2))
    # IonQ gives every value back as text.
    add(store, "d", tags={"run": "7", "good": "true"})
    assert ids(store.jobs()) == ["d", "c", "b", "a"]
    assert ids(store.jobs(service="qbraid")) == ids(store.jobs(service="qbraid-v2")) == ["c"]
    assert ids(store.jobs(status="FAILED")) == ids(store.jobs(status=JobStatus.FAILED)) == ["b"]
    assert ids(store.jobs(device="qpu.forte-1")) == ids(store.jobs(name="bell")) == ["a"]
    assert ids(store.jobs(tags={"run": 7})) == ["d", "c", "a"]
    assert ids(store.jobs(tags={"run": 7, "good": True})) == ["d", "a"]
    assert ids(store.jobs(created_after=START + timedelta(days=1))) == ["c", "b"]
    assert ids(store.jobs(created_before=START + timedelta(days=1))) == ["d", "a"]
    assert ids(store.jobs(limit=2)) == ["d", "c"]
    assert ids(store.jobs(limit=1, tags={"run": 7}, device="qpu.forte-1")) == ["a"]
    assert ids(store.jobs(limit=0)) == []
    assert (
        ids(store.submissions())
        if False
        else [each.ref for each in store.submissions(service="qbraid")] == ["qbraid-v2:c"]
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"status": "DONE"}, "'DONE' is no status; they are INITIALIZING"),
        ({"service": "aqt"}, "'aqt' is no service; known are ionq-v0.4"),
        ({"created_after": datetime(2026, 1, 1)}, "created_after must say its time zone"),
        ({"limit": -1}, "limit must be a whole number"),
        ({"tags": "run"}, "tags must be a mapping"),
        ({"name": "a\udcff"}, "name must be text"),
    ],
)
def test_a_filter_that_makes_no_sense_is_told_at_once(store: Store, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(errors.UsageError, match=told):
        store.jobs(**asked)


def test_a_state_that_there_is_not_is_told(store: Store) -> None:
    with pytest.raises(errors.UsageError, match="'done' is no state of a submission; they are sent, known"):
        store.submissions(state="done")


def test_many_jobs_are_read_page_by_page_while_more_are_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quantum_jobs.store.queries.PAGE", 3)
    for number in range(10):
        add(store, f"job-{number}")
    found = store.jobs()
    first = next(found)
    add(store, "later")
    assert [first.id, *ids(found)] == [f"job-{number}" for number in reversed(range(10))]


def test_a_job_is_read_whole(store: Store) -> None:
    record = add(
        store, "a", tags={"theta": 0.5}, raw={"deep": [1, {"er": None}]}, execution_duration=timedelta(seconds=2)
    )
    result = Result(counts={"1": 10}, counts_kind="measured", probabilities={"1": 1.0}, num_qubits=1)
    account(store).save_results(record, [result], False, None, "of-today")
    account(store).save_cost("a", Cost.in_usd(Decimal("0.97")))
    job = store.job("ionq:a")
    assert (job.record, job.result(), job.cost) == (record, result, Cost.in_usd(Decimal("0.97")))
    assert (job.ref, job.base_url, job.calibration_id) == ("ionq-v0.4:a", "http://127.0.0.1/ionq-v0.4", "of-today")
    assert job.program().data["circuit"] == CIRCUIT["circuit"]
    submission = job.submission()
    assert submission is not None
    assert (submission.tags, submission.shots, submission.state) == ({"theta": 0.5}, 10, "known")
    assert {"quantum-jobs", "python"} <= set(submission.versions)
    assert submission.sent_at.utcoffset() == timedelta(0)
    assert job == store.job("ionq-v0.4:a")
    assert repr(job) == "<StoredJob ionq-v0.4:a COMPLETED>"


def test_what_a_store_has_not_is_told_with_what_to_do(store: Store) -> None:
    with pytest.raises(errors.StoreError, match="has no job 'ionq:nowhere'"):
        store.job("ionq:nowhere")
    add(store, "a", status=JobStatus.RUNNING)
    with pytest.raises(errors.StoreError, match=r"was RUNNING when .* quantum_jobs\.job\('ionq-v0\.4:a'\) fetches it"):
        store.job("ionq:a").result()
    account(store).save([JobRecord(id="b", service="ionq-v0.4")])
    assert store.job("ionq:b").submission() is None
    with pytest.raises(errors.StoreError, match="was not submitted through it"):
        store.job("ionq:b").program()


def test_jobs_that_have_no_result_say_so(store: Store) -> None:
    from quantum_jobs import Failure

    add(store, "a", status=JobStatus.FAILED, failure=Failure("QuantumError", "it broke"))
    add(store, "b", status=JobStatus.CANCELLED)
    with pytest.raises(errors.JobFailedError, match=r"ionq-v0\.4:a failed: QuantumError: it broke") as caught:
        store.job("ionq:a").result()
    assert (caught.value.code, caught.value.job.id) == ("QuantumError", "a")
    assert pickle.loads(pickle.dumps(caught.value)).job == store.job("ionq:a")
    with pytest.raises(errors.JobCancelledError):
        store.job("ionq:b").results()


def test_a_job_out_of_a_pickle_has_its_record_and_names_its_store(store: Store) -> None:
    record = add(store, "a")
    restored = pickle.loads(pickle.dumps(store.job("ionq:a")))
    assert (restored.record, restored.created_at) == (record, START)
    with pytest.raises(errors.StoreError, match="comes out of a pickle"):
        restored.result()


def test_several_results_are_kept_in_order_and_by_what_was_asked_for(store: Store) -> None:
    record = add(store, "a")
    both = [Result(counts={"0": 1}), Result(counts={"1": 1})]
    account(store).save_results(record, both, False, None, None)
    account(store).save_results(record, both[:1], True, "average", None)
    job = store.job("ionq:a")
    assert job.results() == both
    with pytest.raises(errors.UnsupportedError, match="a job of 2 circuits"):
        job.result()
    assert job.results(memory=True, aggregation="average") == both[:1]
    with pytest.raises(errors.StoreError):
        job.results(memory=True)


def test_a_later_record_takes_the_place_of_an_earlier_one_and_keeps_what_is_known_beside_it(store: Store) -> None:
    record = add(store, "a", status=JobStatus.QUEUED, cost=Cost.in_usd(Decimal(1)))
    account(store).save_results(record, [], False, None, "of-today")
    account(store).save([JobRecord(id="a", service="ionq-v0.4", status=JobStatus.COMPLETED)])
    job = store.job("ionq:a")
    assert (job.status, job.cost, job.calibration_id) == (JobStatus.COMPLETED, Cost.in_usd(Decimal(1)), "of-today")
    assert job.created_at == START
    assert len(list(store.jobs())) == 1


@pytest.mark.parametrize("status", [status for status in JobStatus if status.is_final])
def test_what_was_read_before_a_job_was_over_does_not_make_it_run_again(store: Store, status: JobStatus) -> None:
    over = add(store, "a", status=status)
    account(store).save([JobRecord(id="a", service="ionq-v0.4", status=JobStatus.RUNNING)])
    assert store.job("ionq:a").record == over
    assert ids(store.jobs(status=status)) == ["a"]


def test_a_deleted_job_stays_so_and_one_that_was_not_found_may_turn_up(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quantum_jobs.store.account.SHOWN_WITHIN", timedelta(0))
    records = [add(store, job_id, status=JobStatus.QUEUED) for job_id in "abc"] + [add(store, "d")]
    account(store, key="another account's").gone(["b"], deleted=False)
    assert not store.job("ionq:b").is_gone
    account(store).gone(["a", "d"], deleted=True)
    account(store).gone(["b", "d"], deleted=False)
    assert [job.id for job in store.jobs() if job.is_gone] == ["b", "a"]
    assert pickle.loads(pickle.dumps(store.job("ionq:a"))).is_gone
    assert ids(store.jobs(status="QUEUED")) == ["c"]
    account(store).save(records)  # as read before that
    assert [job.id for job in store.jobs() if job.is_gone] == ["a"]


def test_another_key_of_the_account_sees_the_same_jobs(store: Store) -> None:
    record = add(store, "a")
    account(store).save_results(record, [Result(counts={"1": 1})], False, None, None)
    assert account(store, key="another key").results("a", False, None) == [Result(counts={"1": 1})]


def test_a_forgotten_job_is_gone_with_all_that_belongs_to_it(store: Store) -> None:
    record = add(store, "a")
    add(store, "b", device="qpu.forte-1")
    account(store).save_results(record, [Result(counts={"1": 1})], False, None, None)
    store.forget("ionq:a")
    assert ids(store.jobs()) == ["b"]
    assert [each.ref for each in store.submissions()] == ["ionq-v0.4:b"]
    assert store.job("ionq:b").program().data["circuit"] == CIRCUIT["circuit"]
    store.forget("ionq:b")
    assert store._database.rows("SELECT * FROM quantum_programs") == []
    assert store._database.rows("SELECT * FROM quantum_results") == []


def test_a_job_that_was_forgotten_is_not_taken_for_a_later_one(store: Store) -> None:
    add(store, "a")
    held = store.job("ionq:a")
    store.forget("ionq:a")
    account(store).save_results(add(store, "b"), [Result(counts={"1": 1})], False, None, None)
    assert held.submission() is None
    for read in (held.result, held.program):
        with pytest.raises(errors.StoreError):
            read()


def test_a_job_of_another_sandbox_at_the_same_address_takes_the_place_of_the_one_with_its_id(store: Store) -> None:
    earlier = add(store, "a", shots=10)
    account(store).save_results(earlier, [Result(counts={"1": 10})], False, None, None)
    account(store).save_cost("a", Cost(Decimal(3), "USD"))
    other = {"qubits": 2, "circuit": [{"gate": "h", "target": 0}]}
    submission = arguments.submission(other, device="qpu.forte-1", shots=20, idempotency_key="another")
    kept = account(store)
    assert kept.may_send(submission, kept.new_claim(), 30)
    kept.made(submission, attrs.evolve(earlier, status=JobStatus.QUEUED, device="qpu.forte-1", shots=20))
    (stored,) = store.jobs()
    assert (stored.record.shots, stored.status, stored.cost) == (20, JobStatus.QUEUED, None)
    assert stored.program().data["circuit"] == other["circuit"]
    assert stored.submission().idempotency_key == "another"
    assert [each.idempotency_key for each in store.submissions()] == ["another"]
    with pytest.raises(errors.StoreError):
        stored.results()


def test_a_submission_keeps_its_program_where_another_with_the_same_is_forgotten_meanwhile(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, "a")
    is_writing, may_commit = threading.Event(), threading.Event()
    begin = store._database.write

    def write(action: Any, **more: Any) -> Any:
        def and_wait(transaction: Any) -> Any:
            done = action(transaction)
            is_writing.set()
            assert may_commit.wait(10)
            return done

        monkeypatch.undo()
        return begin(and_wait, **more)

    monkeypatch.setattr(store._database, "write", write)
    with ThreadPoolExecutor(2) as threads:
        submitted = threads.submit(add, store, "b")
        assert is_writing.wait(10)
        forgotten = threads.submit(store.forget, "ionq:a")
        with contextlib.suppress(TimeoutError):
            forgotten.result(timeout=0.5)
        may_commit.set()
        submitted.result()
        forgotten.result()
    assert store.job("ionq:b").program().data["circuit"] == CIRCUIT["circuit"]


def test_costs_are_exact_and_summed_by_what_is_asked_for(store: Store) -> None:
    for number in range(10):
        add(store, f"a{number}", device="qpu.forte-1", tags={"run": str(number % 2)}, cost=Cost.in_usd(Decimal("0.1")))
    add(store, "b", service="qbraid-v2", device="other", cost=Cost.in_credits(Decimal("0.3")))
    add(store, "c", created_at=START + timedelta(days=1, hours=-1))
    (total,) = store.costs()
    assert (total.jobs, total.without_cost, total.usd) == (12, 1, Decimal("1.003"))
    assert total.amounts == {"USD": Decimal("1.0"), "credits": Decimal("0.3")}
    assert {tuple(each.group.values()): each.usd for each in store.costs("device")} == {
        ("other",): Decimal("0.003"),
        ("qpu.forte-1",): Decimal("1.0"),
        ("simulator",): Decimal(0),
    }
    assert [(each.group, each.jobs) for each in store.costs("service", "tag:run")] == [
        ({"service": "ionq-v0.4", "tag:run": None}, 1),
        ({"service": "ionq-v0.4", "tag:run": "0"}, 5),
        ({"service": "ionq-v0.4", "tag:run": "1"}, 5),
        ({"service": "qbraid-v2", "tag:run": None}, 1),
    ]
    assert [each.group["day"] for each in store.costs("day")] == ["2026-11-01"]
    assert store.costs("day", device="simulator")[0].without_cost == 1
    assert store.costs("device", device="nobody-s") == []
    with pytest.raises(errors.UsageError, match="costs are summed by service, device, day, name or tag:<name>"):
        store.costs("month")


def test_credits_whose_value_is_not_known_are_not_added_to_others(store: Store) -> None:
    add(store, "a", cost=Cost.in_credits(Decimal("0.3")))
    add(store, "b", cost=Cost(Decimal(5), "credits"))
    (total,) = store.costs()
    assert total.amounts == {"credits": Decimal("0.3"), "credits (no USD value)": Decimal(5)}
    assert (total.usd, total.without_cost) == (Decimal("0.003"), 0)


@pytest.fixture
def filled(store: Store) -> Store:
    record = add(
        store, "a", tags={"theta": 0.5}, name="bell", shots=10, num_qubits=1, execution_duration=timedelta(seconds=2)
    )
    account(store).save_results(record, [Result(counts={"1": 10}, probabilities={"1": 1.0})], False, None, "of-today")
    account(store).save_cost("a", Cost.in_usd(Decimal("0.97")))
    two = add(store, "b", created_at=START + timedelta(microseconds=1))
    account(store).save_results(two, [Result(counts={"0": 1}), Result(counts={"1": 1})], False, None, None)
    add(store, "c", status=JobStatus.QUEUED)
    return store


def test_rows_are_flat_and_hold_the_results(filled: Store) -> None:
    rows = {each["id"]: each for each in filled.rows()}
    assert len({tuple(each) for each in rows.values()}) == 1
    one = rows["a"]
    assert (one["ref"], one["status"], one["name"], one["tags"]) == ("ionq-v0.4:a", "COMPLETED", "bell", {"theta": 0.5})
    assert (one["counts"], one["probabilities"], one["cost_usd"]) == ({"1": 10}, {"1": 1.0}, "0.97")
    assert (one["execution_seconds"], one["created_at"]) == (2.0, "2026-11-01T00:00:00+00:00")
    assert (one["idempotency_key"], one["calibration_id"]) == ("key-a", "of-today")
    assert rows["b"]["counts"] == [{"0": 1}, {"1": 1}]
    assert (rows["c"]["counts"], rows["c"]["cost_usd"]) == (None, None)


def test_json_lines_are_the_rows(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    assert filled.write_json_lines(path) == 3
    assert [json.loads(line) for line in path.read_text().splitlines()] == list(filled.rows())
    assert filled.write_json_lines(path, status="QUEUED") == 1


def test_parquet_has_the_same_rows_with_types(filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    monkeypatch.setattr("quantum_jobs.store.export.GROUP", 2)
    path = tmp_path / "rows.parquet"
    assert filled.write_parquet(path) == 3
    rows = {each["id"]: each for each in parquet.read_table(path).to_pylist()}
    assert rows["a"]["created_at"] == START
    assert (rows["a"]["shots"], rows["a"]["execution_seconds"]) == (10, 2.0)
    assert json.loads(rows["a"]["counts"]) == {"1": 10}
    assert json.loads(rows["b"]["counts"]) == [{"0": 1}, {"1": 1}]
    assert rows["c"]["counts"] is None
    assert filled.write_parquet(path, name="nobody-s") == 0
    assert parquet.read_table(path).num_rows == 0


def test_an_export_that_breaks_off_leaves_no_half_a_file(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = list(filled.rows())

    def broken(**_: Any) -> Iterator[dict[str, Any]]:
        yield rows[0]
        raise errors.StoreError("the store is gone")

    monkeypatch.setattr(filled, "rows", broken)
    for write in (filled.write_json_lines, filled.write_parquet):
        path = tmp_path / "rows"
        path.write_text("of before")
        with pytest.raises(errors.StoreError, match="the store is gone"):
            write(path)
        assert path.read_text() == "of before"
        assert list(tmp_path.glob("rows*")) == [path]
