"""The engine as the sandbox sees it: tasks go in, futures come out, one warm worker process does the work."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import attrs

from .bounds import check_program
from .data import Failed, Limits, Measured, Outcome, Refused, Task, outcome_from_json

_START_SECONDS = 120.0
"""A first start compiles a few hundred modules, on a slow disk perhaps."""

_PATIENCE = 1.0
"""Seconds that a simulation goes on that nobody wants any more: about what the start of another process costs."""

_REMEMBERED = 256
_REMEMBERED_OUTCOMES = 1 << 12

_PACKAGE_ROOT = Path(__file__).resolve().parents[2]

# The root is appended, not put first, so that nothing beside the package can hide a module of the standard library.
# A subprocess and not `multiprocessing`, which would run the user's script again where it has no __main__ guard.
_BOOT = "import sys; sys.path.append(sys.argv[1]); from quantum_sandbox.engine.worker import main; main()"


@attrs.define(eq=False)
class _Simulation:
    """One task in the engine, and how many still wait for its outcome."""

    outcome: Future[Outcome] = attrs.field(factory=Future)
    wanted: int = 0
    running: bool = False
    """Whether the process works on it."""
    killed: bool = False


class _Wish(Future[Outcome]):
    """The outcome of a simulation that several may wait for. May be cancelled also while that runs."""

    def __init__(self, simulation: _Simulation) -> None:
        super().__init__()
        self.simulation: _Simulation | None = simulation
        """None from its end on, so that nothing is kept for it."""

    def running(self) -> bool:
        simulation = self.simulation
        return simulation is not None and simulation.outcome.running()

    def settle(self, outcome: Future[Outcome]) -> None:
        if outcome.cancelled():
            self.cancel()
        elif self.set_running_or_notify_cancel():
            if (error := outcome.exception()) is not None:
                self.set_exception(error)
            else:
                self.set_result(outcome.result())


def _is_inexact(outcome: Future[Outcome]) -> bool:
    if outcome.cancelled() or outcome.exception() is not None:
        return False
    found = outcome.result()
    return isinstance(found, Failed) and found.kind == "inexact"


class Engine:
    """Simulates circuits, one at a time, in a process that is killed when a circuit takes too long.

    The process starts at once, in the background, and its start takes about a second. Give one engine to several
    sandboxes to have it started once.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen[str] | None = None
        self._started_by = os.getpid()
        self._closed = False
        self._late = False
        self._lock = threading.RLock()
        self._exact: OrderedDict[Task, _Simulation] = OrderedDict()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="quantum-jobs-engine")
        self._thread.submit(self._warm)

    def submit(self, task: Task) -> Future[Outcome]:
        """Run a task after those submitted before it. The future gives an outcome and raises nothing of a circuit's.

        The exact distribution of a circuit is computed once and then remembered; where it is too dear, the task's shots
        are sampled in its place, and the outcome has counts. Each caller gets a future of their own; a simulation all
        of whose futures are cancelled does not begin, and soon ends where it runs.
        """
        with self._lock:
            simulation = self._exact_one(task) if task.exact else self._begin(task)
            simulation.wanted += 1
        wish = _Wish(simulation)
        wish.add_done_callback(self._end_wish)
        simulation.outcome.add_done_callback(partial(self._settle, wish, task))
        return wish

    def close(self) -> None:
        """Stop, also in the middle of a simulation. May be called twice."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._kill(self._process)
        self._thread.shutdown(wait=True, cancel_futures=True)
        # Pipes are closed only now: the engine's thread may have been reading them.
        self._drop()

    def _begin(self, task: Task) -> _Simulation:
        simulation = _Simulation()
        simulation.outcome = self._thread.submit(self._run, task, simulation)
        return simulation

    def _settle(self, wish: _Wish, task: Task, outcome: Future[Outcome]) -> None:
        if not _is_inexact(outcome):
            wish.settle(outcome)
            return
        with self._lock:
            if wish.cancelled() or self._closed:
                wish.cancel()
                return
            sampled = wish.simulation = self._begin(attrs.evolve(task, exact=False))
            sampled.wanted += 1
        sampled.outcome.add_done_callback(wish.settle)

    def _exact_one(self, task: Task) -> _Simulation:
        # Shots and seed make no difference to an exact distribution.
        same = attrs.evolve(task, shots=1, seed=0)
        simulation = self._exact.get(same)
        if simulation is None:
            simulation = self._exact[same] = self._begin(same)
            simulation.outcome.add_done_callback(lambda done: self._forget_failure(same, done))
        if same in self._exact:
            self._exact.move_to_end(same)
        while len(self._exact) > _REMEMBERED:
            self._exact.popitem(last=False)
        return simulation

    def _end_wish(self, wish: Future[Outcome]) -> None:
        """One less waits for a simulation. Where nobody does, it does not begin, or soon ends."""
        assert isinstance(wish, _Wish)
        with self._lock:
            simulation, wish.simulation = wish.simulation, None
            if simulation is None or not wish.cancelled():
                return
            simulation.wanted -= 1
            if not simulation.wanted and not simulation.outcome.cancel() and not simulation.outcome.done():
                timer = threading.Timer(_PATIENCE, self._kill_unwanted, [simulation])
                timer.daemon = True
                timer.start()

    def _kill_unwanted(self, simulation: _Simulation) -> None:
        with self._lock:
            if simulation.running and not simulation.wanted and self._process is not None:
                self._forget(simulation)
                simulation.killed = True
                self._kill(self._process)

    def _forget(self, simulation: _Simulation) -> None:
        """Let nobody else wait for this one. To be called with the lock."""
        for task in [task for task, known in self._exact.items() if known is simulation]:
            del self._exact[task]

    def _forget_failure(self, task: Task, done: Future[Outcome]) -> None:
        """Keep no outcome that another try may change, and none that takes much memory."""
        outcome = None if done.cancelled() or done.exception() else done.result()
        small = isinstance(outcome, Measured) and len(outcome.probabilities) <= _REMEMBERED_OUTCOMES
        if not small and not (isinstance(outcome, Failed) and outcome.preflight):
            with self._lock:
                known = self._exact.get(task)
                # Its place may be another's, where nobody wanted it for a while.
                if known is not None and known.outcome is done:
                    del self._exact[task]

    def _warm(self) -> None:
        with contextlib.suppress(Exception):  # the first task reports it
            self._worker()

    def _run(self, task: Task, simulation: _Simulation) -> Outcome:
        try:
            check_program(task.circuit, self.limits)
        except Refused as refused:
            return refused.failure
        try:
            process = self._worker()
        except (OSError, RuntimeError) as error:
            return Failed("internal", f"the simulator did not start: {error}")
        with self._lock:
            if not simulation.wanted:
                self._forget(simulation)
                return Failed("internal", "the simulation was given up")
            simulation.running = True
        answer = self._ask(process, attrs.asdict(task), self.limits.seconds)
        with self._lock:
            simulation.running = False
        if answer is None or simulation.killed:
            self._drop()
            with contextlib.suppress(RuntimeError):  # the engine is being closed
                self._thread.submit(self._warm)
        if answer is None:
            if self._late:
                return Failed("timeout", f"the simulation took longer than {self.limits.seconds:g} s")
            return Failed("internal", "the simulator stopped")
        return outcome_from_json(answer)

    def _worker(self) -> subprocess.Popen[str]:
        """The running process, started where there is none. Only ever called on the engine's own thread."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the sandbox is closed")
            if self._process is not None and self._process.poll() is None:
                return self._process
            process = self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _BOOT, str(_PACKAGE_ROOT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                start_new_session=True,  # Ctrl-C in a terminal is for the sandbox, which then stops the worker
            )
        answer = self._ask(process, attrs.asdict(self.limits), _START_SECONDS)
        if answer is None or not answer.get("ready"):
            self._drop()
            raise RuntimeError((answer or {}).get("error", "no answer from the simulator process"))
        return process

    def _ask(self, process: subprocess.Popen[str], value: Any, seconds: float) -> dict[str, Any] | None:
        """One line there and one line back; None when the process ended or was too slow, and then it is killed."""
        assert process.stdin is not None
        assert process.stdout is not None
        self._late = False
        timer = threading.Timer(seconds, self._too_late, [process])
        timer.daemon = True
        timer.start()
        try:
            process.stdin.write(json.dumps(value) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
            return json.loads(line) if line.endswith("\n") else None
        except (OSError, ValueError):
            return None
        finally:
            timer.cancel()

    def _too_late(self, process: subprocess.Popen[str]) -> None:
        self._late = True
        process.kill()

    def _drop(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        self._kill(process)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError, ValueError):
                    pipe.close()

    def _kill(self, process: subprocess.Popen[str]) -> None:
        if os.getpid() == self._started_by:  # a fork has a copy of this engine, and its parent goes on with the process
            process.kill()
