# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.edge_calibrations import EdgeCalibrations
    from ..models.qubit_calibrations import QubitCalibrations


@_define(eq=False, repr=False)
class DeviceCalibration(_reading.Model):
    """Measured quality of a device.

    Attributes:
        edges (EdgeCalibrations | Unset): Calibration of pairs of qubits.
        fetched_at (datetime.datetime | Unset): When qBraid asked the provider for it.
        last_calibrated (datetime.datetime | Unset): When the device was calibrated.
        provider (str | Unset): Name of the provider.
        qubits (QubitCalibrations | Unset): Calibration of each qubit.
    """

    edges: EdgeCalibrations | Unset = UNSET
    fetched_at: datetime.datetime | Unset = UNSET
    last_calibrated: datetime.datetime | Unset = UNSET
    provider: str | Unset = UNSET
    qubits: QubitCalibrations | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.edge_calibrations import EdgeCalibrations
        from ..models.qubit_calibrations import QubitCalibrations

        return _reading.Shape(
            _reading.Field("edges", "edges", _reading.ModelOf(EdgeCalibrations)),
            _reading.Field("fetched_at", "fetchedAt", _reading.DATE_TIME),
            _reading.Field("last_calibrated", "lastCalibrated", _reading.DATE_TIME),
            _reading.Field("provider", "provider", _reading.STRING),
            _reading.Field("qubits", "qubits", _reading.ModelOf(QubitCalibrations)),
        )
