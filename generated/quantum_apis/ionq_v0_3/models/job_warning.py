# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class JobWarning(_reading.Model):
    """What the submitter should know about a job that was run all the same.

    Attributes:
        messages (list[str] | Unset): One text for each warning.
    """

    messages: list[str] | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("messages", "messages", _reading.ListOf(_reading.STRING)),
        )
