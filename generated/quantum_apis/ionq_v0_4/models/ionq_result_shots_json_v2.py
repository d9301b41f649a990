# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading

if TYPE_CHECKING:
    from ..models.shot_result import ShotResult


@_define(eq=False, repr=False)
class IonqResultShotsJsonV2(_reading.Model):
    """The bits of each register after each shot.

    Attributes:
        shots (list[ShotResult]): The outcome of each shot, in order.
    """

    shots: list[ShotResult]

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.shot_result import ShotResult

        return _reading.Shape(
            _reading.Field("shots", "shots", _reading.ListOf(_reading.ModelOf(ShotResult)), required=True),
        )
