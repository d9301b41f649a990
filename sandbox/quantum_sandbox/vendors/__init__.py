"""The clouds: one module per API. Modules named ``ionq_*`` without a version are shared by both of IonQ's APIs."""

from __future__ import annotations

from collections.abc import Sequence

from quantum_sandbox.context import Cloud, Context

from .ionq_devices import BACKENDS_V0_3, BACKENDS_V0_4
from .ionq_v0_3 import IonQV03
from .ionq_v0_4 import IonQV04
from .qbraid_devices import DEVICES
from .qbraid_v2 import QbraidV2

DEVICE_NAMES = frozenset({*BACKENDS_V0_4, *BACKENDS_V0_3, *DEVICES})
"""The names of the devices of all clouds."""


def new_clouds(context: Context) -> Sequence[Cloud]:
    """New, empty clouds."""
    return [IonQV04(context), IonQV03(context), QbraidV2(context)]
