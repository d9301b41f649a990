# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.device_status import DeviceStatus
from ..models.device_type import DeviceType
from ..models.experiment_type import ExperimentType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.device_pricing import DevicePricing
    from ..models.device_topology import DeviceTopology


@_define(eq=False, repr=False)
class RuntimeDevice(_reading.Model):
    """A device that runs jobs.

    Attributes:
        name (str): Name of the device.
        qrn (str): Resource name of the device.
        vendor (str): Who sells its time.
        device_type (DeviceType): Whether it is a machine or a simulator.
        run_input_types (list[str]): Program formats that the device takes.
        status (DeviceStatus): Whether it runs jobs at the moment.
        paradigm (ExperimentType): Kind of experiments that it runs.
        active_version (None | str | Unset): Version of the device.
        avg_queue_time (float | None | Unset): Usual time in the queue, in minutes.
        batch_job_support (bool | Unset): Whether one job may hold several programs.
        created_at (datetime.datetime | Unset): When it was added.
        description (None | str | Unset): What it is, for people.
        direct_access (bool | Unset): Whether jobs go straight to the device.
        max_shots (int | None | Unset): The most shots of a job.
        min_shots (int | None | Unset): The fewest shots of a job.
        modality (None | str | Unset): What its qubits are made of.
        next_available (None | str | Unset): When the device is expected to be online again.
        noise_models (list[str] | None | Unset): Names of noise models that it simulates.
        notes (None | str | Unset): Remarks, for people.
        number_qubits (int | None | Unset): Number of qubits.
        pricing (DevicePricing | None | Unset): What it costs, in credits.
        pricing_model (None | str | Unset): Seen are fixed and dynamic.
        queue_depth (int | None | Unset): Number of jobs in the queue.
        status_checked_at (datetime.datetime | Unset): When the status was last looked at.
        status_locked (bool | Unset): Whether its status is held as it is.
        status_msg (None | str | Unset): What the service says of its status, for people.
        topology (DeviceTopology | None | Unset): Which qubits are connected.
        updated_at (datetime.datetime | Unset): When this was last changed.
        verified (str | Unset): Whether it has been verified.
        visibility (str | Unset): Who may see it.
        vrn (None | str | Unset): The vendor's own name of the device.
    """

    name: str
    qrn: str
    vendor: str
    device_type: DeviceType
    run_input_types: list[str]
    status: DeviceStatus
    paradigm: ExperimentType
    active_version: None | str | Unset = UNSET
    avg_queue_time: float | None | Unset = UNSET
    batch_job_support: bool | Unset = UNSET
    created_at: datetime.datetime | Unset = UNSET
    description: None | str | Unset = UNSET
    direct_access: bool | Unset = UNSET
    max_shots: int | None | Unset = UNSET
    min_shots: int | None | Unset = UNSET
    modality: None | str | Unset = UNSET
    next_available: None | str | Unset = UNSET
    noise_models: list[str] | None | Unset = UNSET
    notes: None | str | Unset = UNSET
    number_qubits: int | None | Unset = UNSET
    pricing: DevicePricing | None | Unset = UNSET
    pricing_model: None | str | Unset = UNSET
    queue_depth: int | None | Unset = UNSET
    status_checked_at: datetime.datetime | Unset = UNSET
    status_locked: bool | Unset = UNSET
    status_msg: None | str | Unset = UNSET
    topology: DeviceTopology | None | Unset = UNSET
    updated_at: datetime.datetime | Unset = UNSET
    verified: str | Unset = UNSET
    visibility: str | Unset = UNSET
    vrn: None | str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.device_pricing import DevicePricing
        from ..models.device_topology import DeviceTopology

        return _reading.Shape(
            _reading.Field("name", "name", _reading.STRING, required=True),
            _reading.Field("qrn", "qrn", _reading.STRING, required=True),
            _reading.Field("vendor", "vendor", _reading.STRING, required=True),
            _reading.Field("device_type", "deviceType", _reading.EnumOf(DeviceType), required=True),
            _reading.Field("run_input_types", "runInputTypes", _reading.ListOf(_reading.STRING), required=True),
            _reading.Field("status", "status", _reading.EnumOf(DeviceStatus), required=True),
            _reading.Field("paradigm", "paradigm", _reading.EnumOf(ExperimentType), required=True),
            _reading.Field("active_version", "activeVersion", _reading.STRING),
            _reading.Field("avg_queue_time", "avgQueueTime", _reading.NUMBER),
            _reading.Field("batch_job_support", "batchJobSupport", _reading.BOOLEAN),
            _reading.Field("created_at", "createdAt", _reading.DATE_TIME),
            _reading.Field("description", "description", _reading.STRING),
            _reading.Field("direct_access", "directAccess", _reading.BOOLEAN),
            _reading.Field("max_shots", "maxShots", _reading.INTEGER),
            _reading.Field("min_shots", "minShots", _reading.INTEGER),
            _reading.Field("modality", "modality", _reading.STRING),
            _reading.Field("next_available", "nextAvailable", _reading.STRING),
            _reading.Field("noise_models", "noiseModels", _reading.ListOf(_reading.STRING)),
            _reading.Field("notes", "notes", _reading.STRING),
            _reading.Field("number_qubits", "numberQubits", _reading.INTEGER),
            _reading.Field("pricing", "pricing", _reading.ModelOf(DevicePricing)),
            _reading.Field("pricing_model", "pricingModel", _reading.STRING),
            _reading.Field("queue_depth", "queueDepth", _reading.INTEGER),
            _reading.Field("status_checked_at", "statusCheckedAt", _reading.DATE_TIME),
            _reading.Field("status_locked", "statusLocked", _reading.BOOLEAN),
            _reading.Field("status_msg", "statusMsg", _reading.STRING),
            _reading.Field("topology", "topology", _reading.ModelOf(DeviceTopology)),
            _reading.Field("updated_at", "updatedAt", _reading.DATE_TIME),
            _reading.Field("verified", "verified", _reading.STRING),
            _reading.Field("visibility", "visibility", _reading.STRING),
            _reading.Field("vrn", "vrn", _reading.STRING),
        )
