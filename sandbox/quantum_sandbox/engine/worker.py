"""The process that simulates: reads one task per line from standard input, answers one line each.

It is a process of its own so that it can be killed: a simulation does not hear signals that Python would handle.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from typing import Any

from .data import Circuit, Failed, Limits, Noise, Outcome, Task, outcome_as_json


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # Whatever a library prints must not get between the answers.
    os.dup2(2, 1)
    limits = Limits(**json.loads(sys.stdin.readline()))
    try:
        simulator = _warm_simulator(limits)
    except ImportError as error:
        _send(answers, {"ready": False, "error": str(error)})
        return
    _fence(limits)
    _send(answers, {"ready": True})
    for line in sys.stdin:
        value = json.loads(line)
        noise = None if value["noise"] is None else Noise(**value["noise"])
        task = Task(**{**value, "circuit": Circuit(**value["circuit"]), "noise": noise})
        _send(answers, outcome_as_json(_run(simulator, task, limits)))


def _warm_simulator(limits: Limits) -> Any:
    """A simulator that has run both languages once, so that what loads late is loaded before the fence stands."""
    from .simulate import Simulator

    simulator = Simulator(limits)
    for language, head in (("qasm2", 'OPENQASM 2.0;include "qelib1.inc";qreg'), ("qasm3", "OPENQASM 3;qreg")):
        source = f"{head} q[2]; creg c[2]; U(0,0,0) q[0]; measure q -> c;"
        simulator.run(Task(Circuit(language, source), shots=1, seed=0))  # type: ignore[arg-type]  # one of the two literals above
    return simulator


def _fence(limits: Limits) -> None:
    sys.dont_write_bytecode = True
    sys.setrecursionlimit(3000)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_mb << 20, limits.memory_mb << 20))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _run(simulator: Any, task: Task, limits: Limits) -> Outcome:
    if hasattr(signal, "alarm"):
        # The parent kills a task that takes too long. This is for the case that there is no parent any more.
        signal.alarm(int(limits.seconds) + 5)
    try:
        outcome: Outcome = simulator.run(task)
    except BaseException as error:  # the parsers panic with an exception that is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        outcome = Failed("internal", f"the simulator failed: {type(error).__name__}")
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)
    return outcome


def _send(answers: Any, value: Any) -> None:
    answers.write(json.dumps(value, separators=(",", ":")) + "\n")
    answers.flush()
