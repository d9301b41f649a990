"""The notebook in examples/ runs from top to bottom in a real kernel, and shows tables, plots and progress."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jupytext
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parent.parent / "examples" / "notebook.py"


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """The code cells with what they showed. One kernel for all tests, as it takes seconds to come up."""
    folder = tmp_path_factory.mktemp("notebook")
    notebook = jupytext.read(NOTEBOOK)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        patch.setenv("JUPYTER_RUNTIME_DIR", str(folder / "runtime"))
        NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shown(cells: list[Any], code: str) -> list[Any]:
    """The outputs of the cell that holds this line."""
    (cell,) = (cell for cell in cells if code in cell.source.splitlines())
    outputs: list[Any] = cell.outputs
    return outputs


def html(output: Any) -> str:
    return str(output.data["text/html"])


def test_nothing_goes_wrong_and_nothing_is_written_to_stderr(cells: list[Any]) -> None:
    kinds = {output.output_type for cell in cells for output in cell.outputs}
    assert kinds == {"execute_result", "display_data"}


def test_devices_and_jobs_are_tables(cells: list[Any]) -> None:
    (devices,) = shown(cells, "ionq.devices()")
    assert "qpu.forte-1" in html(devices)
    (submitted,) = shown(cells, "jobs")
    assert "3 jobs: " in html(submitted)
    assert html(submitted).count("<tr>") == 4
    assert len(submitted.data["text/plain"]) < 500


def test_waiting_shows_its_progress_below_the_cell_and_then_the_jobs(cells: list[Any]) -> None:
    progress, done = shown(cells, "done, not_done = quantum_jobs.wait(jobs, timeout=600)")
    assert re.match(
        r'<div><progress value="3" max="3"></progress> 3 of 3 jobs over, 3 COMPLETED, waited', html(progress)
    )
    assert re.search(r"3 jobs: 3 COMPLETED; cost [\d.]+ USD \+ [\d.]+ credits", html(done))


def test_a_result_has_its_outcomes_and_their_errors(cells: list[Any]) -> None:
    (result,) = shown(cells, "jobs[2].result()")
    assert "3 bits, 1000 shots, measured" in html(result)
    assert re.search(r"<code>000</code>.*? ± 0\.016<", html(result))
    (value,) = shown(cells, 'jobs[2].result().expectation("ZZI")')
    assert re.fullmatch(r"Expectation\(0\.9\d*, standard_error=0\.0\d+\)", value.data["text/plain"])


def test_plots_are_drawn(cells: list[Any]) -> None:
    plots = [output for cell in cells for output in cell.outputs if "image/png" in output.data]
    assert len(plots) == 3
    assert all(len(plot.data["image/png"]) > 5000 for plot in plots)
