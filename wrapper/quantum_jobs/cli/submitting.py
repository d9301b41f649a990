"""``submit``: a program from a file or a pipe becomes one job."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quantum_jobs.cli import READER_GONE, errors, output
from quantum_jobs.cli.options import command, device_option, option_option, service_option, tag_option, timeout_option
from quantum_jobs.cli.reading import as_dict
from quantum_jobs.cli.refs import standard_input
from quantum_jobs.errors import UsageError

if TYPE_CHECKING:
    from quantum_jobs.client import Job


@command(
    click.argument("file", type=click.Path(path_type=Path, allow_dash=True)),
    service_option(),
    device_option(required=True),
    click.option("--shots", "-n", type=int, metavar="N", help="How often it is run; else as the service decides."),
    click.option("--name", help="A name for people."),
    tag_option("A label to find the job by; may be repeated. K:=JSON for a number or true and false (qBraid)."),
    click.option(
        "--key",
        "idempotency_key",
        metavar="KEY",
        help="An idempotency key of your own: the same command again gives the same job, and makes no second one.",
    ),
    click.option(
        "--max-cost",
        metavar="USD",
        help="Ask first what it would cost, and submit nothing if that is more, or not known.",
    ),
    option_option("More of what the service takes, as JSON; may be repeated."),
    click.option("--format", "program_format", metavar="NAME", help="The format, where the file does not show it."),
    click.option("--wait", is_flag=True, help="Wait for the job, and print its result as result does."),
    timeout_option("With --wait, wait no longer than that: 90 (seconds), 15m, 2h, 1d. The job goes on."),
)
def submit_command(
    file: Path,
    service: str,
    device: str,
    shots: int | None,
    name: str | None,
    tags: dict[str, Any],
    idempotency_key: str | None,
    max_cost: str | None,
    options: dict[str, Any],
    program_format: str | None,
    wait: bool,
    timeout: float | None,
    as_json: bool,
) -> int:
    """Submit a program as one job, and print its reference.

    FILE (- is the standard input) holds OpenQASM 2 or 3, an IonQ circuit as JSON, or QIR as text or bitcode; or what
    program --json prints. A JSON list of circuits makes one job of several.
    """
    if timeout is not None and not wait:
        raise click.UsageError("--timeout is for --wait", click.get_current_context())
    if idempotency_key is not None and _is_api_key(idempotency_key):
        raise errors.Failed("--key is for an idempotency key, and this is an API key, which belongs in the environment")
    program = read_program(file, program_format)
    from quantum_jobs.client import Client

    with Client(service) as client:
        try:
            job = client.submit(
                program,
                device=device,
                shots=shots,
                name=name,
                tags=tags,
                options=options,
                idempotency_key=idempotency_key,
                max_cost=max_cost,
            )
        except KeyboardInterrupt as interruption:
            output.error(_interrupted(interruption, idempotency_key))
            return errors.INTERRUPTED
        with _told_where_it_cannot_be_printed(job):
            if wait:
                return _wait(job, timeout, as_json)
            if as_json:
                output.write_json(as_dict(job.record))
            else:
                output.write(job.ref)
    if not as_json:
        output.notice(f"{job.status} on {device}. For its result: quantum-jobs result {job.ref}")
    return 0


@contextmanager
def _told_where_it_cannot_be_printed(job: Job) -> Iterator[None]:
    """The reference of a job that was made is not lost with the standard output, where the disk is full say."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OSError as error:
        complaint = f"{job.ref} was submitted, and what there is to print cannot be written: {error.strerror}"
        failure = errors.Failed(complaint, READER_GONE if isinstance(error, BrokenPipeError) else errors.FAILED)
    else:
        return
    raise failure


def _wait(job: Job, timeout: float | None, as_json: bool) -> int:
    from quantum_jobs.cli.reading import Read
    from quantum_jobs.cli.results import fetch, write_results

    output.notice(job.ref)
    fetched, status = fetch(Read([job], {}), timeout)
    if as_json:
        results = [result.to_dict() for each in fetched for result in each.results]
        output.write_json({**as_dict(job.record), "results": results})
    else:
        write_results(fetched, top=None, as_csv=False, as_json=False)
    return status


def _is_api_key(text: str) -> bool:
    return any(name.endswith("_API_KEY") and value == text for name, value in os.environ.items())


def _interrupted(interruption: KeyboardInterrupt, key: str | None) -> str:
    """What to do after Ctrl-C: a job may have been made."""
    notes = " ".join(getattr(interruption, "__notes__", []))
    known = key or next(iter(re.findall(r"find_submission\('([^']+)'\)", notes)), None)
    if known is None:
        return "interrupted before anything was sent."
    return (
        f"interrupted; a job may have been made. Run the same command again with --key {known}: the job is looked for "
        "first, and submitted only if it is not there."
    )


def read_program(file: Path, program_format: str | None) -> Any:
    """What a file holds, as ``submit`` takes it. Raises UsageError for what is no program."""
    is_pipe = str(file) == "-"
    data = standard_input() if is_pipe else file.read_bytes()
    place = "the standard input" if is_pipe else str(file)
    if not data.strip():
        raise UsageError(f"{place} is empty")
    try:
        return _program_of(data, program_format)
    except UsageError as error:
        complaint = f"{place}: {error.message}"
    raise UsageError(complaint)


def _program_of(data: bytes, program_format: str | None) -> Any:
    from quantum_jobs import programs
    from quantum_jobs.model import Program

    is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    value: Any = _json_of(data) if is_json else data
    value = [_of_dict(each) for each in value] if isinstance(value, list) else _of_dict(value)
    if program_format is not None and not isinstance(value, Program):
        value = Program(program_format, value if is_json or program_format == programs.QIR_BITCODE else _text_of(data))
    if programs.are_several(value):
        return programs.as_programs(value)
    try:
        return programs.as_program(value)
    except UsageError:
        if is_json or program_format is not None:
            raise
    raise UsageError(
        "it begins with none of 'OPENQASM 2.0;', 'OPENQASM 3.0;', '; ModuleID' (QIR) and '{' (an IonQ circuit as "
        "JSON), and is no QIR bitcode; say what it is with --format NAME"
    )


def _of_dict(value: Any) -> Any:
    """The program in what ``program --json`` prints; else the value itself."""
    from quantum_jobs.model import Program

    if not (isinstance(value, Mapping) and {"format", "data"} <= value.keys()):
        return value
    try:
        return Program.from_dict(value)
    except (TypeError, ValueError) as error:
        raise UsageError(f"the program's data cannot be read: {error}") from None


def _json_of(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"it begins like JSON and is none: {error}") from None


def _text_of(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("it is no text in UTF-8") from None
