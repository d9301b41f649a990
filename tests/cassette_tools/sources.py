"""The sources of responses for a recording: a document, the sandbox, or a cloud."""

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import Any

from attrs import frozen
from quantum_sandbox import ACCEPTED_KEY, REFUSED_KEY, Engine, Sandbox, SteppedClock

from scripts.problem import Problem
from scripts.services import find_service
from tests.cassette_tools import published
from tests.cassette_tools.running import vendor_url
from tests.cassette_tools.scenario import Mode, Scenario, ScenarioContext

#: When the sandbox's time begins: 2025-06-15T15:06:40Z.
START = 1_750_000_000.0
#: Seconds after which every job of the sandbox has ended.
TO_THE_END = 60.0
#: A key for answers that nobody checks keys for; long enough to be looked for in the cassette.
DOCUMENT_KEY = "key-for-published-answers"


@frozen
class Connection:
    """How to reach a source. `key` is taken out of what is recorded, `base_url` becomes the vendor's."""

    base_url: str
    key: str
    make_context: Callable[[Any], ScenarioContext]
    transport: Any = None


class SandboxContext(ScenarioContext):
    """A context with a sandbox behind it."""

    def __init__(self, service: str, client: Any, mode: Mode, sandbox: Sandbox) -> None:
        super().__init__(service, client, mode)
        self._sandbox = sandbox

    def let_run(self, *jobs: Any) -> None:
        # With a stepped clock, reading a status waits for the simulation.
        self.advance(TO_THE_END)

    def advance(self, seconds: float) -> None:
        self._sandbox.clock.advance(seconds)

    def hold(self, job: Any) -> None:
        self._sandbox.hold(job.id)

    def fault(self, do: str, **options: Any) -> None:
        self._sandbox.faults.clear()
        if do != "none":
            self._sandbox.faults.add(do, **options)  # type: ignore[arg-type]  # a scenario names the fault; FaultPlan checks the name


@contextlib.contextmanager
def engine() -> Iterator[Engine]:
    """A simulator for many recordings: it takes a second to come up."""
    running = Engine()
    try:
        yield running
    finally:
        running.close()


@contextlib.contextmanager
def connected(scenario: Scenario, source: str, mode: Mode, simulator: Engine | None) -> Iterator[Connection]:
    """The source, ready to be recorded."""
    service = scenario.service
    if source == "sandbox":
        arguments = {"seed": 0, "clock": SteppedClock(START), "engine": simulator, **scenario.sandbox}
        with Sandbox(**arguments, in_process=True) as sandbox:
            yield Connection(
                base_url=sandbox.url(service),
                key=REFUSED_KEY if scenario.wrong_key else ACCEPTED_KEY,
                make_context=lambda client: SandboxContext(service, client, mode, sandbox),
                transport=sandbox.transport(),
            )
        return
    base_url, key, transport = vendor_url(service), DOCUMENT_KEY, None
    if source == "live":
        key = live_key(service)
        # A stand-in at another address, for trying this out.
        base_url = os.environ.get(find_service(service).key_variable.replace("_KEY", "_URL")) or base_url
    else:
        transport = published.transport(service, scenario.published, base_url)
    yield Connection(base_url, key, lambda client: ScenarioContext(service, client, mode), transport)


def live_key(service: str) -> str:
    """The key for the cloud itself. Raises Problem where the environment has none."""
    variable = find_service(service).key_variable
    key = os.environ.get(variable, "")
    if not key:
        raise Problem(f"recording from {service} itself needs a key in {variable}")
    return key
