"""References to jobs: from arguments, a file or a pipe.

What ``list``, ``wait``, ``submit`` and the other commands print can be read again, as JSON or not: of a line the first
word counts, of a JSON object its ``ref``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from quantum_jobs.cli import output
from quantum_jobs.errors import UsageError
from quantum_jobs.text import printable

F = TypeVar("F", bound=Callable[..., Any])


class Ref(NamedTuple):
    """One job: the full name of its service, and its id there."""

    service: str
    id: str

    def __str__(self) -> str:
        return f"{self.service}:{self.id}"


def refs_parameters(function: F) -> F:
    """The arguments ``REF...`` and ``--from FILE``."""
    argument = click.argument("refs", nargs=-1, metavar="[REF]...")
    option = click.option(
        "--from",
        "source",
        type=click.Path(path_type=Path, allow_dash=True),
        metavar="FILE",
        help="Read references from a file; REF or FILE - is the standard input.",
    )
    return argument(option(function))


def read_refs(given: Sequence[str], source: Path | None) -> list[Ref]:
    """The jobs that were named, each once. An empty pipe gives none; nothing named at all is an error."""
    if not given and source is None:
        raise click.UsageError(
            "name a job, as '<service>:<id>'; or - to read references from a pipe", click.get_current_context()
        )
    words: list[tuple[str, str]] = []
    for number, word in enumerate(given, 1):
        words += _of_file(Path(word)) if word == "-" else [(word, f"argument {number}")]
    if source is not None:
        words += _of_file(source)
    found = [_read(word, place) for word, place in words]
    if not found:
        output.notice("No jobs were given.")
    return list(dict.fromkeys(found))


def _read(word: str, place: str) -> Ref:
    from quantum_jobs.arguments import split_ref

    try:
        service, job_id, _ = split_ref(word)
    except UsageError as error:
        complaint = f"{place}: {error.message}"
    else:
        return Ref(service.name, job_id)
    raise UsageError(complaint)


def standard_input() -> bytes:
    """All that comes through the pipe."""
    return sys.stdin.buffer.read()


def _of_file(path: Path) -> Iterator[tuple[str, str]]:
    is_pipe = str(path) == "-"
    data = standard_input() if is_pipe else path.read_bytes()
    return _of_text(data.decode("utf-8-sig", errors="replace"), "the standard input" if is_pipe else str(path))


def _of_text(text: str, place: str) -> Iterator[tuple[str, str]]:
    """References in text or JSON, with the place of each."""
    text = text.strip()
    if text[:1] in ("[", "{"):
        yield from _of_json(text, place)
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield line.split()[0], f"{place}, line {number}"


def _of_json(text: str, place: str) -> Iterator[tuple[str, str]]:
    try:
        values = json.loads(text)
    except ValueError:
        try:  # one value a line
            values = [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError as error:
            raise UsageError(f"{place} is neither JSON nor a list of references: {error}") from None
    for number, value in enumerate(values if isinstance(values, list) else [values], 1):
        match value:
            case str():
                yield value, f"{place}, value {number}"
            case {"ref": str(ref)}:
                yield ref, f"{place}, value {number}"
            case {"service": str(service), "id": str(job_id)}:
                yield f"{service}:{job_id}", f"{place}, value {number}"
            case _:
                shown = printable(json.dumps(value))[:60]
                raise UsageError(f"{place}, value {number} names no job: {shown} has no 'ref'")
