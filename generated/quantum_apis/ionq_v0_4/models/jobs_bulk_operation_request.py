# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading


@_define(eq=False, repr=False)
class JobsBulkOperationRequest(_reading.Model):
    """The jobs that are meant.

    Attributes:
        ids (list[str]): Ids of the jobs.
    """

    ids: list[str]

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("ids", "ids", _reading.ListOf(_reading.STRING), required=True),
        )
