"""Which cassettes hold against which dated spec: the one of today and the vendor's older documents."""

from pathlib import Path
from typing import Any

from attrs import frozen

from scripts.complete import plain
from scripts.services import SERVICES, find_service
from scripts.vendor import assemble, load_vendor, superseded
from tests.cassette_tools.cassette import Cassette, Interaction, load_all, load_expected
from tests.cassette_tools.conformance import Spec
from tests.cassette_tools.verifying import Verdict, check_replay, spec_of, violations


@frozen
class Cell:
    """A cassette against a spec. `described` counts its interactions with operations that the spec has."""

    described: int
    problems: tuple[str, ...]

    @property
    def word(self) -> str:
        if not self.described:
            return "not described"
        return "breaks" if self.problems else "holds"


@frozen
class Row:
    """A cassette, its replay with today's bindings and wrapper, and its cell for each spec's date."""

    cassette: Cassette
    replay: tuple[str, ...]
    cells: dict[str, Cell]


def dated_specs(service: str) -> list[Spec]:
    """The specs of a service, the oldest first."""
    found = find_service(service)
    specs = [Spec(assemble([each], each.name), found.key_prefix) for each in superseded(load_vendor(found.folder))]
    return sorted([*specs, spec_of(service)], key=lambda spec: spec.date)


def cell(cassette: Cassette, spec: Spec, today: Spec) -> Cell:
    """One combination: what the spec does not describe is no problem of the cassette's."""
    described = [each.number for each in cassette.interactions if _describes(spec, today, each)]
    found = [each for each in violations(cassette, spec) if each.number in described]
    return Cell(len(described), tuple(str(each) for each in found))


def _describes(spec: Spec, today: Spec, interaction: Interaction) -> bool:
    """Whether a spec has the operation. A path can fit a template that is about something else: `/jobs/estimate`."""
    operation, current = spec.operation_of(interaction), today.operation_of(interaction)
    return operation is not None and (current is None or plain(current.name) == plain(operation.name))


def matrix(folder: Path | None = None, service: str | None = None) -> list[Row]:
    """Every cassette of the services that have more than one dated spec, or of the service named."""
    rows = []
    for name in SERVICES if service is None else [service]:
        specs, today = dated_specs(name), spec_of(name)
        expected: dict[str, Any] = load_expected(folder, name)
        for cassette in load_all(folder, name):
            verdict = Verdict()
            check_replay(cassette, expected.get(cassette.name), verdict)
            replayed = tuple(finding.text for finding in verdict.findings)
            rows.append(Row(cassette, replayed, {spec.date: cell(cassette, spec, today) for spec in specs}))
    return rows


def as_table(rows: list[Row]) -> list[str]:
    """Lines for people, service by service."""
    lines = []
    for service in dict.fromkeys(row.cassette.service for row in rows):
        own = [row for row in rows if row.cassette.service == service]
        dates = list(own[0].cells)
        lines.append(f"{service:<12}{'cassette':<44}{'spec':<12}{'replay':<8}" + "".join(f"{d:<16}" for d in dates))
        for row in own:
            date = str(row.cassette.metadata.get("spec", "undated"))
            cells = "".join(f"{row.cells[each].word:<16}" for each in dates)
            lines.append(
                f"{'':<12}{row.cassette.name:<44}{date:<12}{'no' if row.replay else 'reads':<8}{cells}".rstrip()
            )
        for row in own:
            lines += [f"  {row.cassette.name}: {problem}" for problem in row.replay]
            for each, one in row.cells.items():
                if one.problems:
                    lines.append(f"  {row.cassette.name} against {each}: {one.problems[0]}, {len(one.problems)} in all")
    return lines
