"""The bodies of a job's results and artifacts at IonQ v0.4."""

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
    """The body of one result of a job that has it.

    `leakage` is how many shots a QPU takes for each that is wanted in which a qubit leaves its two states. They are
    marked, and they are in the shots of version 2 only.
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
    """The content of an artifact of a job that has results in `formats`; None where the id names none."""
    for result_format in formats:
        if results.artifact_id(job, result_format) == artifact_id:
            return body_of(job, backend, result_format, leakage)
    content = compiled_circuit(job, artifact_id)
    if content is None and formats and debiasing.is_used(job, backend):
        content = debiasing.artifact(job, backend, artifact_id)
    return content


def tempo_body(job: Job, backend: Backend, kind: str, leakage: float) -> Any:
    """A result in the form of the Tempo machines: registers without a key around them.

    A job whose settings ask for it gets the leakage of each shot beside its probabilities.
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
    """The shots with those in between in which a qubit leaked; it is read as 1, whatever it was."""
    circuit, chance = job.measured[0], random.Random(f"{job.seed}:leakage")
    none = [0] * circuit.num_qubits
    shots = [results.Shot(outcome, none) for outcome in outcomes]
    if not circuit.num_qubits or not outcomes or not leakage:
        return shots
    for _ in range(max(1, round(leakage * len(outcomes)))):
        qubit, outcome = chance.randrange(circuit.num_qubits), list(chance.choice(outcomes))
        outcome[-1 - circuit.qubits[qubit]] = "1"
        leaked = results.Shot("".join(outcome), [int(other == qubit) for other in range(circuit.num_qubits)])
        shots.insert(chance.randrange(len(shots) + 1), leaked)
    return shots


_FORMATS: Mapping[str, tuple[Language, str]] = {
    "ionq.native.v1": ("ionq.native", "application/json"),
    "ionq.qasm3.v1": ("qasm3", "text/plain"),
}
"""Language and media type of each format."""


def compilation(job: Job) -> dict[str, Any]:
    """What stands in the output of a job that has run; nothing where no compiled circuit was kept."""
    circuits = {
        name: {"id": results.artifact_id(job, name), "format": name, "media_type": media_type}
        for name, (language, media_type) in _FORMATS.items()
        if language in _compiled(job)
    }
    return {"compilation": {"compiled_circuits": circuits}} if circuits else {}


def compiled_circuit(job: Job, artifact_id: str) -> Any:
    """The content of a compiled circuit, JSON or text; None where the id names none."""
    for name, (language, media_type) in _FORMATS.items():
        if language in _compiled(job) and results.artifact_id(job, name) == artifact_id:
            source = _compiled(job)[language]
            return source if media_type.startswith("text/") else json.loads(source)
    return None


def _compiled(job: Job) -> Mapping[Language, str]:
    """Of a job of one circuit; those of several are its children's."""
    return {} if job.child_ids or not job.measured else job.measured[0].compiled


def output_of(job: Job, state: JobState, backend: Backend) -> dict[str, Any]:
    """What was made on the way to the results."""
    if state.phase is not Phase.COMPLETED:
        return {}
    # A dry run is compiled and no more.
    return {**compilation(job), **({} if job.request.get("dry_run") else _mitigation(job, backend))}


def stats_of(job: Job, state: JobState) -> dict[str, Any]:
    """Sizes of a job of one circuit, or of all that a function ran; nothing before it runs."""
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
    """The results of a function, which stand in the job itself."""
    values = job.solved[0].values
    if "optimal_cost" in values:
        return {"qaoa_results": dict(values)}
    return {name: values[name] for name in ("value", "variance")}


def _mitigation(job: Job, backend: Backend) -> dict[str, Any]:
    if debiasing.is_used(job, backend):
        return {"error_mitigation": debiasing.rendered(job, backend)}
    # The real API has false here, in spite of its own document, on devices that could have done it.
    is_off = not backend.is_simulator and not job.child_ids and not results.is_function(job)
    return {"error_mitigation": {"debiasing": False}} if is_off else {}


def _stats(qubits: int, circuits: int, one: int, two: int) -> dict[str, Any]:
    return {"qubits": qubits, "circuits": circuits, "gate_counts": {"1q": one, "2q": two}}
