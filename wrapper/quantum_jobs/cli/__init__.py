"""The command ``quantum-jobs``, for people and for shell scripts.

``app`` has the table of the commands and says which module each stands in; that module is loaded when the command runs.
Shared by them: ``options`` (arguments that several commands take), ``refs`` (where references to jobs come from),
``reading`` (jobs and services by name), ``output`` (how anything is printed), ``errors`` (exit statuses).

The commands need the extra ``cli``; ``demo`` and ``sandbox`` do not, so that they run where only the sandbox is
installed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

#: As a shell reports a program that wrote to a pipe which nobody reads any more.
READER_GONE = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status, as the table in ``errors`` has it."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    # Daemons may have none of these; in this order each new one has the number that it stands for.
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115 -- open until the end, as below
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a character that the terminal lacks is no reason to stop
            stream.reconfigure(errors="backslashreplace")
    status = 0
    try:
        try:
            status = _run(given)
        finally:
            print(end="", flush=True)  # here, where an output that fails can still be dealt with
    except KeyboardInterrupt:  # before a command had begun, or after its end
        print("quantum-jobs: interrupted.", file=sys.stderr)
        return 130
    except OSError as error:
        # What was not written must not be tried again: Python would complain when it closes the stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # nobody reads any more, as after ``head``: no error
            return READER_GONE
        if status == 0:  # else it was told already
            print(f"quantum-jobs: what there is to print cannot be written: {error.strerror}", file=sys.stderr)
        return status or 1
    return status


def _run(given: Sequence[str]) -> int:
    if given[:1] in (["demo"], ["sandbox"]):
        from quantum_jobs.cli import local

        return local.run(given[0], given[1:])
    if given == ["--version"]:
        from quantum_jobs.version import __version__

        print(f"quantum-jobs {__version__}")
        return 0
    try:
        from quantum_jobs.cli.app import run
    except ModuleNotFoundError as error:
        if error.name not in {"click", "rich"}:
            raise
        print(
            "quantum-jobs: the command line needs the packages click and rich. In a checkout of this project: "
            "pip install '.[cli]'. Without them there are 'quantum-jobs demo' and 'quantum-jobs sandbox', which need "
            "pip install '.[sandbox]'.",
            file=sys.stderr,
        )
        return 1
    return run(given)
