"""Clients of the package quantum_jobs that talk to a sandbox. The only module here that imports that package.

The import happens on the first call, so that the sandbox also works where quantum_jobs is not installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quantum_jobs import AsyncClient, Client

__all__ = ["AsyncClient", "Client", "connect", "connect_async"]


def connect(service: str, **options: Any) -> Client:
    """`quantum_jobs.connect`, with the same arguments."""
    import quantum_jobs

    return quantum_jobs.connect(service, **options)


def connect_async(service: str, **options: Any) -> AsyncClient:
    """`quantum_jobs.connect_async`, with the same arguments."""
    import quantum_jobs

    return quantum_jobs.connect_async(service, **options)
