"""``python -m quantum_sandbox``: the command ``quantum-sandbox``."""

from __future__ import annotations

import sys

from .cli import main

sys.exit(main())
