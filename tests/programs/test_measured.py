"""What a program measured, as text beside the job and applied to its results."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, strategies as st
from quantum_jobs import Result, UnsupportedError, programs
from quantum_jobs.programs.measured import Measured, Register, text_of

NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,6}", fullmatch=True)
REGISTERS = st.builds(
    Register, NAMES, st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=1, max_size=8).map(tuple)
)
MEASURED = st.builds(Measured, st.lists(REGISTERS, min_size=1, max_size=3).map(tuple))


def measured(**registers: list[int | None]) -> Measured:
    return Measured(tuple(Register(name, tuple(qubits)) for name, qubits in registers.items()))


@given(st.lists(st.one_of(st.none(), MEASURED), min_size=1, max_size=6))
def test_the_text_can_be_read_back(circuits: list[Measured | None]) -> None:
    text = text_of(circuits)
    assert (text is None) == (not any(circuits))
    if text is not None:
        assert programs.measured_of(text) == circuits


@pytest.mark.parametrize(
    ("circuits", "text"),
    [
        ([measured(c=[2, 0])], "c:2,0"),
        ([measured(c=[0, 1, 2, 3, 9]), None], "c:0-3,9;"),
        ([measured(low=[5, 4, 3], high=[None, 1])], "low:5-3 high:x,1"),
        ([None, None, measured(c=[1])], "*2;c:1"),
        ([measured(c=[1])] * 5000, "c:1*5000"),
        ([None, None], None),
    ],
)
def test_the_text_is_short_and_stays_what_it_is(circuits: list[Measured | None], text: str | None) -> None:
    assert text_of(circuits) == text


@pytest.mark.parametrize(
    "text",
    ["c", "c:1-", "c:-1", "c:1,,2", "c:1*0", "c:1*1*1", "c:a", "c:1 ", "c:\u0661", "c:99999", "c:" + "0-9999," * 9],
)
def test_text_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="quantum_jobs_measured"):
        programs.measured_of(text)


def test_text_that_a_service_would_not_keep_is_refused_beforehand() -> None:
    circuits = [measured(c=[number % 97, number % 89, number % 83]) for number in range(5000)]
    with pytest.raises(UnsupportedError, match="40000: submit fewer circuits"):
        text_of(circuits)


def over(one: Measured, counts: dict[str, int]) -> Mapping[str, int]:
    """Measured counts over these classical bits."""
    found = one.result(Result(counts=counts, counts_kind="measured", num_qubits=len(next(iter(counts)))))
    assert found.counts is not None
    return found.counts


def test_outcomes_over_qubits_become_outcomes_over_classical_bits() -> None:
    by_qubit = {"000": 1, "001": 1, "100": 2}
    assert over(measured(c=[0]), by_qubit) == {"0": 3, "1": 1}
    assert over(measured(c=[2, 0]), by_qubit) == {"00": 1, "01": 2, "10": 1}
    assert over(measured(c=[0, 0, None]), by_qubit) == {"000": 3, "011": 1}
    assert over(measured(a=[2], b=[1, 0]), by_qubit) == {"000": 1, "001": 2, "100": 1}
    with pytest.raises(ValueError, match="no qubit 3"):
        over(measured(c=[3]), by_qubit)


@given(MEASURED, st.dictionaries(st.integers(0, 63).map(lambda value: f"{value:06b}"), st.integers(1, 9), min_size=1))
def test_no_shot_is_lost_and_each_bit_is_its_qubit(one: Measured, counts: dict[str, int]) -> None:
    found = over(one, counts)
    assert sum(found.values()) == sum(counts.values())
    for bit, qubit in enumerate(one.qubits):
        ones = sum(count for key, count in found.items() if key[-1 - bit] == "1")
        assert ones == (0 if qubit is None else sum(n for key, n in counts.items() if key[-1 - qubit] == "1"))


def test_a_result_keeps_its_shots_its_memory_and_what_the_vendor_sent() -> None:
    by_qubit = Result(
        counts={"01": 3, "10": 1, "11": 6},
        counts_kind="measured",
        probabilities={"01": 0.3, "10": 0.1, "11": 0.6},
        memory=("01", "11", "10"),
        num_qubits=2,
        raw={"1": 0.3},
    )
    result = measured(a=[1], b=[0, None]).result(by_qubit)
    assert (result.counts, result.counts_kind) == ({"001": 1, "010": 3, "011": 6}, "measured")
    assert result.probabilities == pytest.approx({"001": 0.1, "010": 0.3, "011": 0.6})
    assert (result.memory, result.num_qubits, result.raw) == (("010", "011", "001"), 3, {"1": 0.3})
    assert {name: register.counts for name, register in result.registers.items()} == {
        "a": {"0": 3, "1": 7},
        "b": {"00": 1, "01": 9},
    }
    assert result.registers["a"].num_qubits == 1


def test_counts_made_of_probabilities_are_rounded_once() -> None:
    by_qubit = Result(
        probabilities=dict.fromkeys(("00", "01", "10"), 0.2) | {"11": 0.4},
        counts={"00": 1, "01": 1, "11": 2},
        counts_kind="derived",
        num_qubits=2,
    )
    for result in (measured(c=[0]).result(by_qubit), by_qubit.marginal([0])):
        assert (result.counts, result.counts_kind) == ({"0": 2, "1": 2}, "derived")


def test_a_result_without_outcomes_stays_without() -> None:
    result = measured(c=[0]).result(Result(raw={"value": 1.5}))
    assert (result.counts, result.probabilities, result.raw) == (None, None, {"value": 1.5})
