"""Not one secret, person's id, loopback address or date-dependent value is in a cassette; and the scan that says so
finds each of them when it is planted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from attrs import evolve

from tests.cassette_tools.cassette import PLACEHOLDER, Cassette
from tests.cassette_tools.leaks import leaks
from tests.cassettes.conftest import CASSETTES


def test_a_cassette_holds_nothing_that_it_must_not(cassette: Cassette) -> None:
    assert leaks(cassette) == []


def test_the_place_of_a_key_is_seen_in_every_cassette_that_needs_one() -> None:
    with_key = [each for each in CASSETTES if any(PLACEHOLDER in str(one) for one in each.data["interactions"])]
    assert len(with_key) > len(CASSETTES) * 0.9


def _request_header(data: Any, name: str, value: str) -> None:
    data["interactions"][0]["request"]["headers"][name] = [value]


def _response_header(data: Any, name: str, value: str) -> None:
    data["interactions"][0]["response"]["headers"][name] = [value]


def _body(data: Any, **fields: Any) -> None:
    data["interactions"][0]["response"]["body"]["string"] = json.dumps(fields)


def _uri(data: Any, uri: str) -> None:
    data["interactions"][0]["request"]["uri"] = uri


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (lambda data: _request_header(data, "authorization", "apiKey a1b2c3d4e5f6a7b8"), "a key in the header"),
        (lambda data: _request_header(data, "x-api-key", "a1b2c3d4e5f6a7b8"), "a key in the header"),
        (lambda data: _body(data, echo="your key is live-key-of-mine-123"), "a key"),
        (lambda data: _body(data, api_key="a1b2c3d4e5f6a7b8a1b2c3d4"), "looks like a key"),
        (lambda data: _body(data, submitter_id="64b03577072d45001c85e9c4"), "id of a person"),
        (lambda data: _body(data, project_id="1333d459-cf47-4a5e-acc1-8d4eb4f7b025"), "id of a person"),
        (lambda data: _body(data, inner={"userId": "64b03577072d45001c85e9c4"}), "id of a person"),
        (lambda data: _body(data, note="ask ada@lovelace.org"), "mail address"),
        (lambda data: _uri(data, "http://127.0.0.1:4242/v0.4/jobs"), "the address 127.0.0.1"),
        (lambda data: _body(data, url="http://localhost:8000/v0.4/jobs"), "the address localhost"),
        (lambda data: _response_header(data, "date", "Sat, 21 Nov 2026 04:00:00 GMT"), "the header date"),
        (lambda data: _response_header(data, "set-cookie", "session=1"), "the header set-cookie"),
        (lambda data: _response_header(data, "x-request-id", "req_1"), "the header x-request-id"),
        (lambda data: _request_header(data, "user-agent", "quantum-jobs/0.1.0"), "the header user-agent"),
        (lambda data: _body(data, submitted_at="2026-11-21T04:00:00.000Z"), "not the sandbox's"),
        (lambda data: _body(data, request=1795233600), "not the sandbox's"),
    ],
)
def test_what_is_planted_is_found(plant: Any, found: str) -> None:
    clean = next(each for each in CASSETTES if each.label == "ionq-v0.4/one-circuit.sandbox")
    data = json.loads(json.dumps(clean.data))
    plant(data)
    assert [each for each in leaks(evolve(clean, data=data), ["live-key-of-mine-123"]) if found in each]
