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
    from ...models.create_session_request import CreateSessionRequest
    from ...models.error import Error
    from ...models.get_jobs_response import GetJobsResponse
    from ...models.job_status import JobStatus
    from ...models.session import Session
    from ...models.sessions_response import SessionsResponse
    from ...types import Response, Unset


class SessionsOperations:
    """The operations of this group, as a client has them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_sessions(
        self,
        *,
        active: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> SessionsResponse:
        """List sessions

        Lists the sessions of the organization.

        Args:
            active (bool | Unset): Only sessions that are active, or only those that are not.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            SessionsResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .get_sessions import sync

        return sync(active=active, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_sessions_detailed(
        self,
        *,
        active: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | Error | SessionsResponse]:
        """The same as `get_sessions` with status and headers; a documented error is read and not raised."""
        from .get_sessions import sync_detailed

        return sync_detailed(active=active, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def create_session(
        self,
        *,
        body: CreateSessionRequest,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Session:
        """Create a session

        Reserves a backend for a series of jobs.

        Args:
            body (CreateSessionRequest): A new session.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            Session

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none.
        """
        from .create_session import sync

        return sync(body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def create_session_detailed(
        self,
        *,
        body: CreateSessionRequest,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | Error | Session]:
        """The same as `create_session` with status and headers; a documented error is read and not raised."""
        from .create_session import sync_detailed

        return sync_detailed(body=body, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_session(
        self,
        session_id: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Session:
        """Get a session

        Gives one session.

        Args:
            session_id (str): The session's id from the answer to its creation.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            Session

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_session import sync

        return sync(session_id, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_session_detailed(
        self,
        session_id: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | Error | Session]:
        """The same as `get_session` with status and headers; a documented error is read and not raised."""
        from .get_session import sync_detailed

        return sync_detailed(session_id, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def end_session(
        self,
        session_id: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Session:
        """End a session

        Ends a session before its limits do.

        Args:
            session_id (str): The session's id from the answer to its creation.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            Session

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .end_session import sync

        return sync(session_id, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def end_session_detailed(
        self,
        session_id: str,
        *,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | Error | Session]:
        """The same as `end_session` with status and headers; a documented error is read and not raised."""
        from .end_session import sync_detailed

        return sync_detailed(session_id, client=self._client, timeout=timeout, extra_headers=extra_headers)

    def get_session_jobs(
        self,
        session_id: str,
        *,
        ids: list[str] | Unset = UNSET,
        parent_job_id: str | Unset = UNSET,
        status: JobStatus | Unset = UNSET,
        target: str | Unset = UNSET,
        submitter_id: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        next_: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> GetJobsResponse:
        """List a session's jobs

        Lists the jobs of one session page by page.

        Args:
            session_id (str): Id of the session.
            ids (list[str] | Unset): Only these jobs.
            parent_job_id (str | Unset): Only the parts of this job of several circuits.
            status (JobStatus | Unset): Only jobs that stand like this.
            target (str | Unset): Only jobs for this backend, or for several given with commas between them.
            submitter_id (str | Unset): Only jobs of this member of a project that one shares; without effect
                otherwise.
            limit (int | Unset): How many jobs a page has; at most 25.
            next_ (str | Unset): The page to give, as `next` of the page before it says.
            timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
                ever.
            extra_headers (Mapping[str, str] | None): Headers for this call only.

        Returns:
            GetJobsResponse

        Raises:
            errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
                documented body is in `parsed`.
            errors.InvalidBody: The service answered with a success that cannot be read.
            httpx.HTTPError: The service could not be reached, or took longer than the timeout.
            ValueError: The operation needs a key and the client has none, or a part of the path is empty or made of dots.
        """
        from .get_session_jobs import sync

        return sync(
            session_id,
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_session_jobs_detailed(
        self,
        session_id: str,
        *,
        ids: list[str] | Unset = UNSET,
        parent_job_id: str | Unset = UNSET,
        status: JobStatus | Unset = UNSET,
        target: str | Unset = UNSET,
        submitter_id: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        next_: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Response[BadRequestError | Error | GetJobsResponse]:
        """The same as `get_session_jobs` with status and headers; a documented error is read and not raised."""
        from .get_session_jobs import sync_detailed

        return sync_detailed(
            session_id,
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )

    def get_session_jobs_pages(
        self,
        session_id: str,
        *,
        ids: list[str] | Unset = UNSET,
        parent_job_id: str | Unset = UNSET,
        status: JobStatus | Unset = UNSET,
        target: str | Unset = UNSET,
        submitter_id: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        next_: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Iterator[GetJobsResponse]:
        """Every page, from the one asked for to the last; arguments as for `get_session_jobs`. A page is fetched when it is
        asked for."""
        from .get_session_jobs import sync_pages

        return sync_pages(
            session_id,
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
            client=self._client,
            timeout=timeout,
            extra_headers=extra_headers,
        )


class AsyncSessionsOperations:
    """The same, awaitable: each method takes what its sync twin takes. Pages are read with `async for`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    get_sessions = _groups.awaitable(SessionsOperations.get_sessions, "get_sessions", "asyncio")
    get_sessions_detailed = _groups.awaitable(
        SessionsOperations.get_sessions_detailed, "get_sessions", "asyncio_detailed"
    )

    create_session = _groups.awaitable(SessionsOperations.create_session, "create_session", "asyncio")
    create_session_detailed = _groups.awaitable(
        SessionsOperations.create_session_detailed, "create_session", "asyncio_detailed"
    )

    get_session = _groups.awaitable(SessionsOperations.get_session, "get_session", "asyncio")
    get_session_detailed = _groups.awaitable(SessionsOperations.get_session_detailed, "get_session", "asyncio_detailed")

    end_session = _groups.awaitable(SessionsOperations.end_session, "end_session", "asyncio")
    end_session_detailed = _groups.awaitable(SessionsOperations.end_session_detailed, "end_session", "asyncio_detailed")

    get_session_jobs = _groups.awaitable(SessionsOperations.get_session_jobs, "get_session_jobs", "asyncio")
    get_session_jobs_detailed = _groups.awaitable(
        SessionsOperations.get_session_jobs_detailed, "get_session_jobs", "asyncio_detailed"
    )
    get_session_jobs_pages = _groups.async_pages(
        SessionsOperations.get_session_jobs_pages, "get_session_jobs", "asyncio_pages"
    )
