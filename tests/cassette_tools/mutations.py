"""Negative controls: cassettes with one change of a kind that a vendor might make, and what verification must find."""

import copy
import json
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from tests.cassette_tools.branches import below
from tests.cassette_tools.cassette import Cassette
from tests.cassette_tools.conformance import Spec, kinds_of

KINDS = ("drop a required field", "change a type", "add an enum value", "rename a key", "change a status code")
#: Fields that the wrapper cannot do without, or that the scenarios show: a change there is seen in the outcome.
READ = frozenset(
    {
        *(
            "id",
            "jobQrn",
            "ids",
            "jobs",
            "data",
            "next",
            "hasNext",
            "pagination",
            "status",
            "results",
            "url",
            "results_url",
        ),
        *(
            "resultData",
            "results",
            "measurementCounts",
            "measurementProbabilities",
            "children",
            "child_job_ids",
            "parent_job_id",
        ),
        *(
            "name",
            "shots",
            "qubits",
            "stats",
            "backend",
            "target",
            "deviceQrn",
            "metadata",
            "tags",
            "qrn",
            "numberQubits",
        ),
        *("cost", "cost_usd", "value", "unit", "failure", "code", "message", "statusMsg", "deviceType", "batchJobQrn"),
        *(
            "estimatedCost",
            "estimated_total_cost",
            "estimated_unit",
            "quantum_jobs_idempotency_key",
            "format",
            "reason",
            "error",
        ),
        *("groupJobQrn", "executionDuration", "timeStamps", "successfulIds", "failedIds", "histogram", "probabilities"),
        *("registers", "output", "artifact", "run", "experiment", "statusCode", "type"),
    }
)
UNDOCUMENTED = {2: 207, 4: 418, 5: 599}
Steps = tuple[str | int, ...]


@frozen
class Mutated:
    """A changed cassette. Verification must find `paths` in `place` of interaction `number`, and nothing else; where it
    is not `read`, the wrapper must give the recorded outcome all the same."""

    kind: str
    cassette: Cassette
    number: int
    place: str
    paths: frozenset[str]
    read: bool


@frozen
class Spot:
    """A value in a body, with the schemas that describe it."""

    steps: Steps
    value: Any
    schemas: tuple[Mapping[str, Any], ...]


def mutate(cassette: Cassette, spec: Spec) -> list[Mutated]:
    """One change of each kind that a cassette has a place for: one that the wrapper does not read, if there is one."""
    found: dict[str, Mutated] = {}
    for tampered in _all(cassette, spec):
        if tampered.kind not in found or (found[tampered.kind].read and not tampered.read):
            found[tampered.kind] = tampered
    return [found[kind] for kind in KINDS if kind in found]


def _all(cassette: Cassette, spec: Spec) -> Iterator[Mutated]:
    for interaction in cassette.interactions:
        operation = spec.operation_of(interaction)
        if operation is None or spec.check(interaction):
            continue
        status = UNDOCUMENTED[interaction.status // 100]
        if not any(code in operation.data["responses"] for code in (f"{status // 100}XX", "default")):
            changed = _with_status(cassette, interaction.number, status)
            yield Mutated(KINDS[4], changed, interaction.number, "status", frozenset({""}), interaction.status >= 300)
        pointer = spec.body_schema(operation, interaction)
        if pointer is None:
            continue
        body = json.loads(interaction.body)
        for kind, steps, new, paths, name in _changes(spec, Spot((), body, (spec.at(pointer),))):
            changed = _with_body(cassette, interaction.number, _put(body, steps, new))
            read = name in READ or any(step in READ - {"data", "jobs"} for step in steps)
            yield Mutated(kind, changed, interaction.number, "body", frozenset(paths), read)


def _changes(spec: Spec, root: Spot) -> Iterator[tuple[str, Steps, Any, set[str], str]]:
    """Kind, where to put what, the paths that must be named, and the field's name."""
    for spot in _spots(spec, root):
        if isinstance(spot.value, dict):
            yield from _changes_of_object(spot)
            continue
        if isinstance(spot.value, list) or not spot.steps:
            continue
        name, path = str(spot.steps[-1]), _path(spot.steps)
        kinds = {kind for schema in spot.schemas for kind in kinds_of(schema)}
        if kinds and "array" not in kinds:
            yield KINDS[1], spot.steps, ["changed"], {path}, name
        if isinstance(spot.value, str) and any("enum" in schema for schema in spot.schemas):
            yield KINDS[2], spot.steps, "a-new-word", {path}, name


def _changes_of_object(spot: Spot) -> Iterator[tuple[str, Steps, Any, set[str], str]]:
    required = {name for schema in spot.schemas for name in schema.get("required", [])}
    known = {name for schema in spot.schemas for name in schema.get("properties", {})}
    base = _path(spot.steps)
    for name in spot.value:
        rest = {key: value for key, value in spot.value.items() if key != name}
        if name in required:
            yield KINDS[0], spot.steps, rest, {below(base, name)}, name
        if name in known:
            renamed = {(f"{name}_x" if key == name else key): value for key, value in spot.value.items()}
            missing = {below(base, name)} if name in required else set()
            yield KINDS[3], spot.steps, renamed, {below(base, f"{name}_x")} | missing, name


def _spots(spec: Spec, spot: Spot) -> Iterator[Spot]:
    """This value and all below it, each with what describes it."""
    schemas = tuple(_flat(spec, spot.schemas, spot.value))
    yield evolve(spot, schemas=schemas)
    if isinstance(spot.value, dict):
        for name, value in spot.value.items():
            own = tuple(schema["properties"][name] for schema in schemas if name in schema.get("properties", {}))
            if own:
                yield from _spots(spec, Spot((*spot.steps, name), value, own))
    elif isinstance(spot.value, list):
        own = tuple(schema["items"] for schema in schemas if "items" in schema)
        for index, value in enumerate(spot.value[:1] if own else []):
            yield from _spots(spec, Spot((*spot.steps, index), value, own))


def _flat(spec: Spec, schemas: tuple[Mapping[str, Any], ...], value: Any) -> Iterator[Mapping[str, Any]]:
    """Schemas without references and unions: of a union the one alternative that the value fits; none where it fits
    several, since a change could then make it fit another."""
    for raw in schemas:
        schema = spec.resolved(raw)
        yield schema
        yield from _flat(spec, tuple(schema.get("allOf", ())), value)
        for union in ("anyOf", "oneOf"):
            fitting = [each for each in schema.get(union, ()) if spec.fits(each, value)]
            if len(fitting) == 1:
                yield from _flat(spec, (fitting[0],), value)


def _path(steps: Steps) -> str:
    path = "$"
    for step in steps:
        path = f"{path}[{step}]" if isinstance(step, int) else below(path, step)
    return path


def _put(value: Any, steps: Steps, new: Any) -> Any:
    """The same value, with another one at a place. What is beside the place is shared with the first."""
    if not steps:
        return new
    changed = copy.copy(value)
    changed[steps[0]] = _put(value[steps[0]], steps[1:], new)
    return changed


def _with_body(cassette: Cassette, number: int, body: Any) -> Cassette:
    place = ("interactions", number - 1, "response", "body", "string")
    return evolve(cassette, data=_put(cassette.data, place, json.dumps(body)))


def _with_status(cassette: Cassette, number: int, status: int) -> Cassette:
    place = ("interactions", number - 1, "response", "status")
    return evolve(cassette, data=_put(cassette.data, place, {"code": status, "message": "Changed"}))
