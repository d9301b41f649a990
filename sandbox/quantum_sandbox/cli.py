"""The command `quantum-sandbox`, which is also `quantum-jobs sandbox`: serve the sandbox until Ctrl-C."""

from __future__ import annotations

import argparse
import logging
import math
import os
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import get_args

from .context import ResultShape
from .errors import SandboxError
from .faults import Fault
from .http_types import BASE_PATHS, REFUSED_KEY, parse_json
from .jobs import LatencyProfile, Retention
from .sandbox import Sandbox
from .serving.network_access import LOOPBACK

_DEFAULT_PORT = 8040
#: As a shell reports a program that wrote to a pipe which nobody reads any more.
_READER_GONE = 141


def main(argv: Sequence[str] | None = None, *, prog: str = "quantum-sandbox") -> int:
    """Run the command; returns the exit status: 0, 1 where the state or the output cannot be written, 2 for a wrong
    setting, 141 where nobody reads what is printed.

    `argv` are the arguments without the program's name, by default those of this process. `prog` is the name by which
    help and errors call the program.
    """
    try:
        try:
            return _run(argv, prog)
        finally:
            print(end="", flush=True)
    except OSError as error:
        # What was not written must not be tried again: Python would complain when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # nobody reads what is printed, as after `| true`: no error
            return _READER_GONE
        return _report(prog, error, 1)


def _run(argv: Sequence[str] | None, prog: str) -> int:
    arguments = _parser(prog).parse_args(argv)
    logging.basicConfig(level=logging.INFO if arguments.verbose else logging.WARNING, format="%(message)s")
    default = LatencyProfile()
    latency = LatencyProfile(
        submitted=default.submitted * arguments.slow,
        queued=default.queued * arguments.slow,
        running=default.running * arguments.slow,
        cancelling=default.cancelling * arguments.slow,
    )
    state: Path | None = arguments.state
    try:
        _check_state(state)
        sandbox = Sandbox(
            host=arguments.host,
            port=arguments.port,
            expose=arguments.expose,
            seed=_seed(arguments.seed, state),
            latency=latency,
            result_shape=arguments.result_shape,
            faults=[*_faults_of(arguments.faults), *arguments.fault],
            rate_limits=arguments.rate_limits,
            noise=arguments.noise,
            leakage=arguments.leakage,
            retention=Retention(jobs=arguments.keep_jobs),
        )
        sandbox.start()
        try:
            if state is not None and state.exists():
                sandbox.load(state)
        except ValueError:
            sandbox.stop()
            raise
    except ValueError as error:
        return _report(prog, error, 2)
    # Handlers instead of KeyboardInterrupt: a process in the background of a script ignores Ctrl-C and gets SIGTERM.
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        print(_welcome(sandbox), flush=True)
        while not stopped.wait(0.5):
            pass
        if state is not None:
            sandbox.save(state)
    except SandboxError as error:  # the state cannot be saved, perhaps because the disk is full
        return _report(prog, error, 1)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        sandbox.stop()
    return 0


def _report(prog: str, error: Exception, status: int) -> int:
    print(f"{prog}: {error}", file=sys.stderr)
    return status


def _check_state(path: Path | None) -> None:
    """Raise ValueError for a file that cannot be written, before the sandbox has a state to lose."""
    if path is not None and not (path.parent.is_dir() and os.access(path.parent, os.W_OK | os.X_OK)):
        raise ValueError(f"{path} cannot be written: {path.parent} is not a folder to write to")


def _parser(prog: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=prog, description="Serve stand-ins for IonQ and qBraid on this machine, until Ctrl-C."
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=_DEFAULT_PORT,
        help="TCP port; 0 takes a free one (default: %(default)s)",
    )
    parser.add_argument(
        "--host",
        default=LOOPBACK,
        metavar="ADDRESS",
        help="IP address to listen on; 0.0.0.0 is all of them, and needs --expose (default: %(default)s)",
    )
    parser.add_argument("--expose", action="store_true", help="allow other machines to use and control the sandbox")
    parser.add_argument(
        "--seed",
        type=int,
        help="makes ids and sampled counts repeatable (default: another one each time; 0 with --state)",
    )
    parser.add_argument(
        "--slow",
        type=_factor,
        default=1.0,
        metavar="FACTOR",
        help="stretch the time jobs take (default: 1, about 0.2 s)",
    )
    parser.add_argument(
        "--result-shape",
        choices=get_args(ResultShape),
        default="both",
        help="how IonQ v0.4 gives results (default: both)",
    )
    parser.add_argument(
        "--fault",
        type=_fault,
        action="append",
        default=[],
        metavar="JSON",
        help="""a fault, such as '{"do": "status", "status": 503, "times": 2}'; may be repeated""",
    )
    parser.add_argument(
        "--faults",
        type=Path,
        metavar="FILE",
        help='a file with a plan: a JSON list, or {"faults": [...]}, each as for --fault',
    )
    parser.add_argument(
        "--state", type=Path, metavar="FILE", help="begin with the state in this file; save it at the end"
    )
    parser.add_argument(
        "--rate-limits", action="store_true", help="refuse requests beyond the limits that vendors document"
    )
    parser.add_argument("--noise", action="store_true", help="QPUs have errors after each gate")
    parser.add_argument(
        "--leakage",
        type=_share,
        default=0.0,
        metavar="SHARE",
        help="leaked shots of IonQ's QPUs for each requested one, from 0 to 1 (default: 0)",
    )
    parser.add_argument(
        "--keep-jobs",
        type=_amount,
        default=Retention().jobs,
        metavar="N",
        help="jobs each cloud keeps before it removes the oldest (default: %(default)s)",
    )
    parser.add_argument("--verbose", action="store_true", help="print each request: method, path, status")
    return parser


def _seed(given: int | None, state: Path | None) -> int:
    """Another one each time, so that no job is taken for one of an earlier sandbox at the same address. A state belongs
    to the accounts of its seed."""
    if given is not None:
        return given
    return 0 if state is not None else secrets.randbits(32)


def _welcome(sandbox: Sandbox) -> str:
    width = max(map(len, BASE_PATHS))
    urls = [f"  {name:<{width}}  {sandbox.url(name)}" for name in BASE_PATHS]
    beyond = ["Other machines reach it under this one's names and addresses, at the same port."]
    return "\n".join(
        [
            f"Sandbox clouds, until Ctrl-C. In a browser: {sandbox.url('ionq').removesuffix('/v0.4')}",
            *urls,
            *(beyond if sandbox.exposed else []),
            f"Any key is accepted but {REFUSED_KEY}. To point programs here:",
            *(f"  export {name}={value}" for name, value in sandbox.environment().items()),
        ]
    )


def _faults_of(path: Path | None) -> list[Fault]:
    """The fault plan in a file. Raises ValueError for an invalid one."""
    if path is None:
        return []
    try:
        # Some editors start a file with a byte order mark.
        plan = parse_json(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from None
    faults = plan.get("faults") if isinstance(plan, dict) else plan
    if not isinstance(faults, list) or not all(isinstance(fault, dict) for fault in faults):
        raise ValueError(f'{path} is not a plan: [...] or {{"faults": [...]}}')
    return [Fault.from_dict(fault) for fault in faults]


def _fault(text: str) -> Fault:
    try:
        value = parse_json(text)
        if not isinstance(value, dict):
            raise ValueError("a fault is a JSON object")
        return Fault.from_dict(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _amount(text: str) -> int:
    return int(_between(int, text, 1, 10**9, "a whole number"))


def _port(text: str) -> int:
    return int(_between(int, text, 0, 65535, "a whole number"))


def _share(text: str) -> float:
    return _between(float, text, 0, 1, "a number")


def _factor(text: str) -> float:
    return _between(float, text, 0, 1_000_000, "a number")


def _between(kind: Callable[[str], float], text: str, least: int, most: int, what: str) -> float:
    try:
        value = kind(text)
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not {what} between {least} and {most}")
    return value
