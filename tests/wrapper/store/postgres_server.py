"""A Postgres server of a test run's own, on loopback, by a user that is not root."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

USER = "postgres"


def binaries() -> Path | None:
    """The folder of the server's programs; None where Postgres is not installed."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((folder for folder in reversed(folders) if (folder / "pg_ctl").exists()), None)


def missing() -> str | None:
    """Why there can be no server here; None where there can."""
    if binaries() is None:
        return "Postgres is not installed: apt-get install postgresql"
    if os.geteuid() == 0 and not _has_user():
        return f"Postgres does not run as root, and there is no user {USER}"
    return None


def _has_user() -> bool:
    try:
        return shutil.which("runuser") is not None and pwd.getpwnam(USER).pw_uid != 0
    except KeyError:
        return False


@contextlib.contextmanager
def running() -> Iterator[str]:
    """The URL of an empty database, on a server that is up for as long as the block lasts."""
    folder = binaries()
    assert folder is not None, missing()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = Path(tempfile.mkdtemp(prefix="quantum-jobs-postgres-"))
    if os.geteuid() == 0:
        os.chown(home, pwd.getpwnam(USER).pw_uid, -1)
    data = home / "data"

    def run(program: str, *arguments: str) -> None:
        as_user = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
        command = [*as_user, str(folder / program), *arguments]
        done = subprocess.run(
            command, cwd=home, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        assert done.returncode == 0, done.stderr.decode()

    try:
        run("initdb", "-D", str(data), "-U", USER, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
        # What a test writes need not outlive a power failure.
        options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(home / "log"), "-o", options, "start")
        try:
            yield f"postgresql://{USER}@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
