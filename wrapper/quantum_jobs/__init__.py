"""Quantum Jobs: one meaning of a job on every quantum computing cloud. Submit, wait, result, program, cancel, cost.

    import quantum_jobs

    with quantum_jobs.connect("ionq") as ionq:
        job = ionq.submit(program, device="simulator", shots=1000)
        print(job.result(timeout=600).counts)

Everything public stands here. Names are loaded when they are first used, so importing this costs next to nothing.
"""

from __future__ import annotations

from quantum_jobs.version import __version__ as __version__

# Type checkers take any variable of this name for true; importing typing for it would be most of the import's cost.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from quantum_jobs.async_client import AsyncClient as AsyncClient
    from quantum_jobs.async_job import AsyncJob as AsyncJob
    from quantum_jobs.client import Client as Client, Job as Job
    from quantum_jobs.comparing import plot as plot, to_pandas as to_pandas
    from quantum_jobs.errors import (
        APIError as APIError,
        AuthenticationError as AuthenticationError,
        ConflictError as ConflictError,
        CostLimitError as CostLimitError,
        CredentialsError as CredentialsError,
        IdempotencyMismatchError as IdempotencyMismatchError,
        InvalidRequestError as InvalidRequestError,
        JobCancelledError as JobCancelledError,
        JobError as JobError,
        JobFailedError as JobFailedError,
        JobOnHoldError as JobOnHoldError,
        NotFoundError as NotFoundError,
        PermissionDeniedError as PermissionDeniedError,
        QuantumJobsError as QuantumJobsError,
        QuantumJobsWarning as QuantumJobsWarning,
        RateLimitError as RateLimitError,
        RequestTimeoutError as RequestTimeoutError,
        ResponseError as ResponseError,
        ResultNotReadyError as ResultNotReadyError,
        ServiceError as ServiceError,
        ServiceUnreachableError as ServiceUnreachableError,
        StoreError as StoreError,
        SubmissionUncertainError as SubmissionUncertainError,
        UnsupportedError as UnsupportedError,
        UsageError as UsageError,
        WaitTimeoutError as WaitTimeoutError,
    )
    from quantum_jobs.executors import PointValue as PointValue, scan_on as scan_on
    from quantum_jobs.functions import (
        as_completed as as_completed,
        as_completed_async as as_completed_async,
        connect as connect,
        connect_async as connect_async,
        job as job,
        job_async as job_async,
        wait as wait,
        wait_async as wait_async,
    )
    from quantum_jobs.listing import Listing as Listing
    from quantum_jobs.model import (
        Cost as Cost,
        Device as Device,
        Estimate as Estimate,
        Failure as Failure,
        JobRecord as JobRecord,
        JobStatus as JobStatus,
        Program as Program,
        Result as Result,
    )
    from quantum_jobs.progress import Progress as Progress
    from quantum_jobs.services.base import Service as Service
    from quantum_jobs.statistics import Expectation as Expectation
    from quantum_jobs.store import (
        CostSum as CostSum,
        Store as Store,
        StoredJob as StoredJob,
        StoredSubmission as StoredSubmission,
    )
    from quantum_jobs.submissions import (
        AsyncSubmissions as AsyncSubmissions,
        PointResults as PointResults,
        ScanProgress as ScanProgress,
        Submissions as Submissions,
        Submitted as Submitted,
    )

#: Where names are loaded from when they are first used.
_HOMES = {
    "client": "Client Job",
    "async_client": "AsyncClient",
    "async_job": "AsyncJob",
    "executors": "PointValue scan_on",
    "functions": "as_completed as_completed_async connect connect_async job job_async wait wait_async",
    "comparing": "plot to_pandas",
    "listing": "Listing",
    "statistics": "Expectation",
    "model": "Cost Device Estimate Failure JobRecord JobStatus Program Result",
    "progress": "Progress",
    "services.base": "Service",
    "store": "CostSum Store StoredJob StoredSubmission",
    "submissions": "AsyncSubmissions PointResults ScanProgress Submissions Submitted",
    "errors": (
        "APIError AuthenticationError ConflictError CostLimitError CredentialsError IdempotencyMismatchError "
        "InvalidRequestError JobCancelledError JobError JobFailedError JobOnHoldError NotFoundError "
        "PermissionDeniedError QuantumJobsError QuantumJobsWarning RateLimitError RequestTimeoutError "
        "ResponseError ResultNotReadyError "
        "ServiceError ServiceUnreachableError StoreError SubmissionUncertainError UnsupportedError UsageError "
        "WaitTimeoutError"
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = sorted(["__version__", *_HOME_OF])


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"quantum_jobs.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
