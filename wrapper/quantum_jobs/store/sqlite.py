"""A store in one SQLite file: for the processes and threads of one machine, without a server."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from quantum_jobs.errors import StoreError
from quantum_jobs.store.database import Action, Database, Transaction

T = TypeVar("T")

#: Seconds that a file which another process has locked is waited for.
LOCKED_FOR = 15.0
#: What SQLite writes at the beginning of a file to say which program it belongs to: "QJob".
APPLICATION_ID = 0x514A6F62


class _SqliteTransaction(Transaction):
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement, values).fetchall()

    def run(self, statement: str, *values: Any) -> int:
        return self._connection.execute(statement, values).rowcount

    def lock(self, table: str) -> None:
        """Nothing more: there is one transaction at a time that writes."""

    def now(self) -> float:
        return time.time()


class Sqlite(Database):
    """Write-ahead logging, so that reading and writing do not wait for each other."""

    tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
    row_number = "INTEGER PRIMARY KEY"

    def __init__(self, path: str | os.PathLike[str]) -> None:
        super().__init__()
        self.path = Path(path)
        self.name = f"the job store {str(self.path)!r}"
        self._writing = threading.Lock()
        self._opened_file: tuple[int, int] | None = None

    def open(self) -> None:
        # What is written to a file that was removed, or exchanged for another, would be lost.
        if self._is_open and self._file() != self._opened_file:
            self._is_open = False
            self.close()
        super().open()

    def renew_after_fork(self) -> None:
        super().renew_after_fork()
        self._writing = threading.Lock()

    def _file(self) -> tuple[int, int] | None:
        """Which file is there."""
        try:
            found = os.stat(self.path)
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def permit_bucket(self, limiter: Any, rate: Any, table: str) -> Any:
        # In a file of its own: it commits each request, which must not wait for what is durable.
        path = self.path.with_name(self.path.name + "-permits")
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        return limiter.SQLiteBucket.init_from_file([rate], table=table, db_path=str(path), use_file_lock=True)

    def _read(self, action: Action[T]) -> T:
        with self.told(), self._connection() as connection:
            connection.execute("BEGIN")
            try:
                return action(_SqliteTransaction(connection))
            finally:
                connection.execute("COMMIT")

    def _write(self, action: Action[T], *, durable: bool) -> T:
        # SQLite itself lets those that wait for its lock try again after growing pauses, and not in turn.
        if not self._writing.acquire(timeout=2 * LOCKED_FOR):
            raise StoreError(f"{self.name} is locked by another thread of this process", store=self.name)
        try:
            return self._commit(action, durable)
        finally:
            self._writing.release()

    def _commit(self, action: Action[T], durable: bool) -> T:
        with self.told(), self._connection() as connection:
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                value = action(_SqliteTransaction(connection))
                connection.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back already after some errors, such as a full disk.
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
            return value

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """SQLite's errors, and those of the file system, as errors of ours that say what to do."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            complaint = f"{self.name} {_reason(error)}"
        else:
            return
        raise StoreError(complaint, store=self.name)

    def _connect(self) -> sqlite3.Connection:
        self._create()
        self._opened_file = self._file()
        connection = sqlite3.connect(
            self.path, timeout=LOCKED_FOR, isolation_level=None, check_same_thread=False, cached_statements=64
        )
        try:
            # Changing to write-ahead logging does not wait for a lock by itself.
            _until_unlocked(lambda: connection.execute("PRAGMA journal_mode = WAL"))
        except BaseException:
            connection.close()
            raise
        return connection

    def _create(self) -> None:
        """The file, readable by its owner only, in folders that are there."""
        if self.path.exists():
            return
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))

    def check_new(self, tables: set[str]) -> None:
        if tables:
            raise StoreError(
                f"{str(self.path)!r} is a database of another program, with the tables "
                f"{', '.join(sorted(tables))[:200]}: name another file for the job store",
                store=self.name,
            )

    def lock_for_migration(self, transaction: Transaction) -> None:
        transaction.run(f"PRAGMA application_id = {APPLICATION_ID}")


def _until_unlocked(attempt: Callable[[], object]) -> None:
    until = time.monotonic() + LOCKED_FOR
    while True:
        try:
            attempt()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        else:
            return
        time.sleep(0.01)


def _reason(error: sqlite3.Error | OSError) -> str:
    if isinstance(error, OSError):
        return f"cannot be used: {error.strerror or error}"
    return _REASONS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "cannot be used") + f" ({error})"


_DAMAGED = (
    "is damaged, or no SQLite file: move it away, with the files beside it whose names begin like its own, and a new "
    "one is made. Jobs are still at their service: client.jobs() lists them"
)
_REASONS = {
    sqlite3.SQLITE_FULL: "cannot be written, the disk is full",
    sqlite3.SQLITE_BUSY: "is locked: another process has been writing to it for too long",
    sqlite3.SQLITE_LOCKED: "is locked by this process",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_READONLY: "cannot be written: the file, or its folder, is read-only",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    sqlite3.SQLITE_IOERR: "cannot be read or written; SQLite is not for network drives",
}
