"""Quantum Jobs: one meaning of a job on every quantum computing cloud. Submit, wait, result, program, cancel, cost.

    import quantum_jobs

    with quantum_jobs.connect("ionq") as ionq:
        job = ionq.submit(program, device="simulator", shots=1000)
        print(job.result(timeout=600).counts)

Everything public stands here. Names are loaded when they are first used, so importing this costs next to nothing.
"""

from __future__ import annotations

__version__ = "0.1.0"

# Type checkers take any variable of this name for true; importing typing for it would be most of the import's cost.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from quantum_jobs.async_client import AsyncClient
    from quantum_jobs.async_job import AsyncJob
    from quantum_jobs.client import Client, Job
    from quantum_jobs.core.following import Progress
    from quantum_jobs.errors import (
        APIError,
        AuthenticationError,
        ConflictError,
        CredentialsError,
        IdempotencyMismatchError,
        InvalidRequestError,
        JobCancelledError,
        JobError,
        JobFailedError,
        JobOnHoldError,
        NotFoundError,
        PermissionDeniedError,
        QuantumJobsError,
        QuantumJobsWarning,
        RateLimitError,
        RequestTimeoutError,
        ResponseError,
        ResultNotReadyError,
        ServiceError,
        ServiceUnreachableError,
        StoreError,
        SubmissionUncertainError,
        UnsupportedError,
        UsageError,
        WaitTimeoutError,
    )
    from quantum_jobs.functions import (
        as_completed,
        as_completed_async,
        connect,
        connect_async,
        job,
        job_async,
        wait,
        wait_async,
    )
    from quantum_jobs.model import Cost, Device, Estimate, Failure, JobRecord, JobStatus, Program, Result
    from quantum_jobs.services.base import Service
    from quantum_jobs.store import CostSum, Store, StoredJob, StoredSubmission

_HOMES = {
    "quantum_jobs.client": ("Client", "Job"),
    "quantum_jobs.async_client": ("AsyncClient",),
    "quantum_jobs.async_job": ("AsyncJob",),
    "quantum_jobs.functions": (
        "as_completed",
        "as_completed_async",
        "connect",
        "connect_async",
        "job",
        "job_async",
        "wait",
        "wait_async",
    ),
    "quantum_jobs.errors": (
        "APIError",
        "AuthenticationError",
        "ConflictError",
        "CredentialsError",
        "IdempotencyMismatchError",
        "InvalidRequestError",
        "JobCancelledError",
        "JobError",
        "JobFailedError",
        "JobOnHoldError",
        "NotFoundError",
        "PermissionDeniedError",
        "QuantumJobsError",
        "QuantumJobsWarning",
        "RateLimitError",
        "RequestTimeoutError",
        "ResponseError",
        "ResultNotReadyError",
        "ServiceError",
        "ServiceUnreachableError",
        "StoreError",
        "SubmissionUncertainError",
        "UnsupportedError",
        "UsageError",
        "WaitTimeoutError",
    ),
    "quantum_jobs.core.following": ("Progress",),
    "quantum_jobs.model": ("Cost", "Device", "Estimate", "Failure", "JobRecord", "JobStatus", "Program", "Result"),
    "quantum_jobs.services.base": ("Service",),
    "quantum_jobs.store": ("CostSum", "Store", "StoredJob", "StoredSubmission"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "APIError",
    "AsyncClient",
    "AsyncJob",
    "AuthenticationError",
    "Client",
    "ConflictError",
    "Cost",
    "CostSum",
    "CredentialsError",
    "Device",
    "Estimate",
    "Failure",
    "IdempotencyMismatchError",
    "InvalidRequestError",
    "Job",
    "JobCancelledError",
    "JobError",
    "JobFailedError",
    "JobOnHoldError",
    "JobRecord",
    "JobStatus",
    "NotFoundError",
    "PermissionDeniedError",
    "Program",
    "Progress",
    "QuantumJobsError",
    "QuantumJobsWarning",
    "RateLimitError",
    "RequestTimeoutError",
    "ResponseError",
    "Result",
    "ResultNotReadyError",
    "Service",
    "ServiceError",
    "ServiceUnreachableError",
    "Store",
    "StoreError",
    "StoredJob",
    "StoredSubmission",
    "SubmissionUncertainError",
    "UnsupportedError",
    "UsageError",
    "WaitTimeoutError",
    "__version__",
    "as_completed",
    "as_completed_async",
    "connect",
    "connect_async",
    "job",
    "job_async",
    "wait",
    "wait_async",
]


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
