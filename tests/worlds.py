"""One scenario, run against the sync and against the async half of the library.

A scenario is written once, as a coroutine. In the sync world every method answers at once, and nothing may suspend.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import quantum_jobs

Scenario = Callable[[Any], Coroutine[Any, Any, Any]]


class Awaitable:
    """A sync client or job whose methods can be awaited."""

    def __init__(self, target: Any) -> None:
        self.target = target

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.target, name)
        if not callable(value):
            return value

        async def call(*arguments: Any, **named: Any) -> Any:
            return _awaitable(value(*(_plain(each) for each in arguments), **named))

        return call


class World:
    """Sync or async."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_async = name == "async"

    def run(self, scenario: Scenario, service: str, **connecting: Any) -> Any:
        """Run a scenario with a client of its own."""
        return self.play(lambda: self._with_client(scenario, service, connecting))

    async def _with_client(self, scenario: Scenario, service: str, connecting: dict[str, Any]) -> Any:
        if self.is_async:
            async with quantum_jobs.connect_async(service, **connecting) as client:
                return await scenario(client)
        with quantum_jobs.connect(service, **connecting) as client:
            return await scenario(Awaitable(client))

    def play(self, scene: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        """Run a coroutine that makes its own clients."""
        if self.is_async:
            return asyncio.run(scene())
        coroutine = scene()
        try:
            coroutine.send(None)
        except StopIteration as stop:
            return stop.value
        raise AssertionError("the sync world suspended")

    async def job(self, ref: str) -> Any:
        """Take up a job by its reference."""
        return await quantum_jobs.job_async(ref) if self.is_async else Awaitable(quantum_jobs.job(ref))

    def plain(self, value: Any) -> Any:
        """The library's own object."""
        return _plain(value)

    def taken_up(self, thing: Any) -> Any:
        """A client or job of the library's, ready for a scenario."""
        return thing if self.is_async else Awaitable(thing)


def _awaitable(value: Any) -> Any:
    if isinstance(value, list):
        return [_awaitable(each) for each in value]
    return Awaitable(value) if isinstance(value, quantum_jobs.Job) else value


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.target if isinstance(value, Awaitable) else value
