"""All scenarios, by service and name."""

from scripts.problem import Problem
from tests.cassette_tools.cassette import Cassette
from tests.cassette_tools.scenario import Scenario
from tests.cassette_tools.scenarios import common, documents, errors, vendors


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
