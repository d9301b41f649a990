"""``python -m quantum_jobs`` is the command ``quantum-jobs``."""

import sys

from quantum_jobs.cli import main

sys.exit(main())
