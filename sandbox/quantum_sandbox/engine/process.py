"""The `Engine`: tasks go in, futures come out, and one worker process simulates."""

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
from .data import CircuitResult, Failure, Limits, Outcome, ProgramError, Task, outcome_from_json

_START_SECONDS = 120.0
"""The first start compiles a few hundred modules."""

_GRACE_SECONDS = 1.0
"""Seconds before an abandoned simulation is killed: about what the start of a new process takes."""

_CACHED = 256
_MAX_CACHED_OUTCOMES = 1 << 12

_PACKAGE_ROOT = Path(__file__).resolve().parents[2]

# The root is appended, so that nothing beside the package hides a module of the standard library. Not
# `multiprocessing`, which would run a user's script again if it has no __main__ guard.
_WORKER_CODE = "import sys; sys.path.append(sys.argv[1]); from quantum_sandbox.engine.worker import main; main()"


@attrs.define(eq=False)
class _Simulation:
    """One task in the engine, and the number of futures that wait for its outcome."""

    outcome: Future[Outcome] = attrs.field(factory=Future)
    waiting: int = 0
    running: bool = False
    """Whether the worker process runs it."""
    killed: bool = False


class _TaskFuture(Future[Outcome]):
    """The future of one caller. Several may share a simulation, and each can be cancelled also while that runs."""

    def __init__(self, simulation: _Simulation) -> None:
        super().__init__()
        self.simulation: _Simulation | None = simulation
        """None after its end, so that it can be freed."""

    def running(self) -> bool:
        simulation = self.simulation
        return simulation is not None and simulation.outcome.running()

    def copy_from(self, outcome: Future[Outcome]) -> None:
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
    return isinstance(found, Failure) and found.kind == "inexact"


class Engine:
    """Runs programs, one at a time, in a process that is killed when a program takes too long.

    The process starts immediately in the background, which takes about a second. Several sandboxes can share an engine.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen[str] | None = None
        self._started_by = os.getpid()
        self._closed = False
        self._timed_out = False
        self._lock = threading.RLock()
        self._exact: OrderedDict[Task, _Simulation] = OrderedDict()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="quantum-jobs-engine")
        self._thread.submit(self._start_worker)

    def submit(self, task: Task) -> Future[Outcome]:
        """Run a task after those submitted before it. Errors of the program are outcomes, not exceptions of the future.

        The exact distribution of a circuit is computed once and cached. Where it is too expensive, the shots of the
        task are sampled instead, and the outcome has counts. If all futures of a simulation are cancelled it does not
        start, or is killed soon.
        """
        with self._lock:
            simulation = self._cached_exact(task) if task.exact else self._begin(task)
            simulation.waiting += 1
        future = _TaskFuture(simulation)
        future.add_done_callback(self._on_future_done)
        simulation.outcome.add_done_callback(partial(self._on_simulation_done, future, task))
        return future

    def close(self) -> None:
        """Stop the process, also during a simulation. May be called twice."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._kill(self._process)
        self._thread.shutdown(wait=True, cancel_futures=True)
        # The engine's thread may have been reading the pipes until now.
        self._discard_worker()

    def _begin(self, task: Task) -> _Simulation:
        simulation = _Simulation()
        simulation.outcome = self._thread.submit(self._run, task, simulation)
        return simulation

    def _on_simulation_done(self, future: _TaskFuture, task: Task, outcome: Future[Outcome]) -> None:
        if not _is_inexact(outcome):
            future.copy_from(outcome)
            return
        with self._lock:
            if future.cancelled() or self._closed:
                future.cancel()
                return
            sampled = future.simulation = self._begin(attrs.evolve(task, exact=False))
            sampled.waiting += 1
        sampled.outcome.add_done_callback(future.copy_from)

    def _cached_exact(self, task: Task) -> _Simulation:
        # An exact distribution does not depend on shots and seed.
        same = attrs.evolve(task, shots=1, seed=0)
        simulation = self._exact.get(same)
        if simulation is None:
            simulation = self._exact[same] = self._begin(same)
            simulation.outcome.add_done_callback(lambda done: self._forget_failure(same, done))
        if same in self._exact:
            self._exact.move_to_end(same)
        while len(self._exact) > _CACHED:
            self._exact.popitem(last=False)
        return simulation

    def _on_future_done(self, future: Future[Outcome]) -> None:
        """Count a cancelled future. A simulation without futures does not start, or is killed soon."""
        assert isinstance(future, _TaskFuture)
        with self._lock:
            simulation, future.simulation = future.simulation, None
            if simulation is None or not future.cancelled():
                return
            simulation.waiting -= 1
            if not simulation.waiting and not simulation.outcome.cancel() and not simulation.outcome.done():
                timer = threading.Timer(_GRACE_SECONDS, self._kill_abandoned, [simulation])
                timer.daemon = True
                timer.start()

    def _kill_abandoned(self, simulation: _Simulation) -> None:
        with self._lock:
            if simulation.running and not simulation.waiting and self._process is not None:
                self._forget(simulation)
                simulation.killed = True
                self._kill(self._process)

    def _forget(self, simulation: _Simulation) -> None:
        """Remove a simulation from the cache. To be called with the lock."""
        for task in [task for task, known in self._exact.items() if known is simulation]:
            del self._exact[task]

    def _forget_failure(self, task: Task, done: Future[Outcome]) -> None:
        """Do not cache outcomes that may differ next time, or that need much memory."""
        outcome = None if done.cancelled() or done.exception() else done.result()
        small = isinstance(outcome, CircuitResult) and len(outcome.probabilities) <= _MAX_CACHED_OUTCOMES
        if not small and not (isinstance(outcome, Failure) and outcome.preflight):
            with self._lock:
                known = self._exact.get(task)
                # Another simulation may have taken its entry.
                if known is not None and known.outcome is done:
                    del self._exact[task]

    def _start_worker(self) -> None:
        with contextlib.suppress(Exception):  # the first task reports the error
            self._worker()

    def _run(self, task: Task, simulation: _Simulation) -> Outcome:
        try:
            check_program(task.program, self.limits)
        except ProgramError as refused:
            return refused.failure
        try:
            process = self._worker()
        except (OSError, RuntimeError) as error:
            return Failure("internal", f"the simulator did not start: {error}")
        with self._lock:
            if not simulation.waiting:
                self._forget(simulation)
                return Failure("internal", "the simulation was given up")
            simulation.running = True
        response = self._exchange(process, attrs.asdict(task), self.limits.seconds)
        with self._lock:
            simulation.running = False
        if response is None or simulation.killed:
            self._discard_worker()
            with contextlib.suppress(RuntimeError):  # the engine is being closed
                self._thread.submit(self._start_worker)
        if response is None:
            if self._timed_out:
                return Failure("timeout", f"the simulation took longer than {self.limits.seconds:g} s")
            return Failure("internal", "the simulator stopped")
        return outcome_from_json(response)

    def _worker(self) -> subprocess.Popen[str]:
        """The worker process, started if necessary. Called only in the engine's thread."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the sandbox is closed")
            if self._process is not None and self._process.poll() is None:
                return self._process
            process = self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _WORKER_CODE, str(_PACKAGE_ROOT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                start_new_session=True,  # Ctrl-C in a terminal is for the sandbox, which then stops the worker
            )
        response = self._exchange(process, attrs.asdict(self.limits), _START_SECONDS)
        if response is None or not response.get("ready"):
            self._discard_worker()
            raise RuntimeError((response or {}).get("error", "no response from the simulator process"))
        return process

    def _exchange(self, process: subprocess.Popen[str], value: Any, seconds: float) -> dict[str, Any] | None:
        """Send one line and read one; None if the process ended, or was killed because it was too slow."""
        assert process.stdin is not None
        assert process.stdout is not None
        self._timed_out = False
        timer = threading.Timer(seconds, self._on_timeout, [process])
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

    def _on_timeout(self, process: subprocess.Popen[str]) -> None:
        self._timed_out = True
        process.kill()

    def _discard_worker(self) -> None:
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
        if os.getpid() == self._started_by:  # not a copy of this engine in a forked process
            process.kill()
