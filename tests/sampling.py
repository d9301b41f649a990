"""How many of their cases those tests try that have thousands."""

from __future__ import annotations

import os

#: Every so many-th case is tried; all of them with QUANTUM_JOBS_TEST_EVERY=1.
EVERY = int(os.environ.get("QUANTUM_JOBS_TEST_EVERY", "5"))
