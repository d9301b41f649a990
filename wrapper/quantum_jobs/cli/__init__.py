"""The command ``quantum-jobs``, for people and for shell scripts.

``app`` has the table of the commands and says which module each stands in; that module is loaded when the command runs.
Shared by them: ``options`` (arguments that several commands take), ``refs`` (where references to jobs come from),
``reading`` (jobs and services by name), ``output`` (how anything is printed), ``errors`` (exit statuses).

The commands need the extra ``cli``; ``demo`` and ``sandbox`` do not, so that they run where only the sandbox is
installed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status, as the table in ``errors`` has it."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a character that the terminal lacks is no reason to stop
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(given)
    except KeyboardInterrupt:  # before a command had begun, or after its end
        print("quantum-jobs: interrupted.", file=sys.stderr)
        return 130


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
