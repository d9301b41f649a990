"""Misbehaviour on request: which requests go wrong, and how.

A `FaultPlan` holds `Fault`s in order. For each request it says which of them strike; `front` and `tampering` carry them
out. Every draw depends only on the plan's seed and on how many requests a fault has matched, so the same plan and the
same requests give the same run.
"""

from __future__ import annotations

import fnmatch
import math
import random
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from typing import Any, Literal, get_args

import attrs
from attrs.validators import optional

from .errors import UsageError
from .exchange import ALIASES, BASE_PATHS, Call, Operation, Service, check_json, plain_name

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

_LONGEST_DELAY = 600.0
_LONGEST_TIME = 1e9
"""Seconds, about 30 years: as far as the clock is moved at once."""

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")

_Check = Callable[["Fault", "attrs.Attribute[Any]", Any], None]


def _check_kind(_fault: Fault, _attribute: attrs.Attribute[Any], value: Any) -> None:
    if value not in KINDS:
        raise ValueError(f"{value!r} is no fault: one of {', '.join(KINDS)}")


def _number(least: float, most: float) -> _Check:
    def check(_fault: Fault, attribute: attrs.Attribute[Any], value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise ValueError(f"{attribute.name} must be a number between {least:g} and {most:g}")

    return check


def _whole(least: int, most: int = 2**31 - 1) -> _Check:
    def check(_fault: Fault, attribute: attrs.Attribute[Any], value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"{attribute.name} must be a whole number between {least} and {most}")

    return check


def _text(_fault: Fault, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{attribute.name} must be text")
    value.encode()  # a ValueError for half a character


def _one_of(*choices: str) -> _Check:
    def check(_fault: Fault, attribute: attrs.Attribute[Any], value: Any) -> None:
        if value not in choices:
            raise ValueError(f"{attribute.name} must be one of {', '.join(choices)}")

    return check


def _method(fault: Fault, attribute: attrs.Attribute[Any], value: Any) -> None:
    _one_of(*_METHODS)(fault, attribute, value.upper() if isinstance(value, str) else value)


def _flag(_fault: Fault, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not isinstance(value, bool):
        raise ValueError(f"{attribute.name} must be true or false")


def _json(_fault: Fault, attribute: attrs.Attribute[Any], value: Any) -> None:
    try:
        check_json(value)
    except ValueError as error:
        raise ValueError(f"{attribute.name} cannot be sent: {error}") from None


def _retry_after(fault: Fault, attribute: attrs.Attribute[Any], value: Any) -> None:
    """A number, a date, or any text that can be sent in a header."""
    if not isinstance(value, str):
        _number(-_LONGEST_TIME, _LONGEST_TIME)(fault, attribute, value)
    elif not re.fullmatch(r"[ -~]*", value) or value != value.strip():
        raise ValueError(f"{attribute.name} must be printable ASCII, without spaces around it")
    elif value.startswith("date:"):
        try:
            seconds = float(value.removeprefix("date:"))
        except ValueError:
            seconds = math.nan
        _number(-_LONGEST_TIME, _LONGEST_TIME)(fault, attribute, seconds)


@attrs.frozen
class Fault:
    """One thing that goes wrong, for the requests that match.

    What it does, by `do`:

    - ``drop``: the connection is closed and nothing is answered. With ``stored=True`` the request takes effect first.
    - ``refuse``: the request is not taken. In process that is a connect error, as where nobody listens. Over a socket
      the request is read before it can be matched: its sender sees the connection end without an answer, and cannot
      know that nothing was taken. For a connect error there, use ``with sandbox.outage():``.
    - ``outage``: the same as ``refuse``, meant for all requests of a time window.
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

    Raises:
        ValueError: for a value that means nothing. Whether there is such an operation is seen when the sandbox starts,
            or when the fault is added to one that runs.
    """

    do: Kind = attrs.field(validator=_check_kind)
    service: str | None = attrs.field(default=None, validator=optional(_one_of(*BASE_PATHS, *ALIASES)))
    method: str | None = attrs.field(default=None, validator=optional(_method))
    path: str | None = attrs.field(default=None, validator=optional(_text))
    operation: str | None = attrs.field(default=None, validator=optional(_text))
    nth: int | None = attrs.field(default=None, validator=optional(_whole(1)))
    times: int | None = attrs.field(default=None, validator=optional(_whole(0)))
    probability: float = attrs.field(default=1.0, validator=_number(0, 1))
    since: float = attrs.field(default=0.0, validator=_number(0, _LONGEST_TIME))
    until: float | None = attrs.field(default=None, validator=optional(_number(0, _LONGEST_TIME)))
    stored: bool = attrs.field(default=False, validator=_flag)
    status: int | None = attrs.field(default=None, validator=optional(_whole(200, 599)))
    retry_after: str | float | None = attrs.field(default=None, validator=optional(_retry_after))
    seconds: float = attrs.field(default=1.0, validator=_number(0, _LONGEST_DELAY))
    keep: int = attrs.field(default=20, validator=_whole(0))
    field: str | None = attrs.field(default=None, validator=optional(_text))
    value: Any = attrs.field(default=None, validator=_json)

    def __attrs_post_init__(self) -> None:
        if self.do in ("add_field", "drop_field", "wrong_type") and not self.field:
            raise ValueError(f"{self.do} needs a field")

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Fault:
        """A fault from data, such as an entry of a plan in a JSON file. Raises ValueError for what is none."""
        names = {attribute.name for attribute in attrs.fields(cls)}
        unknown = sorted(set(values) - names)
        if unknown or "do" not in values:
            what = f"has no {', '.join(unknown)}" if unknown else "needs do"
            raise ValueError(f"a fault {what}; it has {', '.join(sorted(names))}")
        return cls(**values)

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
        self._operations: Set[tuple[str, str]] = frozenset()
        self.reset()

    def know(self, services: Iterable[Service]) -> None:
        """Learn which operations there are. From now on a fault of any other one is refused.

        Raises:
            UsageError: for a fault of the plan that names another one.
        """
        # Names only: services hold jobs.
        self._operations = frozenset(
            (s.name, name) for s in services for operation in s.operations for name in operation.called
        )
        for fault in self:
            self._check(fault)

    def add(self, fault: Fault | Kind, **options: Any) -> Fault:
        """Add a fault: ``add(Fault("drop"))`` or ``add("drop", stored=True)``. Raises ValueError for what is none."""
        if not isinstance(fault, Fault):
            fault = Fault.from_dict({"do": fault, **options})
        elif options:
            raise TypeError("give a Fault, or a word and its options")
        self._check(fault)
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
        faults = list(faults)
        for fault in faults:
            self._check(fault)
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

    def _check(self, fault: Fault) -> None:
        if fault.operation is None or not self._operations:
            return
        wanted = None if fault.service is None else ALIASES.get(fault.service, fault.service)
        called = {name for service, name in self._operations if wanted in (None, service)}
        if plain_name(fault.operation) not in called:
            raise UsageError(f"no operation{'' if wanted is None else f' of {wanted}'} is called {fault.operation!r}")

    def _arm(self, fault: Fault) -> None:
        self._added += 1
        self._armed.append(_Armed(fault, self._now(), random.Random(f"{self._seed}:{self._added}")))
