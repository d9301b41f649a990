"""Neutral atoms under a laser, against formulas for one and two atoms; and programs that are none."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
import quantum_jobs
from quantum_sandbox import Engine, Sandbox
from quantum_sandbox.engine import Failure, Noise, Program, SolverResult, Task

AQUILA = "aws:quera:qpu:aquila"
RABI = 5e6
"""rad/s"""
SHOTS = 100_000
FAR, NEAR = 5e-5, 4e-6
"""Metres: without interaction to speak of, and in each other's blockade."""


def field(*points: tuple[float, float], pattern: Any = "uniform") -> dict[str, Any]:
    times, values = ([str(number) for number in column] for column in zip(*points, strict=True))
    return {"time_series": {"times": times, "values": values}, "pattern": pattern}


def atoms(
    *sites: tuple[float, float],
    duration: float = 1e-6,
    filling: list[int] | None = None,
    amplitude: Any = None,
    phase: Any = None,
    detuning: float = 0.0,
    local: list[Any] | None = None,
) -> dict[str, Any]:
    driving = {
        "amplitude": amplitude or field((0, RABI), (duration, RABI)),
        "phase": phase or field((0, 0), (duration, 0)),
        "detuning": field((0, detuning), (duration, detuning)),
    }
    register = {"sites": [[str(x), str(y)] for x, y in sites], "filling": filling or [1] * len(sites)}
    return {
        "braketSchemaHeader": {"name": "braket.ir.ahs.program", "version": "1"},
        "setup": {"ahs_register": register},
        "hamiltonian": {"drivingFields": [driving], "localDetuning": [{"magnitude": one} for one in local or []]},
    }


def run(engine: Engine, program: Any, **options: Any) -> Any:
    source = program if isinstance(program, str) else json.dumps(program)
    task = Task(Program("analog", source), **{"shots": SHOTS, "seed": 1, "device_qubits": 256, **options})
    return engine.submit(task).result(timeout=60)


def shares(engine: Engine, program: Any, **options: Any) -> dict[str, float]:
    outcome = run(engine, program, **options)
    assert isinstance(outcome, SolverResult), outcome
    counts = outcome.values["counts"]
    return {key: count / sum(counts.values()) for key, count in counts.items()}


def close_to(probability: float) -> Any:
    """Five standard deviations of the shots."""
    return pytest.approx(probability, abs=5 * math.sqrt(probability * (1 - probability) / SHOTS) + 1e-9)


@pytest.mark.parametrize("duration", [2e-7, 6e-7, 1.5e-6])
def test_one_atom_flops_with_the_rabi_frequency(engine: Engine, duration: float) -> None:
    found = shares(engine, atoms((0, 0), duration=duration))
    assert found.get("r", 0.0) == close_to(math.sin(RABI * duration / 2) ** 2)


def test_detuning_makes_the_flop_faster_and_smaller(engine: Engine) -> None:
    detuning, duration = 3e6, 4e-7
    together = math.hypot(RABI, detuning)
    expected = (RABI / together) ** 2 * math.sin(together * duration / 2) ** 2
    for sign in (1, -1):
        assert shares(engine, atoms((0, 0), duration=duration, detuning=sign * detuning))["r"] == close_to(expected)


def test_two_near_atoms_are_never_both_excited_and_flop_faster_by_the_root_of_two(engine: Engine) -> None:
    duration = 3e-7
    found = shares(engine, atoms((0, 0), (NEAR, 0), duration=duration))
    assert "rr" not in found
    excited = math.sin(math.sqrt(2) * RABI * duration / 2) ** 2
    assert found["gr"] == close_to(excited / 2)
    assert found["rg"] == close_to(excited / 2)


def test_far_atoms_know_nothing_of_each_other(engine: Engine) -> None:
    excited = math.sin(RABI * 3e-7 / 2) ** 2
    found = shares(engine, atoms((0, 0), (FAR, 0), duration=3e-7))
    assert found["rr"] == close_to(excited**2)
    assert found["rg"] == close_to(excited * (1 - excited))


def test_two_atoms_at_any_distance_evolve_as_three_levels_do(engine: Engine) -> None:
    """The symmetric states gg, (gr+rg)/sqrt 2, rr, by a series for the exponential of their 3 x 3 matrix."""
    distance, duration = 9e-6, 8e-7
    half, interaction = RABI / math.sqrt(2), 5.42e-24 / distance**6
    matrix = [[0, half, 0], [half, 0, half], [0, half, interaction]]
    state = [1 + 0j, 0j, 0j]
    steps = 4000
    for _ in range(steps):
        term, total = state, list(state)
        for order in range(1, 8):
            scale = -1j * duration / steps / order
            term = [scale * sum(matrix[i][j] * term[j] for j in range(3)) for i in range(3)]
            total = [a + b for a, b in zip(total, term, strict=True)]
        state = total
    found = shares(engine, atoms((0, 0), (0, distance), duration=duration))
    assert found["gg"] == close_to(abs(state[0]) ** 2)
    assert found["rr"] == close_to(abs(state[2]) ** 2)


def test_local_detuning_acts_on_the_sites_of_its_pattern(engine: Engine) -> None:
    duration, shift = 5e-7, 4e6
    local = [field((0, shift), (duration, shift), pattern=["0", "1.0"])]
    found = shares(engine, atoms((0, 0), (FAR, 0), duration=duration, local=local))
    together = math.hypot(RABI, shift)
    plain = math.sin(RABI * duration / 2) ** 2
    shifted = (RABI / together) ** 2 * math.sin(together * duration / 2) ** 2
    assert found["rg"] + found["rr"] == close_to(plain)
    assert found["gr"] + found["rr"] == close_to(shifted)


def test_the_amplitude_is_a_line_between_its_times_and_the_phase_a_step(engine: Engine) -> None:
    # The area below a triangle is half of the rectangle's.
    triangle = field((0, 0), (4e-7, RABI), (8e-7, 0))
    assert shares(engine, atoms((0, 0), duration=8e-7, amplitude=triangle))["r"] == close_to(math.sin(RABI * 2e-7) ** 2)
    # Turned by pi half-way, the second half takes back the first. As a line, it would not.
    back = field((0, 0), (4e-7, math.pi), (8e-7, math.pi))
    assert shares(engine, atoms((0, 0), duration=8e-7, phase=back)) == {"g": 1.0}


def test_the_sign_of_the_phase_is_that_of_the_documents(engine: Engine) -> None:
    """Two quarter turns around axes a quarter turn apart, with a detuned wait between them that adds to the phase."""
    quarter, wait, detuning = math.pi / 2 / RABI, 2e-7, 2e6
    end = 2 * quarter + wait
    sharp = 1e-12
    amplitude = field((0, RABI), (quarter, RABI), (quarter + sharp, 0), (quarter + wait - sharp, 0),
                      (quarter + wait, RABI), (end, RABI))  # fmt: skip
    phase = field((0, 0), (quarter + wait / 2, math.pi / 2), (end, math.pi / 2))
    program = atoms((0, 0), duration=end, amplitude=amplitude, phase=phase)
    waiting = field((0, 0), (quarter, 0), (quarter + sharp, detuning), (quarter + wait - sharp, detuning),
                    (quarter + wait, 0), (end, 0))  # fmt: skip
    program["hamiltonian"]["drivingFields"][0]["detuning"] = waiting
    # After the first turn the state is (g - i r)/sqrt 2; waiting gives r the phase exp(i detuning wait), and the second
    # turn gives r the amplitude (-i exp(-i phase) - i exp(i detuning wait))/2.
    angle = detuning * (wait - sharp) + math.pi / 2
    assert shares(engine, program)["r"] == pytest.approx(math.cos(angle / 2) ** 2, abs=0.01)


def test_a_site_without_an_atom_is_empty_and_in_nobody_s_way(engine: Engine) -> None:
    found = shares(engine, atoms((0, 0), (NEAR, 0), duration=3e-7, filling=[1, 0]))
    assert set(found) == {"ge", "re"}
    assert found["re"] == close_to(math.sin(RABI * 3e-7 / 2) ** 2)


def test_any_number_of_far_atoms_is_no_burden(engine: Engine) -> None:
    grid = [(2.4e-5 * (i % 16), 2.4e-5 * (i // 16)) for i in range(256)]
    outcome = run(engine, atoms(*grid), shots=50)
    assert {len(key) for key in outcome.values["counts"]} == {256}


def test_the_same_seed_gives_the_same_shots_and_another_seed_others(engine: Engine) -> None:
    program = atoms((0, 0), (NEAR, 0), (FAR, 0))
    first, again, other = (run(engine, program, seed=seed, shots=300).values for seed in (3, 3, 4))
    assert first == again != other


def test_noise_is_that_of_reading(engine: Engine) -> None:
    still = atoms((0, 0), (FAR, 0), amplitude=field((0, 0), (1e-6, 0)))
    assert shares(engine, still) == {"gg": 1.0}
    assert shares(engine, still, noise=Noise(0.0, 0.0, 0.1))["rg"] == close_to(0.1 * 0.9)


def broken(**changes: Any) -> dict[str, Any]:
    program = atoms((0, 0))
    program["hamiltonian"]["drivingFields"][0].update(changes)
    return program


@pytest.mark.parametrize(
    ("program", "kind"),
    [
        ("nonsense", "invalid"),
        ("[" * 100_000, "invalid"),
        ([], "invalid"),
        ({"setup": {}}, "invalid"),
        (atoms(("nan", 0)), "invalid"),  # type: ignore[arg-type]  # no number, which is the point
        (atoms((0, 0), (0, 0)), "invalid"),
        (atoms((0, 0), filling=[2]), "invalid"),
        (atoms((0, 0), filling=[1, 1]), "invalid"),
        (broken(amplitude=field((0, 1), (2e-6, 1))), "invalid"),
        (broken(amplitude=field((0, 1), (0, 1), (1e-6, 1))), "invalid"),
        (broken(amplitude=field((0, 1), (1e-6, 1), pattern=[1])), "unsupported"),
        (broken(amplitude=field(*((k * 1e-9, 1) for k in range(501)))), "too_complex"),
        (atoms(*((NEAR * k, 0) for k in range(257))), "too_many_qubits"),
        (atoms(*((NEAR * k, 0) for k in range(20))), "too_many_qubits"),
        (atoms((0, 0), duration=1e3), "too_complex"),
        (atoms((0, 0), amplitude=field((0, 1e300), (1e-6, 1e300))), "too_complex"),
    ],
)
def test_what_is_no_program_or_too_much_of_one_fails_before_it_runs(engine: Engine, program: Any, kind: str) -> None:
    outcome = run(engine, program)
    assert isinstance(outcome, Failure), outcome
    assert outcome.kind == kind, outcome


def submit(qbraid: Any, data: Any, **changes: Any) -> dict[str, Any]:
    body = {"deviceQrn": AQUILA, "shots": 60, "program": {"format": "analog", "data": data}, **changes}
    job: dict[str, Any] = qbraid.finish(qbraid.post("/jobs", body)["data"]["jobQrn"])
    return job


@pytest.mark.parametrize("as_text", [True, False])
def test_qbraid_gives_letters_and_what_was_seen_before_and_after(qbraid: Any, as_text: bool) -> None:
    program = atoms((0, 0), (NEAR, 0), (FAR, 0), duration=3e-7, filling=[1, 1, 0])
    job = submit(qbraid, json.dumps(program) if as_text else program)
    assert (job["status"], job["experimentType"], job["shots"]) == ("COMPLETED", "analog", 60)
    assert (job["vendor"], job["provider"], job["cost"]) == ("aws", "quera", 30 + 60)
    rows = {"includeMeasurements": "true"}
    data = qbraid.get(f"/jobs/{job['jobQrn']}/result", params=rows)["data"]["resultData"]
    letters = {(1, 1): "g", (1, 0): "r", (0, 0): "e"}
    seen = []
    for shot in data["measurements"]:
        assert shot["success"]
        pairs = zip(shot["pre_sequence"], shot["post_sequence"], strict=True)
        seen.append("".join(letters[pair] for pair in pairs))
    assert {key: seen.count(key) for key in set(seen)} == data["measurementCounts"]
    assert set(data["measurementCounts"]) == {"gge", "gre", "rge"}
    assert data == qbraid.get(f"/jobs/{job['jobQrn']}/result", params=rows)["data"]["resultData"]
    assert set(qbraid.get(f"/jobs/{job['jobQrn']}/result")["data"]["resultData"]) == {"measurementCounts"}


def test_the_form_of_qbraid_s_own_client_is_taken_too(qbraid: Any) -> None:
    program = atoms((0, 0))
    register = program.pop("setup")["ahs_register"]
    fields = program["hamiltonian"].pop("localDetuning")
    program = {"register": register, "hamiltonian": {**program["hamiltonian"], "shiftingFields": fields}}
    assert submit(qbraid, program)["status"] == "COMPLETED"


def test_a_program_that_is_none_is_a_failed_job(qbraid: Any) -> None:
    job = submit(qbraid, {"setup": {}})
    assert (job["status"], job["cost"]) == ("FAILED", 0)
    assert "Braket" in job["statusMsg"]


def test_aquila_takes_no_circuits_and_no_circuit_device_takes_atoms(qbraid: Any) -> None:
    wrong = [(AQUILA, "qasm3", ""), ("aws:aws:sim:sv1", "analog", {}), (AQUILA, "pulser.sequence", "")]
    for device, form, data in wrong:
        body = {"deviceQrn": device, "program": {"format": form, "data": data}}
        response = qbraid.ask("POST", "/jobs", json=body)
        assert response.status_code == 422
        assert response.json()["detail"][0]["loc"] == ["body", "program", "format"]
    device = qbraid.get(f"/devices/{AQUILA}")["data"]
    assert (device["paradigm"], device["runInputTypes"], device["numberQubits"]) == ("analog", ["analog"], 256)
    assert qbraid.ask("GET", f"/devices/{AQUILA}/calibrations").status_code == 404


def test_a_client_sees_no_counts_of_bits_and_all_of_the_raw_result(engine: Engine) -> None:
    program = quantum_jobs.Program("analog", atoms((0, 0)))
    with Sandbox(engine=engine, in_process=True) as sandbox, sandbox.connect("qbraid") as qbraid:
        result = qbraid.submit(program, device=AQUILA, shots=20).result(timeout=30)
    assert result.counts is None
    assert set(result.raw["resultData"]["measurementCounts"]) <= {"g", "r"}
