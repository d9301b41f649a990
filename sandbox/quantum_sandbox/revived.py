"""Jobs made again from the JSON that `saving` wrote.

Whatever is not as it was written is refused: a file may be broken, and one job that is half there would make every
later listing fail.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from typing import Any, get_args

import attrs

from .engine import Circuit, Failed, Measured, Noise, Outcome, Solved, Task, circuit_in, outcome_from_json
from .engine.data import FailureKind
from .jobs import Computation, Job, Pace

_TIME = (int, float)
_NONE = type(None)
FIELDS: Mapping[str, tuple[type, ...]] = {
    "id": (str,),
    "sequence": (int,),
    "device": (str,),
    "submitted_at": _TIME,
    "owner": (str,),
    "shots": (int, _NONE),
    "name": (str, _NONE),
    "tags": (dict,),
    "request": (dict,),
    "seed": (int,),
    "parent_id": (str, _NONE),
    "child_ids": (list,),
    "group_id": (str, _NONE),
    "size": (int,),
    "cancelled_at": (*_TIME, _NONE),
    "held_at": (*_TIME, _NONE),
    "delayed": _TIME,
}
"""Fields of a job that are JSON as they stand."""

_OUTCOMES: Mapping[type, Mapping[str, tuple[type, ...]]] = {
    Measured: {
        **dict.fromkeys(("num_qubits", "num_bits", "one_qubit_gates", "two_qubit_gates"), (int,)),
        **dict.fromkeys(("probabilities", "registers", "compiled"), (dict,)),
        "qubits": (list,),
        "counts": (dict, _NONE),
    },
    Solved: {"num_qubits": (int,), "values": (dict,)},
    Failed: {"kind": (str,), "message": (str,)},
}
_LATEST = 2e11
"""As late as clocks go."""


def values_of(text: str) -> Any:
    """JSON without numbers that are not finite. Raises ValueError for other."""
    return json.loads(text, parse_constant=_finite, parse_float=_finite)


def moment(value: float) -> float:
    """A time. Raises ValueError for one that no clock shows."""
    if not 0 <= value <= _LATEST:
        raise ValueError(f"{value!r} is not a time")
    return value


def revived_outcome(text: str) -> Outcome:
    """Raises LookupError, TypeError or ValueError for what is none, as all here."""
    outcome = outcome_from_json(json.loads(text))
    for part in (outcome, circuit_in(outcome)):
        if part is not None:
            _check(attrs.asdict(part, recurse=False), _OUTCOMES[type(part)])
    if isinstance(outcome, Failed) and outcome.kind not in get_args(FailureKind):
        raise ValueError(f"{outcome.kind!r} is no kind of failure")
    return outcome


def revived_jobs(
    values: Iterable[Mapping[str, Any]], outcomes: Mapping[str, Outcome], compute: Callable[[Task], Computation]
) -> dict[str, Job]:
    """Jobs by id, in the order in which they were submitted; `values` has the last one first."""
    made: dict[str, Job] = {}
    # Children come after their parents, so the last is made first.
    for value in values:
        if value["id"] in made:
            raise ValueError(f"{value['id']} stands there twice")
        made[value["id"]] = _job(value, made, outcomes, compute)
    if len({job.sequence for job in made.values()}) != len(made):
        raise ValueError("two jobs have the same place")
    if sum(job.parent_id is not None for job in made.values()) != sum(len(job.children) for job in made.values()):
        raise ValueError("a job is not among its parent's")
    return dict(reversed(made.items()))


def _job(
    value: Mapping[str, Any],
    made: Mapping[str, Job],
    outcomes: Mapping[str, Outcome],
    compute: Callable[[Task], Computation],
) -> Job:
    fields = {name: value[name] for name in FIELDS}
    _check(fields, FIELDS)
    for name in ("submitted_at", "cancelled_at", "held_at", "delayed"):
        moment(fields[name] or 0)
    child_ids, saved = fields["child_ids"], value["computations"]
    if not saved or len(saved) != len(child_ids or saved):
        raise ValueError(f"{fields['id']} has not one outcome for each circuit")
    computations = [
        made[child_ids[index]].computations[0] if one is None else _computation(one, outcomes, compute)
        for index, one in enumerate(saved)
    ]
    if fields["cancelled_at"] is None and any(one == {"abandoned": True} for one in saved):
        raise ValueError(f"{fields['id']} has lost an outcome")
    children = [made[child] for child in child_ids if child in made]
    if any(child.parent_id != fields["id"] for child in children):
        raise ValueError(f"{fields['id']} has another job's child")
    return Job(**fields, pace=Pace(**value["pace"]), children=children, computations=computations)


def _computation(
    saved: Mapping[str, Any], outcomes: Mapping[str, Outcome], compute: Callable[[Task], Computation]
) -> Computation:
    if "task" in saved:
        task = saved["task"]
        noise = None if task["noise"] is None else Noise(**task["noise"])
        return compute(Task(**{**task, "circuit": Circuit(**task["circuit"]), "noise": noise}))
    future: Future[Outcome] = Future()
    if "abandoned" in saved:
        computation = Computation(future, lambda: 0.0)
        computation.abandon()
        return computation
    finished_at = moment(saved["finished_at"])
    future.set_result(outcomes[saved["outcome"]])
    return Computation(future, lambda: finished_at)


def _check(values: Mapping[str, Any], types: Mapping[str, tuple[type, ...]]) -> None:
    for name, allowed in types.items():
        if not isinstance(values[name], allowed):
            raise TypeError(f"{name} is a {type(values[name]).__name__}")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is not a finite number")
    return value
