"""The `Sandbox`: a server in a thread, which runs as long as a `with` block."""

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

from . import environment
from .clock import Clock, SystemClock
from .context import Context, ResultShape
from .engine import Engine
from .errors import SandboxError
from .faults import Fault, FaultPlan
from .http_types import ACCEPTED_KEY, ALIASES, BASE_PATHS, RateLimit
from .jobs import LatencyProfile, Retention
from .journal import Journal
from .serving.network_access import LOOPBACK, address_of, is_exposed, root_url

if TYPE_CHECKING:
    from .clients import AsyncClient, Client
    from .dispatcher import Dispatcher
    from .serving.transport import Transport

logger = logging.getLogger("quantum_sandbox")

_REQUIRED_MODULES = ("uvicorn", "qiskit_aer", "qiskit_qasm3_import", "pyqir")


class Sandbox:
    """Stand-ins for the three clouds on one port. By default only this machine reaches them.

    Args:
        host: the IP address to listen on, or ``"localhost"``; ``"0.0.0.0"`` for all addresses of the machine or
            container.
        port: TCP port; 0 takes a free one.
        expose: allow a `host` beyond loopback, so that other machines can use and control the sandbox. It then answers
            to any host name, otherwise only to those of loopback.
        seed: makes ids and sampled counts repeatable.
        latency: how long jobs stay in each status: one profile for all devices, or one for each named device.
        result_shape: how IonQ v0.4 gives results: ``"url"`` (April 2026), ``"artifact"`` (September 2026), ``"both"``
            in one body, ``"mixed"``, which alternates from job to job, or ``"tempo"``: jobs have the type
            ``ionq.circuit.v2``, and results, by URL, have registers at the top level.
        clock: the source of time; `SteppedClock` for one that a test moves. `reset` leaves a given clock unchanged.
        engine: a running simulator to share. By default the sandbox starts its own in the background, in about a
            second.
        faults: faults from the start, in this order; `faults` of the sandbox accepts more at any time.
        in_process: do not listen: clients of `connect` and `transport` reach this object without a socket.
        rate_limits: refuse requests beyond the limits that vendors document (qBraid: 1,000 for each key in 15 minutes),
            or beyond the `RateLimit` given for a service. Off by default.
        retention: how many jobs each cloud keeps before it removes the oldest.
        noise: QPUs have errors after each gate. IonQ's simulator has them for jobs that name a noise model.
        leakage: number of additional shots of IonQ's QPUs, for each requested one, in which a qubit leaks; from 0 to 1.
            They have ``leakage_bits`` in the shots of version 2 and are in no other result.
        set_environment: inside ``with``, set the variables of `environment` for this process, so that
            `quantum_jobs.connect` and jobs from a reference or a pickle use the sandbox and never the vendor. With
            `in_process` their connections are refused.

    Attributes:
        faults: the `FaultPlan`.
        clock: the `Clock`.
        journal: the `Journal` of requests.
        api_key: the key for its clients. Each sandbox has its own, and a new one after each reset, so that their rate
            limits are independent; all belong to one account.

    Raises:
        SandboxError: for a `host` beyond loopback without `expose`, and for an invalid port, device, service or result
            shape; on entering, where the extra ``sandbox`` is not installed, the port is taken, or a fault names an
            unknown operation.
        ValueError: for an invalid fault.
    """

    def __init__(
        self,
        *,
        host: str = LOOPBACK,
        port: int = 0,
        expose: bool = False,
        seed: int = 0,
        latency: LatencyProfile | Mapping[str, LatencyProfile] | None = None,
        result_shape: ResultShape = "both",
        clock: Clock | None = None,
        engine: Engine | None = None,
        faults: Iterable[Fault | Mapping[str, Any]] = (),
        in_process: bool = False,
        rate_limits: bool | Mapping[str, RateLimit] = False,
        retention: Retention | None = None,
        noise: bool = False,
        leakage: float = 0.0,
        set_environment: bool = True,
    ) -> None:
        _check(port, latency, result_shape, rate_limits, leakage)
        self._address = address_of(host, expose=expose)
        self._expose = expose
        self._requested_port = port
        self._seed = seed
        self._latency = latency
        self._result_shape = result_shape
        self._shared_engine = engine
        self._in_process = in_process
        self._retention = retention or Retention()
        self._noise = noise
        self._leakage = leakage
        self._set_environment = set_environment
        self.api_key = _new_key()
        if not isinstance(rate_limits, bool):
            rate_limits = {ALIASES.get(name, name): rate_limit for name, rate_limit in rate_limits.items()}
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
        self._dispatcher: Dispatcher | None = None
        self._context: Context | None = None
        self._outages = 0

    @property
    def running(self) -> bool:
        return self._dispatcher is not None

    @property
    def exposed(self) -> bool:
        """Whether other machines can reach it."""
        return not self._in_process and is_exposed(self._address)

    def url(self, service: str) -> str:
        """Base URL of a service, such as ``http://127.0.0.1:40123/v0.4`` for ``ionq-v0.4`` or its alias ``ionq``.

        It is for clients on this machine: loopback also where the sandbox listens on all addresses.
        """
        name = ALIASES.get(service, service)
        if name not in BASE_PATHS:
            raise SandboxError(f"unknown service {service!r}: one of {', '.join((*BASE_PATHS, *ALIASES))}")
        self._running()
        return root_url(self._address if self._port else LOOPBACK, self._port or self._closed_port) + BASE_PATHS[name]

    def environment(self) -> dict[str, str]:
        """The environment variables that point programs to this sandbox.

        Both versions of IonQ's API have their own; ``IONQ_API_URL``, which other programs read too, is that of v0.4.
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
        """`quantum_jobs.connect` to this sandbox, with its keyword arguments; `in_process` uses no socket."""
        from .clients import connect

        return connect(service, **self._client_options(service, in_process, options))

    def connect_async(self, service: str, *, in_process: bool | None = None, **options: Any) -> AsyncClient:
        """`quantum_jobs.connect_async` to this sandbox, with its keyword arguments; `in_process` uses no socket."""
        from .clients import connect_async

        return connect_async(service, **self._client_options(service, in_process, options))

    def transport(self) -> Transport:
        """An httpx transport to this sandbox without a socket, for `httpx.Client` and `httpx.AsyncClient`.

        Closing a client does not close it for others. In a forked process its connections are refused.
        """
        from .serving.transport import Transport

        return Transport(lambda: self._dispatcher, may_block=self.clock.is_manual)

    def _client_options(self, service: str, in_process: bool | None, options: dict[str, Any]) -> dict[str, Any]:
        defaults: dict[str, Any] = {"base_url": self.url(service), "api_key": self.api_key}
        if self._in_process if in_process is None else in_process:
            defaults["transport"] = self.transport()
        return defaults | options

    def _running(self) -> Dispatcher:
        if self._dispatcher is None:
            raise SandboxError("the sandbox is not running: use it in a with block")
        return self._dispatcher

    def start(self) -> None:
        """Start to serve; returns when requests are answered."""
        if self.running:
            raise SandboxError("the sandbox is running already")
        missing = [name for name in _REQUIRED_MODULES if importlib.util.find_spec(name) is None]
        if missing:
            needed = f"the sandbox needs {', '.join(missing)}, of the extra 'sandbox'"
            raise SandboxError(f"{needed}: in a checkout of quantum-jobs, pip install '.[sandbox]'")
        with contextlib.ExitStack() as stack:
            from .accounts import Accounts
            from .dispatcher import Dispatcher
            from .vendors import new_clouds

            listener = None if self._in_process else stack.enter_context(self._listener(self._requested_port))
            if self._in_process:
                self._closed_port = stack.enter_context(_closed_port())
            engine = self._shared_engine
            if engine is None:
                engine = Engine()
                stack.callback(engine.close)
            context = self._context = Context(
                self.clock,
                engine,
                self._seed,
                self._latency,
                self._result_shape,
                self._retention,
                self._noise,
                self._leakage,
            )
            self.api_key = _new_key()
            self._reset_clock()
            self.faults.reset()
            self.journal.clear()
            accounts = Accounts(self._seed, self.clock.now, self._rate_limits)
            dispatcher = Dispatcher(
                lambda: new_clouds(context), self.faults, self.journal, self.clock, accounts, self._reset_clock
            )
            self.faults.set_operations(dispatcher.clouds)
            if listener is not None:
                self._port = listener.getsockname()[1]
                self._serving = _serve(dispatcher, listener, self._expose)
                if self.exposed:
                    logger.warning(
                        "the sandbox listens on %s: whoever reaches port %d can use and steer it",
                        self._address,
                        self._port,
                    )
            self._outages = 0
            # A shared engine must not go on with the simulations of this sandbox.
            stack.callback(dispatcher.abandon)
            self._dispatcher = dispatcher
            self._cleanup = stack.pop_all()

    def reset(self) -> None:
        """Forget jobs, journal and added faults. Faster than a new sandbox for each test.

        Running simulations are given up. A clock that was not given returns to the time of this machine.
        """
        if self._dispatcher is not None:
            self._dispatcher.reset()
            self.api_key = _new_key()

    def save(self, path: str | Path) -> None:
        """Write jobs, sessions, groups and costs to a SQLite file. Faults and journal are not saved."""
        self._running().save(Path(path))

    def load(self, path: str | Path) -> None:
        """Replace the state by a saved one. The `seed` must be the same, so that keys find their jobs.

        Raises:
            SandboxError: for a file that `save` did not write.
        """
        dispatcher = self._running()
        assert self._context is not None
        saved_at = dispatcher.load(Path(path), self._context.start)
        # Time must not run backwards. A clock moves by less than 30 years at once, and may be further behind.
        while (behind := saved_at - self.clock.now()) > 0:
            self.clock.advance(min(behind, 5e8))

    def hold(self, job_id: str) -> None:
        """Hold a waiting job until `release`. qBraid shows it as HOLD; IonQ has no such status."""
        self._running().change_job(job_id, "hold")

    def release(self, job_id: str) -> None:
        """Release a held job."""
        self._running().change_job(job_id, "release")

    @contextlib.contextmanager
    def outage(self) -> Iterator[None]:
        """Refuse all connections inside this `with` block, which may be nested. Jobs go on."""
        dispatcher, port = self._running(), self._port
        with self.faults.during("outage"):
            self._outages += 1
            self._serving.close()
            try:
                yield
            finally:
                # The sandbox may have been stopped, and started again, meanwhile.
                if self._dispatcher is dispatcher:
                    self._outages -= 1
                    if port is not None and not self._outages:
                        self._serving = _serve(dispatcher, self._listener(port), self._expose)

    def _reset_clock(self) -> None:
        if self._own_clock is not None:
            self._own_clock.reset()

    def _listener(self, port: int) -> socket.socket:
        from .serving.server import listen

        try:
            return listen(self._address, port)
        except OSError as error:
            raise SandboxError(f"port {port} of {self._address} cannot be used: {error.strerror}") from None

    def stop(self) -> None:
        """Stop serving and simulating. May be called twice."""
        if self._dispatcher is not None:
            self._dispatcher.abandon()
        self._serving.close()
        self._port = self._dispatcher = None
        self._cleanup.close()

    def __enter__(self) -> Self:
        self.start()
        if self._set_environment:
            environment.enter(self, self.environment())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        environment.leave(self)
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


def _serve(dispatcher: Dispatcher, listener: socket.socket, expose: bool) -> contextlib.ExitStack:
    """Answer on a socket until the returned stack is closed."""
    from .serving import server
    from .serving.asgi import App

    with contextlib.ExitStack() as stack:
        stack.enter_context(listener)
        stack.callback(server.serve(App(dispatcher, expose=expose), listener))
        return stack.pop_all()


def _new_key() -> str:
    return f"{ACCEPTED_KEY}-{secrets.token_hex(4)}"


@contextlib.contextmanager
def _closed_port() -> Iterator[int]:
    """A port of loopback that refuses connections and that no other program can take meanwhile."""
    with contextlib.closing(socket.socket()) as held:
        try:
            held.bind((LOOPBACK, 0))
        except OSError:  # sockets are forbidden; nothing listens at port 1
            yield 1
            return
        yield held.getsockname()[1]


def _check(port: Any, latency: Any, result_shape: Any, rate_limits: Any, leakage: Any) -> None:
    """Raise SandboxError for invalid settings and unknown names."""
    from .vendors import DEVICE_NAMES

    if isinstance(port, bool) or not isinstance(port, int) or not 0 <= port <= 65535:
        raise SandboxError(f"port {port!r}: a whole number between 0, which takes a free one, and 65535")
    if result_shape not in get_args(ResultShape):
        raise SandboxError(f"result_shape {result_shape!r}: one of {', '.join(get_args(ResultShape))}")
    if isinstance(leakage, bool) or not isinstance(leakage, int | float) or not 0 <= leakage <= 1:
        raise SandboxError(f"leakage {leakage!r}: a number between 0 and 1")
    if latency is not None and not isinstance(latency, LatencyProfile):
        _check_names("pace", latency, DEVICE_NAMES, LatencyProfile)
    if not isinstance(rate_limits, bool):
        _check_names("rate_limits", rate_limits, (*BASE_PATHS, *ALIASES), RateLimit)


def _check_names(setting: str, values: Any, known: Collection[str], kind: type) -> None:
    if not isinstance(values, Mapping) or not all(isinstance(value, kind) for value in values.values()):
        raise SandboxError(f"{setting}: a {kind.__name__} for each name")
    for name in values:
        if name not in known:
            raise SandboxError(f"{setting} of {name!r}: one of {', '.join(sorted(known))}")
