# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""The data that operations take and give. A model is loaded when it is first asked for.

The types are what the service's description promises. An answer that breaks the promise is read all the same: a missing
field is UNSET, a null is None, a value of another kind stays as it came, an enum value that is not listed has `is_known`
False, other fields are in `additional_properties`, and `to_dict()` gives back what came.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .adjacency_graph import AdjacencyGraph
    from .aggregation_artifact_descriptor import AggregationArtifactDescriptor
    from .aggregations_output import AggregationsOutput
    from .ansatz import Ansatz
    from .api_cost_model import ApiCostModel
    from .artifact_descriptor import ArtifactDescriptor
    from .backend import Backend
    from .bad_request_error import BadRequestError
    from .base_job import BaseJob
    from .characterization import Characterization
    from .characterization_fidelity import CharacterizationFidelity
    from .characterization_page import CharacterizationPage
    from .characterization_timing import CharacterizationTiming
    from .child_circuit_probabilities import ChildCircuitProbabilities
    from .circuit_job_compilation_settings import CircuitJobCompilationSettings
    from .circuit_job_creation_payload import CircuitJobCreationPayload
    from .circuit_job_creation_payload_type import CircuitJobCreationPayloadType
    from .circuit_job_error_mitigation_settings import CircuitJobErrorMitigationSettings
    from .circuit_job_output import CircuitJobOutput
    from .circuit_job_results import CircuitJobResults
    from .circuit_job_settings import CircuitJobSettings
    from .circuit_job_stats import CircuitJobStats
    from .clone_job_payload import CloneJobPayload
    from .compilation_output import CompilationOutput
    from .compiled_circuits import CompiledCircuits
    from .cost_amount import CostAmount
    from .create_session_request import CreateSessionRequest
    from .debiasing_output import DebiasingOutput
    from .debiasing_settings import DebiasingSettings
    from .error import Error
    from .error_mitigation_output import ErrorMitigationOutput
    from .failure import Failure
    from .failure_code import FailureCode
    from .format_schema_document import FormatSchemaDocument
    from .formats import Formats
    from .gate_fidelity import GateFidelity
    from .generic_quantum_function_input import GenericQuantumFunctionInput
    from .get_job_cost_response import GetJobCostResponse
    from .get_job_estimate_context import GetJobEstimateContext
    from .get_job_estimate_response import GetJobEstimateResponse
    from .get_jobs_response import GetJobsResponse
    from .get_results_response import GetResultsResponse
    from .group_usage import GroupUsage
    from .hamiltonian_energy_data import HamiltonianEnergyData
    from .hamiltonian_energy_function import HamiltonianEnergyFunction
    from .hamiltonian_energy_function_type import HamiltonianEnergyFunctionType
    from .hamiltonian_energy_input import HamiltonianEnergyInput
    from .hamiltonian_pauli_term import HamiltonianPauliTerm
    from .histograms_by_register import HistogramsByRegister
    from .ionq_native_v1 import IonqNativeV1
    from .ionq_result_histogram_json_v1 import IonqResultHistogramJsonV1
    from .ionq_result_histogram_json_v2 import IonqResultHistogramJsonV2
    from .ionq_result_probabilities_aggregate_json_v1 import IonqResultProbabilitiesAggregateJsonV1
    from .ionq_result_probabilities_json_v1 import IonqResultProbabilitiesJsonV1
    from .ionq_result_probabilities_json_v2 import IonqResultProbabilitiesJsonV2
    from .ionq_result_shots_json_v2 import IonqResultShotsJsonV2
    from .job_canceled_response import JobCanceledResponse
    from .job_canceled_response_status import JobCanceledResponseStatus
    from .job_creation_error_mitigation import JobCreationErrorMitigation
    from .job_creation_response import JobCreationResponse
    from .job_creation_settings import JobCreationSettings
    from .job_deleted_response import JobDeletedResponse
    from .job_deleted_response_status import JobDeletedResponseStatus
    from .job_metadata import JobMetadata
    from .job_status import JobStatus
    from .jobs_bulk_operation_request import JobsBulkOperationRequest
    from .jobs_canceled_response import JobsCanceledResponse
    from .jobs_canceled_response_status import JobsCanceledResponseStatus
    from .jobs_deleted_response import JobsDeletedResponse
    from .jobs_deleted_response_status import JobsDeletedResponseStatus
    from .json_multi_circuit_input import JsonMultiCircuitInput
    from .json_multi_circuit_input_gateset import JsonMultiCircuitInputGateset
    from .json_object import JsonObject
    from .linear_constraint import LinearConstraint
    from .multi_circuit_job import MultiCircuitJob
    from .multi_circuit_job_creation_payload import MultiCircuitJobCreationPayload
    from .multi_circuit_job_creation_payload_type import MultiCircuitJobCreationPayloadType
    from .multi_circuit_job_results import MultiCircuitJobResults
    from .multi_circuit_job_type import MultiCircuitJobType
    from .native_circuit import NativeCircuit
    from .native_circuit_gateset import NativeCircuitGateset
    from .native_circuit_input import NativeCircuitInput
    from .native_circuit_input_gateset import NativeCircuitInputGateset
    from .native_gate import NativeGate
    from .native_gate_operation import NativeGateOperation
    from .noise import Noise
    from .number_map import NumberMap
    from .phi_chi_twirling_settings import PhiChiTwirlingSettings
    from .probabilities_by_register import ProbabilitiesByRegister
    from .qaoa_job import QaoaJob
    from .qaoa_job_results import QaoaJobResults
    from .qaoa_job_type import QaoaJobType
    from .qaoa_results import QaoaResults
    from .qaoa_results_processing_status import QaoaResultsProcessingStatus
    from .qasm_3_circuit_input import Qasm3CircuitInput
    from .qctrl_external_settings import QctrlExternalSettings
    from .qctrl_qaoa_job_creation_payload import QctrlQaoaJobCreationPayload
    from .qctrl_qaoa_job_creation_payload_type import QctrlQaoaJobCreationPayloadType
    from .qctrl_qaoa_job_input import QctrlQaoaJobInput
    from .qctrl_qaoa_job_input_problem_type import QctrlQaoaJobInputProblemType
    from .qis_circuit import QISCircuit
    from .qis_circuit_gateset import QISCircuitGateset
    from .qis_circuit_input import QisCircuitInput
    from .qis_circuit_input_gateset import QisCircuitInputGateset
    from .qis_gate import QisGate
    from .qis_gate_operation import QisGateOperation
    from .quadratic_constraint import QuadraticConstraint
    from .quantum_function_job import QuantumFunctionJob
    from .quantum_function_job_creation_error_mitigation import QuantumFunctionJobCreationErrorMitigation
    from .quantum_function_job_creation_payload import QuantumFunctionJobCreationPayload
    from .quantum_function_job_creation_payload_type import QuantumFunctionJobCreationPayloadType
    from .quantum_function_job_creation_settings import QuantumFunctionJobCreationSettings
    from .quantum_function_job_output import QuantumFunctionJobOutput
    from .quantum_function_job_results import QuantumFunctionJobResults
    from .quantum_function_job_settings import QuantumFunctionJobSettings
    from .quantum_function_job_stats import QuantumFunctionJobStats
    from .quantum_function_job_type import QuantumFunctionJobType
    from .rate_card import RateCard
    from .rate_card_entry import RateCardEntry
    from .rate_card_entry_unit import RateCardEntryUnit
    from .register_histogram import RegisterHistogram
    from .register_probabilities import RegisterProbabilities
    from .registered_histogram import RegisteredHistogram
    from .registered_probabilities import RegisteredProbabilities
    from .registers import Registers
    from .request_validation import RequestValidation
    from .result_format import ResultFormat
    from .result_format_histogram_v2 import ResultFormatHistogramV2
    from .result_url import ResultUrl
    from .session import Session
    from .session_cost_limit import SessionCostLimit
    from .session_settings import SessionSettings
    from .session_settings_request import SessionSettingsRequest
    from .session_status_enum import SessionStatusEnum
    from .sessions_response import SessionsResponse
    from .shot_registers import ShotRegisters
    from .shot_result import ShotResult
    from .single_circuit_job import SingleCircuitJob
    from .single_circuit_job_type import SingleCircuitJobType
    from .spam_fidelity import SpamFidelity
    from .symmetry_verification_output import SymmetryVerificationOutput
    from .usage import Usage
    from .usage_amount import UsageAmount
    from .usage_group_by import UsageGroupBy
    from .usage_modality import UsageModality
    from .usages import Usages
    from .variant_info import VariantInfo
    from .variant_results import VariantResults
    from .whoami import Whoami

_MODULES: dict[str, str] = {
    "AdjacencyGraph": ".adjacency_graph",
    "AggregationArtifactDescriptor": ".aggregation_artifact_descriptor",
    "AggregationsOutput": ".aggregations_output",
    "Ansatz": ".ansatz",
    "ApiCostModel": ".api_cost_model",
    "ArtifactDescriptor": ".artifact_descriptor",
    "Backend": ".backend",
    "BadRequestError": ".bad_request_error",
    "BaseJob": ".base_job",
    "Characterization": ".characterization",
    "CharacterizationFidelity": ".characterization_fidelity",
    "CharacterizationPage": ".characterization_page",
    "CharacterizationTiming": ".characterization_timing",
    "ChildCircuitProbabilities": ".child_circuit_probabilities",
    "CircuitJobCompilationSettings": ".circuit_job_compilation_settings",
    "CircuitJobCreationPayload": ".circuit_job_creation_payload",
    "CircuitJobCreationPayloadType": ".circuit_job_creation_payload_type",
    "CircuitJobErrorMitigationSettings": ".circuit_job_error_mitigation_settings",
    "CircuitJobOutput": ".circuit_job_output",
    "CircuitJobResults": ".circuit_job_results",
    "CircuitJobSettings": ".circuit_job_settings",
    "CircuitJobStats": ".circuit_job_stats",
    "CloneJobPayload": ".clone_job_payload",
    "CompilationOutput": ".compilation_output",
    "CompiledCircuits": ".compiled_circuits",
    "CostAmount": ".cost_amount",
    "CreateSessionRequest": ".create_session_request",
    "DebiasingOutput": ".debiasing_output",
    "DebiasingSettings": ".debiasing_settings",
    "Error": ".error",
    "ErrorMitigationOutput": ".error_mitigation_output",
    "Failure": ".failure",
    "FailureCode": ".failure_code",
    "FormatSchemaDocument": ".format_schema_document",
    "Formats": ".formats",
    "GateFidelity": ".gate_fidelity",
    "GenericQuantumFunctionInput": ".generic_quantum_function_input",
    "GetJobCostResponse": ".get_job_cost_response",
    "GetJobEstimateContext": ".get_job_estimate_context",
    "GetJobEstimateResponse": ".get_job_estimate_response",
    "GetJobsResponse": ".get_jobs_response",
    "GetResultsResponse": ".get_results_response",
    "GroupUsage": ".group_usage",
    "HamiltonianEnergyData": ".hamiltonian_energy_data",
    "HamiltonianEnergyFunction": ".hamiltonian_energy_function",
    "HamiltonianEnergyFunctionType": ".hamiltonian_energy_function_type",
    "HamiltonianEnergyInput": ".hamiltonian_energy_input",
    "HamiltonianPauliTerm": ".hamiltonian_pauli_term",
    "HistogramsByRegister": ".histograms_by_register",
    "IonqNativeV1": ".ionq_native_v1",
    "IonqResultHistogramJsonV1": ".ionq_result_histogram_json_v1",
    "IonqResultHistogramJsonV2": ".ionq_result_histogram_json_v2",
    "IonqResultProbabilitiesAggregateJsonV1": ".ionq_result_probabilities_aggregate_json_v1",
    "IonqResultProbabilitiesJsonV1": ".ionq_result_probabilities_json_v1",
    "IonqResultProbabilitiesJsonV2": ".ionq_result_probabilities_json_v2",
    "IonqResultShotsJsonV2": ".ionq_result_shots_json_v2",
    "JobCanceledResponse": ".job_canceled_response",
    "JobCanceledResponseStatus": ".job_canceled_response_status",
    "JobCreationErrorMitigation": ".job_creation_error_mitigation",
    "JobCreationResponse": ".job_creation_response",
    "JobCreationSettings": ".job_creation_settings",
    "JobDeletedResponse": ".job_deleted_response",
    "JobDeletedResponseStatus": ".job_deleted_response_status",
    "JobMetadata": ".job_metadata",
    "JobStatus": ".job_status",
    "JobsBulkOperationRequest": ".jobs_bulk_operation_request",
    "JobsCanceledResponse": ".jobs_canceled_response",
    "JobsCanceledResponseStatus": ".jobs_canceled_response_status",
    "JobsDeletedResponse": ".jobs_deleted_response",
    "JobsDeletedResponseStatus": ".jobs_deleted_response_status",
    "JsonMultiCircuitInput": ".json_multi_circuit_input",
    "JsonMultiCircuitInputGateset": ".json_multi_circuit_input_gateset",
    "JsonObject": ".json_object",
    "LinearConstraint": ".linear_constraint",
    "MultiCircuitJob": ".multi_circuit_job",
    "MultiCircuitJobCreationPayload": ".multi_circuit_job_creation_payload",
    "MultiCircuitJobCreationPayloadType": ".multi_circuit_job_creation_payload_type",
    "MultiCircuitJobResults": ".multi_circuit_job_results",
    "MultiCircuitJobType": ".multi_circuit_job_type",
    "NativeCircuit": ".native_circuit",
    "NativeCircuitGateset": ".native_circuit_gateset",
    "NativeCircuitInput": ".native_circuit_input",
    "NativeCircuitInputGateset": ".native_circuit_input_gateset",
    "NativeGate": ".native_gate",
    "NativeGateOperation": ".native_gate_operation",
    "Noise": ".noise",
    "NumberMap": ".number_map",
    "PhiChiTwirlingSettings": ".phi_chi_twirling_settings",
    "ProbabilitiesByRegister": ".probabilities_by_register",
    "QaoaJob": ".qaoa_job",
    "QaoaJobResults": ".qaoa_job_results",
    "QaoaJobType": ".qaoa_job_type",
    "QaoaResults": ".qaoa_results",
    "QaoaResultsProcessingStatus": ".qaoa_results_processing_status",
    "Qasm3CircuitInput": ".qasm_3_circuit_input",
    "QctrlExternalSettings": ".qctrl_external_settings",
    "QctrlQaoaJobCreationPayload": ".qctrl_qaoa_job_creation_payload",
    "QctrlQaoaJobCreationPayloadType": ".qctrl_qaoa_job_creation_payload_type",
    "QctrlQaoaJobInput": ".qctrl_qaoa_job_input",
    "QctrlQaoaJobInputProblemType": ".qctrl_qaoa_job_input_problem_type",
    "QISCircuit": ".qis_circuit",
    "QISCircuitGateset": ".qis_circuit_gateset",
    "QisCircuitInput": ".qis_circuit_input",
    "QisCircuitInputGateset": ".qis_circuit_input_gateset",
    "QisGate": ".qis_gate",
    "QisGateOperation": ".qis_gate_operation",
    "QuadraticConstraint": ".quadratic_constraint",
    "QuantumFunctionJob": ".quantum_function_job",
    "QuantumFunctionJobCreationErrorMitigation": ".quantum_function_job_creation_error_mitigation",
    "QuantumFunctionJobCreationPayload": ".quantum_function_job_creation_payload",
    "QuantumFunctionJobCreationPayloadType": ".quantum_function_job_creation_payload_type",
    "QuantumFunctionJobCreationSettings": ".quantum_function_job_creation_settings",
    "QuantumFunctionJobOutput": ".quantum_function_job_output",
    "QuantumFunctionJobResults": ".quantum_function_job_results",
    "QuantumFunctionJobSettings": ".quantum_function_job_settings",
    "QuantumFunctionJobStats": ".quantum_function_job_stats",
    "QuantumFunctionJobType": ".quantum_function_job_type",
    "RateCard": ".rate_card",
    "RateCardEntry": ".rate_card_entry",
    "RateCardEntryUnit": ".rate_card_entry_unit",
    "RegisterHistogram": ".register_histogram",
    "RegisterProbabilities": ".register_probabilities",
    "RegisteredHistogram": ".registered_histogram",
    "RegisteredProbabilities": ".registered_probabilities",
    "Registers": ".registers",
    "RequestValidation": ".request_validation",
    "ResultFormat": ".result_format",
    "ResultFormatHistogramV2": ".result_format_histogram_v2",
    "ResultUrl": ".result_url",
    "Session": ".session",
    "SessionCostLimit": ".session_cost_limit",
    "SessionSettings": ".session_settings",
    "SessionSettingsRequest": ".session_settings_request",
    "SessionStatusEnum": ".session_status_enum",
    "SessionsResponse": ".sessions_response",
    "ShotRegisters": ".shot_registers",
    "ShotResult": ".shot_result",
    "SingleCircuitJob": ".single_circuit_job",
    "SingleCircuitJobType": ".single_circuit_job_type",
    "SpamFidelity": ".spam_fidelity",
    "SymmetryVerificationOutput": ".symmetry_verification_output",
    "Usage": ".usage",
    "UsageAmount": ".usage_amount",
    "UsageGroupBy": ".usage_group_by",
    "UsageModality": ".usage_modality",
    "Usages": ".usages",
    "VariantInfo": ".variant_info",
    "VariantResults": ".variant_results",
    "Whoami": ".whoami",
}

__all__: list[str] = [
    "AdjacencyGraph",
    "AggregationArtifactDescriptor",
    "AggregationsOutput",
    "Ansatz",
    "ApiCostModel",
    "ArtifactDescriptor",
    "Backend",
    "BadRequestError",
    "BaseJob",
    "Characterization",
    "CharacterizationFidelity",
    "CharacterizationPage",
    "CharacterizationTiming",
    "ChildCircuitProbabilities",
    "CircuitJobCompilationSettings",
    "CircuitJobCreationPayload",
    "CircuitJobCreationPayloadType",
    "CircuitJobErrorMitigationSettings",
    "CircuitJobOutput",
    "CircuitJobResults",
    "CircuitJobSettings",
    "CircuitJobStats",
    "CloneJobPayload",
    "CompilationOutput",
    "CompiledCircuits",
    "CostAmount",
    "CreateSessionRequest",
    "DebiasingOutput",
    "DebiasingSettings",
    "Error",
    "ErrorMitigationOutput",
    "Failure",
    "FailureCode",
    "Formats",
    "FormatSchemaDocument",
    "GateFidelity",
    "GenericQuantumFunctionInput",
    "GetJobCostResponse",
    "GetJobEstimateContext",
    "GetJobEstimateResponse",
    "GetJobsResponse",
    "GetResultsResponse",
    "GroupUsage",
    "HamiltonianEnergyData",
    "HamiltonianEnergyFunction",
    "HamiltonianEnergyFunctionType",
    "HamiltonianEnergyInput",
    "HamiltonianPauliTerm",
    "HistogramsByRegister",
    "IonqNativeV1",
    "IonqResultHistogramJsonV1",
    "IonqResultHistogramJsonV2",
    "IonqResultProbabilitiesAggregateJsonV1",
    "IonqResultProbabilitiesJsonV1",
    "IonqResultProbabilitiesJsonV2",
    "IonqResultShotsJsonV2",
    "JobCanceledResponse",
    "JobCanceledResponseStatus",
    "JobCreationErrorMitigation",
    "JobCreationResponse",
    "JobCreationSettings",
    "JobDeletedResponse",
    "JobDeletedResponseStatus",
    "JobMetadata",
    "JobsBulkOperationRequest",
    "JobsCanceledResponse",
    "JobsCanceledResponseStatus",
    "JobsDeletedResponse",
    "JobsDeletedResponseStatus",
    "JobStatus",
    "JsonMultiCircuitInput",
    "JsonMultiCircuitInputGateset",
    "JsonObject",
    "LinearConstraint",
    "MultiCircuitJob",
    "MultiCircuitJobCreationPayload",
    "MultiCircuitJobCreationPayloadType",
    "MultiCircuitJobResults",
    "MultiCircuitJobType",
    "NativeCircuit",
    "NativeCircuitGateset",
    "NativeCircuitInput",
    "NativeCircuitInputGateset",
    "NativeGate",
    "NativeGateOperation",
    "Noise",
    "NumberMap",
    "PhiChiTwirlingSettings",
    "ProbabilitiesByRegister",
    "QaoaJob",
    "QaoaJobResults",
    "QaoaJobType",
    "QaoaResults",
    "QaoaResultsProcessingStatus",
    "Qasm3CircuitInput",
    "QctrlExternalSettings",
    "QctrlQaoaJobCreationPayload",
    "QctrlQaoaJobCreationPayloadType",
    "QctrlQaoaJobInput",
    "QctrlQaoaJobInputProblemType",
    "QISCircuit",
    "QISCircuitGateset",
    "QisCircuitInput",
    "QisCircuitInputGateset",
    "QisGate",
    "QisGateOperation",
    "QuadraticConstraint",
    "QuantumFunctionJob",
    "QuantumFunctionJobCreationErrorMitigation",
    "QuantumFunctionJobCreationPayload",
    "QuantumFunctionJobCreationPayloadType",
    "QuantumFunctionJobCreationSettings",
    "QuantumFunctionJobOutput",
    "QuantumFunctionJobResults",
    "QuantumFunctionJobSettings",
    "QuantumFunctionJobStats",
    "QuantumFunctionJobType",
    "RateCard",
    "RateCardEntry",
    "RateCardEntryUnit",
    "RegisteredHistogram",
    "RegisteredProbabilities",
    "RegisterHistogram",
    "RegisterProbabilities",
    "Registers",
    "RequestValidation",
    "ResultFormat",
    "ResultFormatHistogramV2",
    "ResultUrl",
    "Session",
    "SessionCostLimit",
    "SessionSettings",
    "SessionSettingsRequest",
    "SessionsResponse",
    "SessionStatusEnum",
    "ShotRegisters",
    "ShotResult",
    "SingleCircuitJob",
    "SingleCircuitJobType",
    "SpamFidelity",
    "SymmetryVerificationOutput",
    "Usage",
    "UsageAmount",
    "UsageGroupBy",
    "UsageModality",
    "Usages",
    "VariantInfo",
    "VariantResults",
    "Whoami",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
        return value

    def __dir__():
        return sorted({*globals(), *__all__})
