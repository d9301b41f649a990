"""``demo``, ``sandbox`` and ``completion``: commands that are handed on."""

from __future__ import annotations

import click

from quantum_jobs.cli import local, output
from quantum_jobs.cli.options import debug_option

_AS_IT_IS = {"ignore_unknown_options": True, "help_option_names": []}


@click.command("demo", context_settings=_AS_IT_IS)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def demo_command(arguments: tuple[str, ...]) -> int:
    """Run two circuits on three services, in the embedded sandbox: no key, no account."""
    return local.run("demo", arguments)


@click.command("sandbox", context_settings=_AS_IT_IS)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def sandbox_command(arguments: tuple[str, ...]) -> int:
    """Serve the sandbox, a stand-in for the clouds, until Ctrl-C."""
    return local.run("sandbox", arguments)


@click.command("completion", context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@debug_option
def completion_command(shell: str) -> int:
    """Print the completion script of a shell.

    \b
    bash:  eval "$(quantum-jobs completion bash)"   in ~/.bashrc (bash 4.4 or later)
    zsh:   eval "$(quantum-jobs completion zsh)"    in ~/.zshrc, after compinit
    fish:  quantum-jobs completion fish > ~/.config/fish/completions/quantum-jobs.fish
    """
    from click.shell_completion import get_completion_class

    from quantum_jobs.cli.app import commands

    completion = get_completion_class(shell)
    assert completion is not None  # click has all three
    output.write(completion(commands, {}, "quantum-jobs", "_QUANTUM_JOBS_COMPLETE").source())
    return 0
