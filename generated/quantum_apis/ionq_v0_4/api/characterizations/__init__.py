# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
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
    from uuid import UUID

    from ...client import AsyncClient, Client, Timeout
    from ...models.bad_request_error import BadRequestError
    from ...models.characterization import Characterization
    from ...models.characterization_page import CharacterizationPage
    from ...models.error import Error
    from ...types import Response, Unset


class CharacterizationsOperations:
    """The operations of this group, as a client has them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_characterizations(
        self,
        backend: str,
        *,
        start: str | Unset = UNSET,
        end: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        page: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> CharacterizationPage:
        """List characterizations

        Lists the characterizations of a backend page by page.

        Args:
            backend (str): Name of a backend.
            start (str | Unset): Only those measured from this date on.
            end (str | Unset): Only those measured before this date.
            limit (int | Unset): Largest number of characterizations on a page.
            page (int | Unset): Number of the page, from 1.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            CharacterizationPage

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_characterizations import sync

        return sync(
            backend,
            start=start,
            end=end,
            limit=limit,
            page=page,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_characterizations_detailed(
        self,
        backend: str,
        *,
        start: str | Unset = UNSET,
        end: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        page: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | CharacterizationPage | Error]:
        """The same as `get_characterizations` with status and headers; a documented error is read and not raised."""
        from .get_characterizations import sync_detailed

        return sync_detailed(
            backend,
            start=start,
            end=end,
            limit=limit,
            page=page,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_characterizations_pages(
        self,
        backend: str,
        *,
        start: str | Unset = UNSET,
        end: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        page: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Iterator[CharacterizationPage]:
        """Every page, from the one asked for to the last; arguments as for `get_characterizations`. A page is fetched when it is
        asked for."""
        from .get_characterizations import sync_pages

        return sync_pages(
            backend,
            start=start,
            end=end,
            limit=limit,
            page=page,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_characterization(
        self,
        backend: str,
        uuid: UUID,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Characterization:
        """Get a characterization

        Gives one characterization of a backend.

        Args:
            backend (str): Name of a backend.
            uuid (UUID): Id of the characterization.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            Characterization

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_characterization import sync

        return sync(backend, uuid, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_characterization_detailed(
        self,
        backend: str,
        uuid: UUID,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[Characterization | Error]:
        """The same as `get_characterization` with status and headers; a documented error is read and not raised."""
        from .get_characterization import sync_detailed

        return sync_detailed(backend, uuid, client=self._client, timeout=timeout, extra_headers=extra_headers)


class AsyncCharacterizationsOperations:
    """The same, awaitable: each method takes what its sync twin takes. Pages are read with `async for`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    get_characterizations = _groups.awaitable(
        CharacterizationsOperations.get_characterizations, "get_characterizations", "asyncio"
    )
    get_characterizations_detailed = _groups.awaitable(
        CharacterizationsOperations.get_characterizations_detailed, "get_characterizations", "asyncio_detailed"
    )
    get_characterizations_pages = _groups.async_pages(
        CharacterizationsOperations.get_characterizations_pages, "get_characterizations", "asyncio_pages"
    )

    get_characterization = _groups.awaitable(
        CharacterizationsOperations.get_characterization, "get_characterization", "asyncio"
    )
    get_characterization_detailed = _groups.awaitable(
        CharacterizationsOperations.get_characterization_detailed, "get_characterization", "asyncio_detailed"
    )
