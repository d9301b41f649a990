"""Exit statuses, and errors told as one readable paragraph.

0    done
1    the service, the network or this machine failed; the message says how
2    the command was wrong, or asks for what there is not; nothing was submitted or changed
3    a job failed, was cancelled, or is on hold, so that it has no result
4    the time given by --timeout is over; the jobs go on
5    it is not known whether a job was made; the message says how to find out
6    no key, or a key that the service refuses
7    no such job or device
8    it would cost more than --max-cost; nothing was submitted
130  interrupted by Ctrl-C; jobs go on
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping

import click

from quantum_jobs import errors
from quantum_jobs.cli import output

FAILED, USAGE, NO_RESULT, TIME_OVER, UNCERTAIN, KEY, NOT_FOUND, TOO_DEAR, INTERRUPTED = 1, 2, 3, 4, 5, 6, 7, 8, 130

#: The first class that fits decides.
_STATUSES: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], int], ...] = (
    (errors.UsageError, USAGE),
    ((errors.UnsupportedError, errors.InvalidRequestError), USAGE),
    (errors.CostLimitError, TOO_DEAR),
    (errors.WaitTimeoutError, TIME_OVER),
    (errors.JobError, NO_RESULT),
    (errors.SubmissionUncertainError, UNCERTAIN),
    ((errors.CredentialsError, errors.AuthenticationError, errors.PermissionDeniedError), KEY),
    (errors.NotFoundError, NOT_FOUND),
    (Exception, FAILED),
)
#: Several jobs can go wrong in several ways: the first of these that happened is the exit status.
_WORST_FIRST = (KEY, UNCERTAIN, FAILED, NOT_FOUND, TIME_OVER, NO_RESULT, TOO_DEAR, USAGE, 0)

#: What messages advise programs to do, and what that is here.
ADVICE = {
    ": it is this error's .job": "",
    "client.jobs() lists them": "quantum-jobs list shows them",
    "devices() lists them": "quantum-jobs devices lists them",
    "find_submission tells whether a job was made": "the same command with it as --key looks for its job first",
    "without max_cost it is submitted": "without --max-cost it is submitted",
}

_DEBUG = "quantum_jobs.debug"


class Failed(click.ClickException):
    """An error of the command line itself, with its exit status."""

    def __init__(self, message: str, status: int = USAGE) -> None:
        super().__init__(message)
        self.status = status


def status_of(error: BaseException) -> int:
    """The exit status that an error stands for."""
    if isinstance(error, click.ClickException):
        return error.status if isinstance(error, Failed) else error.exit_code
    return next(status for kind, status in _STATUSES if isinstance(error, kind))


def worst(statuses: Iterable[int]) -> int:
    """The exit status for several jobs."""
    return min(statuses, key=_WORST_FIRST.index, default=0)


def start_debugging(ctx: click.Context) -> None:
    """Log each request from now on, and show tracebacks. No key is in either."""
    ctx.meta[_DEBUG] = True
    if ctx.parent is not None:  # given after the command, when the rest is set up already
        from quantum_jobs.cli import log

        log.tell_all()


def is_debugging(ctx: click.Context) -> bool:
    """Whether ``--debug`` was given, before or after the command."""
    return bool(ctx.meta.get(_DEBUG))


def tell(error: Exception, *, debug: bool = False) -> int:
    """Say what went wrong; gives the exit status."""
    if isinstance(error, (click.exceptions.Exit, click.Abort)):
        raise error
    if debug:
        import traceback

        for line in "".join(traceback.format_exception(error)).splitlines():
            output.complain(line)
    match error:
        case click.exceptions.NoArgsIsHelpError():
            print(error.format_message(), file=sys.stderr)
        case click.UsageError() if error.ctx is not None:
            output.error(f"{error.format_message()} ({error.ctx.command_path} --help tells more.)")
        case click.ClickException():
            output.error(error.format_message())
        case errors.QuantumJobsError():
            output.error(_with_advice(error))
        case OSError():
            output.error(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        case _:
            more = "" if debug else ". Run it again with --debug to see where"
            output.error(f"this is a mistake of quantum-jobs: {type(error).__name__}: {error}{more}")
    return status_of(error)


def interrupted(error: BaseException) -> int:
    """Say what was interrupted, with the notes that the library has added; gives the exit status."""
    cause = error.__cause__ or error
    output.error(" ".join(["interrupted.", *getattr(cause, "__notes__", [])]))
    return INTERRUPTED


def _with_advice(error: errors.QuantumJobsError) -> str:
    """The message, and what to do about it on the command line."""
    told = re.sub(r"result\(\) of quantum_jobs\.job\('(.*)'\)", r"quantum-jobs result \1", error.message)
    for to_programs, here in ADVICE.items():
        told = told.replace(to_programs, here)
    message = told.rstrip(".")
    match error:
        case errors.SubmissionUncertainError() if error.idempotency_key:
            message = message.partition(". ")[0]  # what follows is advice for programs
            advice = (
                f"Run the same command again with --key {error.idempotency_key}: the job is looked for first, and "
                "submitted only if it is not there."
            )
        case errors.CredentialsError():
            advice = "quantum-jobs services shows which keys were found; quantum-jobs sandbox needs none."
        case errors.StoreError() if error.store:
            advice = "QUANTUM_JOBS_STORE names another file for it; empty, it goes without one."
        case _:
            return told
    return f"{message}. {advice}"


def report(error: errors.QuantumJobsError, about: str) -> int:
    """Say what went wrong with one of several jobs; gives its exit status."""
    text = _with_advice(error)
    output.error(text if about in text else f"{about}: {text}")
    return status_of(error)


def report_all(failures: Mapping[str, errors.QuantumJobsError]) -> int:
    """The same for all that went wrong, by what it is about; gives the exit status for all together."""
    return worst(report(error, about) for about, error in failures.items())
