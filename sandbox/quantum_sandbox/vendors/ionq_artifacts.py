"""Compiled circuits of IonQ's QPUs, which are artifacts of a job as its results are.

The vendor's document names the formats and leaves open what stands in them: here the gates are native ones, in turns.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from quantum_sandbox.engine import Language
from quantum_sandbox.jobs import Job

from . import ionq_results as results

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
