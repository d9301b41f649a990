"""Recording gives the same bytes each time, in both worlds, and carries what the documents say."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from quantum_sandbox import Engine

from scripts.spec_files import load_document
from tests.cassette_tools.cassette import cassettes_folder, load_cassette, path_of
from tests.cassette_tools.published import body_of
from tests.cassette_tools.recording import record
from tests.cassette_tools.scenario import Scenario, ScenarioContext, Steps
from tests.cassette_tools.scenarios import all_scenarios

OFFLINE = [
    pytest.param(scenario, source, id=f"{scenario.service}/{scenario.name}.{source}")
    for scenario in all_scenarios()
    for source in scenario.sources
    if source != "live"
]
DATA = Path(__file__).parent.parent / "data"


@pytest.mark.parametrize(("scenario", "source"), OFFLINE)
def test_recording_again_in_the_other_world_gives_the_bytes_that_are_kept(
    scenario: Scenario, source: str, engine: Engine
) -> None:
    kept = load_cassette(path_of(cassettes_folder(), scenario.service, f"{scenario.name}.{source}"))
    again, text, _ = record(scenario, source, cassettes_folder(), simulator=engine, mode="async")
    assert again.data["interactions"] == kept.data["interactions"]
    # Newer tools, or a newer spec that it still holds against, are no reason to record anew.
    if again.metadata == kept.metadata:
        assert text == kept.path.read_text(encoding="utf-8")


def test_recording_twice_in_one_process_gives_the_same_bytes(engine: Engine, tmp_path: Path) -> None:
    scenario = next(each for each in all_scenarios("qbraid-v2") if each.name == "many-jobs")
    assert len({record(scenario, "sandbox", tmp_path, simulator=engine)[1] for _ in range(2)}) == 1


def _published() -> list[Any]:
    return [
        pytest.param(scenario, source, id=f"{scenario.service}/{scenario.name}")
        for scenario in all_scenarios()
        for source in scenario.sources
        if source in ("documented", "spec")
    ]


@pytest.mark.parametrize(("scenario", "source"), _published())
def test_a_cassette_from_documents_carries_their_values_and_names_them(scenario: Scenario, source: str) -> None:
    from tests.cassette_tools.cleaning import personal_values

    cassette = load_cassette(path_of(cassettes_folder(), scenario.service, f"{scenario.name}.{source}"))
    kept = [json.loads(each.body) for each in cassette.interactions]
    for answer in scenario.published:
        body = body_of(scenario.service, answer)
        people = list(personal_values(body))
        # Only the ids of people and projects are other ones.
        assert any(_without(body, people) == _without(each, list(personal_values(each))) for each in kept)
        assert answer.document in cassette.metadata["documents"]
    assert cassette.metadata["provenance"] == source


def _without(body: Any, values: list[str]) -> str:
    text = json.dumps(body)
    for value in values:
        text = text.replace(f'"{value}"', '"someone"')
    return text


@pytest.mark.parametrize(
    ("page", "service", "name", "number"),
    [
        ("qbraid_v2_job", "qbraid-v2", "pages-of-the-documentation.documented", 0),
        ("qbraid_v2_result", "qbraid-v2", "pages-of-the-documentation.documented", 1),
        ("qbraid_v2_program", "qbraid-v2", "pages-of-the-documentation.documented", 2),
        ("ionq_v0_4_job", "ionq-v0.4", "job-of-april.documented", 0),
    ],
)
def test_the_values_are_those_of_the_vendors_own_pages(page: str, service: str, name: str, number: int) -> None:
    from tests.cassette_tools.cleaning import personal_values

    published = json.loads((DATA / f"{page}.json").read_text(encoding="utf-8"))["answer"]
    recorded = load_document(path_of(cassettes_folder(), service, name))["interactions"][number]
    body = json.loads(recorded["response"]["body"]["string"])
    assert _values(_without(body, list(personal_values(body)))) == _values(
        _without(published, list(personal_values(published)))
    )


def _values(text: str) -> Any:
    return json.loads(text)


def test_requests_from_many_threads_at_once_are_all_recorded_and_replayed(engine: Engine, tmp_path: Path) -> None:
    from tests.cassette_tools.running import replay

    seen: list[str] = []

    def run(context: ScenarioContext) -> Steps:
        def ask() -> None:
            seen.append(threading.current_thread().name)
            assert len(context.client.devices()) == 5

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        yield None
        return {"asked": len(threads)}

    scenario = Scenario("threads", "ionq-v0.3", run)
    cassette, _, first = record(scenario, "sandbox", tmp_path, simulator=engine)
    assert len(cassette.interactions) == 8
    assert replay(cassette, scenario) == first == {"asked": 8}
    assert len(set(seen)) > 1
