"""Run async functions from sync code, on one event loop in a daemon thread.

The thread is started on first use and never joined, so a program that does not close its clients still ends at once. A
forked child starts its own.
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
from contextvars import ContextVar
from typing import Any, Generic, ParamSpec, TypeVar

import anyio.to_thread

from quantum_jobs.errors import UsageError

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds between wake-ups of a waiting thread: exceptions that another thread sets in it are raised then, and Ctrl-C
#: where the platform does not interrupt a lock.
LOOKS_UP_EVERY = 0.1


class _DaemonExecutor(ThreadPoolExecutor):
    """Runs each call on a daemon thread of its own. The standard one joins its threads at exit, so an endless name
    look-up would keep the program alive."""

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
    """Run a blocking function in a thread, which goes on alone after a cancellation."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:  # not asyncio
        return await anyio.to_thread.run_sync(function, *args, abandon_on_cancel=True)
    return await loop.run_in_executor(_executor, function, *args)


def first_of(error: BaseException) -> BaseException:
    """Return the first exception that is no group."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


@contextmanager
def spawn(function: Callable[..., Coroutine[Any, Any, None]], *args: Any) -> Iterator[None]:
    """Run an async function as a task during the block. At its end cancel the task, or raise what it raised.

    Replaces a task group in async generators, which may be closed by another task than the one that started them.
    """
    failures: list[BaseException] = []

    async def task() -> None:
        try:
            await function(*args)
        except Exception as error:
            failures.append(first_of(error))

    try:
        cancel: Callable[[], object] = asyncio.get_running_loop().create_task(task()).cancel
    except RuntimeError:  # not asyncio
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
    """The event loop and its thread."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.loop.set_default_executor(_executor)
        self.thread = threading.Thread(target=self._run, name="quantum-jobs", daemon=True)
        self.thread.start()

    def _run(self) -> None:
        _say_that_this_is_asyncio()
        self.loop.run_forever()


def _say_that_this_is_asyncio() -> None:
    """Calls run in a copy of the caller's context, which says trio in a program that anyio runs on trio."""
    with contextlib.suppress(ImportError):  # then nothing reads it
        import sniffio

        sniffio.thread_local.name = "asyncio"


_lock = threading.RLock()
_running: _Loop | None = None
#: Loops of parent processes, kept open: they share file descriptors with the parent.
_of_parents: list[_Loop | None] = []
#: In a sync call's context: the thread that waits for it.
_caller: ContextVar[int | None] = ContextVar("the thread that waits for this call", default=None)


def _after_fork() -> None:
    global _lock, _running
    _of_parents.append(_running)
    _lock, _running = threading.RLock(), None


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
    """Whether this process has started the loop."""
    return _running is not None


def holds_up(thread: int) -> bool:
    """Whether the thread waits for the current call."""
    return _caller.get() == thread


class _Call(Generic[T]):
    """One async function that a sync caller waits for."""

    def __init__(self, function: Callable[[], Coroutine[Any, Any, T]]) -> None:
        self.function = function
        self.value: T
        self.error: BaseException | None = None
        self.finished = False
        self.task: asyncio.Task[None] | None = None
        self._waiting = threading.Lock()
        self._waiting.acquire()

    def start(self, caller: int | None = None) -> None:
        """Called in the loop's thread, in a copy of the caller's context. ``caller`` is the thread that waits."""
        _caller.set(caller)
        self.task = asyncio.get_running_loop().create_task(self._run())
        # Not at the end of _run: a task that is cancelled before its first step runs no line of it.
        self.task.add_done_callback(self._finish)

    async def _run(self) -> None:
        try:
            self.value = await self.function()
        except BaseException as error:
            self.error = error

    def _finish(self, _: object = None) -> None:
        # Release the task in this thread: in the caller's, its weak references' callbacks could swallow a Ctrl-C.
        self.task = None
        self.finished = True
        self._waiting.release()

    def cancel(self) -> None:
        """Called in the loop's thread."""
        if self.task is not None:
            self.task.cancel()
        elif not self.finished:
            self._finish()

    def wait(self, meanwhile: Callable[[], object] | None = None) -> None:
        # `finished` is set before the lock is released, so an interruption between the two cannot lose it.
        while not self.finished:
            if not self._waiting.acquire(timeout=LOOKS_UP_EVERY) and meanwhile is not None:
                meanwhile()


def run(function: Callable[[], Coroutine[Any, Any, T]], meanwhile: Callable[[], object] | None = None) -> T:
    """Run an async function on the background loop, and return or raise its outcome. ``meanwhile`` is called now and
    then in the caller's thread.

    An interruption of the caller (Ctrl-C, an exception set in its thread) cancels the function, waits for its clean-up,
    and is raised with the notes that the function added to the cancellation.
    """
    if sys.is_finalizing():  # the loop's thread has been ended, and would never answer
        raise UsageError("the program is at its end: close the client before, and call no method in a __del__")
    if _running is not None and threading.current_thread() is _running.thread:
        raise UsageError("a sync method was called on the thread that runs all of them: use the async client there")
    loop = _loop()
    call = _Call(function)
    try:
        loop.call_soon_threadsafe(call.start, threading.get_ident())
        call.wait(meanwhile)
    except BaseException as interruption:
        loop.call_soon_threadsafe(call.cancel)
        call.wait()
        for note in getattr(call.error, "__notes__", ()):
            interruption.add_note(note)
        raise
    if call.error is not None:
        try:
            raise call.error
        finally:
            del call  # else the traceback holds itself through this frame
    return call.value


def iterate(values: AsyncIterator[T], meanwhile: Callable[[], object] | None = None) -> Iterator[T]:
    """Iterate over an async iterator as ``run`` does. Leaving early closes it."""
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
            # Not waited for: where a loop is left early, this runs while the generator is destroyed, and Python
            # swallows a Ctrl-C during that.
            _loop().call_soon_threadsafe(_Call(close).start)


def sync(verb: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, T]:
    """Make a sync function of an async one, with its signature and docstring."""

    @functools.wraps(verb)
    def call(*given: P.args, **named: P.kwargs) -> T:
        return run(functools.partial(verb, *given, **named))

    return call


def sync_iterator(verb: Callable[P, AsyncIterator[T]]) -> Callable[P, Iterator[T]]:
    """Make a sync iterator of a function that returns an async one."""

    @functools.wraps(verb)
    def call(*given: P.args, **named: P.kwargs) -> Iterator[T]:
        return iterate(verb(*given, **named))

    return call
