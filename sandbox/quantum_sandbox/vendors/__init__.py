"""The clouds: one file per API, and what both of IonQ's have in common in the files named ``ionq_*``."""

from __future__ import annotations

from collections.abc import Sequence

from quantum_sandbox.context import Cloud, Context

from .ionq_devices import BACKENDS_V0_3, BACKENDS_V0_4
from .ionq_v0_3 import IonQV03
from .ionq_v0_4 import IonQV04
from .qbraid_devices import DEVICES
from .qbraid_v2 import QbraidV2

DEVICE_NAMES = frozenset({*BACKENDS_V0_4, *BACKENDS_V0_3, *DEVICES})
"""The devices of all clouds."""


def new_clouds(context: Context) -> Sequence[Cloud]:
    """A new, empty cloud of each kind."""
    return [IonQV04(context), IonQV03(context), QbraidV2(context)]
