"""Arguments and options that several commands take."""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import click

from quantum_jobs.cli import errors

F = TypeVar("F", bound=Callable[..., Any])

#: Names that completion offers; any other service that is installed is taken too.
SERVICES = ("ionq", "ionq-v0.4", "ionq-v0.3", "qbraid", "qbraid-v2")
STATUSES = (
    *("INITIALIZING", "QUEUED", "RUNNING", "CANCELLING", "ON_HOLD"),
    *("COMPLETED", "FAILED", "CANCELLED", "UNKNOWN"),
)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def _set_debug(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        errors.start_debugging(ctx)


debug_option = click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_set_debug,
    help="Log each request, and show where an error came from.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def command(*parameters: Callable[[Any], Any]) -> Callable[[Callable[..., int]], click.Command]:
    """A command with these parameters, and ``--json`` and ``--debug``, which each has. It uses the job store."""

    def make(function: Callable[..., int]) -> click.Command:
        function = debug_option(json_option(_with_default_store(function)))
        for parameter in reversed(parameters):
            function = parameter(function)
        name = function.__name__.removesuffix("_command")
        return click.command(name, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})(
            function
        )

    return make


def _with_default_store(function: Callable[..., int]) -> Callable[..., int]:
    """Use the store in the user's data folder, unless the environment names another, or with an empty name none."""

    @functools.wraps(function)
    def run(**arguments: Any) -> int:
        if "QUANTUM_JOBS_STORE" in os.environ:
            return function(**arguments)
        from quantum_jobs.store import default_path

        os.environ["QUANTUM_JOBS_STORE"] = str(default_path())
        try:
            return function(**arguments)
        finally:
            del os.environ["QUANTUM_JOBS_STORE"]

    return run


def offered(values: tuple[str, ...]) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """What completion offers."""

    def offer(_ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
        return [value for value in values if value.lower().startswith(begun.lower())]

    return offer


def service_option(repeated: str = "") -> Callable[[F], F]:
    """``--service``: once and needed, or, with a help text of its own, as often as it is given."""
    return click.option(
        "--service",
        "-s",
        "services" if repeated else "service",
        required=not repeated,
        multiple=bool(repeated),
        metavar="SERVICE",
        shell_complete=offered(SERVICES),
        help=repeated or "ionq (ionq-v0.4), ionq-v0.3, qbraid (qbraid-v2), or another that is installed.",
    )


def device_option(*, required: bool = False) -> Callable[[F], F]:
    """``--device``: where it is submitted to, or a filter."""
    told = "The device's name at the service, such as simulator." if required else "Only jobs of this device."
    return click.option("--device", "-d", required=required, metavar="DEVICE", help=told)


def tag_option(help_text: str) -> Callable[[F], F]:
    """``--tag K=V``, for text, or ``--tag K:=JSON``, for a number or a boolean."""
    return click.option("--tag", "tags", multiple=True, metavar="K=V", callback=_read_tags, help=help_text)


def option_option(help_text: str) -> Callable[[F], F]:
    """``--option K=JSON``."""
    return click.option("--option", "options", multiple=True, metavar="K=JSON", callback=_read_options, help=help_text)


def moment_option(option: str, name: str, help_text: str) -> Callable[[F], F]:
    """A moment: a date, a time, or how long ago."""
    return click.option(option, name, metavar="WHEN", callback=_read_moment, help=help_text)


def timeout_option(help_text: str) -> Callable[[F], F]:
    """``--timeout``: a number of seconds, or with a unit."""
    return click.option("--timeout", metavar="TIME", callback=_read_timeout, help=help_text)


def _status(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    status = value and value.upper().replace("-", "_")
    if status and status not in STATUSES:
        raise click.BadParameter(f"{value!r} is no status; they are {', '.join(STATUSES)}")
    return status


def filter_options(services: str) -> Callable[[F], F]:
    """The filters of ``list`` and ``history``, named as the arguments of ``jobs()``; ``services`` is what is said of
    ``--service``."""
    options = (
        service_option(services),
        click.option(
            "--status",
            metavar="STATUS",
            shell_complete=offered(STATUSES),
            callback=_status,
            help="Only jobs with this status, such as QUEUED or COMPLETED.",
        ),
        device_option(),
        click.option("--name", help="Only jobs with this name."),
        tag_option("Only jobs that have this label; may be repeated. K:=JSON for a number or true and false."),
        *since_options(),
        click.option("--limit", type=click.IntRange(min=0), default=50, metavar="N", help="At most so many (50)."),
        click.option("--all", "is_all", is_flag=True, help="All that there are."),
    )

    def add(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return add


def since_options(of: str = "Only") -> tuple[Callable[[F], F], Callable[[F], F]]:
    """``--since`` and ``--before``, which give ``created_after`` and ``created_before``."""
    return (
        moment_option(
            "--since",
            "created_after",
            f"{of} jobs created from then on: 2026-11-21, 2026-11-21T17:30; or so long ago: 12h, 7d.",
        ),
        moment_option("--before", "created_before", f"{of} jobs created before that."),
    )


def _read_tags(_ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, Any]:
    tags: dict[str, Any] = {}
    for given in values:
        name, equals, value = given.partition("=")
        if not equals or not name.removesuffix(":"):
            raise click.BadParameter(f"{given!r} is not K=V, such as run=7")
        tags[name.removesuffix(":")] = _json(value, given) if name.endswith(":") else value
    return tags


def _read_options(_ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for given in values:
        name, equals, value = given.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{given!r} is not K=JSON, such as dry_run=true")
        options[name] = _json(value, given)
    return options


def _json(value: str, given: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        raise click.BadParameter(
            f"what follows the = in {given!r} is no JSON: text needs quotes of its own, as in 'K=\"text\"'"
        ) from None


def _ago(text: str) -> timedelta | None:
    parts = re.fullmatch(r"(\d+(?:\.\d+)?)([smhdw])", text)
    return None if parts is None else timedelta(**{_UNITS[parts[2]]: float(parts[1])})


def _read_moment(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> datetime | None:
    if value is None:
        return None
    here = datetime.now().astimezone()
    try:
        ago = _ago(value)
        given = here - ago if ago is not None else datetime.fromisoformat(value)
        # Without a time zone the one of this machine is meant, as it was at that time.
        return given if given.tzinfo else given.astimezone()
    except (ValueError, OverflowError, OSError):
        raise click.BadParameter(
            f"{value!r} is no moment: write 2026-11-21, 2026-11-21T17:30 or, for so long ago, 90m, 12h, 7d"
        ) from None


def _read_timeout(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> float | None:
    if value is None:
        return None
    try:
        length = _ago(value)
        given = float(value) if length is None else length.total_seconds()
        if not 0 <= given < float("inf"):
            raise ValueError
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{value!r} is no length of time: write 90 (seconds), 90s, 15m, 2h or 1d") from None
    return given
