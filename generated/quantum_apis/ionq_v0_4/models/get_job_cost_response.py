# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.cost_amount import CostAmount


@_define(eq=False, repr=False)
class GetJobCostResponse(_reading.Model):
    """The costs of a job.

    Attributes:
        dry_run (bool): Whether the job was only checked and priced. Example: False.
        cost (CostAmount | Unset): What the job cost; left out where that is not known.
        estimated_cost (CostAmount | Unset): What the job was expected to cost; left out for simulators.
    """

    dry_run: bool
    cost: CostAmount | Unset = UNSET
    estimated_cost: CostAmount | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.cost_amount import CostAmount

        return _reading.Shape(
            _reading.Field("dry_run", "dry_run", _reading.BOOLEAN, required=True),
            _reading.Field("cost", "cost", _reading.ModelOf(CostAmount)),
            _reading.Field("estimated_cost", "estimated_cost", _reading.ModelOf(CostAmount)),
        )
