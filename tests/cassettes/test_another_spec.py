"""Whether the cassettes hold against another folder of specs and the bindings made from it: `make update-spec` asks.
Without such a folder this is left out, since the other tests say it cassette by cassette."""

from __future__ import annotations

from tests.cassette_tools.verifying import Finding, verify


def test_the_cassettes_hold_against_the_other_specs(found: list[Finding]) -> None:
    verdict = verify()
    found += verdict.findings
    broken = {finding.cassette.label for finding in verdict.findings}
    assert not broken, f"{len(broken)} of {verdict.cassettes} cassettes do not hold"
