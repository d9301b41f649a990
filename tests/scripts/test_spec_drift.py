"""Whether what the vendors publish is still what we have."""

import copy
import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.effective import vendor_document
from scripts.problem import Problem
from scripts.services import SERVICES, find_service
from scripts.spec_drift import published, spec_drift
from scripts.spec_files import Document
from tests.loopback import Answer, Loopback

Edit = Callable[[Document], Any]


@functools.cache
def as_published(name: str) -> bytes:
    return json.dumps(vendor_document(find_service(name))).encode()


@pytest.fixture
def vendors() -> Any:
    """All vendors' documents on loopback, each as the vendor might publish it; gives the server and the addresses."""
    with Loopback() as server:
        for name in SERVICES:
            server.routes[f"GET /{name}"] = Answer(as_published(name))
        yield server, {name: f"{server.origin}/{name}" for name in SERVICES}


def edit(server: Loopback, name: str, change: Edit) -> None:
    document = json.loads(server.routes[f"GET /{name}"].body)  # type: ignore[union-attr]  # an Answer, as set above
    change(document)
    server.routes[f"GET /{name}"] = Answer(json.dumps(document).encode())


def test_what_is_published_in_another_form_is_no_drift(vendors: Any, capsys: pytest.CaptureFixture[str]) -> None:
    _, places = vendors
    assert spec_drift(places, as_json=False) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"{name}: no drift from {place}" for name, place in places.items()]


def test_drift_is_reported_like_an_update(vendors: Any, capsys: pytest.CaptureFixture[str]) -> None:
    server, places = vendors
    edit(server, "ionq-v0.4", lambda document: document["components"]["schemas"]["JobStatus"]["enum"].append("paused"))
    assert spec_drift(places, as_json=False) == 1
    report = capsys.readouterr().out
    assert f"ionq-v0.4: drift from {places['ionq-v0.4']}: " in report
    assert 'breaking  status: new value "paused"' in report
    assert "qbraid-v2: no drift" in report
    assert spec_drift(places, as_json=True) == 1
    data = {each["service"]: each for each in json.loads(capsys.readouterr().out)}
    assert data["ionq-v0.4"]["counts"]["breaking"] >= 1
    assert {change["kind"] for change in data["ionq-v0.4"]["changes"]} == {"value-added"}
    assert (data["qbraid-v2"]["compared"], data["qbraid-v2"]["changes"]) == (True, [])


def test_what_could_not_be_compared_is_not_mistaken_for_no_drift(
    vendors: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    server, places = vendors
    server.routes["GET /qbraid-v2"] = Answer(b"<html>", 503)
    edit(server, "ionq-v0.3", lambda document: document["info"].update(version="v0.3.1"))
    assert spec_drift(places, as_json=False) == 2
    report = capsys.readouterr().out
    assert "qbraid-v2: could not be compared: " in report
    assert "answers with status 503" in report
    assert "ionq-v0.3: drift from" in report


def test_another_services_document_is_not_compared(vendors: Any, capsys: pytest.CaptureFixture[str]) -> None:
    _, places = vendors
    assert spec_drift({**places, "ionq-v0.3": places["ionq-v0.4"]}, as_json=False) == 2
    assert "is not ionq-v0.3: it describes" in capsys.readouterr().out


def test_nothing_is_written(vendors: Any) -> None:
    def files() -> dict[Path, int]:
        folders = {find_service(name).folder for name in SERVICES}
        return {path: path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*")}

    server, places = vendors
    edit(server, "ionq-v0.4", lambda document: document["paths"].popitem())
    before = copy.deepcopy(files())
    spec_drift(places, as_json=False)
    assert files() == before


def test_where_a_document_is_published_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    service = find_service("ionq-v0.3")
    assert published(service, {}) is None
    monkeypatch.setenv("QUANTUM_PUBLISHED_IONQ_V0_3", "https://a.example")
    assert published(service, {}) == "https://a.example"
    assert published(service, {"ionq-v0.3": "https://b.example"}) == "https://b.example"
    with pytest.raises(Problem, match="no service is called"):
        spec_drift({"nobody": "https://a.example"}, as_json=False)


def test_every_known_address_is_https() -> None:
    known = [service.published for service in SERVICES.values() if service.published]
    assert known
    assert all(place.startswith("https://") for place in known)
