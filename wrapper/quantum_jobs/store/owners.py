"""Which process has claimed a key, and whether it is still there: one that was killed never gives its claim back."""

from __future__ import annotations

import os
import platform
import uuid
from functools import lru_cache
from pathlib import Path


def new_owner() -> str:
    """A name for one submission of this process: ``"<machine>|<process>|<started at>|<random>"``."""
    return f"{_this_process(os.getpid())}|{uuid.uuid4().hex}"


def is_of_this_process(owner: str) -> bool:
    """Whether a submission of this very process has claimed."""
    return owner.rpartition("|")[0] == _this_process(os.getpid())


def is_dead(owner: str) -> bool:
    """Whether the process that claimed is certainly not there any more. Only processes of this machine can be told."""
    machine, process, started, _ = (owner.split("|") + [""] * 4)[:4]
    if machine != _machine() or not process.isdecimal():
        return False
    return _started(int(process)) not in {started, None}


@lru_cache(maxsize=8)
def _this_process(process: int) -> str:
    return f"{_machine()}|{process}|{_started(process)}"


@lru_cache(maxsize=1)
def _machine() -> str:
    """What has the same process numbers: a machine since it was started, or a container on it."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return f"{platform.node()}/{uuid.getnode():x}"


def _started(process: int) -> str | None:
    """When a process was started, in the system's own unit; "gone" where there is none; None where nobody can tell."""
    if Path("/proc/self/stat").exists():
        try:
            # Behind the name of the program, which may hold blanks and brackets.
            state, *fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return "gone"
        except OSError:
            return None
        return "gone" if state in {"Z", "X"} else fields[18]
    if os.name != "posix":  # elsewhere signal 0 would end the process
        return None
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return "gone"
    except OSError:
        return None
    return "running"
