# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from ..._runtime.enums import OpenStrEnum


class ResultFormat(OpenStrEnum):
    IONQ_RESULT_HISTOGRAM_JSON_V1 = "ionq.result.histogram.json.v1"
    IONQ_RESULT_HISTOGRAM_JSON_V2 = "ionq.result.histogram.json.v2"
    IONQ_RESULT_PROBABILITIES_AGGREGATE_JSON_V1 = "ionq.result.probabilities-aggregate.json.v1"
    IONQ_RESULT_PROBABILITIES_JSON_V1 = "ionq.result.probabilities.json.v1"
    IONQ_RESULT_PROBABILITIES_JSON_V2 = "ionq.result.probabilities.json.v2"
    IONQ_RESULT_SHOTS_JSON_V1 = "ionq.result.shots.json.v1"
    IONQ_RESULT_SHOTS_JSON_V2 = "ionq.result.shots.json.v2"
