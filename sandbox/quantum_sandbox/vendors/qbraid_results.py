"""qBraid's result data, whose form depends on the device."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quantum_sandbox.engine import CircuitResult, SolverResult
from quantum_sandbox.jobs import Job

from .qbraid_devices import DEVICES

_DETECTIONS: Mapping[str, tuple[int, int]] = {"g": (1, 1), "r": (1, 0), "e": (0, 0)}
"""Whether an atom is detected before and after. Detection loses atoms in the Rydberg state."""


MAX_ROWS = 100
"""Number of shots in the ``measurements`` of a result, at most."""


def result_data(job: Job, *, with_rows: bool) -> list[dict[str, Any]]:
    """The result data of each program of a job that has run. `with_rows`: include single shots."""
    outcomes: Sequence[CircuitResult | SolverResult] = job.measured or job.solved
    render = _RENDERERS[DEVICES[job.device].results]
    return [_with_rows(render(job, outcome, index), with_rows) for index, outcome in enumerate(outcomes)]


def _with_rows(result: dict[str, Any], included: bool) -> dict[str, Any]:
    """The result with at most `MAX_ROWS` rows, or without rows."""
    rows = result.pop("measurements", None)
    if rows is None or not included:
        return result
    more = {"measurementsTruncated": True, "totalShots": len(rows)} if len(rows) > MAX_ROWS else {}
    return {**result, "measurements": rows[:MAX_ROWS], **more}


def _counts(job: Job, outcome: Any, index: int) -> dict[str, Any]:
    """Keys are bitstrings with bit 0 rightmost."""
    return {
        "measurementCounts": dict(outcome.counts or {}),
        "measurementProbabilities": dict(outcome.probabilities),
        "runnerVersion": "sandbox",
        "runnerSeed": job.seed,
    }


def _counts_and_rows(job: Job, outcome: Any, index: int) -> dict[str, Any]:
    """qBraid's simulator: counts, and the bits of each shot in the order of the keys."""
    rows = [[int(bit) for bit in key] for key in _in_order(outcome.counts or {}, job.seed + index)]
    return {"measurementCounts": dict(outcome.counts or {}), "seed": None, "measurements": rows}


def _compiled_counts(job: Job, outcome: Any, index: int) -> dict[str, Any]:
    """Equal1's simulator. The compiled output is the program itself, as in the vendor's example."""
    sent = job.request["program"]
    program = sent[index] if isinstance(sent, list) else sent
    return {
        "measurementCounts": dict(outcome.counts or {}),
        "compiledOutput": base64.b64encode(program["data"].encode()).decode(),
        "irType": program["format"],
        "noiseModel": noise_model_of(job.request) or DEVICES[job.device].noise_model,
        "simulationPlatform": "CPU",
        "executionOptions": None,
    }


def _atoms(job: Job, outcome: Any, index: int) -> dict[str, Any]:
    """Neutral atoms: one letter for each site: g, r, or e for no atom."""
    counts: Mapping[str, int] = outcome.values["counts"]
    return {
        "measurementCounts": dict(counts),
        "measurements": [
            {
                "success": True,
                "pre_sequence": [_DETECTIONS[letter][0] for letter in key],
                "post_sequence": [_DETECTIONS[letter][1] for letter in key],
            }
            for key in _in_order(counts, job.seed + index)
        ],
    }


def _solutions(job: Job, outcome: Any, index: int) -> dict[str, Any]:
    """Annealing: `time` is in seconds, `memory_usage` the size of the matrix in MB. There are no constraints."""
    found = outcome.values["solutions"]
    usage = {
        "time": job.latency.running,
        "constraint": True,
        "memory_usage": round(8 * outcome.num_qubits**2 / 2**20, 6),
    }
    return {"solutions": [{**solution, **usage} for solution in found], "solutionCount": len(found)}


_RENDERERS: Mapping[str, Callable[[Job, Any, int], dict[str, Any]]] = {
    "counts": _counts,
    "counts and rows": _counts_and_rows,
    "compiled counts": _compiled_counts,
    "atoms": _atoms,
    "solutions": _solutions,
}


def noise_model_of(request: Mapping[str, Any]) -> Any:
    """The requested noise model. qBraid does not document the option; both spellings are accepted."""
    options = request.get("runtimeOptions") or {}
    return options.get("noiseModel") or options.get("noise_model")


def _in_order(counts: Mapping[str, int], seed: int) -> list[str]:
    """One key for each shot, in a random order that depends on the seed only."""
    shots = [key for key, count in counts.items() for _ in range(count)]
    random.Random(seed).shuffle(shots)
    return shots
