"""Progress of waits: shown where a person looks on, told to a function, and never in anybody's way."""

from __future__ import annotations

import asyncio
import io
import re
import sys
import threading
from collections.abc import Iterator
from typing import Any
from unittest import mock

import httpx
import pytest
import quantum_jobs
from quantum_jobs import AsyncJob, Job, JobStatus, Progress, UsageError, WaitTimeoutError

from tests.wrapper.virtual_time import BACKENDS, Ionq, Service


class Terminal(io.StringIO):
    """A terminal on stderr, as far as lines and carriage returns go."""

    def isatty(self) -> bool:
        return True

    @property
    def shown(self) -> list[str]:
        """Every line that stood there, one after the other."""
        return [line for line in (part.strip() for part in self.getvalue().split("\r")) if line]

    @property
    def screen(self) -> str:
        """What stands there now."""
        line = ""
        for part in self.getvalue().split("\r"):
            line = part + line[len(part) :]
        return line.rstrip()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    return Terminal()


def at(terminal: Terminal | None) -> Any:
    """With this on stderr. Not by a fixture, as pytest puts its own there when a test begins."""
    return mock.patch.object(sys, "stderr", terminal)


def play(server: Ionq, scene: Any, terminal: Terminal | None, backend: str = "asyncio") -> Any:
    """Run a scene with all the server's jobs, in virtual time, at a terminal."""

    async def scenario(client: Any) -> Any:
        return await scene([await client.job(job_id) for job_id in server.jobs])

    with at(terminal):
        return Service(server).run(scenario, backend=backend)


def test_a_wait_for_many_jobs_shows_one_line_which_is_gone_afterwards(terminal: Terminal) -> None:
    server = Ionq()
    server.add(4, lambda number: 60.0 * (number + 1))
    play(server, quantum_jobs.wait_async, terminal)
    assert terminal.shown[0].startswith("[--------------------] 0 of 4 jobs over, 4 QUEUED, waited ")
    half = "[##########----------] 2 of 4 jobs over, 2 QUEUED, 2 COMPLETED, waited 2:"
    assert any(line.startswith(half) for line in terminal.shown)
    assert terminal.shown[-1].startswith("[####################] 4 of 4 jobs over, 4 COMPLETED, waited 4:")
    assert terminal.screen == ""
    assert terminal.getvalue().isascii()
    assert "\n" not in terminal.getvalue()
    assert "\x1b" not in terminal.getvalue()


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_wait_for_one_job_shows_its_place_in_the_queue(terminal: Terminal, backend: str) -> None:
    server = Ionq()
    server.add(1, lambda number: 120.0)
    server.jobs["job-0"]["predicted_wait_time_ms"] = 90_000

    async def scene(jobs: list[AsyncJob]) -> None:
        assert (await jobs[0].result()).probabilities == {"1": 1.0}

    with mock.patch("quantum_jobs.progress.SHOWN_AFTER", 0.0):  # trio's clock is not the one of the display
        play(server, scene, terminal, backend)
    assert terminal.shown[0].startswith("ionq-v0.4:job-0 QUEUED, predicted wait 1:30, waited 0 s")
    assert terminal.screen == ""
    if backend == "asyncio":
        later = re.compile(r"ionq-v0.4:job-0 QUEUED, predicted wait 1:30, waited 1:0\d")
        assert any(later.fullmatch(line) for line in terminal.shown)


def test_short_waits_show_nothing(terminal: Terminal) -> None:
    server = Ionq()
    server.add(2, lambda number: 0.0)

    async def scene(jobs: list[AsyncJob]) -> None:
        await quantum_jobs.wait_async(jobs)

    play(server, scene, terminal)
    assert terminal.getvalue() == ""


def test_the_line_is_away_while_the_callers_lines_run(terminal: Terminal) -> None:
    server = Ionq()
    server.add(3, lambda number: 30.0 * (number + 1))
    seen = []

    async def scene(jobs: list[AsyncJob]) -> None:
        async for job in quantum_jobs.as_completed_async(jobs):
            seen.append((job.id, terminal.screen))  # noqa: PERF401  a loop is what is tested

    play(server, scene, terminal)
    assert seen == [("job-0", ""), ("job-1", ""), ("job-2", "")]
    assert any("1 of 3 jobs over" in line for line in terminal.shown)
    assert any("2 of 3 jobs over" in line for line in terminal.shown)


def test_a_wait_that_ends_in_an_error_leaves_no_line(terminal: Terminal) -> None:
    server = Ionq()
    server.add(1, lambda number: 1e6)

    async def scene(jobs: list[AsyncJob]) -> None:
        with pytest.raises(WaitTimeoutError):
            await jobs[0].wait(60)

    play(server, scene, terminal)
    assert terminal.shown[-1].startswith("ionq-v0.4:job-0 QUEUED, waited 1:00")
    assert terminal.screen == ""


def test_of_waits_side_by_side_one_is_shown(terminal: Terminal) -> None:
    server = Ionq()
    server.add(3, lambda number: 20.0 + 20 * number)

    async def scene(jobs: list[AsyncJob]) -> None:
        await asyncio.gather(*(job.wait() for job in jobs))

    play(server, scene, terminal)
    order = [line.partition(" ")[0] for line in terminal.shown]
    assert order == sorted(order)  # another one once the first is over
    assert len(set(order)) > 1


def test_a_line_is_never_wider_than_the_terminal(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    server = Ionq()
    server.add(4, lambda number: 60.0 * (number + 1))
    play(server, quantum_jobs.wait_async, terminal)
    assert max(len(line) for line in terminal.getvalue().split("\r")) == 29
    assert terminal.shown[0].startswith("0 of 4 jobs over, 4 QUEUED")


@pytest.mark.parametrize("where", ["no terminal", "TERM=dumb", "no stderr", "progress=False", "another thread"])
def test_where_nobody_looks_on_nothing_is_written(
    where: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Ionq()
    server.add(1, lambda number: 60.0)
    if where == "no terminal":
        monkeypatch.setattr(terminal, "isatty", lambda: False)
    elif where == "TERM=dumb":
        monkeypatch.setenv("TERM", "dumb")

    async def scene(jobs: list[AsyncJob]) -> None:
        await quantum_jobs.wait_async(jobs, progress=where != "progress=False")

    if where == "another thread":
        thread = threading.Thread(target=play, args=(server, scene, terminal))
        thread.start()
        thread.join()
    else:
        play(server, scene, None if where == "no stderr" else terminal)
    assert terminal.getvalue() == ""


def test_a_terminal_that_goes_away_ends_no_wait(terminal: Terminal) -> None:
    server = Ionq()
    server.add(1, lambda number: 60.0)

    async def scene(jobs: list[AsyncJob]) -> None:
        terminal.close()
        terminal.isatty = lambda: True  # type: ignore[method-assign]  # a closed file would say so
        done, _ = await quantum_jobs.wait_async(jobs)
        assert len(done) == 1

    play(server, scene, terminal)


def test_a_notebook_shows_a_bar_below_the_cell_which_stays() -> None:
    server = Ionq()
    server.add(2, lambda number: 60.0 * (number + 1))
    handle = mock.Mock()
    shell = mock.Mock(spec=["kernel"])
    with (
        mock.patch("IPython.get_ipython", return_value=shell),
        mock.patch("IPython.display.display", return_value=handle) as display,
    ):
        play(server, quantum_jobs.wait_async, None)
    (first,), settings = display.call_args
    assert settings == {"raw": True, "display_id": True}
    assert first["text/plain"].startswith("0 of 2 jobs over, 2 QUEUED, waited ")
    assert first["text/html"] == f'<div><progress value="0" max="2"></progress> {first["text/plain"]}</div>'
    (last,), _ = handle.update.call_args
    assert last["text/plain"].startswith("2 of 2 jobs over, 2 COMPLETED, waited 2:")
    assert last["text/html"].startswith('<div><progress value="2" max="2"></progress> 2 of 2')
    display.assert_called_once()


# Sync code: the same, drawn in the caller's thread.


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Job]]:
    """Two jobs of sync code, which are over at the second poll."""
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.15)
    monkeypatch.setattr("quantum_jobs.progress.SHOWN_AFTER", 0.0)
    polls = iter(range(100))
    server = Ionq()
    server.add(2, lambda number: 3.0)

    def answer(request: httpx.Request) -> Any:
        is_poll = "/jobs" in request.url.path and "artifacts" not in request.url.path
        found = server(request, float(next(polls)) if is_poll else 0.0)
        assert isinstance(found, httpx.Response)
        return found

    with quantum_jobs.connect("ionq", api_key="a-key", transport=httpx.MockTransport(answer)) as client:
        yield [client.job(job_id) for job_id in server.jobs]


def test_sync_waits_are_shown_too(jobs: list[Job], terminal: Terminal) -> None:
    with at(terminal):
        done, _ = quantum_jobs.wait(jobs)
    assert done == jobs
    assert any(line.startswith("[--------------------] 0 of 2 jobs over, 2 QUEUED") for line in terminal.shown)
    assert terminal.screen == ""


def test_a_sync_result_is_shown_too(jobs: list[Job], terminal: Terminal) -> None:
    with at(terminal):
        assert jobs[0].result().probabilities == {"1": 1.0}
    assert terminal.shown[0].startswith("ionq-v0.4:job-0 QUEUED")
    assert terminal.screen == ""


def test_a_function_is_called_in_the_callers_thread(jobs: list[Job], terminal: Terminal) -> None:
    seen: list[tuple[Progress, threading.Thread]] = []

    def tell(progress: Progress) -> None:
        seen.append((progress, threading.current_thread()))

    with at(terminal):
        jobs[0].result(progress=tell)
    assert seen[0][0] == Progress(0, 1, {JobStatus.QUEUED: 1})
    assert seen[-1][0] == Progress(1, 1, {JobStatus.COMPLETED: 1})
    quantum_jobs.wait(jobs, progress=tell)
    assert seen[-1][0] == Progress(2, 2, {JobStatus.COMPLETED: 2})
    assert {thread for _, thread in seen} == {threading.main_thread()}
    assert terminal.getvalue() == ""


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_what_a_function_raises_ends_the_wait(jobs: list[Job], error: type[BaseException]) -> None:
    def fail(progress: Progress) -> None:
        raise error

    with pytest.raises(error):
        jobs[0].result(progress=fail)
    with pytest.raises(error):
        quantum_jobs.wait(jobs, progress=fail)
    assert jobs[0].result(progress=False).probabilities == {"1": 1.0}


def test_what_cannot_be_told_is_named(jobs: list[Job]) -> None:
    for wrong in ("yes", 1, []):
        with pytest.raises(UsageError, match="progress must be True, False or a function"):
            quantum_jobs.wait(jobs, progress=wrong)  # type: ignore[arg-type]  # what an editor underlines
        with pytest.raises(UsageError, match="progress must be True, False or a function"):
            jobs[0].result(progress=wrong)  # type: ignore[arg-type]  # the same


def test_submitting_a_scan_and_waiting_for_it_are_shown_too(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.05)
    monkeypatch.setattr("quantum_jobs.progress.SHOWN_AFTER", 0.0)
    monkeypatch.setattr("quantum_jobs.progress.LOOKED_EVERY", 0.0)
    server = Ionq()

    def answer(request: httpx.Request) -> Any:
        if request.method == "POST":
            server.ends_at[f"job-{len(server.jobs)}"] = 0.0
        return server(request, 1.0)

    circuits = [{"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}] * 3
    with quantum_jobs.connect("ionq", api_key="a-key", transport=httpx.MockTransport(answer)) as client, at(terminal):
        scan = client.submit_many(circuits, device="simulator", shots=10)
        results, errors = scan.results()
    assert (len(results), errors) == (3, {})
    assert "[####################] 3 of 3 points submitted: 3 new, 0 adopted, 0 failed, waited 0 s" in terminal.shown
    assert any(line.startswith("[####################] 3 of 3 jobs over, 3 COMPLETED") for line in terminal.shown)
    assert terminal.screen == ""
    page = scan._repr_html_()
    assert "3 points: 3 new, 0 adopted, 0 failed" in page
    assert page.count("ionq-v0.4:job-") == 3
