"""Each command through its entry point, in text and as JSON."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
import quantum_jobs
from quantum_jobs.cli import errors
from quantum_sandbox import Sandbox

from tests.cli.conftest import BELL, SIMULATORS, Shell, submitted

ALL = list(SIMULATORS)

# Submitting.


@pytest.mark.parametrize("service", ALL)
def test_submit_prints_the_reference_alone(cloud: Sandbox, shell: Shell, bell: Path, service: str) -> None:
    done = shell("submit", bell, "--service", service, "--device", SIMULATORS[service], "--shots", 100)
    assert (done.status, done.err) == (0, "")
    (ref,) = done.out.splitlines()
    assert ref.startswith(f"{service}:")


def test_submit_as_json_is_the_record(cloud: Sandbox, shell: Shell, bell: Path) -> None:
    arguments = ("-s", "ionq", "-d", "simulator", "-n", 7, "--name", "bell", "--tag", "run=7", "--tag", "a=b=c")
    record = shell("submit", bell, *arguments, "--json").json
    assert record["ref"] == f"ionq-v0.4:{record['id']}"
    assert (record["name"], record["shots"], record["tags"]) == ("bell", 7, {"run": "7", "a": "b=c"})


def test_submit_takes_every_kind_of_program_from_a_file_or_a_pipe(cloud: Sandbox, shell: Shell, tmp_path: Path) -> None:
    circuit = {"qubits": 2, "circuit": [{"gate": "h", "target": 0}]}
    programs = {
        "qasm2": b'OPENQASM 2.0; include "qelib1.inc"; qreg q[1]; creg c[1]; h q[0]; measure q -> c;',
        "qasm3": b"\xef\xbb\xbf" + BELL.encode(),
        "ionq": json.dumps(circuit).encode(),
        "several": json.dumps([circuit, circuit]).encode(),
        "program": json.dumps({"format": "qasm3", "data": BELL}).encode(),
    }
    for name, data in programs.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert shell("submit", path, "-s", "ionq", "-d", "simulator", "-n", 10).status == 0, name
        assert shell("submit", "-", "-s", "ionq", "-d", "simulator", "-n", 10, stdin=data).status == 0, name


def test_submit_takes_qir_as_text_and_bitcode(cloud: Sandbox, shell: Shell) -> None:
    import pyqir

    module = pyqir.SimpleModule("bell", num_qubits=2, num_results=2)
    gates = pyqir.BasicQisBuilder(module.builder)
    gates.h(module.qubits[0])
    gates.cx(module.qubits[0], module.qubits[1])
    gates.mz(module.qubits[0], module.results[0])
    gates.mz(module.qubits[1], module.results[1])
    arguments = ("submit", "-", "-s", "qbraid", "-d", "qbraid:qbraid:sim:qir-sv", "-n", 10)
    assert shell(*arguments, stdin=module.ir()).status == 0
    assert shell(*arguments, stdin=module.bitcode()).status == 0


def test_the_same_key_gives_the_same_job(cloud: Sandbox, shell: Shell, bell: Path) -> None:
    first, second = (submitted(shell, bell, "ionq-v0.4", "--key", "point-12") for _ in range(2))
    assert first == second
    other = shell("submit", bell, "-s", "ionq", "-d", "simulator", "-n", 5, "--key", "point-12")
    assert other.status == 2
    assert "shots" in other.err


@pytest.mark.parametrize("service", ALL)
def test_what_the_service_refuses_is_a_wrong_command(cloud: Sandbox, shell: Shell, service: str) -> None:
    cloud.faults.add("status", status=422, method="POST", times=1)
    done = shell("submit", "-", "-s", service, "-d", SIMULATORS[service], "-n", 5, stdin=BELL)
    assert (done.status, done.out) == (2, "")
    assert "find_submission" not in done.err
    assert "the same command with it as --key looks for its job first" in done.err
    unknown = shell("submit", "-", "-s", service, "-d", "no-such-device", "-n", 5, stdin=BELL)
    assert (unknown.status, "find_submission" in unknown.err) in {(2, False), (7, False)}
    assert shell("list").rows == []


def test_what_messages_advise_programs_is_told_as_commands(cloud: Sandbox, shell: Shell, bell: Path) -> None:
    submitted(shell, bell, "ionq-v0.4", "--key", "a")
    other = shell("submit", bell, "-s", "ionq", "-d", "simulator", "-n", 5, "--key", "a")
    assert other.err.endswith("or take the job that has it\n")
    assert "quantum-jobs devices lists them" in shell("list", "--device", "").err
    free = shell("submit", bell, "-s", "ionq-v0.3", "-d", "qpu.forte-1", "-n", 5, "--max-cost", 5)
    assert "max_cost" not in free.err
    sources = "".join(path.read_text() for path in Path(quantum_jobs.__file__).parent.rglob("*.py"))
    for to_programs in errors.ADVICE:
        assert sources.count(to_programs) > 1, "the advice is given in other words now"


def test_options_go_to_the_service(cloud: Sandbox, shell: Shell, bell: Path) -> None:
    noise = 'noise={"model": "aria-1", "seed": 7}'
    record = shell("submit", bell, "-s", "ionq", "-d", "simulator", "-n", 9, "--option", noise, "--json").json
    (read,) = shell("status", record["ref"], "--json").json
    assert read["raw"]["noise"]["model"] == "aria-1"


@pytest.mark.parametrize("service", ALL)
def test_submit_and_wait_gives_the_result(
    cloud: Sandbox, shell: Shell, bell: Path, quick_polls: None, service: str
) -> None:
    arguments = ("submit", bell, "-s", service, "-d", SIMULATORS[service], "-n", 100, "--wait")
    rows = shell(*arguments).rows
    assert [row[3] for row in rows] == ["00", "11"]
    assert sum(int(row[4]) for row in rows) == 100
    record = shell(*arguments, "--json").json
    assert sum(record["results"][0]["counts"].values()) == 100
    assert record["status"] == "COMPLETED"


# One job or several.


def test_status_shows_one_job_in_full_and_several_as_a_table(cloud: Sandbox, shell: Shell, bell: Path) -> None:
    refs = [submitted(shell, bell, service, "--name", f"of {service}") for service in ALL]
    rows = shell("status", *refs).rows
    assert [(row[0], row[2], row[4]) for row in rows] == [(ref, f"of {ref.split(':')[0]}", "100") for ref in refs]
    assert [record["ref"] for record in shell("status", *refs, "--json").json] == refs
    shell.on_terminal()
    lines = shell("status", refs[0]).out.splitlines()
    assert lines[0].split() == ["job", refs[0]]
    assert ["name", "of", "ionq-v0.4"] in [line.split() for line in lines]


def test_status_of_a_job_that_is_not_there_shows_the_others(cloud: Sandbox, shell: Shell, bell: Path) -> None:
    ref = submitted(shell, bell)
    done = shell("status", "ionq:no-such-job", ref, "qbraid:none")
    assert [row[0] for row in done.rows] == [ref]
    assert done.status == 7
    assert len(done.err.splitlines()) == 2
    assert "ionq-v0.4:no-such-job" in done.err


@pytest.mark.parametrize("service", ALL)
def test_result_is_a_line_for_each_outcome(
    cloud: Sandbox, shell: Shell, bell: Path, quick_polls: None, service: str
) -> None:
    ref = submitted(shell, bell, service)
    done = shell("result", ref)
    assert done.status == 0, done.err
    assert done.rows[0][:4] == [ref, "1", "", "00"]
    assert sum(int(row[4]) for row in done.rows) == 100
    table = list(csv.DictReader(io.StringIO(shell("result", ref, "--csv").out)))
    assert [row["outcome"] for row in table] == ["00", "11"]
    assert [row["count"] for row in table] == [row[4] for row in done.rows]
    (job,) = shell("result", ref, "--json").json
    assert job["results"][0]["counts"] == {row[3]: int(row[4]) for row in done.rows}


def test_csv_and_json_at_once_are_refused_before_anything_is_asked(cloud: Sandbox, shell: Shell) -> None:
    done = shell("result", "ionq:a", "--csv", "--json")
    assert (done.status, "--csv and --json" in done.err) == (2, True)
    assert not cloud.journal.select()


def test_result_draws_a_bar_for_each_outcome(cloud: Sandbox, shell: Shell, bell: Path, quick_polls: None) -> None:
    ref = submitted(shell, bell, shots=1000)
    shell.on_terminal(width=80)
    heading, titles, first, second = shell("result", ref).out.splitlines()
    assert heading.startswith("1000 shots of 2 bits")
    assert titles.split() == ["outcome", "count", "share"]
    assert first.split()[:4] == ["00", "500", "50.0", "%"]
    assert second.endswith("\N{FULL BLOCK}" * 40)
    assert all(len(line) <= 80 for line in (heading, titles, first, second))


@pytest.mark.parametrize("width", [20, 40, 60, 80])
def test_result_cuts_no_outcome_and_no_number_on_a_narrow_terminal(
    cloud: Sandbox, shell: Shell, quick_polls: None, width: int
) -> None:
    program = 'OPENQASM 3.0; include "stdgates.inc"; qubit[24] q; bit[24] c; h q[0]; c = measure q;'
    ref = shell("submit", "-", "-s", "ionq", "-d", "simulator", "-n", 100, stdin=program).out.strip()
    shell.on_terminal(width)
    *_, first, second = shell("result", ref).out.splitlines()
    assert [first.split()[:4], second.split()[:4]] == [[f"{n:024b}", "50", "50.0", "%"] for n in range(2)]
    assert ("\N{FULL BLOCK}" in second) == (width >= 60)
    assert len(second) <= width or width <= 40


def test_result_puts_rare_outcomes_together(cloud: Sandbox, shell: Shell, quick_polls: None) -> None:
    program = 'OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; bit[3] c; h q; c = measure q;'
    done = shell("submit", "-", "-s", "ionq", "-d", "simulator", "-n", 800, stdin=program)
    assert len(shell("result", done.out.strip(), "--top", 2).rows) == 2
    shell.on_terminal()
    lines = shell("result", done.out.strip(), "--top", 3).out.splitlines()
    assert lines[-1].split() == ["5", "others", "500", "62.5", "%"]


def test_result_turns_bits_round_when_asked(cloud: Sandbox, shell: Shell, quick_polls: None) -> None:
    program = 'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c; x q[0]; c = measure q;'
    ref = shell("submit", "-", "-s", "qbraid", "-d", "ionq:ionq:sim:simulator", "-n", 5, stdin=program).out.strip()
    assert shell("result", ref).rows[0][3] == "01"
    assert shell("result", ref, "--flipped").rows[0][3] == "10"


def test_result_shows_each_circuit_of_a_job_of_several(cloud: Sandbox, shell: Shell, quick_polls: None) -> None:
    circuits = [{"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}, {"qubits": 1, "circuit": []}]
    ref = shell("submit", "-", "-s", "ionq", "-d", "simulator", "-n", 5, stdin=json.dumps(circuits)).out.strip()
    assert [row[1:5] for row in shell("result", ref).rows] == [["1", "", "1", "5"], ["2", "", "0", "5"]]
    shell.on_terminal()
    assert "circuit 2, 5 shots of 1 bit" in shell("result", ref).out


def test_results_of_several_jobs_are_told_apart(cloud: Sandbox, shell: Shell, bell: Path, quick_polls: None) -> None:
    refs = [submitted(shell, bell, service) for service in ALL]
    done = shell("result", *refs, "ionq:no-such-job")
    assert list(dict.fromkeys(row[0] for row in done.rows)) == refs
    assert done.status == 7


def test_a_job_that_has_no_result_is_status_3(still_cloud: Sandbox, shell: Shell, bell: Path) -> None:
    cancelled, other = submitted(shell, bell), submitted(shell, bell, "ionq-v0.3")
    assert shell("cancel", cancelled).status == 0
    still_cloud.clock.advance(60)
    done = shell("result", cancelled, other)
    assert done.status == 3
    assert "cancelled" in done.err
    assert {row[0] for row in done.rows} == {other}
    assert shell("result", cancelled, "--json").json == []


def test_program_prints_what_submit_takes(cloud: Sandbox, shell: Shell, bell: Path, tmp_path: Path) -> None:
    ref = submitted(shell, bell, "qbraid-v2")
    assert shell("program", ref).out == BELL + "\n"
    assert shell("program", ref, "--json").json == {"format": "qasm3", "data": BELL}
    target = tmp_path / "copy.qasm"
    assert shell("program", ref, "--output", target).out == ""
    again = submitted(shell, target, "qbraid-v2")
    assert shell("program", again).out == target.read_text() == BELL + "\n"


def test_submit_takes_the_programs_of_a_job_of_several(cloud: Sandbox, shell: Shell) -> None:
    several = [{"format": "qasm3", "data": BELL}, {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}]
    submit = ("submit", "-", "-s", "ionq", "-d", "simulator", "-n", 5)
    ref = shell(*submit, stdin=json.dumps(several)).out.strip()
    printed = shell("program", ref, "--json")
    again = shell(*submit, stdin=printed.out)
    assert again.status == 0, again.err
    assert shell("program", again.out.strip(), "--json").json == printed.json


def test_cancel_and_delete_print_what_they_did(still_cloud: Sandbox, shell: Shell, bell: Path) -> None:
    refs = [submitted(shell, bell, service) for service in ALL]
    still_cloud.clock.advance(0.1)  # qBraid cancels nothing that it is still looking at
    done = shell("cancel", *refs)
    assert (done.status, done.out.split()) == (0, refs)
    assert shell("cancel", *refs, "--json").json == [{"ref": ref, "error": None} for ref in refs]
    assert shell("delete", *refs, "--yes").out.split() == refs
    gone = shell("delete", *refs, "--yes", "--json")
    assert gone.status == 7
    assert all("404" in each["error"] for each in gone.json)


def test_delete_asks_before_it_does(cloud: Sandbox, shell: Shell, bell: Path) -> None:
    ref = submitted(shell, bell)
    refused = shell("delete", ref)
    assert refused.status == 2
    assert "--yes" in refused.err
    assert shell("status", ref).status == 0


# All jobs.


def test_list_shows_the_jobs_of_all_services_newest_first(still_cloud: Sandbox, shell: Shell, bell: Path) -> None:
    refs = []
    for service in (*ALL, *ALL):
        refs.append(submitted(shell, bell, service))
        still_cloud.clock.advance(1.0)
    assert [row[0] for row in shell("list").rows] == refs[::-1]
    assert [record["ref"] for record in shell("list", "--json").json] == refs[::-1]
    assert [row[0] for row in shell("list", "--limit", 2).rows] == refs[:-3:-1]
    assert [row[0] for row in shell("list", "--service", "ionq").rows] == [refs[3], refs[0]]


def test_list_filters(still_cloud: Sandbox, shell: Shell, bell: Path) -> None:
    for service in ALL:
        submitted(shell, bell, service, "--name", "a", "--tag", "run=1")
        submitted(shell, bell, service, "--name", "b", "--tag", "run=2")

    def count(*filters: object) -> int:
        done = shell("list", *filters)
        assert done.status == 0, done.err
        return len(done.rows)

    assert count("--name", "a") == 3
    assert count("--tag", "run=2") == 3
    assert count("--tag", "run=2", "--name", "a") == 0
    assert count("--device", "simulator") == 4
    assert count("--status", "completed") == 0
    assert count("--since", "2025-06-01") == 6
    assert count("--before", "2025-06-01T00:00:00+00:00") == 0
    assert count("--since", "2h") == 0


def test_list_shows_the_others_when_one_service_is_out(
    cloud: Sandbox, shell: Shell, bell: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = submitted(shell, bell)
    cloud.faults.add("status", status=401, service="qbraid-v2")
    done = shell("list", "--service", "ionq", "--service", "qbraid")
    assert [row[0] for row in done.rows] == [ref]
    assert done.status == 6
    assert "qbraid-v2" in done.err


@pytest.mark.parametrize(
    ("variable", "value", "status"),
    [("IONQ_API_KEY", "a b", 2), ("IONQ_V0_4_API_URL", "foo", 2), ("IONQ_API_KEY", "", 6)],
)
def test_a_service_that_cannot_be_connected_to_is_told_beside_what_the_others_say(
    still_cloud: Sandbox,
    shell: Shell,
    bell: Path,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    status: int,
) -> None:
    ref = submitted(shell, bell, "qbraid-v2")
    still_cloud.clock.advance(0.1)
    monkeypatch.setenv(variable, value)
    named = (ref, "ionq:abc", "ionq:def")
    for command in (
        *(["list", "--limit", 5], ["list", "--all"], ["status", *named], ["wait", "--timeout", 0, *named]),
        *(["result", "--timeout", 0, *named], ["cost", *named], ["devices"], ["cancel", *named]),
        ["delete", "--yes", *named],
    ):
        if len(command) < 4 and variable == "IONQ_API_KEY" and not value:
            continue  # those that have no key are not asked
        done = shell(*command)
        told = [line for line in done.err.splitlines() if "ionq-v0.4" in line]
        assert len(told) == 1, (command, done.err)
        assert done.status in {status, errors.TIME_OVER}, command
        if command[0] == "devices":
            assert done.rows
        elif command[0] != "result":
            assert [row[0] for row in done.rows] == [ref], command


def test_cost_is_told_by_job_and_summed(cloud: Sandbox, shell: Shell, bell: Path, quick_polls: None) -> None:
    refs = [
        shell("submit", bell, "-s", "ionq", "-d", "qpu.forte-1", "-n", 1000, "--tag", f"n={n}").out.strip()
        for n in range(2)
    ]
    refs.append(submitted(shell, bell, "qbraid-v2"))
    assert shell("wait", *refs).status == 0
    rows = shell("cost", *refs).rows
    assert [row[0] for row in rows] == refs
    assert rows[0][1] == f"{rows[0][2]} USD"
    by_device = {row[0]: row[1:] for row in shell("cost", *refs, "--by", "device").rows}
    assert by_device["qpu.forte-1"][0] == "2"
    assert float(by_device["qpu.forte-1"][2]) == 2 * float(rows[0][2])
    sums = shell("cost", *refs, "--by", "service", "--by", "day", "--json").json
    assert [(each["group"]["service"], each["jobs"], list(each["amounts"])) for each in sums] == [
        ("ionq-v0.4", 2, ["USD"]),
        ("qbraid-v2", 1, ["credits"]),
    ]
    with cloud.outage():  # what was asked once is in the store
        assert shell("cost", "--by", "service", "--by", "day", "--json").json == sums
        assert shell("cost", "--since", "1h", "--service", "qbraid").rows[0][:2] == ["qbraid-v2", "1"]
        assert shell("cost", "--by", "colour").status == 2
    assert [each["cost"]["currency"] for each in shell("cost", *refs, "--json").json] == ["USD", "USD", "credits"]
    shell.on_terminal(width=160)
    assert "not known" not in shell("cost", *refs).out.splitlines()[-1]


# Services.


def test_services_says_where_keys_were_found_and_never_shows_one(
    cloud: Sandbox, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QBRAID_API_KEY")
    rows = shell("services").rows
    assert [row[:3] for row in rows[:3]] == [
        ["ionq-v0.4", "ionq", "IONQ_API_KEY"],
        ["ionq-v0.3", "", "IONQ_API_KEY"],
        ["qbraid-v2", "qbraid", "none: set QBRAID_API_KEY"],
    ]
    found = shell("services", "--json")
    assert cloud.api_key not in found.out
    assert found.json[0]["base_url"] == cloud.url("ionq")


def test_services_asks_whether_keys_are_taken(cloud: Sandbox, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shell("services", "--check").status == 0
    monkeypatch.setenv("QBRAID_API_KEY", "wrong-key")
    refused = shell("services", "--check", "--json")
    assert refused.status == 6
    assert [each["accepted"] for each in refused.json[:3]] == [True, True, False]


def test_devices_lists_those_of_all_services(cloud: Sandbox, shell: Shell) -> None:
    rows = shell("devices").rows
    assert {row[0] for row in rows} == set(ALL)
    assert ["ionq-v0.4", "simulator", "available", "simulator", "29"] in [row[:5] for row in rows]
    online = shell("devices", "--online", "--service", "qbraid", "--json").json
    assert online
    assert all(device["online"] and device["service"] == "qbraid-v2" for device in online)


def test_estimate_says_what_a_job_would_cost(cloud: Sandbox, shell: Shell, bell: Path) -> None:
    told = dict(shell("estimate", bell, "-s", "ionq", "-d", "qpu.forte-1", "-n", 1000).rows)
    assert told["cost"].endswith(" USD")
    size = ("--option", "qubits=2", "--option", "one_qubit_gates=1", "--option", "two_qubit_gates=1")
    by_size = shell("estimate", "-s", "ionq", "-d", "qpu.forte-1", "-n", 1000, *size, "--json").json
    assert f"{by_size['cost']['amount']} USD" == told["cost"]
    assert shell("estimate", bell, "-s", "ionq", "-d", "qpu.forte-1", "--option", "qbits=2").status == 2


def test_a_job_that_would_cost_too_much_is_not_submitted(cloud: Sandbox, shell: Shell, bell: Path) -> None:
    arguments = ("submit", bell, "-s", "ionq", "-d", "qpu.forte-1", "-n", 1000, "--max-cost")
    done = shell(*arguments, "1.50")
    assert (done.status, done.out) == (8, "")
    assert "1.50" in done.err
    assert not cloud.journal.select(method="POST", path="/v0.4/jobs")
    assert shell(*arguments, "1000").status == 0
    assert shell(*arguments, "much").status == 2


def test_results_are_drawn_into_a_file(
    cloud: Sandbox, shell: Shell, bell: Path, quick_polls: None, tmp_path: Path
) -> None:
    refs = [submitted(shell, bell, service) for service in ALL]
    for name, start in {"one.png": b"\x89PNG", "all.svg": b"<?xml"}.items():
        done = shell("result", *(refs[:1] if name == "one.png" else refs), "--plot", tmp_path / name)
        assert done.status == 0, done.err
        assert (tmp_path / name).read_bytes().startswith(start)
    no_folder = shell("result", refs[0], "--plot", tmp_path / "no-folder" / "a.png")
    assert (no_folder.status, len(no_folder.rows)) == (1, 2)


def test_a_picture_that_cannot_be_drawn_is_told_before_anything_is_waited_for(
    still_cloud: Sandbox, shell: Shell, bell: Path
) -> None:
    done = shell("result", submitted(shell, bell), "--timeout", "0.3", "--plot", "a.nonsense")
    assert done.status == 2
    assert "a.nonsense cannot be drawn: its ending is none of" in done.err
    assert not still_cloud.journal.select(operation="get_job")


# What is remembered.


def test_history_shows_what_was_submitted_from_here_without_a_network(
    cloud: Sandbox, shell: Shell, bell: Path, quick_polls: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = [submitted(shell, bell, service, "--name", service, "--tag", "run=7") for service in ALL]
    assert all(row[7] for row in shell("history").rows)  # when it was made, also where the service did not say
    assert shell("result", refs[0]).status == 0
    for name in ("IONQ_API_KEY", "QBRAID_API_KEY"):
        monkeypatch.delenv(name)
    with cloud.outage():
        assert [row[0] for row in shell("history").rows] == refs[::-1]
        assert [record["ref"] for record in shell("history", "--json", "--limit", 1).json] == refs[:1:-1]
        assert [row[0] for row in shell("history", "--name", ALL[1], "--tag", "run=7").rows] == [refs[1]]
        assert [row[0] for row in shell("history", "-s", "ionq", "-s", "qbraid").rows] == [refs[2], refs[0]]
        assert [row[0] for row in shell("history", "--open").rows] == [refs[2], refs[1]]
        assert shell("history", "--since", "2030-01-01").rows == []
        assert [row[3] for row in shell("result", "--offline", refs[0]).rows] == ["00", "11"]
        missing = shell("result", "--offline", refs[1])
        assert (missing.status, missing.out) == (1, "")
        assert missing.err.endswith(f"when it was last asked for: quantum-jobs result {refs[1]} fetches it\n")
        assert shell("program", refs[0]).out == BELL + "\n"
    shell.on_terminal()
    assert "No such submissions." in shell("history", "--uncertain").err


def test_a_name_that_is_no_text_is_told(cloud: Sandbox, shell: Shell) -> None:
    for command in ("history", "list"):
        done = shell(command, "--name", "a\udcff")
        assert done.status == 2
        assert "name must be text" in done.err


def test_tags_are_printed_as_they_are_given(cloud: Sandbox, shell: Shell, bell: Path) -> None:
    given = ["a=1", "b:=true", "c:=2"]
    ref = submitted(shell, bell, "qbraid-v2", *(word for tag in given for word in ("--tag", tag)))
    assert sorted(shell("status", ref).rows[0][-1].split()) == given
    assert [row[0] for row in shell("list", "-s", "qbraid", "--tag", "b:=true").rows] == [ref]


@pytest.mark.parametrize("service", ALL)
def test_a_job_that_is_deleted_before_its_end_is_not_open_any_more(
    still_cloud: Sandbox, shell: Shell, bell: Path, monkeypatch: pytest.MonkeyPatch, service: str
) -> None:
    refs = [submitted(shell, bell, service, "--name", n) for n in range(5)]
    assert shell("delete", "--yes", refs[0]).out.split() == refs[:1]
    assert shell("delete", "--yes", *refs[1:3]).out.split() == refs[1:3]
    assert [row[0] for row in shell("history", "--open").rows] == refs[:2:-1]
    # Those that somebody else has deleted are not found, which is certain after a while.
    with quantum_jobs.connect(service, store=False) as elsewhere:
        elsewhere.delete(refs[3:])
    assert shell("status", *refs[3:]).status == 7
    assert [row[0] for row in shell("history", "--open").rows] == refs[:2:-1]
    monkeypatch.setattr("quantum_jobs.store.account.SHOWN_WITHIN", timedelta(0))
    assert shell("status", *refs[3:]).status == 7
    assert shell("history", "--open").rows == []
    assert [row[0] for row in shell("history").rows] == refs[::-1]


def test_history_and_sums_keep_the_jobs_of_a_sandbox_apart(
    cloud: Sandbox, shell: Shell, bell: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = submitted(shell, bell)
    for name in ("IONQ_V0_4_API_URL", "IONQ_API_URL"):
        monkeypatch.delenv(name)
    assert shell("history").rows == []
    assert shell("cost").rows == []
    assert [row[0] for row in shell("history", "--any-address").rows] == [ref]


def test_a_submission_that_is_uncertain_is_remembered_with_its_key(
    cloud: Sandbox, shell: Shell, bell: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(quantum_jobs.Client.__init__.__kwdefaults__, "confirmation_timeout", 0.1)
    cloud.faults.add("status", status=503, method="POST", times=1)
    done = shell("submit", bell, "-s", "ionq", "-d", "simulator", "-n", 5)
    assert done.status == 5
    ((key, service, *_),) = shell("history", "--uncertain").rows
    assert (service, key in done.err) == ("ionq-v0.4", True)
    assert f"is listed. Run the same command again with --key {key}: the job is looked for first" in done.err
    (kept,) = shell("history", "--uncertain", "--json").json
    assert kept["idempotency_key"] == key
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", kept["sent_at"])
    again = shell("submit", bell, "-s", "ionq", "-d", "simulator", "-n", 5, "--key", key)
    assert again.status == 0
    assert len(cloud.journal.select(method="POST")) == 2


def test_without_a_place_for_it_there_is_no_store(
    cloud: Sandbox, shell: Shell, bell: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("QUANTUM_JOBS_STORE", "")
    ref = submitted(shell, bell)
    for reading in (["history"], ["cost"], ["result", ref, "--offline"]):
        done = shell(*reading)
        assert (done.status, "QUANTUM_JOBS_STORE is empty" in done.err) == (2, True)
    assert not (tmp_path / "data").exists()
    monkeypatch.delenv("QUANTUM_JOBS_STORE")
    assert shell("history").rows == []
    ref = submitted(shell, bell)
    assert [row[0] for row in shell("history").rows] == [ref]
    assert list((tmp_path / "data").rglob("*.sqlite3"))
    assert "QUANTUM_JOBS_STORE" not in os.environ


def test_a_store_that_cannot_be_written_says_how_to_go_without(
    cloud: Sandbox, shell: Shell, bell: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("QUANTUM_JOBS_STORE", str(tmp_path / "file" / "jobs.sqlite3"))
    done = shell("submit", bell, "-s", "ionq", "-d", "simulator", "-n", 5)
    assert done.status == 1
    assert "QUANTUM_JOBS_STORE names another file for it; empty, it goes without one." in done.err
    assert not cloud.journal.select(method="POST")
