"""Fault injection: which requests go wrong, and how.

A `FaultPlan` holds faults in order and tells which of them strike a request; `dispatcher`, `body_faults` and
`serving` carry them out. Random draws depend only on the seed of the plan and on how many requests a fault has matched,
so the same plan and the same requests give the same run.
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

from .errors import SandboxError
from .http_types import ALIASES, BASE_PATHS, Operation, Request, Service, check_json, plain_name

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
"""Seconds, about 30 years: the furthest that a clock is moved at once."""

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
    value.encode()  # raises ValueError for a lone surrogate


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

    - ``drop``: the connection is closed without a response. With ``stored=True`` the request takes effect first.
    - ``refuse``: the connection is refused. In process that is a connect error. Over a socket, the request is read
      before it can be matched, so its sender sees a connection that closes without a response, and cannot know whether
      the request took effect. For a connect error over a socket, use ``with sandbox.outage():``.
    - ``outage``: the same as ``refuse``, meant for all requests in a time window.
    - ``delay``: the response is `seconds` late. ``trickle``: its body arrives byte by byte, `seconds` apart.
    - ``truncate``: the connection breaks off after `keep` bytes of the body.
    - ``status``: the response is an error with `status` in the vendor's form (default 503), with `retry_after` where
      given. ``html``: the same as an HTML page, as proxies send it (default 502). With ``stored=True`` the request
      takes effect.
    - ``lag``: a listing shows the state of `seconds` ago.
    - ``unknown_status``: jobs have the status `value`, an undocumented one by default.
    - ``add_field``, ``drop_field``, ``wrong_type``: `field` of the response is set to `value`, removed, or replaced by
      a value of another type. A field is a path such as ``data.*.shots``: ``*`` is any one step, ``**`` any number.

    A fault matches all requests, or those of a `service` (name or alias), `method`, `path` (below the base URL of the
    service, ``*`` for anything) and `operation` (``create_job``, or the vendor's name for it). It strikes from the
    `nth` match on (1 is the first), `times` times (default: once where `nth` is given, else always), each time with
    `probability`, and only from `since` to `until`, in seconds of the sandbox's clock after the fault was added.

    `retry_after` is sent as given; ``"date:30"`` becomes the date in 30 seconds.

    Raises:
        ValueError: for an invalid value. An unknown operation is reported when the sandbox starts, or when the fault is
            added to a running one.
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
        """A fault from JSON values. Raises ValueError for invalid ones."""
        names = {attribute.name for attribute in attrs.fields(cls)}
        unknown = sorted(set(values) - names)
        if unknown or "do" not in values:
            what = f"has no {', '.join(unknown)}" if unknown else "needs do"
            raise ValueError(f"a fault {what}; it has {', '.join(sorted(names))}")
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """The fault as JSON values, without fields that have their default."""
        defaults = {attribute.name: attribute.default for attribute in attrs.fields(Fault)}
        return {name: value for name, value in attrs.asdict(self).items() if value != defaults[name]}

    @property
    def max_strikes(self) -> int | None:
        """How often it strikes at most; None for no limit."""
        return 1 if self.times is None and self.nth is not None else self.times

    def matches(self, service: Service, request: Request, operation: Operation | None) -> bool:
        return (
            (self.service is None or ALIASES.get(self.service, self.service) == service.name)
            and (self.method is None or self.method.upper() == request.method)
            and (self.path is None or fnmatch.fnmatchcase(request.path, self.path))
            and (self.operation is None or (operation is not None and operation.has_name(self.operation)))
        )


@attrs.define
class _Armed:
    """A fault in the plan, and how many requests it matched and struck."""

    fault: Fault
    added_at: float
    draws: random.Random
    matched: int = 0
    struck: int = 0

    def strikes(self, now: float) -> bool:
        """Whether the fault strikes a matching request now. Counts the request."""
        fault, age = self.fault, now - self.added_at
        if age < fault.since or (fault.until is not None and age >= fault.until):
            return False
        self.matched += 1
        if self.matched < (fault.nth or 1) or (fault.max_strikes is not None and self.struck >= fault.max_strikes):
            return False
        # Each fault has its own sequence of draws.
        if fault.probability < 1 and self.draws.random() >= fault.probability:
            return False
        self.struck += 1
        return True


class FaultPlan:
    """The faults of a sandbox. May be changed at any time, from any thread. Iterating gives the faults."""

    def __init__(self, faults: Iterable[Fault] = (), *, seed: int = 0, now: Callable[[], float] = lambda: 0.0) -> None:
        self._initial = tuple(faults)
        self._seed = seed
        self._now = now
        self._lock = threading.Lock()
        self._added = 0
        self._armed: list[_Armed] = []
        self._operations: Set[tuple[str, str]] = frozenset()
        self.reset()

    def set_operations(self, services: Iterable[Service]) -> None:
        """Tell the plan which operations exist, so that it refuses faults of others.

        Raises:
            SandboxError: for a fault of the plan that names an unknown operation.
        """
        # Names only: services hold jobs.
        self._operations = frozenset(
            (s.name, name) for s in services for operation in s.operations for name in operation.names
        )
        for fault in self:
            self._check(fault)

    def add(self, fault: Fault | Kind, **options: Any) -> Fault:
        """Add a fault: ``add(Fault("drop"))`` or ``add("drop", stored=True)``. Raises ValueError for an invalid one."""
        if not isinstance(fault, Fault):
            fault = Fault.from_dict({"do": fault, **options})
        elif options:
            raise TypeError("give a Fault, or a kind of fault and its options")
        self._check(fault)
        with self._lock:
            self._arm(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Remove a fault; does nothing where the plan does not have it."""
        with self._lock:
            self._armed = [armed for armed in self._armed if armed.fault is not fault]

    @contextmanager
    def during(self, fault: Fault | Kind, **options: Any) -> Iterator[Fault]:
        """Add a fault for the duration of a `with` block."""
        added = self.add(fault, **options)
        try:
            yield added
        finally:
            self.remove(added)

    def replace(self, faults: Iterable[Fault]) -> None:
        """Replace all faults."""
        faults = list(faults)
        for fault in faults:
            self._check(fault)
        with self._lock:
            self._armed = []
            for fault in faults:
                self._arm(fault)

    def clear(self) -> None:
        """Remove all faults."""
        self.replace(())

    def reset(self) -> None:
        """Return to the plan that the sandbox was made with, with all counts at 0."""
        with self._lock:
            self._added = 0
            self._armed = []
            for fault in self._initial:
                self._arm(fault)

    def strike(self, service: Service, request: Request, operation: Operation | None) -> list[Fault]:
        """The faults that strike this request, in the order of the plan. Counts the request."""
        if not self._armed:
            return []
        now = self._now()
        with self._lock:
            return [a.fault for a in self._armed if a.fault.matches(service, request, operation) and a.strikes(now)]

    def struck(self, fault: Fault) -> int:
        """How often a fault of the plan has struck."""
        with self._lock:
            return sum(armed.struck for armed in self._armed if armed.fault is fault)

    def to_dicts(self) -> list[dict[str, Any]]:
        """The plan as JSON values, with how often each fault has struck."""
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
            raise SandboxError(f"no operation{'' if wanted is None else f' of {wanted}'} is called {fault.operation!r}")

    def _arm(self, fault: Fault) -> None:
        self._added += 1
        self._armed.append(_Armed(fault, self._now(), random.Random(f"{self._seed}:{self._added}")))
