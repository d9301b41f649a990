"""The scheduler keeps deadlines, runs children side by side, and closes them with their parent."""

from __future__ import annotations

import pytest
from quantum_jobs.http.commands import Emit, First, Flow, Now, Request, Sleep, Start, TransportFailure
from quantum_jobs.http.scheduler import Scheduler

from tests.wrapper.virtual import Clock, connection, reply


def test_a_request_that_is_never_answered_ends_at_its_deadline() -> None:
    _, channel = connection(lambda request, now: None)
    clock = Clock()

    def flow() -> Flow[TransportFailure]:
        return (yield Request(channel=channel, method="GET", url="/x", deadline=1007.5))

    outcome = clock.run(flow())
    assert clock.now == 1007.5
    assert outcome.sent
    assert outcome.timed_out


def test_a_request_without_a_deadline_ends_after_the_clients_timeout() -> None:
    _, channel = connection(lambda request, now: None, timeout=12.0)
    clock = Clock()

    def flow() -> Flow[TransportFailure]:
        return (yield Request(channel=channel, method="GET", url="/x"))

    clock.run(flow())
    assert clock.now == 1012.0


def test_an_answer_that_comes_after_its_deadline_is_dropped() -> None:
    _, channel = connection(lambda request, now: (5.0, reply(200, "late")))
    clock = Clock()

    def flow() -> Flow[list[object]]:
        first = yield Request(channel=channel, method="GET", url="/x", deadline=1001.0)
        second = yield Sleep(20)
        return [first, second]

    first, second = clock.run(flow())
    assert isinstance(first, TransportFailure)
    assert second is None
    assert clock.now == 1021.0


def test_first_gives_the_child_that_is_done_first_and_none_when_the_time_is_over() -> None:
    clock = Clock()

    def child(seconds: float) -> Flow[float]:
        yield Sleep(seconds)
        return seconds

    def flow() -> Flow[list[object]]:
        slow = yield Start(child(10))
        quick = yield Start(child(1))
        first = yield First([slow, quick])
        nobody = yield First([slow], 1005.0)
        moment = yield Now()
        last = yield First([slow])
        return [first is quick, first.result(), nobody, moment, last.result()]

    assert clock.run(flow()) == [True, 1, None, 1005.0, 10]


def test_a_childs_error_is_raised_where_its_result_is_asked_for() -> None:
    def child() -> Flow[None]:
        yield Sleep(1)
        raise LookupError("inside")

    def flow() -> Flow[str]:
        handle = yield Start(child())
        yield First([handle])
        with pytest.raises(LookupError, match="inside"):
            handle.result()
        return "went on"

    assert Clock().run(flow()) == "went on"


def test_children_are_closed_when_their_parent_ends() -> None:
    ended = []

    def child() -> Flow[None]:
        try:
            yield Sleep(1000)
        finally:
            ended.append("child")

    def flow() -> Flow[None]:
        yield Start(child())
        yield Sleep(1)

    clock = Clock()
    clock.run(flow())
    assert ended == ["child"]
    assert clock.now == 1001.0


def test_nothing_goes_on_while_a_value_is_being_handed_out() -> None:
    steps = []

    def flow() -> Flow[None]:
        for number in range(3):
            steps.append(number)
            yield Emit(number)

    scheduler = Scheduler(flow())
    assert scheduler.advance(lambda: 0.0) == Emit(0)
    assert steps == [0]
    assert scheduler.advance(lambda: 0.0) == Emit(1)
    scheduler.close()
    assert scheduler.root.done
    assert steps == [0, 1]


def test_an_interruption_reaches_the_flow_and_ends_its_children() -> None:
    seen = []

    def child() -> Flow[None]:
        try:
            yield Sleep(1000)
        finally:
            seen.append("child closed")

    def flow() -> Flow[None]:
        yield Start(child())
        try:
            yield Sleep(1000)
        except KeyboardInterrupt as interruption:
            interruption.add_note("a note from the flow")
            raise

    scheduler = Scheduler(flow())
    scheduler.advance(lambda: 0.0)
    interruption = scheduler.interrupt(KeyboardInterrupt())
    assert interruption.__notes__ == ["a note from the flow"]
    assert seen == ["child closed"]
