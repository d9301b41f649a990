"""``sandbox`` and ``demo``: what runs on this machine alone, without a key and without the extra ``cli``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from quantum_jobs.errors import QuantumJobsError


def run(command: str, arguments: Sequence[str]) -> int:
    """Run ``sandbox`` or ``demo`` with its arguments; gives the exit status."""
    return _sandbox(arguments) if command == "sandbox" else _demo(arguments)


def _sandbox(arguments: Sequence[str]) -> int:
    from quantum_sandbox.cli import main

    return main(arguments, prog="quantum-jobs sandbox")


def _demo(arguments: Sequence[str]) -> int:
    import argparse

    from quantum_sandbox import SandboxError

    from quantum_jobs.demo import run

    argparse.ArgumentParser(
        prog="quantum-jobs demo", description="Run two circuits on all three services, in the embedded sandbox."
    ).parse_args(arguments)
    try:
        run()
    except (QuantumJobsError, SandboxError) as error:
        print(f"quantum-jobs: {error}", file=sys.stderr)
        return 1
    return 0
