# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.qaoa_results import QaoaResults


@_define(eq=False, repr=False)
class QaoaJobResults(_reading.Model):
    """Results of an optimization.

    Attributes:
        qaoa_results (QaoaResults | Unset): The best solution so far.
    """

    qaoa_results: QaoaResults | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.qaoa_results import QaoaResults

        return _reading.Shape(
            _reading.Field("qaoa_results", "qaoa_results", _reading.ModelOf(QaoaResults)),
        )
