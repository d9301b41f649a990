"""All scenarios, by service and name."""

from scripts.cassettes.scenarios import common, documents, errors, vendors
from scripts.cassettes.scenes import Scenario
from scripts.cassettes.tapes import Cassette
from scripts.problem import Problem


def all_scenarios(service: str | None = None) -> list[Scenario]:
    """The scenarios of all services, or of one."""
    found = [*common.scenarios(), *vendors.scenarios(), *documents.scenarios(), *errors.scenarios()]
    return [scenario for scenario in found if service in (None, scenario.service)]


def scenario_of(cassette: Cassette) -> Scenario:
    """The scenario that a cassette is a recording of."""
    for scenario in all_scenarios(cassette.service):
        if scenario.name == cassette.scenario:
            return scenario
    raise Problem(f"{cassette.label} is a recording of no scenario: delete it, or bring the scenario back")
