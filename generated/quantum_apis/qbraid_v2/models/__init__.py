# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""The data that operations take and give. A model is loaded when it is first asked for.

The types are what the service's description promises. An answer that breaks the promise is read all the same: a missing
field is UNSET, a null is None, a value of another kind stays as it came, an enum value that is not listed has `is_known`
False, other fields are in `additional_properties`, and `to_dict()` gives back what came.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .batch_result import BatchResult
    from .cancel_job_response import CancelJobResponse
    from .cancelled_job import CancelledJob
    from .cost_estimate import CostEstimate
    from .create_job_response import CreateJobResponse
    from .created_job import CreatedJob
    from .credit_balance import CreditBalance
    from .delete_group_response import DeleteGroupResponse
    from .delete_job_response import DeleteJobResponse
    from .delete_jobs_response import DeleteJobsResponse
    from .deleted_job import DeletedJob
    from .deleted_jobs import DeletedJobs
    from .device_calibration import DeviceCalibration
    from .device_pricing import DevicePricing
    from .device_status import DeviceStatus
    from .device_topology import DeviceTopology
    from .device_type import DeviceType
    from .edge_calibrations import EdgeCalibrations
    from .error_detail import ErrorDetail
    from .error_info import ErrorInfo
    from .estimate_job_cost_response import EstimateJobCostResponse
    from .experiment_type import ExperimentType
    from .failed_deletions import FailedDeletions
    from .get_credit_balance_response import GetCreditBalanceResponse
    from .get_device_calibrations_response import GetDeviceCalibrationsResponse
    from .get_device_response import GetDeviceResponse
    from .get_devices_response import GetDevicesResponse
    from .get_group_jobs_response import GetGroupJobsResponse
    from .get_groups_response import GetGroupsResponse
    from .get_job_compiled_program_response import GetJobCompiledProgramResponse
    from .get_job_program_response import GetJobProgramResponse
    from .get_job_response import GetJobResponse
    from .get_job_result_response import GetJobResultResponse
    from .get_job_statuses_response import GetJobStatusesResponse
    from .get_jobs_response import GetJobsResponse
    from .get_providers_response import GetProvidersResponse
    from .group_job import GroupJob
    from .group_request import GroupRequest
    from .group_response import GroupResponse
    from .group_status import GroupStatus
    from .job_device import JobDevice
    from .job_metadata import JobMetadata
    from .job_provider import JobProvider
    from .job_request import JobRequest
    from .job_status import JobStatus
    from .job_status_counts import JobStatusCounts
    from .job_tags import JobTags
    from .key_owner import KeyOwner
    from .measurement_counts import MeasurementCounts
    from .measurement_probabilities import MeasurementProbabilities
    from .pagination import Pagination
    from .program import Program
    from .program_format import ProgramFormat
    from .provider import Provider
    from .provider_assets import ProviderAssets
    from .provider_list import ProviderList
    from .provider_logo import ProviderLogo
    from .qubit_calibrations import QubitCalibrations
    from .response_meta import ResponseMeta
    from .result import Result
    from .result_data import ResultData
    from .runtime_device import RuntimeDevice
    from .runtime_job import RuntimeJob
    from .runtime_options import RuntimeOptions
    from .sort_order import SortOrder
    from .status_group import StatusGroup
    from .time_stamps import TimeStamps
    from .validation_error import ValidationError
    from .verify_key_response import VerifyKeyResponse

_MODULES: dict[str, str] = {
    "BatchResult": ".batch_result",
    "CancelJobResponse": ".cancel_job_response",
    "CancelledJob": ".cancelled_job",
    "CostEstimate": ".cost_estimate",
    "CreateJobResponse": ".create_job_response",
    "CreatedJob": ".created_job",
    "CreditBalance": ".credit_balance",
    "DeleteGroupResponse": ".delete_group_response",
    "DeleteJobResponse": ".delete_job_response",
    "DeleteJobsResponse": ".delete_jobs_response",
    "DeletedJob": ".deleted_job",
    "DeletedJobs": ".deleted_jobs",
    "DeviceCalibration": ".device_calibration",
    "DevicePricing": ".device_pricing",
    "DeviceStatus": ".device_status",
    "DeviceTopology": ".device_topology",
    "DeviceType": ".device_type",
    "EdgeCalibrations": ".edge_calibrations",
    "ErrorDetail": ".error_detail",
    "ErrorInfo": ".error_info",
    "EstimateJobCostResponse": ".estimate_job_cost_response",
    "ExperimentType": ".experiment_type",
    "FailedDeletions": ".failed_deletions",
    "GetCreditBalanceResponse": ".get_credit_balance_response",
    "GetDeviceCalibrationsResponse": ".get_device_calibrations_response",
    "GetDeviceResponse": ".get_device_response",
    "GetDevicesResponse": ".get_devices_response",
    "GetGroupJobsResponse": ".get_group_jobs_response",
    "GetGroupsResponse": ".get_groups_response",
    "GetJobCompiledProgramResponse": ".get_job_compiled_program_response",
    "GetJobProgramResponse": ".get_job_program_response",
    "GetJobResponse": ".get_job_response",
    "GetJobResultResponse": ".get_job_result_response",
    "GetJobStatusesResponse": ".get_job_statuses_response",
    "GetJobsResponse": ".get_jobs_response",
    "GetProvidersResponse": ".get_providers_response",
    "GroupJob": ".group_job",
    "GroupRequest": ".group_request",
    "GroupResponse": ".group_response",
    "GroupStatus": ".group_status",
    "JobDevice": ".job_device",
    "JobMetadata": ".job_metadata",
    "JobProvider": ".job_provider",
    "JobRequest": ".job_request",
    "JobStatus": ".job_status",
    "JobStatusCounts": ".job_status_counts",
    "JobTags": ".job_tags",
    "KeyOwner": ".key_owner",
    "MeasurementCounts": ".measurement_counts",
    "MeasurementProbabilities": ".measurement_probabilities",
    "Pagination": ".pagination",
    "Program": ".program",
    "ProgramFormat": ".program_format",
    "Provider": ".provider",
    "ProviderAssets": ".provider_assets",
    "ProviderList": ".provider_list",
    "ProviderLogo": ".provider_logo",
    "QubitCalibrations": ".qubit_calibrations",
    "ResponseMeta": ".response_meta",
    "Result": ".result",
    "ResultData": ".result_data",
    "RuntimeDevice": ".runtime_device",
    "RuntimeJob": ".runtime_job",
    "RuntimeOptions": ".runtime_options",
    "SortOrder": ".sort_order",
    "StatusGroup": ".status_group",
    "TimeStamps": ".time_stamps",
    "ValidationError": ".validation_error",
    "VerifyKeyResponse": ".verify_key_response",
}

__all__: list[str] = [
    "BatchResult",
    "CancelJobResponse",
    "CancelledJob",
    "CostEstimate",
    "CreatedJob",
    "CreateJobResponse",
    "CreditBalance",
    "DeletedJob",
    "DeletedJobs",
    "DeleteGroupResponse",
    "DeleteJobResponse",
    "DeleteJobsResponse",
    "DeviceCalibration",
    "DevicePricing",
    "DeviceStatus",
    "DeviceTopology",
    "DeviceType",
    "EdgeCalibrations",
    "ErrorDetail",
    "ErrorInfo",
    "EstimateJobCostResponse",
    "ExperimentType",
    "FailedDeletions",
    "GetCreditBalanceResponse",
    "GetDeviceCalibrationsResponse",
    "GetDeviceResponse",
    "GetDevicesResponse",
    "GetGroupJobsResponse",
    "GetGroupsResponse",
    "GetJobCompiledProgramResponse",
    "GetJobProgramResponse",
    "GetJobResponse",
    "GetJobResultResponse",
    "GetJobsResponse",
    "GetJobStatusesResponse",
    "GetProvidersResponse",
    "GroupJob",
    "GroupRequest",
    "GroupResponse",
    "GroupStatus",
    "JobDevice",
    "JobMetadata",
    "JobProvider",
    "JobRequest",
    "JobStatus",
    "JobStatusCounts",
    "JobTags",
    "KeyOwner",
    "MeasurementCounts",
    "MeasurementProbabilities",
    "Pagination",
    "Program",
    "ProgramFormat",
    "Provider",
    "ProviderAssets",
    "ProviderList",
    "ProviderLogo",
    "QubitCalibrations",
    "ResponseMeta",
    "Result",
    "ResultData",
    "RuntimeDevice",
    "RuntimeJob",
    "RuntimeOptions",
    "SortOrder",
    "StatusGroup",
    "TimeStamps",
    "ValidationError",
    "VerifyKeyResponse",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
        return value

    def __dir__():
        return sorted({*globals(), *__all__})
