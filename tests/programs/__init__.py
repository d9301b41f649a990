from quantum_jobs import Result, programs

from . import exact


def over_bits(converted: programs.IonqCircuit) -> dict[str, float]:
    """The exact outcomes of an IonQ circuit over the program's classical bits."""
    by_qubit = exact.ionq_outcomes(converted.circuit)
    if converted.measured is None:
        return by_qubit
    result = converted.measured.result(Result(probabilities=by_qubit, num_qubits=converted.circuit["qubits"]))
    return dict(result.probabilities or {})
