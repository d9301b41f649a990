"""What a job of IonQ v0.4 shows beside its state: output, stats and the values of a function."""

from __future__ import annotations

from typing import Any

from quantum_sandbox.jobs import Job, Phase, State

from . import ionq_debiasing as debiasing, ionq_results as results
from .ionq_artifacts import compilation
from .ionq_devices import Backend, gates_of


def output_of(job: Job, state: State, backend: Backend) -> dict[str, Any]:
    """What was made on the way to the results."""
    if state.phase is not Phase.COMPLETED:
        return {}
    # A dry run is compiled and no more.
    return {**compilation(job), **({} if job.request.get("dry_run") else _mitigation(job, backend))}


def stats_of(job: Job, state: State) -> dict[str, Any]:
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
