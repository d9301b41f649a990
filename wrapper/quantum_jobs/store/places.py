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


def absolute(place: str | os.PathLike[str]) -> str:
    """A path that does not depend on the current folder any more, or a URL as it is. Raises UsageError for what is
    neither."""
    text = os.fspath(place) if isinstance(place, (str, os.PathLike)) else None
    if not isinstance(text, str) or not text or "\0" in text:
        raise UsageError(f"a job store is a file's path or a postgresql:// URL, not {place!r}")
    if text == ":memory:":
        raise UsageError("a job store outlives its process, so there is none in memory: name a file")
    if text.startswith(_POSTGRES):
        return text
    if "://" in text:
        # The URL itself is not said: it may hold a password.
        raise UsageError(f"a job store is a file's path or a postgresql:// URL, not a {text.partition(':')[0]!r} URL")
    return os.path.abspath(os.path.expanduser(text))


def database_at(place: str) -> Database:
    """The database at an absolute path or a URL, not opened yet."""
    if place.startswith(_POSTGRES):
        from quantum_jobs.store.postgres import Postgres

        return Postgres(place)
    from quantum_jobs.store.sqlite import Sqlite

    return Sqlite(place)
