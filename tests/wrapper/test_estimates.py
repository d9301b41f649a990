"""Estimates: every option is known or refused, and a program's own numbers are the service's question."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import httpx
import pytest
import quantum_jobs
from quantum_jobs import Program, UnsupportedError, UsageError

H, CNOT = {"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}
CIRCUIT = {"qubits": 3, "gateset": "qis", "circuit": [H, H, CNOT, {"gate": "swap", "targets": [1, 2]}]}
NATIVE = {
    "qubits": 2,
    "gateset": "native",
    "circuit": [{"gate": "gpi", "target": 0, "phase": 0}, {"gate": "nop"}, {"gate": "ms", "targets": [0, 1]}],
}
QASM2 = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[3]; creg c[3]; h q[0]; cx q[0],q[1]; barrier q; measure q -> c;'
QASM3 = 'OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; bit[3] c; h q; cx q[0], q[1]; reset q[2]; c = measure q;'


def asked(service: str, *program: Any, **options: Any) -> dict[str, str]:
    """The query that an estimate sends."""
    return _query(service, lambda client: client.estimate(*program, **{"device": "d", **options}))


def asked_before_submitting(service: str, program: Any, **options: Any) -> dict[str, str]:
    """The query that a submission is priced by."""
    return _query(service, lambda client: client.submit_many([program], dry_run=True, **{"device": "d", **options}))


def _query(service: str, act: Callable[[quantum_jobs.Client], object]) -> dict[str, str]:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"data": {}, "estimated_total_cost": 1, "estimated_unit": "usd"})

    with quantum_jobs.connect(service, api_key="a-key", transport=httpx.MockTransport(answer)) as client:
        act(client)
    return dict(seen[0].url.params)


@pytest.mark.parametrize(
    ("program", "qubits", "ones", "twos"),
    [
        (CIRCUIT, 3, 2, 2),
        (NATIVE, 2, 1, 1),
        (QASM2, 3, 1, 1),
        (QASM3, 3, 3, 1),
        (Program("qasm3", QASM3), 3, 3, 1),
        # A gate on three qubits counts as the gates that it is defined by: six of two qubits.
        ('OPENQASM 2.0; include "qelib1.inc"; qreg q[3]; ccx q[0],q[1],q[2];', 3, 9, 6),
    ],
)
def test_a_programs_gates_are_counted(program: Any, qubits: int, ones: int, twos: int) -> None:
    expected = {"backend": "d", "shots": "10", "qubits": str(qubits), "1q_gates": str(ones), "2q_gates": str(twos)}
    assert asked("ionq", program, shots=10) == expected
    assert asked("ionq", program, error_mitigation=True)["error_mitigation"] == "true"


def test_a_qiskit_circuit_is_counted_too() -> None:
    qiskit = pytest.importorskip("qiskit")
    circuit = qiskit.QuantumCircuit(4)
    circuit.h(range(4))
    circuit.cz(0, 3)
    circuit.measure_all()
    sent = asked("ionq", circuit)
    assert (sent["qubits"], sent["1q_gates"], sent["2q_gates"]) == ("4", "4", "1")


def test_numbers_are_sent_under_the_vendors_names() -> None:
    numbers = {"qubits": 5, "one_qubit_gates": 0, "two_qubit_gates": 500, "error_mitigation": False}
    sent = {"qubits": "5", "1q_gates": "0", "2q_gates": "500", "error_mitigation": "false"}
    assert asked("ionq", shots=7, **numbers) == {"backend": "d", "shots": "7", **sent}


def test_without_shots_a_job_is_priced_for_those_that_ionq_runs_by_itself() -> None:
    # An estimate without shots would be for 1,000, and a job has 100.
    assert asked("ionq", CIRCUIT)["shots"] == asked_before_submitting("ionq", CIRCUIT)["shots"] == "100"


@pytest.mark.parametrize(
    ("device", "shots", "program", "sent"),
    [
        ("qpu.forte-1", 500, CIRCUIT, "true"),
        ("qpu.forte-1", 500, QASM3, "true"),
        ("qpu.forte-1", 499, CIRCUIT, None),
        ("qpu.forte-1", None, CIRCUIT, None),
        ("qpu.forte-1", 500, NATIVE, None),
        ("simulator", 500, CIRCUIT, None),
    ],
)
def test_a_job_that_ionq_debiases_by_default_is_priced_so(
    device: str, shots: int | None, program: Any, sent: str | None
) -> None:
    assert asked("ionq", program, device=device, shots=shots).get("error_mitigation") == sent
    assert asked_before_submitting("ionq", program, device=device, shots=shots).get("error_mitigation") == sent


def test_debiasing_that_is_off_is_not_priced() -> None:
    options = {"settings": {"error_mitigation": {"debiasing": False}}}
    machine = {"device": "qpu.forte-1", "shots": 1000}
    assert asked_before_submitting("ionq", CIRCUIT, **machine, options=options)["error_mitigation"] == "false"
    assert asked("ionq", CIRCUIT, **machine, error_mitigation=False)["error_mitigation"] == "false"
    assert asked("ionq", **machine, qubits=2)["error_mitigation"] == "true"


def test_without_shots_a_limit_holds_on_qbraid_only_where_shots_cost_nothing() -> None:
    devices = [{"qrn": name, "pricing": {"perTask": 5, "perShot": price}} for name, price in (("d", 1), ("free", 0))]
    answers = {"/devices": {"data": devices}, "/jobs": {"data": {"jobQrn": "a-job"}}}

    def answer(request: httpx.Request) -> httpx.Response:
        (path,) = (path for path in answers if request.url.path.endswith(path))
        return httpx.Response(200, json=answers[path])

    with quantum_jobs.connect("qbraid", api_key="a-key", transport=httpx.MockTransport(answer)) as client:
        with pytest.raises(UnsupportedError, match="give shots="):
            client.submit(QASM3, device="d", max_cost=1000)
        with pytest.raises(quantum_jobs.CostLimitError):
            client.submit(QASM3, device="free", max_cost="0.04")
        assert client.submit(QASM3, device="free", max_cost="0.05").id == "a-job"


@pytest.mark.parametrize(
    ("mitigation", "sent"),
    [
        ({"debiasing": True}, "true"),
        ({"debiasing": {"phi_chi_twirling": {"p2q": 0.1}}}, "true"),
        ({"debiasing": {}}, "true"),
        ({"debiasing": False, "symmetry_verification": True}, "true"),
        ({"debiasing": False}, "false"),
        ({}, None),
    ],
)
def test_a_submission_with_error_mitigation_is_priced_with_it(mitigation: Any, sent: str | None) -> None:
    options = {"settings": {"error_mitigation": mitigation}}
    assert asked_before_submitting("ionq", CIRCUIT, options=options).get("error_mitigation") == sent


@pytest.mark.parametrize("name", ["twoqubit_gates", "1q_gates", "type", "backend", "Qubits"])
def test_an_option_that_nobody_knows_is_refused_with_those_that_are_known(name: str) -> None:
    with pytest.raises(UsageError, match=f"{name!r}.*qubits, one_qubit_gates, two_qubit_gates, error_mitigation"):
        asked("ionq", **{name: 5})
    with pytest.raises(UsageError, match=f"{name!r}.*no options"):
        asked("qbraid", **{name: 5})


@pytest.mark.parametrize("name", ["qubits", "one_qubit_gates", "two_qubit_gates"])
def test_a_number_that_is_given_twice_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=name):
        asked("ionq", CIRCUIT, **{name: 3})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("qubits", value) for value in (0, -1, 1.5, "5", True, None)),
        *(("two_qubit_gates", value) for value in (-1, 0.5, "500", False)),
        *(("error_mitigation", value) for value in (1, "yes", None)),
    ],
)
def test_a_number_that_makes_no_sense_is_refused(name: str, value: Any) -> None:
    with pytest.raises(UsageError, match=name):
        asked("ionq", **{name: value})


def test_what_is_no_program_or_more_than_one_is_refused() -> None:
    for program in ("x", 5, {"circuit": "h"}, b"\xff"):
        with pytest.raises(UsageError):
            asked("ionq", program)
        with pytest.raises(UsageError):
            asked("qbraid", program)
    with pytest.raises(UsageError, match="one program, and 2"):
        asked("ionq", [CIRCUIT, CIRCUIT])
    with pytest.raises(UsageError, match="OpenQASM"):
        asked("ionq", "OPENQASM 2.0; nonsense")


@pytest.mark.parametrize(
    "program",
    [
        {"circuit": [{"gate": "cnot", "controls": [0, 1], "target": 2}]},
        {
            "circuit": [
                {"gate": "pauliexp", "targets": [0, 1], "terms": ["XX", "ZZ"], "coefficients": [1, 2], "time": 1}
            ]
        },
        Program("qir.ll", "define void @main() {}"),
        'OPENQASM 3.0; include "stdgates.inc"; qubit[1] q; bit b; b = measure q[0]; if (b) { x q[0]; }',
    ],
)
def test_a_program_whose_gates_nobody_can_count_says_what_to_give_instead(program: Any) -> None:
    with pytest.raises(UnsupportedError, match="two_qubit_gates="):
        asked("ionq", program)


@pytest.mark.parametrize(("missing", "program"), [("qiskit", QASM2), ("qiskit_qasm3_import", QASM3)])
def test_without_the_package_that_reads_openqasm_the_error_names_it(
    missing: str, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(UnsupportedError, match="install"):
        asked("ionq", program)


def test_qbraid_estimates_by_device_and_shots_whatever_the_program() -> None:
    assert asked("qbraid", QASM3, shots=5) == asked("qbraid", shots=5) == {"deviceQrn": "d", "shots": "5"}


def estimate_out_of(service: str, answer: dict[str, Any]) -> quantum_jobs.Estimate:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=answer))
    with quantum_jobs.connect(service, api_key="a-key", transport=transport) as client:
        return client.estimate(device="d", shots=10)


def test_an_estimate_of_april_2026_is_read_by_its_names_of_then() -> None:
    april = {
        "input_values": {"backend": "qpu.forte-1", "shots": 10},
        "estimated_at": "2026-04-30T12:00:00.000Z",
        "cost_unit": "usd",
        "rate_information": {"job_cost_minimum": 25.79, "organization": "o"},
        "estimated_cost": 25.79,
        "estimated_execution_time": 2500,
        "current_predicted_queue_time": 397577,
    }
    estimate = estimate_out_of("ionq", april)
    assert estimate.cost == quantum_jobs.Cost.in_usd(Decimal("25.79"))
    newer = {**april, "estimated_total_cost": 30, "estimated_unit": "credit"}
    assert estimate_out_of("ionq", newer).cost == quantum_jobs.Cost(Decimal(30), "credits")


def test_a_number_beside_no_price_is_no_price() -> None:
    unpriced = {"pricingAvailable": False, "estimatedCost": 0, "reason": "dynamic_pricing_unavailable"}
    estimate = estimate_out_of("qbraid", {"data": unpriced})
    assert (estimate.cost, estimate.reason) == (None, "dynamic_pricing_unavailable")


def test_a_limit_is_refused_where_prices_change() -> None:
    unpriced = {"pricingAvailable": False, "estimatedCost": 0, "reason": "dynamic_pricing_unavailable"}
    device = {"qrn": "d", "pricing": {"perTask": 0, "perShot": 0, "perMinute": 0}, "pricingModel": "dynamic"}

    answers = {"/cost-estimate": unpriced, "/devices": [device], "/jobs": {"jobQrn": "a-job"}}

    def answer(request: httpx.Request) -> httpx.Response:
        (data,) = (data for path, data in answers.items() if request.url.path.endswith(path))
        return httpx.Response(200, json={"data": data})

    with quantum_jobs.connect("qbraid", api_key="a-key", transport=httpx.MockTransport(answer)) as client:
        with pytest.raises(UnsupportedError, match="dynamic_pricing_unavailable"):
            client.submit(QASM3, device="d", shots=10, max_cost=1)
        device["pricingModel"] = "fixed"
        assert client.submit(QASM3, device="d", shots=10, max_cost=1).id == "a-job"
