"""Every documented error of every operation that the wrapper uses, and which exception it becomes.

The sandbox is told to answer the status; `Retry-After: 3600` has the wrapper report at once what it would else try
again. A result is part of a wait, which outlives an outage: there the status is answered once, and then the result.
"""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen
from quantum_jobs import QuantumJobsError

from tests.cassette_tools.scenario import Scenario, ScenarioContext, Steps, seen_error
from tests.cassette_tools.scenarios.dialects import DIALECTS, SHOTS, Dialect

FAR = 3600
#: Statuses after which a bulk request is split into single ones, which succeed: each takes jobs of its own.
SPLITS = (400, 404, 409, 422)

Verb = Callable[[ScenarioContext, Dialect, list[Any]], Any]


@frozen
class Asked:
    """One operation: how it is asked for, and its documented errors. `jobs` is how many jobs it takes, `ended` whether
    they must be at their end, `fresh` whether a status of SPLITS uses them up, `waits` whether what may pass is waited
    through, `shape` how IonQ v0.4 names results."""

    name: str
    method: str
    path: str
    verb: Verb
    statuses: tuple[int, ...]
    jobs: int = 0
    ended: bool = False
    fresh: bool = False
    waits: bool = False
    shape: str = "both"


def _submit(context: ScenarioContext, dialect: Dialect, jobs: list[Any]) -> Any:
    return context.client.submit(dialect.program, device=dialect.device, shots=SHOTS)


def _estimate(context: ScenarioContext, dialect: Dialect, jobs: list[Any]) -> Any:
    return context.client.estimate(device=dialect.device, shots=SHOTS)


VERBS: Mapping[str, Verb] = {
    "create_job": _submit,
    "get_job": lambda context, dialect, jobs: context.client.job(dialect.missing),
    "get_jobs": lambda context, dialect, jobs: context.client.jobs(),
    "devices": lambda context, dialect, jobs: context.client.devices(),
    "estimate_job_cost": _estimate,
    "result": lambda context, dialect, jobs: jobs[0].result(),
    "get_job_cost": lambda context, dialect, jobs: jobs[0].cost(),
    "program": lambda context, dialect, jobs: jobs[0].program(),
    "compiled": lambda context, dialect, jobs: jobs[0].compiled_program(),
    "cancel_job": lambda context, dialect, jobs: jobs[0].cancel(),
    "cancel_jobs": lambda context, dialect, jobs: context.client.cancel(jobs),
    "delete_job": lambda context, dialect, jobs: context.client.delete([dialect.missing]),
    "delete_jobs": lambda context, dialect, jobs: context.client.delete(jobs),
}


def errors(dialect: Dialect, asked: Asked) -> Callable[[ScenarioContext], Steps]:
    """One operation, refused in every documented way."""

    def run(context: ScenarioContext) -> Steps:
        seen: dict[str, Any] = {}
        jobs: list[Any] = []
        for status in sorted(asked.statuses, key=lambda each: asked.fresh and each in SPLITS):
            if len(jobs) < asked.jobs or (asked.fresh and status in SPLITS):
                context.fault("none")
                jobs = []
                for _ in range(asked.jobs):
                    jobs.append((yield context.client.submit(dialect.program, device=dialect.device, shots=SHOTS)))
                if asked.ended:
                    context.let_run(*jobs)
                    yield jobs[0].refresh()
            passes = status >= 500 or status == 429
            more: dict[str, Any] = {}
            if passes and asked.waits:
                # The same job anew, without the result that it has fetched.
                context.fault("none")
                jobs = [(yield context.client.job(jobs[0].id))]
                more = {"times": 1}
            elif passes or status == 409:
                # It would be tried again, and a result that is not ready waited for.
                more = {"retry_after": FAR}
            context.fault("status", status=status, method=asked.method, path=asked.path, **more)
            try:
                value = yield asked.verb(context, dialect, jobs)
            except QuantumJobsError as error:
                seen[str(status)] = seen_error(error)
            else:
                seen[str(status)] = _fate(value)
        return seen

    return run


def _fate(value: Any) -> str:
    """What a bulk request came to; nothing went wrong in any other that gives a value."""
    fates = value.values() if isinstance(value, dict) else [None]
    return ", ".join(sorted({"done" if error is None else seen_error(error) for error in fates}))


def _ionq(gateways: tuple[int, ...]) -> list[Asked]:
    """What both versions have, each operation with its errors in the order of the document."""
    usual = (400, 401, 403, 404, 429, *gateways)
    without_404 = tuple(status for status in usual if status != 404)
    return [
        Asked("get_job", "GET", "/jobs/*", VERBS["get_job"], usual),
        Asked("get_jobs", "GET", "/jobs", VERBS["get_jobs"], without_404),
        Asked("cancel_job", "PUT", "/jobs/*/status/cancel", VERBS["cancel_job"], usual, jobs=1),
        Asked("cancel_jobs", "PUT", "/jobs/status/cancel", VERBS["cancel_jobs"], usual, jobs=2, fresh=True),
        Asked("delete_job", "DELETE", "/jobs/*", VERBS["delete_job"], usual),
        Asked("delete_jobs", "DELETE", "/jobs", VERBS["delete_jobs"], usual, jobs=2, fresh=True),
    ]


_04, _03 = (500, 502, 503), (500, 502, 503, 504)
_USUAL_04 = (400, 401, 403, 404, 429, *_04)
OPERATIONS: Mapping[str, list[Asked]] = {
    "ionq-v0.4": [
        *_ionq(_04),
        Asked("create_job", "POST", "/jobs", VERBS["create_job"], (400, 401, 403, 413, 429, *_04)),
        Asked("get_backends", "GET", "/backends", VERBS["devices"], (429, *_04)),
        Asked("estimate_job_cost", "GET", "/jobs/estimate", VERBS["estimate_job_cost"], (400, 401, 403, 429, *_04)),
        Asked("get_job_cost", "GET", "/jobs/*/cost", VERBS["get_job_cost"], _USUAL_04, jobs=1, ended=True),
        Asked(
            *("get_job_artifact", "GET", "/jobs/*/artifacts/*", VERBS["result"], _USUAL_04),
            jobs=1,
            ended=True,
            waits=True,
            shape="artifact",
        ),
        Asked(
            *("get_job_probabilities", "GET", "/jobs/*/results/probabilities", VERBS["result"], _USUAL_04),
            jobs=1,
            ended=True,
            waits=True,
            shape="url",
        ),
    ],
    "ionq-v0.3": [
        *_ionq(_03),
        Asked("create_job", "POST", "/jobs", VERBS["create_job"], (400, 401, 403, 429, *_03)),
        Asked("get_backends", "GET", "/backends", VERBS["devices"], (400, 429, *_03)),
        Asked(
            *("get_job_results", "GET", "/jobs/*/results", VERBS["result"]),
            (400, 401, 403, 404, 409, 429, *_03),
            jobs=1,
            ended=True,
            waits=True,
        ),
    ],
    "qbraid-v2": [
        Asked(
            *("create_job", "POST", "/jobs", VERBS["create_job"]),
            (400, 401, 403, 404, 409, 410, 422, 429, 500, 503),
        ),
        Asked("get_job", "GET", "/jobs/*", VERBS["get_job"], (401, 403, 404, 422, 429, 500, 503)),
        Asked("get_jobs", "GET", "/jobs", VERBS["get_jobs"], (401, 422, 429, 500, 503)),
        Asked("get_devices", "GET", "/devices", VERBS["devices"], (401, 422, 429, 500, 503)),
        Asked(
            *("estimate_job_cost", "GET", "/jobs/cost-estimate", VERBS["estimate_job_cost"]),
            (400, 401, 403, 404, 410, 422, 429, 500, 503),
        ),
        Asked(
            *("cancel_job", "POST", "/jobs/*/cancel", VERBS["cancel_job"]),
            (400, 401, 403, 404, 409, 422, 429, 500, 503),
            jobs=1,
        ),
        Asked("delete_job", "DELETE", "/jobs/*", VERBS["delete_job"], (401, 403, 404, 422, 429, 500, 503)),
        Asked("delete_jobs", "DELETE", "/jobs", VERBS["delete_jobs"], (401, 422, 429, 500, 503), jobs=2, fresh=True),
        *(
            Asked(
                name,
                "GET",
                f"/jobs/*/{part}",
                VERBS[verb],
                (401, 403, 404, 409, 422, 429, 500, 503),
                jobs=1,
                ended=True,
                waits=verb == "result",
            )
            for name, part, verb in (
                ("get_job_result", "result", "result"),
                ("get_job_program", "program", "program"),
                ("get_job_compiled_program", "compiled-program", "compiled"),
            )
        ),
    ],
}


def scenarios() -> list[Scenario]:
    """One for each operation of each service."""
    return [
        Scenario(
            f"errors-{asked.name.replace('_', '-')}",
            service,
            errors(DIALECTS[service], asked),
            connecting={"confirmation_timeout": 0},
            # With one shape of results there is no other place to turn to after a 404.
            sandbox={"result_shape": asked.shape},
        )
        for service, operations in OPERATIONS.items()
        for asked in operations
    ]
