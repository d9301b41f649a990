# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from ..._runtime.enums import OpenStrEnum


class ProgramFormat(OpenStrEnum):
    ANALOG = "analog"
    GST = "gst"
    IONQ_CIRCUIT_V0 = "ionq.circuit.v0"
    PROBLEM = "problem"
    PULSER_SEQUENCE = "pulser.sequence"
    QASM2 = "qasm2"
    QASM3 = "qasm3"
    QIR_BC = "qir.bc"
    QIR_LL = "qir.ll"
    QUIL = "quil"
