"""`quantum-jobs sandbox`: serve the sandbox until Ctrl-C."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from types import FrameType

from .exchange import ACCEPTED_KEY
from .jobs import Pace
from .serving import BASE_PATHS, Sandbox

_DEFAULT_PORT = 8040


def main(argv: list[str]) -> int:
    """Run the command with its arguments (without the program's name); the exit status."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO if arguments.verbose else logging.WARNING, format="%(message)s")
    usual = Pace()
    pace = Pace(
        submitted=usual.submitted * arguments.slow,
        queued=usual.queued * arguments.slow,
        running=usual.running * arguments.slow,
        cancelling=usual.cancelling * arguments.slow,
    )
    sandbox = Sandbox(port=arguments.port, seed=arguments.seed, pace=pace, result_shape=arguments.result_shape)
    try:
        sandbox.start()
    except ValueError as error:
        print(f"quantum-jobs sandbox: {error}", file=sys.stderr)
        return 2
    # Handlers, not KeyboardInterrupt: what is started in the background by a script ignores Ctrl-C and gets SIGTERM.
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        print(_welcome(sandbox), flush=True)
        while not stopped.wait(0.5):
            pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        sandbox.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quantum-jobs sandbox", description="Serve stand-ins for IonQ and qBraid on this machine, until Ctrl-C."
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=_DEFAULT_PORT,
        help="TCP port on 127.0.0.1; 0 takes a free one (default: %(default)s)",
    )
    parser.add_argument("--seed", type=int, default=0, help="makes ids and sampled counts repeatable (default: 0)")
    parser.add_argument(
        "--slow",
        type=_factor,
        default=1.0,
        metavar="FACTOR",
        help="stretch the time jobs take (default: 1, about 0.2 s)",
    )
    parser.add_argument(
        "--result-shape",
        choices=("both", "url", "artifact"),
        default="both",
        help="how IonQ v0.4 says where results are (default: both)",
    )
    parser.add_argument("--verbose", action="store_true", help="print each request: method, path, status")
    return parser


def _welcome(sandbox: Sandbox) -> str:
    width = max(map(len, BASE_PATHS))
    urls = [f"  {name:<{width}}  {sandbox.url(name)}" for name in BASE_PATHS]
    return "\n".join(
        [
            "Sandbox clouds, until Ctrl-C:",
            *urls,
            "Any key is accepted. To point programs here:",
            f"  export IONQ_API_URL={sandbox.url('ionq')}",
            f"  export IONQ_API_KEY={ACCEPTED_KEY}",
            f"  export QBRAID_API_URL={sandbox.url('qbraid')}",
            f"  export QBRAID_API_KEY={ACCEPTED_KEY}",
        ]
    )


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port


def _factor(text: str) -> float:
    factor = float(text)
    if not 0 <= factor < 1e6:
        raise ValueError(text)
    return factor
