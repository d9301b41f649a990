"""The worker process: reads one task per line from standard input and writes one outcome per line.

It is a separate process so that it can be killed: a running simulation does not react to signals that Python handles.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from typing import Any

from .data import Failure, Limits, Noise, Outcome, Program, Task, outcome_as_json


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # Output printed by libraries must not mix with the outcomes.
    os.dup2(2, 1)
    limits = Limits(**json.loads(sys.stdin.readline()))
    try:
        simulator = _warm_simulator(limits)
    except ImportError as error:
        _send(answers, {"ready": False, "error": str(error)})
        return
    _set_resource_limits(limits)
    _send(answers, {"ready": True})
    for line in sys.stdin:
        value = json.loads(line)
        noise = None if value["noise"] is None else Noise(**value["noise"])
        task = Task(**{**value, "program": Program(**value["program"]), "noise": noise})
        _send(answers, outcome_as_json(_run(simulator, task, limits)))


def _warm_simulator(limits: Limits) -> Any:
    """A simulator that has run both languages once, so that lazy imports happen before the resource limits apply."""
    from .simulate import Simulator

    simulator = Simulator(limits)
    for language, head in (("qasm2", 'OPENQASM 2.0;include "qelib1.inc";qreg'), ("qasm3", "OPENQASM 3;qreg")):
        source = f"{head} q[2]; creg c[2]; U(0,0,0) q[0]; measure q -> c;"
        simulator.run(Task(Program(language, source), shots=1, seed=0))  # type: ignore[arg-type]  # one of the two literals above
    return simulator


def _set_resource_limits(limits: Limits) -> None:
    sys.dont_write_bytecode = True
    sys.setrecursionlimit(3000)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_mb << 20, limits.memory_mb << 20))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _run(simulator: Any, task: Task, limits: Limits) -> Outcome:
    if hasattr(signal, "alarm"):
        # The parent kills a task that takes too long; this is for the case that the parent has died.
        signal.alarm(int(limits.seconds) + 5)
    try:
        outcome: Outcome = simulator.run(task)
    except BaseException as error:  # the parsers, written in Rust, panic with an exception that is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        outcome = Failure("internal", f"the simulator failed: {type(error).__name__}")
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)
    return outcome


def _send(answers: Any, value: Any) -> None:
    answers.write(json.dumps(value, separators=(",", ":")) + "\n")
    answers.flush()
