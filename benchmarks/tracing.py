"""``python -m benchmarks.tracing``: path of ``job.result()`` from the caller to httpx's transport, at its first poll.

Counts what a reader has to follow: the functions that are called, the files that they stand in, and how often the path
changes from one file to another; in the wrapper alone, and with the bindings.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import quantum_jobs
from quantum_jobs.core import waiting

from benchmarks.__main__ import serving

ROOT = Path(__file__).parent.parent
OWN = (str(ROOT / "wrapper"), str(ROOT / "generated"))
#: Where the path ends.
WIRE = "AsyncHTTPTransport.handle_async_request"


class Trace:
    """The functions of ours that are called until httpx's transport is, in order."""

    def __init__(self) -> None:
        self.entered: list[tuple[str, str]] = []
        self.done = False
        # A coroutine is entered anew each time that it goes on: its frame stays the same, and is kept alive here.
        self._frames: dict[int, FrameType] = {}

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:
        if event != "call" or self.done or id(frame) in self._frames:
            return
        code = frame.f_code
        self.done = code.co_qualname == WIRE
        if not self.done and code.co_filename.startswith(OWN):
            self._frames[id(frame)] = frame
            self.entered.append((str(Path(code.co_filename).relative_to(ROOT)), code.co_qualname))


def trace() -> list[tuple[str, str]]:
    """File and function of each call on the path, in a client whose background thread and connections are there."""
    found = Trace()
    waiting.SHORTEST_GAP = 0.0  # a job that was just read is polled after a pause, in which nothing happens
    threading.setprofile(found)  # for the background thread, which is made after this
    found.done = True
    with serving(over=False) as url, quantum_jobs.connect("ionq", base_url=url, api_key="benchmark-key") as client:
        job = client.job("a")
        found.done = False
        sys.setprofile(found)
        try:
            job.result(timeout=1.5)
        except quantum_jobs.WaitTimeoutError:
            pass
        finally:
            sys.setprofile(None)
            threading.setprofile(None)
    return found.entered


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tracing", description=__doc__)
    parser.add_argument("--quiet", action="store_true", help="only the figures")
    entered = trace()
    if not parser.parse_args().quiet:
        for file, function in entered:
            print(f"{file:<60}{function}")
    files = [file for file, _ in entered]
    _count("wrapper", [file for file in files if file.startswith("wrapper")])
    _count("wrapper and bindings", files)


def _count(what: str, files: Sequence[str]) -> None:
    hops = sum(1 for one, other in itertools.pairwise(files) if one != other)
    print(f"{what}: {len(files)} calls, {len(set(files))} files, {hops} hops between files")


if __name__ == "__main__":
    main()
