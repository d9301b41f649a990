"""Scenarios: short generators that call the wrapper or the bindings, written once and run with sync and async clients.

A scenario yields what a call returns (a value, an awaitable or an iterator) and receives the value. At its end it
returns its observations as JSON values, which are compared with expectations that were written by hand.
"""

from collections.abc import Callable, Generator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, Literal

import quantum_jobs
from attrs import field, frozen

from tests.cassette_tools.published import Published

Steps = Generator[Any, Any, dict[str, Any]]
Mode = Literal["sync", "async"]
MODES: tuple[Mode, Mode] = ("sync", "async")


class ScenarioContext:
    """What a scenario works with: a client, and control of the sandbox behind it.

    On a real cloud and in a replay there is no sandbox, and the methods that control it do nothing.
    """

    def __init__(self, service: str, client: Any, mode: Mode, patience: float = 600.0) -> None:
        self.service = service
        self.client = client
        self.mode = mode
        #: How long to wait for a job, in seconds.
        self.patience = patience

    def let_run(self, *jobs: Any) -> None:
        """Advance the clock until jobs have ended."""

    def advance(self, seconds: float) -> None:
        """Advance the clock of the sandbox."""

    def hold(self, job: Any) -> None:
        """Hold a job."""

    def fault(self, do: str, **options: Any) -> None:
        """Replace the faults of the sandbox by this one; `do="none"` removes all."""

    def wait(self, jobs: list[Any]) -> Any:
        """`quantum_jobs.wait`, or `wait_async` in async mode."""
        waiting = quantum_jobs.wait if self.mode == "sync" else quantum_jobs.wait_async
        return waiting(jobs, timeout=self.patience)

    def binding(self, operation: str, **arguments: Any) -> Any:
        """Call an operation of the generated client, such as ``groups.create_group``."""
        package = f"quantum_apis.{self.service.replace('-', '_').replace('.', '_')}"
        module: ModuleType = import_module(f"{package}.api.{operation}")
        call = module.sync_detailed if self.mode == "sync" else module.asyncio_detailed
        return call(client=self.client.api, **arguments)

    def models(self) -> Any:
        """The models of the generated client."""
        return import_module(f"quantum_apis.{self.service.replace('-', '_').replace('.', '_')}.models")


@frozen
class Scenario:
    """A scenario for one service.

    Attributes:
        sources: where its responses can come from.
        sandbox: arguments for the sandbox.
        published: the responses where the source is a document.
        connecting: arguments for `connect`.
        constants: constants of the wrapper to replace, by module and name, such as page sizes.
        wrong_key: use a key that the sandbox refuses.
        spec: the date of the spec of the responses, where it is not the current one.
    """

    name: str
    service: str
    run: Callable[[ScenarioContext], Steps]
    sources: tuple[str, ...] = ("sandbox",)
    sandbox: Mapping[str, Any] = field(factory=dict)
    published: tuple[Published, ...] = ()
    connecting: Mapping[str, Any] = field(factory=dict)
    constants: Mapping[tuple[str, str], Any] = field(factory=dict)
    wrong_key: bool = False
    spec: str | None = None


def seen_job(job: Any) -> dict[str, Any]:
    """The fields of a job's record to compare."""
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
    """The fields of a result to compare."""
    seen = {"counts": result.counts, "kind": result.counts_kind, "probabilities": result.probabilities}
    if result.memory is not None:
        seen["memory"] = list(result.memory)
    if result.registers:
        seen["registers"] = {name: register.probabilities for name, register in sorted(result.registers.items())}
    return {
        name: dict(value) if isinstance(value, Mapping) else value for name, value in seen.items() if value is not None
    }


def seen_cost(cost: Any) -> str | None:
    """Amount and currency of a cost."""
    return None if cost is None else f"{cost.amount} {cost.currency}"


def seen_error(error: Exception) -> str:
    """The class of an error and its HTTP status."""
    status = getattr(error, "status_code", None)
    return type(error).__name__ + (f" {status}" if status is not None else "")
