"""A list that shows itself: a table in a notebook, a few lines elsewhere."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


class Listing(list[T]):
    """A list of jobs, records, devices, results or costs, which a notebook shows as a table with its sums.

    What this library gives as a list is one; ``quantum_jobs.Listing(jobs)`` makes one of any others.
    """

    def _repr_html_(self) -> str | None:
        from quantum_jobs import html

        return html.of_list(self)

    def __repr__(self) -> str:
        from quantum_jobs.text import short_list

        return short_list(self)
