"""What qBraid offers: devices with their calibrations, providers, and what a job would cost."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quantum_sandbox import parse
from quantum_sandbox.context import Context
from quantum_sandbox.http_types import HTTPError, Operation, Request, Response

from .qbraid_devices import DEVICES, Device
from .qbraid_responses import data, one_page, page_of, search_of
from .timestamps import iso

_PAGE = 20
_MAX_SHOTS = 100_000
_DEFAULT_SHOTS = 1000
_DAY = 86_400
_STATUSES = ("ONLINE", "UNAVAILABLE", "OFFLINE", "RETIRED")
_SORTED_BY: Mapping[str, Callable[[Device], Any]] = {
    "name": lambda device: device.name,
    "qrn": lambda device: device.qrn,
    "status": lambda device: device.status,
    "numberQubits": lambda device: device.qubits or 0,
}


class Catalog:
    """The operations on devices and providers. They give the same to every account."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.operations: Sequence[Operation] = [
            Operation("GET", "/jobs/cost-estimate", self.estimate),
            Operation("GET", "/devices", self.get_devices),
            Operation("GET", "/devices/{device_qrn}", self.get_device),
            Operation("GET", "/devices/{device_qrn}/calibrations", self.get_calibrations),
            Operation("GET", "/providers", self.get_providers),
        ]

    def estimate(self, request: Request) -> Response:
        qrn = request.query_value("deviceQrn")
        if qrn is None:
            raise HTTPError.invalid("is required", "query", "deviceQrn")
        device = device_named(qrn)
        if device.status == "RETIRED":
            raise HTTPError(410, f"Device {qrn} is RETIRED")
        shots = parse.query_integer(request, "shots", _DEFAULT_SHOTS, maximum=_MAX_SHOTS)
        latency = self._context.latency_of(qrn, device.latency)
        quote = {
            "pricingAvailable": True,
            "deviceQrn": qrn,
            "shots": shots,
            "pricingModel": "fixed",
            "estimatedCost": device.price(shots, latency.running),
        }
        return data(quote)

    def get_devices(self, request: Request) -> Response:
        retired = parse.query_boolean(request, "retired", True)
        direct = parse.query_boolean(request, "directAccess", True)
        private, verified = (
            parse.query_boolean(request, "private", False),
            parse.query_boolean(request, "verified", True),
        )
        kind = parse.query_choice(request, "deviceType", ("SIMULATOR", "QPU"))
        status = parse.query_choice(request, "status", _STATUSES)
        order = parse.query_choice(request, "sortOrder", ("asc", "desc"))
        search = search_of(request)
        found = [
            device
            for device in DEVICES.values()
            if (retired or device.status != "RETIRED")
            and direct
            and verified
            and not private
            and request.query_value("qrn") in (None, device.qrn)
            and request.query_value("vendor") in (None, device.vendor)
            and request.query_value("providerId") in (None, _provider_id(device.provider))
            and kind in (None, device.kind)
            and status in (None, device.status)
            and search in f"{device.qrn} {device.name}".lower()
        ]
        key = _SORTED_BY.get(request.query_value("sortBy") or "")
        if key is not None:
            found.sort(key=key, reverse=order == "desc")
        page, limit = page_of(request, default_size=_PAGE)
        return one_page([device.render() for device in found], page, limit)

    def get_device(self, request: Request) -> Response:
        return data(device_named(request.parameters["device_qrn"]).render())

    def get_calibrations(self, request: Request) -> Response:
        device = device_named(request.parameters["device_qrn"])
        if device.is_simulator or device.paradigm != "gate_model" or device.qubits is None:
            raise HTTPError(404, "Calibration data not found for this device")
        midnight = self._context.now() // _DAY * _DAY
        calibration = {
            "deviceQRNs": [device.qrn],
            "provider": device.provider,
            "lastCalibrated": iso(midnight),
            "fetchedAt": iso(self._context.now()),
            "qubits": {str(qubit): {"gateError": {"rb": 0.0002}} for qubit in range(device.qubits)},
            "edges": {"gateError": {}},
        }
        return data(calibration)

    def get_providers(self, request: Request) -> Response:
        names = dict.fromkeys(device.provider for device in DEVICES.values())
        providers = [{"_id": _provider_id(name), "provider": name, "qrn": f"provider:{name}"} for name in names]
        return data({"providers": providers, "count": len(providers)})


def device_named(qrn: str) -> Device:
    """A device by its QRN. Raises HTTPError for an unknown one."""
    device = DEVICES.get(qrn)
    if device is None:
        raise HTTPError(404, f"Device not found: {qrn}")
    return device


def _provider_id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:24]
