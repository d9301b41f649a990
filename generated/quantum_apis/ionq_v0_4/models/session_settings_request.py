# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.session_cost_limit import SessionCostLimit


@_define(eq=False, repr=False)
class SessionSettingsRequest(_reading.Model):
    """The limits of a new session.

    Attributes:
        cost_limit (SessionCostLimit | Unset): The most that it may cost.
        duration_limit_min (int | Unset): The longest that it may last, in minutes.
        job_count_limit (int | Unset): The most jobs that may run in it.
    """

    cost_limit: SessionCostLimit | Unset = UNSET
    duration_limit_min: int | Unset = UNSET
    job_count_limit: int | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.session_cost_limit import SessionCostLimit

        return _reading.Shape(
            _reading.Field("cost_limit", "cost_limit", _reading.ModelOf(SessionCostLimit)),
            _reading.Field("duration_limit_min", "duration_limit_min", _reading.INTEGER),
            _reading.Field("job_count_limit", "job_count_limit", _reading.INTEGER),
        )
