"""This library beside ionq-core, qiskit-ionq, cirq-ionq and qbraid, in one run, against one sandbox.

``make bench`` runs it; the clients have an environment of their own. Figures go to the screen, to
``benchmarks/figures.json`` and into a picture.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import time
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quantum_sandbox import Sandbox, SteppedClock

from benchmarks import listing
from benchmarks.clients import CLIENTS

HERE = Path(__file__).parent
PYTHON = HERE.parent / ".venv-bench" / "bin" / "python"
IMPORTS = {
    "quantum-jobs": "quantum_jobs",
    "quantum-jobs, first connect": "quantum_jobs; quantum_jobs.connect('ionq', api_key='k')",
    "ionq-core": "ionq_core",
    "qiskit-ionq": "qiskit_ionq",
    "cirq-ionq": "cirq_ionq",
    "qbraid": "qbraid.runtime",
}
IMPORT_RUNS = 7
FOLLOWED = 100
#: Seconds after which all jobs end at once.
ENDS_AFTER = 20.0
#: The service's own delay, in seconds, which a client on loopback would not meet.
DELAY = 0.2
POINTS = 1000
JOBS_BEFORE = 2000

Figures = dict[str, dict[str, float]]


def main() -> None:
    if not PYTHON.exists():
        raise SystemExit("the other clients are not installed: run make bench")
    warnings.simplefilter("ignore")
    figures: dict[str, Any] = {
        "measured": {"python": platform.python_version(), "machine": platform.machine(), "load": os.getloadavg()[0]},
        "importing, ms": importing(),
        "one status call, us": {name: one_status_call(name) for name in CLIENTS},
        f"following {FOLLOWED} jobs that end after {ENDS_AFTER:g} s": {name: following(name) for name in CLIENTS},
        f"a scan of {POINTS} points with keys on an account with {JOBS_BEFORE} jobs": scan(),
        "listing 100,000 jobs": {"quantum-jobs": listing.of(PYTHON, "quantum-jobs")},
    }
    for title, rows in figures.items():
        print(f"\n{title}")
        for name, value in rows.items():
            shown = (
                "  ".join(f"{key} {_short(each)}" for key, each in value.items())
                if isinstance(value, Mapping)
                else _short(value)
            )
            print(f"  {name:<30} {shown}")
    (HERE / "figures.json").write_text(json.dumps(figures, indent=2) + "\n")
    picture(figures)


def _short(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def importing() -> dict[str, float]:
    """Fresh interpreters, in turn; the bare interpreter is taken off."""
    seconds: dict[str, list[float]] = {"": [], **{name: [] for name in IMPORTS}}
    for _ in range(IMPORT_RUNS):
        for name, taken in seconds.items():
            statement = f"import {IMPORTS[name]}" if name else "pass"
            started = time.perf_counter()
            subprocess.run([PYTHON, "-W", "ignore", "-c", statement], check=True, capture_output=True)
            taken.append(time.perf_counter() - started)
    bare = statistics.median(seconds.pop(""))
    return {name: (statistics.median(taken) - bare) * 1000 for name, taken in seconds.items()}


def command(name: str, task: str, url: str, count: int = 1) -> list[str]:
    return [str(PYTHON), "-W", "ignore", str(HERE / "clients.py"), name, task, url, str(count)]


def one_status_call(name: str) -> float | str:
    # The clock stands still: some clients do not ask for a job that is over.
    with Sandbox(clock=SteppedClock(1_750_000_000.0)) as sandbox:
        run = subprocess.run(
            command(name, "status", sandbox.url(CLIENTS[name].service)), capture_output=True, text=True, timeout=300
        )
    return float(_told(run.stdout)["microseconds"]) if run.returncode == 0 else _failure(run.stderr)


def following(name: str) -> dict[str, float] | str:
    """All jobs end at one moment; requests are counted from the first question to the last result."""
    clock = SteppedClock(1_750_000_000.0)
    with Sandbox(clock=clock) as sandbox:
        started = command(name, "follow", sandbox.url(CLIENTS[name].service), FOLLOWED)
        with subprocess.Popen(
            started, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            assert child.stderr is not None
            if child.stdout.readline().strip() != "ready":
                return _failure(child.stderr.read())
            before = len(sandbox.journal.select())
            sandbox.faults.add("delay", seconds=DELAY)
            child.stdin.write("go\n")
            child.stdin.flush()
            time.sleep(ENDS_AFTER)
            over = time.time()
            clock.advance(3600)
            told, errors = child.communicate(timeout=300)
        if child.returncode:
            return _failure(errors)
        found = _told(told)
        return {
            "requests": len(sandbox.journal.select()) - before,
            "seconds past the end": found["ended"] - over,
            "cpu seconds": found["cpu"],
            "megabytes": found["megabytes"],
        }


def scan() -> Figures:
    """This library only: the others have no keys."""
    code = (
        "import sys, json, quantum_jobs\n"
        "url, points, store = sys.argv[1], int(sys.argv[2]), sys.argv[3] or False\n"
        "circuit = {'gateset': 'qis', 'qubits': 1, 'circuit': [{'gate': 'x', 'target': 0}]}\n"
        "with quantum_jobs.connect('ionq', api_key='benchmark-key', base_url=url, store=store) as client:\n"
        "    client.submit_many([circuit] * points, device='simulator', shots=10, idempotency_key='bench')\n"
    )
    found: Figures = {}
    for title, store in (("without a store", ""), ("with a store", "jobs.sqlite3")):
        with Sandbox() as sandbox:
            with sandbox.connect("ionq", api_key="benchmark-key") as client:
                circuit = {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "x", "target": 0}]}
                client.submit_many([circuit] * JOBS_BEFORE, device="simulator", shots=10)
            folder = HERE.parent / "build"
            folder.mkdir(exist_ok=True)
            (folder / "jobs.sqlite3").unlink(missing_ok=True)
            for again in ("", ", again"):
                before, started = len(sandbox.journal.select()), time.perf_counter()
                subprocess.run(
                    [str(PYTHON), "-c", code, sandbox.url("ionq"), str(POINTS), store and str(folder / store)],
                    check=True,
                    timeout=600,
                )
                found[title + again] = {
                    "requests": len(sandbox.journal.select()) - before,
                    "seconds": time.perf_counter() - started,
                }
    return found


def _told(output: str) -> dict[str, float]:
    found: dict[str, float] = json.loads(output.strip().splitlines()[-1])
    return found


def _failure(errors: str) -> str:
    return "failed: " + (errors.strip().splitlines() or ["no output"])[-1][:120]


def picture(figures: Mapping[str, Any]) -> None:
    """Requests and lateness of following, and the time that importing takes, beside one another."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    followed = next(rows for title, rows in figures.items() if title.startswith("following"))
    followed = {name: row for name, row in followed.items() if isinstance(row, Mapping)}
    panels = {
        f"requests to follow {FOLLOWED} jobs": {name: row["requests"] for name, row in followed.items()},
        "seconds past their end": {name: row["seconds past the end"] for name, row in followed.items()},
        "importing, ms": figures["importing, ms"],
    }
    figure, axes = pyplot.subplots(1, len(panels), figsize=(12, 3.2), layout="constrained")
    for axis, (title, values) in zip(axes, panels.items(), strict=True):
        ours = ["#0072B2" if name.startswith("quantum-jobs") else "#BBBBBB" for name in values]
        bars = axis.barh(list(values), list(values.values()), color=ours)
        axis.bar_label(bars, fmt="%.4g", padding=2)
        axis.set_title(title, fontsize=10)
        axis.invert_yaxis()
        axis.margins(x=0.18)
        axis.spines[["top", "right"]].set_visible(False)
    figure.savefig(HERE / "figures.png", dpi=100)


if __name__ == "__main__":
    main()
