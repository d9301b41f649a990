"""Jobs, for all clouds alike.

`model` has the job, whose state is a function of the time. `store` keeps the jobs of one cloud, with an `index` for
each account; `collection` has groups and sessions; `memory_usage` estimates what they take.
"""

from __future__ import annotations

from .collection import JobCollection, JobCollections, JobTotals
from .index import JobIndex
from .model import Computation, Job, JobState, LatencyProfile, Phase
from .store import JobStore, Retention, cursor_after, sequence_of_cursor

__all__ = [
    "Computation",
    "Job",
    "JobCollection",
    "JobCollections",
    "JobIndex",
    "JobState",
    "JobStore",
    "JobTotals",
    "LatencyProfile",
    "Phase",
    "Retention",
    "cursor_after",
    "sequence_of_cursor",
]
