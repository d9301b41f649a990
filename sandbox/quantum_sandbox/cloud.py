"""What the sandbox knows of a cloud beside what its API does: the jobs it keeps, and what it calls their states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from .exchange import Service
from .jobs import Job, Phase
from .store import Store


class Cloud(Service, Protocol):
    """One cloud API with its jobs."""

    @property
    def store(self) -> Store: ...

    @property
    def words(self) -> Mapping[Phase, str]:
        """The vendor's status for each phase of a job."""

    def saved(self) -> Any:
        """What there is beside jobs, as JSON."""

    def restore(self, saved: Any, jobs: Mapping[str, Job]) -> None:
        """Take up what was saved, into an empty cloud."""
