"""Where stores are: what a path or URL opens, and the default of each platform."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from quantum_jobs.errors import UsageError
from quantum_jobs.store.database import Database

_POSTGRES = ("postgresql://", "postgres://")


def default_path() -> Path:
    """The file that the command line uses where nothing else is said, by the platform's convention."""
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        # The convention leaves a relative path aside.
        told = Path(os.environ.get("XDG_DATA_HOME") or "")
        folder = told if told.is_absolute() else Path.home() / ".local" / "share"
    return folder / "quantum-jobs" / "jobs.sqlite3"


def database_at(place: str | os.PathLike[str]) -> Database:
    """The database at a path or URL, not opened yet. Raises UsageError for what is neither."""
    if not isinstance(place, (str, os.PathLike)) or not os.fspath(place) or "\0" in str(os.fspath(place)):
        raise UsageError(f"a job store is a file's path or a postgresql:// URL, not {place!r}")
    if isinstance(place, str) and place.startswith(_POSTGRES):
        from quantum_jobs.store.postgres import Postgres

        return Postgres(place)
    if isinstance(place, str) and "://" in place:
        # The URL itself is not said: it may hold a password.
        raise UsageError(f"a job store is a file's path or a postgresql:// URL, not a {place.partition(':')[0]!r} URL")
    from quantum_jobs.store.sqlite import Sqlite

    return Sqlite(place)
