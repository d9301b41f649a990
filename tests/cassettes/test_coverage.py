"""What the cassettes cover, and which of them hold against which dated spec."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scripts.cassettes import main
from scripts.services import ROOT, SERVICES
from tests.cassette_tools.cassette import cassettes_folder, load_all
from tests.cassette_tools.conformance import Spec
from tests.cassette_tools.exceptions import ALLOWED
from tests.cassette_tools.matrix import as_table, matrix
from tests.cassette_tools.report import counted, report, uncovered
from tests.cassettes.conftest import CASSETTES

# A service may have bindings and no wrapper.
WRAPPER = ROOT / "wrapper" / "quantum_jobs" / "services"
WRAPPED = [name for name, each in SERVICES.items() if (WRAPPER / f"{each.package}.py").exists()]


@pytest.mark.parametrize("service", WRAPPED)
def test_every_documented_status_of_every_operation_that_the_wrapper_uses_has_a_cassette(
    service: str, specs: dict[str, Spec]
) -> None:
    found = counted(load_all(service=service), specs[service])
    assert uncovered(service, specs[service], found) == []


def test_what_has_no_cassette_is_listed(specs: dict[str, Spec]) -> None:
    some = [each for each in load_all(service="ionq-v0.4") if not each.name.startswith("errors-get-job-cost")]
    assert "GetJobCost 429" in uncovered("ionq-v0.4", specs["ionq-v0.4"], counted(some, specs["ionq-v0.4"]))
    assert any("without a cassette: " in line and "GetJobCost 429" in line for line in report("ionq-v0.4", some))


@pytest.mark.parametrize("service", WRAPPED)
def test_listings_are_followed_over_three_pages(service: str, specs: dict[str, Spec]) -> None:
    cassette = next(each for each in CASSETTES if each.label == f"{service}/pages.sandbox")
    names = [spec.name for each in cassette.interactions if (spec := specs[service].operation_of(each))]
    assert [name.replace("_", "").lower() for name in names].count("getjobs") >= 3


@pytest.mark.parametrize("service", WRAPPED)
def test_every_listed_exception_is_still_needed(service: str, specs: dict[str, Spec]) -> None:
    for allowed in ALLOWED:
        if allowed.service == service:
            found = [
                v for each in load_all(service=service) for i in each.interactions for v in specs[service].check(i)
            ]
            assert any(allowed.covers(service, violation) for violation in found), allowed.reason


def few(folder: Path, service: str, *names: str) -> Path:
    """A folder with a few of a service's cassettes, and what is expected of them."""
    (folder / service).mkdir()
    for name in ("expected.json", *(f"{each}.yaml" for each in names)):
        shutil.copy(cassettes_folder() / service / name, folder / service)
    return folder


def test_the_answers_of_april_are_read_and_hold_against_both_specs_of_ionq(tmp_path: Path) -> None:
    folder = few(tmp_path, "ionq-v0.4", "job-of-april.documented", "job-of-october.documented", "estimates.sandbox")
    rows = {row.cassette.name: row for row in matrix(folder, "ionq-v0.4")}
    april, october = rows["job-of-april.documented"], rows["job-of-october.documented"]
    assert not any(row.replay for row in rows.values())
    assert {date: cell.word for date, cell in april.cells.items()} == {"2026-04-30": "holds", "2026-10-01": "holds"}
    assert {date: cell.word for date, cell in october.cells.items()} == {"2026-04-30": "breaks", "2026-10-01": "holds"}
    assert "$.results['ionq.result.probabilities.json.v1']" in october.cells["2026-04-30"].problems[0]
    assert rows["estimates.sandbox"].cells["2026-04-30"].word == "not described"
    assert any("job-of-april.documented" in line and "reads" in line for line in as_table(list(rows.values())))


def test_the_commands_report_what_they_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = few(tmp_path, "ionq-v0.3", "one-circuit.sandbox", "pages.sandbox")
    assert main(["verify", "ionq-v0.3", "--folder", str(folder)]) == 0
    assert "2 cassettes, " in (told := capsys.readouterr().out)
    assert "0 findings" in told
    assert main(["report", "ionq-v0.3"]) == 0
    assert "used by the wrapper and without a cassette: nothing" in capsys.readouterr().out
    assert main(["verify", "ionq-v9"]) == 2
