# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.device_status import DeviceStatus
from ...models.device_type import DeviceType
from ...models.error_detail import ErrorDetail
from ...models.get_devices_response import GetDevicesResponse
from ...models.sort_order import SortOrder
from ...types import UNSET, Response, Unset

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((200, 200), "json", _reading.ModelOf(GetDevicesResponse)),
    _calls.Answer((401, 401), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((422, 422), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((429, 429), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((500, 599), "json", _reading.ModelOf(ErrorDetail)),
)


def _get_kwargs(
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
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/devices",
        "params": _calls.query(
            {
                "qrn": qrn,
                "vendor": vendor,
                "providerId": provider_id,
                "deviceType": device_type,
                "status": status,
                "retired": retired,
                "private": private,
                "verified": verified,
                "directAccess": direct_access,
                "search": search,
                "sortBy": sort_by,
                "sortOrder": sort_order,
                "page": page,
                "limit": limit,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
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
) -> Response[ErrorDetail | GetDevicesResponse]:
    """Get All Devices

    List devices, a page at a time.

    Args:
        qrn (str | Unset): Only the device with this resource name.
        vendor (str | Unset): Only devices of this vendor.
        provider_id (str | Unset): Only devices of the provider with this id.
        device_type (DeviceType | Unset): Whether a device computes or measures.
        status (DeviceStatus | Unset): Whether a device takes jobs.
        retired (bool | Unset): False leaves retired devices out.
        private (bool | Unset): Only private devices, or only public ones.
        verified (bool | Unset): Only devices that are, or are not, verified.
        direct_access (bool | Unset): Only devices with, or without, direct access.
        search (str | Unset): Only devices that match this text.
        sort_by (str | Unset): Name of the field to sort by.
        sort_order (SortOrder | Unset): Upwards or downwards.
        page (int | Unset): Page number, from 1. Default: 1.
        limit (int | Unset): Devices per page. Default: 20.

    Returns:
        Response[ErrorDetail | GetDevicesResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
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
        )
    )
    return _calls.read_response(response, _ANSWERS)


def sync(
    *,
    client: AuthenticatedClient,
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
) -> GetDevicesResponse:
    """Get All Devices

    List devices, a page at a time.

    Args:
        qrn (str | Unset): Only the device with this resource name.
        vendor (str | Unset): Only devices of this vendor.
        provider_id (str | Unset): Only devices of the provider with this id.
        device_type (DeviceType | Unset): Whether a device computes or measures.
        status (DeviceStatus | Unset): Whether a device takes jobs.
        retired (bool | Unset): False leaves retired devices out.
        private (bool | Unset): Only private devices, or only public ones.
        verified (bool | Unset): Only devices that are, or are not, verified.
        direct_access (bool | Unset): Only devices with, or without, direct access.
        search (str | Unset): Only devices that match this text.
        sort_by (str | Unset): Name of the field to sort by.
        sort_order (SortOrder | Unset): Upwards or downwards.
        page (int | Unset): Page number, from 1. Default: 1.
        limit (int | Unset): Devices per page. Default: 20.

    Returns:
        GetDevicesResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        GetDevicesResponse,
        _calls.success(
            sync_detailed(
                client=client,
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
            )
        ),
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
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
) -> Response[ErrorDetail | GetDevicesResponse]:
    """Get All Devices

    List devices, a page at a time.

    Args:
        qrn (str | Unset): Only the device with this resource name.
        vendor (str | Unset): Only devices of this vendor.
        provider_id (str | Unset): Only devices of the provider with this id.
        device_type (DeviceType | Unset): Whether a device computes or measures.
        status (DeviceStatus | Unset): Whether a device takes jobs.
        retired (bool | Unset): False leaves retired devices out.
        private (bool | Unset): Only private devices, or only public ones.
        verified (bool | Unset): Only devices that are, or are not, verified.
        direct_access (bool | Unset): Only devices with, or without, direct access.
        search (str | Unset): Only devices that match this text.
        sort_by (str | Unset): Name of the field to sort by.
        sort_order (SortOrder | Unset): Upwards or downwards.
        page (int | Unset): Page number, from 1. Default: 1.
        limit (int | Unset): Devices per page. Default: 20.

    Returns:
        Response[ErrorDetail | GetDevicesResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
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
        )
    )
    return _calls.read_response(response, _ANSWERS)


async def asyncio(
    *,
    client: AuthenticatedClient,
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
) -> GetDevicesResponse:
    """Get All Devices

    List devices, a page at a time.

    Args:
        qrn (str | Unset): Only the device with this resource name.
        vendor (str | Unset): Only devices of this vendor.
        provider_id (str | Unset): Only devices of the provider with this id.
        device_type (DeviceType | Unset): Whether a device computes or measures.
        status (DeviceStatus | Unset): Whether a device takes jobs.
        retired (bool | Unset): False leaves retired devices out.
        private (bool | Unset): Only private devices, or only public ones.
        verified (bool | Unset): Only devices that are, or are not, verified.
        direct_access (bool | Unset): Only devices with, or without, direct access.
        search (str | Unset): Only devices that match this text.
        sort_by (str | Unset): Name of the field to sort by.
        sort_order (SortOrder | Unset): Upwards or downwards.
        page (int | Unset): Page number, from 1. Default: 1.
        limit (int | Unset): Devices per page. Default: 20.

    Returns:
        GetDevicesResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        GetDevicesResponse,
        _calls.success(
            await asyncio_detailed(
                client=client,
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
            )
        ),
    )
