"""The sandbox as a Python object: a server in a thread of its own, up for as long as a `with` block lasts."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from .clock import Clock, SystemClock
from .engine import Engine
from .exchange import ACCEPTED_KEY
from .jobs import Pace
from .world import World

if TYPE_CHECKING:
    import socket

    from quantum_jobs import AsyncClient, Client

    from .app import App

ALIASES: Mapping[str, str] = {"ionq": "ionq-v0.4", "qbraid": "qbraid-v2"}
BASE_PATHS: Mapping[str, str] = {"ionq-v0.4": "/v0.4", "ionq-v0.3": "/v0.3", "qbraid-v2": "/api/v1"}

_NEEDED = ("starlette", "uvicorn", "qiskit_aer", "qiskit_qasm3_import")


class Sandbox:
    """Stand-ins for the three clouds on one loopback port.

    Args:
        port: TCP port; 0 takes a free one.
        seed: makes ids and sampled counts repeatable.
        pace: how long jobs stay in each status, one for all devices or one for each named device.
        result_shape: how IonQ v0.4 says where results are: ``"url"`` (April 2026), ``"artifact"`` (September 2026), or
            ``"both"`` in one body.
        clock: where the time comes from; `SteppedClock` for one that a test moves.
        engine: a running simulator to share; one of its own by default, which takes about a second to come up, in the
            background.

    Raises:
        UsageError: on entering, where the extra ``sandbox`` is not installed or the port is taken.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        seed: int = 0,
        pace: Pace | Mapping[str, Pace] | None = None,
        result_shape: Literal["both", "url", "artifact"] = "both",
        clock: Clock | None = None,
        engine: Engine | None = None,
    ) -> None:
        self._wanted_port = port
        self._seed = seed
        self._pace = pace
        self._result_shape = result_shape
        self._clock = clock or SystemClock()
        self._shared_engine = engine
        self._cleanup = contextlib.ExitStack()
        self._port: int | None = None
        self._app: App | None = None

    @property
    def running(self) -> bool:
        return self._port is not None

    def url(self, service: str) -> str:
        """Base URL of a service, such as ``http://127.0.0.1:40123/v0.4`` for ``ionq-v0.4`` or its alias ``ionq``."""
        name = ALIASES.get(service, service)
        if name not in BASE_PATHS:
            raise _usage_error(f"unknown service {service!r}: one of {', '.join((*BASE_PATHS, *ALIASES))}")
        if self._port is None:
            raise _usage_error("the sandbox is not running: use it in a with block")
        return f"http://127.0.0.1:{self._port}{BASE_PATHS[name]}"

    def connect(self, service: str, **options: Any) -> Client:
        """`quantum_jobs.connect` to this sandbox; keyword arguments as there."""
        client: Client = self._connect("connect", service, options)
        return client

    def connect_async(self, service: str, **options: Any) -> AsyncClient:
        """`quantum_jobs.connect_async` to this sandbox; keyword arguments as there."""
        client: AsyncClient = self._connect("connect_async", service, options)
        return client

    def _connect(self, function: str, service: str, options: dict[str, Any]) -> Any:
        # By name and late: the sandbox stands below the wrapper and must not depend on it.
        wrapper = importlib.import_module("quantum_jobs")
        return getattr(wrapper, function)(
            service, **{"base_url": self.url(service), "api_key": ACCEPTED_KEY, **options}
        )

    def start(self) -> None:
        """Serve until `stop`. Returns when requests are answered."""
        if self.running:
            raise _usage_error("the sandbox is running already")
        missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
        if missing:
            raise _usage_error(f"the sandbox needs {', '.join(missing)}: pip install 'quantum-jobs[sandbox]'")
        with contextlib.ExitStack() as stack:
            from . import server
            from .app import App
            from .vendors import services

            listener = stack.enter_context(_listener(self._wanted_port))
            engine = self._shared_engine
            if engine is None:
                engine = Engine()
                stack.callback(engine.close)
            world = World(self._clock, engine, self._seed, self._pace, self._result_shape)
            app = App(lambda: services(world))
            stack.callback(server.serve(app, listener))
            self._app = app
            self._port = listener.getsockname()[1]
            self._cleanup = stack.pop_all()

    def reset(self) -> None:
        """Forget all jobs and begin again, as if just started. Cheaper than a new sandbox for each test."""
        if self._app is not None:
            self._app.reset()

    def stop(self) -> None:
        """Stop serving and simulating. May be called twice."""
        self._port = self._app = None
        self._cleanup.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        import asyncio

        await asyncio.to_thread(self.start)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        import asyncio

        await asyncio.to_thread(self.stop)


def _listener(port: int) -> socket.socket:
    from .server import listen

    try:
        return listen(port)
    except OSError as error:
        raise _usage_error(f"port {port} of 127.0.0.1 cannot be used: {error.strerror}") from None


def _usage_error(message: str) -> Exception:
    from quantum_jobs.errors import UsageError

    return UsageError(message)
