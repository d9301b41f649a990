"""The one exception for what a maintainer has to put right: shown as a message, never as a traceback."""

import sys
from collections.abc import Callable


class Problem(Exception):
    """Something in an input or the environment that a person must change; the text says what and where."""


def exit_status(command: Callable[[], int]) -> int:
    """Run a command; a Problem, or a file that cannot be read or written, becomes a message and exit status 2."""
    try:
        return command()
    except (Problem, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
