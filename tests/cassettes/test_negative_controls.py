"""Verification can fail: each cassette, changed as a vendor might change its API, is refused at exactly that place, and
the wrapper reads on where the design says that it must."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from quantum_jobs import SubmissionUncertainError

from scripts.effective import effective_path
from scripts.services import find_service
from scripts.spec_files import load_document
from tests.cassette_tools.cassette import Cassette, Interaction
from tests.cassette_tools.conformance import Spec
from tests.cassette_tools.mutations import KINDS, mutate
from tests.cassette_tools.running import replay
from tests.cassette_tools.scenario import MODES, Mode
from tests.cassette_tools.scenarios import scenario_of
from tests.cassette_tools.verifying import differences, violations
from tests.cassettes.conftest import CASSETTES


def test_a_change_is_named_at_its_place_and_read_where_it_must_be(
    cassette: Cassette, specs: dict[str, Spec], expected: dict[str, dict[str, Any]]
) -> None:
    spec = specs[cassette.service]
    changes = mutate(cassette, spec)
    assert changes
    for number, change in enumerate(changes):
        named = {(each.number, each.place, each.path) for each in violations(change.cassette, spec)}
        assert named == {(change.number, change.place, path) for path in change.paths}, change.kind
        if not change.read:
            seen = replay(change.cassette, scenario_of(cassette), MODES[number % 2])
            assert differences(expected[cassette.service][cassette.name], seen) == [], (change.kind, change.paths)


def test_each_kind_of_change_is_made_to_most_cassettes_and_mostly_where_the_wrapper_reads_on(
    specs: dict[str, Spec],
) -> None:
    made = [change for cassette in CASSETTES for change in mutate(cassette, specs[cassette.service])]
    kinds = Counter(change.kind for change in made)
    assert set(kinds) == set(KINDS)
    assert all(count > len(CASSETTES) * 2 / 3 for count in kinds.values())
    assert sum(not change.read for change in made) > len(made) / 2


def _changed(label: str, number: int, change: Any) -> Cassette:
    cassette = next(each for each in CASSETTES if each.label == label)
    data = json.loads(json.dumps(cassette.data))
    body = data["interactions"][number - 1]["response"]["body"]
    answer = json.loads(body["string"])
    change(answer.get("data", answer))
    body["string"] = json.dumps(answer)
    return evolve(cassette, data=data)


SERVICES = ("ionq-v0.4", "ionq-v0.3", "qbraid-v2")


@pytest.mark.parametrize("service", SERVICES)
def test_a_status_that_nobody_knows_is_unknown_and_no_error(service: str, specs: dict[str, Spec]) -> None:
    cassette = _changed(f"{service}/statuses.sandbox", 3, lambda job: job.update(status="parked"))
    seen = replay(cassette, scenario_of(cassette))
    assert seen["ours"][2:] == ["UNKNOWN", "RUNNING"]
    assert seen["vendor"][2] == "parked"
    named = [each for each in violations(cassette, specs[service]) if each.path.endswith(".status")]
    assert [each.number for each in named] == [3]


@pytest.mark.parametrize("service", SERVICES)
def test_a_job_without_its_status_is_unknown_and_no_error(service: str) -> None:
    cassette = _changed(f"{service}/statuses.sandbox", 3, lambda job: job.pop("status"))
    assert replay(cassette, scenario_of(cassette))["ours"][2:] == ["UNKNOWN", "RUNNING"]


def _page(specs: dict[str, Spec]) -> Interaction:
    """A listing of jobs, with its limit in the query."""
    cassette = next(each for each in CASSETTES if each.label == "ionq-v0.4/pages.sandbox")
    found = next(each for each in cassette.interactions if b'"jobs"' in each.body and "limit=" in each.url)
    assert specs["ionq-v0.4"].check(found) == []
    return found


def _with_headers(page: Interaction, **headers: str) -> Interaction:
    return evolve(page, request_headers={**page.request_headers, **headers})


def _with_limit(page: Interaction, limit: str) -> Interaction:
    return evolve(page, url=re.sub(r"limit=\d+", f"limit={limit}", page.url))


def _with_field(page: Interaction, name: str, value: Any) -> Interaction:
    body = json.loads(page.body)
    body["jobs"][0][name] = value
    return evolve(page, body=json.dumps(body).encode())


@pytest.mark.parametrize(
    ("change", "place", "path"),
    [
        (lambda page: _with_headers(page, authorization="Bearer KEY-TAKEN-OUT"), "key", "authorization"),
        (lambda page: _with_headers(page, authorization="KEY-TAKEN-OUT"), "key", "authorization"),
        (lambda page: _with_headers(page, authorization="apiKey "), "key", "authorization"),
        (lambda page: _with_limit(page, "5&limit=6"), "query", "limit"),
        (lambda page: _with_limit(page, "1_0"), "query", "limit"),
        (lambda page: _with_limit(page, "+5"), "query", "limit"),
        (lambda page: _with_limit(page, "%205"), "query", "limit"),
        (lambda page: _with_limit(page, "\u0663"), "query", "limit"),
        (lambda page: evolve(page, body=b'{"jobs": [], ' + page.body[1:]), "body", "$"),
        (lambda page: _with_field(page, "submitted_at", "yesterday"), "body", "$.jobs[0].submitted_at"),
        (lambda page: _with_field(page, "execution_duration_ms", 2**40), "body", "$.jobs[0].execution_duration_ms"),
        (lambda page: _with_field(page, "stats", {"billed": float("nan")}), "body", "$"),
    ],
)
def test_what_only_nearly_follows_the_spec_is_named(
    change: Callable[[Interaction], Interaction], place: str, path: str, specs: dict[str, Spec]
) -> None:
    found = specs["ionq-v0.4"].check(change(_page(specs)))
    assert [(each.place, each.path) for each in found] == [(place, path)]


def test_a_parameter_that_all_operations_of_a_path_have_is_checked_like_their_own(specs: dict[str, Spec]) -> None:
    page, document = _page(specs), load_document(effective_path(find_service("ionq-v0.4")))
    item = document["paths"]["/jobs"]
    item["parameters"] = [each for each in item["get"]["parameters"] if each.get("name") == "limit"]
    item["get"]["parameters"] = [each for each in item["get"]["parameters"] if each.get("name") != "limit"]
    spec = Spec(document, find_service("ionq-v0.4").key_prefix)
    assert spec.check(page) == []
    assert [each.path for each in spec.check(_with_limit(page, "many"))] == ["limit"]


@pytest.mark.parametrize(("one", "other"), [(500, 500.0), (True, 1), (False, 0), ([1], [True]), ({"a": 0}, {"a": 0.0})])
def test_an_outcome_of_another_type_is_another_outcome(one: object, other: object) -> None:
    assert differences(one, one) == []
    assert differences(one, other) != []


@pytest.mark.parametrize("service", SERVICES)
def test_a_request_with_another_word_before_the_key_than_was_recorded_gets_no_answer(service: str) -> None:
    cassette = next(each for each in CASSETTES if each.label == f"{service}/pages.sandbox")
    text = json.dumps(cassette.data).replace("KEY-TAKEN-OUT", "Bearer KEY-TAKEN-OUT")
    with pytest.raises(SubmissionUncertainError):
        replay(evolve(cassette, data=json.loads(text)), scenario_of(cassette))


def test_a_job_without_its_width_gets_it_from_the_widest_outcome() -> None:
    cassette = _changed("ionq-v0.4/job-of-april.documented", 1, lambda job: job.pop("stats"))
    assert replay(cassette, scenario_of(cassette))["result"]["counts"] == {"00": 500, "11": 500}


def test_numbers_sent_as_text_are_numbers() -> None:
    cassette = _changed("ionq-v0.4/job-of-october.documented", 1, lambda job: job.update(shots="1000"))
    assert replay(cassette, scenario_of(cassette))["job"]["shots"] == 1000


@pytest.mark.parametrize("mode", MODES)
def test_shots_in_another_order_of_bits_are_another_outcome(mode: Mode, expected: dict[str, dict[str, Any]]) -> None:
    def turn_round(answer: dict[str, Any]) -> None:
        for shot in answer["shots"]:
            shot["registers"]["b"].reverse()

    cassette = _changed("ionq-v0.4/registers.sandbox", 4, turn_round)
    seen = replay(cassette, scenario_of(cassette), mode)
    assert seen["result"]["counts"] == {"010": 4}
    assert differences(expected["ionq-v0.4"]["registers.sandbox"], seen) != []


@pytest.mark.parametrize("mode", MODES)
def test_a_result_that_a_cassette_lacks_ends_the_replay(mode: Mode) -> None:
    cassette = next(each for each in CASSETTES if each.label == "ionq-v0.3/errors-get-job-results.sandbox")
    lacking = evolve(cassette, data={**cassette.data, "interactions": cassette.data["interactions"][:-1]})
    started = time.monotonic()
    assert replay(lacking, scenario_of(cassette), mode)["504"] == "ServiceUnreachableError"
    assert time.monotonic() - started < 2
