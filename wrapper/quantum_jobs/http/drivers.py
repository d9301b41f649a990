"""The two worlds that carry a flow's commands out: ``run`` and ``iterate`` with threads, ``run_async`` and
``iterate_async`` with asyncio.

Both are the same loop around a Scheduler. In sync code a request that nothing else waits beside runs in the caller's
own thread, where its channel keeps deadlines there; every other one runs on a kept daemon thread, and is left to itself
when its time is over.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar, cast

from quantum_jobs.http.commands import Flow, Outcome, TransportFailure
from quantum_jobs.http.scheduler import Scheduler, Ticket
from quantum_jobs.http.threads import run_aside

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")

#: Those that programs use to break something off, as far as this system has them.
_NAMES = ("SIGINT", "SIGALRM", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGPROF", "SIGVTALRM", "SIGBREAK")
_SIGNALS = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]


def run(flow: Flow[T]) -> T:
    """Run a flow to its end. Values it hands out are dropped."""
    values = iterate(flow)
    while True:
        try:
            next(values)
        except StopIteration as stop:
            return cast("T", stop.value)


def iterate(flow: Flow[T]) -> Generator[Any, None, T]:
    """The values that a flow hands out, as they come; the flow rests while nobody asks for the next."""
    scheduler = Scheduler(flow)
    inbox: SimpleQueue[tuple[Ticket, Outcome]] = SimpleQueue()
    try:
        while True:
            emitted = scheduler.advance(time.monotonic)
            scheduler.given_up.clear()  # their threads see for themselves that the time is over
            if _is_alone(scheduler):
                (ticket,) = _drain(scheduler.tickets)
                scheduler.deliver(ticket, _outcome(ticket))
                continue
            for ticket in _drain(scheduler.tickets):
                run_aside(_carrier(ticket, inbox))
            if emitted is not None:
                yield emitted.value
            elif scheduler.root.done:
                break
            else:
                _collect(scheduler, inbox)
    except GeneratorExit:
        scheduler.close()
        raise
    except BaseException as error:
        # Raised anew below, so that a flow can leave a note on an interruption.
        interruption = scheduler.interrupt(error)
        if interruption is error:
            raise
        raise interruption from None
    return cast("T", scheduler.root.result())


def _is_alone(scheduler: Scheduler) -> bool:
    """Whether there is nothing to do or to hand out until one request is answered, which can be sent from here."""
    if len(scheduler.tickets) != 1 or scheduler.root.children:
        return False
    request = scheduler.tickets[0].request
    channel: Any = request.channel
    return scheduler.root.waiting is request and bool(channel.keeps_deadline(request)) and not _handles_signals()


def _handles_signals() -> bool:
    """Whether a signal could make this thread raise something else than KeyboardInterrupt, in the middle of a request:
    it would pass for a failure of the connection."""
    if threading.current_thread() is not threading.main_thread():
        return False
    handlers = [signal.getsignal(number) for number in _SIGNALS]
    return any(callable(handler) and handler is not signal.default_int_handler for handler in handlers)


def _collect(scheduler: Scheduler, inbox: SimpleQueue[tuple[Ticket, Outcome]]) -> None:
    timer = scheduler.next_timer()
    # No clock of the platform counts longer than TIMEOUT_MAX.
    pause = None if timer is None else min(max(0.0, timer - time.monotonic()), threading.TIMEOUT_MAX)
    try:
        ticket, outcome = inbox.get(timeout=pause)
    except Empty:
        return
    scheduler.deliver(ticket, outcome)


def _carrier(ticket: Ticket, inbox: SimpleQueue[tuple[Ticket, Outcome]]) -> Callable[[], None]:
    def carry() -> None:
        try:
            outcome = _outcome(ticket)
        except BaseException as error:  # on that thread nobody else would hear of it
            outcome = _broken(error)
        inbox.put((ticket, outcome))

    return carry


def _outcome(ticket: Ticket) -> Outcome:
    channel: Any = ticket.request.channel
    try:
        outcome: Outcome = channel.send(ticket.request, ticket.give_up, ticket.sending)
    except Exception as error:
        return _broken(error)
    return outcome


def _broken(error: BaseException) -> TransportFailure:
    return TransportFailure(sent=True, timed_out=False, message=f"{type(error).__name__}: {error}")


async def run_async(flow: Flow[T]) -> T:
    """Run a flow to its end. Values it hands out are dropped."""
    scheduler = Scheduler(flow)
    async for _ in _drive(scheduler):
        pass
    result: T = scheduler.root.result()
    return result


async def iterate_async(flow: Flow[Any]) -> AsyncGenerator[Any, None]:
    """The values that a flow hands out, as they come; the flow rests while nobody asks for the next."""
    scheduler = Scheduler(flow)
    values = _drive(scheduler)
    try:
        async for value in values:
            yield value
    finally:
        await values.aclose()
    scheduler.root.result()


async def _drive(scheduler: Scheduler) -> AsyncGenerator[Any, None]:
    import asyncio

    inbox: asyncio.Queue[tuple[Ticket, Outcome]] = asyncio.Queue()
    sending: dict[Ticket, asyncio.Task[None]] = {}
    try:
        while True:
            emitted = scheduler.advance(time.monotonic)
            for ticket in _drain(scheduler.given_up):
                if ticket in sending:
                    sending.pop(ticket).cancel()
            for ticket in _drain(scheduler.tickets):
                sending[ticket] = asyncio.create_task(_carry_async(ticket, inbox))
            if emitted is not None:
                yield emitted.value
            elif scheduler.root.done:
                return
            else:
                await _collect_async(scheduler, inbox, sending)
    except GeneratorExit:
        scheduler.close()
        raise
    except BaseException as error:
        interruption = scheduler.interrupt(error)
        if interruption is error:
            raise
        raise interruption from None
    finally:
        for task in sending.values():
            task.cancel()


async def _collect_async(
    scheduler: Scheduler, inbox: asyncio.Queue[tuple[Ticket, Outcome]], sending: dict[Ticket, asyncio.Task[None]]
) -> None:
    import asyncio

    timer = scheduler.next_timer()
    try:
        async with asyncio.timeout(None if timer is None else max(0.0, timer - time.monotonic())):
            ticket, outcome = await inbox.get()
    except TimeoutError:
        return
    sending.pop(ticket, None)
    scheduler.deliver(ticket, outcome)


async def _carry_async(ticket: Ticket, inbox: asyncio.Queue[tuple[Ticket, Outcome]]) -> None:
    channel: Any = ticket.request.channel
    try:
        outcome = await channel.send(ticket.request, ticket.give_up, ticket.sending)
    except Exception as error:
        outcome = _broken(error)
    inbox.put_nowait((ticket, outcome))


def _drain(tickets: list[Ticket]) -> list[Ticket]:
    drained, tickets[:] = list(tickets), []
    return drained
