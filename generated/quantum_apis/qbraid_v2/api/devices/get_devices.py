# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Get All Devices"""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import cast

from ...._runtime import paging as _paging
from ...._runtime import reading as _reading
from ...._runtime import requests as _requests
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.device_status import DeviceStatus
from ...models.device_type import DeviceType
from ...models.error_detail import ErrorDetail
from ...models.get_devices_response import GetDevicesResponse
from ...models.sort_order import SortOrder
from ...types import UNSET, HttpResponse, Request, Response, Unset

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ModelOf(GetDevicesResponse)),
    _responses.Answer((401, 401), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((422, 422), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(ErrorDetail)),
    _responses.Answer((500, 599), "json", _reading.ModelOf(ErrorDetail)),
)
_PAGINATION: _paging.Pagination = _paging.NumberedPages(
    items=("data",),
    more=(
        "pagination",
        "hasNext",
    ),
    parameter="page",
    size="limit",
)


def build_request(
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
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means."""
    return Request(
        operation="get_devices",
        method="GET",
        path="/devices",
        params=_requests.query(
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
        authentication="required",
    )


def parse(response: HttpResponse) -> GetDevicesResponse:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(GetDevicesResponse, _responses.parse("get_devices", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[ErrorDetail | GetDevicesResponse]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("get_devices", response, _ANSWERS)


def next_page(request: Request, page: GetDevicesResponse) -> Request | None:
    """The request for the page after `page`, which answered `request`; None after the last one."""
    return _PAGINATION.next_request(request, page)


def sync(
    *,
    client: Client,
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
        client (Client): Where to send it, and with which key.
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
    return parse(
        client.send(
            build_request(
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
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_detailed(
    *,
    client: Client,
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
    """The same as `sync` with status and headers; a documented error is read and not raised."""
    return parse_detailed(
        client.send(
            build_request(
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
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
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
    """The same as `sync`, awaitable."""
    return parse(
        await client.send(
            build_request(
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
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio_detailed(
    *,
    client: AsyncClient,
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
    """The same as `sync_detailed`, awaitable."""
    return parse_detailed(
        await client.send(
            build_request(
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
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_pages(
    *,
    client: Client,
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
    """Every page, from the one asked for to the last; arguments as for `sync`. A page is fetched when it is asked for."""
    return _paging.pages(
        build_request(
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
        ),
        _PAGINATION,
        lambda request: parse(client.send(request, timeout=timeout, extra_headers=extra_headers)),
    )


def asyncio_pages(
    *,
    client: AsyncClient,
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
) -> AsyncIterator[GetDevicesResponse]:
    """The same as `sync_pages`, for `async for`."""

    async def fetch(request: Request) -> GetDevicesResponse:
        return parse(await client.send(request, timeout=timeout, extra_headers=extra_headers))

    return _paging.pages_async(
        build_request(
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
        ),
        _PAGINATION,
        fetch,
    )
