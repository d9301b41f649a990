# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""The types that models and operations share."""

from .._runtime.enums import OpenIntEnum, OpenStrEnum
from .._runtime.reading import Model
from .._runtime.requests import Request
from .._runtime.responses import HttpResponse, RawResponse
from .._runtime.types import UNSET, File, FileTypes, Response, SentDateTime, Unset

__all__ = [
    "UNSET",
    "File",
    "FileTypes",
    "HttpResponse",
    "Model",
    "OpenIntEnum",
    "OpenStrEnum",
    "RawResponse",
    "Request",
    "Response",
    "SentDateTime",
    "Unset",
]
