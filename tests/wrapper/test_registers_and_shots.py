"""Results by register, and shot by shot."""

from __future__ import annotations

from typing import Any

import pytest
from quantum_jobs import QuantumJobsWarning, ResponseError

from tests.wrapper.clouds import artifact, connect, qbraid, qbraid_pages, url, v4, v4_pages
from tests.wrapper.documents import (
    COUNTS,
    HISTOGRAM_V1,
    HISTOGRAM_V2,
    PROBABILITIES_V1,
    PROBABILITIES_V2,
    ROWS,
    SHARES,
    SHOTS_V1,
    SHOTS_V2,
    memory_of,
    mitigated,
    registers,
    shots_v2,
)

# Registers.


def test_the_programs_own_register_is_the_result_and_every_register_is_kept() -> None:
    sent = registers("probabilities", output_all=SHARES, c={"0": 0.3, "1": 0.7})
    result = v4(artifact(PROBABILITIES_V2, "p"), {"artifacts/p": sent})
    assert (result.counts, result.probabilities, result.num_qubits) == ({"0": 30, "1": 70}, {"0": 0.3, "1": 0.7}, 1)
    assert {name: register.counts for name, register in result.registers.items()} == {
        "output_all": COUNTS,
        "c": {"0": 30, "1": 70},
    }
    assert result.raw == sent


def test_without_registers_of_its_own_the_qubits_are_the_result() -> None:
    result = v4(artifact(PROBABILITIES_V2, "p"), {"artifacts/p": registers("probabilities", output_all=SHARES)})
    assert (result.counts, result.counts_kind) == (COUNTS, "derived")
    assert result.registers["output_all"].counts == COUNTS


#: Two registers of a program, low[1] and high[2], which is the second one; their outcomes depend on each other.
MARGINALS = {"low": {"0": 0.25, "1": 0.75}, "high": {"01": 0.75, "10": 0.25}, "output_all": {"1": 1.0}}
ROWS_OF_TWO = [{"low": [1], "high": [1, 0], "output_all": [1]}] * 3 + [{"low": [0], "high": [0, 1], "output_all": [1]}]
TOGETHER = {"011": 3, "100": 1}


@pytest.mark.parametrize("aggregation", [None, "raw"])
def test_the_joint_outcome_of_several_registers_is_read_from_the_shots(aggregation: str | None) -> None:
    counts = {name: {key: round(4 * value) for key, value in each.items()} for name, each in MARGINALS.items()}
    places = {**artifact(PROBABILITIES_V2, "p"), **artifact(HISTOGRAM_V2, "h"), **artifact(SHOTS_V2, "s")}
    bodies = {
        "artifacts/p": registers("probabilities", **MARGINALS),
        "artifacts/h": registers("histogram", **counts),
        "artifacts/s": shots_v2(ROWS_OF_TWO),
    }
    result = v4(places, bodies, aggregation=aggregation, shots=4)
    assert (result.counts, result.counts_kind, result.memory) == (TOGETHER, "measured", None)
    assert result.probabilities == {"011": 0.75, "100": 0.25}
    assert result.num_qubits == 3
    assert result.registers["low"].counts == {"0": 1, "1": 3}
    assert result.registers["high"].counts == {"01": 3, "10": 1}
    with_memory = v4(places, bodies, aggregation=aggregation, shots=4, memory=True)
    assert with_memory.memory == ("011", "011", "011", "100")
    assert with_memory.registers["high"].memory == ("01", "01", "01", "10")
    assert with_memory.counts == TOGETHER


def test_a_method_of_mitigation_has_no_joint_outcome_as_the_shots_are_of_another_distribution() -> None:
    places = {**artifact(PROBABILITIES_V2, "p"), **artifact(SHOTS_V2, "s")}
    bodies = {
        "artifacts/by-dnl": registers("histogram", low={"1": 4}, high={"01": 4}),
        "artifacts/s": shots_v2(ROWS_OF_TWO),
    }
    result = v4(places, bodies, output=mitigated("dnl"), aggregation="dnl")
    assert (result.counts, result.registers["high"].counts) == (None, {"01": 4})


def test_several_registers_without_shots_have_counts_each_and_none_together() -> None:
    low, high = {"1": 1.0}, {"00": 0.7, "01": 0.3}
    result = v4(artifact(PROBABILITIES_V2, "p"), {"artifacts/p": registers("probabilities", low=low, high=high)})
    assert (result.counts, result.counts_kind, result.probabilities, result.num_qubits) == (None, None, None, None)
    assert result.registers["low"].counts == {"1": 100}
    assert result.registers["high"].counts == {"00": 70, "01": 30}
    assert result.flipped().registers["high"].counts == {"00": 70, "10": 30}


@pytest.mark.parametrize("flat", [url("probabilities"), artifact(PROBABILITIES_V1, "p"), {}])
def test_the_classical_bits_of_a_program_come_from_the_shots_where_nothing_else_has_them(flat: dict[str, Any]) -> None:
    # The integers are of the qubits: here of the only one, which is measured three times.
    places = {**flat, **url("shots"), **artifact(SHOTS_V2, "s")}
    bodies = {
        "results/probabilities": {"1": 1.0},
        "artifacts/p": {"1": 1.0},
        "results/shots": ["1"] * 4,
        "artifacts/s": shots_v2(ROWS_OF_TWO),
    }
    result = v4(places, bodies, type="ionq.qasm3.v1", stats={"qubits": 1}, shots=4)
    assert (result.counts, result.counts_kind, result.memory) == (TOGETHER, "measured", None)
    assert result.registers["low"].counts == {"0": 1, "1": 3}
    with_memory = v4(places, bodies, type="ionq.qasm3.v1", stats={"qubits": 1}, memory=True)
    assert with_memory.memory == ("011", "011", "011", "100")
    assert with_memory.registers["low"].memory == ("1", "1", "1", "0")


def test_tempos_documents_are_read_though_they_lack_the_key_registers() -> None:
    places = {**url("probabilities"), **url("shots"), **url("histogram")}
    bodies = {
        "results/probabilities": {"probabilities": {"mid": {"10": 0.75, "11": 0.25}, "output_all": {"0": 1.0}}},
        "results/histogram": {"histogram": {"mid": {"10": 3, "11": 1}, "output_all": {"0": 4}}},
        "results/shots": {
            "shots": [{"mid": [[1, 0]], "output_all": [[0]]}] * 3 + [{"mid": [[1], [1]], "output_all": [0]}]
        },
    }
    for aggregation in (None, "raw"):
        result = v4(places, bodies, type="ionq.circuit.v2", aggregation=aggregation, shots=4, memory=True)
        assert result.counts == {"01": 3, "11": 1}
        assert result.memory == ("01", "01", "01", "11")
        assert result.registers["output_all"].counts == {"0": 4}


def test_a_register_may_be_called_registers() -> None:
    body = {"probabilities": {"registers": {"10": 1.0}, "output_all": {"0": 1.0}}}
    assert v4(url("probabilities"), {"results/probabilities": body}).counts == {"01": 100}


# Shot by shot.


def test_shots_come_in_their_order_and_only_when_asked_for() -> None:
    places = {**artifact(PROBABILITIES_V1, "p"), **artifact(SHOTS_V1, "s")}
    bodies = {"artifacts/p": {"1": 0.75, "3": 0.25}, "artifacts/s": ["1", "3", "1", "1"]}
    without, with_memory = v4(places, bodies, shots=8), v4(places, bodies, shots=8, memory=True)
    assert (without.memory, without.counts) == (None, {"001": 6, "011": 2})
    assert with_memory.memory == ("001", "011", "001", "001")


def test_memory_leaves_the_presented_distribution_as_it_is() -> None:
    # Shots are as measured; counts and probabilities are what the vendor made of them.
    result = memory_of({SHOTS_V1: ["6"] * 100})
    assert (result.counts, result.counts_kind, result.probabilities) == (COUNTS, "derived", SHARES)
    assert result.memory == ("110",) * 100


@pytest.mark.parametrize("row", ["1", 1])
def test_shots_may_be_numbers_or_text(row: Any) -> None:
    assert memory_of({SHOTS_V1: [row]}).memory == ("001",)


@pytest.mark.parametrize("row", [1.5, True, None, [1], "1.0", {}])
def test_a_shot_that_is_no_outcome_is_an_error(row: Any) -> None:
    with pytest.raises(ResponseError):
        memory_of({SHOTS_V1: ["1", row]})


@pytest.mark.parametrize("bits", [[1, 0, 2], [1, 0, "x"], [1, 0, None], 5, "100", [1, 0, 0.5], [1, 0], []])
def test_a_shot_of_registers_with_other_than_the_results_bits_is_an_error(bits: Any) -> None:
    with pytest.raises(ResponseError):
        memory_of({SHOTS_V2: shots_v2([{"output_all": bits}])})


@pytest.mark.parametrize(
    "rows",
    [
        [{"registers": {"c": [1, 0, 0]}}, {"registers": {"output_all": [1, 0, 0]}}],
        [{"registers": {"output_all": [1, 0, 0]}}, {"registers": {"output_all": [1, 0]}}],
        [{"registers": 5}],
        [5],
        None,
    ],
)
def test_shots_that_make_no_sense_are_an_error(rows: Any) -> None:
    with pytest.raises(ResponseError):
        memory_of({SHOTS_V2: {"shots": rows}})


def test_shots_by_register_keep_each_registers_own_order() -> None:
    rows = [{"output_all": [1, 0, 0], "c": [1, 0]}, {"output_all": [1, 1, 0], "c": [1, 1]}]
    places = {**artifact(PROBABILITIES_V2, "p"), **artifact(SHOTS_V2, "s")}
    outcomes = registers("probabilities", output_all={"001": 0.5, "011": 0.5}, c={"01": 0.5, "11": 0.5})
    result = v4(places, {"artifacts/p": outcomes, "artifacts/s": shots_v2(rows)}, memory=True)
    assert result.memory == result.registers["c"].memory == ("01", "11")
    assert result.registers["output_all"].memory == ("001", "011")


def test_integers_tell_no_shots_of_classical_bits() -> None:
    places = {**artifact(PROBABILITIES_V2, "p"), **artifact(SHOTS_V1, "s")}
    bodies = {"artifacts/p": registers("probabilities", output_all=SHARES, c={"1": 1.0}), "artifacts/s": ROWS}
    result = v4(places, bodies, memory=True)
    assert (result.memory, result.counts) == (None, {"1": 100})


#: A shot in which an ion left the qubit's two states, among two that stayed.
LEAKED = [
    {"registers": {"output_all": [1, 0, 0]}, "leakage_bits": [0, 0, 0]},
    {"registers": {"output_all": [0, 0, 1]}, "leakage_bits": [0, 1, 0]},
    {"registers": {"output_all": [1, 1, 0]}, "leakage_bits": []},
    {"registers": {"output_all": [0, 0, 1]}, "leakage_bits": ["0", "0", "1"]},
    {"registers": {"output_all": [1, 0, 0]}},
]


def test_leaked_shots_are_left_out_of_memory_and_of_counts_made_of_shots() -> None:
    assert memory_of({SHOTS_V2: {"shots": LEAKED}}).memory == ("001", "011", "001")
    counted = v4(artifact(SHOTS_V2, "s"), {"artifacts/s": {"shots": LEAKED}}, type="ionq.qasm3.v1")
    assert counted.counts == {"001": 2, "011": 1}
    leaked = [{"registers": row, "leakage_bits": [number]} for number, row in enumerate(ROWS_OF_TWO[2:])]
    places = {**artifact(PROBABILITIES_V2, "p"), **artifact(SHOTS_V2, "s")}
    bodies = {"artifacts/p": registers("probabilities", **MARGINALS), "artifacts/s": {"shots": leaked}}
    assert v4(places, bodies).counts == {"011": 1}


def test_a_job_of_which_all_shots_leaked_has_an_empty_memory() -> None:
    result = memory_of({SHOTS_V2: {"shots": [LEAKED[1]]}})
    assert (result.memory, result.counts) == ((), COUNTS)


def test_a_url_of_shots_is_read_too() -> None:
    places = {**url("probabilities"), **url("shots")}
    result = v4(places, {"results/probabilities": {"1": 0.7, "3": 0.3}, "results/shots": ROWS}, memory=True)
    assert result.memory == ("001",) * 70 + ("011",) * 30


def test_shots_are_as_wide_as_the_result_where_a_job_does_not_say_its_qubits() -> None:
    places = {**artifact(PROBABILITIES_V1, "p"), **artifact(SHOTS_V1, "s")}
    bodies = {"artifacts/p": {"1": 0.5, "4": 0.5}, "artifacts/s": ["1", "1"]}
    result = v4(places, bodies, memory=True, stats={})
    assert (result.memory, result.counts) == (("001", "001"), {"001": 50, "100": 50})


def test_asking_for_shots_later_fetches_them() -> None:
    places = {**artifact(PROBABILITIES_V1, "p"), **artifact(SHOTS_V1, "s")}
    client, _ = connect("ionq-v0.4", v4_pages(places, {"artifacts/p": {"1": 1}, "artifacts/s": ["1"] * 4}))
    with client:
        job = client.job("a")
        assert job.result(timeout=60).memory is None
        assert job.result(timeout=60, memory=True).memory == ("001",) * 4


def test_where_no_shots_are_kept_counts_still_come() -> None:
    result = v4(artifact(PROBABILITIES_V1, "p"), {"artifacts/p": {"1": 1}}, memory=True)
    assert (result.memory, result.counts) == (None, {"001": 100})


def test_the_number_of_shots_sent_is_that_of_a_job_that_does_not_say_it() -> None:
    assert memory_of({SHOTS_V1: ROWS[:10]}, shots=None).counts == {"001": 7, "011": 3}


def test_what_was_counted_stays_counted_where_a_job_does_not_say_its_shots() -> None:
    # Shots in which an ion leaked are no outcomes, so there are fewer of them than were counted.
    places = {**artifact(HISTOGRAM_V1, "h"), **artifact(SHOTS_V1, "s")}
    bodies = {"artifacts/h": {"1": 70, "3": 30}, "artifacts/s": ROWS[68:72]}
    result = v4(places, bodies, memory=True, aggregation="raw", shots=None)
    assert (result.counts, result.counts_kind) == (COUNTS, "measured")
    assert result.memory == ("001", "001", "011", "011")


def test_counts_of_shots_are_counted_where_a_job_does_not_say_its_shots() -> None:
    bodies = {"artifacts/s": shots_v2([{"output_all": [1, 0, 0]}] * 70 + [{"output_all": [1, 1, 0]}] * 30)}
    result = v4(artifact(SHOTS_V2, "s"), bodies, type="ionq.qasm3.v1", shots=None)
    assert (result.counts, result.counts_kind) == (COUNTS, "measured")
    assert result.standard_errors == pytest.approx({"001": 0.0461, "011": 0.0461}, abs=1e-4)


@pytest.mark.parametrize("rows", [[[0, 0, 1]] * 2 + [[0, 1, 1]], [[1, 0, 0]] * 2 + [[1, 1, 0]], ["001", "001", "011"]])
def test_qbraids_rows_are_turned_the_way_in_which_they_agree_with_the_counts(rows: Any) -> None:
    sent = {"measurementCounts": {"001": 2, "011": 1}, "measurements": rows}
    assert qbraid(sent, memory=True).memory == ("001", "001", "011")


def test_qbraids_rows_are_asked_for_when_memory_is() -> None:
    pages = qbraid_pages({"resultData": {"measurementCounts": {"001": 2}}})
    rows = {"measurementCounts": {"001": 2}, "measurements": [[0, 0, 1]] * 2}
    pages["/jobs/a/result?includeMeasurements=true"] = {"data": {"resultData": rows}}
    client, _ = connect("qbraid-v2", pages)
    with client:
        job = client.job("a")
        assert job.result(timeout=60).memory is None
        assert job.result(timeout=60, memory=True).memory == ("001", "001")


def test_qbraids_rows_too_come_only_when_asked_for() -> None:
    sent = {"measurementCounts": {"001": 2}, "measurements": [[0, 0, 1]] * 2}
    assert qbraid(sent).memory is None


def test_a_part_of_qbraids_rows_is_never_given_as_the_whole() -> None:
    sent = {"measurementCounts": {"001": 150}, "measurements": [[0, 0, 1]] * 100}
    with pytest.warns(QuantumJobsWarning, match="100 of 150"):
        result = qbraid(sent, memory=True)
    assert (result.memory, result.counts) == (None, {"001": 150})
    assert len(result.raw["resultData"]["measurements"]) == 100
    with pytest.warns(QuantumJobsWarning, match="100 of 1000"):
        alone = qbraid({"measurements": [[0, 0, 1]] * 100}, memory=True, shots=1000)
    assert (alone.memory, alone.counts) == (None, None)


def test_qbraids_rows_alone_are_counted_when_they_are_all() -> None:
    result = qbraid({"measurements": [[0, 0, 1]] * 70 + [[0, 1, 1]] * 30})
    assert (result.counts, result.counts_kind, result.memory) == (COUNTS, "measured", None)
    with_memory = qbraid({"measurements": [[0, 1, 1]] * 30 + [[0, 0, 1]] * 70}, memory=True)
    assert with_memory.memory == ("011",) * 30 + ("001",) * 70
    assert qbraid({"measurements": [[0, 0, 1]] * 5}).counts is None


@pytest.mark.parametrize("rows", [[[0, 1]], [[5, 5, 5]], ["x"], 5, [], [[0, 0, 1]], {"0": [0, 0, 1]}, [None, None]])
@pytest.mark.filterwarnings("ignore::quantum_jobs.errors.QuantumJobsWarning")
def test_rows_that_do_not_agree_with_the_counts_are_left_aside(rows: Any) -> None:
    result = qbraid({"measurementCounts": {"001": 2}, "measurements": rows}, memory=True)
    assert (result.memory, result.counts) == (None, {"001": 2})
