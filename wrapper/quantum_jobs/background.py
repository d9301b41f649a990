"""One event loop on a daemon thread, on which sync code runs the library's async functions.

The thread is made on first use and never joined, so that a program which forgets to close its clients ends at once. A
forked child makes its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from typing import Any, Generic, ParamSpec, TypeVar

import anyio.to_thread

from quantum_jobs.errors import UsageError

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds after which a waiting thread looks up: an exception that another thread sets in it is raised then, and so is
#: Ctrl-C where the platform does not interrupt a lock.
LOOKS_UP_EVERY = 0.1


class _DaemonExecutor(ThreadPoolExecutor):
    """Runs each call on a daemon thread of its own. The standard one joins its threads when the interpreter ends, so a
    name that is looked up for ever would keep the program alive."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        outcome: Future[T] = Future()

        def run() -> None:
            if not outcome.set_running_or_notify_cancel():
                return
            try:
                value = fn(*args, **kwargs)
            except BaseException as error:
                outcome.set_exception(error)
            else:
                outcome.set_result(value)

        threading.Thread(target=run, name="quantum-jobs helper", daemon=True).start()
        return outcome


_executor = _DaemonExecutor()


async def run_in_thread(function: Callable[..., T], *args: Any) -> T:
    """Run a blocking function beside the event loop. When it is cancelled the thread is left to itself."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:  # another event loop than asyncio's
        return await anyio.to_thread.run_sync(function, *args, abandon_on_cancel=True)
    return await loop.run_in_executor(_executor, function, *args)


def first_of(error: BaseException) -> BaseException:
    """The first single exception in a group; any other as it is."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


@contextmanager
def spawn(function: Callable[..., Coroutine[Any, Any, None]], *args: Any) -> Iterator[None]:
    """Run an async function as a task of its own while the block lasts. At the block's end it is cancelled, or what it
    raised is raised.

    A task group cannot be used in an async generator, which may be left, and closed, in another task.
    """
    failures: list[BaseException] = []

    async def task() -> None:
        try:
            await function(*args)
        except Exception as error:
            failures.append(first_of(error))

    try:
        cancel: Callable[[], object] = asyncio.get_running_loop().create_task(task()).cancel
    except RuntimeError:  # another event loop than asyncio's
        cancel = _spawn_under_trio(task)
    try:
        yield
    finally:
        cancel()
    for failure in failures:
        raise failure


def _spawn_under_trio(task: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], object]:
    import trio

    scope = trio.CancelScope()

    async def run() -> None:
        with scope:
            await task()

    trio.lowlevel.spawn_system_task(run)
    return scope.cancel


class _Loop:
    """An event loop and its thread."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.loop.set_default_executor(_executor)
        self.thread = threading.Thread(target=self._run, name="quantum-jobs", daemon=True)
        self.thread.start()

    def _run(self) -> None:
        _say_that_this_is_asyncio()
        self.loop.run_forever()


def _say_that_this_is_asyncio() -> None:
    """Each call runs in a copy of its caller's context, and that of a program which anyio runs on trio says trio."""
    with contextlib.suppress(ImportError):  # without it nobody asks
        import sniffio

        sniffio.thread_local.name = "asyncio"


_lock = threading.RLock()
_running: _Loop | None = None
#: Loops of the parent process: they share file descriptors with it, so they are kept, and never closed.
_of_parents: list[_Loop | None] = []
#: The threads that wait for a sync call right now.
_waiting: set[int] = set()
#: In the context of a sync call: the thread that waits for it.
_caller: ContextVar[int | None] = ContextVar("the thread that waits for this call", default=None)


def _after_fork() -> None:
    global _lock, _running
    _of_parents.append(_running)
    _lock, _running = threading.RLock(), None
    _waiting.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def _loop() -> asyncio.AbstractEventLoop:
    global _running
    if _running is None:
        with _lock:
            if _running is None:
                _running = _Loop()
    return _running.loop


def is_running() -> bool:
    """Whether the loop was made already, in this process."""
    return _running is not None


def is_held_up(thread: int) -> bool:
    """Whether a thread waits for a sync call, so that the tasks of an event loop in it stand still meanwhile."""
    return thread in _waiting


def holds_up(thread: int) -> bool:
    """Whether it is the current call that this thread waits for."""
    return _caller.get() == thread


class _Call(Generic[T]):
    """One async function on its way to the loop and back."""

    def __init__(self, function: Callable[[], Coroutine[Any, Any, T]]) -> None:
        self.function = function
        self.value: T
        self.error: BaseException | None = None
        self.finished = False
        self.task: asyncio.Task[None] | None = None
        self._waiting = threading.Lock()
        self._waiting.acquire()

    def start(self) -> None:
        """Called in the loop's thread."""
        self.task = asyncio.get_running_loop().create_task(self._run())
        # Not at the end of _run: a task that is cancelled before its first step never comes to any line of it.
        self.task.add_done_callback(self._finish)

    async def _run(self) -> None:
        try:
            self.value = await self.function()
        except BaseException as error:
            self.error = error

    def _finish(self, _: object = None) -> None:
        # The task ends in this thread, and with it what is tied to it by weak references: their callbacks would swallow
        # a Ctrl-C that comes while they run.
        self.task = None
        self.finished = True
        self._waiting.release()

    def cancel(self) -> None:
        """Called in the loop's thread, after ``start`` if that was called at all."""
        if self.task is not None:
            self.task.cancel()
        elif not self.finished:
            self._finish()

    def wait(self, meanwhile: Callable[[], object] | None = None) -> None:
        # `finished` is set before the lock is released, so an interruption between the two lines cannot lose the end.
        while not self.finished:
            if not self._waiting.acquire(timeout=LOOKS_UP_EVERY) and meanwhile is not None:
                meanwhile()


def run(function: Callable[[], Coroutine[Any, Any, T]], meanwhile: Callable[[], object] | None = None) -> T:
    """Run an async function on the background loop, and give what it gives or raise what it raises. ``meanwhile`` is
    called now and then in the caller's thread.

    What interrupts the caller meanwhile (Ctrl-C, an exception set in its thread) cancels the function, waits for its
    clean-up, and is raised with the notes that the cancellation was given.
    """
    if _running is not None and threading.current_thread() is _running.thread:
        raise UsageError("a sync method was called on the thread that runs all of them: use the async client there")
    loop = _loop()
    call = _Call(function)
    context, thread = copy_context(), threading.get_ident()
    context.run(_caller.set, thread)
    is_outermost = (
        thread not in _waiting
    )  # else this is a signal's handler, which came while another call was waited for
    try:
        _waiting.add(thread)
        loop.call_soon_threadsafe(call.start, context=context)
        call.wait(meanwhile)
    except BaseException as interruption:
        loop.call_soon_threadsafe(call.cancel)
        call.wait()
        for note in getattr(call.error, "__notes__", ()):
            interruption.add_note(note)
        raise
    finally:
        if is_outermost:
            _waiting.discard(thread)
    if call.error is not None:
        try:
            raise call.error
        finally:
            del call  # the traceback would hold itself through this frame
    return call.value


def iterate(values: AsyncIterator[T], meanwhile: Callable[[], object] | None = None) -> Iterator[T]:
    """Take values from an async iterator one by one, as ``run`` would. Leaving early closes it."""
    end = object()

    async def following() -> Any:
        return await anext(values, end)

    async def close() -> None:
        await values.aclose()  # type: ignore[attr-defined]  # all of ours are generators

    is_over = False
    try:
        while (value := run(following, meanwhile)) is not end:
            yield value
        is_over = True
    finally:
        if not is_over and not sys.is_finalizing():
            # Not waited for: where a loop is left early this runs as the generator is destroyed, and Python swallows
            # a Ctrl-C that comes meanwhile.
            _loop().call_soon_threadsafe(_Call(close).start)


def sync(verb: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, T]:
    """The same verb for sync code, with its signature and docstring."""

    @functools.wraps(verb)
    def call(*given: P.args, **named: P.kwargs) -> T:
        return run(functools.partial(verb, *given, **named))

    return call


def sync_iterator(verb: Callable[P, AsyncIterator[T]]) -> Callable[P, Iterator[T]]:
    """The same of a verb that gives an async iterator."""

    @functools.wraps(verb)
    def call(*given: P.args, **named: P.kwargs) -> Iterator[T]:
        return iterate(verb(*given, **named))

    return call
