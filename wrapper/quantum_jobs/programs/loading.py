"""Loading Qiskit so that it can be used on any thread."""

from __future__ import annotations

import sys
import threading


def load_qiskit() -> None:
    """Import Qiskit on a thread that never ends. Raises ImportError where it is not installed.

    Its allocator, mimalloc in Qiskit 2.6, belongs to the thread that imports it first: once that one has ended, the
    next thread that uses Qiskit crashes the process. Programs are converted on threads that end.
    """
    if "qiskit" in sys.modules or threading.current_thread() is threading.main_thread():
        return
    failures: list[ImportError] = []
    is_over = threading.Event()

    def load() -> None:
        try:
            import qiskit.qasm2  # noqa: F401 -- loads the compiled part
        except ImportError as error:
            failures.append(error)
        finally:
            is_over.set()
        threading.Event().wait()

    threading.Thread(target=load, name="quantum-jobs qiskit", daemon=True).start()
    is_over.wait()
    if failures:
        raise failures[0]
