"""Characterizations of IonQ's QPUs: an invented one for each of the last thirty days."""

from __future__ import annotations

import math
import random
import uuid
from collections.abc import Sequence
from typing import Any

import attrs

from .ionq_devices import Backend

_DAY = 86_400
_DAYS = 30
_NAMESPACE = uuid.UUID(int=0x5A4D)


@attrs.frozen
class Characterization:
    """The measured quality of a backend at midnight UTC of a day, counted from the Unix epoch."""

    backend: Backend
    day: int

    @property
    def id(self) -> str:
        return str(uuid.uuid5(_NAMESPACE, f"{self.backend.name}:{self.day}"))

    @property
    def date(self) -> int:
        """Seconds since the Unix epoch."""
        return self.day * _DAY

    def render(self, date: Any) -> dict[str, Any]:
        """The JSON of both API versions, which differ in the form of the date."""
        drift = random.Random(self.id).uniform(-1e-4, 1e-4)
        qubits = self.backend.qubits
        return {
            "id": self.id,
            "backend": self.backend.name,
            "date": date,
            "qubits": qubits,
            "connectivity": [[a, b] for a in range(qubits) for b in range(a + 1, qubits)],
            "fidelity": {
                "spam": {"median": round(0.9962 + drift, 6), "stderr": None},
                "1q": {"median": round(0.9998 + drift, 6), "stderr": 0.00001},
                "2q": {"median": round(0.9933 + drift, 6), "stderr": 0.0002},
            },
            "timing": {"readout": 0.0003, "reset": 0.00002, "1q": 0.00013, "2q": 0.0009, "t1": 100, "t2": 1},
        }


def characterizations(
    backend: Backend, now: float, start: float | None = None, end: float | None = None
) -> Sequence[Characterization]:
    """The characterizations of a QPU up to now, newest first: from `start` on, and before `end`."""
    if backend.is_simulator:
        return []
    today = math.floor(now / _DAY)
    days = [Characterization(backend, today - ago) for ago in range(_DAYS)]
    return [one for one in days if (start is None or one.date >= start) and (end is None or one.date < end)]
