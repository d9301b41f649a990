"""Documents of results as IonQ v0.4 sends them, and the outcomes that most tests put into them."""

from __future__ import annotations

from typing import Any

from quantum_jobs import Result

from tests.wrapper.clouds import artifact, v4, v4_pages

HISTOGRAM_V1 = "ionq.result.histogram.json.v1"
HISTOGRAM_V2 = "ionq.result.histogram.json.v2"
PROBABILITIES_V1 = "ionq.result.probabilities.json.v1"
PROBABILITIES_V2 = "ionq.result.probabilities.json.v2"
SHOTS_V1 = "ionq.result.shots.json.v1"
SHOTS_V2 = "ionq.result.shots.json.v2"
AGGREGATE = "ionq.result.probabilities-aggregate.json.v1"

#: Bit 0 always, bit 1 in 30 of 100 shots, bit 2 never: no symmetry hides a turned or shifted key.
COUNTS = {"001": 70, "011": 30}
SHARES = {"001": 0.7, "011": 0.3}


def registers(kind: str, **outcomes: Any) -> dict[str, Any]:
    """A document of version 2; the bitstrings are given with bit 0 rightmost, and written as IonQ does, leftmost."""
    return {
        kind: {
            "registers": {
                name: {bits[::-1]: value for bits, value in register.items()} for name, register in outcomes.items()
            }
        }
    }


def shots_v2(rows: list[dict[str, list[int]]]) -> dict[str, Any]:
    return {"shots": [{"registers": row} for row in rows]}


def mitigated(*methods: str) -> dict[str, Any]:
    """What a job says of the results of these methods."""
    named = {method: artifact(HISTOGRAM_V2, f"by-{method}")[HISTOGRAM_V2] for method in methods}
    return {"error_mitigation": {"aggregations": named}}


ROWS = ["1"] * 70 + ["3"] * 30


def memory_of(documents: dict[str, Any], **job: Any) -> Result:
    """The result with memory of a job whose probabilities are SHARES, and which has these documents of shots too."""
    places = artifact(PROBABILITIES_V2, "p")
    bodies = {"artifacts/p": registers("probabilities", output_all=SHARES)}
    for number, (format_, body) in enumerate(documents.items()):
        places |= artifact(format_, f"s{number}")
        bodies[f"artifacts/s{number}"] = body
    return v4(places, bodies, memory=True, **job)


def multi(by_child: dict[str, Any], child_ids: list[str] | None, qubits: dict[str, int], **job: Any) -> dict[str, Any]:
    places = artifact(AGGREGATE, "probabilities-aggregate")
    pages = v4_pages(
        places,
        {"artifacts/probabilities-aggregate": by_child},
        **{"type": "ionq.multi-circuit.v1", "child_job_ids": child_ids, "stats": {"circuits": 3}, **job},
    )
    for child, width in qubits.items():
        pages[f"/jobs/{child}"] = {"id": child, "status": "completed", "parent_job_id": "a", "stats": {"qubits": width}}
    return pages
