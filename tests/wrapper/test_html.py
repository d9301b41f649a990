"""What a notebook shows of jobs, results, devices and costs: small tables, and nothing of a service's text but text."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st
from quantum_jobs import (
    AsyncJob,
    Cost,
    Device,
    Estimate,
    Failure,
    Job,
    JobRecord,
    JobStatus,
    Listing,
    Program,
    Result,
)
from quantum_jobs.text import duration

HOSTILE = '<script>alert(1)</script><img src=x onerror="a()">\'"&\x1b[2J\u202e\n$x^2$ \\href{javascript:a()}{b}'
TAGS = {"table", "caption", "tbody", "tr", "th", "td", "code", "div", "pre"}
ATTRIBUTES = {"style", "class", "colspan", "aria-hidden"}


class Page(HTMLParser):
    """Reads HTML, and refuses whatever is not among the few tags and attributes, or is left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.rows: list[list[str]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        assert {name for name, _ in attributes} <= ATTRIBUTES, attributes
        assert not any("url(" in (value or "") for _, value in attributes)
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.open and {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


def shown(thing: Any) -> Page:
    html = thing._repr_html_()
    # MathJax leaves elements of these classes alone: a dollar sign of a service's begins no formula.
    assert "tex2jax_ignore mathjax_ignore" in html or not re.search(r"[$\\]", html)
    return Page(html)


def record(**fields: Any) -> JobRecord:
    return JobRecord(**{"id": "a1", "service": "ionq-v0.4", "status": JobStatus.COMPLETED, **fields})


def everything(text: str) -> list[Any]:
    """One of each with this text wherever a service's can stand."""
    cost = Cost(Decimal("0.5"), text)
    job = record(
        id="a1",
        name=text,
        vendor_status=text,
        status_message=text,
        device=text,
        tags={text: text},
        cost=cost,
        failure=Failure(text, text),
    )
    device = Device(id=text, service="qbraid-v2", name=text, status=text)
    result = Result(probabilities={text: 0.5, "b": 0.5}, num_qubits=1)
    registers = Result(registers={text: result, "more": Result(raw=text)})
    things = [job, Job(None, job), AsyncJob(None, job), device, cost, result, registers, Result(raw=text)]
    things += [Estimate(cost=cost, reason=text), Program(text, text), Program("ionq.circuit", {text: [text]})]
    return things + [Listing([thing, thing]) for thing in things]


@pytest.mark.parametrize("text", [HOSTILE, "\ud800", "x" * 100_000, "</table></div>" * 50, "\x00"])
def test_a_services_text_stays_text(text: str) -> None:
    for thing in everything(text):
        page = shown(thing)
        assert len(page.text) < 10_000
        assert page.text.replace("\n", "").isprintable()


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_any_text_stays_text(text: str) -> None:
    for thing in everything(text):
        shown(thing)


def test_a_job_shows_what_is_known_of_it_and_nothing_else() -> None:
    found = record(
        name="bell",
        vendor_status="completed",
        device="simulator",
        shots=1000,
        created_at=datetime(2026, 11, 21, 17, 5, 9, 250_000, tzinfo=UTC),
        execution_duration=timedelta(seconds=271),
        cost=Cost.in_credits(Decimal("12.50")),
        tags={"theta": 0.3, "run": 7},
    )
    assert shown(found).rows == [
        ["job", "ionq-v0.4:a1"],
        ["name", "bell"],
        ["status", "COMPLETED"],
        ["device", "simulator"],
        ["shots", "1000"],
        ["created (UTC)", "2026-11-21 17:05:09"],
        ["ran for", "4:31"],
        ["cost", "12.50 credits (0.1250 USD)"],
        ["tags", "theta=0.3, run=7"],
        ["vendor's status", "completed"],
    ]
    for job in (Job(None, found), AsyncJob(None, found)):
        assert job._repr_html_() == found._repr_html_()


def test_five_hundred_jobs_show_where_they_are_and_what_they_cost() -> None:
    jobs = Listing(
        record(
            id=f"a{number}",
            status=JobStatus.FAILED if number % 100 == 7 else JobStatus.COMPLETED,
            cost=Cost.in_usd(Decimal("0.01")) if number % 2 else Cost.in_credits(Decimal(3)),
        )
        for number in range(500)
    )
    page = shown(jobs)
    assert "500 jobs: 495 COMPLETED, 5 FAILED; cost 2.50 USD + 750 credits" in page.text
    assert page.rows[0] == ["job", "status", "cost"]
    assert page.rows[1] == ["ionq-v0.4:a0", "COMPLETED", "3 credits (0.03 USD)"]
    assert len(page.rows) == 22
    assert page.rows[-1] == ["… and 480 more"]


def test_credits_whose_value_is_not_known_are_not_added_to_others() -> None:
    jobs = Listing(record(cost=cost) for cost in (Cost.in_credits(Decimal("0.3")), Cost(Decimal(5), "credits")))
    assert "cost 0.3 credits + 5 credits (no USD value)" in shown(jobs).text


def test_lists_of_devices_results_and_costs_are_tables_too() -> None:
    device = Device(id="qpu.forte-1", service="ionq-v0.4", status="available", online=True, num_qubits=36)
    page = shown(
        Listing([device, attrs.evolve(device, id="simulator", status="offline", online=False, simulator=True)])
    )
    assert "2 devices: 1 available, 1 offline" in page.text
    assert page.rows[1] == ["qpu.forte-1", "ionq-v0.4", "36", "", "available", "yes"]
    result = Result(
        counts={"00": 6, "11": 4}, counts_kind="measured", probabilities={"00": 0.6, "11": 0.4}, num_qubits=2
    )
    assert shown(Listing([result])).rows[1] == ["2", "10", "measured", "2", "00=0.6, 11=0.4"]
    assert "2 costs; cost 0.30 USD" in shown(Listing([Cost.in_usd(Decimal("0.1")), Cost.in_usd(Decimal("0.20"))])).text
    assert "nothing" in shown(Listing()).text


def test_a_result_shows_its_outcomes_with_their_errors() -> None:
    result = Result(
        counts={"00": 6, "11": 4}, counts_kind="measured", probabilities={"00": 0.6, "11": 0.4}, num_qubits=2
    )
    page = shown(result)
    assert "2 bits, 10 shots, measured" in page.text
    assert page.rows == [
        ["outcome", "shots", "probability", ""],
        ["00", "6", "0.6 ± 0.16", ""],
        ["11", "4", "0.4 ± 0.16", ""],
    ]
    exact = shown(Result(probabilities={"0": 0.25, "1": 0.75}, num_qubits=1))
    assert exact.rows == [["outcome", "probability", ""], ["0", "0.25", ""], ["1", "0.75", ""]]


def test_of_many_outcomes_the_likely_ones_stand_alone_and_the_others_together() -> None:
    counts = {format(index, "010b"): index + 1 for index in range(1000)}
    total = sum(counts.values())
    probabilities = {key: count / total for key, count in counts.items()}
    page = shown(Result(counts=counts, counts_kind="measured", probabilities=probabilities, num_qubits=10))
    assert len(page.rows) == 18
    assert page.rows[1][:2] == [format(999, "010b"), "1000"]
    assert page.rows[-1][:2] == ["984 others", str(sum(range(1, 985)))]
    assert sum(int(row[1]) for row in page.rows[1:]) == total


def test_registers_without_a_whole_show_one_by_one() -> None:
    bit = Result(counts={"0": 1, "1": 3}, counts_kind="measured", probabilities={"0": 0.25, "1": 0.75}, num_qubits=1)
    page = shown(Result(registers={"low": bit, "high": bit}))
    assert page.text.index("register low") < page.text.index("register high")
    assert "no outcomes: what the vendor sent stands in raw" in shown(Result(raw={})).text


def test_programs_show_their_first_lines() -> None:
    assert "qubit[2] q;\nbit c;" in shown(Program("qasm3", "qubit[2] q;\nbit c;")).text
    page = shown(Program("qasm3", "\n".join(f"x q[{number}];" for number in range(1000))))
    assert "x q[39];" in page.text
    assert "x q[40];" not in page.text
    assert "…" in page.text
    assert "program, qir.bitcode, 5 bytes" in shown(Program("qir.bitcode", b"BC\xc0\xde5")).text
    assert '"gate": "h"' in shown(Program("ionq.circuit", {"circuit": [{"gate": "h", "target": 0}]})).text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (0.25, "0.25 s"), (59.94, "59.9 s"), (271, "4:31"), (3600, "1:00:00"), (273_600, "3 d 04:00:00")],
)
def test_durations_read_as_people_write_them(seconds: float, words: str) -> None:
    assert duration(timedelta(seconds=seconds)) == words


def test_a_listing_of_what_makes_no_table_shows_its_repr() -> None:
    job, result = record(), Result(counts={"0": 1})
    for things in ([1, 2], [job, None], [job, result]):
        assert Listing(things)._repr_html_() is None


def test_a_listing_is_a_list_whose_repr_is_a_few_lines() -> None:
    jobs = Listing(Job(None, record(id=f"a{number}")) for number in range(500))
    assert jobs == list(jobs)
    assert isinstance(jobs, list)
    assert repr(jobs).startswith("[<Job ionq-v0.4:a0 COMPLETED>, <Job ionq-v0.4:a1 COMPLETED>")
    assert repr(jobs).endswith(", ... 500 in all]")
    assert len(repr(jobs)) < 1000
    assert repr(Listing()) == "[]"
