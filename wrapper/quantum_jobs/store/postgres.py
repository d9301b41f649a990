"""A store in a Postgres database (extra ``postgres``): for the processes of several machines."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, TypeVar
from urllib.parse import urlsplit

from quantum_jobs.errors import StoreError, UnsupportedError
from quantum_jobs.store.database import Action, Database, Transaction

try:
    import psycopg
except ImportError:
    raise UnsupportedError(
        "a job store on Postgres takes the extra postgres: pip install '.[postgres]' in the folder of this project"
    ) from None

T = TypeVar("T")

#: Seconds that the server may take to accept a connection.
CONNECTED_WITHIN = 10
#: Seconds that a row which another process has locked is waited for.
LOCKED_FOR = 15.0
#: Held while the tables are made or changed; any number that no other program uses.
_MIGRATING = 0x514A6F62


class _PostgresTransaction(Transaction):
    def __init__(self, connection: psycopg.Connection[Any], *, writes: bool) -> None:
        self._connection = connection
        self.for_update = " FOR UPDATE" if writes else ""

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(_with_psycopg_marks(statement), values).fetchall()

    def run(self, statement: str, *values: Any) -> int:
        return self._connection.execute(_with_psycopg_marks(statement), values).rowcount

    def lock(self, table: str) -> None:
        self.run(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")

    def now(self) -> float:
        # The server's clock, as those of its clients differ.
        ((seconds,),) = self.rows("SELECT extract(epoch FROM clock_timestamp())::double precision")
        return float(seconds)


def _with_psycopg_marks(statement: str) -> bytes:
    return statement.replace("?", "%s").encode()


class Postgres(Database):
    """One connection for each call that is under way."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self.has_password = _has_password(url)
        self.name = f"the job store {_without_password(url)}"

    def permit_bucket(self, limiter: Any, rate: Any, table: str) -> Any:
        from psycopg_pool import ConnectionPool

        pool = ConnectionPool(self._url, min_size=1, max_size=2, timeout=CONNECTED_WITHIN, open=True)
        try:
            return limiter.PostgresBucket(pool, table, [rate])
        except BaseException:
            pool.close()
            raise

    def _read(self, action: Action[T]) -> T:
        return self._transact(action, "SET TRANSACTION READ ONLY", writes=False)

    def _write(self, action: Action[T], *, durable: bool) -> T:
        # What is not durable is seen by all at once, and written to the disk a moment later.
        return self._transact(action, "" if durable else "SET LOCAL synchronous_commit = off", writes=True)

    def _transact(self, action: Action[T], setting: str, *, writes: bool) -> T:
        # A connection that was kept may have been closed by the server meanwhile; actions are repeatable.
        for is_last in (False, True):
            with self.told(), self._connection() as connection:
                try:
                    with connection.transaction():
                        if setting:
                            connection.execute(setting)
                        return action(_PostgresTransaction(connection, writes=writes))
                except psycopg.OperationalError:
                    if is_last or not connection.broken:
                        raise
            self.close()
        raise AssertionError("the second time returns or raises")

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """The driver's errors as errors of ours. Raised outside ``except``: its frames hold the password."""
        try:
            yield
        except psycopg.Error as error:
            complaint = " ".join(str(error).split()) or type(error).__name__
        else:
            return
        raise StoreError(f"{self.name} cannot be used: {complaint}", store=self.name)

    def _connect(self) -> psycopg.Connection[Any]:
        connection = psycopg.connect(
            self._url, autocommit=True, connect_timeout=CONNECTED_WITHIN, application_name="quantum-jobs"
        )
        connection.execute(f"SET lock_timeout = '{LOCKED_FOR:.0f}s'".encode())
        return connection

    def tables(self, transaction: Transaction) -> set[str]:
        found = transaction.rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return {name for (name,) in found}

    def check_new(self, tables: set[str]) -> None:
        """A database may hold other programs' tables too."""

    def lock_for_migration(self, transaction: Transaction) -> None:
        transaction.rows("SELECT pg_advisory_xact_lock(?)", _MIGRATING)

    def translated(self, statement: str) -> str:
        return statement.replace("{id}", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY")


def _has_password(url: str) -> bool:
    try:
        return urlsplit(url).password is not None or "password" in urlsplit(url).query
    except ValueError:
        return True


def _without_password(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        return repr(f"postgresql://{host}{parts.path}")
    except ValueError:
        return "on Postgres"
