"""The one exception for what a maintainer has to put right: shown as a message, never as a traceback."""

import sys
from collections.abc import Callable


class Problem(Exception):
    """Something in an input or the environment that a person must change; the text says what and where."""


def exit_status(command: Callable[[], int]) -> int:
    """Run a command; a Problem becomes its message on stderr and exit status 2."""
    try:
        return command()
    except Problem as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
