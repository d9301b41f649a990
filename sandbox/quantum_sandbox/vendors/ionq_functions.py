"""Reading IonQ's jobs that are no circuits: the energy of a Hamiltonian, and Q-CTRL's solver of optimisation problems.

What is wrong in form is refused here; how the rest is understood stands in the engine's `solvers`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from quantum_sandbox import checks
from quantum_sandbox.engine import Circuit, Failed
from quantum_sandbox.exchange import Refusal

_ENERGY = "hamiltonian-energy"


def hamiltonian_energy(value: Mapping[str, Any], place: checks.Place) -> Circuit | Failed:
    """The function of a job of the type ``quantum-function``. Functions of another type fail the job."""
    params = [] if value.get("params") is None else _numbers(value["params"], (*place, "params"))
    if value.get("type") in (None, "quantum-function"):
        value, place = checks.mapping(value.get("data"), (*place, "data")), (*place, "data")
    kind = checks.text(value, "type", place)
    data, place = checks.mapping(value.get("data"), (*place, "data")), (*place, "data")
    if kind != _ENERGY:
        return Failed("invalid", f"the function {kind[:60]} is not one that can be evaluated: {_ENERGY}")
    source = {
        "ansatz": checks.text(checks.mapping(data.get("ansatz"), (*place, "ansatz")), "data", (*place, "ansatz")),
        "params": params,
        "hamiltonian": [
            [checks.text(term, "pauli_string", inner), checks.number(term.get("coefficient"), (*inner, "coefficient"))]
            for term, inner in _objects(data, "hamiltonian", place)
        ],
        "linear": [
            [_numbers(one.get("coeffs"), (*inner, "coeffs")), checks.number(one.get("rhs"), (*inner, "rhs"))]
            for one, inner in _objects(data, "linear_constraints", place, required=False)
        ],
        "quadratic": [
            [
                _matrix(one.get("quadratic_coeff"), (*inner, "quadratic_coeff")),
                _numbers(one.get("linear_coeff"), (*inner, "linear_coeff")),
                checks.number(one.get("rhs"), (*inner, "rhs")),
            ]
            for one, inner in _objects(data, "quadratic_constraints", place, required=False)
        ],
        "penalty": optional_number(data, "penalty", place, 0.0),
        "cvar_alpha": optional_number(data, "cvar_alpha", place),
    }
    return Circuit("energy", json.dumps(source, sort_keys=True))


def largest_cut(value: Mapping[str, Any], place: checks.Place) -> Circuit:
    """The problem of a job of the type ``qctrl.qaoa.v1``: a graph in the adjacency form of NetworkX.

    Nodes are numbered in the order in which they stand. An edge without `weight` has weight 1. In a graph that is not
    directed an edge stands with both of its nodes and counts once; parallel edges add up, and loops are never cut.
    """
    checks.text(value, "problem_type", place, choices=("maxcut",))
    place = (*place, "problem")
    graph = checks.mapping(value.get("problem"), place)
    several, directed = (checks.optional_flag(graph, name, place) for name in ("multigraph", "directed"))
    numbers: dict[Any, int] = {}
    for node, inner in _objects(graph, "nodes", place):
        if _id(node, inner) in numbers:
            raise Refusal.invalid("stands there twice", *inner, "id")
        numbers[_id(node, inner)] = len(numbers)
    lists = checks.items(graph.get("adjacency"), (*place, "adjacency"))
    if len(lists) != len(numbers):
        raise Refusal.invalid("must have a list for each node", *place, "adjacency")
    edges: dict[Any, float] = {}
    for one in range(len(lists)):
        for entry, inner in _objects({"adjacency": lists[one]}, "adjacency", place):
            other = numbers.get(_id(entry, inner))
            if other is None:
                raise Refusal.invalid("is not the id of a node", *inner, "id")
            ends = (one, other) if directed else (min(one, other), max(one, other))
            key = json.dumps(entry.get("key")) if several else None
            edges[ends, key] = optional_number(entry, "weight", inner, 1.0)
    weights: dict[tuple[int, int], float] = {}
    for ((one, other), _), weight in edges.items():
        if one != other:
            pair = (min(one, other), max(one, other))
            weights[pair] = weights.get(pair, 0.0) + weight
    source = {"nodes": len(numbers), "edges": [[*pair, weight] for pair, weight in sorted(weights.items())]}
    return Circuit("maxcut", json.dumps(source))


def _objects(
    value: Mapping[str, Any], name: str, place: checks.Place, *, required: bool = True
) -> Sequence[tuple[Mapping[str, Any], checks.Place]]:
    """The objects of a list, each with its place."""
    entries = value.get(name)
    if entries is None and not required:
        return []
    place = (*place, name)
    listed = checks.items(entries, place)
    return [(checks.mapping(entry, (*place, index)), (*place, index)) for index, entry in enumerate(listed)]


def _id(value: Mapping[str, Any], place: checks.Place) -> tuple[bool, Any]:
    """A node's id, so that ``1`` and ``"1"`` are two."""
    found = value.get("id")
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        raise Refusal.invalid("must be a string or a number", *place, "id")
    return isinstance(found, str), found


def optional_number(value: Mapping[str, Any], name: str, place: checks.Place, default: Any = None) -> Any:
    """A number, or `default` where there is none."""
    return default if value.get(name) is None else checks.number(value[name], (*place, name))


def _numbers(value: Any, place: checks.Place) -> list[float]:
    return [checks.number(entry, (*place, index)) for index, entry in enumerate(checks.items(value, place))]


def _matrix(value: Any, place: checks.Place) -> list[list[float]]:
    return [_numbers(row, (*place, index)) for index, row in enumerate(checks.items(value, place))]
