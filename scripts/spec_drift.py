"""Whether the vendors' published interfaces are still those we have: `python -m scripts.spec_drift [--json]`. Nothing
is written; `python -m scripts.update_spec` takes over what this finds.

Status 0: no drift. 1: drift. 2: a service could not be compared. A service whose vendor publishes no document that we
know of is named and passed over; `--at SERVICE=URL`, or QUANTUM_PUBLISHED_<PACKAGE> in the environment, names one.
"""

import argparse
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from attrs import field, frozen

from scripts.changes import Change, as_report, count
from scripts.fetching import source_name
from scripts.problem import Problem, exit_status
from scripts.services import SERVICES, Service, find_service
from scripts.update_spec import plan


@frozen
class Drift:
    """What a comparison found; `problem` says why there was none. Without a source there is nothing to compare."""

    service: Service
    source: str | None
    changes: list[Change] = field(factory=list)
    problem: str = ""

    @property
    def status(self) -> int:
        """As an exit status."""
        return 2 if self.problem else 1 if self.changes else 0


def drift(service: Service, source: str | None) -> Drift:
    """Compare what a vendor publishes with what we have."""
    if source is None:
        return Drift(service, None)
    try:
        return Drift(service, source_name(source), plan(service, source).changes)
    except Problem as problem:
        return Drift(service, source_name(source), problem=str(problem))


def published(service: Service, given: dict[str, str]) -> str | None:
    """Where a service's document is: as given, else as in the environment, else as we know it."""
    variable = f"QUANTUM_PUBLISHED_{service.package.upper()}"
    return given.get(service.name) or os.environ.get(variable) or service.published or None


def spec_drift(given: dict[str, str], *, as_json: bool) -> int:
    """Compare all services and say what was found; the exit status."""
    for name in given:
        find_service(name)
    with ThreadPoolExecutor() as pool:
        found = list(pool.map(lambda service: drift(service, published(service, given)), SERVICES.values()))
    print(json.dumps([_as_data(each) for each in found], indent=2) if as_json else "\n".join(map(_as_text, found)))
    return max(each.status for each in found)


def _as_data(found: Drift) -> dict[str, object]:
    return {
        "service": found.service.name,
        "from": found.source,
        "compared": found.source is not None and not found.problem,
        "problem": found.problem or None,
        "counts": count(found.changes),
        "changes": [change.as_data() for change in found.changes],
    }


def _as_text(found: Drift) -> str:
    name = found.service.name
    if found.source is None:
        return f"{name}: not compared: no published document is known (--at {name}=URL names one)"
    if found.problem:
        return f"{name}: could not be compared: {found.problem}"
    if not found.changes:
        return f"{name}: no drift from {found.source}"
    counts = ", ".join(f"{number} {level}" for level, number in count(found.changes).items())
    return "\n".join([f"{name}: drift from {found.source}: {counts}", *as_report(found.changes)])


def _place(text: str) -> tuple[str, str]:
    service, _, url = text.partition("=")
    if not url:
        raise argparse.ArgumentTypeError(f"expected SERVICE=URL, found {text!r}")
    return service, url


def main() -> int:
    """The command."""
    assert __doc__
    parser = argparse.ArgumentParser(
        prog="python -m scripts.spec_drift", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="the report as JSON")
    parser.add_argument("--at", metavar="SERVICE=URL", type=_place, action="append", default=[])
    given = parser.parse_args()
    return exit_status(lambda: spec_drift(dict(given.at), as_json=given.json))


if __name__ == "__main__":
    sys.exit(main())
