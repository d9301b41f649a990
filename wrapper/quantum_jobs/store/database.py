"""What SQLite and Postgres have in common: transactions, versions, and errors of ours in place of theirs."""

from __future__ import annotations

import atexit
import contextlib
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, TypeVar
from weakref import WeakSet

from quantum_jobs.errors import StoreError
from quantum_jobs.store.schema import MIGRATIONS, VERSION

T = TypeVar("T")

#: Connections that are kept for the next call; more are closed when they are given back.
MOST_IDLE = 4


class Transaction(ABC):
    """One transaction. Statements have ``?`` for values; ``for_update`` ends a SELECT whose rows are changed next."""

    for_update = ""

    @abstractmethod
    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a SELECT."""

    @abstractmethod
    def run(self, statement: str, *values: Any) -> int:
        """Run another statement; gives how many rows it has changed."""

    @abstractmethod
    def now(self) -> float:
        """Seconds since 1970 by the clock that all users of the database share."""

    @abstractmethod
    def lock(self, table: str) -> None:
        """Wait for other transactions that write to a table, and hold up further ones."""

    def row(self, statement: str, *values: Any) -> tuple[Any, ...] | None:
        """The first row, if there is one."""
        rows = self.rows(statement, *values)
        return rows[0] if rows else None


#: Runs in one transaction; may be run again where the connection was lost, so it must be repeatable.
Action = Callable[[Transaction], T]


class Database(ABC):
    """One database. May be used from several threads, and after a fork."""

    #: What errors call it; without a password.
    name: str
    #: Whether its place holds a password, which must not be written down.
    has_password = False
    #: A SELECT of the names of the tables that are there, and the type of a column that numbers rows.
    tables: ClassVar[str]
    row_number: ClassVar[str]

    def __init__(self) -> None:
        self._idle: list[Any] = []
        self._is_open = False
        _all.add(self)

    @abstractmethod
    def told(self) -> contextlib.AbstractContextManager[None]:
        """Raises the errors of the database's driver as StoreError."""

    @abstractmethod
    def permit_bucket(self, limiter: Any, rate: Any, table: str) -> Any:
        """Where pyrate-limiter (the module ``limiter``) counts requests. Raises the driver's errors."""

    def open(self) -> None:
        """Open the database, and bring its tables up to this version. Raises StoreError."""
        if not self._is_open:
            if self._read(self._version) != VERSION:
                self._write(self._migrate, durable=True)
            self._is_open = True

    def read(self, action: Action[T]) -> T:
        """Run an action that changes nothing. Raises StoreError."""
        self.open()
        return self._read(action)

    def write(self, action: Action[T], *, durable: bool = False) -> T:
        """Run an action whose changes are seen by all when this returns, or not at all when it raises StoreError. A
        ``durable`` one outlives a power failure too."""
        self.open()
        return self._write(action, durable=durable)

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of one SELECT. Raises StoreError."""
        return self.read(lambda transaction: transaction.rows(statement, *values))

    @abstractmethod
    def _read(self, action: Action[T]) -> T: ...

    @abstractmethod
    def _write(self, action: Action[T], *, durable: bool) -> T: ...

    @abstractmethod
    def _connect(self) -> Any:
        """A new connection. Raises the driver's errors."""

    def close(self) -> None:
        """Close the idle connections; a later call opens new ones."""
        with contextlib.suppress(IndexError):  # another thread may take the last one
            while True:
                self._idle.pop().close()

    def __del__(self) -> None:
        try:  # noqa: SIM105 -- at the interpreter's end modules may be gone, contextlib too
            self.close()
        except Exception:
            pass

    def renew_after_fork(self) -> None:
        """In a forked child: the parent's connections are neither used nor closed."""
        _of_parents.append(self._idle)
        self._idle = []

    @contextlib.contextmanager
    def _connection(self) -> Iterator[Any]:
        """A connection that nobody else uses. One in whose use something was raised is not used again."""
        try:
            connection = self._idle.pop()  # one atomic step in place of a lock
        except IndexError:
            connection = self._connect()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        if len(self._idle) < MOST_IDLE:
            self._idle.append(connection)
        else:
            connection.close()

    def _version(self, transaction: Transaction) -> int:
        tables = {name for (name,) in transaction.rows(self.tables)}
        if "quantum_store" not in tables:
            self.check_new(tables)
            return 0
        (version,) = transaction.row("SELECT version FROM quantum_store") or (0,)
        if version > VERSION:
            raise StoreError(
                f"{self.name} was written by a later version of quantum-jobs (its tables have version {version}, this "
                f"one knows {VERSION}): upgrade quantum-jobs, or use another store",
                store=self.name,
            )
        return int(version)

    @abstractmethod
    def check_new(self, tables: set[str]) -> None:
        """Raises StoreError for a database that must not become a store."""

    def _migrate(self, transaction: Transaction) -> None:
        self.lock_for_migration(transaction)
        version = self._version(transaction)  # another process may have been faster
        for statements in MIGRATIONS[version:]:
            for statement in statements:
                transaction.run(statement.replace("{id}", self.row_number))
        if version == 0:
            transaction.run("INSERT INTO quantum_store (version) VALUES (?)", VERSION)
        else:
            transaction.run("UPDATE quantum_store SET version = ?", VERSION)

    @abstractmethod
    def lock_for_migration(self, transaction: Transaction) -> None:
        """Hold up other processes that open the same database."""


_all: WeakSet[Database] = WeakSet()
#: Connections of the parent process.
_of_parents: list[Any] = []


def _after_fork() -> None:
    for database in _all:
        database.renew_after_fork()


def _at_exit() -> None:
    for database in list(_all):
        with contextlib.suppress(Exception):
            database.close()


atexit.register(_at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
