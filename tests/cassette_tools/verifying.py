"""Verify cassettes: every interaction against the current spec, and every replay against the expected observations."""

import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attrs import field, frozen, mutable

from scripts.effective import effective_path
from scripts.services import find_service
from scripts.spec_files import load_document, shown
from tests.cassette_tools.cassette import Cassette, load_all, load_expected
from tests.cassette_tools.conformance import Spec, Violation
from tests.cassette_tools.exceptions import reason_for
from tests.cassette_tools.readers import readers_of
from tests.cassette_tools.running import replay
from tests.cassette_tools.scenario import MODES
from tests.cassette_tools.scenarios import scenario_of

#: Characters of a text that tell what it is about.
GIST = 160


@frozen
class Finding:
    """Something that does not hold: a violation of the spec, or an outcome that is not the one written down."""

    cassette: Cassette
    text: str
    readers: tuple[str, ...] = ()

    def __str__(self) -> str:
        readers = f"; read by {', '.join(self.readers)}" if self.readers else ""
        return f"{shown(self.cassette.path)}: {self.text}{readers}"

    @property
    def gist(self) -> str:
        """The text without what differs from cassette to cassette."""
        text = re.sub(r"^interaction \d+, |^replayed (sync|async): ", "", self.text)
        return re.sub(r"\[\d+\]", "[*]", text)[:GIST]


@mutable
class Verdict:
    """What was checked, and what was found."""

    cassettes: int = 0
    interactions: int = 0
    operations: set[tuple[str, str]] = field(factory=set)
    statuses: set[tuple[str, str, int]] = field(factory=set)
    excused: int = 0
    replays: int = 0
    findings: list[Finding] = field(factory=list)
    seconds: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.cassettes} cassettes, {self.interactions} interactions, {len(self.operations)} operations, "
            f"{len(self.statuses)} operation statuses, {self.excused} listed exceptions, {self.replays} replays, "
            f"{len(self.findings)} findings, {self.seconds:.1f} s"
        )


def by_line(findings: Iterable[Finding]) -> list[str]:
    """One line for each thing that does not hold, as compilers write it: at the line of the wrapper that it is about,
    else at the first cassette that shows it."""
    groups: dict[tuple[str, str], dict[str, Finding]] = {}
    for finding in findings:
        for place in finding.readers or ("",):
            groups.setdefault((place, finding.gist), {}).setdefault(finding.cassette.label, finding)
    lines = []
    for (place, gist), found in groups.items():
        first = next(iter(found.values()))
        others = f" and {len(found) - 1} more cassettes" if len(found) > 1 else ""
        lines.append(f"{place or shown(first.cassette.path) + ':1'}: {gist} ({first.cassette.label}{others})")
    return lines


def spec_of(service: str) -> Spec:
    """The spec of today."""
    found = find_service(service)
    return Spec(load_document(effective_path(found)), found.key_prefix)


def violations(cassette: Cassette, spec: Spec) -> list[Violation]:
    """What in a cassette is not as the spec has it, the listed exceptions left out."""
    found = [each for interaction in cassette.interactions for each in spec.check(interaction)]
    return [each for each in found if reason_for(cassette.service, each) is None]


def check_against(cassette: Cassette, spec: Spec, verdict: Verdict) -> None:
    """Add a cassette's violations to a verdict, and what was checked."""
    verdict.cassettes += 1
    for interaction in cassette.interactions:
        verdict.interactions += 1
        operation = spec.operation_of(interaction)
        if operation is not None:
            verdict.operations.add((cassette.service, operation.name))
            verdict.statuses.add((cassette.service, operation.name, interaction.status))
        for violation in spec.check(interaction):
            if reason_for(cassette.service, violation) is not None:
                verdict.excused += 1
            else:
                readers = tuple(readers_of(cassette.service, violation))
                verdict.findings.append(Finding(cassette, str(violation), readers))


def check_replay(cassette: Cassette, expected: dict[str, Any] | None, verdict: Verdict) -> None:
    """Add what the wrapper makes of a cassette, sync and async, where it is not what was written down."""
    if expected is None:
        verdict.findings.append(Finding(cassette, "nothing is written down in expected.json to compare it with"))
        return
    scenario = scenario_of(cassette)
    for mode in MODES:
        verdict.replays += 1
        try:
            seen = replay(cassette, scenario, mode)
        except Exception as error:
            verdict.findings.append(Finding(cassette, f"replayed {mode}: {type(error).__name__}: {error}"))
            continue
        for difference in differences(expected, seen):
            verdict.findings.append(Finding(cassette, f"replayed {mode}: {difference}"))


def verify(folder: Path | None = None, service: str | None = None) -> Verdict:
    """Check all cassettes, or those of one service."""
    started = time.perf_counter()
    verdict = Verdict()
    specs: dict[str, Spec] = {}
    expected: dict[str, dict[str, Any]] = {}
    for cassette in load_all(folder, service):
        if cassette.service not in specs:
            specs[cassette.service] = spec_of(cassette.service)
            expected[cassette.service] = load_expected(folder, cassette.service)
        check_against(cassette, specs[cassette.service], verdict)
        check_replay(cassette, expected[cassette.service].get(cassette.name), verdict)
    verdict.seconds = time.perf_counter() - started
    return verdict


def differences(expected: Any, seen: Any, path: str = "$") -> list[str]:
    """Where two JSON values differ."""
    if isinstance(expected, dict) and isinstance(seen, dict):
        names = list(dict.fromkeys([*expected, *seen]))
        return _joined(
            differences(expected.get(name, "(nothing)"), seen.get(name, "(nothing)"), f"{path}.{name}")
            for name in names
        )
    if isinstance(expected, list) and isinstance(seen, list) and len(expected) == len(seen):
        pairs = enumerate(zip(expected, seen, strict=True))
        return _joined(differences(one, other, f"{path}[{index}]") for index, (one, other) in pairs)
    return [] if type(expected) is type(seen) and expected == seen else [f"{path} should be {expected!r}, is {seen!r}"]


def _joined(lists: Iterable[list[str]]) -> list[str]:
    return [each for found in lists for each in found]
