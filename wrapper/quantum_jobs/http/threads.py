"""Daemon threads, kept for reuse: a new thread for each request would cost milliseconds."""

from __future__ import annotations

import contextvars
import os
import threading
from collections.abc import Callable
from queue import SimpleQueue

#: Idle threads that are kept for what comes next.
KEPT_THREADS = 32


def run_aside(job: Callable[[], None]) -> None:
    """Run a job on a thread of its own; it is to catch what it raises. A program that ends does not wait for it."""
    _workers.submit(job)


class _Workers:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[SimpleQueue[Callable[[], None]]] = []

    def submit(self, job: Callable[[], None]) -> None:
        context = contextvars.copy_context()
        with self._lock:
            queue = self._idle.pop() if self._idle else None
        if queue is None:
            queue = SimpleQueue()
            thread = threading.Thread(target=self._work, args=(queue,), name="quantum-jobs-request", daemon=True)
            try:
                thread.start()
            except RuntimeError:  # a program at its end gets no more threads
                job()
                return
        queue.put(lambda: context.run(job))

    def _work(self, queue: SimpleQueue[Callable[[], None]]) -> None:
        while True:
            queue.get()()
            with self._lock:
                if len(self._idle) >= KEPT_THREADS:
                    return
                self._idle.append(queue)


_workers = _Workers()


def _forget_threads() -> None:
    # Threads do not live on in a forked child.
    global _workers
    _workers = _Workers()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_threads)
