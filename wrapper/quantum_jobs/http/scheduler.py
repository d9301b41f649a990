"""Runs flows without any input or output: who is ready, who sleeps until when, which requests are to be sent.

The drivers feed it time and outcomes; it knows neither threads nor asyncio, so all waiting is tested in virtual time.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections import deque
from collections.abc import Callable, Generator
from typing import Any

import attrs

from quantum_jobs.http.commands import (
    Command,
    Emit,
    First,
    Flow,
    Now,
    Outcome,
    Request,
    Sending,
    Sleep,
    Start,
    TransportFailure,
)

#: Tells the time, in monotonic seconds.
Clock = Callable[[], float]


@attrs.define(eq=False)
class Task:
    """One running flow, and the Handle that its parent holds."""

    flow: Flow[Any]
    parent: Task | None = None
    children: list[Task] = attrs.field(factory=list)
    done: bool = False
    value: Any = None
    error: BaseException | None = None
    waiting: Request | Sleep | First | None = None
    #: Changes whenever the task goes on, so that a late timer or outcome is known to be late.
    turn: int = 0

    def result(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.value


@attrs.frozen(eq=False)
class Ticket:
    """A request to be sent, and whom its outcome is for."""

    request: Request
    task: Task
    turn: int
    give_up: float
    sending: Sending = attrs.field(factory=Sending)


class Scheduler:
    """Drives one root flow with all its children."""

    def __init__(self, root: Flow[Any]) -> None:
        self.root = Task(root)
        self.tickets: list[Ticket] = []  #: requests to send; the driver empties it
        self.given_up: list[Ticket] = []  #: requests whose outcome nobody waits for any more; the driver empties it
        self._in_flight: dict[Task, Ticket] = {}
        self._timers: list[tuple[float, int, Task, int]] = []
        self._order = itertools.count()
        self._ready: deque[tuple[Task, Any]] = deque([(self.root, None)])

    def advance(self, clock: Clock) -> Emit | None:
        """Run everything that is ready. Stops early at a value to hand out; call it again to go on."""
        moment = clock()
        while self._timers and self._timers[0][0] <= moment:
            _, _, task, turn = heapq.heappop(self._timers)
            if task.turn == turn and not task.done:
                self._wake(task, self._outcome_of_time(task))
        while self._ready:
            task, value = self._ready.popleft()
            emitted = self._run(task, value, clock)
            if emitted is not None:
                self._ready.appendleft((task, None))
                return emitted
        return None

    def deliver(self, ticket: Ticket, outcome: Outcome) -> None:
        """The outcome of a request; dropped when it comes too late."""
        if ticket.task.turn == ticket.turn and not ticket.task.done:
            self._wake(ticket.task, outcome)

    def next_timer(self) -> float | None:
        """The moment (monotonic seconds) at which something happens without any outcome."""
        while self._timers and (self._timers[0][2].done or self._timers[0][2].turn != self._timers[0][3]):
            heapq.heappop(self._timers)
        return self._timers[0][0] if self._timers else None

    def interrupt(self, error: BaseException) -> BaseException:
        """Throw a KeyboardInterrupt or a cancellation into the root flow; gives the exception to go on with."""
        root = self.root
        if not root.done:
            try:
                root.flow.throw(error)
            except BaseException as raised:
                error = raised
            self._end(root, None, error)
        return error

    def close(self) -> None:
        """End everything that still runs: the consumer has had enough."""
        if not self.root.done:
            self._end(self.root, None, GeneratorExit())

    def _run(self, task: Task, value: Any, clock: Clock) -> Emit | None:
        if task.done:
            return None
        task.turn += 1
        task.waiting = None
        while True:
            try:
                command: Command = task.flow.send(value)
            except StopIteration as stop:
                self._end(task, stop.value, None)
                return None
            except Exception as error:
                self._end(task, None, error)
                return None
            match command:
                case Now():
                    value = clock()
                case Start():
                    value = Task(command.flow, parent=task)
                    task.children.append(value)
                    self._ready.append((value, None))
                case Emit():
                    return command
                case First() if any(handle.done for handle in command.handles):
                    value = next(handle for handle in command.handles if handle.done)
                case Sleep() if command.seconds <= 0:
                    value = None
                case _:
                    # The clock is read now: what the flow computed until here took time too.
                    self._park(task, command, clock())
                    return None

    def _park(self, task: Task, command: Request | Sleep | First, moment: float) -> None:
        task.waiting = command
        match command:
            case Request():
                give_up = moment + command.channel.timeout
                if command.deadline is not None:
                    give_up = min(give_up, command.deadline)
                ticket = Ticket(command, task, task.turn, give_up)
                self._in_flight[task] = ticket
                self.tickets.append(ticket)
                until: float | None = give_up
            case Sleep():
                until = moment + command.seconds
            case First():
                until = command.until
        if until is not None and until != math.inf:
            heapq.heappush(self._timers, (until, next(self._order), task, task.turn))

    def _outcome_of_time(self, task: Task) -> Outcome | None:
        if not isinstance(task.waiting, Request):
            return None
        ticket = self._in_flight[task]
        self.given_up.append(ticket)
        sent = ticket.sending.give_up()
        return TransportFailure(sent=sent, timed_out=True, message="no complete answer in the time given")

    def _wake(self, task: Task, value: Any) -> None:
        self._in_flight.pop(task, None)
        task.turn += 1
        task.waiting = None
        self._ready.append((task, value))

    def _end(self, task: Task, value: Any, error: BaseException | None) -> None:
        task.done, task.value, task.error = True, value, error
        if task in self._in_flight:
            self.given_up.append(self._in_flight.pop(task))
        for child in task.children:
            if not child.done:
                self._end(child, None, GeneratorExit())
        _close(task.flow)
        parent = task.parent
        if parent is None or parent.done:
            return
        parent.children.remove(task)
        if isinstance(parent.waiting, First) and any(handle is task for handle in parent.waiting.handles):
            self._wake(parent, task)


def _close(flow: Generator[Any, Any, Any]) -> None:
    # A flow that yields in its clean-up would make close() raise; nothing may hide how the flow ended.
    try:
        flow.close()
    except RuntimeError:
        return
