"""Qubits that are not entangled cost nothing, measurements in the middle are exact, and noise is repeatable."""

from __future__ import annotations

import math
from typing import Any

import pytest
from quantum_sandbox import Engine, Sandbox, SteppedClock
from quantum_sandbox.engine import CircuitResult, Failure, Noise, Program, Task

HEAD = 'OPENQASM 3; include "stdgates.inc"; '
NOISE = Noise(0.001, 0.02, 0.01)


def run(engine: Engine, source: str, **options: Any) -> CircuitResult:
    task = Task(Program("qasm3", HEAD + source), **{"shots": 1000, "seed": 1, **options})
    outcome = engine.submit(task).result(timeout=60)
    assert isinstance(outcome, CircuitResult), outcome
    return outcome


def test_many_small_parts_are_simulated_apart(engine: Engine) -> None:
    pairs = "".join(f"h q[{i}]; t q[{i}]; h q[{i}]; cx q[{i}], q[{i + 1}]; " for i in range(0, 60, 2))
    counts = run(engine, f"qubit[60] q; {pairs}").counts
    assert counts is not None
    assert sum(counts.values()) == 1000
    for key in counts:
        assert all(key[i] == key[i + 1] for i in range(0, 60, 2)), "each pair agrees"
    ones = sum(count for key, count in counts.items() if key[-1] == "1")
    assert 90 < ones < 220, "0.146 of 1000"


def test_an_exact_distribution_is_the_product_of_its_parts(engine: Engine) -> None:
    found = run(engine, "qubit[4] q; x q[3]; h q[1]; cx q[1], q[0];", exact=True)
    assert found.probabilities == {"1000": 0.5, "1011": 0.5}
    wide = Task(Program("qasm3", HEAD + "qubit[30] q; h q;"), shots=1, seed=1, exact=True)
    refused = engine.submit(wide).result(timeout=60)
    assert isinstance(refused, Failure)
    assert refused.kind == "too_complex"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("qubit q; bit[2] c; h q; c[0] = measure q; h q; c[1] = measure q;", {a + b: 0.25 for a in "01" for b in "01"}),
        ("qubit q; bit[2] c; h q; c[0] = measure q; c[1] = measure q;", {"00": 0.5, "11": 0.5}),
        ("qubit q; bit[2] c; h q; c[0] = measure q; reset q; c[1] = measure q;", {"00": 0.5, "01": 0.5}),
        ("qubit[2] q; bit c; x q[0]; c = measure q[0]; reset q[0]; c = measure q[0];", {"0": 1.0}),
        ("qubit[2] q; bit[2] c; x q[0]; reset q[0]; cx q[0], q[1]; x q[1]; c = measure q;", {"10": 1.0}),
    ],
)  # fmt: skip
def test_measurements_in_the_middle_have_an_exact_distribution(
    engine: Engine, source: str, expected: dict[str, float]
) -> None:
    assert run(engine, source, exact=True).probabilities == pytest.approx(expected)
    counts = run(engine, source).counts
    assert counts is not None
    assert set(counts) == set(expected)


def on_the_ideal_simulator(ionq: Any, source: str, shots: int = 1000) -> tuple[Any, dict[str, float]]:
    """A finished job, and its probabilities by bitstring with qubit 0 leftmost."""
    body = {
        "type": "ionq.qasm3.v1",
        "backend": "simulator",
        "shots": shots,
        "input": {"data": HEAD + source},
    }
    job = ionq.finish(ionq.post("/jobs", body)["id"])
    assert job["status"] == "completed", job["failure"]
    place = job["results"]["ionq.result.probabilities.json.v2"]["id"]
    return job, ionq.get(f"/jobs/{job['id']}/artifacts/{place}")["probabilities"]["registers"]["output_all"]


@pytest.mark.parametrize("times", [17, 18, 60])
def test_any_number_of_measurements_in_the_middle_leaves_a_coin_a_coin(ionq: Any, times: int) -> None:
    """One random shot was taken for the exact distribution once there were more than 17 of them."""
    middle = "".join(f"h q[0]; c[{i}] = measure q[0]; " for i in range(times))
    _, found = on_the_ideal_simulator(ionq, f"qubit[2] q; bit[{times}] c; {middle} cx q[0], q[1];")
    assert found == pytest.approx({"00": 0.5, "11": 0.5})


def test_a_measurement_in_the_middle_takes_the_interference_away_and_keeps_the_correlation(ionq: Any) -> None:
    """The rotations before and after would undo each other; the second qubit knows what was measured."""
    rounds = "".join(f"c[{i}] = measure q[0]; " for i in range(30))
    source = f"qubit[2] q; bit[30] c; ry(0.8) q[0]; cx q[0], q[1]; {rounds} ry(-0.8) q[0];"
    _, found = on_the_ideal_simulator(ionq, source)
    cosine, sine = math.cos(0.4) ** 2, math.sin(0.4) ** 2
    expected = {"00": cosine * cosine, "10": cosine * sine, "11": sine * cosine, "01": sine * sine}
    assert found == pytest.approx(expected)


def test_a_key_exchange_over_many_measured_and_reset_qubits_is_exact(ionq: Any) -> None:
    """In each of 24 rounds Eve measures a qubit that Alice prepared; on the way to Bob she sends another one."""
    rounds = "".join(
        f"reset q[{i % 8}]; ry({0.1 * i}) q[{i % 8}]; eve[{i}] = measure q[{i % 8}]; h q[{i % 8}]; "
        f"bob[{i}] = measure q[{i % 8}]; "
        for i in range(24)
    )
    # The last round of each qubit leaves a coin: Eve's outcome in the basis of Alice is one in the basis of Bob.
    job, found = on_the_ideal_simulator(ionq, f"qubit[8] q; bit[24] eve; bit[24] bob; {rounds}")
    assert "shots" not in job
    assert len(found) == 256
    assert list(found.values()) == pytest.approx([1 / 256] * 256)


def test_what_is_reset_in_the_middle_is_forgotten(ionq: Any) -> None:
    rounds = "h q[0]; cx q[0], q[1]; reset q[0]; " * 25
    _, found = on_the_ideal_simulator(ionq, f"qubit[2] q; {rounds}")
    assert found == pytest.approx({"00": 0.5, "01": 0.5})


def test_what_is_too_dear_to_be_exact_is_sampled_and_says_so(ionq: Any) -> None:
    """13 qubits that are brought together and measured over and over: neither way to be exact is affordable."""
    chain = "".join(f"cx q[{i}], q[{i + 1}]; " for i in range(12))
    rounds = "".join(f"c[{i}] = measure q[{i}]; h q[{i}]; " for i in range(13))
    job, found = on_the_ideal_simulator(ionq, f"qubit[13] q; bit[13] c; h q; {chain} {rounds} {chain}", shots=400)
    assert job["shots"] == 400
    histogram = ionq.get(f"/jobs/{job['id']}/results/histogram")
    assert sum(histogram.values()) == 400
    assert sum(found.values()) == pytest.approx(1)
    assert len(histogram) > 300, "each outcome is as likely as all others"
    again, _ = on_the_ideal_simulator(ionq, f"qubit[13] q; bit[13] c; h q; {chain} {rounds} {chain}", shots=50)
    assert sum(ionq.get(f"/jobs/{again['id']}/results/histogram").values()) == 50


def test_noise_is_repeatable_and_of_the_expected_size(engine: Engine) -> None:
    bell = "qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; c = measure q;"
    noisy = run(engine, bell, shots=100_000, noise=NOISE)
    assert noisy == run(engine, bell, shots=100_000, noise=NOISE)
    assert noisy != run(engine, bell, shots=100_000, noise=NOISE, seed=2)
    assert noisy.counts is not None
    assert sum(noisy.counts.values()) == 100_000
    wrong = noisy.counts["01"] + noisy.counts["10"]
    expected = 0.02 * 8 / 15 + 2 * 0.01  # 8 of the 15 errors of a cx turn one bit, and a bit is misread
    assert wrong / 100_000 == pytest.approx(expected, rel=0.1)


def test_a_noise_model_is_taken_by_name_and_its_seed_repeats_the_run(ionq: Any) -> None:
    bell = [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}]
    source = {"gateset": "qis", "qubits": 2, "circuit": bell}

    def counts(**noise: Any) -> dict[str, int]:
        body = {"type": "ionq.circuit.v1", "backend": "simulator", "shots": 2000, "input": source, "noise": noise}
        job = ionq.finish(ionq.post("/jobs", body)["id"])
        assert job["noise"] == noise
        found: dict[str, int] = ionq.get(f"/jobs/{job['id']}/results/histogram")
        return found

    first = counts(model="aria-1", seed=5)
    assert set(first) == {"0", "1", "2", "3"}
    assert first == counts(model="aria-1", seed=5)
    body = {"type": "ionq.circuit.v1", "backend": "simulator", "input": source, "noise": {"model": "loud"}}
    assert ionq.ask("POST", "/jobs", json=body).json()["validation"]["keys"] == ["noise.model"]


def test_qpus_are_noisy_where_that_is_asked_for(engine: Engine, connect: Any, clock: SteppedClock) -> None:
    program = {"format": "qasm3", "data": "OPENQASM 3; qubit[10] q; U(pi, 0, pi) q;"}
    with Sandbox(engine=engine, clock=clock, noise=True) as sandbox, connect(sandbox, "qbraid") as qbraid:
        for device, outcomes in [("aws:ionq:qpu:forte-1", range(3, 500)), ("aws:aws:sim:sv1", range(1, 2))]:
            job = qbraid.finish(qbraid.post("/jobs", {"deviceQrn": device, "program": program})["data"]["jobQrn"])
            counts = qbraid.get(f"/jobs/{job['jobQrn']}/result")["data"]["resultData"]["measurementCounts"]
            assert max(counts, key=counts.get) == "1" * 10
            assert len(counts) in outcomes


COINS = 'OPENQASM 3; include "stdgates.inc"; qubit[2] q; bit[2] c; h q; c = measure q;'
FED_FORWARD = (
    'OPENQASM 3; include "stdgates.inc"; qubit[2] q; bit[2] c; h q[0]; c[0] = measure q[0];'
    " if (c[0]) { h q[1]; } c[1] = measure q[1];"
)


@pytest.mark.parametrize("source", [COINS, FED_FORWARD])
def test_the_circuits_of_one_job_throw_coins_of_their_own(qbraid: Any, source: str) -> None:
    program = {"format": "qasm3", "data": source}
    body = {"deviceQrn": "aws:aws:sim:sv1", "shots": 1000, "program": [program] * 6}
    job_id = qbraid.post("/jobs", body)["data"]["jobQrn"]
    qbraid.finish(job_id)
    results = qbraid.get(f"/jobs/{job_id}/result")["data"]["results"]
    counts = [result["resultData"]["measurementCounts"] for result in results]
    ones = [[sum(n for key, n in each.items() if key[-1 - bit] == "1") for bit in range(2)] for each in counts]
    # Seeds that follow each other gave a circuit's second qubit the coins of the next one's first, and one that runs
    # shot by shot all but one of the next one's shots.
    assert [each[1] for each in ones[:-1]] != [each[0] for each in ones[1:]]
    assert len({each[0] for each in ones}) > 3
