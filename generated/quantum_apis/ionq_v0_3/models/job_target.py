# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from ..._runtime.enums import OpenStrEnum


class JobTarget(OpenStrEnum):
    QPU_ARIA_1 = "qpu.aria-1"
    QPU_ARIA_2 = "qpu.aria-2"
    QPU_FORTE_1 = "qpu.forte-1"
    QPU_FORTE_ENTERPRISE_1 = "qpu.forte-enterprise-1"
    QPU_HARMONY = "qpu.harmony"
    SIMULATOR = "simulator"
