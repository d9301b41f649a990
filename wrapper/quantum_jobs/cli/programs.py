"""``program``: the program of a job."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from quantum_jobs.cli import errors, output
from quantum_jobs.cli.options import command
from quantum_jobs.cli.reading import jobs_of
from quantum_jobs.cli.refs import Ref, read_refs
from quantum_jobs.errors import StoreError
from quantum_jobs.model import Program


@command(
    click.argument("ref"),
    click.option("--compiled", is_flag=True, help="The program as it ran on the device."),
    click.option(
        "--output",
        "-o",
        "target",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write a file.",
    ),
)
def program_command(ref: str, compiled: bool, target: Path | None, as_json: bool) -> int:
    """Print the program of a job, which submit takes again.

    It comes from the job store where the job was submitted from here, else from the service. With --json it says its
    format too, and bytes are base64; the programs of a job of several are a list.
    """
    named = read_refs([ref], None)
    if len(named) != 1:
        raise errors.Failed(f"{len(named)} jobs were named; the program of one is printed")
    programs = [] if compiled else _stored(named[0])
    if not programs:
        found = jobs_of(named)
        for error in found.errors.values():
            raise error
        (job,) = found.jobs
        programs = [job.compiled_program() if compiled else job.program()]
    if len(programs) > 1 and not as_json:
        raise errors.Failed(f"{ref} has {len(programs)} programs, which --json prints as a list")
    value = [program.to_dict() for program in programs]
    if target is not None:
        text = json.dumps(value if len(value) > 1 else value[0]) + "\n"
        target.write_bytes(text.encode() if as_json else _bytes_of(programs[0]))
    elif as_json:
        output.write_json(value if len(value) > 1 else value[0])
    elif not output.on_terminal():
        sys.stdout.flush()
        sys.stdout.buffer.write(_bytes_of(programs[0]))
    elif isinstance(programs[0].data, bytes):
        raise errors.Failed(f"{programs[0].format} is no text: write it to a file with --output FILE", errors.FAILED)
    else:
        for line in _bytes_of(programs[0]).decode().splitlines():
            output.write(output.safe(line.replace("\t", "    ")))
    return 0


def _stored(ref: Ref) -> list[Program]:
    """The programs of a job, as they were submitted from here; none where they were not."""
    if not os.environ.get("QUANTUM_JOBS_STORE"):
        return []
    from quantum_jobs.store import Store

    with Store.default() as store:
        try:
            return store.job(str(ref)).programs()
        except StoreError:
            return []


def _bytes_of(program: Program) -> bytes:
    """What stands in a file: the program itself, with one line end after text."""
    if isinstance(program.data, bytes):
        return program.data
    text = program.data if isinstance(program.data, str) else json.dumps(program.data, indent=2)
    return (text if text.endswith("\n") else text + "\n").encode()
