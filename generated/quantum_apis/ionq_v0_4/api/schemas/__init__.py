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
    from ...client import AsyncClient, Client, Timeout
    from ...models.bad_request_error import BadRequestError
    from ...models.error import Error
    from ...models.format_schema_document import FormatSchemaDocument
    from ...models.formats import Formats
    from ...types import Response, Unset


class SchemasOperations:
    """The operations of this group, as a client has them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_format_schema(
        self,
        format_: Formats,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> FormatSchemaDocument:
        """Get a format's schema

        Gives the JSON Schema of one artifact format.

        Args:
            format_ (Formats): Id of the format.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            FormatSchemaDocument

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_format_schema import sync

        return sync(format_, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_format_schema_detailed(
        self,
        format_: Formats,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | Error | FormatSchemaDocument]:
        """The same as `get_format_schema` with status and headers; a documented error is read and not raised."""
        from .get_format_schema import sync_detailed

        return sync_detailed(format_, client=self._client, timeout=timeout, extra_headers=extra_headers)


class AsyncSchemasOperations:
    """The same, awaitable: each method takes what its sync twin takes. Pages are read with `async for`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    get_format_schema = _groups.awaitable(SchemasOperations.get_format_schema, "get_format_schema", "asyncio")
    get_format_schema_detailed = _groups.awaitable(
        SchemasOperations.get_format_schema_detailed, "get_format_schema", "asyncio_detailed"
    )
