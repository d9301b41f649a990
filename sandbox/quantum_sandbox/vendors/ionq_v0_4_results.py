"""What a job of IonQ v0.4 shows after its submission: bodies of results and artifacts, output, stats and values."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from quantum_sandbox.engine import Language
from quantum_sandbox.jobs import Job, JobState, Phase

from . import ionq_debiasing as debiasing, ionq_result_formats as results
from .ionq_devices import Backend, gates_of


def body_of(job: Job, backend: Backend, result_format: str, leakage: float = 0.0) -> Any:
    """The body of a result.

    `leakage` is the number of leaked shots of a QPU for each requested one. They are marked, and are in the shots of
    version 2 only.
    """
    if result_format == results.AGGREGATE:
        return results.aggregate(job)
    circuit = job.measured[0]
    if result_format in (results.PROBABILITIES_V1, results.PROBABILITIES_V2):
        return results.content(circuit, result_format, circuit.probabilities)
    outcomes = debiasing.outcomes_as_measured(job, backend)
    if result_format in (results.HISTOGRAM_V1, results.HISTOGRAM_V2):
        return results.content(circuit, result_format, Counter(outcomes))
    shots = [results.Shot(outcome) for outcome in outcomes]
    if result_format == results.SHOTS_V2 and leakage and not backend.is_simulator:
        shots = _with_leaked(job, outcomes, leakage)
    return results.content(circuit, result_format, {}, shots)


def artifact(job: Job, backend: Backend, artifact_id: str, formats: Sequence[str], leakage: float) -> Any:
    """The content of an artifact of a job with results in `formats`; None for an unknown id."""
    for result_format in formats:
        if results.artifact_id(job, result_format) == artifact_id:
            return body_of(job, backend, result_format, leakage)
    content = compiled_circuit(job, artifact_id)
    if content is None and formats and debiasing.is_used(job, backend):
        content = debiasing.artifact(job, backend, artifact_id)
    return content


def tempo_body(job: Job, backend: Backend, kind: str, leakage: float) -> Any:
    """A result in the form of the Tempo machines, with registers at the top level.

    If the settings of the job request it, the probabilities come with the leakage of each shot.
    """
    circuit = job.measured[0]
    if kind == "probabilities":
        body: dict[str, Any] = {"probabilities": results.by_register(circuit, circuit.probabilities)}
        settings = job.request.get("settings")
        if isinstance(settings, Mapping) and settings.get("include_leakage") and not backend.is_simulator:
            shots = _with_leaked(job, results.outcomes_in_order(job), leakage)
            body["output"] = {"error_mitigation": {"leakage": [list(shot.leakage_bits or ()) for shot in shots]}}
        return body
    outcomes = debiasing.outcomes_as_measured(job, backend)
    if kind == "histogram":
        return {"histogram": results.by_register(circuit, Counter(outcomes))}
    registers = results.registers_of(circuit)
    shots_by_register = [
        {name: [results.bits_of(outcome, bits)] for name, bits in registers.items()} for outcome in outcomes
    ]
    return {"shots": shots_by_register}


def _with_leaked(job: Job, outcomes: Sequence[str], leakage: float) -> list[results.Shot]:
    """The shots with leaked ones at random positions. A leaked qubit is read as 1."""
    circuit, rng = job.measured[0], random.Random(f"{job.seed}:leakage")
    none = [0] * circuit.num_qubits
    shots = [results.Shot(outcome, none) for outcome in outcomes]
    if not circuit.num_qubits or not outcomes or not leakage:
        return shots
    for _ in range(max(1, round(leakage * len(outcomes)))):
        qubit, outcome = rng.randrange(circuit.num_qubits), list(rng.choice(outcomes))
        outcome[-1 - circuit.qubits[qubit]] = "1"
        leaked = results.Shot("".join(outcome), [int(other == qubit) for other in range(circuit.num_qubits)])
        shots.insert(rng.randrange(len(shots) + 1), leaked)
    return shots


_FORMATS: Mapping[str, tuple[Language, str]] = {
    "ionq.native.v1": ("ionq.native", "application/json"),
    "ionq.qasm3.v1": ("qasm3", "text/plain"),
}
"""Language and media type of the formats of compiled circuits.

The document names the formats without their content: here gates are native, and angles are in turns.
"""


def compilation(job: Job) -> dict[str, Any]:
    """The entry ``compilation`` in the output of a job that has run; empty where there is no compiled circuit."""
    circuits = {
        name: {"id": results.artifact_id(job, name), "format": name, "media_type": media_type}
        for name, (language, media_type) in _FORMATS.items()
        if language in _compiled(job)
    }
    return {"compilation": {"compiled_circuits": circuits}} if circuits else {}


def compiled_circuit(job: Job, artifact_id: str) -> Any:
    """The content of a compiled circuit, JSON or text; None for an unknown id."""
    for name, (language, media_type) in _FORMATS.items():
        if language in _compiled(job) and results.artifact_id(job, name) == artifact_id:
            source = _compiled(job)[language]
            return source if media_type.startswith("text/") else json.loads(source)
    return None


def _compiled(job: Job) -> Mapping[Language, str]:
    """The compiled circuit of a job of one circuit. Of several circuits, the children have them."""
    return {} if job.child_ids or not job.measured else job.measured[0].compiled


def output_of(job: Job, state: JobState, backend: Backend) -> dict[str, Any]:
    """The ``output`` of a job: compiled circuits and error mitigation."""
    if state.phase is not Phase.COMPLETED:
        return {}
    # A dry run is compiled only.
    return {**compilation(job), **({} if job.request.get("dry_run") else _mitigation(job, backend))}


def stats_of(job: Job, state: JobState) -> dict[str, Any]:
    """The ``stats`` of a job of one circuit, or of all circuits of a function; empty before it runs."""
    if state.phase not in (Phase.RUNNING, Phase.COMPLETED):
        return {}
    if results.is_function(job):
        values, circuit = job.solved[0].values, job.solved[0].circuit
        one, two = values["gates"] if circuit is None else gates_of([circuit])
        return _stats(job.solved[0].num_qubits, values.get("circuits", 1), one, two)
    if job.child_ids or not job.measured:
        return {}
    return _stats(job.measured[0].num_qubits, 1, *gates_of(job.measured))


def values_of(job: Job) -> dict[str, Any]:
    """The results of a function, which are part of the job."""
    values = job.solved[0].values
    if "optimal_cost" in values:
        return {"qaoa_results": dict(values)}
    return {name: values[name] for name in ("value", "variance")}


def _mitigation(job: Job, backend: Backend) -> dict[str, Any]:
    if debiasing.is_used(job, backend):
        return {"error_mitigation": debiasing.rendered(job, backend)}
    # The real API gives false here, contrary to its document, on devices that support debiasing.
    is_off = not backend.is_simulator and not job.child_ids and not results.is_function(job)
    return {"error_mitigation": {"debiasing": False}} if is_off else {}


def _stats(qubits: int, circuits: int, one: int, two: int) -> dict[str, Any]:
    return {"qubits": qubits, "circuits": circuits, "gate_counts": {"1q": one, "2q": two}}
