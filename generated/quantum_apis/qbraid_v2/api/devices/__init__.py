# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""One module per operation, each with `build_request`, `parse`, `sync`, `asyncio` and more; and the same operations as
methods of a client. A module is loaded when it is first needed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from ...._runtime import groups as _groups
from ...types import UNSET

if TYPE_CHECKING:
    from ...client import AsyncClient, Client, Timeout
    from ...models.device_status import DeviceStatus
    from ...models.device_type import DeviceType
    from ...models.error_detail import ErrorDetail
    from ...models.get_device_calibrations_response import GetDeviceCalibrationsResponse
    from ...models.get_device_response import GetDeviceResponse
    from ...models.get_devices_response import GetDevicesResponse
    from ...models.sort_order import SortOrder
    from ...types import Response, Unset


class DevicesOperations:
    """The operations of this group, as a client has them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_devices(
        self,
        *,
        qrn: str | Unset = UNSET,
        vendor: str | Unset = UNSET,
        provider_id: str | Unset = UNSET,
        device_type: DeviceType | Unset = UNSET,
        status: DeviceStatus | Unset = UNSET,
        retired: bool | Unset = UNSET,
        private: bool | Unset = UNSET,
        verified: bool | Unset = UNSET,
        direct_access: bool | Unset = UNSET,
        search: str | Unset = UNSET,
        sort_by: str | Unset = UNSET,
        sort_order: SortOrder | Unset = UNSET,
        page: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetDevicesResponse:
        """Get All Devices

        List devices, a page at a time.

        Args:
            qrn (str | Unset): Only the device with this resource name.
            vendor (str | Unset): Only devices of this vendor.
            provider_id (str | Unset): Only devices of the provider with this id.
            device_type (DeviceType | Unset): Only devices of this kind.
            status (DeviceStatus | Unset): Only devices in this status.
            retired (bool | Unset): False leaves retired devices out.
            private (bool | Unset): Only private devices, or only public ones.
            verified (bool | Unset): Only devices that are, or are not, verified.
            direct_access (bool | Unset): Only devices with, or without, direct access.
            search (str | Unset): Only devices that match this text.
            sort_by (str | Unset): Name of the field to sort by.
            sort_order (SortOrder | Unset): Sort upwards or downwards.
            page (int | Unset): Page number, from 1.
            limit (int | Unset): Devices per page.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetDevicesResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .get_devices import sync

        return sync(
            qrn=qrn,
            vendor=vendor,
            provider_id=provider_id,
            device_type=device_type,
            status=status,
            retired=retired,
            private=private,
            verified=verified,
            direct_access=direct_access,
            search=search,
            sort_by=sort_by,
            sort_order=sort_order,
            page=page,
            limit=limit,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_devices_detailed(
        self,
        *,
        qrn: str | Unset = UNSET,
        vendor: str | Unset = UNSET,
        provider_id: str | Unset = UNSET,
        device_type: DeviceType | Unset = UNSET,
        status: DeviceStatus | Unset = UNSET,
        retired: bool | Unset = UNSET,
        private: bool | Unset = UNSET,
        verified: bool | Unset = UNSET,
        direct_access: bool | Unset = UNSET,
        search: str | Unset = UNSET,
        sort_by: str | Unset = UNSET,
        sort_order: SortOrder | Unset = UNSET,
        page: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GetDevicesResponse]:
        """The same as `get_devices` with status and headers; a documented error is read and not raised."""
        from .get_devices import sync_detailed

        return sync_detailed(
            qrn=qrn,
            vendor=vendor,
            provider_id=provider_id,
            device_type=device_type,
            status=status,
            retired=retired,
            private=private,
            verified=verified,
            direct_access=direct_access,
            search=search,
            sort_by=sort_by,
            sort_order=sort_order,
            page=page,
            limit=limit,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_devices_pages(
        self,
        *,
        qrn: str | Unset = UNSET,
        vendor: str | Unset = UNSET,
        provider_id: str | Unset = UNSET,
        device_type: DeviceType | Unset = UNSET,
        status: DeviceStatus | Unset = UNSET,
        retired: bool | Unset = UNSET,
        private: bool | Unset = UNSET,
        verified: bool | Unset = UNSET,
        direct_access: bool | Unset = UNSET,
        search: str | Unset = UNSET,
        sort_by: str | Unset = UNSET,
        sort_order: SortOrder | Unset = UNSET,
        page: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Iterator[GetDevicesResponse]:
        """Every page, from the one asked for to the last; arguments as for `get_devices`. A page is fetched when it is
        asked for."""
        from .get_devices import sync_pages

        return sync_pages(
            qrn=qrn,
            vendor=vendor,
            provider_id=provider_id,
            device_type=device_type,
            status=status,
            retired=retired,
            private=private,
            verified=verified,
            direct_access=direct_access,
            search=search,
            sort_by=sort_by,
            sort_order=sort_order,
            page=page,
            limit=limit,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_device(
        self,
        device_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetDeviceResponse:
        """Get Device

        Read one device.

        Args:
            device_qrn (str): Resource name (QRN) of the device.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetDeviceResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_device import sync

        return sync(device_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_device_detailed(
        self,
        device_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GetDeviceResponse]:
        """The same as `get_device` with status and headers; a documented error is read and not raised."""
        from .get_device import sync_detailed

        return sync_detailed(device_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_device_calibrations(
        self,
        device_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetDeviceCalibrationsResponse:
        """Get Device Calibrations

        Read the latest calibration of a device.

        Args:
            device_qrn (str): Resource name (QRN) of the device.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetDeviceCalibrationsResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_device_calibrations import sync

        return sync(device_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_device_calibrations_detailed(
        self,
        device_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GetDeviceCalibrationsResponse]:
        """The same as `get_device_calibrations` with status and headers; a documented error is read and not raised."""
        from .get_device_calibrations import sync_detailed

        return sync_detailed(device_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)


class AsyncDevicesOperations:
    """The same, awaitable: each method takes what its sync twin takes. Pages are read with `async for`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    get_devices = _groups.awaitable(DevicesOperations.get_devices, "get_devices", "asyncio")
    get_devices_detailed = _groups.awaitable(DevicesOperations.get_devices_detailed, "get_devices", "asyncio_detailed")
    get_devices_pages = _groups.async_pages(DevicesOperations.get_devices_pages, "get_devices", "asyncio_pages")

    get_device = _groups.awaitable(DevicesOperations.get_device, "get_device", "asyncio")
    get_device_detailed = _groups.awaitable(DevicesOperations.get_device_detailed, "get_device", "asyncio_detailed")

    get_device_calibrations = _groups.awaitable(
        DevicesOperations.get_device_calibrations, "get_device_calibrations", "asyncio"
    )
    get_device_calibrations_detailed = _groups.awaitable(
        DevicesOperations.get_device_calibrations_detailed, "get_device_calibrations", "asyncio_detailed"
    )
