"""Misbehaviour on request: which requests go wrong, and how.

A `FaultPlan` holds `Fault`s in order. For each request it says which of them strike; `front` and `tampering` carry them
out. Every draw depends only on the plan's seed and on how many requests a fault has matched, so the same plan and the
same requests give the same run.
"""

from __future__ import annotations

import fnmatch
import random
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, get_args

import attrs

from .exchange import Call, Operation, Service

Kind = Literal[
    "drop",
    "refuse",
    "outage",
    "delay",
    "trickle",
    "truncate",
    "status",
    "html",
    "lag",
    "unknown_status",
    "add_field",
    "drop_field",
    "wrong_type",
]
KINDS: tuple[str, ...] = get_args(Kind)

ALIASES: Mapping[str, str] = {"ionq": "ionq-v0.4", "qbraid": "qbraid-v2"}
"""Short names of services."""

_LONGEST_DELAY = 600.0


def _check_kind(_fault: Fault, _attribute: Any, value: str) -> None:
    if value not in KINDS:
        raise ValueError(f"{value!r} is no fault: one of {', '.join(KINDS)}")


@attrs.frozen
class Fault:
    """One thing that goes wrong, for the requests that match.

    What it does, by `do`:

    - ``drop``: the connection is closed and nothing is answered. With ``stored=True`` the request takes effect first.
    - ``refuse``: the connection is closed at once, as if nobody listened (in process: a connect error).
    - ``outage``: the same, meant for all requests of a time window.
    - ``delay``: the answer comes `seconds` late. ``trickle``: its body comes byte by byte, `seconds` apart.
    - ``truncate``: the connection breaks after `keep` bytes of the body.
    - ``status``: the answer is `status` in the vendor's own form (503 by default), with `retry_after` where given.
      ``html``: the same as a page in HTML (502 by default), as a proxy sends it. With ``stored=True`` the request takes
      effect all the same.
    - ``lag``: a listing shows what was so `seconds` ago.
    - ``unknown_status``: jobs have the status `value`, a word that no document has.
    - ``add_field``, ``drop_field``, ``wrong_type``: `field` of the answer gets `value`, goes, or gets a value of
      another type. A field is a path such as ``data.*.shots``: ``*`` is any one step, ``**`` any number of them.

    Which requests match: all, or those of a `service` (name or alias), `method`, `path` (below the service's base URL,
    ``*`` for anything) and `operation` (``create_job``, or the vendor's own name for it). The fault strikes from the
    `nth` match on (1 is the first), `times` times (once where only `nth` is given, else without end), each time with
    `probability`, and only from `since` to `until`: seconds by the sandbox's clock after the fault was added.

    `retry_after` is sent as it stands; ``"date:30"`` becomes the date in 30 seconds.
    """

    do: Kind = attrs.field(validator=_check_kind)
    service: str | None = None
    method: str | None = None
    path: str | None = None
    operation: str | None = None
    nth: int | None = None
    times: int | None = None
    probability: float = 1.0
    since: float = 0.0
    until: float | None = None
    stored: bool = False
    status: int | None = None
    retry_after: str | float | None = None
    seconds: float = 1.0
    keep: int = 20
    field: str | None = None
    value: Any = None

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.seconds <= _LONGEST_DELAY:
            raise ValueError(f"seconds must be between 0 and {_LONGEST_DELAY:g}")
        if not 0 <= self.probability <= 1:
            raise ValueError("probability must be between 0 and 1")
        if self.status is not None and not 200 <= self.status <= 599:
            raise ValueError("status must be between 200 and 599")
        if self.do in ("add_field", "drop_field", "wrong_type") and not self.field:
            raise ValueError(f"{self.do} needs a field")
        if (self.nth is not None and self.nth < 1) or (self.times is not None and self.times < 0) or self.keep < 0:
            raise ValueError("nth counts from 1, times and keep from 0")

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Fault:
        """A fault from data, such as an entry of a plan in a JSON file. Raises ValueError for what is none."""
        names = {attribute.name for attribute in attrs.fields(cls)}
        unknown = sorted(set(values) - names)
        if unknown or "do" not in values:
            what = f"has no {', '.join(unknown)}" if unknown else "needs do"
            raise ValueError(f"a fault {what}; it has {', '.join(sorted(names))}")
        try:
            return cls(**values)
        except TypeError as error:
            raise ValueError(f"a value of a fault has the wrong type: {error}") from None

    def to_dict(self) -> dict[str, Any]:
        """The fault as data; what is as usual is left out."""
        usual = {attribute.name: attribute.default for attribute in attrs.fields(Fault)}
        return {name: value for name, value in attrs.asdict(self).items() if value != usual[name]}

    @property
    def most(self) -> int | None:
        """How often it strikes at most."""
        return 1 if self.times is None and self.nth is not None else self.times

    def matches(self, service: Service, call: Call, operation: Operation | None) -> bool:
        return (
            (self.service is None or ALIASES.get(self.service, self.service) == service.name)
            and (self.method is None or self.method.upper() == call.method)
            and (self.path is None or fnmatch.fnmatchcase(call.path, self.path))
            and (self.operation is None or (operation is not None and operation.is_called(self.operation)))
        )


@attrs.define
class _Armed:
    """A fault in the plan, with what it has seen so far."""

    fault: Fault
    added_at: float
    draws: random.Random
    matched: int = 0
    struck: int = 0

    def strikes(self, now: float) -> bool:
        """Whether a request that matches is hit, now."""
        fault, age = self.fault, now - self.added_at
        if age < fault.since or (fault.until is not None and age >= fault.until):
            return False
        self.matched += 1
        if self.matched < (fault.nth or 1) or (fault.most is not None and self.struck >= fault.most):
            return False
        # Drawn only where it can matter, and then always: the sequence is the fault's own.
        if fault.probability < 1 and self.draws.random() >= fault.probability:
            return False
        self.struck += 1
        return True


class FaultPlan:
    """The faults of a sandbox. May be changed at any time, from any thread."""

    def __init__(self, faults: Iterable[Fault] = (), *, seed: int = 0, now: Callable[[], float] = lambda: 0.0) -> None:
        self._initial = tuple(faults)
        self._seed = seed
        self._now = now
        self._lock = threading.Lock()
        self._added = 0
        self._armed: list[_Armed] = []
        self.reset()

    def add(self, fault: Fault | Kind, **options: Any) -> Fault:
        """Add a fault: ``add(Fault("drop"))`` or ``add("drop", stored=True)``."""
        if not isinstance(fault, Fault):
            fault = Fault.from_dict({"do": fault, **options})
        elif options:
            raise TypeError("give a Fault, or a word and its options")
        with self._lock:
            self._arm(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Take a fault out of the plan; nothing happens where it is not in it."""
        with self._lock:
            self._armed = [armed for armed in self._armed if armed.fault is not fault]

    @contextmanager
    def during(self, fault: Fault | Kind, **options: Any) -> Iterator[Fault]:
        """The fault holds inside the `with` block only."""
        added = self.add(fault, **options)
        try:
            yield added
        finally:
            self.remove(added)

    def replace(self, faults: Iterable[Fault]) -> None:
        """Put other faults in the place of all present ones."""
        with self._lock:
            self._armed = []
            for fault in faults:
                self._arm(fault)

    def clear(self) -> None:
        """Behave well from now on."""
        self.replace(())

    def reset(self) -> None:
        """Go back to the plan that the sandbox was made with, as if it had just started."""
        with self._lock:
            self._added = 0
            self._armed = []
            for fault in self._initial:
                self._arm(fault)

    def strike(self, service: Service, call: Call, operation: Operation | None) -> list[Fault]:
        """The faults that hit this request, in the order of the plan. Counts the request."""
        if not self._armed:
            return []
        now = self._now()
        with self._lock:
            return [a.fault for a in self._armed if a.fault.matches(service, call, operation) and a.strikes(now)]

    def struck(self, fault: Fault) -> int:
        """How often a fault has struck."""
        with self._lock:
            return sum(armed.struck for armed in self._armed if armed.fault is fault)

    def to_dicts(self) -> list[dict[str, Any]]:
        """The plan as data, with how often each fault has struck."""
        with self._lock:
            return [{**armed.fault.to_dict(), "struck": armed.struck} for armed in self._armed]

    def __iter__(self) -> Iterator[Fault]:
        with self._lock:
            return iter([armed.fault for armed in self._armed])

    def __len__(self) -> int:
        return len(self._armed)

    def _arm(self, fault: Fault) -> None:
        self._added += 1
        self._armed.append(_Armed(fault, self._now(), random.Random(f"{self._seed}:{self._added}")))
