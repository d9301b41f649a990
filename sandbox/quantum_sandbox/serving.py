"""The sandbox as a Python object: a server in a thread of its own, up for as long as a `with` block lasts."""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import secrets
import socket
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, get_args

from . import variables
from .clock import Clock, SystemClock
from .engine import Engine
from .errors import UsageError
from .exchange import ACCEPTED_KEY, ALIASES, BASE_PATHS, Quota
from .faults import Fault, FaultPlan
from .jobs import Pace
from .journal import Journal
from .reach import LOOPBACK, address_of, is_exposed, root_url
from .store import Keep
from .world import ResultShape, World

if TYPE_CHECKING:
    from .clients import AsyncClient, Client
    from .front import Front
    from .transport import Transport

logger = logging.getLogger("quantum_sandbox")

_NEEDED = ("starlette", "uvicorn", "qiskit_aer", "qiskit_qasm3_import", "pyqir")


class Sandbox:
    """Stand-ins for the three clouds on one port, which only this machine reaches unless it is told otherwise.

    Args:
        host: the IP address to listen on, or ``"localhost"``. ``"0.0.0.0"`` is all addresses of the machine, or of the
            container.
        port: TCP port; 0 takes a free one.
        expose: let other machines in: needed for a `host` beyond loopback. Whoever reaches the sandbox can use and
            steer it. It then answers under any name, without it only under loopback's.
        seed: makes ids and sampled counts repeatable.
        pace: how long jobs stay in each status, one for all devices or one for each named device.
        result_shape: how IonQ v0.4 says where results are: ``"url"`` (April 2026), ``"artifact"`` (September 2026),
            ``"both"`` in one body, ``"mixed"`` for one job this way and the next one that way, or ``"tempo"``: jobs are
            of the type ``ionq.circuit.v2``, and their results have registers without a key around them, by URL.
        clock: where the time comes from; `SteppedClock` for one that a test moves. One that is given is the caller's:
            `reset` leaves it as it is.
        engine: a running simulator to share; one of its own by default, which takes about a second to come up, in the
            background.
        faults: what goes wrong from the start, in this order; more can be added to `faults` at any time.
        rate_limits: refuse requests beyond what the vendors document (qBraid: 1,000 for each key in 15 minutes), or
            beyond the `Quota` given for a service. Off by default, so that tests may ask as often as they like.
        keep: how many jobs each cloud keeps before it forgets the oldest.
        noise: QPUs have errors after each gate. IonQ's simulator has them for a job that names a noise model.
        leakage: how many shots IonQ's QPUs take beside each one that is wanted in which a qubit leaves its two states,
            from 0 to 1. They are marked by ``leakage_bits`` in the shots of version 2 and are in no other result.
        in_process: nothing listens: clients of `connect` and `transport` ask this object directly.
        set_environment: while the sandbox is entered, in a ``with`` block, the variables of `environment` are set for
            this process, so that jobs made from a reference or a pickle, and `quantum_jobs.connect`, reach the sandbox
            and not the vendor. In process they reach nobody: connections are refused.

    Attributes:
        faults: the `FaultPlan`. clock: the `Clock`. journal: the `Journal` of requests. api_key: the key of its own
            clients, another one for each sandbox and after each reset, so that none waits for the rate limit of
            another; all are keys of one account.

    Raises:
        UsageError: for a `host` beyond loopback without `expose`, and for a port, device, service or result shape that
            there is not; on entering, where the extra ``sandbox`` is not installed, the port is taken, or a fault names
            an operation that no cloud has.
        ValueError: for a fault that is none.
    """

    def __init__(
        self,
        *,
        host: str = LOOPBACK,
        port: int = 0,
        expose: bool = False,
        seed: int = 0,
        pace: Pace | Mapping[str, Pace] | None = None,
        result_shape: ResultShape = "both",
        clock: Clock | None = None,
        engine: Engine | None = None,
        faults: Iterable[Fault | Mapping[str, Any]] = (),
        in_process: bool = False,
        rate_limits: bool | Mapping[str, Quota] = False,
        keep: Keep | None = None,
        noise: bool = False,
        leakage: float = 0.0,
        set_environment: bool = True,
    ) -> None:
        _check(port, pace, result_shape, rate_limits, leakage)
        self._address = address_of(host, expose=expose)
        self._expose = expose
        self._wanted_port = port
        self._seed = seed
        self._pace = pace
        self._result_shape = result_shape
        self._shared_engine = engine
        self._in_process = in_process
        self._keep = keep or Keep()
        self._noise = noise
        self._leakage = leakage
        self._set_environment = set_environment
        self.api_key = _new_key()
        if not isinstance(rate_limits, bool):
            rate_limits = {ALIASES.get(name, name): quota for name, quota in rate_limits.items()}
        self._rate_limits = rate_limits
        self._own_clock = SystemClock() if clock is None else None
        self.clock: Clock = self._own_clock or clock or SystemClock()
        self.faults = FaultPlan(
            [fault if isinstance(fault, Fault) else Fault.from_dict(fault) for fault in faults],
            seed=seed,
            now=self.clock.now,
        )
        self.journal = Journal()
        self._cleanup = contextlib.ExitStack()
        self._serving = contextlib.ExitStack()
        self._port: int | None = None
        self._closed_port = 1
        self._front: Front | None = None
        self._world: World | None = None
        self._outages = 0

    @property
    def running(self) -> bool:
        return self._front is not None

    @property
    def exposed(self) -> bool:
        """Whether other machines can reach it."""
        return not self._in_process and is_exposed(self._address)

    def url(self, service: str) -> str:
        """Base URL of a service, such as ``http://127.0.0.1:40123/v0.4`` for ``ionq-v0.4`` or its alias ``ionq``.

        For clients on this machine: loopback also where the sandbox listens on all addresses.
        """
        name = ALIASES.get(service, service)
        if name not in BASE_PATHS:
            raise UsageError(f"unknown service {service!r}: one of {', '.join((*BASE_PATHS, *ALIASES))}")
        self._running()
        return root_url(self._address if self._port else LOOPBACK, self._port or self._closed_port) + BASE_PATHS[name]

    def environment(self) -> dict[str, str]:
        """The environment variables that point programs to this sandbox.

        The two versions of IonQ's API have one each; the one without a version, which other programs read too, is that
        of v0.4.
        """
        return {
            "IONQ_API_URL": self.url("ionq-v0.4"),
            "IONQ_V0_4_API_URL": self.url("ionq-v0.4"),
            "IONQ_V0_3_API_URL": self.url("ionq-v0.3"),
            "IONQ_API_KEY": self.api_key,
            "QBRAID_API_URL": self.url("qbraid"),
            "QBRAID_API_KEY": self.api_key,
        }

    def connect(self, service: str, *, in_process: bool | None = None, **options: Any) -> Client:
        """`quantum_jobs.connect` to this sandbox; keyword arguments as there, and `in_process` for no socket."""
        from .clients import connect

        return connect(service, **self._client_options(service, in_process, options))

    def connect_async(self, service: str, *, in_process: bool | None = None, **options: Any) -> AsyncClient:
        """`quantum_jobs.connect_async` to this sandbox; keyword arguments as there, and `in_process` for no socket."""
        from .clients import connect_async

        return connect_async(service, **self._client_options(service, in_process, options))

    def transport(self) -> Transport:
        """An httpx transport, for `httpx.Client` and `httpx.AsyncClient`, that asks this sandbox without a socket.

        Closing a client leaves it open for others. In a forked process its connections are refused.
        """
        from .transport import Transport

        return Transport(lambda: self._front, may_block=self.clock.by_hand)

    def _client_options(self, service: str, in_process: bool | None, options: dict[str, Any]) -> dict[str, Any]:
        defaults: dict[str, Any] = {"base_url": self.url(service), "api_key": self.api_key}
        if self._in_process if in_process is None else in_process:
            defaults["transport"] = self.transport()
        return defaults | options

    def _running(self) -> Front:
        if self._front is None:
            raise UsageError("the sandbox is not running: use it in a with block")
        return self._front

    def start(self) -> None:
        """Serve until `stop`. Returns when requests are answered."""
        if self.running:
            raise UsageError("the sandbox is running already")
        missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
        if missing:
            needed = f"the sandbox needs {', '.join(missing)}, of the extra 'sandbox'"
            raise UsageError(f"{needed}: in a checkout of quantum-jobs, pip install '.[sandbox]'")
        with contextlib.ExitStack() as stack:
            from .accounts import Accounts
            from .front import Front
            from .vendors import services

            listener = None if self._in_process else stack.enter_context(self._listener(self._wanted_port))
            if self._in_process:
                self._closed_port = stack.enter_context(_closed_port())
            engine = self._shared_engine
            if engine is None:
                engine = Engine()
                stack.callback(engine.close)
            world = self._world = World(
                self.clock, engine, self._seed, self._pace, self._result_shape, self._keep, self._noise, self._leakage
            )
            self.api_key = _new_key()
            self._set_clock_back()
            self.faults.reset()
            self.journal.clear()
            accounts = Accounts(self._seed, self.clock.now, self._rate_limits)
            front = Front(
                lambda: services(world), self.faults, self.journal, self.clock, accounts, self._set_clock_back
            )
            self.faults.know(front.services)
            if listener is not None:
                self._port = listener.getsockname()[1]
                self._serving = _serve(front, listener, self._expose)
                if self.exposed:
                    logger.warning(
                        "the sandbox listens on %s: whoever reaches port %d can use and steer it",
                        self._address,
                        self._port,
                    )
            self._outages = 0
            # The engine may be shared: what this sandbox still simulates must not keep others waiting.
            stack.callback(front.abandon)
            self._front = front
            self._cleanup = stack.pop_all()

    def reset(self) -> None:
        """Forget jobs, journal and added faults, as if just started. Cheaper than a new sandbox for each test.

        Simulations that are under way are given up. The sandbox's own clock goes back to the time of this machine.
        """
        if self._front is not None:
            self._front.reset()
            self.api_key = _new_key()

    def save(self, path: str | Path) -> None:
        """Write jobs, sessions, groups and money to a file (SQLite). Faults and journal are not part of it."""
        self._running().save(Path(path))

    def load(self, path: str | Path) -> None:
        """Take up what was saved, in the place of what there is. Give the same `seed`, so that keys find their jobs.

        Raises:
            UsageError: for a file that `save` did not write.
        """
        front = self._running()
        assert self._world is not None
        saved_at = front.load(Path(path), self._world.begin)
        # Time never runs backwards: with a clock that a test moves, it goes on from where it was. A clock moves by less
        # than 30 years at once, and one that begins at 0 is further behind.
        while (behind := saved_at - self.clock.now()) > 0:
            self.clock.advance(min(behind, 5e8))

    def hold(self, job_id: str) -> None:
        """Put a job that waits on hold, until `release`. On qBraid it is HOLD, IonQ has no word for it."""
        self._running().change_job(job_id, "hold")

    def release(self, job_id: str) -> None:
        """Let a job on hold go on."""
        self._running().change_job(job_id, "release")

    @contextlib.contextmanager
    def outage(self) -> Iterator[None]:
        """Nobody listens inside this `with` block, nor inside one in it: connections are refused. Jobs go on."""
        front, port = self._running(), self._port
        with self.faults.during("outage"):
            self._outages += 1
            self._serving.close()
            try:
                yield
            finally:
                # One that was stopped meanwhile, and perhaps started again, has no outage.
                if self._front is front:
                    self._outages -= 1
                    if port is not None and not self._outages:
                        self._serving = _serve(front, self._listener(port), self._expose)

    def _set_clock_back(self) -> None:
        if self._own_clock is not None:
            self._own_clock.set_back()

    def _listener(self, port: int) -> socket.socket:
        from .server import listen

        try:
            return listen(self._address, port)
        except OSError as error:
            raise UsageError(f"port {port} of {self._address} cannot be used: {error.strerror}") from None

    def stop(self) -> None:
        """Stop serving and simulating. May be called twice."""
        if self._front is not None:
            self._front.abandon()
        self._serving.close()
        self._port = self._front = None
        self._cleanup.close()

    def __enter__(self) -> Self:
        self.start()
        if self._set_environment:
            variables.enter(self, self.environment())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        variables.leave(self)
        self.stop()

    async def __aenter__(self) -> Self:
        import asyncio

        await asyncio.to_thread(self.__enter__)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        import asyncio

        await asyncio.to_thread(self.__exit__, kind, error, traceback)


def _serve(front: Front, listener: socket.socket, expose: bool) -> contextlib.ExitStack:
    """Answer on a socket, until the stack that comes back is closed."""
    from . import server
    from .app import App

    with contextlib.ExitStack() as stack:
        stack.enter_context(listener)
        stack.callback(server.serve(App(front, expose=expose), listener))
        return stack.pop_all()


def _new_key() -> str:
    return f"{ACCEPTED_KEY}-{secrets.token_hex(4)}"


@contextlib.contextmanager
def _closed_port() -> Iterator[int]:
    """A port of loopback at which connections are refused, and which nobody else can have meanwhile."""
    with contextlib.closing(socket.socket()) as held:
        try:
            held.bind((LOOPBACK, 0))
        except OSError:  # where sockets are forbidden; port 1 is nobody's
            yield 1
            return
        yield held.getsockname()[1]


def _check(port: Any, pace: Any, result_shape: Any, rate_limits: Any, leakage: Any) -> None:
    """Raise UsageError for settings that mean nothing, and for names that nothing has."""
    from .vendors import DEVICE_NAMES

    if isinstance(port, bool) or not isinstance(port, int) or not 0 <= port <= 65535:
        raise UsageError(f"port {port!r}: a whole number between 0, which takes a free one, and 65535")
    if result_shape not in get_args(ResultShape):
        raise UsageError(f"result_shape {result_shape!r}: one of {', '.join(get_args(ResultShape))}")
    if isinstance(leakage, bool) or not isinstance(leakage, int | float) or not 0 <= leakage <= 1:
        raise UsageError(f"leakage {leakage!r}: a number between 0 and 1")
    if pace is not None and not isinstance(pace, Pace):
        _check_names("pace", pace, DEVICE_NAMES, Pace)
    if not isinstance(rate_limits, bool):
        _check_names("rate_limits", rate_limits, (*BASE_PATHS, *ALIASES), Quota)


def _check_names(setting: str, values: Any, known: Collection[str], kind: type) -> None:
    if not isinstance(values, Mapping) or not all(isinstance(value, kind) for value in values.values()):
        raise UsageError(f"{setting}: a {kind.__name__} for each name")
    for name in values:
        if name not in known:
            raise UsageError(f"{setting} of {name!r}: one of {', '.join(sorted(known))}")
