"""The job store: what was submitted, its records, results and costs, in one SQLite file or a Postgres database.

``Store`` reads it without a network. Clients that are given one write to it: see ``account_store``, and
``core.storing`` for when.
"""

from __future__ import annotations

from quantum_jobs.store.places import default_path
from quantum_jobs.store.records import StoredJob, StoredSubmission
from quantum_jobs.store.store import Store
from quantum_jobs.store.sums import CostSum

__all__ = ["CostSum", "Store", "StoredJob", "StoredSubmission", "default_path"]
