"""The commands by name, and what happens around each: errors told in a paragraph, exit statuses, Ctrl-C."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

import click

from quantum_jobs.cli import READER_GONE, errors, output
from quantum_jobs.cli.options import debug_option
from quantum_jobs.version import __version__


class Entry(NamedTuple):
    """Where a command is found, as ``<name>_command`` in a module, and what it does in a few words."""

    module: str
    summary: str


#: By section of the help page.
COMMANDS = {
    "One job or several": {
        "submit": Entry("submitting", "Submit a program as one job; prints its reference."),
        "status": Entry("following", "Show where jobs stand now."),
        "wait": Entry("following", "Wait until jobs are over, with a live table."),
        "result": Entry("results", "Show what was measured: table, bars, CSV, JSON."),
        "program": Entry("programs", "Print the program of a job."),
        "cancel": Entry("managing", "Cancel jobs."),
        "delete": Entry("managing", "Remove jobs and their data at the service."),
    },
    "All jobs": {
        "list": Entry("listing", "List the jobs of all services with a key."),
        "history": Entry("history", "Show what was submitted from here, without a network."),
        "cost": Entry("costs", "Show what jobs cost, by job or summed."),
    },
    "Services": {
        "services": Entry("services", "Show the services, and where their keys were found."),
        "devices": Entry("services", "List devices, their status and queues."),
        "estimate": Entry("costs", "Ask what a job would cost."),
    },
    "This machine": {
        "demo": Entry("passing", "Two circuits on three services, in the embedded sandbox."),
        "sandbox": Entry("passing", "Serve the sandbox, a stand-in for the clouds."),
        "completion": Entry("passing", "Print the completion script of a shell."),
    },
}
_ENTRIES = {name: entry for section in COMMANDS.values() for name, entry in section.items()}


class Commands(click.Group):
    """The commands, each loaded when it is used: the help page loads none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_ENTRIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = _ENTRIES.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = getattr(import_module(f"quantum_jobs.cli.{entry.module}"), f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in _ENTRIES and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], _ENTRIES, 1)
            ctx.fail(f"{args[0]!r} is no command" + (f"; did you mean {near[0]!r}?" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, entries in COMMANDS.items():
            with formatter.section(section):
                formatter.write_dl([(name, entry.summary) for name, entry in entries.items()], col_max=12)

    def invoke(self, ctx: click.Context) -> Any:
        from quantum_jobs.cli import log

        with log.told(debug=errors.is_debugging(ctx)):
            try:
                return super().invoke(ctx)
            except BrokenPipeError:
                return READER_GONE
            except Exception as error:
                return errors.tell(error, debug=errors.is_debugging(ctx))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="quantum-jobs COMMAND --help tells more. Keys come from the environment (IONQ_API_KEY, QBRAID_API_KEY) or "
    "the system's keyring. A job is named by its reference, '<service>:<id>', as submit and list print it.",
)
@click.version_option(__version__, prog_name="quantum-jobs", message="%(prog)s %(version)s")
@debug_option
def commands() -> None:
    """Submit quantum programs to clouds, wait for them, and read what was measured and what it cost."""


def run(arguments: Sequence[str]) -> int:
    """Run one command; gives the exit status."""
    output.remember_keys()
    try:
        status = commands.main(args=list(arguments), prog_name="quantum-jobs", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt) as error:
        return errors.interrupted(error)
    except click.ClickException as error:
        return errors.tell(error)
    return status if isinstance(status, int) else 0
