"""The command ``quantum-jobs``: a demonstration, and the local stand-in for the clouds."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from quantum_jobs.errors import QuantumJobsError
from quantum_jobs.version import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status: 0, 1 for an error that was told, 2 for wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(
        prog="quantum-jobs", description="Jobs on quantum computing clouds, and a local stand-in for them."
    )
    parser.add_argument("--version", action="version", version=f"quantum-jobs {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("demo", help="one circuit on all three services, in the embedded sandbox")
    commands.add_parser(
        "sandbox", help="serve the sandbox; its own options: quantum-jobs sandbox --help", add_help=False
    )
    parsed, rest = parser.parse_known_args(given)
    if parsed.command == "sandbox":
        return _sandbox(rest)
    if rest:
        parser.error(f"unknown arguments: {' '.join(rest)}")
    return _demo()


def _demo() -> int:
    from quantum_sandbox import SandboxError

    from quantum_jobs.demo import run

    try:
        run()
    except (QuantumJobsError, SandboxError) as error:
        print(f"quantum-jobs: {error}", file=sys.stderr)
        return 1
    return 0


def _sandbox(rest: Sequence[str]) -> int:
    from quantum_sandbox.cli import main as serve

    return serve(rest, prog="quantum-jobs sandbox")
