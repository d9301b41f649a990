"""What only one service has: IonQ's result formats and shapes, qBraid's groups, holds and programs."""

import math
import re
from collections.abc import Callable, Generator
from typing import Any

import quantum_jobs
from quantum_jobs import APIError, QuantumJobsError

from tests.cassette_tools.scenario import Scenario, ScenarioContext, Steps, seen_cost, seen_error, seen_job, seen_result
from tests.cassette_tools.scenarios.common import TAKEN_UP, one_circuit
from tests.cassette_tools.scenarios.dialects import DIALECTS, QASM3, SHOTS

QPU = "qpu.forte-1"
FEW = 4
MITIGATED = 500  # the fewest shots with which a QPU mitigates errors
HEADER = 'OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; '
#: Two registers, measured in another order than the qubits': q[0] is 1, so b is 10, a is 0, and b a is 100.
REGISTERS = HEADER + "bit[1] a; bit[2] b; x q[0]; a[0] = measure q[1]; b[0] = measure q[2]; b[1] = measure q[0];"
#: One of three qubits: the outcome is 1.
PARTIAL = HEADER + "bit[1] c; x q[2]; c[0] = measure q[2];"
#: A qubit that is measured, then turned, then measured again: the outcome is second first = 0 1.
MID_CIRCUIT = HEADER + "bit[1] first; bit[1] second; x q[0]; first[0] = measure q[0]; x q[0]; second[0] = measure q[0];"
SIMULATOR, AQUILA, ANNEALER = "qbraid:qbraid:sim:qir-sv", "aws:quera:qpu:aquila", "qbraid:nec:sim:vector-annealer"
QIR = """\
define void @main() #0 {
  call void @__quantum__qis__x__body(ptr null)
  call void @__quantum__qis__mz__body(ptr null, ptr null)
  call void @__quantum__qis__mz__body(ptr inttoptr (i64 1 to ptr), ptr inttoptr (i64 1 to ptr))
  call void @__quantum__rt__result_record_output(ptr null, ptr null)
  call void @__quantum__rt__result_record_output(ptr inttoptr (i64 1 to ptr), ptr null)
  ret void
}
declare void @__quantum__qis__x__body(ptr)
declare void @__quantum__qis__mz__body(ptr, ptr)
declare void @__quantum__rt__result_record_output(ptr, ptr)
attributes #0 = { "entry_point" "required_num_qubits"="2" "required_num_results"="2" }
"""


def _constant(value: float) -> dict[str, Any]:
    return {"time_series": {"times": ["0", "1e-6"], "values": [str(value)] * 2}, "pattern": "uniform"}


#: Half a turn in a microsecond.
PI_PULSE = {
    "setup": {"ahs_register": {"sites": [["0", "0"]], "filling": [1]}},
    "hamiltonian": {
        "drivingFields": [{"amplitude": _constant(math.pi * 1e6), "phase": _constant(0), "detuning": _constant(0)}],
        "localDetuning": [],
    },
}
PROBLEM = {"problem_type": "qubo", "linear": {"a": 1.0, "b": 1.0}, "quadratic": {'["a", "b"]': -3.0}, "offset": 0.0}


def read_again(context: ScenarioContext, job: Any, **how: Any) -> Generator[Any, Any, Any]:
    """What the service gives for a job of which nothing is fetched yet: a result as seen, or the error."""
    again = yield context.client.job(job.id)
    try:
        result = yield again.result(context.patience, **how)
    except QuantumJobsError as error:
        return seen_error(error)
    return seen_result(result)


def formats(context: ScenarioContext) -> Steps:
    """The best of the sources that a job names: where it is not found that is an error, and no other one is taken in
    its place; the histogram is read where it is asked for."""
    job = yield context.client.submit(DIALECTS["ionq-v0.4"].program, device=QPU, shots=FEW)
    context.let_run(job)
    best = yield from read_again(context, job)
    context.fault("status", status=404, method="GET", path="/jobs/*/*", times=1)
    missing = yield from read_again(context, job)
    context.fault("none")
    measured = yield from read_again(context, job, aggregation="raw")
    return {"best": best, "missing": missing, "as measured": measured}


def formats_of_shots(context: ScenarioContext) -> Steps:
    """Every shot in order, from the best source that has them; where that is not found it is an error."""
    job = yield context.client.submit(DIALECTS["ionq-v0.4"].program, device=QPU, shots=FEW)
    context.let_run(job)
    shots = yield from read_again(context, job, memory=True)
    # The first artifact is the result's, the second the shots'.
    context.fault("status", status=404, method="GET", path="/jobs/*/artifacts/*", nth=2)
    missing = yield from read_again(context, job, memory=True)
    return {"shots": shots, "missing": missing}


def registers(program: str) -> Callable[[ScenarioContext], Steps]:
    """The result of a QPU over the program's own classical bits, with each register, and every shot."""

    def run(context: ScenarioContext) -> Steps:
        job = yield context.client.submit(program, device=QPU, shots=FEW)
        context.let_run(job)
        plain = yield from read_again(context, job)
        with_shots = yield from read_again(context, job, memory=True)
        return {"result": plain, "memory": with_shots["memory"]}

    return run


def aggregations(context: ScenarioContext) -> Steps:
    """Error mitigation: what the service presents, each method that it offers, what was measured, and a method that
    there is not."""
    halves = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "h", "target": 0}]}
    job = yield context.client.submit(halves, device=QPU, shots=MITIGATED)
    context.let_run(job)
    seen = {"presented": (yield from read_again(context, job))}
    for method in ("average", "voting", "dnl", "raw", "nothing"):
        seen[method] = yield from read_again(context, job, aggregation=method)
    return seen


def memories(context: ScenarioContext) -> Steps:
    """The shots of a job of two circuits, of each circuit its own."""
    device = {"ionq-v0.4": QPU, "qbraid-v2": SIMULATOR}[context.service]
    job = yield context.client.submit(DIALECTS[context.service].programs, device=device, shots=FEW)
    context.let_run(job)
    results = yield job.results(context.patience, memory=True)
    return {"results": [seen_result(each) for each in results]}


def leaked_shots(context: ScenarioContext) -> Steps:
    """Shots in which a qubit leaks: they are in no count, and not in the memory."""
    job = yield context.client.submit(DIALECTS["ionq-v0.4"].program, device=QPU, shots=FEW)
    context.let_run(job)
    plain = yield from read_again(context, job)
    with_shots = yield from read_again(context, job, memory=True)
    measured = yield from read_again(context, job, aggregation="raw")
    return {"plain": plain, "memory": with_shots, "as measured": measured}


def tempo(context: ScenarioContext) -> Steps:
    """Results of the form that IonQ's own client reads and no document has: registers right below the kind."""
    job = yield context.client.submit(REGISTERS, device=QPU, shots=FEW)
    context.let_run(job)
    plain = yield from read_again(context, job)
    measured = yield from read_again(context, job, aggregation="raw")
    with_shots = yield from read_again(context, job, memory=True)
    return {"result": plain, "as measured": measured, "memory": with_shots}


def dry_run(context: ScenarioContext) -> Steps:
    """A job that is compiled and never run: it has a compiled program, and no result."""
    job = yield context.client.submit(DIALECTS["ionq-v0.4"].program, device=QPU, shots=FEW, options={"dry_run": True})
    context.let_run(job)
    result = yield from read_again(context, job)
    program = yield job.compiled_program()
    return {
        "job": seen_job(job),
        "result": result,
        "format": program.format,
        "gates": re.findall(r"^(g.*) q\[0\];", program.data, re.MULTILINE),
    }


def early_cancel(context: ScenarioContext) -> Steps:
    """A cancel right after the submission: qBraid refuses it until the job waits in its queue, so it is sent again,
    five times in all."""
    dialect = DIALECTS["qbraid-v2"]
    job = yield context.client.submit(dialect.program, device=dialect.device, shots=SHOTS)
    try:
        yield job.cancel()
        early = "none"
    except APIError as error:
        early = f"{seen_error(error)} {error.code}"
    context.advance(TAKEN_UP)
    yield job.cancel()
    context.let_run(job)
    yield job.refresh()
    return {"early": early, "job": seen_job(job)}


def estimates(context: ScenarioContext) -> Steps:
    """What a job would cost, priced by its gates."""
    estimate = yield context.client.estimate(
        device=QPU, shots=1000, qubits=2, one_qubit_gates=10, two_qubit_gates=100, error_mitigation=False
    )
    return {"cost": seen_cost(estimate.cost)}


def qbraid_estimates(context: ScenarioContext) -> Steps:
    """What a job would cost, and a device that there is not."""
    estimate = yield context.client.estimate(device="aws:ionq:qpu:forte-1", shots=10)
    try:
        yield context.client.estimate(device="nope:nope:sim:none", shots=10)
        error = "none"
    except QuantumJobsError as raised:
        error = seen_error(raised)
    return {"cost": seen_cost(estimate.cost), "missing": error}


def programs(context: ScenarioContext) -> Steps:
    """The program as it was submitted, of one circuit; there is no compiled one."""
    dialect = DIALECTS["qbraid-v2"]
    job = yield context.client.submit(dialect.program, device=dialect.device, shots=SHOTS)
    context.let_run(job)
    yield job.refresh()
    program = yield job.program()
    try:
        yield job.compiled_program()
        error = "none"
    except QuantumJobsError as raised:
        error = seen_error(raised)
    return {"format": program.format, "same": program.data == QASM3.format(0), "compiled": error}


def compiled(context: ScenarioContext) -> Steps:
    """The program as a QPU ran it."""
    device = {"ionq-v0.4": QPU, "qbraid-v2": "aws:ionq:qpu:forte-1"}[context.service]
    job = yield context.client.submit(DIALECTS[context.service].program, device=device, shots=FEW)
    context.let_run(job)
    yield job.refresh()
    program = yield job.compiled_program()
    return {"format": program.format, "gates": re.findall(r"^(g.*) q\[0\];", program.data, re.MULTILINE)}


def no_circuits(context: ScenarioContext) -> Steps:
    """Programs that are no OpenQASM: QIR with X on qubit 0, an atom that a pi pulse excites, and a + b - 3ab."""
    qir = yield context.client.submit(quantum_jobs.Program("qir.ll", QIR), device=SIMULATOR, shots=FEW)
    analog = yield context.client.submit(quantum_jobs.Program("analog", PI_PULSE), device=AQUILA, shots=FEW)
    annealing = yield context.client.submit(quantum_jobs.Program("problem", PROBLEM), device=ANNEALER)
    jobs = [qir, analog, annealing]
    context.let_run(*jobs)
    results = []
    for job in jobs:
        yield job.wait(context.patience)
        result = yield job.result(context.patience)
        results.append(result)
    return {
        "qir": seen_result(results[0]),
        "analog": {**seen_result(results[1]), "atoms": results[1].raw["resultData"]["measurementCounts"]},
        "annealing": {**seen_result(results[2]), "solutions": results[2].raw["resultData"]["solutions"]},
    }


def held(context: ScenarioContext) -> Steps:
    """A job on hold is not waited for."""
    dialect = DIALECTS["qbraid-v2"]
    job = yield context.client.submit(dialect.program, device=dialect.device, shots=SHOTS)
    context.hold(job)
    try:
        yield job.wait(context.patience)
        error = "none"
    except QuantumJobsError as raised:
        error = seen_error(raised)
    return {"error": error, "job": seen_job(job)}


def groups(context: ScenarioContext) -> Steps:
    """A group of jobs, by the bindings: opened, filled, listed, closed; another one cancelled and deleted."""
    dialect, models = DIALECTS["qbraid-v2"], context.models()
    opened = yield context.binding("groups.create_group", body=models.GroupRequest(name="two runs"))
    qrn = opened.parsed.data.group_job_qrn
    statuses = [opened.status_code]
    for program in dialect.programs:
        body = models.JobRequest(
            program=models.Program(format_=models.ProgramFormat("qasm3"), data=program),
            device_qrn=dialect.device,
            shots=SHOTS,
            group_job_qrn=qrn,
        )
        created = yield context.binding("jobs.create_job", body=body)
        statuses.append(created.status_code)
    listed = yield context.binding("groups.get_group_jobs", group_qrn=qrn)
    group = yield context.binding("groups.get_group", group_qrn=qrn)
    closed = yield context.binding("groups.close_group", group_qrn=qrn)
    all_groups = yield context.binding("groups.get_groups")
    other = yield context.binding("groups.create_group", body=models.GroupRequest(name="none"))
    other_qrn = other.parsed.data.group_job_qrn
    cancelled = yield context.binding("groups.cancel_group", group_qrn=other_qrn)
    deleted = yield context.binding("groups.delete_group", group_qrn=other_qrn)
    return {
        "created": sum(200 <= status < 300 for status in statuses),
        "jobs": len(listed.parsed.data),
        "name": group.parsed.data.name,
        "groups": len(all_groups.parsed.data),
        "others": all(200 <= each.status_code < 300 for each in (closed, cancelled, deleted)),
    }


def scenarios() -> list[Scenario]:
    """All of these."""
    ionq, qbraid = DIALECTS["ionq-v0.4"], "qbraid-v2"
    main_job = one_circuit(ionq)
    return [
        Scenario("result-urls", ionq.service, main_job, sandbox={"result_shape": "url"}),
        Scenario("result-artifacts", ionq.service, main_job, sandbox={"result_shape": "artifact"}),
        Scenario("formats", ionq.service, formats),
        Scenario("formats-of-shots", ionq.service, formats_of_shots),
        Scenario("registers", ionq.service, registers(REGISTERS)),
        Scenario("partial-measurement", ionq.service, registers(PARTIAL)),
        Scenario("mid-circuit-measurement", ionq.service, registers(MID_CIRCUIT)),
        Scenario("aggregations", ionq.service, aggregations),
        Scenario("memories", ionq.service, memories),
        Scenario("memories", qbraid, memories),
        Scenario("leaked-shots", ionq.service, leaked_shots, sandbox={"leakage": 1.0}),
        Scenario("tempo", ionq.service, tempo, sandbox={"result_shape": "tempo"}),
        Scenario("dry-run", ionq.service, dry_run),
        Scenario("early-cancel", qbraid, early_cancel),
        Scenario("estimates", ionq.service, estimates),
        Scenario("estimates", qbraid, qbraid_estimates),
        Scenario("programs", qbraid, programs),
        Scenario("compiled", ionq.service, compiled),
        Scenario("compiled", qbraid, compiled),
        Scenario("no-circuits", qbraid, no_circuits),
        Scenario("held", qbraid, held),
        Scenario("groups", qbraid, groups),
    ]
