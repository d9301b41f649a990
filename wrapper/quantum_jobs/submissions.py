"""What became of the points of a scan: see ``Client.submit_many``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, overload

from quantum_jobs.core import fetching, following
from quantum_jobs.core.job import AnyJob, BaseJob
from quantum_jobs.core.points import ScanProgress as ScanProgress, Submitted as Submitted
from quantum_jobs.errors import QuantumJobsError
from quantum_jobs.model import Cost
from quantum_jobs.progress import Report
from quantum_jobs.result import Result


class PointResults(NamedTuple):
    """Results by point, and for the other points why they have none."""

    results: dict[Any, Result]
    errors: dict[Any, QuantumJobsError]


class BaseSubmissions(Sequence[Submitted[AnyJob]]):
    """All points of a scan, in the order of the programs. ``idempotency_key`` is the key that those of the points are
    derived from: with it the same scan can be run again from the top; None where each point had one of its own."""

    def __init__(self, points: Sequence[Submitted[AnyJob]], idempotency_key: str | None) -> None:
        self._points = points
        self.idempotency_key = idempotency_key

    @property
    def jobs(self) -> list[AnyJob]:
        """The jobs, each once."""
        return list({each.job.ref: each.job for each in self if each.job is not None}.values())

    @property
    def new(self) -> list[Submitted[AnyJob]]:
        """Points whose jobs this call has made."""
        return [each for each in self if each.is_new]

    @property
    def adopted(self) -> list[Submitted[AnyJob]]:
        """Points whose jobs were there already."""
        return [each for each in self if each.job is not None and not each.is_new]

    @property
    def failed(self) -> list[Submitted[AnyJob]]:
        """Points without a job, each with its error."""
        return [each for each in self if each.error is not None]

    @property
    def estimated_cost(self) -> Cost | None:
        """What all points that were priced are estimated to cost; None where none was."""
        from quantum_jobs.core.pricing import total

        costs = [each.estimated_cost for each in self if each.estimated_cost is not None]
        return total(costs) if costs else None

    @overload
    def __getitem__(self, place: int) -> Submitted[AnyJob]: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Submitted[AnyJob]]: ...

    def __getitem__(self, place: int | slice) -> Submitted[AnyJob] | Sequence[Submitted[AnyJob]]:
        return self._points[place]

    def __len__(self) -> int:
        return len(self._points)

    def __iter__(self) -> Iterator[Submitted[AnyJob]]:
        return iter(self._points)

    def _repr_html_(self) -> str:
        from quantum_jobs import html

        return html.table([each._row() for each in self], self._summary())

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._summary()}>"

    def _summary(self) -> str:
        return f"{len(self)} points: {len(self.new)} new, {len(self.adopted)} adopted, {len(self.failed)} failed"


def _collected(
    submissions: BaseSubmissions[AnyJob], failures: Mapping[BaseJob, QuantumJobsError], timeout: float | None
) -> PointResults:
    """The result of each point that has one, and the errors of the others."""
    found = PointResults({}, {})
    for each in submissions:
        error = each.error if each.job is None else failures.get(each.job)
        try:
            if each.job is not None and error is None:
                found.results[each.point] = fetching.fetched(each.job, timeout)[each.index or 0]
        except QuantumJobsError as why:
            error = why
        if error is not None:
            found.errors[each.point] = error
    return found


class AsyncSubmissions(BaseSubmissions[AnyJob]):
    __doc__ = BaseSubmissions.__doc__

    async def results(self, timeout: float | None = None, *, progress: Report = True) -> PointResults:
        """Wait for all jobs together, and give the result of each point.

        Points that failed, or are not over after ``timeout`` seconds (None: never), stand in ``errors``; nothing is
        raised for them. ``progress`` is as of ``wait``.
        """
        return _collected(self, await following.wait_for_all(self.jobs, timeout, progress), timeout)


class Submissions(BaseSubmissions[AnyJob]):
    __doc__ = BaseSubmissions.__doc__

    def results(self, timeout: float | None = None, *, progress: Report = True) -> PointResults:
        return _collected(self, following.wait_for_all_in_sync_code(self.jobs, timeout, progress), timeout)

    results.__doc__ = AsyncSubmissions.results.__doc__
