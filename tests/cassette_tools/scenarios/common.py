"""What every service can do: submit, wait, results, listing, cancelling, deleting, one job or many."""

from collections.abc import Callable, Generator
from typing import Any

from quantum_jobs import IdempotencyMismatchError, QuantumJobsError

from tests.cassette_tools.scenarios.dialects import DIALECTS, SHOTS, Dialect
from tests.cassette_tools.scenes import Scenario, Stage, Steps, seen_cost, seen_error, seen_job, seen_result

#: Seconds of the sandbox after which a job waits in its queue. qBraid cancels none before.
TAKEN_UP = 0.03


def submitted(stage: Stage, dialect: Dialect, programs: list[Any]) -> Generator[Any, Any, list[Any]]:
    """A job of each program, one after the other."""
    jobs = []
    for program in programs:
        job = yield stage.client.submit(program, device=dialect.device, shots=SHOTS)
        jobs.append(job)
    return jobs


def one_circuit(dialect: Dialect) -> Callable[[Stage], Steps]:
    """The main job: submit, wait, result, cost."""

    def play(stage: Stage) -> Steps:
        job = yield stage.client.submit(
            dialect.program, device=dialect.device, shots=SHOTS, name="x on qubit 0", tags={"run": "7"}
        )
        submitted = job.status
        stage.let_run(job)
        yield job.wait(stage.patience)
        result = yield job.result(stage.patience)
        cost = yield job.cost()
        return {
            "submitted": str(submitted),
            "job": seen_job(job),
            "result": seen_result(result),
            "cost": seen_cost(cost),
        }

    return play


def several_circuits(dialect: Dialect) -> Callable[[Stage], Steps]:
    """One job of two circuits: a result for each, in the order of submission, and the jobs that it consists of."""

    def play(stage: Stage) -> Steps:
        job = yield stage.client.submit(dialect.programs, device=dialect.device, shots=SHOTS)
        stage.let_run(job)
        yield job.wait(stage.patience)
        results = yield job.results(stage.patience)
        children = yield job.children()
        return {
            "results": [seen_result(each) for each in results],
            "children": [seen_job(each) for each in children],
        }

    return play


def statuses(dialect: Dialect) -> Callable[[Stage], Steps]:
    """A job on its way, look by look."""

    def play(stage: Stage) -> Steps:
        job = yield stage.client.submit(dialect.program, device=dialect.device, shots=SHOTS)
        words = [job.vendor_status]
        statuses = [str(job.status)]
        for seconds in (0.0, 1.5, 1.0):
            stage.advance(seconds)
            record = yield job.refresh()
            words.append(record.vendor_status)
            statuses.append(str(record.status))
        return {"vendor": words, "ours": statuses}

    return play


def pages(dialect: Dialect) -> Callable[[Stage], Steps]:
    """A listing of five jobs in pages of two, all of it and its beginning; the devices in the same small pages."""

    def play(stage: Stage) -> Steps:
        for number in range(5):
            job = yield stage.client.submit(dialect.program, device=dialect.device, shots=SHOTS, name=f"job {number}")
        listed = yield stage.client.jobs()
        first = yield stage.client.jobs(limit=1)
        stage.advance(TAKEN_UP)
        yield job.cancel()
        stage.advance(60.0)
        cancelled = yield stage.client.jobs("CANCELLED")
        return {
            "names": [each.record.name for each in listed],
            "first": [each.record.name for each in first],
            "cancelled": [each.record.name for each in cancelled],
        }

    return play


def many_jobs(dialect: Dialect) -> Callable[[Stage], Steps]:
    """Several jobs waited for together."""

    def play(stage: Stage) -> Steps:
        jobs = yield from submitted(stage, dialect, [*dialect.programs, *dialect.programs])
        stage.let_run(*jobs)
        done, not_done = yield stage.wait(jobs)
        results = []
        for job in done:
            result = yield job.result(stage.patience)
            results.append(result)
        return {"counts": [dict(each.counts) for each in results], "not done": len(not_done)}

    return play


def cancelling(dialect: Dialect) -> Callable[[Stage], Steps]:
    """Cancelling one job, many, and one that is over; the result of a cancelled one."""

    def play(stage: Stage) -> Steps:
        jobs = yield from submitted(stage, dialect, [dialect.program] * 4)
        stage.advance(TAKEN_UP)
        yield jobs[0].cancel()
        stage.let_run(jobs[0])
        yield jobs[0].refresh()
        yield jobs[0].cancel()
        more = yield from submitted(stage, dialect, [dialect.program] * 2)
        stage.advance(TAKEN_UP)
        fates = yield stage.client.cancel(more)
        stage.let_run(*more)
        for job in more:
            yield job.refresh()
        try:
            yield jobs[0].result(stage.patience)
            error = "none"
        except QuantumJobsError as raised:
            error = seen_error(raised)
        return {
            "one": str(jobs[0].status),
            "many": [str(job.status) for job in more],
            "fates": _fates(fates),
            "result": error,
        }

    return play


def deleting(dialect: Dialect) -> Callable[[Stage], Steps]:
    """Deleting one job and many; what is gone is not found."""

    def play(stage: Stage) -> Steps:
        jobs = yield from submitted(stage, dialect, [dialect.program] * 3)
        yield jobs[0].delete()
        fates = yield stage.client.delete(jobs[1:])
        try:
            yield jobs[0].refresh()
            error = "none"
        except QuantumJobsError as raised:
            error = seen_error(raised)
        return {"fates": _fates(fates), "gone": error}

    return play


def failing(dialect: Dialect) -> Callable[[Stage], Steps]:
    """A program that is taken and then fails."""

    def play(stage: Stage) -> Steps:
        job = yield stage.client.submit(dialect.fails, device=dialect.device, shots=SHOTS)
        stage.let_run(job)
        try:
            yield job.result(stage.patience)
            error = "none"
        except QuantumJobsError as raised:
            error = seen_error(raised)
        return {"job": seen_job(job), "result": error}

    return play


def idempotency_keys(dialect: Dialect) -> Callable[[Stage], Steps]:
    """One submit is one job: the same key twice, then with another program, an answer that got lost, and a job found
    by its key."""

    def play(stage: Stage) -> Steps:
        first = yield stage.client.submit(
            dialect.program, device=dialect.device, shots=SHOTS, idempotency_key="key-of-mine"
        )
        second = yield stage.client.submit(
            dialect.program, device=dialect.device, shots=SHOTS, idempotency_key="key-of-mine"
        )
        try:
            yield stage.client.submit(
                dialect.programs[1], device=dialect.device, shots=SHOTS + 1, idempotency_key="key-of-mine"
            )
            other: Any = "none"
        except IdempotencyMismatchError as raised:
            other = {
                "error": seen_error(raised),
                "differs in": list(raised.differences),
                "its job": raised.job == first,
            }
        stage.fault("status", status=503, method="POST", stored=True, times=1)
        unclear = yield stage.client.submit(dialect.program, device=dialect.device, shots=SHOTS, name="unclear")
        found = yield stage.client.find_submission(unclear.record.idempotency_key)
        missing = yield stage.client.find_submission("key-of-nobody")
        return {
            "same job": first.id == second.id,
            "another program": other,
            "another job": unclear.id != first.id,
            "unclear": unclear.record.name,
            "found": found.id == unclear.id,
            "missing": missing,
        }

    return play


def wrong_key(dialect: Dialect) -> Callable[[Stage], Steps]:
    """A key that the service refuses."""

    def play(stage: Stage) -> Steps:
        try:
            yield stage.client.submit(dialect.program, device=dialect.device, shots=SHOTS)
            error = "none"
        except QuantumJobsError as raised:
            error = seen_error(raised)
        return {"submit": error}

    return play


def devices(dialect: Dialect) -> Callable[[Stage], Steps]:
    """All devices: how many, and one that everybody may use."""

    def play(stage: Stage) -> Steps:
        found = yield stage.client.devices()
        one = next(each for each in found if each.id == dialect.device)
        return {
            "devices": len(found),
            dialect.device: {"online": one.online, "simulator": one.simulator, "qubits": one.num_qubits},
        }

    return play


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
