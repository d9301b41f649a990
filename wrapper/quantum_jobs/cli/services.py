"""``services`` and ``devices``: what jobs can be sent to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import click

from quantum_jobs import errors as library_errors
from quantum_jobs.cli import errors, output
from quantum_jobs.cli.options import command, service_option
from quantum_jobs.cli.reading import clients, service_names, side_by_side
from quantum_jobs.cli.tables import Column, write_rows
from quantum_jobs.errors import QuantumJobsError
from quantum_jobs.model import Device

if TYPE_CHECKING:
    from quantum_jobs.services.base import Service


@attrs.define
class Known:
    """A service, and what this machine has for it. Never the key itself.

    Attributes:
        key_from: where its key was found: the name of the environment variable, or "keyring"; None for no key.
        complaint: why what was found cannot be used.
        checked: what the service said to the key, where it was asked.
    """

    service: Service
    base_url: str | None = None
    key_from: str | None = None
    complaint: str | None = None
    checked: str | None = None
    status: int = 0


def _key(known: Known) -> str:
    if known.complaint is not None:
        return f"unusable: {known.complaint}"
    return known.key_from or f"none: set {known.service.key_variable}"


KNOWN: tuple[Column[Known], ...] = (
    Column("service", lambda known: known.service.name),
    Column("short name", lambda known: known.service.alias, rank=3),
    Column("key from", _key, style=lambda known: "" if known.key_from and not known.complaint else "yellow"),
    Column("checked", lambda known: known.checked, style=lambda known: "red" if known.status else "green"),
    Column("address", lambda known: known.base_url, rank=1),
)


@command(click.option("--check", is_flag=True, help="Ask each service with a key whether it takes the key."))
def services_command(check: bool, as_json: bool) -> int:
    """Show the services, where their keys were found, and their addresses. Keys are not shown.

    A key is looked for in the service's environment variable, then in the system's keyring. With --check the exit
    status says whether each key that was found is taken.
    """
    from quantum_jobs import services

    found = [_known(services.service(name)) for name in services.names()]
    usable = [known for known in found if known.key_from and not known.complaint]
    if check:
        side_by_side(_check, usable)
    if as_json:
        output.write_json([_as_dict(known) for known in found])
    else:
        write_rows(KNOWN, found)
    if not usable:
        output.notice("No key was found. Without one there is the sandbox: quantum-jobs sandbox")
    return errors.worst(known.status for known in found)


def _known(service: Service) -> Known:
    from quantum_jobs.core.environment import find_base_url, place_of_key

    known = Known(service)
    try:
        known.base_url = find_base_url(service, None)
        known.key_from = place_of_key(service)
    except library_errors.CredentialsError:
        pass
    except QuantumJobsError as error:
        known.complaint, known.status = error.message, errors.status_of(error)
    return known


async def _check(known: Known) -> None:
    from quantum_jobs.async_client import AsyncClient

    try:
        async with AsyncClient(known.service.name) as client:
            async for _ in client.jobs(limit=1):
                break
    except QuantumJobsError as error:
        known.status = errors.status_of(error)
        known.checked = error.message.removeprefix(f"{known.service.name} ")
    else:
        known.checked = "the key is good"


def _as_dict(known: Known) -> dict[str, Any]:
    return {
        "service": known.service.name,
        "alias": known.service.alias,
        "key_variable": known.service.key_variable,
        "key_from": known.key_from,
        "complaint": known.complaint,
        "checked": known.checked,
        "accepted": known.status == 0 if known.checked else None,
        "base_url": known.base_url,
        "formats": list(known.service.formats),
    }


def _yes_or_no(value: bool | None, yes: str, no: str) -> str:
    return "" if value is None else yes if value else no


DEVICE: tuple[Column[Device], ...] = (
    Column("service", lambda device: device.service, rank=3),
    Column("device", lambda device: device.id),
    Column(
        "status",
        lambda device: device.status or _yes_or_no(device.online, "online", "offline"),
        style=lambda device: {True: "green", False: "red", None: ""}[device.online],
    ),
    Column("kind", lambda device: _yes_or_no(device.simulator, "simulator", "QPU"), rank=2),
    Column("qubits", lambda device: device.num_qubits, rank=1, right=True),
    Column("queue", lambda device: device.queue_length, rank=4, right=True),
    Column(
        "wait",
        lambda device: output.duration(device.queue_time),
        lambda device: output.seconds(device.queue_time),
        rank=5,
        right=True,
    ),
    Column("name", lambda device: device.name if device.name != device.id else "", rank=6, most=30),
)


@command(
    service_option("Only this service; may be repeated. Else all that have a key."),
    click.option("--online", is_flag=True, help="Only devices that take jobs now."),
)
def devices_command(services: tuple[str, ...], online: bool, as_json: bool) -> int:
    """List the devices of all services that have a key, with their status and queue."""
    from quantum_jobs.async_client import AsyncClient

    with clients(service_names(services)) as (connected, failures):
        answers = side_by_side(AsyncClient.devices, connected.values())
    found: list[Device] = []
    for name, answer in zip(connected, answers, strict=True):
        if isinstance(answer, QuantumJobsError):
            failures[name] = answer
        else:
            found += [device for device in answer if device.online or not online]
    if as_json:
        output.write_json([device_as_dict(device) for device in found])
    else:
        write_rows(DEVICE, found, nothing="No such devices.")
    return errors.report_all(failures)


def device_as_dict(device: Device) -> dict[str, Any]:
    """A device as JSON; the time in the queue in seconds."""
    return {
        **attrs.asdict(device, recurse=False),
        "queue_time": device.queue_time and device.queue_time.total_seconds(),
    }
