"""What a new job of IonQ v0.4 is to run, by its type: circuits, or what ``ionq_functions`` reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quantum_sandbox import checks
from quantum_sandbox.engine import Circuit, Failed
from quantum_sandbox.engine.bounds import version_of
from quantum_sandbox.exchange import Refusal

from .ionq_circuits import one_circuit, several_circuits
from .ionq_devices import Backend
from .ionq_functions import hamiltonian_energy, largest_cut, optional_number

CIRCUIT, QASM3, MULTI = "ionq.circuit.v1", "ionq.qasm3.v1", "ionq.multi-circuit.v1"
TEMPO = "ionq.circuit.v2"
"""What is sent to the Tempo machines, and how their jobs are called. The vendor's document does not have it; its own
client sends it, with OpenQASM 3 as the input."""
FUNCTION, QAOA = "quantum-function", "qctrl.qaoa.v1"
CHILD_TYPES: Mapping[str, str] = {MULTI: CIRCUIT, QAOA: "qctrl.qaoa-circuit.v1"}
"""The type of a job's children, by its own."""

CIRCUIT_TYPES = (CIRCUIT, QASM3, MULTI, TEMPO)

Programs = Sequence[Circuit | Failed]

_PLACE = ("body", "input")
_SETTINGS: Mapping[str, Mapping[str, Callable[[Mapping[str, Any], str, checks.Place], Any]]] = {
    "compilation": {
        "opt": optional_number,
        "precision": checks.optional_text,
        "gate_basis": checks.optional_text,
        "service_version": checks.optional_text,
    },
    "error_mitigation": {"debiasing": checks.optional_flag, "symmetry_verification": checks.optional_flag},
}
_FLAGS = ("include_leakage",)
"""Settings that stand on their own. They are for the Tempo machines, and no job shows them."""


def without_secrets(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The request without the key to another vendor's account that a job of Q-CTRL's brings: it is kept nowhere."""
    if "external_settings" not in body and body.get("type") != QAOA:
        return body
    place = ("body", "external_settings")
    settings = checks.mapping(body.get("external_settings"), place)
    checks.text(settings, "api_credentials", place)
    organization = checks.optional_text(settings, "external_organization", place)
    kept = {} if organization is None else {"external_organization": organization}
    return {**body, "external_settings": kept}


def check_settings(body: Mapping[str, Any]) -> None:
    settings = checks.optional_mapping(body, "settings", ("body",))
    for name in _FLAGS:
        checks.optional_flag(settings, name, ("body", "settings"))
    for name, known in _SETTINGS.items():
        values = checks.optional_mapping(settings, name, ("body", "settings"))
        for key, check in known.items():
            check(values, key, ("body", "settings", name))


def settings_of(request: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that a job was given, without what the document does not have."""
    given = request.get("settings") or {}
    parts = ("error_mitigation",) if request["type"] in (FUNCTION, QAOA) else tuple(_SETTINGS)
    return {
        name: {key: value for key, value in given[name].items() if key in _SETTINGS[name] and value is not None}
        for name in parts
        if given.get(name) is not None
    }


def _circuit(program: Mapping[str, Any], backend: Backend) -> Programs:
    if "circuits" in program:
        raise Refusal.invalid(f"is for jobs of the type {MULTI}", *_PLACE, "circuits")
    circuit = one_circuit(program, _PLACE)
    if program.get("qubits") is None and backend.is_simulator:
        # Optional in the vendor's document; its simulator has no job without it.
        return [Failed("invalid", "the number of qubits is missing")]
    return [circuit]


def _qasm3(program: Mapping[str, Any], backend: Backend) -> Programs:
    # The type says version 3. Version 2 is taken where the program itself says that it is one: the vendor's page
    # does not rule it out, and the text is a person's only input here.
    return [_openqasm(checks.text(program, "data", _PLACE))]


def _openqasm(text: str) -> Circuit:
    return Circuit("qasm2" if version_of(text) == "qasm2" else "qasm3", text)


def _several(program: Mapping[str, Any], backend: Backend) -> Programs:
    if "circuits" not in program:
        raise Refusal.invalid("is required", *_PLACE, "circuits")
    return several_circuits(program, _PLACE, None)


def programs_of(body: Mapping[str, Any], backend: Backend) -> Programs:
    """What a job is to run. Its type is one of `TYPES`."""
    if body["type"] == TEMPO:
        return [_openqasm(checks.text(body, "input", ("body",)))]
    return _READERS[body["type"]](checks.mapping(body.get("input"), _PLACE), backend)


_READERS: Mapping[str, Callable[[Mapping[str, Any], Backend], Programs]] = {
    CIRCUIT: _circuit,
    QASM3: _qasm3,
    MULTI: _several,
    FUNCTION: lambda program, backend: [hamiltonian_energy(program, _PLACE)],
    QAOA: lambda program, backend: [largest_cut(program, _PLACE)],
}
"""What reads the `input` of a job, by the job's type."""

TYPES = (*_READERS, TEMPO)
"""The types of jobs that can be submitted."""
