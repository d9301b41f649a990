# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from ..._runtime.enums import OpenStrEnum


class StatusGroup(OpenStrEnum):
    ALL = "all"
    PENDING = "pending"
    RETURNED = "returned"
