"""The same program has the same keys on every service and in every document that a service has for results.

A program is given as what each of its shots measured. The documents are written here as the vendors describe them, bit
for bit and without the library's own functions; the keys that must come out are written down.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs
import httpx
import pytest
import quantum_jobs
from quantum_jobs import ResponseError, Result

from tests.wrapper.clouds import artifact, connect, qbraid, qbraid_pages, results, url, v3, v4, v4_pages

#: Bits by number: element i is qubit i, or bit i of a register.
Bits = tuple[int, ...]


@attrs.frozen
class Shot:
    """What one shot measured: the qubits at the end, and the program's registers in order of declaration."""

    qubits: Bits
    registers: Mapping[str, Bits]
    leaked: bool = False


@attrs.frozen
class Case:
    """A program by its shots, and what its result must be."""

    shots: Sequence[Shot]
    counts: Mapping[str, int]

    @property
    def kept(self) -> list[Shot]:
        return [shot for shot in self.shots if not shot.leaked]

    def by_register(self) -> dict[str, list[Bits]]:
        """The bits of each register, shot by shot; the service's own register comes last."""
        columns = {name: [shot.registers[name] for shot in self.kept] for name in self.shots[0].registers}
        return {**columns, "output_all": [shot.qubits for shot in self.kept]}


def shots(*groups: tuple[int, Bits, Mapping[str, Bits]], leaked: int = 0) -> list[Shot]:
    """So many shots of each kind; the first ``leaked`` of them once more, lost."""
    kept = [Shot(qubits, registers) for number, qubits, registers in groups for _ in range(number)]
    return [*kept, *(attrs.evolve(shot, leaked=True) for shot in kept[:leaked])]


CASES = {
    # c = measure q
    "all qubits measured": Case(
        shots((7, (1, 0, 0), {"c": (1, 0, 0)}), (3, (1, 1, 0), {"c": (1, 1, 0)})), {"001": 7, "011": 3}
    ),
    # c[0] = measure q[2]
    "one qubit of three": Case(shots((7, (0, 1, 1), {"c": (1,)}), (3, (0, 1, 0), {"c": (0,)})), {"0": 3, "1": 7}),
    # c[2] = measure q[0]; c[0] = measure q[1]; c[1] = measure q[2]
    "permuted": Case(shots((7, (1, 0, 0), {"c": (0, 0, 1)}), (3, (1, 1, 0), {"c": (1, 0, 1)})), {"100": 7, "101": 3}),
    # bit[1] low; bit[2] high; low[0] = measure q[0]; high[0] = measure q[1]; high[1] = measure q[2]
    "two registers": Case(
        shots((7, (1, 1, 0), {"low": (1,), "high": (1, 0)}), (3, (0, 0, 1), {"low": (0,), "high": (0, 1)})),
        {"011": 7, "100": 3},
    ),
    # The names are in no alphabetical order: the first one declared is rightmost.
    "two registers declared in another order": Case(
        shots((7, (1, 1, 0), {"z": (1,), "a": (1, 0)}), (3, (0, 0, 1), {"z": (0,), "a": (0, 1)})),
        {"011": 7, "100": 3},
    ),
    # bit[1] mid; bit[2] result; mid[0] = measure q; x q; result[0] = measure q; x q; result[1] = measure q
    "measured on the way, with leaked shots": Case(
        shots((7, (0,), {"mid": (0,), "result": (1, 0)}), (3, (1,), {"mid": (1,), "result": (0, 1)}), leaked=4),
        {"010": 7, "101": 3},
    ),
}
#: Without classical bits there are only the qubits.
OF_QUBITS = CASES["all qubits measured"]


# IonQ, version 2 of its documents: bit 0 first.


def ionq_counts(case: Case) -> dict[str, dict[str, int]]:
    return {
        name: dict(Counter("".join(map(str, bits)) for bits in column)) for name, column in case.by_register().items()
    }


def ionq_shares(case: Case) -> dict[str, dict[str, float]]:
    return {
        name: {key: count / len(case.kept) for key, count in counts.items()}
        for name, counts in ionq_counts(case).items()
    }


def ionq_shots(case: Case) -> dict[str, Any]:
    rows = []
    for shot in case.shots:
        registers = {name: list(bits) for name, bits in (*shot.registers.items(), ("output_all", shot.qubits))}
        rows.append({"registers": registers, "leakage_bits": [int(shot.leaked)] + [0] * (len(shot.qubits) - 1)})
    return {"shots": rows}


PROBABILITIES = "ionq.result.probabilities.json.v2"
HISTOGRAM = "ionq.result.histogram.json.v2"
SHOTS = "ionq.result.shots.json.v2"


def ionq_job(case: Case, **asking: Any) -> Result:
    """Read from a job that has all documents of version 2, and the integers of its qubits beside them."""
    places = {**artifact(PROBABILITIES, "p"), **artifact(HISTOGRAM, "h"), **artifact(SHOTS, "s")}
    bodies = {
        "artifacts/p": {"probabilities": {"registers": ionq_shares(case)}},
        "artifacts/h": {"histogram": {"registers": ionq_counts(case)}},
        "artifacts/s": ionq_shots(case),
        "results/probabilities": ionq_integers(case),
    }
    qubits = len(case.shots[0].qubits)
    return v4(places, bodies, type="ionq.qasm3.v1", shots=10, stats={"qubits": qubits}, **asking)


def ionq_of_aggregation(case: Case) -> Result:
    """Read from the histogram of one method of error mitigation."""
    named = {"dnl": artifact(HISTOGRAM, "d")[HISTOGRAM]}
    bodies = {"artifacts/d": {"histogram": {"registers": ionq_counts(case)}}}
    output = {"error_mitigation": {"aggregations": named}}
    return v4({}, bodies, output=output, shots=10, aggregation="dnl")


def ionq_of_shots(case: Case) -> Result:
    """Read from a job that has the shots by register and else the integers of its qubits."""
    places = {**url("probabilities"), **url("shots"), **artifact(SHOTS, "s")}
    bodies = {"artifacts/s": ionq_shots(case), "results/probabilities": ionq_integers(case)}
    return v4(places, bodies, type="ionq.qasm3.v1", shots=10)


def ionq_tempo(case: Case) -> Result:
    """Read from documents without the key ``registers``, behind URLs."""
    rows = [
        {"output_all": [list(shot.qubits)], **{name: [list(bits)] for name, bits in shot.registers.items()}}
        for shot in case.kept
    ]
    bodies = {
        "results/probabilities": {"probabilities": ionq_shares(case)},
        "results/shots": {
            "shots": [{name: row[name] for name in (*case.shots[0].registers, "output_all")} for row in rows]
        },
    }
    return v4({**url("probabilities"), **url("shots")}, bodies, type="ionq.circuit.v2", shots=10)


# IonQ, version 1: integers, qubit i is bit i.


def ionq_integers(case: Case) -> dict[str, float]:
    values = Counter(sum(bit << qubit for qubit, bit in enumerate(shot.qubits)) for shot in case.kept)
    return {str(value): count / len(case.kept) for value, count in values.items()}


# qBraid: one bitstring over all classical bits, bit 0 last, the first declared register last.


def qbraid_counts(case: Case, between: str = "") -> dict[str, int]:
    keys = [
        between.join("".join(map(str, reversed(bits))) for bits in reversed(shot.registers.values()))
        for shot in case.kept
    ]
    return dict(Counter(keys))


READERS: dict[str, Callable[[Case], Result]] = {
    "IonQ v0.4, presented": ionq_job,
    "IonQ v0.4, as measured": lambda case: ionq_job(case, aggregation="raw"),
    "IonQ v0.4, with memory": lambda case: ionq_job(case, memory=True),
    "IonQ v0.4, shots alone": ionq_of_shots,
    "IonQ v0.4, Tempo": ionq_tempo,
    "qBraid, counts": lambda case: qbraid({"measurementCounts": qbraid_counts(case)}),
    "qBraid, counts by register": lambda case: qbraid({"measurementCounts": qbraid_counts(case, " ")}),
    "qBraid, probabilities": lambda case: qbraid(
        {"measurementProbabilities": {key: count / 10 for key, count in qbraid_counts(case).items()}}, shots=10
    ),
    "qBraid, single shots": lambda case: qbraid(
        {"measurements": [list(map(int, key)) for key, count in qbraid_counts(case).items() for _ in range(count)]},
        shots=10,
    ),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("case", CASES)
def test_the_same_program_has_the_same_keys_everywhere(case: str, reader: str) -> None:
    result = READERS[reader](CASES[case])
    assert result.counts == CASES[case].counts
    assert result.probabilities == {key: count / 10 for key, count in CASES[case].counts.items()}
    assert {len(key) for key in result.counts} == {result.num_qubits}


@pytest.mark.parametrize("case", [name for name in CASES if len(CASES[name].shots[0].registers) == 1])
def test_a_method_of_mitigation_has_the_same_keys(case: str) -> None:
    assert ionq_of_aggregation(CASES[case]).counts == CASES[case].counts


@pytest.mark.parametrize("case", CASES)
def test_every_shot_is_a_key_of_the_counts(case: str) -> None:
    result = ionq_job(CASES[case], memory=True)
    assert result.memory is not None
    assert Counter(result.memory) == CASES[case].counts
    for name, register in result.registers.items():
        assert register.memory is not None
        assert Counter(register.memory) == register.counts, name


@pytest.mark.parametrize("case", CASES)
def test_every_register_keeps_its_own_outcomes(case: str) -> None:
    result = ionq_job(CASES[case])
    assert list(result.registers) == [*CASES[case].shots[0].registers, "output_all"]
    for name, column in CASES[case].by_register().items():
        expected = Counter("".join(map(str, reversed(bits))) for bits in column)
        assert result.registers[name].counts == expected


@pytest.mark.parametrize(
    "read",
    [
        lambda integers: v4(url("probabilities"), {"results/probabilities": integers}, shots=10),
        lambda integers: v4(artifact("ionq.result.probabilities.json.v1", "p"), {"artifacts/p": integers}, shots=10),
        lambda integers: v4({}, {"results/probabilities": integers}, results=None, shots=10),
        lambda integers: v3(integers, shots=10),
    ],
)
def test_a_program_without_classical_bits_has_the_keys_of_its_qubits(read: Callable[[Any], Result]) -> None:
    assert read(ionq_integers(OF_QUBITS)).counts == OF_QUBITS.counts
    qubits = [{"registers": {"output_all": list(shot.qubits)}} for shot in OF_QUBITS.shots]
    shares = {"probabilities": {"registers": {"output_all": ionq_shares(OF_QUBITS)["output_all"]}}}
    places = {**artifact(PROBABILITIES, "p"), **artifact(SHOTS, "s")}
    by_register = v4(places, {"artifacts/p": shares, "artifacts/s": {"shots": qubits}}, shots=10, memory=True)
    assert by_register.counts == Counter(by_register.memory) == OF_QUBITS.counts


#: What the programs of one register measured, as a submission writes it down where it has to become a circuit of
#: qubits alone.
MEASURED = {"all qubits measured": None, "one qubit of three": "c:2", "permuted": "c:1-2,0"}


@pytest.mark.parametrize("reader", ["IonQ v0.4", "IonQ v0.4, by register", "IonQ v0.3"])
@pytest.mark.parametrize("case", MEASURED)
def test_a_program_that_became_a_circuit_of_qubits_has_the_keys_of_its_classical_bits(case: str, reader: str) -> None:
    qubits = CASES[case]
    metadata = {"quantum_jobs_measured": MEASURED[case]} if MEASURED[case] else {}
    alone = {"probabilities": {"registers": {"output_all": ionq_shares(qubits)["output_all"]}}}
    read: dict[str, Callable[[], Result]] = {
        "IonQ v0.4": lambda: v4(
            url("probabilities"), {"results/probabilities": ionq_integers(qubits)}, shots=10, metadata=metadata
        ),
        "IonQ v0.4, by register": lambda: v4(
            {**artifact(PROBABILITIES, "p"), **artifact("ionq.result.shots.json.v1", "s")},
            {"artifacts/p": alone, "artifacts/s": [sum(b << n for n, b in enumerate(s.qubits)) for s in qubits.shots]},
            shots=10,
            metadata=metadata,
            memory=True,
        ),
        "IonQ v0.3": lambda: v3(ionq_integers(qubits), shots=10, metadata=metadata),
    }
    result = read[reader]()
    assert result.counts == qubits.counts
    assert result.memory is None or Counter(result.memory) == qubits.counts
    assert {len(key) for key in result.counts} == {result.num_qubits}


QASM3 = 'OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; '
SENT = {
    "all qubits measured": QASM3 + "bit[3] c; x q[0]; c = measure q; // not c[0] = measure q[1];",
    "one qubit of three": QASM3 + "bit[1] c; x q[1]; x q[2]; c[0] = measure q[2];",
    "permuted": QASM3 + "bit[3] c; x q[0]; c[2] = measure q[0]; c[0] = measure q[1]; c[1] = measure q[2];",
}


@pytest.mark.parametrize("case", SENT)
def test_the_ideal_simulator_which_knows_qubits_only_gives_a_programs_classical_bits(case: str) -> None:
    pytest.importorskip("qiskit_qasm3_import")
    sent: dict[str, Any] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            sent.update(json.loads(request.content))
            return httpx.Response(201, json={"id": "a", "status": "submitted", "session_id": None})
        job = {"id": "a", "status": "completed", "type": sent["type"], "metadata": sent["metadata"], "results": None}
        is_job = request.url.path.endswith("/jobs/a")
        outcomes = ionq_integers(CASES[case])
        return httpx.Response(200, json={**job, "stats": {"qubits": 3}} if is_job else outcomes)

    with quantum_jobs.connect("ionq", api_key="a-key", transport=httpx.MockTransport(answer)) as client:
        submitted = client.submit(SENT[case], device="simulator", shots=10)
        for job in (submitted, client.job(submitted.id)):
            assert job.result(timeout=60).counts == CASES[case].counts
        assert sent["input"]["data"] == SENT[case]
        assert sent["metadata"].get("quantum_jobs_measured") == MEASURED[case]
        # Machines have the registers themselves, but not in documents of version 1.
        client.submit(SENT[case], device="qpu.forte-1", shots=10)
        assert sent["metadata"].get("quantum_jobs_measured") == MEASURED[case]


def test_a_program_whose_bits_the_ideal_simulator_cannot_tell_is_sent_as_it_is_and_the_log_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pytest.importorskip("qiskit_qasm3_import")
    bodies = []

    def answer(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        return httpx.Response(201, json={"id": "a", "status": "submitted", "session_id": None})

    with quantum_jobs.connect("ionq", api_key="a-key", transport=httpx.MockTransport(answer)) as client:
        for tail in ("c[0] = measure q[2]; x q[2];", "c = measure q; x q;", "nonsense", "c[0] = measure q[7];"):
            client.submit(QASM3 + "bit[3] c; " + tail, device="simulator")
        said = [record.getMessage() for record in caplog.records]
        assert ["final state of all qubits" in line for line in said] == [True, True, True]
        on_the_way = QASM3 + "bit[3] c; c = measure q; x q;"
        client.submit(on_the_way, device="simulator", options={"noise": {"model": "aria-1"}})
        client.submit(on_the_way, device="qpu.forte-1")
        assert len(caplog.records) == 3
    assert [body["type"] for body in bodies] == ["ionq.qasm3.v1"] * 6
    assert not any("quantum_jobs_measured" in body["metadata"] for body in bodies)


def test_what_a_program_measured_makes_no_difference_to_a_result_that_has_its_registers() -> None:
    for name, measured in MEASURED.items():
        metadata = {"quantum_jobs_measured": measured or "c:0-2"}
        assert ionq_job(CASES[name], metadata=metadata).counts == CASES[name].counts


def test_a_circuit_of_several_that_is_taken_up_alone_has_the_same_keys() -> None:
    metadata = {"quantum_jobs_measured": ";c:1;c:2,0"}
    pages = ionq_parent({}, results=url("probabilities"), metadata=metadata)
    pages["/jobs/a/results/probabilities"] = by_circuit()
    for name, case in zip(CIRCUITS, WIDTHS, strict=True):
        pages[f"/jobs/{name}/results/probabilities"] = ionq_integers(case)
        pages[f"/jobs/{name}"]["metadata"] = metadata
    expected = [{"0": 7, "1": 3}, {"0": 10}, {"10": 10}]
    assert [result.counts for result in results("ionq-v0.4", pages)] == expected
    client, _ = connect("ionq-v0.4", pages)
    with client:
        assert [client.job(name).result(timeout=60).counts for name in CIRCUITS] == expected


@pytest.mark.parametrize("text", ["c:5", "nonsense", "c:0;c:1", "\x1b[2J"])
def test_metadata_that_do_not_tell_what_was_measured_are_an_error(text: str) -> None:
    with pytest.raises(ResponseError, match="what its circuits measured") as caught:
        v3(ionq_integers(OF_QUBITS), metadata={"quantum_jobs_measured": text})
    assert str(caught.value).isprintable()


# Several circuits, of one, two and three qubits.

WIDTHS = [
    Case(shots((7, (0,), {"c": (0,)}), (3, (1,), {"c": (1,)})), {"0": 7, "1": 3}),
    Case(shots((10, (1, 0), {"c": (1, 0)})), {"01": 10}),
    OF_QUBITS,
]
CIRCUITS = ["z-first", "a-second", "m-third"]


def ionq_parent(children: Mapping[str, Any], **parent: Any) -> dict[str, Any]:
    pages = v4_pages({}, {}, type="ionq.multi-circuit.v1", child_job_ids=CIRCUITS, shots=10, stats={}, **parent)
    for name, case in zip(CIRCUITS, WIDTHS, strict=True):
        child = {
            "id": name,
            "status": "completed",
            "parent_job_id": "a",
            "stats": {"qubits": len(case.shots[0].qubits)},
        }
        pages[f"/jobs/{name}"] = {**child, "results": children.get(name)}
    return pages


def ionq_children() -> dict[str, Any]:
    """Each circuit has a document of its own, of another format."""
    formats = [PROBABILITIES, "ionq.result.probabilities.json.v1", PROBABILITIES]
    pages = ionq_parent({name: artifact(each, "p") for name, each in zip(CIRCUITS, formats, strict=True)})
    for name, case, format_ in zip(CIRCUITS, WIDTHS, formats, strict=True):
        by_register = {"probabilities": {"registers": ionq_shares(case)}}
        pages[f"/jobs/{name}/artifacts/p"] = by_register if format_ == PROBABILITIES else ionq_integers(case)
    return pages


def by_circuit() -> dict[str, Any]:
    """What a whole job has of its circuits, in another order than theirs."""
    return {name: ionq_integers(case) for name, case in sorted(zip(CIRCUITS, WIDTHS, strict=True))}


def ionq_v0_3_circuits() -> dict[str, Any]:
    job = {"id": "a", "status": "completed", "shots": 10, "children": CIRCUITS, "results_url": "/v0.3/jobs/a/results"}
    children = {
        f"/jobs/{name}": {"id": name, "status": "completed", "qubits": len(case.shots[0].qubits)}
        for name, case in zip(CIRCUITS, WIDTHS, strict=True)
    }
    return {"/jobs/a": job, "/jobs/a/results": by_circuit(), "/jobs": {"jobs": []}, **children}


SEVERAL: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "IonQ v0.4, each circuit": ("ionq-v0.4", ionq_children),
    "IonQ v0.4, together": (
        "ionq-v0.4",
        lambda: {
            **ionq_parent({}, results=artifact("ionq.result.probabilities-aggregate.json.v1", "all")),
            "/jobs/a/artifacts/all": by_circuit(),
        },
    ),
    "IonQ v0.4, by URL": (
        "ionq-v0.4",
        lambda: {**ionq_parent({}, results=url("probabilities")), "/jobs/a/results/probabilities": by_circuit()},
    ),
    "IonQ v0.3": ("ionq-v0.3", ionq_v0_3_circuits),
    "qBraid": (
        "qbraid-v2",
        lambda: qbraid_pages(
            {"results": [{"resultData": {"measurementCounts": qbraid_counts(case)}} for case in WIDTHS]}
        ),
    ),
}


@pytest.mark.parametrize("several", SEVERAL)
def test_circuits_of_different_widths_have_the_same_keys_in_the_same_order_everywhere(several: str) -> None:
    service, pages = SEVERAL[several]
    assert [result.counts for result in results(service, pages())] == [case.counts for case in WIDTHS]
