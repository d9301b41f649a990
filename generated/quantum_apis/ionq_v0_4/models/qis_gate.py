# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from ..._runtime.enums import OpenStrEnum


class QisGate(OpenStrEnum):
    CNOT = "cnot"
    H = "h"
    NOT = "not"
    PAULIEXP = "pauliexp"
    RX = "rx"
    RY = "ry"
    RZ = "rz"
    S = "s"
    SI = "si"
    SWAP = "swap"
    T = "t"
    TI = "ti"
    V = "v"
    VI = "vi"
    X = "x"
    XX = "xx"
    Y = "y"
    YY = "yy"
    Z = "z"
    ZZ = "zz"
