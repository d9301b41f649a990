# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""The data that operations take and give. A model is loaded when it is first asked for.

The types are what the service's description promises. An answer that breaks the promise is read all the same: a missing
field is UNSET, a null is None, a value of another kind stays as it came, an enum value that is not listed has `is_known`
False, other fields are in `additional_properties`, and `to_dict()` gives back what came.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .backend import Backend
    from .backend_status import BackendStatus
    from .characterization import Characterization
    from .characterization_fidelity import CharacterizationFidelity
    from .characterization_timing import CharacterizationTiming
    from .circuit import Circuit
    from .error import Error
    from .error_mitigation import ErrorMitigation
    from .failure import Failure
    from .fidelity_statistics import FidelityStatistics
    from .gate import Gate
    from .gate_counts import GateCounts
    from .gate_set import GateSet
    from .get_characterizations_response import GetCharacterizationsResponse
    from .get_jobs_response import GetJobsResponse
    from .input_format import InputFormat
    from .job import Job
    from .job_body import JobBody
    from .job_canceled_response import JobCanceledResponse
    from .job_canceled_status import JobCanceledStatus
    from .job_created_status import JobCreatedStatus
    from .job_creation_payload import JobCreationPayload
    from .job_creation_response import JobCreationResponse
    from .job_deleted_response import JobDeletedResponse
    from .job_deleted_status import JobDeletedStatus
    from .job_input import JobInput
    from .job_metadata import JobMetadata
    from .job_results import JobResults
    from .job_settings import JobSettings
    from .job_status import JobStatus
    from .job_target import JobTarget
    from .job_warning import JobWarning
    from .jobs_bulk_operation_request import JobsBulkOperationRequest
    from .jobs_canceled_response import JobsCanceledResponse
    from .jobs_deleted_response import JobsDeletedResponse
    from .noise import Noise
    from .probabilities import Probabilities
    from .qpu_name import QpuName
    from .registers import Registers

_MODULES: dict[str, str] = {
    "Backend": ".backend",
    "BackendStatus": ".backend_status",
    "Characterization": ".characterization",
    "CharacterizationFidelity": ".characterization_fidelity",
    "CharacterizationTiming": ".characterization_timing",
    "Circuit": ".circuit",
    "Error": ".error",
    "ErrorMitigation": ".error_mitigation",
    "Failure": ".failure",
    "FidelityStatistics": ".fidelity_statistics",
    "Gate": ".gate",
    "GateCounts": ".gate_counts",
    "GateSet": ".gate_set",
    "GetCharacterizationsResponse": ".get_characterizations_response",
    "GetJobsResponse": ".get_jobs_response",
    "InputFormat": ".input_format",
    "Job": ".job",
    "JobBody": ".job_body",
    "JobCanceledResponse": ".job_canceled_response",
    "JobCanceledStatus": ".job_canceled_status",
    "JobCreatedStatus": ".job_created_status",
    "JobCreationPayload": ".job_creation_payload",
    "JobCreationResponse": ".job_creation_response",
    "JobDeletedResponse": ".job_deleted_response",
    "JobDeletedStatus": ".job_deleted_status",
    "JobInput": ".job_input",
    "JobMetadata": ".job_metadata",
    "JobResults": ".job_results",
    "JobSettings": ".job_settings",
    "JobStatus": ".job_status",
    "JobTarget": ".job_target",
    "JobWarning": ".job_warning",
    "JobsBulkOperationRequest": ".jobs_bulk_operation_request",
    "JobsCanceledResponse": ".jobs_canceled_response",
    "JobsDeletedResponse": ".jobs_deleted_response",
    "Noise": ".noise",
    "Probabilities": ".probabilities",
    "QpuName": ".qpu_name",
    "Registers": ".registers",
}

__all__: list[str] = [
    "Backend",
    "BackendStatus",
    "Characterization",
    "CharacterizationFidelity",
    "CharacterizationTiming",
    "Circuit",
    "Error",
    "ErrorMitigation",
    "Failure",
    "FidelityStatistics",
    "Gate",
    "GateCounts",
    "GateSet",
    "GetCharacterizationsResponse",
    "GetJobsResponse",
    "InputFormat",
    "Job",
    "JobBody",
    "JobCanceledResponse",
    "JobCanceledStatus",
    "JobCreatedStatus",
    "JobCreationPayload",
    "JobCreationResponse",
    "JobDeletedResponse",
    "JobDeletedStatus",
    "JobInput",
    "JobMetadata",
    "JobResults",
    "JobsBulkOperationRequest",
    "JobsCanceledResponse",
    "JobsDeletedResponse",
    "JobSettings",
    "JobStatus",
    "JobTarget",
    "JobWarning",
    "Noise",
    "Probabilities",
    "QpuName",
    "Registers",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
        return value

    def __dir__():
        return sorted({*globals(), *__all__})
