"""Results of IonQ API v0.4: which of a job's sources is the result, and how it is fetched.

A job names its sources behind artifact ids by format (since September 2026), behind URLs by kind (since April 2026), or
both. What IonQ presents as the result are probabilities, error mitigation included; the histogram is what was measured
before that, and is read only when asked for. The circuits of a multi-circuit job are jobs with sources of their own.
A source that the job names and the service then refuses is an error, and no reason to take another one in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

import attrs
from quantum_apis.ionq_v0_4 import models
from quantum_apis.ionq_v0_4.api.jobs import get_job_artifact, get_job_probabilities
from quantum_apis.ionq_v0_4.types import UNSET

from quantum_jobs.errors import InvalidRequestError, NotFoundError, UnsupportedError
from quantum_jobs.http.messages import Call, call
from quantum_jobs.model import JobRecord, Result
from quantum_jobs.services import ionq, ionq_outcomes as shapes, reading
from quantum_jobs.services.base import Ask, Service

T = TypeVar("T")

#: The word of ours for the histogram as measured.
RAW = "raw"

#: Keys of a job's results, best first.
_PROBABILITIES = ("ionq.result.probabilities.json.v2", "ionq.result.probabilities.json.v1", "probabilities")
_HISTOGRAMS = ("ionq.result.histogram.json.v2", "ionq.result.histogram.json.v1", "histogram")
_SHOTS = ("ionq.result.shots.json.v2", "ionq.result.shots.json.v1", "shots")
#: The same of a whole job of several circuits.
_AGGREGATES = ("ionq.result.probabilities-aggregate.json.v1", "probabilities")
_PLACES = {*_PROBABILITIES, *_HISTOGRAMS, *_SHOTS, *_AGGREGATES}

_SHOTS_BY_REGISTER = "ionq.result.shots.json.v2"
#: Programs with classical bits of their own. Integers know the qubits only, so for these the shots by register are
#: the result where no other document has registers.
_CLASSICAL_TYPES = ("ionq.qasm3.v1", "ionq.qir.v1")


async def results(
    service: Service, ask: Ask, record: JobRecord, *, memory: bool, aggregation: str | None
) -> list[Result]:
    """What ``Service.results`` promises."""
    if "results" not in record.raw or (_is_of_several(record) and not record.child_ids):
        # The answer to a submission, or a row of a listing, which leaves out the order of the circuits.
        record = ionq.with_shots_of(await ask(service.get(record.id)), record.shots)
    if record.raw.get("dry_run") is True:
        raise UnsupportedError(
            f"{record.ref} was a dry run: its program was compiled and never run, so it has no result; "
            "compiled_program() gives what was compiled"
        )
    inline = _inline(record)
    if inline is not None and aggregation is None:
        return [inline]
    if _is_of_several(record):
        found = await _of_several(service, ask, record, memory=memory, aggregation=aggregation)
        return ionq.over_classical_bits(record, None, found)
    parent = await ionq.parent_of(service, ask, record)
    record = ionq.with_shots_of(record, parent.shots if parent else None)
    named = _named(record, aggregation)
    found = await _unnamed(ask, record, [], aggregation) if named is None else [await ask(named)]
    found = await _with_shots(ask, [record], found, memory=memory, aggregation=aggregation)
    return ionq.over_classical_bits(record, parent, found)


def _is_of_several(record: JobRecord) -> bool:
    return bool(record.child_ids) or "multi-circuit" in (reading.text(record.raw.get("type")) or "")


def _inline(record: JobRecord) -> Result | None:
    """Values in place of sources: a quantum function or an optimization gives numbers, which stand in ``raw``."""
    places = reading.items(record.raw.get("results"))
    if any(isinstance(place, Mapping) and place.keys() & {"id", "url"} for place in places.values()):
        return None
    values = [value for key, value in places.items() if key not in _PLACES and value not in (None, {})]
    return Result(raw=dict(places)) if values else None


async def _of_several(
    service: Service, ask: Ask, record: JobRecord, *, memory: bool, aggregation: str | None
) -> list[Result]:
    """From each circuit's own artifact; where one has none, from what the whole job has, for all of them."""
    circuits = await ionq.circuits(service, ask, record)
    own = _all_named(circuits, aggregation, urls=False)
    whole = _of_whole(record, circuits) if own is None and aggregation is None else None
    if own is None and whole is None:
        own = _all_named(circuits, aggregation, urls=True)
    if own is not None:
        found = await ask.together(own)
    elif whole is not None:
        found = await ask(whole)
    else:
        found = await _unnamed(ask, record, circuits, aggregation)
    return await _with_shots(ask, circuits, found, memory=memory, aggregation=aggregation) if circuits else found


def _all_named(circuits: Sequence[JobRecord], aggregation: str | None, *, urls: bool) -> list[Call[Result]] | None:
    """The calls to each circuit's own source; None where one of them names none."""
    named = [_named(circuit, aggregation, urls=urls) for circuit in circuits]
    calls = [each for each in named if each is not None]
    return calls if calls and len(calls) == len(circuits) else None


def _named(record: JobRecord, aggregation: str | None, *, urls: bool = True) -> Call[Result] | None:
    """The call to the source that the job itself names; None where it names none of the kind."""
    places = reading.items(record.raw.get("results"))
    keys: tuple[str, ...] = _PROBABILITIES if aggregation is None else _HISTOGRAMS
    read = shapes.read_probabilities if aggregation is None else shapes.read_histogram
    if aggregation is not None and aggregation != RAW:
        places, keys = _aggregations(record), (aggregation,)
    elif record.raw.get("type") in _CLASSICAL_TYPES:
        keys = (keys[0], _SHOTS_BY_REGISTER, *keys[1:])
    for key in keys:
        reader = shapes.read_from_shots if key == _SHOTS_BY_REGISTER else read
        found = _call_to(record, key, places.get(key), partial(reader, record=record), urls=urls)
        if found is not None:
            return found
    return None


def _of_whole(record: JobRecord, circuits: Sequence[JobRecord]) -> Call[list[Result]] | None:
    """The call to the source that a job of several circuits names for all of them."""
    places = reading.items(record.raw.get("results"))
    for key in _AGGREGATES:
        found = _call_to(record, key, places.get(key), lambda body: shapes.read_by_circuit(body, record, circuits))
        if found is not None:
            return attrs.evolve(found, max_body=shapes.longest_answer(circuits))
    return None


async def _unnamed(ask: Ask, record: JobRecord, circuits: Sequence[JobRecord], aggregation: str | None) -> list[Result]:
    """Probabilities from the one path that every job has, whether the job names it or not."""

    def read(body: Any) -> list[Result]:
        if _is_of_several(record):
            return shapes.read_by_circuit(body, record, circuits)
        return [shapes.read_probabilities(body, record)]

    there = _methods(circuits or [record])
    if aggregation == RAW or (aggregation is not None and there - {RAW}):
        raise _no_such(record, aggregation, there)
    request = get_job_probabilities.build_request(record.id, aggregation=UNSET if aggregation is None else aggregation)
    max_body = shapes.longest_answer(circuits or [record])
    try:
        return await ask(call(request, read, not_yet=True, max_body=max_body))
    except (NotFoundError, InvalidRequestError):
        if aggregation is None and RAW not in there:
            raise
    raise _no_such(record, aggregation, there)


def _no_such(record: JobRecord, aggregation: str | None, there: set[str]) -> UnsupportedError:
    asked = "probabilities" if aggregation is None else f"result of the aggregation {aggregation!r}"
    named = f"aggregation= takes {', '.join(map(repr, sorted(there)))} here" if there else "it names no other one"
    return UnsupportedError(f"{record.ref}: the service has no {asked} of this job; {named}")


def _methods(circuits: Sequence[JobRecord]) -> set[str]:
    """The aggregations that every one of these jobs names, the histogram as measured among them."""
    named = [{*_aggregations(record), *([RAW] if _named(record, RAW) is not None else [])} for record in circuits]
    return set.intersection(*named)


def _aggregations(record: JobRecord) -> Mapping[str, Any]:
    output = reading.items(record.raw.get("output"))
    return reading.items(reading.items(output.get("error_mitigation")).get("aggregations"))


async def _with_shots(
    ask: Ask, circuits: Sequence[JobRecord], found: Sequence[Result], *, memory: bool, aggregation: str | None
) -> list[Result]:
    """The results with what only the shots tell; they are fetched for the jobs that need and name them."""
    # A method of mitigation has outcomes of its own, which the shots as measured do not have.
    joint = aggregation in (None, RAW)
    joined = list(found)
    calls: dict[int, Call[Result]] = {}
    for number, (record, result) in enumerate(zip(circuits, found, strict=True)):
        shots = _shots_of(record, result, joint=joint, memory=memory)
        if shots is not None:
            calls[number] = shots
    for number, result in zip(calls, await ask.together(list(calls.values())), strict=True):
        joined[number] = result
    return joined


def _shots_of(record: JobRecord, result: Result, *, joint: bool, memory: bool) -> Call[Result] | None:
    """The call to the shots that turns ``result`` into one with them; None where it needs none, or the job names
    none."""
    joint = joint and result.counts_kind != "measured" and len(shapes.own_registers(result.registers)) > 1
    if not (joint or memory):
        return None

    def read(body: Any) -> Result:
        shots = shapes.read_shots(body, record.num_qubits or result.num_qubits)
        return shapes.with_shots(result, shots, record, joint=joint, memory=memory)

    places = reading.items(record.raw.get("results"))
    for key in _SHOTS:
        found = _call_to(record, key, places.get(key), read)
        if found is not None:
            return found
    return None


def _call_to(
    record: JobRecord, key: str, place: object, read: Callable[[Any], T], *, urls: bool = True
) -> Call[T] | None:
    """The call to an artifact of the format ``key``, or to a URL; None where ``place`` names neither."""
    named = reading.items(place)
    artifact = reading.identifier(models.ArtifactDescriptor.from_dict(named).id)
    url = reading.text(models.ResultUrl.from_dict(named).url)
    if artifact is not None and not (key.startswith("ionq.") and reading.text(named.get("format")) not in (None, key)):
        request, linked = get_job_artifact.build_request(record.id, artifact), {}
    elif url is not None and urls:
        request, linked = get_job_probabilities.build_request(record.id), {"url": url, "linked": True}
    else:
        return None
    return call(request, read, not_yet=True, max_body=shapes.longest_answer([record]), **linked)
