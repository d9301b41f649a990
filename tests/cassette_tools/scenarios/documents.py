"""The vendors' published examples, and where a vendor publishes none those of our own specs, read by the wrapper."""

from collections.abc import Callable
from urllib.parse import quote

from quantum_jobs import QuantumJobsError

from tests.cassette_tools.published import Published, example
from tests.cassette_tools.scenario import Scenario, ScenarioContext, Steps, seen_cost, seen_error, seen_job, seen_result

IONQ_PAGE = "IonQ API v0.4, reference page 'Get job'"
APRIL = "2026-04-30"
OWN = "our own specification: the vendor publishes no example of this"
JOB, BY_ID = "/jobs/{UUID}", "e1a09d90-b2ba-4ea5-9fd7-4bfc14eac524"
MADE = "617a1f8b-59d4-435d-aa33-695433d7155e"
QBRAID_PAGE = "qBraid API v2, reference page '{}'"
QBRAID_JOB = "qbraid:job:abc123xyz"
RECORDED = "answers of the live service that others have recorded and published, as the specification keeps them"
RECORDED_JOB = "qbraid:qbraid:sim:qir-sv-32de-qjob-6ab9dd929dd04f3afa0b8405"


def _at(job_id: str) -> str:
    return f"/jobs/{quote(job_id, safe='')}"


def job_and_result(job_id: str) -> Callable[[ScenarioContext], Steps]:
    """Take a job up and read its result."""

    def run(context: ScenarioContext) -> Steps:
        job = yield context.client.job(job_id)
        result = yield job.result(context.patience)
        return {"job": seen_job(job), "result": seen_result(result)}

    return run


def _ionq_calls(context: ScenarioContext) -> Steps:
    job = yield context.client.submit(
        {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "x", "target": 0}]}, device="simulator", shots=1000
    )
    listed = yield context.client.jobs(limit=1)
    yield job.delete()
    fates = yield context.client.delete([MADE, "2ccf2773-4c28-468e-a290-2f8554808a25"])
    devices = yield context.client.devices()
    return {
        "id": job.id,
        "listed": [each.id for each in listed],
        "deleted": list(fates.values()),
        "devices": {each.id: each.online for each in devices},
    }


def _ionq_examples(context: ScenarioContext) -> Steps:
    failed = yield context.client.job("06b3f0aa-1c00-7000-8000-5d2f00000031")
    energy = yield context.client.job("06b3f0aa-1c00-7000-8000-5d2f00000021")
    inline = yield energy.result(context.patience)
    cost = yield failed.cost()
    estimate = yield context.client.estimate(device="qpu.forte-1", shots=1000)
    return {
        "failed": seen_job(failed),
        "value": inline.raw["value"],
        "cost": seen_cost(cost),
        "estimate": seen_cost(estimate.cost),
    }


def _old_ionq_examples(context: ScenarioContext) -> Steps:
    job = yield context.client.job("7b1c0a52-3f0e-4d53-9a6c-2f8e5d0b9c41")
    result = yield job.result(context.patience)
    failed = yield context.client.job("c4f5b1de-8a17-4b0c-b7a9-5b5f3c1f6e02")
    listed = yield context.client.jobs(limit=2)
    return {
        "job": seen_job(job),
        "result": seen_result(result),
        "failed": seen_job(failed),
        "listed": [str(each.status) for each in listed],
    }


def _qbraid_pages(context: ScenarioContext) -> Steps:
    job = yield context.client.job(QBRAID_JOB)
    result = yield job.result(context.patience)
    program = yield job.program()
    listed = yield context.client.jobs()
    fates = yield context.client.delete([QBRAID_JOB, "qbraid:job:def456uvw"])
    yield job.delete()
    devices = yield context.client.devices()
    return {
        "job": seen_job(job),
        "seconds": job.record.execution_duration.total_seconds(),
        "result": seen_result(result),
        "program": program.format,
        "lines": len(program.data.splitlines()),
        "listed": [seen_job(each) for each in listed],
        "deleted": list(fates.values()),
        "devices": {each.id: each.online for each in devices},
    }


def _qbraid_recorded(context: ScenarioContext) -> Steps:
    job = yield context.client.submit(
        "OPENQASM 3.0; qubit[2] q; bit[2] c; c = measure q;", device="qbraid:qbraid:sim:qir-sv", shots=10
    )
    yield job.refresh()
    try:
        yield context.client.devices()
        error = "none"
    except QuantumJobsError as raised:
        error = f"{seen_error(raised)} {getattr(raised, 'code', None)}"
    return {"job": seen_job(job), "devices": error}


def _qbraid_examples(context: ScenarioContext) -> Steps:
    job = yield context.client.job(QBRAID_JOB)
    compiled = yield job.compiled_program()
    results = yield job.results(context.patience)
    unpriced = yield context.client.estimate(device="ibm:ibm:qpu:fez")
    return {
        "compiled": compiled.format,
        "results": [seen_result(each) for each in results],
        "estimate": seen_cost(unpriced.cost),
        "reason": unpriced.reason,
    }


def _ionq() -> list[Scenario]:
    def job(name: str, number: str) -> Published:
        return Published(
            "GET", f"/jobs/06b3f0aa-1c00-7000-8000-5d2f000000{number}", example(JOB, "get", 200, name), OWN
        )

    def own(method: str, path: str, of: str, name: str) -> Published:
        return Published(method, path, example(of, method.lower(), 200, name), OWN)

    at, made = _at(BY_ID), _at(MADE)
    page = "IonQ API v0.4, reference page '{}'"
    bell = example("/jobs/{UUID}/results/probabilities", "get", 200, "Bell pair")
    artifact = example("/jobs/{UUID}/artifacts/{artifactId}", "get", 200, "ionq.result.probabilities.json.v1")
    backends = ("components", "responses", "ListBackends", "content", "application/json", "example")
    april = Published("GET", at, example(JOB, "get", 200, "Example 1"), f"{IONQ_PAGE}, 30 April 2026",
                      file=f"vendor/{APRIL}-get-jobs-uuid.yaml")  # fmt: skip
    october = Published("GET", at, example(JOB, "get", 200, "Single circuit"), f"{IONQ_PAGE}, October 2026")
    return [
        Scenario("job-of-april", "ionq-v0.4", job_and_result(BY_ID), ("documented",), spec=APRIL,
                 published=(april, Published("GET", f"{at}/results/probabilities", bell, OWN))),
        Scenario("job-of-october", "ionq-v0.4", job_and_result(BY_ID), ("documented",),
                 published=(october,
                            Published("GET", f"{at}/artifacts/probabilities", artifact, OWN))),
        Scenario("calls", "ionq-v0.4", _ionq_calls, ("documented",), published=(
            Published("POST", "/jobs", example("/jobs", "post", 201, "Example 1"), page.format("Create a job"), 201),
            Published("GET", "/jobs", example("/jobs", "get", 200, "Example 1"), page.format("Get jobs")),
            Published("DELETE", made, example(JOB, "delete", 200, "Example 1"), page.format("Delete a job")),
            Published("DELETE", "/jobs", example("/jobs", "delete", 200, "Two jobs"), page.format("Delete many jobs")),
            Published("GET", "/backends", backends, page.format("Get backends")),
        )),
        Scenario("examples", "ionq-v0.4", _ionq_examples, ("spec",), published=(
            job("Failed", "31"),
            job("Quantum function", "21"),
            own("GET", "/jobs/06b3f0aa-1c00-7000-8000-5d2f00000031/cost", "/jobs/{UUID}/cost", "Priced"),
            own("GET", "/jobs/estimate", "/jobs/estimate", "Priced by gates"),
        )),
    ]  # fmt: skip


def _old_ionq() -> list[Scenario]:
    def own(path: str, of: str, name: str) -> Published:
        return Published("GET", path, example(of, "get", 200, name), OWN)

    single = "7b1c0a52-3f0e-4d53-9a6c-2f8e5d0b9c41"
    answers = (
        own(f"/jobs/{single}", JOB, "completed_single_circuit"),
        own(f"/jobs/{single}/results", JOB + "/results", "single_circuit"),
        own("/jobs/c4f5b1de-8a17-4b0c-b7a9-5b5f3c1f6e02", JOB, "failed"),
        own("/jobs", "/jobs", "a_page_with_more_to_come"),
    )
    return [Scenario("examples", "ionq-v0.3", _old_ionq_examples, ("spec",), published=answers)]


def _qbraid() -> list[Scenario]:
    def shown(method: str, path: str, of: str, page: str) -> Published:
        return Published(method, path, example(of, method.lower(), 200, "documented"), QBRAID_PAGE.format(page))

    def own(path: str, of: str, name: str, document: str = OWN) -> Published:
        return Published("GET", path, example(of, "get", 200, name), document)

    at, of = _at(QBRAID_JOB), "/jobs/{job_qrn}"
    refused = Published("GET", "/devices", example("/devices", "get", 401, "recorded"), RECORDED, 401)
    return [
        Scenario("pages-of-the-documentation", "qbraid-v2", _qbraid_pages, ("documented",), published=(
            shown("GET", at, of, "Get Job"),
            shown("GET", f"{at}/result", of + "/result", "Get Job Result"),
            shown("GET", f"{at}/program", of + "/program", "Get Job Program"),
            shown("GET", "/jobs", "/jobs", "Get Jobs"),
            shown("DELETE", "/jobs", "/jobs", "Delete Jobs"),
            shown("DELETE", at, of, "Delete Job"),
            shown("GET", "/devices", "/devices", "Get Devices"),
        )),
        Scenario("answers-of-others", "qbraid-v2", _qbraid_recorded, ("spec",), published=(
            Published("POST", "/jobs", example("/jobs", "post", 201, "recorded"), RECORDED, 201),
            own(_at(RECORDED_JOB), of, "recorded", RECORDED),
            refused,
        )),
        Scenario("examples", "qbraid-v2", _qbraid_examples, ("spec",), published=(
            own(at, of, "documented", QBRAID_PAGE.format("Get Job")),
            own(f"{at}/compiled-program", of + "/compiled-program", "small"),
            own(f"{at}/result", of + "/result", "batch"),
            own("/jobs/cost-estimate", "/jobs/cost-estimate", "unpriced"),
        )),
    ]  # fmt: skip


def scenarios() -> list[Scenario]:
    """All of these."""
    return [*_ionq(), *_old_ionq(), *_qbraid()]
