# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading

if TYPE_CHECKING:
    from ..models.base_job import BaseJob


@_define(eq=False, repr=False)
class GetJobsResponse(_reading.Model):
    """One page of jobs.

    Attributes:
        jobs (list[BaseJob]): The jobs on this page.
        next_ (None | str): Asks for the page after this one; null on the last page.
    """

    jobs: list[BaseJob]
    next_: None | str

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.base_job import BaseJob

        return _reading.Shape(
            _reading.Field("jobs", "jobs", _reading.ListOf(_reading.ModelOf(BaseJob)), required=True),
            _reading.Field("next_", "next", _reading.STRING, required=True),
        )
