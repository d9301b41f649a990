"""Cassettes: `python -m scripts.cassettes record|verify|report|matrix`.

record   play the scenarios of a service against `documented` examples (those of our own specs with them), the
         `sandbox`, or `live`: the cloud itself, with a key in the environment
verify   every interaction against the spec of today, and every cassette replayed with the network blocked
report   operation by status by provenance, and what has no cassette
matrix   every cassette against every dated spec that we hold

Status 0: all holds. 1: something does not; it is named. 2: it could not be done.
"""

import argparse
import contextlib
import sys
from pathlib import Path

from scripts.problem import Problem, exit_status
from scripts.services import SERVICES, find_service
from scripts.spec_files import shown
from tests.cassette_tools.cassette import cassettes_folder, load_all
from tests.cassette_tools.leaks import leaks
from tests.cassette_tools.matrix import as_table, matrix
from tests.cassette_tools.recording import record
from tests.cassette_tools.report import report
from tests.cassette_tools.scenarios import all_scenarios
from tests.cassette_tools.sources import engine, live_key
from tests.cassette_tools.verifying import verify

FROM = {"documented": ("documented", "spec"), "sandbox": ("sandbox",), "live": ("live",)}


def record_service(service: str, source: str, folder: Path, only: str | None = None) -> int:
    """Record all scenarios of a service that a source has answers for. Nothing is written unless all of them are."""
    texts: dict[Path, str] = {}
    key = live_key(service) if source == "live" else None
    with contextlib.ExitStack() as stack:
        simulator = stack.enter_context(engine()) if source == "sandbox" else None
        for scenario in all_scenarios(service):
            for wanted in FROM[source]:
                if wanted in scenario.sources and only in (None, scenario.name):
                    cassette, text, _ = record(scenario, wanted, folder, simulator=simulator)
                    found = leaks(cassette, [key] if key else [])
                    if found:
                        raise Problem("nothing is written, since this would be in it:\n  " + "\n  ".join(found))
                    texts[cassette.path] = text
    if not texts:
        raise Problem(f"{service} has no scenario to record from {source}")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"recorded {shown(path)}")
    return 0


def _verify(folder: Path, service: str | None) -> int:
    verdict = verify(folder, service)
    for finding in verdict.findings:
        print(finding)
    print(verdict)
    return 1 if verdict.findings or not verdict.cassettes else 0


def _report(folder: Path, service: str | None) -> int:
    for name in SERVICES if service is None else [service]:
        print("\n".join([*report(name, load_all(folder, name)), ""]))
    return 0


def _matrix(folder: Path, service: str | None) -> int:
    rows = matrix(folder, service)
    print("\n".join(as_table(rows)))
    newest = [list(row.cells.values())[-1] for row in rows]
    return 1 if any(row.replay for row in rows) or any(cell.problems for cell in newest) else 0


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    assert __doc__
    parser = argparse.ArgumentParser(
        prog="python -m scripts.cassettes", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("record", "verify", "report", "matrix"))
    parser.add_argument("service", nargs="?", metavar="SERVICE", help=f"one of {', '.join(SERVICES)}; all without it")
    parser.add_argument("--from", dest="source", choices=sorted(FROM), default="sandbox")
    parser.add_argument("--only", metavar="SCENARIO", help="record this scenario only")
    parser.add_argument("--folder", type=Path, default=None, help="where the cassettes stand")
    given = parser.parse_args(arguments)

    def command() -> int:
        folder = given.folder or cassettes_folder()
        if given.service is not None:
            find_service(given.service)
        if given.command == "record":
            for service in [given.service] if given.service else SERVICES:
                record_service(service, given.source, folder, given.only)
            return 0
        return {"verify": _verify, "report": _report, "matrix": _matrix}[given.command](folder, given.service)

    return exit_status(command)


if __name__ == "__main__":
    sys.exit(main())
