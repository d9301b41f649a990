"""What every service can do: submit, wait, results, listing, cancelling, deleting, one job or many."""

from collections.abc import Callable, Generator
from typing import Any

from quantum_jobs import IdempotencyMismatchError, QuantumJobsError

from tests.cassette_tools.scenario import Scenario, ScenarioContext, Steps, seen_cost, seen_error, seen_job, seen_result
from tests.cassette_tools.scenarios.dialects import DIALECTS, SHOTS, Dialect

#: Seconds of the sandbox after which a job waits in its queue. qBraid cancels none before.
TAKEN_UP = 0.03


def submitted(context: ScenarioContext, dialect: Dialect, programs: list[Any]) -> Generator[Any, Any, list[Any]]:
    """A job of each program, one after the other."""
    jobs = []
    for program in programs:
        job = yield context.client.submit(program, device=dialect.device, shots=SHOTS)
        jobs.append(job)
    return jobs


def one_circuit(dialect: Dialect) -> Callable[[ScenarioContext], Steps]:
    """The main job: submit, wait, result, cost."""

    def run(context: ScenarioContext) -> Steps:
        job = yield context.client.submit(
            dialect.program, device=dialect.device, shots=SHOTS, name="x on qubit 0", tags={"run": "7"}
        )
        submitted = job.status
        context.let_run(job)
        yield job.wait(context.patience)
        result = yield job.result(context.patience)
        cost = yield job.cost()
        return {
            "submitted": str(submitted),
            "job": seen_job(job),
            "result": seen_result(result),
            "cost": seen_cost(cost),
        }

    return run


def several_circuits(dialect: Dialect) -> Callable[[ScenarioContext], Steps]:
    """One job of two circuits: a result for each, in the order of submission, and the jobs that it consists of."""

    def run(context: ScenarioContext) -> Steps:
        job = yield context.client.submit(dialect.programs, device=dialect.device, shots=SHOTS)
        context.let_run(job)
        yield job.wait(context.patience)
        results = yield job.results(context.patience)
        children = yield job.children()
        return {
            "results": [seen_result(each) for each in results],
            "children": [seen_job(each) for each in children],
        }

    return run


def statuses(dialect: Dialect) -> Callable[[ScenarioContext], Steps]:
    """A job on its way, look by look."""

    def run(context: ScenarioContext) -> Steps:
        job = yield context.client.submit(dialect.program, device=dialect.device, shots=SHOTS)
        words = [job.vendor_status]
        statuses = [str(job.status)]
        for seconds in (0.0, 1.5, 1.0):
            context.advance(seconds)
            record = yield job.refresh()
            words.append(record.vendor_status)
            statuses.append(str(record.status))
        return {"vendor": words, "ours": statuses}

    return run


def pages(dialect: Dialect) -> Callable[[ScenarioContext], Steps]:
    """A listing of five jobs in pages of two, all of it and its beginning; the devices in the same small pages."""

    def run(context: ScenarioContext) -> Steps:
        for number in range(5):
            job = yield context.client.submit(dialect.program, device=dialect.device, shots=SHOTS, name=f"job {number}")
        listed = yield context.client.jobs()
        first = yield context.client.jobs(limit=1)
        context.advance(TAKEN_UP)
        yield job.cancel()
        context.advance(60.0)
        cancelled = yield context.client.jobs("CANCELLED")
        return {
            "names": [each.record.name for each in listed],
            "first": [each.record.name for each in first],
            "cancelled": [each.record.name for each in cancelled],
        }

    return run


def many_jobs(dialect: Dialect) -> Callable[[ScenarioContext], Steps]:
    """Several jobs waited for together."""

    def run(context: ScenarioContext) -> Steps:
        jobs = yield from submitted(context, dialect, [*dialect.programs, *dialect.programs])
        context.let_run(*jobs)
        done, not_done = yield context.wait(jobs)
        results = []
        for job in done:
            result = yield job.result(context.patience)
            results.append(result)
        return {"counts": [dict(each.counts) for each in results], "not done": len(not_done)}

    return run


def cancelling(dialect: Dialect) -> Callable[[ScenarioContext], Steps]:
    """Cancelling one job, many, and one that is over; the result of a cancelled one."""

    def run(context: ScenarioContext) -> Steps:
        jobs = yield from submitted(context, dialect, [dialect.program] * 4)
        context.advance(TAKEN_UP)
        yield jobs[0].cancel()
        context.let_run(jobs[0])
        yield jobs[0].refresh()
        yield jobs[0].cancel()
        more = yield from submitted(context, dialect, [dialect.program] * 2)
        context.advance(TAKEN_UP)
        fates = yield context.client.cancel(more)
        context.let_run(*more)
        for job in more:
            yield job.refresh()
        try:
            yield jobs[0].result(context.patience)
            error = "none"
        except QuantumJobsError as raised:
            error = seen_error(raised)
        return {
            "one": str(jobs[0].status),
            "many": [str(job.status) for job in more],
            "fates": _fates(fates),
            "result": error,
        }

    return run


def deleting(dialect: Dialect) -> Callable[[ScenarioContext], Steps]:
    """Deleting one job and many; what is gone is not found."""

    def run(context: ScenarioContext) -> Steps:
        jobs = yield from submitted(context, dialect, [dialect.program] * 3)
        yield jobs[0].delete()
        fates = yield context.client.delete(jobs[1:])
        try:
            yield jobs[0].refresh()
            error = "none"
        except QuantumJobsError as raised:
            error = seen_error(raised)
        return {"fates": _fates(fates), "gone": error}

    return run


def failing(dialect: Dialect) -> Callable[[ScenarioContext], Steps]:
    """A program that is taken and then fails."""

    def run(context: ScenarioContext) -> Steps:
        job = yield context.client.submit(dialect.fails, device=dialect.device, shots=SHOTS)
        context.let_run(job)
        try:
            yield job.result(context.patience)
            error = "none"
        except QuantumJobsError as raised:
            error = seen_error(raised)
        return {"job": seen_job(job), "result": error}

    return run


def idempotency_keys(dialect: Dialect) -> Callable[[ScenarioContext], Steps]:
    """One submit is one job: the same key twice, then with another program, an answer that got lost, and a job found
    by its key."""

    def run(context: ScenarioContext) -> Steps:
        first = yield context.client.submit(
            dialect.program, device=dialect.device, shots=SHOTS, idempotency_key="key-of-mine"
        )
        second = yield context.client.submit(
            dialect.program, device=dialect.device, shots=SHOTS, idempotency_key="key-of-mine"
        )
        try:
            yield context.client.submit(
                dialect.programs[1], device=dialect.device, shots=SHOTS + 1, idempotency_key="key-of-mine"
            )
            other: Any = "none"
        except IdempotencyMismatchError as raised:
            other = {
                "error": seen_error(raised),
                "differs in": list(raised.differences),
                "its job": raised.job == first,
            }
        context.fault("status", status=503, method="POST", stored=True, times=1)
        unclear = yield context.client.submit(dialect.program, device=dialect.device, shots=SHOTS, name="unclear")
        found = yield context.client.find_submission(unclear.record.idempotency_key)
        missing = yield context.client.find_submission("key-of-nobody")
        return {
            "same job": first.id == second.id,
            "another program": other,
            "another job": unclear.id != first.id,
            "unclear": unclear.record.name,
            "found": found.id == unclear.id,
            "missing": missing,
        }

    return run


def wrong_key(dialect: Dialect) -> Callable[[ScenarioContext], Steps]:
    """A key that the service refuses."""

    def run(context: ScenarioContext) -> Steps:
        try:
            yield context.client.submit(dialect.program, device=dialect.device, shots=SHOTS)
            error = "none"
        except QuantumJobsError as raised:
            error = seen_error(raised)
        return {"submit": error}

    return run


def devices(dialect: Dialect) -> Callable[[ScenarioContext], Steps]:
    """All devices: how many, and one that everybody may use."""

    def run(context: ScenarioContext) -> Steps:
        found = yield context.client.devices()
        one = next(each for each in found if each.id == dialect.device)
        return {
            "devices": len(found),
            dialect.device: {"online": one.online, "simulator": one.simulator, "qubits": one.num_qubits},
        }

    return run


def _fates(fates: dict[str, Any]) -> list[str | None]:
    return [None if error is None else seen_error(error) for error in fates.values()]


LIVE = ("sandbox", "live")


def scenarios() -> list[Scenario]:
    """All of these, for all services."""
    found = []
    for service, dialect in DIALECTS.items():
        found += [
            Scenario("one-circuit", service, one_circuit(dialect), LIVE),
            Scenario("several-circuits", service, several_circuits(dialect), LIVE),
            Scenario("statuses", service, statuses(dialect), sandbox={"latency": _slow()}),
            Scenario("pages", service, pages(dialect), constants=dialect.pages),
            Scenario("many-jobs", service, many_jobs(dialect)),
            Scenario("cancelling", service, cancelling(dialect)),
            Scenario("deleting", service, deleting(dialect), LIVE),
            Scenario("failing", service, failing(dialect)),
            Scenario("idempotency-keys", service, idempotency_keys(dialect)),
            Scenario("wrong-key", service, wrong_key(dialect), wrong_key=True),
            Scenario("devices", service, devices(dialect), LIVE),
        ]
    return found


def _slow() -> Any:
    from quantum_sandbox import LatencyProfile

    return LatencyProfile(submitted=1.0, queued=1.0, running=1.0)
