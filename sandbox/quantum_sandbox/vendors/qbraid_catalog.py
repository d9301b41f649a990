"""What qBraid offers: devices with their calibrations, providers, and what a job would cost."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quantum_sandbox import checks
from quantum_sandbox.exchange import Answer, Call, Operation, Refusal
from quantum_sandbox.world import World

from .moments import iso
from .qbraid_answers import data, one_page, page_of, search_of
from .qbraid_devices import DEVICES, Device

_PAGE = 20
_MOST_SHOTS = 100_000
_USUAL_SHOTS = 1000
_DAY = 86_400
_STATUSES = ("ONLINE", "UNAVAILABLE", "OFFLINE", "RETIRED")
_SORTED_BY: Mapping[str, Callable[[Device], Any]] = {
    "name": lambda device: device.name,
    "qrn": lambda device: device.qrn,
    "status": lambda device: device.status,
    "numberQubits": lambda device: device.qubits or 0,
}


class Catalog:
    """The same for every account."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.operations: Sequence[Operation] = [
            Operation("GET", "/jobs/cost-estimate", self.estimate),
            Operation("GET", "/devices", self.get_devices),
            Operation("GET", "/devices/{device_qrn}", self.get_device),
            Operation("GET", "/devices/{device_qrn}/calibrations", self.get_calibrations),
            Operation("GET", "/providers", self.get_providers),
        ]

    def estimate(self, call: Call) -> Answer:
        qrn = call.one("deviceQrn")
        if qrn is None:
            raise Refusal.invalid("is required", "query", "deviceQrn")
        device = device_named(qrn)
        if device.status == "RETIRED":
            raise Refusal(410, f"Device {qrn} is RETIRED")
        shots = checks.query_whole(call, "shots", _USUAL_SHOTS, most=_MOST_SHOTS)
        pace = self._world.pace_of(qrn, device.pace)
        quote = {
            "pricingAvailable": True,
            "deviceQrn": qrn,
            "shots": shots,
            "pricingModel": "fixed",
            "estimatedCost": device.price(shots, pace.running),
        }
        return data(quote)

    def get_devices(self, call: Call) -> Answer:
        retired = checks.query_flag(call, "retired", True)
        direct = checks.query_flag(call, "directAccess", True)
        private, verified = checks.query_flag(call, "private", False), checks.query_flag(call, "verified", True)
        kind = checks.query_choice(call, "deviceType", ("SIMULATOR", "QPU"))
        status = checks.query_choice(call, "status", _STATUSES)
        order = checks.query_choice(call, "sortOrder", ("asc", "desc"))
        search = search_of(call)
        found = [
            device
            for device in DEVICES.values()
            if (retired or device.status != "RETIRED")
            and direct
            and verified
            and not private
            and call.one("qrn") in (None, device.qrn)
            and call.one("vendor") in (None, device.vendor)
            and call.one("providerId") in (None, _provider_id(device.provider))
            and kind in (None, device.kind)
            and status in (None, device.status)
            and search in f"{device.qrn} {device.name}".lower()
        ]
        key = _SORTED_BY.get(call.one("sortBy") or "")
        if key is not None:
            found.sort(key=key, reverse=order == "desc")
        page, limit = page_of(call, usual=_PAGE)
        return one_page([device.render() for device in found], page, limit)

    def get_device(self, call: Call) -> Answer:
        return data(device_named(call.parameters["device_qrn"]).render())

    def get_calibrations(self, call: Call) -> Answer:
        device = device_named(call.parameters["device_qrn"])
        if device.is_simulator or device.paradigm != "gate_model" or device.qubits is None:
            raise Refusal(404, "Calibration data not found for this device")
        midnight = self._world.now() // _DAY * _DAY
        calibration = {
            "deviceQRNs": [device.qrn],
            "provider": device.provider,
            "lastCalibrated": iso(midnight),
            "fetchedAt": iso(self._world.now()),
            "qubits": {str(qubit): {"gateError": {"rb": 0.0002}} for qubit in range(device.qubits)},
            "edges": {"gateError": {}},
        }
        return data(calibration)

    def get_providers(self, call: Call) -> Answer:
        names = dict.fromkeys(device.provider for device in DEVICES.values())
        providers = [{"_id": _provider_id(name), "provider": name, "qrn": f"provider:{name}"} for name in names]
        return data({"providers": providers, "count": len(providers)})


def device_named(qrn: str) -> Device:
    """A device. Raises Refusal where there is none of that name."""
    device = DEVICES.get(qrn)
    if device is None:
        raise Refusal(404, f"Device not found: {qrn}")
    return device


def _provider_id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:24]
