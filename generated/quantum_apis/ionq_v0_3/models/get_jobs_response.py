# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.job import Job


@_define(eq=False, repr=False)
class GetJobsResponse(_reading.Model):
    """A page of jobs.

    Attributes:
        jobs (list[Job]): The jobs on this page.
        next_ (None | str | Unset): Cursor of the next page; left out on the last one.
    """

    jobs: list[Job]
    next_: None | str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.job import Job

        return _reading.Shape(
            _reading.Field("jobs", "jobs", _reading.ListOf(_reading.ModelOf(Job)), required=True),
            _reading.Field("next_", "next", _reading.STRING),
        )
