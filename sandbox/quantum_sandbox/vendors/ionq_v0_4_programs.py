"""The programs of IonQ v0.4's job types: circuits, energies of Hamiltonians, and Q-CTRL's solver.

Malformed input is refused here; the modules in the engine's `solvers` describe the meaning of the rest.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quantum_sandbox import parse
from quantum_sandbox.engine import Failure, Program
from quantum_sandbox.engine.bounds import version_of
from quantum_sandbox.http_types import HTTPError

from .ionq_circuits import one_circuit, several_circuits
from .ionq_devices import Backend

CIRCUIT, QASM3, MULTI = "ionq.circuit.v1", "ionq.qasm3.v1", "ionq.multi-circuit.v1"
TEMPO = "ionq.circuit.v2"
"""The job type of the Tempo machines. The vendor's document does not have it; its client sends it, with OpenQASM 3 as
input."""
FUNCTION, QAOA = "quantum-function", "qctrl.qaoa.v1"
CHILD_TYPES: Mapping[str, str] = {MULTI: CIRCUIT, QAOA: "qctrl.qaoa-circuit.v1"}
"""The type of a job's children, by the type of the job."""

CIRCUIT_TYPES = (CIRCUIT, QASM3, MULTI, TEMPO)

Programs = Sequence[Program | Failure]

_PLACE = ("body", "input")
_SETTINGS: Mapping[str, Mapping[str, Callable[[Mapping[str, Any], str, parse.Location], Any]]] = {
    "compilation": {
        "opt": parse.optional_number,
        "precision": parse.optional_string,
        "gate_basis": parse.optional_string,
        "service_version": parse.optional_string,
    },
    "error_mitigation": {"debiasing": parse.optional_boolean, "symmetry_verification": parse.optional_boolean},
}
_FLAGS = ("include_leakage",)
"""Boolean settings at the top level. They are for the Tempo machines, and jobs do not show them."""


def without_secrets(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The body without the Q-CTRL credentials of a solver job, which must not be stored."""
    if "external_settings" not in body and body.get("type") != QAOA:
        return body
    location = ("body", "external_settings")
    settings = parse.json_object(body.get("external_settings"), location)
    parse.string(settings, "api_credentials", location)
    organization = parse.optional_string(settings, "external_organization", location)
    kept = {} if organization is None else {"external_organization": organization}
    return {**body, "external_settings": kept}


def check_settings(body: Mapping[str, Any]) -> None:
    settings = parse.optional_object(body, "settings", ("body",))
    for name in _FLAGS:
        parse.optional_boolean(settings, name, ("body", "settings"))
    for name, known in _SETTINGS.items():
        values = parse.optional_object(settings, name, ("body", "settings"))
        for key, check in known.items():
            check(values, key, ("body", "settings", name))


def settings_of(request: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a submission, as far as the document has them."""
    given = request.get("settings") or {}
    parts = ("error_mitigation",) if request["type"] in (FUNCTION, QAOA) else tuple(_SETTINGS)
    return {
        name: {key: value for key, value in given[name].items() if key in _SETTINGS[name] and value is not None}
        for name in parts
        if given.get(name) is not None
    }


def _circuit(program: Mapping[str, Any], backend: Backend) -> Programs:
    if "circuits" in program:
        raise HTTPError.invalid(f"is for jobs of the type {MULTI}", *_PLACE, "circuits")
    circuit = one_circuit(program, _PLACE)
    if program.get("qubits") is None and backend.is_simulator:
        # The document says optional, but the vendor's simulator fails such jobs.
        return [Failure("invalid", "the number of qubits is missing")]
    return [circuit]


def _qasm3(program: Mapping[str, Any], backend: Backend) -> Programs:
    # The type says version 3. A program that declares version 2 is accepted too: the vendor's page does not exclude it.
    return [_openqasm(parse.string(program, "data", _PLACE))]


def _openqasm(text: str) -> Program:
    return Program("qasm2" if version_of(text) == "qasm2" else "qasm3", text)


def _several(program: Mapping[str, Any], backend: Backend) -> Programs:
    if "circuits" not in program:
        raise HTTPError.invalid("is required", *_PLACE, "circuits")
    return several_circuits(program, _PLACE, None)


def programs_of(body: Mapping[str, Any], backend: Backend) -> Programs:
    """The programs of a submission, whose type is one of `TYPES`."""
    if body["type"] == TEMPO:
        return [_openqasm(parse.string(body, "input", ("body",)))]
    return _READERS[body["type"]](parse.json_object(body.get("input"), _PLACE), backend)


_READERS: Mapping[str, Callable[[Mapping[str, Any], Backend], Programs]] = {
    CIRCUIT: _circuit,
    QASM3: _qasm3,
    MULTI: _several,
    FUNCTION: lambda program, backend: [hamiltonian_energy(program, _PLACE)],
    QAOA: lambda program, backend: [largest_cut(program, _PLACE)],
}
"""Functions that read the `input` of a submission, by the type of the job."""

TYPES = (*_READERS, TEMPO)
"""The types of jobs that can be submitted."""


_ENERGY = "hamiltonian-energy"


def hamiltonian_energy(value: Mapping[str, Any], location: parse.Location) -> Program | Failure:
    """The function of a job of the type ``quantum-function``. Only energies can be evaluated; others fail the job."""
    params = [] if value.get("params") is None else _numbers(value["params"], (*location, "params"))
    if value.get("type") in (None, "quantum-function"):
        value, location = parse.json_object(value.get("data"), (*location, "data")), (*location, "data")
    kind = parse.string(value, "type", location)
    data, location = parse.json_object(value.get("data"), (*location, "data")), (*location, "data")
    if kind != _ENERGY:
        return Failure("invalid", f"the function {kind[:60]} is not one that can be evaluated: {_ENERGY}")
    source = {
        "ansatz": parse.string(
            parse.json_object(data.get("ansatz"), (*location, "ansatz")), "data", (*location, "ansatz")
        ),
        "params": params,
        "hamiltonian": [
            [parse.string(term, "pauli_string", inner), parse.number(term.get("coefficient"), (*inner, "coefficient"))]
            for term, inner in _objects(data, "hamiltonian", location)
        ],
        "linear": [
            [_numbers(one.get("coeffs"), (*inner, "coeffs")), parse.number(one.get("rhs"), (*inner, "rhs"))]
            for one, inner in _objects(data, "linear_constraints", location, required=False)
        ],
        "quadratic": [
            [
                _matrix(one.get("quadratic_coeff"), (*inner, "quadratic_coeff")),
                _numbers(one.get("linear_coeff"), (*inner, "linear_coeff")),
                parse.number(one.get("rhs"), (*inner, "rhs")),
            ]
            for one, inner in _objects(data, "quadratic_constraints", location, required=False)
        ],
        "penalty": parse.optional_number(data, "penalty", location, 0.0),
        "cvar_alpha": parse.optional_number(data, "cvar_alpha", location),
    }
    return Program("energy", json.dumps(source, sort_keys=True))


def largest_cut(value: Mapping[str, Any], location: parse.Location) -> Program:
    """The problem of a job of the type ``qctrl.qaoa.v1``: a graph in the adjacency format of NetworkX.

    Nodes are numbered in order. The default `weight` of an edge is 1. In an undirected graph an edge is listed at both
    of its nodes and counts once; the weights of parallel edges add up, and loops are ignored.
    """
    parse.string(value, "problem_type", location, choices=("maxcut",))
    location = (*location, "problem")
    graph = parse.json_object(value.get("problem"), location)
    several, directed = (parse.optional_boolean(graph, name, location) for name in ("multigraph", "directed"))
    numbers: dict[Any, int] = {}
    for node, inner in _objects(graph, "nodes", location):
        if _id(node, inner) in numbers:
            raise HTTPError.invalid("stands there twice", *inner, "id")
        numbers[_id(node, inner)] = len(numbers)
    lists = parse.array(graph.get("adjacency"), (*location, "adjacency"))
    if len(lists) != len(numbers):
        raise HTTPError.invalid("must have a list for each node", *location, "adjacency")
    edges: dict[Any, float] = {}
    for one in range(len(lists)):
        for entry, inner in _objects({"adjacency": lists[one]}, "adjacency", location):
            other = numbers.get(_id(entry, inner))
            if other is None:
                raise HTTPError.invalid("is not the id of a node", *inner, "id")
            ends = (one, other) if directed else (min(one, other), max(one, other))
            key = json.dumps(entry.get("key")) if several else None
            edges[ends, key] = parse.optional_number(entry, "weight", inner, 1.0)
    weights: dict[tuple[int, int], float] = {}
    for ((one, other), _), weight in edges.items():
        if one != other:
            pair = (min(one, other), max(one, other))
            weights[pair] = weights.get(pair, 0.0) + weight
    source = {"nodes": len(numbers), "edges": [[*pair, weight] for pair, weight in sorted(weights.items())]}
    return Program("maxcut", json.dumps(source))


def _objects(
    value: Mapping[str, Any], name: str, location: parse.Location, *, required: bool = True
) -> Sequence[tuple[Mapping[str, Any], parse.Location]]:
    """The objects of an array, each with its location."""
    entries = value.get(name)
    if entries is None and not required:
        return []
    location = (*location, name)
    listed = parse.array(entries, location)
    return [(parse.json_object(entry, (*location, index)), (*location, index)) for index, entry in enumerate(listed)]


def _id(value: Mapping[str, Any], location: parse.Location) -> tuple[bool, Any]:
    """The id of a node, such that ``1`` and ``"1"`` are different."""
    found = value.get("id")
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        raise HTTPError.invalid("must be a string or a number", *location, "id")
    return isinstance(found, str), found


def _numbers(value: Any, location: parse.Location) -> list[float]:
    return [parse.number(entry, (*location, index)) for index, entry in enumerate(parse.array(value, location))]


def _matrix(value: Any, location: parse.Location) -> list[list[float]]:
    return [_numbers(row, (*location, index)) for index, row in enumerate(parse.array(value, location))]
