"""What IonQ's two API versions have in common: key, errors, circuits, options, and the shapes of outcomes.

IonQ's integer outcomes are little-endian (qubit i is bit i); a register's shots are arrays in which element i is bit i.
Cursors lead through listings, and nothing can be searched for, so an idempotency key is found by looking through them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quantum_jobs import programs
from quantum_jobs.counts import bitstring
from quantum_jobs.errors import UsageError
from quantum_jobs.model import JobRecord, Program, Result
from quantum_jobs.services import outcomes, reading
from quantum_jobs.services.base import OWN_TAGS, Submission

#: Names under which an IonQ JSON circuit may come.
CIRCUIT_FORMATS = (programs.IONQ_CIRCUIT, "ionq.circuit.v0")
#: The register that the service itself makes of all measured bits.
WHOLE_REGISTER = "output_all"
#: How many ids one status request holds: a page has at most 25 jobs.
STATUS_CHUNK = 25
#: How many ids one bulk cancel or delete holds. No limit is documented.
BULK_CHUNK = 100


def headers(api_key: str) -> Mapping[str, str]:
    """IonQ wants the literal word apiKey before the key."""
    return {"Authorization": f"apiKey {api_key}"}


def read_error(body: Any) -> tuple[str | None, str | None]:
    """``{error, message, statusCode, validation?}``."""
    error = reading.json_object(body)
    kind, message = reading.text(error.get("error")), reading.text(error.get("message"))
    keys = reading.texts(reading.items(error.get("validation")).get("keys"))
    where = f" (at {', '.join(keys)})" if keys else ""
    return (message or kind or "") + where or None, kind


def metadata(submission: Submission) -> dict[str, str]:
    """The caller's tags and our own; IonQ takes strings only."""
    return {**texts(submission.tags), **submission.own_tags}


def texts(tags: Mapping[str, str | int | bool]) -> dict[str, str]:
    """Tags as IonQ keeps them."""
    return {key: _as_text(value) for key, value in tags.items()}


def _as_text(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def circuit_of(program: Program) -> dict[str, Any] | None:
    """The JSON circuit in a program; None for a program of another format."""
    return programs.checked_circuit(program.data) if program.format in CIRCUIT_FORMATS else None


#: Fields of the body that have an argument of their own: given twice, nobody would know which holds.
_ARGUMENTS = {"shots": "shots", "backend": "device", "target": "device", "name": "name", "input": "program"}


def merged(body: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """The body with a caller's options in it, objects merged into objects. Our own tags always stay."""
    result = dict(body)
    for key, value in options.items():
        if key in _ARGUMENTS:
            raise UsageError(f"options has {key!r}: say it with the argument {_ARGUMENTS[key]}= of submit")
        old = result.get(key)
        result[key] = merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    own = {key: tag for key, tag in reading.items(body.get("metadata")).items() if key.startswith(OWN_TAGS)}
    if own:
        result["metadata"] = {**reading.items(result.get("metadata")), **own}
    return result


def read_probabilities(body: Any, record: JobRecord, children: Sequence[JobRecord] = ()) -> list[Result]:
    """Flat (v1), by register (v2), or of a job of several circuits: an object of flat ones by the circuits' job ids."""
    by_register = _registers(body, "probabilities")
    if by_register is not None:
        read = {
            name: outcomes.from_probabilities(outcomes.bit_outcomes(register), None, record.shots, register)
            for name, register in by_register.items()
        }
        return [outcomes.with_registers(read, WHOLE_REGISTER, body)]
    flat = reading.json_object(body)
    if flat and all(isinstance(value, Mapping) for value in flat.values()):
        return _of_several(flat, record, children)
    return [_flat_probabilities(flat, record)]


def _flat_probabilities(flat: Mapping[str, Any], record: JobRecord) -> Result:
    return outcomes.from_probabilities(
        outcomes.decimal_outcomes(flat, record.num_qubits), record.num_qubits, record.shots, flat
    )


def _of_several(by_child: Mapping[str, Any], record: JobRecord, children: Sequence[JobRecord]) -> list[Result]:
    known = {child.id: child for child in children}
    order = tuple(record.child_ids) or tuple(by_child)
    results = []
    for job_id in order:
        if job_id not in by_child:
            raise ValueError(f"the outcomes of circuit {job_id!r} are missing")
        child = known.get(job_id)
        circuit = JobRecord(
            id=job_id,
            service=record.service,
            num_qubits=child.num_qubits if child else None,
            shots=reading.first(child.shots if child else None, record.shots),
        )
        results.append(_flat_probabilities(by_child[job_id], circuit))
    return results


def read_histogram(body: Any, record: JobRecord, children: Sequence[JobRecord] = ()) -> list[Result]:
    """Shots counted by the service: flat (v1) or by register (v2)."""
    by_register = _registers(body, "histogram")
    if by_register is None:
        counts = outcomes.decimal_outcomes(reading.json_object(body), record.num_qubits)
        return [outcomes.from_counts(counts, record.num_qubits, body)]
    read = {
        name: outcomes.from_counts(outcomes.bit_outcomes(register), None, register)
        for name, register in by_register.items()
    }
    return [outcomes.with_registers(read, WHOLE_REGISTER, body)]


def read_shots(body: Any, record: JobRecord, children: Sequence[JobRecord] = ()) -> list[Result]:
    """One outcome per shot: integers as text (v1), or arrays of bits by register (v2)."""
    if isinstance(body, Mapping):
        return [_shots_by_register(body)]
    if not isinstance(body, list):
        raise TypeError(f"expected the list of shots, got {type(body).__name__}")
    values = [outcomes.whole(shot) for shot in body]
    width = record.num_qubits or max((value.bit_length() for value in values), default=1) or 1
    return [outcomes.from_shots([bitstring(value, width) for value in values], width, body)]


def _shots_by_register(body: Mapping[str, Any]) -> Result:
    rows = body.get("shots")
    if not isinstance(rows, list):
        raise TypeError("'shots' should be a list")
    by_register: dict[str, list[str]] = {}
    for row in rows:
        for name, bits in reading.json_object(reading.json_object(row).get("registers")).items():
            by_register.setdefault(name, []).append("".join(outcomes.bit(bit) for bit in reversed(bits)))
    read = {name: outcomes.from_shots(shots, None, None) for name, shots in by_register.items()}
    return outcomes.with_registers(read, WHOLE_REGISTER, body)


def _registers(body: Any, kind: str) -> Mapping[str, Any] | None:
    """The registers of a v2 document of this kind; None for a flat one."""
    inner = reading.json_object(body).get(kind)
    return reading.json_object(inner.get("registers")) if isinstance(inner, Mapping) else None


#: How the outcomes of one kind are read.
Reader = Callable[[Any, JobRecord, Sequence[JobRecord]], list[Result]]
