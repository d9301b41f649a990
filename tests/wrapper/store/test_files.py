"""A store's file that is full, locked, damaged, old, new, or gone: a clear error before anything is sent, and a warning
and the job after that."""

from __future__ import annotations

import contextlib
import copy
import os
import pickle
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import quantum_jobs
from quantum_jobs import Store, errors
from quantum_jobs.store import schema, sqlite

from tests.loopback import Answer, Loopback
from tests.wrapper.store.ionq import API_KEY, Ionq

CIRCUIT = {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}


def submit(client: quantum_jobs.Client, key: str | None = "t", **more: Any) -> quantum_jobs.Job:
    return client.submit(CIRCUIT, **{"device": "simulator", "shots": 10, "idempotency_key": key, **more})


@contextlib.contextmanager
def failing(code: int, text: str, *beginnings: str) -> Iterator[None]:
    """SQLite fails at statements that begin so, as it does on a full disk, say."""
    run = sqlite._SqliteTransaction.run

    def fail(transaction: Any, statement: str, *values: Any) -> int:
        if statement.startswith(beginnings):
            error = sqlite3.OperationalError(text)
            error.sqlite_errorcode = code
            raise error
        return run(transaction, statement, *values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite._SqliteTransaction, "run", fail)
        yield


@contextlib.contextmanager
def full_disk() -> Iterator[None]:
    """Files cannot grow any more."""
    connect = sqlite3.connect

    def connect_to_full_disk(*given: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*given, **named)
        connection.execute("PRAGMA max_page_count = 1")  # never less than there are
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", connect_to_full_disk)
        yield


def test_on_a_full_disk_nothing_is_sent_and_it_goes_on_when_there_is_room(ionq: Ionq, path: Path) -> None:
    with ionq.connect(path) as client:
        submit(client, "first")
    Store(path).close()
    sent = len(ionq.server.asked)
    name = "a name that takes new pages " * 1000
    with full_disk(), ionq.connect(Store(path)) as client, pytest.raises(errors.StoreError, match="the disk is full"):
        submit(client, name=name)
    assert len(ionq.server.asked) == sent
    with ionq.connect(path) as client:
        assert submit(client, name=name).id == "job-1"


AFTER_THE_POST = ("INSERT INTO quantum_jobs", "UPDATE quantum_submissions SET state = 'known'")


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        (sqlite3.SQLITE_FULL, "database or disk is full", "the disk is full"),
        (sqlite3.SQLITE_BUSY, "database is locked", "is locked"),
        (sqlite3.SQLITE_CORRUPT, "database disk image is malformed", "is damaged"),
        (sqlite3.SQLITE_IOERR, "disk I/O error", "cannot be read or written"),
    ],
)
def test_a_store_that_fails_after_the_post_warns_and_the_job_is_there(
    ionq: Ionq, path: Path, code: int, text: str, told: str
) -> None:
    with ionq.connect(path) as client:
        submit(client, "first")
        with failing(code, text, *AFTER_THE_POST), pytest.warns(quantum_jobs.QuantumJobsWarning, match=told) as warned:
            job = submit(client)
        assert job.id == "job-1"
        assert all(part in str(warned[0].message) for part in (job.ref, "'t'", str(path)))
        # What was sent is looked for, by this client and by others.
        assert submit(client).id == "job-1"
    with ionq.connect(path) as client:
        assert submit(client).id == "job-1"
    assert len(ionq.asked("POST")) == 2


def test_a_store_that_fails_right_before_the_post_sends_nothing(ionq: Ionq, path: Path) -> None:
    with ionq.connect(path) as client:
        with (
            failing(sqlite3.SQLITE_FULL, "database or disk is full", "INSERT INTO quantum_submissions"),
            pytest.raises(errors.StoreError),
        ):
            submit(client)
        assert ionq.asked("POST") == []
        assert submit(client).id == "job-0"
    assert len(ionq.asked("GET")) == 1  # nothing is in doubt


def test_results_that_cannot_be_kept_are_given_all_the_same(ionq: Ionq, path: Path) -> None:
    with ionq.connect(path) as client:
        job = submit(client)
        with (
            failing(sqlite3.SQLITE_FULL, "database or disk is full", "INSERT INTO quantum_"),
            pytest.warns(quantum_jobs.QuantumJobsWarning, match="the disk is full"),
        ):
            assert job.result(timeout=10).counts == {"1": 10}


def test_a_store_that_cannot_be_read_does_not_hold_up_what_the_service_knows(ionq: Ionq, path: Path) -> None:
    with ionq.connect(path) as client:
        job = submit(client)
        _put_into_one_file(path)
        path.write_bytes(b"garbage!" * 10_000)
        with pytest.warns(quantum_jobs.QuantumJobsWarning, match="damaged"):
            assert client.job(job.id).result(timeout=10).counts == {"1": 10}
        with pytest.raises(errors.StoreError, match="damaged"):
            submit(client, "other")
    assert len(ionq.asked("POST")) == 1


def test_a_locked_file_is_waited_for_and_then_an_error(ionq: Ionq, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "LOCKED_FOR", 0.2)
    Store(path).close()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    with ionq.connect(path) as client:
        with pytest.raises(errors.StoreError, match="is locked: another process has been writing"):
            submit(client)
        assert ionq.asked("POST") == []
        threading.Timer(0.1, other.execute, ["COMMIT"]).start()
        assert submit(client).id == "job-0"
    other.close()


@pytest.mark.parametrize("where", [0, 4096])
def test_a_damaged_file_is_an_error_that_says_what_to_do(ionq: Ionq, path: Path, where: int) -> None:
    with ionq.connect(path) as client:
        submit(client, "first")
    _put_into_one_file(path)
    content = bytearray(path.read_bytes())
    content[where:] = b"garbage!" * ((len(content) - where) // 8)
    path.write_bytes(content)
    asked = len(ionq.server.asked)
    with (
        pytest.raises(errors.StoreError, match="damaged, or no SQLite file: move it away"),
        ionq.connect(path) as client,
    ):
        submit(client)
    assert len(ionq.server.asked) == asked
    with pytest.raises(errors.StoreError, match="damaged"):
        list(Store(path).jobs())


def _put_into_one_file(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_a_file_of_another_program_is_left_alone(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE letters (text)")
    with pytest.raises(errors.StoreError, match="a database of another program, with the tables letters"):
        Store(path)


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.touch()
    assert list(Store(path).jobs()) == []


def test_a_folder_and_what_is_no_path_are_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.StoreError, match="cannot be opened"):
        Store(tmp_path)
    for odd in ("", "a\0b", 7, b"bytes"):
        with pytest.raises(errors.UsageError, match="a job store is a file's path or a postgresql:// URL"):
            Store(odd)  # type: ignore[arg-type]
    with pytest.raises(errors.UsageError, match="there is none in memory: name a file"):
        Store(":memory:")
    with pytest.raises(errors.UsageError, match="not a 'mysql' URL") as caught:
        Store("mysql://user:secret@host/db")
    assert "secret" not in str(caught.value)


def test_folders_are_made_and_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "jobs.sqlite3"
    with Store(path) as store:
        assert {each.stat().st_mode & 0o777 for each in path.parent.iterdir()} == {0o600}
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert repr(store) == f"<Store {str(path)!r}>"


def test_no_key_stands_in_the_file(ionq: Ionq, path: Path) -> None:
    """Not even where the caller puts it, or the service says it again."""
    ionq.answer = Answer({"id": "job-0", "status": "submitted", "echo": {"authorization": f"apiKey {API_KEY}"}}, 201)
    with ionq.connect(path) as client:
        submit(client, tags={"note": API_KEY}, options={"metadata": {"again": API_KEY}}, name=API_KEY).result()
        ionq.server.routes["POST /v0.4/jobs"] = Answer({"message": f"{API_KEY} is wrong", "statusCode": 400}, 400)
        with pytest.raises(errors.InvalidRequestError):
            submit(client, "other")
        written = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert b"job-0" in written
    assert b"*** is wrong" in written
    assert API_KEY.encode() not in written


def test_permits_that_cannot_be_counted_are_an_error_of_the_store_and_nothing_is_sent(
    server: Loopback, place: str
) -> None:
    pytest.importorskip("pyrate_limiter", reason="the extra limits is not installed")
    arguments = {"api_key": API_KEY, "base_url": f"{server.origin}/api/v1"}
    with (
        Store(place, shared_rate_limits=True) as store,
        quantum_jobs.connect("qbraid", store=store, **arguments) as client,
    ):
        with pytest.raises(errors.NotFoundError):
            client.job("a")
        asked = len(server.asked)
        _take_permits_away(place)
        with pytest.raises(errors.StoreError) as caught:
            client.job("a")
    assert caught.value.store == store._database.name
    assert len(server.asked) == asked


def _take_permits_away(place: str) -> None:
    if not place.startswith("postgresql"):
        with contextlib.closing(sqlite3.connect(f"{place}-permits", isolation_level=None)) as connection:
            ((table,),) = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            connection.execute(f"DROP TABLE {table}")
        return
    import psycopg

    with psycopg.connect(place, autocommit=True) as connection:
        tables = "SELECT tablename FROM pg_tables WHERE tablename LIKE 'ratelimit%' AND schemaname = current_schema()"
        for (table,) in connection.execute(tables).fetchall():
            connection.execute(f"DROP TABLE {table}".encode())


# Versions.


def test_a_file_of_a_later_version_is_refused_and_nothing_is_sent(ionq: Ionq, path: Path) -> None:
    Store(path).close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE quantum_store SET version = 99")
    wanted = "was written by a later version of quantum-jobs .* upgrade quantum-jobs"
    with pytest.raises(errors.StoreError, match=wanted):
        Store(path)
    with pytest.raises(errors.StoreError, match=wanted), ionq.connect(path) as client:
        submit(client)
    assert ionq.server.asked == []


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From the call on this is the next version of the library, whose submissions have one more column."""
    added = ("ALTER TABLE quantum_submissions ADD COLUMN added TEXT", "UPDATE quantum_submissions SET added = name")

    def upgrade() -> None:
        migrations = (*schema.MIGRATIONS, added)
        monkeypatch.setattr("quantum_jobs.store.database.MIGRATIONS", migrations)
        monkeypatch.setattr("quantum_jobs.store.database.VERSION", len(migrations))

    return upgrade


def test_a_file_of_an_earlier_version_is_migrated_with_all_that_is_in_it(
    ionq: Ionq, path: Path, next_version: Callable[[], None]
) -> None:
    with ionq.connect(path) as client:
        job = submit(client, name="bell")
    next_version()
    with ThreadPoolExecutor(4) as threads:
        stores = list(threads.map(Store, [path] * 4))
    assert [each.ref for each in stores[0].jobs()] == [job.ref]
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version FROM quantum_store").fetchall() == [(schema.VERSION + 1,)]
        assert connection.execute("SELECT added FROM quantum_submissions").fetchall() == [("bell",)]


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path, next_version: Callable[[], None]) -> None:
    Store(path).close()
    next_version()
    with (
        failing(sqlite3.SQLITE_FULL, "database or disk is full", "UPDATE quantum_submissions SET added"),
        pytest.raises(errors.StoreError, match="the disk is full"),
    ):
        Store(path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        columns = connection.execute("SELECT name FROM pragma_table_info('quantum_submissions')").fetchall()
        assert ("added",) not in columns
    assert list(Store(path).jobs()) == []


@pytest.mark.parametrize("version", range(1, schema.VERSION + 1))
def test_a_file_of_every_version_is_read(path: Path, version: int) -> None:
    """Each is kept as it was written by the library of its time."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(Path(__file__).with_name(f"version_{version}.sql").read_text())
    (job,) = Store(path).jobs()
    assert (job.result().counts, str(job.cost and job.cost.amount)) == ({"1": 10}, "0.97")
    submission = job.submission()
    assert submission is not None
    assert (submission.idempotency_key, submission.state, submission.tags) == ("t", "known", {"theta": 0.5})


def test_the_tables_of_a_version_do_not_change_any_more(path: Path) -> None:
    """A change is a version of its own, with the statements that lead to it."""
    kept = Path(__file__).with_name(f"version_{schema.VERSION}.sql").read_text()
    Store(path).close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    assert [statement for (statement,) in made if f"{statement};" not in kept] == []


# Processes and threads.


def test_a_file_that_was_removed_is_made_anew(ionq: Ionq, path: Path) -> None:
    """What is written to a file that nobody can find any more would be lost."""
    with ionq.connect(path) as client:
        submit(client, "first")
        for each in path.parent.glob("jobs.sqlite3*"):
            each.unlink()
        job = submit(client, "second")
    assert [each.ref for each in Store(path).jobs()] == [job.ref]


def test_threads_with_one_store_make_one_job_for_each_key(ionq: Ionq, path: Path) -> None:
    with contextlib.ExitStack() as clients, ThreadPoolExecutor(8) as threads:
        connected = [clients.enter_context(ionq.connect(path)) for _ in range(3)]
        keys = [f"point-{number % 12}" for number in range(36)]
        jobs = list(threads.map(lambda at: submit(connected[at[0] % 3], at[1]), enumerate(keys)))
        assert len(list(threads.map(lambda _: len(list(Store(path).jobs())), range(8)))) == 8
    assert {key: job.id for key, job in zip(keys, jobs, strict=True)} == {
        key: ids[0] for key, ids in ionq.ids_by_key().items()
    }
    assert len(ionq.asked("POST")) == 12


FORKING = """
import os, sys, quantum_jobs
from tests.wrapper.store.test_files import submit
place, url = sys.argv[1:]
client = quantum_jobs.connect("ionq", api_key="a-key", base_url=url, store=place)
submit(client, "before")
child = os.fork()
for number in range(10):
    submit(client, f"point-{number}")
if child:
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
os._exit(0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform does not fork")
def test_a_forked_child_uses_the_store_beside_its_parent(ionq: Ionq, place: str) -> None:
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORKING, place, ionq.url]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert {len(ids) for ids in ionq.ids_by_key().values()} == {1}
    assert len(ionq.jobs) == 11
    assert len(list(Store(place).jobs())) == 11


def test_writes_that_wait_for_another_thread_do_not_keep_a_processor_busy_and_end(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "LOCKED_FOR", 0.1)
    is_writing, may_end, may_end_too = threading.Event(), threading.Event(), threading.Event()

    def write(action: Callable[[], object]) -> tuple[float, str]:
        """The time of processor of this thread, which has nothing else to do, and the error."""
        error = ""
        try:
            store._database.write(lambda _: action())
        except errors.StoreError as failure:
            error = str(failure)
        return time.thread_time(), error

    with Store(path) as store, ThreadPoolExecutor(3) as threads:
        first = threads.submit(write, lambda: (is_writing.set(), may_end.wait(10)))
        assert is_writing.wait(10)
        waiting = [threads.submit(write, action) for action in (partial(may_end_too.wait, 10), int)]
        time.sleep(0.1)
        may_end.set()
        assert first.result()[1] == ""
        time.sleep(1.0)
        may_end_too.set()
        ended = [each.result() for each in waiting]
    assert sum(seconds for seconds, _ in ended) < 0.1
    assert all(not error or error.endswith("is locked by another thread of this process") for _, error in ended)


def test_what_is_wrong_with_one_write_is_not_the_others_error(path: Path) -> None:
    database = sqlite.Sqlite(path)
    database.open()

    def write(number: int) -> bool:
        statement = "INSERT INTO quantum_programs VALUES (?, '')" if number % 4 else "INSERT INTO nowhere VALUES (?)"
        try:
            database.write(lambda transaction: transaction.run(statement, str(number)))
        except errors.StoreError:
            return False
        return True

    with ThreadPoolExecutor(16) as threads:
        written = list(threads.map(write, range(32)))
    assert written == [bool(number % 4) for number in range(32)]
    database.close()


def test_its_errors_are_copied_and_pickled(tmp_path: Path) -> None:
    with pytest.raises(errors.StoreError) as caught:
        Store(tmp_path)
    for error in (copy.copy(caught.value), pickle.loads(pickle.dumps(caught.value))):
        assert (str(error), error.store) == (str(caught.value), f"the job store {str(tmp_path)!r}")


def test_a_store_pickles_to_its_path(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    pickled = pickle.dumps(Store(path.name))
    monkeypatch.chdir("/")
    assert repr(pickle.loads(pickled)) == repr(Store(path))


def test_a_relative_path_is_that_of_the_current_folder(
    ionq: Ionq, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IONQ_API_KEY", API_KEY)
    monkeypatch.setenv("IONQ_API_URL", ionq.url)
    monkeypatch.setenv("QUANTUM_JOBS_STORE", "jobs.sqlite3")
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.chdir(folder)
        for store in ("jobs.sqlite3", None):
            with ionq.connect(store) as client:
                submit(client, f"{number}-{store}")
        with ionq.connect(False) as client:
            other = submit(client, None)
        quantum_jobs.job(other.ref).refresh()
        assert len(list(Store(folder / "jobs.sqlite3").jobs())) == 3
