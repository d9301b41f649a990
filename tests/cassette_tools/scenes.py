"""What a scenario is: a short generator that calls the wrapper or the bindings, written once and played sync and async.

It yields what a call gives (a value, an awaitable or an iterator) and is sent the value; at its end it returns what it
has seen, as plain JSON values, to be compared with what a person has written down.
"""

from collections.abc import Callable, Generator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, Literal

import quantum_jobs
from attrs import field, frozen

from tests.cassette_tools.published import Published

Steps = Generator[Any, Any, dict[str, Any]]
World = Literal["sync", "async"]
WORLDS: tuple[World, World] = ("sync", "async")


class Stage:
    """What a scenario is played on: a client, and what can be done to the stand-in behind it. On a real cloud, and in a
    replay, nothing can: these methods then do nothing."""

    def __init__(self, service: str, client: Any, world: World, patience: float = 600.0) -> None:
        self.service = service
        self.client = client
        self.world = world
        #: How long to wait for a job, in seconds.
        self.patience = patience

    def let_run(self, *jobs: Any) -> None:
        """Let jobs come to their end."""

    def advance(self, seconds: float) -> None:
        """Move the stand-in's clock."""

    def hold(self, job: Any) -> None:
        """Put a job on hold."""

    def fault(self, do: str, **options: Any) -> None:
        """Let something go wrong; `do="none"` puts an end to it."""

    def wait(self, jobs: list[Any]) -> Any:
        """`quantum_jobs.wait` of the world that this is played in."""
        waiting = quantum_jobs.wait if self.world == "sync" else quantum_jobs.wait_async
        return waiting(jobs, timeout=self.patience)

    def binding(self, operation: str, **arguments: Any) -> Any:
        """A call of the generated client: `operation` is such as `groups.create_group`."""
        package = f"quantum_apis.{self.service.replace('-', '_').replace('.', '_')}"
        module: ModuleType = import_module(f"{package}.api.{operation}")
        call = module.sync_detailed if self.world == "sync" else module.asyncio_detailed
        return call(client=self.client.api, **arguments)

    def models(self) -> Any:
        """The models of the generated client."""
        return import_module(f"quantum_apis.{self.service.replace('-', '_').replace('.', '_')}.models")


@frozen
class Scenario:
    """A scenario for one service. `sources` says where its answers can come from.

    `sandbox` holds arguments for the sandbox, `published` what is answered where the source is a document,
    `connecting` those for `connect`, `constants` what is set otherwise in the wrapper, by module and name, such as
    smaller pages. `wrong_key` has the sandbox asked with a key that it refuses.
    """

    name: str
    service: str
    play: Callable[[Stage], Steps]
    sources: tuple[str, ...] = ("sandbox",)
    sandbox: Mapping[str, Any] = field(factory=dict)
    published: tuple[Published, ...] = ()
    connecting: Mapping[str, Any] = field(factory=dict)
    constants: Mapping[tuple[str, str], Any] = field(factory=dict)
    wrong_key: bool = False
    #: The date of the spec that the answers are of, where it is not today's.
    spec: str | None = None


def seen_job(job: Any) -> dict[str, Any]:
    """What of a job's record a person can check against the answer."""
    record = job.record
    seen: dict[str, Any] = {"status": str(record.status), "vendor_status": record.vendor_status}
    for name in ("name", "device", "shots", "num_qubits"):
        if getattr(record, name) is not None:
            seen[name] = getattr(record, name)
    if record.tags:
        seen["tags"] = dict(record.tags)
    if record.cost is not None:
        seen["cost"] = seen_cost(record.cost)
    if record.failure is not None:
        seen["failure"] = record.failure.code or record.failure.message
    if record.child_ids:
        seen["circuits"] = len(record.child_ids)
    return seen


def seen_result(result: Any) -> dict[str, Any]:
    """What a result says."""
    seen = {"counts": result.counts, "kind": result.counts_kind, "probabilities": result.probabilities}
    if result.memory is not None:
        seen["memory"] = list(result.memory)
    if result.registers:
        seen["registers"] = {name: register.probabilities for name, register in sorted(result.registers.items())}
    return {
        name: dict(value) if isinstance(value, Mapping) else value for name, value in seen.items() if value is not None
    }


def seen_cost(cost: Any) -> str | None:
    """An amount and its currency."""
    return None if cost is None else f"{cost.amount} {cost.currency}"


def seen_error(error: Exception) -> str:
    """Which error it is, and the status that it came with."""
    status = getattr(error, "status_code", None)
    return type(error).__name__ + (f" {status}" if status is not None else "")
