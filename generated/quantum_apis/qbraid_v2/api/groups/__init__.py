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
    from ...models.delete_group_response import DeleteGroupResponse
    from ...models.error_detail import ErrorDetail
    from ...models.get_group_jobs_response import GetGroupJobsResponse
    from ...models.get_groups_response import GetGroupsResponse
    from ...models.group_request import GroupRequest
    from ...models.group_response import GroupResponse
    from ...models.group_status import GroupStatus
    from ...types import Response, Unset


class GroupsOperations:
    """The operations of this group, as a client has them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_groups(
        self,
        *,
        status: GroupStatus | Unset = UNSET,
        page: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetGroupsResponse:
        """List Job Groups

        List the caller's groups, newest first.

        Args:
            status (GroupStatus | Unset): Only groups in this status.
            page (int | Unset): Page number, from 1.
            limit (int | Unset): Groups per page.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetGroupsResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .get_groups import sync

        return sync(
            status=status, page=page, limit=limit, client=self._client, timeout=timeout, extra_headers=extra_headers
        )

    def get_groups_detailed(
        self,
        *,
        status: GroupStatus | Unset = UNSET,
        page: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GetGroupsResponse]:
        """The same as `get_groups` with status and headers; a documented error is read and not raised."""
        from .get_groups import sync_detailed

        return sync_detailed(
            status=status, page=page, limit=limit, client=self._client, timeout=timeout, extra_headers=extra_headers
        )

    def get_groups_pages(
        self,
        *,
        status: GroupStatus | Unset = UNSET,
        page: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Iterator[GetGroupsResponse]:
        """Every page, from the one asked for to the last; arguments as for `get_groups`. A page is fetched when it is
        asked for."""
        from .get_groups import sync_pages

        return sync_pages(
            status=status, page=page, limit=limit, client=self._client, timeout=timeout, extra_headers=extra_headers
        )

    def create_group(
        self,
        *,
        body: GroupRequest,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GroupResponse:
        """Create Job Group

        Open a group that jobs can be submitted into.

        Args:
            body (GroupRequest): A group to open.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GroupResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .create_group import sync

        return sync(body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def create_group_detailed(
        self,
        *,
        body: GroupRequest,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GroupResponse]:
        """The same as `create_group` with status and headers; a documented error is read and not raised."""
        from .create_group import sync_detailed

        return sync_detailed(body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_group(
        self,
        group_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GroupResponse:
        """Get Job Group

        Read one group.

        Args:
            group_qrn (str): Resource name (QRN) of the group.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GroupResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_group import sync

        return sync(group_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_group_detailed(
        self,
        group_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GroupResponse]:
        """The same as `get_group` with status and headers; a documented error is read and not raised."""
        from .get_group import sync_detailed

        return sync_detailed(group_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def delete_group(
        self,
        group_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> DeleteGroupResponse:
        """Delete Job Group

        Delete a group; its jobs stay.

        Args:
            group_qrn (str): Resource name (QRN) of the group.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            DeleteGroupResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .delete_group import sync

        return sync(group_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def delete_group_detailed(
        self,
        group_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[DeleteGroupResponse | ErrorDetail]:
        """The same as `delete_group` with status and headers; a documented error is read and not raised."""
        from .delete_group import sync_detailed

        return sync_detailed(group_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def cancel_group(
        self,
        group_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GroupResponse:
        """Cancel Job Group

        Cancel a group.

        Args:
            group_qrn (str): Resource name (QRN) of the group.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GroupResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .cancel_group import sync

        return sync(group_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def cancel_group_detailed(
        self,
        group_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GroupResponse]:
        """The same as `cancel_group` with status and headers; a documented error is read and not raised."""
        from .cancel_group import sync_detailed

        return sync_detailed(group_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def close_group(
        self,
        group_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GroupResponse:
        """Close Job Group

        Let no further jobs into a group; those in it go on.

        Args:
            group_qrn (str): Resource name (QRN) of the group.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GroupResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .close_group import sync

        return sync(group_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def close_group_detailed(
        self,
        group_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GroupResponse]:
        """The same as `close_group` with status and headers; a documented error is read and not raised."""
        from .close_group import sync_detailed

        return sync_detailed(group_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_group_jobs(
        self,
        group_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetGroupJobsResponse:
        """List Jobs in Group

        List the jobs of a group.

        Args:
            group_qrn (str): Resource name (QRN) of the group.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetGroupJobsResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_group_jobs import sync

        return sync(group_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_group_jobs_detailed(
        self,
        group_qrn: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[ErrorDetail | GetGroupJobsResponse]:
        """The same as `get_group_jobs` with status and headers; a documented error is read and not raised."""
        from .get_group_jobs import sync_detailed

        return sync_detailed(group_qrn, client=self._client, timeout=timeout, extra_headers=extra_headers)


class AsyncGroupsOperations:
    """The same, awaitable: each method takes what its sync twin takes. Pages are read with `async for`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    get_groups = _groups.awaitable(GroupsOperations.get_groups, "get_groups", "asyncio")
    get_groups_detailed = _groups.awaitable(GroupsOperations.get_groups_detailed, "get_groups", "asyncio_detailed")
    get_groups_pages = _groups.async_pages(GroupsOperations.get_groups_pages, "get_groups", "asyncio_pages")

    create_group = _groups.awaitable(GroupsOperations.create_group, "create_group", "asyncio")
    create_group_detailed = _groups.awaitable(
        GroupsOperations.create_group_detailed, "create_group", "asyncio_detailed"
    )

    get_group = _groups.awaitable(GroupsOperations.get_group, "get_group", "asyncio")
    get_group_detailed = _groups.awaitable(GroupsOperations.get_group_detailed, "get_group", "asyncio_detailed")

    delete_group = _groups.awaitable(GroupsOperations.delete_group, "delete_group", "asyncio")
    delete_group_detailed = _groups.awaitable(
        GroupsOperations.delete_group_detailed, "delete_group", "asyncio_detailed"
    )

    cancel_group = _groups.awaitable(GroupsOperations.cancel_group, "cancel_group", "asyncio")
    cancel_group_detailed = _groups.awaitable(
        GroupsOperations.cancel_group_detailed, "cancel_group", "asyncio_detailed"
    )

    close_group = _groups.awaitable(GroupsOperations.close_group, "close_group", "asyncio")
    close_group_detailed = _groups.awaitable(GroupsOperations.close_group_detailed, "close_group", "asyncio_detailed")

    get_group_jobs = _groups.awaitable(GroupsOperations.get_group_jobs, "get_group_jobs", "asyncio")
    get_group_jobs_detailed = _groups.awaitable(
        GroupsOperations.get_group_jobs_detailed, "get_group_jobs", "asyncio_detailed"
    )
