"""What vendors send is taken for what it is: an answer about this job, numbers as text, text with anything in it."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest
import quantum_jobs
from quantum_jobs import (
    Device,
    Estimate,
    JobFailedError,
    JobOnHoldError,
    JobRecord,
    Program,
    QuantumJobsError,
    ResponseError,
    Result,
)

from tests.wrapper.clouds import BASES, connect

SERVICES = list(BASES)
Answer = Callable[[httpx.Request], httpx.Response]


def client_of(service: str, answer: Answer) -> quantum_jobs.Client:
    transport = httpx.MockTransport(answer)
    return quantum_jobs.connect(service, api_key="a-key", base_url=BASES[service], transport=transport)


def job(service: str, job_id: Any, status: str = "completed", **more: Any) -> dict[str, Any]:
    """A job as a service sends it, in its envelope where it has one."""
    if service == "qbraid-v2":
        return {"success": True, "data": {"jobQrn": job_id, "status": status.upper(), **more}}
    return {"id": job_id, "status": status, **more}


def listing(service: str, *jobs: dict[str, Any]) -> dict[str, Any]:
    if service == "qbraid-v2":
        return {"success": True, "data": [each["data"] for each in jobs]}
    return {"jobs": list(jobs), "next": None}


# Answers about another job.


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("verb", ["job", "refresh", "wait", "result", "cancel", "delete"])
def test_an_answer_about_another_job_is_an_error_and_never_taken(service: str, verb: str) -> None:
    turned = False

    def answer(request: httpx.Request) -> httpx.Response:
        asked = job(service, "a", "completed" if verb == "delete" else "running")
        if not turned and verb != "job":
            return httpx.Response(200, json=asked)
        other = job(service, "b")
        if request.method != "GET":
            return httpx.Response(200, json=other["data"] if service == "qbraid-v2" else other)
        # Only the cancel itself is answered wrongly.
        return httpx.Response(200, json=asked if verb == "cancel" else other)

    with client_of(service, answer) as client:
        held = client.job("a") if verb != "job" else None
        turned = True
        calls: dict[str, Callable[[], Any]] = {
            "job": lambda: client.job("a"),
            "refresh": lambda: held and held.refresh(),
            "cancel": lambda: held and held.cancel(),
            "delete": lambda: held and held.delete(),
        }
        if verb in calls:
            with pytest.raises(ResponseError, match="another job, 'b'"):
                calls[verb]()
        else:
            # A wait goes on, as the next answer may be the right one; it never ends with the other job.
            assert held is not None
            with pytest.raises(quantum_jobs.WaitTimeoutError):
                held.wait(timeout=0.2) if verb == "wait" else held.result(timeout=0.2)
        if held is not None:
            assert (held.id, held.record.id) == ("a", "a")


@pytest.mark.parametrize("service", SERVICES)
def test_an_id_may_come_back_in_other_letters_or_as_a_number(service: str) -> None:
    with client_of(service, lambda request: httpx.Response(200, json=job(service, "ABC-1"))) as client:
        assert client.job("abc-1").id == "ABC-1"
    with client_of(service, lambda request: httpx.Response(200, json=job(service, 17))) as client:
        assert client.job("17").id == "17"


@pytest.mark.parametrize("service", SERVICES)
def test_a_row_with_a_numeric_id_is_a_job(service: str) -> None:
    body = listing(service, job(service, 17), job(service, "x"))
    with client_of(service, lambda request: httpx.Response(200, json=body)) as client:
        assert [each.id for each in client.jobs()] == ["17", "x"]


@pytest.mark.parametrize("service", SERVICES)
def test_rows_that_cannot_be_read_take_one_line_of_the_log(service: str, caplog: pytest.LogCaptureFixture) -> None:
    odd: list[Any] = [job(service, None)] * 500
    body = listing(service, *odd, job(service, "x"), *odd)
    with (
        caplog.at_level(logging.WARNING, logger="quantum_jobs"),
        client_of(service, lambda request: httpx.Response(200, json=body)) as client,
    ):
        assert [each.id for each in client.jobs(limit=1)] == ["x"]
    assert [record.getMessage() for record in caplog.records] == [
        "1000 of 1001 jobs in a listing could not be read, and were left out"
    ]


# Numbers as text.


def record(service: str, **more: Any) -> JobRecord:
    with client_of(service, lambda request: httpx.Response(200, json=job(service, "a", **more))) as client:
        return client.job("a").record


def test_every_number_of_a_job_may_be_text() -> None:
    epoch = {"request": "1490932820", "start": "1490932821.0", "response": "1490932834"}
    old = record("ionq-v0.3", **epoch, execution_time="13", qubits="4", shots="123", cost_usd="12.41")
    assert old.created_at == datetime(2017, 3, 31, 4, 0, 20, tzinfo=UTC)
    assert old.started_at == datetime(2017, 3, 31, 4, 0, 21, tzinfo=UTC)
    assert old.ended_at == datetime(2017, 3, 31, 4, 0, 34, tzinfo=UTC)
    assert (old.execution_duration, old.num_qubits, old.shots) == (timedelta(milliseconds=13), 4, 123)
    assert old.cost is not None
    assert old.cost.amount == Decimal("12.41")
    durations = {"execution_duration_ms": "7", "predicted_wait_time_ms": "5.5"}
    new = record("ionq-v0.4", **durations, stats={"qubits": "20"}, shots="1000", submitted_at="1490932820")
    assert (new.execution_duration, new.num_qubits, new.shots) == (timedelta(milliseconds=7), 20, 1000)
    assert new.predicted_wait == timedelta(milliseconds=5.5)
    assert new.created_at == old.created_at
    stamps = {"createdAt": "2025-01-15T10:30:00Z", "executionDuration": "5000"}
    qbraid = record("qbraid-v2", shots="10", queuePosition="3", cost="0E-33", estimatedCost="0.5", timeStamps=stamps)
    assert (qbraid.shots, qbraid.queue_position, qbraid.execution_duration) == (10, 3, timedelta(seconds=5))
    assert qbraid.cost is not None
    assert qbraid.estimated_cost is not None
    assert (qbraid.cost.amount, qbraid.estimated_cost.amount) == (0, Decimal("0.5"))


def test_a_cost_in_credits_is_read_where_there_is_none_in_dollars() -> None:
    credits_alone = record("ionq-v0.3", cost_credit=1250, estimated_cost_credit="1300.5")
    assert credits_alone.cost == quantum_jobs.Cost(Decimal(1250), "credits")
    assert credits_alone.estimated_cost == quantum_jobs.Cost(Decimal("1300.5"), "credits")
    dollars = quantum_jobs.Cost.in_usd
    both = record("ionq-v0.3", cost_usd=12.5, cost_credit=1250, estimated_cost_usd=13, estimated_cost_credit=1300)
    assert (both.cost, both.estimated_cost) == (dollars(Decimal("12.5")), dollars(Decimal(13)))


@pytest.mark.parametrize(
    "text", ["", " 5", "5 ", "0x5", "1_0", "five", "5,0", "NaN", "inf", "\N{ARABIC-INDIC DIGIT FIVE}"]
)
def test_text_that_is_no_number_is_none(text: str) -> None:
    old = record("ionq-v0.3", shots=text, qubits=text, execution_time=text, cost_usd=text, request=text)
    assert (old.shots, old.num_qubits, old.execution_duration, old.cost, old.created_at) == (None,) * 5


def test_eight_digits_are_a_date_and_no_seconds() -> None:
    assert record("ionq-v0.3", request="20250115").created_at == datetime(2025, 1, 15, tzinfo=UTC)


# Text that may hold anything.

#: Clears a terminal, rings its bell, forges a log line, writes from right to left.
HOSTILE = "\x1b[2J\x07done\r\nINFO all is well\N{RIGHT-TO-LEFT OVERRIDE}"
SHOWN = r"\x1b[2J\x07done\r\nINFO all is well\u202e"


def error_of(call: Callable[[], Any]) -> QuantumJobsError:
    with pytest.raises(QuantumJobsError) as caught:
        call()
    return caught.value


def refusal(service: str) -> dict[str, Any]:
    ionq = {"error": HOSTILE, "message": HOSTILE, "statusCode": 400, "validation": {"keys": [HOSTILE]}}
    return {"success": False, "error": {"message": HOSTILE, "code": HOSTILE}} if service == "qbraid-v2" else ionq


def failed(service: str) -> dict[str, Any]:
    if service == "qbraid-v2":
        return job(service, "a", "failed", statusMsg=HOSTILE)
    return job(service, "a", "failed", failure={"code": HOSTILE, "message": HOSTILE})


@pytest.mark.parametrize("service", SERVICES)
def test_control_characters_of_a_vendor_are_shown_as_escapes(service: str) -> None:
    answers: list[httpx.Response] = [
        httpx.Response(400, json=refusal(service)),
        httpx.Response(200, json=failed(service)),
        httpx.Response(200, text=HOSTILE, headers={"content-type": "text/html\x1b[2J"}),
        httpx.Response(200, json=job(service, HOSTILE)),
        httpx.Response(418, text=HOSTILE),
    ]
    for reply in answers:
        with client_of(service, lambda request, reply=reply: reply) as client:  # type: ignore[misc]
            error = error_of(lambda client=client: client.job("a").result(timeout=0))  # type: ignore[misc]
        assert str(error).isprintable(), reply
        if reply.status_code == 400 or isinstance(error, JobFailedError):
            assert SHOWN in str(error)
        if isinstance(error, JobFailedError):
            assert error.job.record.failure.message == SHOWN
            assert error.job.record.status_message == SHOWN
            assert SHOWN.replace("\\", "\\\\") in repr(error.job.record)


@pytest.mark.usefixtures("without_backoff")
def test_those_of_a_held_job_an_estimate_and_a_lost_connection_are_escapes_too() -> None:
    held = httpx.Response(200, json=job("qbraid-v2", "a", "hold", statusMsg=HOSTILE))
    with client_of("qbraid-v2", lambda request: held) as client:
        error = error_of(lambda: client.job("a").wait(timeout=5))
        assert isinstance(error, JobOnHoldError)
        assert SHOWN in str(error)
    reason = httpx.Response(200, json={"data": {"pricingAvailable": False, "reason": HOSTILE}})
    with client_of("qbraid-v2", lambda request: reason) as client:
        assert client.estimate(device="d").reason == SHOWN

    def dropped(request: httpx.Request) -> httpx.Response:
        raise httpx.RemoteProtocolError(f"illegal status line: {HOSTILE}")

    with client_of("ionq-v0.4", dropped) as client:
        assert str(error_of(lambda: client.job("a"))).isprintable()


def test_a_log_line_and_a_warning_hold_no_control_characters(caplog: pytest.LogCaptureFixture) -> None:
    answers = iter([job("ionq-v0.4", "a", "ready"), job("ionq-v0.4", "a", HOSTILE)])
    last = httpx.Response(503, json=refusal("ionq-v0.4"))

    def answer(request: httpx.Request) -> httpx.Response:
        body = next(answers, None)
        return last if body is None else httpx.Response(200, json=body)

    with (
        caplog.at_level(logging.WARNING, logger="quantum_jobs"),
        warnings.catch_warnings(record=True) as warned,
        client_of("ionq-v0.4", answer) as client,
    ):
        warnings.simplefilter("always")
        held = client.job("a")
        with pytest.raises(quantum_jobs.WaitTimeoutError):
            held.wait(timeout=3)
    assert [str(each.message) for each in warned if "\\x1b" in str(each.message)]
    assert any(SHOWN in record.getMessage() for record in caplog.records)
    for text in [*(str(each.message) for each in warned), *(record.getMessage() for record in caplog.records)]:
        assert text.isprintable(), text


# Reprs.

COUNTS = {format(number, "010b"): number + 1 for number in range(1024)}
LARGE = Result(
    counts=COUNTS,
    counts_kind="measured",
    probabilities={key: value / 524_800 for key, value in COUNTS.items()},
    memory=tuple(COUNTS) * 100,
    num_qubits=10,
    registers={f"c{number}": Result(counts=COUNTS, memory=tuple(COUNTS)) for number in range(50)},
    raw=COUNTS,
)
LONG = "x" * 1_000_000
MANY = {f"tag {number}": LONG for number in range(10_000)}
DEEP: Any = [0]
for _ in range(5_000):
    DEEP = [DEEP, DEEP]


@pytest.mark.parametrize(
    "value",
    [
        LARGE,
        LARGE.flipped(),
        Program("qasm3", LONG),
        Program("qir.bc", LONG.encode()),
        Program("ionq.circuit", {"circuit": [{"gate": "h", "target": 0}] * 100_000}),
        Program("novelty", DEEP),
        JobRecord(id="a", service="ionq-v0.4", status_message=LONG, name=LONG, tags=MANY, child_ids=tuple(MANY)),
        JobRecord(id=LONG, service=LONG, vendor_status=LONG, failure=quantum_jobs.model.Failure(LONG, LONG), raw=MANY),
        Device(id=LONG, service="qbraid-v2", name=LONG, status=LONG, raw=MANY),
        Estimate(cost=quantum_jobs.Cost(Decimal("1." + "1" * 5_000), LONG), reason=LONG, raw=MANY),
    ],
    ids=lambda value: type(value).__name__,
)
def test_no_repr_is_longer_than_a_few_lines(value: object) -> None:
    assert len(repr(value)) <= 800
    assert repr(value).startswith(f"{type(value).__name__}(")
    assert "\n" not in repr(value)


def test_a_short_repr_shows_what_there_is_and_nothing_else() -> None:
    result = Result(counts={"00": 5, "11": 5}, counts_kind="measured", probabilities={"00": 0.5, "11": 0.5})
    assert repr(result) == (
        "Result(counts={'00': 5, '11': 5}, counts_kind='measured', probabilities={'00': 0.5, '11': 0.5})"
    )
    assert "... 1024 in all" in repr(LARGE)
    with connect("ionq-v0.4", {"/jobs/a": job("ionq-v0.4", "a")})[0] as client:
        assert repr(client.job("a")) == "<Job ionq-v0.4:a COMPLETED>"
